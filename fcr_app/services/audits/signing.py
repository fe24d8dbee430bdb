"""Signs an audit off: from then on its figures stand, with what the FCR says of them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import AuditRun
from fcr_app.services.audits.steps import Answers, take_run_step

MOST_HOURS = 10_000


def sign_off(  # noqa: PLR0913 - who signs which, saying what, when, and what they saw
    session: Session,
    actor: Actor,
    run_id: int,
    answers: Answers,
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Sign an audit off, and keep what was said of it with it.

    Raises:
        NotFound: If there is no such audit.
        InvalidValue: If the hours are no number.
        Whatever ``take_run_step`` does: above all where a record or a difference is left.
    """
    run = session.get(AuditRun, run_id)
    if run is None:
        raise NotFound("There is no such audit.")
    hours = _hours(answers.get("hours_spent", ""))
    outcome = take_run_step(session, actor, run, "sign_off", answers, now=now, version=version)
    run.conclusion, run.limits, run.grade = (
        answers.get(name, "").strip() for name in ("conclusion", "limits", "grade")
    )
    run.hours_spent = hours
    run.signed_off_at, run.signed_off_by_id = now, actor.id
    session.flush()
    return outcome


def _hours(typed: str) -> float | None:
    """Return hours as people write them, such as 36 or 36.5; None where it was left empty."""
    text = typed.strip()
    if not text:
        return None
    whole, _, part = text.partition(".")
    digits = whole + part
    if not (whole and digits.isascii() and digits.isdecimal()) or float(text) > MOST_HOURS:
        raise InvalidValue("Enter a number of hours, such as 36.5.", field="hours_spent")
    return float(text)
