"""What moving a recorded rape to N100 asks and looks at, besides the rules of CLS-03."""

from dataclasses import dataclass

from fcr_app.domain import recording_questions as q
from fcr_app.domain.authority import Needed, authority_of, roles_held
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CrimeStatus, ForceFacts
from fcr_app.domain.guards import Guard, blocks
from fcr_app.domain.reclassification_rules import (
    N100_FROM_THE_START,
    NOT_INVESTIGATED,
    RECLASSIFICATION_TO_N100,
    ReclassificationFacts,
)
from fcr_app.domain.reported_incidents.kind import code_question

CODES = {
    q.CONFIRMATION: "not confirmed, or the victim can’t be traced",
    q.EVIDENCE: "credible evidence to the contrary",
    q.ANOTHER_FORCE: "in another force’s area, or abroad",
}
MOVE_ASKS = (code_question(CODES, "N100"), NOT_INVESTIGATED, N100_FROM_THE_START, q.RATIONALE)


@dataclass(frozen=True, kw_only=True)
class N100MoveFacts(ReclassificationFacts):
    """What the rules on moving a rape to N100 look at.

    Attributes:
        incident_id: The report that the crime was recorded from; None if none is linked.
    """

    force: ForceFacts
    incident_id: int | None = None


def registrar_text(facts: N100MoveFacts) -> str:
    """Return what entitles the actor: the register entry, or else their roles."""
    held = authority_of(facts.actor, Needed.REGISTERED_FCR, facts.force)
    return held.text if held else roles_held(facts)


@blocks(crr26("CLS-03", "63"))
def the_rape_is_recorded_now(facts: N100MoveFacts) -> str | None:
    """Only a crime that is recorded now can be moved to N100."""
    if facts.crime.status is CrimeStatus.RECORDED:
        return None
    return f"Crime {facts.crime.number} does not stand any more. There is nothing to move."


@blocks(force_policy("CLS-03"))
def its_report_is_on_record(facts: N100MoveFacts) -> str | None:
    """The N100 is about a report, so the report that the crime came from is on record."""
    if facts.incident_id is not None:
        return None
    return "No report is linked to this crime. Enter the report, link the crime to it, then move."


MOVE_RULES: tuple[Guard[N100MoveFacts], ...] = (
    *RECLASSIFICATION_TO_N100,
    the_rape_is_recorded_now,
    its_report_is_on_record,
)
