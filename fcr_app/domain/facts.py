"""Everything a rule may look at.

Built by services from the database; frozen, so a rule can neither query nor write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from fcr_app.domain.london import to_london
from fcr_app.domain.questions import Question, read_date, read_moment
from fcr_app.domain.removal_questions import CRIME_CLASS
from fcr_app.domain.roles import Actor


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What every workflow's rules may look at.

    Attributes:
        opened_by_id: Who opened the case.
        holder_id: Who has claimed it, if anybody.
        request: What the case holds from earlier steps, by question name.
        answers: What the actor says with this step, by question name.
    """

    actor: Actor
    now: datetime
    opened_by_id: int
    holder_id: int | None = None
    holder_name: str = ""
    request: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in London."""
        return to_london(self.now).date()

    @property
    def on_record(self) -> dict[str, str]:
        """What the record says that questions depend on; no answer overrules it."""
        return {}

    @cached_property
    def known(self) -> dict[str, str]:
        """What was said before and what is said now, the latter winning, and what is on record."""
        return {**self.request, **self.answers, **self.on_record}

    def said(self, question: Question) -> str:
        """Return the answer that stands to a question, stripped; empty if there is none.

        An answer to a question that is not asked any more, since another answer changed, is none.
        """
        return self.known.get(question.name, "").strip() if question.when(self.known) else ""

    def date_said(self, question: Question) -> date | None:
        """Return the date answered, or None."""
        return read_date(self.said(question))

    def moment_said(self, question: Question) -> datetime | None:
        """Return the moment answered, in UTC, or None."""
        return read_moment(self.said(question))


class Part(StrEnum):
    """The part a member of staff plays in an investigation."""

    OFFICER_IN_CASE = "oic"
    FORMER_OFFICER_IN_CASE = "former_oic"
    SUPERVISOR = "supervisor"
    CONTRIBUTOR = "contributor"

    @property
    def label(self) -> str:
        """The part in words."""
        return {
            "oic": "Officer in the case",
            "former_oic": "Former officer in the case",
            "supervisor": "Supervisor of the investigation",
            "contributor": "Contributor to the investigation",
        }[self.value]


class CrimeStatus(StrEnum):
    """Whether a crime counts: only a recorded one does.

    One that was moved to N100 was none from the start, and leaves without a removal code (CLS-03).
    """

    RECORDED = "recorded"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    MOVED_TO_N100 = "moved_n100"

    @property
    def label(self) -> str:
        """The status in words."""
        return "Moved to N100" if self is CrimeStatus.MOVED_TO_N100 else self.value.capitalize()


@dataclass(frozen=True, kw_only=True)
class CrimeFacts:
    """A crime, as the rules see it.

    Attributes:
        offence_class: Home Office class such as ``19C``; empty where the record has none yet.
        offence_code: Home Office code such as ``019/08``.
        victim_based: False for an offence against the state alone.
    """

    id: int
    number: str
    status: CrimeStatus
    offence_class: str
    offence_code: str
    victim_based: bool
    recorded_at: datetime | None
    involved: frozenset[tuple[int, Part]] = frozenset()
    line_manager_ids: frozenset[int] = frozenset()

    @property
    def officer_ids(self) -> frozenset[int]:
        """The officers in the case, now."""
        return frozenset(p for p, part in self.involved if part is Part.OFFICER_IN_CASE)


@dataclass(frozen=True, kw_only=True)
class SurvivorFacts:
    """The crime that a duplicate leaves standing (C3)."""

    id: int
    number: str
    status: CrimeStatus
    leaves_by_open_request: bool


class ExceptionState(StrEnum):
    """Where an exception to telling a victim stands."""

    NONE = "none"
    PROPOSED = "proposed"
    APPROVED = "approved"


@dataclass(frozen=True, kw_only=True)
class VictimFacts:
    """A victim, and whether they were told.

    Attributes:
        id: None for the place of a victim that the record does not name.
        told_at: When they were told of this request's decision, if they were.
    """

    id: int | None
    name: str
    enhanced: bool = False
    told_at: datetime | None = None
    given_reference: bool = False
    exception: ExceptionState = ExceptionState.NONE


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """The decision that stands."""

    decided_at: datetime
    decided_by_id: int
    by_registrar: bool


@dataclass(frozen=True, kw_only=True)
class ForceFacts:
    """The force: who is on the register, and its policy switches.

    Attributes:
        has_registered_fcr: A registrar is on the professional register today.
        line_manager_may_decide: CANC-08 switched off.
        registrar_decides_reserved_codes: CANC-10, C1, C3 and C4 on rape and homicide too.
    """

    has_registered_fcr: bool
    line_manager_may_decide: bool = False
    registrar_decides_reserved_codes: bool = True


@dataclass(frozen=True, kw_only=True)
class CancellationFacts(Facts):
    """What the rules on removing a crime look at.

    Attributes:
        rests_on_it: Number of a crime folded into this one as a duplicate, if there is one.
        settled_by_registrar: A registrar refused an earlier request about this crime, or put the
            crime back, and no later decision has superseded that.
    """

    crime: CrimeFacts
    force: ForceFacts
    survivor: SurvivorFacts | None = None
    victims: tuple[VictimFacts, ...] = ()
    decision: DecisionFacts | None = None
    advice_attached: bool = False
    reference_held: str = ""
    reference_received_at: datetime | None = None
    other_open_request: bool = False
    rests_on_it: str = ""
    settled_by_registrar: bool = False

    @property
    def on_record(self) -> dict[str, str]:
        """The crime's class, on which the questions about modern slavery depend."""
        return {CRIME_CLASS: self.crime.offence_class}
