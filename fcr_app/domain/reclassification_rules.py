"""Turning a recorded rape back into a reported incident of rape, N100 (CLS-03).

Only the rules: the workflow that applies them is not built yet.
"""

from dataclasses import dataclass

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CrimeFacts, Facts
from fcr_app.domain.guards import Guard, blocks, warns
from fcr_app.domain.questions import YES, YES_NO, Kind, Question
from fcr_app.domain.roles import REGISTRARS, AccreditationKind
from fcr_app.domain.rules import EARLY_FOR_N100, RAPE_CLASSES

NOT_INVESTIGATED = Question(
    name="not_investigated",
    label="Is it true that no substantive investigation has taken place yet?",
    thing="yes if no substantive investigation has taken place",
    summary="No substantive investigation yet",
    kind=Kind.CHOICE,
    options=YES_NO,
)
N100_FROM_THE_START = Question(
    name="n100_from_the_start",
    label="Which information shows that it was an N100 from the start?",
    thing="the information that shows that it was an N100 from the start",
    min_length=20,
)


@dataclass(frozen=True, kw_only=True)
class ReclassificationFacts(Facts):
    """What the rules on reclassifying a crime look at."""

    crime: CrimeFacts


@blocks(crr26("CLS-03", "63"))
def only_a_rape_becomes_an_n100(facts: ReclassificationFacts) -> str | None:
    """Only a recorded rape can turn out to have been a reported incident of rape, N100."""
    if facts.crime.offence_class in RAPE_CLASSES:
        return None
    return f"Class {facts.crime.offence_class} is not rape, so it can’t become an N100."


@blocks(crr26("CLS-03", "63"))
def only_a_registered_registrar_reclassifies_rape(facts: ReclassificationFacts) -> str | None:
    """Only a registrar accredited by the College of Policing may do this, and no DDM."""
    if facts.actor.has(*REGISTRARS) and facts.actor.holds(AccreditationKind.REGISTER):
        return None
    return "Only a registrar on the College of Policing register may reclassify rape to N100."


@blocks(crr26("CLS-03", "63"), judged_by=NOT_INVESTIGATED)
def no_substantive_investigation_took_place(facts: ReclassificationFacts) -> str | None:
    """It was found very early, before any substantive investigation."""
    if facts.answers.get(NOT_INVESTIGATED.name) == YES:
        return None
    return (
        "Once it has been investigated, a rape that did not happen is cancelled under C2, and "
        "does not become an N100."
    )


@warns(force_policy("CLS-03"))
def the_record_is_young(facts: ReclassificationFacts) -> str | None:
    """A record of more than a day has usually been investigated."""
    recorded_at, limit = facts.crime.recorded_at, EARLY_FOR_N100.on(facts.today)
    if recorded_at is not None and facts.now - recorded_at <= limit:
        return None
    return "The crime was not recorded within the last 24 hours. Say why this is still very early."


RECLASSIFICATION_TO_N100: tuple[Guard[ReclassificationFacts], ...] = (
    only_a_rape_becomes_an_n100,
    only_a_registered_registrar_reclassifies_rape,
    no_substantive_investigation_took_place,
    the_record_is_young,
)
