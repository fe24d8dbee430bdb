"""What is proposed and asked for, read from the answers and the report."""

from dataclasses import dataclass

from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.incidents import SarcCase
from fcr_app.domain.recording_questions import (
    ANOTHER_FORCE,
    CODE_OF,
    GROUND,
    RECORDED_CODE,
    Ground,
)
from fcr_app.domain.recording_questions.the_test import SPEAK_FOR_THEM
from fcr_app.domain.recording_rules.proposal import Leads, Proposal, propose

CODE = "code"


def proposal(facts: RecordingFacts) -> Proposal | None:
    """Return what the answers lead to."""
    return propose(facts.known)


def ground_given(facts: RecordingFacts) -> Ground | None:
    """Return the reason that is given with this step for not recording a rape."""
    said = facts.answers.get(GROUND.name, "")
    return Ground(said) if said in set(Ground) else None


def code_of(facts: RecordingFacts) -> str:
    """Return the code asked for with this step, or else the one that the record has."""
    if named := facts.answers.get(CODE, ""):
        return named
    if ground := ground_given(facts):
        return CODE_OF.get(ground, "")
    return facts.known.get(RECORDED_CODE, "")


def stays_here(facts: RecordingFacts) -> bool:
    """Whether it is to be an N100 of this force: any code but the one for other forces."""
    return code_of(facts) != ANOTHER_FORCE


def sarc_keeps_it_private(facts: RecordingFacts) -> bool:
    """Whether a SARC passed on only what the rules make an N100 (N100-10)."""
    sarc: SarcCase | None = facts.incident.sarc_case
    return sarc is not None and not sarc.is_a_crime


def reported_for_the_victim(facts: RecordingFacts) -> bool:
    """Whether somebody who acts for the victim reported it, and not only in private to a SARC."""
    return facts.incident.reporter_type in SPEAK_FOR_THEM and not sarc_keeps_it_private(facts)


def passed_on_by_a_sarc(facts: RecordingFacts) -> bool:
    """Whether a SARC passed it on."""
    return facts.incident.sarc_case is not None


@dataclass(frozen=True)
class LeadsTo:
    """Whether the answers lead somewhere."""

    leads: Leads

    def __call__(self, facts: RecordingFacts) -> bool:
        """Say whether they do."""
        proposed = proposal(facts)
        return proposed is not None and proposed.leads is self.leads


def leads_to(leads: Leads) -> LeadsTo:
    """Return the condition that the answers lead somewhere."""
    return LeadsTo(leads)
