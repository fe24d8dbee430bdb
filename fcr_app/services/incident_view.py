"""What the page of a report shows, as values: the report, its clock, its cases, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_clock import Light
from fcr_app.domain.rules import RECORDING_LIMIT, RULE_SET
from fcr_app.errors import RuleNotInForce
from fcr_app.models import Incident
from fcr_app.services.bulletins_here import BulletinHere
from fcr_app.services.incident_history import Happened


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """The limit that applies to a report, and where it comes from (VER-01).

    Attributes:
        limit: None for a report from before there was a limit.
        rule_set: The edition of the rules that its day was in; empty before the first.
    """

    day: date
    limit: timedelta | None
    source: str
    rule_set: str


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A case about the report."""

    reference: str
    title: str
    state: str
    open: bool
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, kw_only=True)
class Opener:
    """A kind of case that this person may open about the report."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class LateRow:
    """A crime of this report that was recorded late."""

    crime_number: str
    by: timedelta
    reason: str
    verdict: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class IncidentPage:
    """A report, as its page shows it.

    Attributes:
        found_in: Number of the crime being investigated when this was told.
        original: Reference of the report that this one repeats.
        seen_crimes: Ids of the crimes named here that the person may open.
        sees_original: The person may open the report that this one repeats.
        equality_record: The victim’s, if it was begun and the person may open it.
        bulletins: What the FCR reminds the person of that bears on a report.
        openers: The cases that make sense for it and that the person may open.
    """

    row: Incident
    facts: IncidentFacts
    now: datetime
    rule: ClockRule
    unit: str
    officer: str
    received_by: str
    entered_by: str
    found_in: str
    original: str
    seen_crimes: frozenset[int]
    sees_original: bool
    cases: Sequence[CaseRow]
    openers: Sequence[Opener]
    late: Sequence[LateRow]
    history: Sequence[Happened]
    may_change: bool
    equality_record: int | None
    may_begin_equality: bool
    bulletins: Sequence[BulletinHere]

    @property
    def may_say_rape(self) -> bool:
        """Whether the person can say that what was disclosed on it may be rape (N100-01)."""
        elsewhere = (ClosingCode.CRIME_RECORDED, ClosingCode.DUPLICATE)
        told = self.facts.told_of_rape or self.facts.closing_code in elsewhere
        return self.may_change and not told

    @property
    def further_offence_of(self) -> int | None:
        """The recorded crime to name on a report of what was disclosed since; None without one."""
        if not self.may_change or self.facts.closing_code is not ClosingCode.CRIME_RECORDED:
            return None
        return next((c.id for c in self.facts.crimes if c.id in self.seen_crimes), None)

    @property
    def light(self) -> Light:
        """How near its limit it is, or was when it was settled."""
        return self.facts.light_at(self.now)

    @property
    def settled(self) -> bool:
        """Whether its clock has stopped."""
        return self.facts.settled_at is not None

    @property
    def took(self) -> timedelta | None:
        """How long it took to settle it."""
        at = self.facts.settled_at
        return at - self.facts.first_reported_at if at else None

    @property
    def late_by(self) -> timedelta | None:
        """By how much it misses its limit, or missed it when it was settled."""
        return self.facts.late_by(self.facts.settled_at or self.now)


@supports(crr26("VER-01", "1"), how="A report says which limit and rules its clock runs by")
def clock_rule(first_reported_at: datetime) -> ClockRule:
    """Return the limit in force on the London day that a report was made (VER-01)."""
    day = to_london(first_reported_at).date()
    try:
        limit = RECORDING_LIMIT.entry(day)
        rule_set = RULE_SET.on(day)
    except RuleNotInForce:
        return ClockRule(day=day, limit=None, source="", rule_set="")
    return ClockRule(day=day, limit=limit.value, source=str(limit.cite), rule_set=rule_set)
