"""Whose crime it is: the order of the rules, and what no force may do by itself (LOC-01 to 06)."""

from collections.abc import Callable

from fcr_app.domain.citations import crr26
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import Guard, blocks, warns
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.incidents import Route
from fcr_app.domain.not_recording import location_questions as q
from fcr_app.domain.not_recording.grounds import Ground, rests_on
from fcr_app.domain.questions import NO, YES


def _elsewhere(reason: str) -> Callable[[Facts], bool]:
    """Return the condition on a case that it is said to lie elsewhere for one reason."""

    def condition(facts: Facts) -> bool:
        return rests_on(Ground.ELSEWHERE)(facts) and facts.said(q.LIES) == reason

    condition.__doc__ = f"Say whether the ground is “{q.LIES.shown({q.LIES.name: reason})}”."
    return condition


def _passed_here(facts: RecordingFacts) -> bool:
    """Say whether another force passed the report here, and it is to go back."""
    return rests_on(Ground.ELSEWHERE)(facts) and facts.incident.route is Route.OTHER_FORCE


@warns(crr26("LOC-01", "15"), when=_elsewhere(q.AREA))
def where_the_victim_lives_comes_last(facts: RecordingFacts) -> str | None:
    """The suspect’s proven location decides, then the victim’s, and the victim’s home last."""
    if facts.said(q.PLACED_BY) != "home":
        return None
    return "Say what was done to find out where the suspect and the victim were at the time."


@warns(crr26("LOC-02", "15"), when=_elsewhere(q.REMOTE))
def where_the_suspect_is_comes_first_of_remote_crime(facts: RecordingFacts) -> str | None:
    """By phone or internet the suspect’s place decides, then their latest confirmed home.

    The victim’s home comes last.
    """
    if facts.said(q.PLACED_REMOTELY) != "home":
        return None
    return "Say what was done to find out where the suspect was, or last lived."


@blocks(crr26("LOC-03", "15"), when=_elsewhere(q.NATION))
def what_another_nation_refuses_is_recorded_here(facts: RecordingFacts) -> str | None:
    """What Police Scotland or the PSNI refuse is recorded by the force where the victim was."""
    if facts.said(q.TAKEN_THERE) != NO:
        return None
    return (
        "They do not take it. Record it here if the victim was here, or pass it to the force where "
        "the victim was."
    )


@blocks(crr26("LOC-04", "16"), when=_elsewhere(q.SERIES))
def a_series_is_recorded_where_its_latest_principal_crime_was(facts: RecordingFacts) -> str | None:
    """A series is one record, by the force of the most recent of its most serious crimes."""
    if facts.said(q.LATEST) != q.OURS:
        return None
    return "The latest of the most serious crimes was in our area, so the series is recorded here."


@blocks(crr26("LOC-04", "16"), when=_elsewhere(q.STRADDLES))
def a_crime_across_a_border_is_recorded_by_who_knew_first(facts: RecordingFacts) -> str | None:
    """A crime that crosses from one area into another is recorded by the force first aware."""
    if facts.said(q.AWARE_FIRST) != q.OURS:
        return None
    return "We knew of it first, so it is recorded here."


@blocks(crr26("LOC-05", "16"), when=_elsewhere(q.AIRCRAFT))
def a_crime_in_the_air_is_recorded_where_it_departed(facts: RecordingFacts) -> str | None:
    """On a domestic or outbound flight, the force of the departure airport records it."""
    if facts.said(q.DEPARTED_FROM) != YES:
        return None
    return "It departed from an airport in our area, so it is recorded here."


@blocks(crr26("LOC-06", "16"), when=_passed_here)
def no_transfer_is_refused_on_the_rules_alone(facts: RecordingFacts) -> str | None:
    """Forces don’t refuse a transfer on the rules alone: they weigh the victim’s interest together.

    It is asked wherever another force passed a report here and it is to go back.
    """
    if facts.said(q.WEIGHED) != NO:
        return None
    return (
        f"{facts.incident.other_force or 'Another force'} passed it here. Speak to their DDM or "
        "FCR about what serves the victim, or record it."
    )


LOCATION_RULES: tuple[Guard[RecordingFacts], ...] = (
    where_the_victim_lives_comes_last,
    where_the_suspect_is_comes_first_of_remote_crime,
    what_another_nation_refuses_is_recorded_here,
    a_series_is_recorded_where_its_latest_principal_crime_was,
    a_crime_across_a_border_is_recorded_by_who_knew_first,
    a_crime_in_the_air_is_recorded_where_it_departed,
    no_transfer_is_refused_on_the_rules_alone,
)
