"""The rules on appointments: when one may be, and what is asked again at each of its turns."""

from fcr_app.domain.citations import crr26, force_policy, inspection
from fcr_app.domain.diary import questions as q
from fcr_app.domain.diary.facts import DiaryFacts
from fcr_app.domain.guards import blocks
from fcr_app.domain.london import to_london
from fcr_app.domain.questions import NO, YES

#: Characters that it takes to say something.
SHORTEST_REASON = 20


def records_with_this_step(facts: DiaryFacts) -> bool:
    """Say whether a crime is recorded with the step that is being taken."""
    return facts.report_is_open and facts.said(q.ENOUGH) == YES


def _stays_unrecorded(facts: DiaryFacts) -> bool:
    return facts.report_is_open and facts.said(q.ENOUGH) == NO


def _asks_for_a_slot(facts: DiaryFacts) -> bool:
    return facts.wanted is not None


def _is_open(facts: DiaryFacts) -> bool:
    return facts.report_is_open


@blocks(force_policy("DIA-03"))
def the_slot_is_to_come(facts: DiaryFacts) -> str | None:
    """A slot that is booked has not begun yet."""
    if facts.wanted is None or facts.wanted.start > facts.now:
        return None
    return "This slot has begun already. Select one that is still to come."


@blocks(inspection("DIA-02"), when=_is_open)
def the_slot_is_in_time(facts: DiaryFacts) -> str | None:
    """With no crime recorded, a slot begins within 24 hours of the report, the limit to record.

    A later one needs the officer to say which information is insufficient, and goes to the FCR.
    """
    if not facts.wanted_is_late or facts.incident.record_by_at is None:
        return None
    limit = to_london(facts.incident.record_by_at)
    return (
        f"This slot is after the limit to record, {limit:%A %-d %B at %H:%M}, and no crime is "
        "recorded. Record the crime first, select an earlier slot, or book it as a slot after "
        "the limit and say which information is insufficient: the FCR then reviews it."
    )


@blocks(inspection("DIA-02"))
def the_slot_is_for_the_fcr_to_review(facts: DiaryFacts) -> str | None:
    """Only a slot after the limit, with no crime recorded, is sent to the FCR."""
    if facts.wanted is None or facts.wanted_is_late:
        return None
    return "This slot needs no review: it is in time, or the report is settled. Book it plainly."


@blocks(force_policy("DIA-03"), when=_asks_for_a_slot)
def the_officer_is_known(facts: DiaryFacts) -> str | None:
    """A slot is for an officer who is in post."""
    if facts.officer is not None:
        return None
    return "Nobody in post has this staff number. Check it, or leave it empty for yourself."


@blocks(force_policy("DIA-03"))
def the_officer_is_free(facts: DiaryFacts) -> str | None:
    """An officer is at one appointment at a time."""
    if facts.officer is None or not facts.officer.busy_with:
        return None
    return (
        f"{facts.officer.name} has another appointment then ({facts.officer.busy_with}). "
        "Select another slot or another officer."
    )


def _offence_problem(facts: DiaryFacts) -> str | None:
    named = facts.offence_named
    if not named:
        return "Enter the offence that is to be recorded: its class and code, or its title."
    if facts.offence is None:
        return f"No offence on the list matches “{named}”. Check it, or try its class and code."
    if facts.offence.others:
        return f"“{named}” may mean more than one offence. Enter its class and code."
    return None


def _lateness_problem(facts: DiaryFacts) -> str | None:
    if not facts.report_is_late or len(facts.late_reason) >= SHORTEST_REASON:
        return None
    return f"Say why the crime is recorded late, in at least {SHORTEST_REASON} characters."


@blocks(crr26("DIA-01", "10"), when=records_with_this_step)
def what_is_enough_is_recorded_at_once(facts: DiaryFacts) -> str | None:
    """Once there is enough to record a crime it is recorded, whatever became of the appointment."""
    return _offence_problem(facts)


@blocks(crr26("REC-11", "10"), when=records_with_this_step)
def what_is_recorded_late_has_its_reason(facts: DiaryFacts) -> str | None:
    """A crime that is recorded after its limit has a reason."""
    return _lateness_problem(facts)


@blocks(force_policy("DIA-04"), when=_stays_unrecorded)
def what_is_still_missing_is_said(facts: DiaryFacts) -> str | None:
    """While no crime is recorded, each turn says which information is still insufficient."""
    if len(facts.said(q.STILL_INSUFFICIENT)) >= SHORTEST_REASON:
        return None
    return (
        "Say which information is still insufficient to record a crime, in at least "
        f"{SHORTEST_REASON} characters."
    )


@blocks(inspection("DIA-02"), when=_stays_unrecorded)
def what_the_fcr_requires_is_recorded(facts: DiaryFacts) -> str | None:
    """Where the FCR required the crime to be recorded, nothing else is done before that."""
    if not facts.record_required:
        return None
    return (
        "The FCR requires the crime to be recorded now, so it can’t be left unrecorded. Record "
        "it with this step, or talk to the FCR."
    )


@blocks(crr26("DIA-01", "10"), when=lambda facts: bool(facts.offence_named))
def the_offence_is_on_the_list(facts: DiaryFacts) -> str | None:
    """A crime is recorded under one offence of the notifiable offence list."""
    return _offence_problem(facts)


@blocks(force_policy("DIA-04"))
def the_report_is_settled(facts: DiaryFacts) -> str | None:
    """An appointment closes no report: the report has to be settled before it is over."""
    if not facts.report_is_open:
        return None
    return (
        "Nothing is recorded from this report yet. Record the crime, book another appointment, "
        "or have it decided that none is to be recorded."
    )


SLOT_RULES = (the_slot_is_to_come, the_officer_is_known, the_officer_is_free)
RECORDING_RULES = (
    what_is_enough_is_recorded_at_once,
    what_is_recorded_late_has_its_reason,
    what_is_still_missing_is_said,
)
