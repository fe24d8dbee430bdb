"""What is kept with an audit when it is signed off, and taken off it when it is opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.models import AuditRun

SIGN_OFF, REOPEN = "sign_off", "reopen"
MOST_HOURS = 10_000
_TEXTS = ("conclusion", "limits", "grade")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed an audit off and what they said of it; nobody where it was opened again.

    Attributes:
        said: The conclusion, the limits and the grade.
    """

    by_id: int | None
    at: datetime | None
    said: Mapping[str, str]
    hours_spent: float | None

    def put_on(self, run: AuditRun) -> None:
        """Keep it with an audit."""
        run.signed_off_by_id, run.signed_off_at = self.by_id, self.at
        if self.at is None:
            return
        run.hours_spent = self.hours_spent
        run.conclusion, run.limits, run.grade = (self.said.get(name, "") for name in _TEXTS)


def signature_of(
    trigger: str, said: Mapping[str, str], actor: Actor, now: datetime
) -> Signature | None:
    """Return what a step keeps with an audit; None for a step that signs nothing.

    Raises:
        InvalidValue: If the hours are no number.
    """
    if trigger == REOPEN:
        return Signature(by_id=None, at=None, said={}, hours_spent=None)
    if trigger != SIGN_OFF:
        return None
    hours = _hours(said.get("hours_spent", ""))
    return Signature(by_id=actor.id, at=now, said=said, hours_spent=hours)


def _hours(typed: str) -> float | None:
    """Return hours as people write them, such as 36 or 36.5; None where it was left empty."""
    if not typed:
        return None
    whole, _, part = typed.partition(".")
    digits = whole + part
    if not (whole and digits.isascii() and digits.isdecimal()) or float(typed) > MOST_HOURS:
        raise InvalidValue("Enter a number of hours, such as 36.5.", field="hours_spent")
    return float(typed)
