"""The rules on removing a recorded crime, each with its source.

``fcr_app/workflows/cancellation.py`` says at which step each is applied. Every docstring here is
shown to deciders as the rule in plain words.
"""

from fcr_app.domain.authority import (
    Needed,
    authority_of,
    closeness,
    needed_authority,
    roles_held,
    why_no_authority,
)
from fcr_app.domain.citations import crr26, force_policy, inspection, ofg26
from fcr_app.domain.facts import CancellationFacts, CrimeStatus, ExceptionState
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.london import LONDON
from fcr_app.domain.phrases import opinion_in
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.removal import TELL_FIRST, GroundsDecision, RemovalCode, Risk
from fcr_app.domain.removal_questions import (
    AVAILABLE_ON,
    CODE,
    EFFECT,
    GIVEN_REFERENCE,
    GROUNDS_DECISION,
    INFORMATION,
    IS_ADDITIONAL,
    IS_ELSEWHERE,
    IS_INFORMATION,
    IS_MISTAKE,
    IS_SAME,
    IS_SELF_DEFENCE,
    IS_VERIFIABLE,
    NO_VICTIM_ON_RECORD,
    PRESSURE,
    REFERENCE_AT,
    RISK,
    SATISFIED_TOLD,
    TOLD_AT,
    WHICH_VICTIM,
    WITHDRAWAL_CONCERN,
)
from fcr_app.domain.roles import REGISTRARS, Role
from fcr_app.domain.rules import (
    CONCLUSIVE_GROUNDS_FROM,
    MODERN_SLAVERY_CLASS,
    SELF_DEFENCE_CLASSES,
    SELF_DEFENCE_OFFENCES,
)


def code_of(facts: CancellationFacts) -> RemovalCode | None:
    """Return the code asked for, or None while there is none."""
    said = facts.said(CODE)
    return RemovalCode(said) if said in RemovalCode.__members__ else None


class asks_for:  # noqa: N801 - reads as a condition: when=asks_for(C2)
    """Whether the request is for one of some codes."""

    def __init__(self, *codes: RemovalCode) -> None:
        self.codes = frozenset(codes)

    def __call__(self, facts: CancellationFacts) -> bool:
        return code_of(facts) in self.codes


def risk_of(facts: CancellationFacts) -> Risk | None:
    """Return the harm a wrong decision would do, as the requester sees it."""
    said = facts.said(RISK)
    return Risk(said) if said in set(Risk) else None


# --- who ---------------------------------------------------------------------------------


@blocks(force_policy("ROLE-03"))
def only_the_requester(facts: CancellationFacts) -> str | None:
    """Only the person who made the request may send or withdraw it."""
    if facts.actor.id == facts.opened_by_id:
        return None
    return "Only the person who made this request may do this."


@blocks(crr26("CANC-05", "25"))
def the_decider_is_independent(facts: CancellationFacts) -> str | None:
    """The decision belongs to somebody independent of the investigation: not the requester, the
    officer in the case now or before, who supervises or contributed to it, or the line manager.
    """
    if near := closeness(facts):
        return f"You are not independent of this investigation: {near}. Somebody else has to decide it."
    return None


@blocks(crr26("CANC-01", "25"))
def the_decider_has_authority(facts: CancellationFacts) -> str | None:
    """Rape and homicide under C2 belong to an FCR on the College of Policing register, or with none
    on it to the chief officer; the rest to a trained DDM or FCR. High harm goes to the FCR.
    """
    level = needed(facts)
    if level is None:
        return "The request does not say which reason it is for. Return it to the officer."
    if authority_of(facts.actor, level, facts.force):
        return None
    return why_no_authority(facts.actor, level, facts.force)


def _chief_officer_decides(facts: CancellationFacts) -> bool:
    return facts.actor.has(Role.CHIEF_OFFICER) and not facts.actor.has(*REGISTRARS)


@blocks(crr26("CANC-02", "25"), when=_chief_officer_decides)
def the_registrar_has_advised(facts: CancellationFacts) -> str | None:
    """A chief officer decides only after taking the Crime Registrar’s advice, which is kept."""
    if facts.advice_attached:
        return None
    return "The registrar’s advice is not attached yet. Ask the registrar to add it to this case."


def needed(facts: CancellationFacts) -> Needed | None:
    """Return the authority the decision needs; None while no code is asked for.

    A decision of a registrar is followed only by a registrar's (ROLE-02).
    """
    code = code_of(facts)
    if code is None:
        return None
    level = needed_authority(code, facts.crime, risk_of(facts), facts.force, facts.today)
    if level is Needed.DDM and facts.decision is not None and facts.decision.by_registrar:
        return Needed.FCR
    return level


def authority_needed(facts: CancellationFacts) -> str:
    """Return the needed authority as it is stored on the case when this step is done."""
    level = needed(facts)
    if level is Needed.DDM and facts.decision is not None and facts.actor.has(*REGISTRARS):
        level = Needed.FCR  # the registrar has just set a decision aside
    return level.value if level else ""


def authority_text(facts: CancellationFacts) -> str:
    """Return what entitles the actor: an accreditation where they hold one, or else their roles."""
    held = authority_of(facts.actor, needed(facts) or Needed.DDM, facts.force)
    return held.text if held else roles_held(facts)


def chief_officer_route(facts: CancellationFacts) -> bool:
    """Say whether the decision falls to the chief officer: reserved, and no FCR on the register."""
    return needed(facts) is Needed.REGISTERED_FCR_OR_CHIEF and not facts.force.has_registered_fcr


@blocks(crr26("CANC-04", "25"))
def the_decider_is_trained(facts: CancellationFacts) -> str | None:
    """A DDM or FCR whose training or register entry is in force puts a crime back."""
    if authority_of(facts.actor, Needed.DDM, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.DDM, facts.force)


@blocks(force_policy("ROLE-01"))
def nobody_else_holds_it(facts: CancellationFacts) -> str | None:
    """Whoever has claimed a case decides it, or somebody who covers for them."""
    mine = {facts.actor.id, *facts.actor.deputises_for}
    if facts.holder_id is None or facts.holder_id in mine:
        return None
    return (
        f"{facts.holder_name or 'Somebody else'} holds this case. "
        "Ask them to release it, or the FCR to reassign it."
    )


@blocks(force_policy("ROLE-02"))
def only_a_registrar_supersedes_a_registrar(facts: CancellationFacts) -> str | None:
    """A decision of the FCR is superseded only by a new decision of the FCR."""
    earlier = facts.decision
    if earlier is None or not earlier.by_registrar or facts.actor.has(*REGISTRARS):
        return None
    return "The FCR made this decision. Only the FCR can set it aside."


# --- the request -------------------------------------------------------------------------


@blocks(ofg26("CANC-22", "26"))
def the_crime_still_stands(facts: CancellationFacts) -> str | None:
    """Only a crime that is recorded now can be removed."""
    if facts.crime.status is CrimeStatus.RECORDED:
        return None
    return f"Crime {facts.crime.number} is already {facts.crime.status.value}. There is nothing to remove."


@blocks(crr26("CLS-01", "13"))
def the_crime_has_a_class(facts: CancellationFacts) -> str | None:
    """Who decides depends on the offence class, so the crime needs one."""
    if facts.crime.offence_class:
        return None
    return "This crime has no offence class on record. Ask the FCR’s team to add it first."


@blocks(force_policy("CANC-22"))
def no_other_request_is_open(facts: CancellationFacts) -> str | None:
    """There is one open request for a crime at a time."""
    if not facts.other_open_request:
        return None
    return "Another request about this crime is open. Use that one, or wait until it is settled."


@blocks(ofg26("CANC-14", "28"), when=asks_for(RemovalCode.C2, RemovalCode.C5))
def the_information_is_not_from_the_future(facts: CancellationFacts) -> str | None:
    """The record says when the information became available, its source, how it can be verified,
    and its effect on the crime.
    """
    on = facts.date_said(AVAILABLE_ON)
    if on is not None and on > facts.today:
        return (
            f"The information can’t have become available on {on:%-d %B %Y}: that is in the future."
        )
    return None


@warns(crr26("CANC-22", "25"), when=asks_for(RemovalCode.C2))
def the_information_came_after_the_record(facts: CancellationFacts) -> str | None:
    """Information that was there when the crime was recorded is not additional: if it shows that
    the record was a mistake, C4 fits.
    """
    on, recorded = facts.date_said(AVAILABLE_ON), facts.crime.recorded_at
    if on is None or recorded is None or on > recorded.astimezone(LONDON).date():
        return None
    return (
        f"The information became available on {on:%-d %B %Y}, no later than the day the crime was "
        "recorded. If it was known then, the reason is C4 (recorded in error), not C2."
    )


@warns(inspection("CANC-18"), when=asks_for(RemovalCode.C2, RemovalCode.C5))
def the_information_is_more_than_opinion(facts: CancellationFacts) -> str | None:
    """Opinion, a lack of evidence, a denial, a victim who does not engage, ill health, drink, CPS
    advice and a missing suspect are not additional verifiable information on their own.
    """
    found = opinion_in(f"{facts.said(INFORMATION)}\n{facts.said(EFFECT)}")
    if not found:
        return None
    named = "; ".join(f"{phrase.what} (consider outcome {phrase.instead})" for phrase in found)
    return f"The request seems to rest on {named}. Use an outcome instead unless there is more."


@blocks(ofg26("CANC-15", "29"), when=lambda f: WITHDRAWAL_CONCERN.when(f.known))
def no_withdrawal_under_pressure(facts: CancellationFacts) -> str | None:
    """A crime is never cancelled because its victim withdrew in fear or under pressure."""
    if facts.said(WITHDRAWAL_CONCERN) != YES:
        return None
    return (
        "There is a sign of fear, coercion, influence or pressure behind the withdrawal, so the "
        "crime stays recorded. Consider outcome 14 or 16 instead."
    )


@blocks(ofg26("CANC-15", "29"), when=lambda f: PRESSURE.when(f.known), judged_by=PRESSURE)
def the_decider_sees_no_pressure(facts: CancellationFacts) -> str | None:
    """The decider considers fear, coercion, influence and pressure behind a withdrawal."""
    if facts.answers.get(PRESSURE.name) != YES:
        return None
    return "With clear concern about fear or pressure the crime can’t be cancelled. Refuse it; consider outcome 16."


def _modern_slavery(facts: CancellationFacts) -> bool:
    return code_of(facts) is RemovalCode.C2 and facts.crime.offence_class == MODERN_SLAVERY_CLASS


@blocks(crr26("CANC-17", "26, 48"), when=_modern_slavery)
def modern_slavery_needs_conclusive_grounds(facts: CancellationFacts) -> str | None:
    """For modern slavery only a negative conclusive grounds decision may be additional verifiable
    information, for crimes recorded from 1 April 2020; a negative reasonable grounds decision is not.
    """
    said = facts.said(GROUNDS_DECISION)
    if said == GroundsDecision.NEGATIVE_REASONABLE:
        return "A negative reasonable grounds decision does not cancel the crime. Wait for the conclusive grounds decision."
    if said == GroundsDecision.POSITIVE:
        return "The Competent Authority found grounds. The crime stays recorded."
    recorded = facts.crime.recorded_at
    since = CONCLUSIVE_GROUNDS_FROM.on(facts.today)
    if (
        said == GroundsDecision.NEGATIVE_CONCLUSIVE
        and recorded
        and recorded.astimezone(LONDON).date() < since
    ):
        return f"The crime was recorded before {since:%-d %B %Y}, so a conclusive grounds decision is not additional verifiable information."
    return None


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def the_survivor_is_live(facts: CancellationFacts) -> str | None:
    """The crime that stays must be another one, recorded in this force and live."""
    survivor = facts.survivor
    if survivor is None:
        return (
            "No crime with that number is recorded here. Check the number of the crime that stays."
        )
    if survivor.id == facts.crime.id:
        return "A crime can’t be a duplicate of itself. Enter the number of the crime that stays."
    if survivor.status is not CrimeStatus.RECORDED:
        return f"Crime {survivor.number} is itself {survivor.status.value}, so nothing would stay recorded."
    return None


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def the_survivor_is_not_leaving(facts: CancellationFacts) -> str | None:
    """Duplicates make no chains: the crime that stays is not about to be removed."""
    if facts.survivor is None or not facts.survivor.leaves_by_open_request:
        return None
    return (
        f"Crime {facts.survivor.number} is itself asked to be removed. Settle that request first."
    )


def _what_rests_on_it(facts: CancellationFacts) -> str | None:
    if not facts.rests_on_it:
        return None
    return (
        f"Crime {facts.rests_on_it} was removed, or is asked to be removed, as a duplicate of this "
        "one. If this one leaves too, nothing of them stays recorded."
    )


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def nothing_rests_on_a_duplicate(facts: CancellationFacts) -> str | None:
    """Duplicates make no chains: a crime that others were folded into is not itself folded."""
    return _what_rests_on_it(facts)


@warns(
    ofg26("CANC-20", "27"),
    when=asks_for(RemovalCode.C1, RemovalCode.C2, RemovalCode.C4, RemovalCode.C5),
)
def something_rests_on_this_crime(facts: CancellationFacts) -> str | None:
    """A crime that others were folded into takes them along when it leaves."""
    return _what_rests_on_it(facts)


@blocks(ofg26("CANC-07", "27"), when=asks_for(RemovalCode.C5))
def self_defence_fits_the_class(facts: CancellationFacts) -> str | None:
    """Self-defence removes only assault occasioning actual bodily harm (8N, 008/06), assault without
    injury on a constable (104) and assault without injury (105A).
    """
    crime = facts.crime
    pair = (crime.offence_class, crime.offence_code)
    if crime.offence_class in SELF_DEFENCE_CLASSES.on(
        facts.today
    ) or pair in SELF_DEFENCE_OFFENCES.on(facts.today):
        return None
    return f"C5 is not possible for class {crime.offence_class}, code {crime.offence_code}. Consider an outcome instead."


# --- the decision ------------------------------------------------------------------------


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_ADDITIONAL)
def the_information_is_additional(facts: CancellationFacts) -> str | None:
    """Additional: it was not available to the recorder or the officer when the crime was recorded."""
    if facts.answers.get(IS_ADDITIONAL.name) == YES:
        return None
    return (
        "Information that is not additional can’t cancel a crime. Refuse the request or return it."
    )


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_VERIFIABLE)
def the_information_is_verifiable(facts: CancellationFacts) -> str | None:
    """Verifiable: its origin, reliability and relevance can be checked."""
    if facts.answers.get(IS_VERIFIABLE.name) == YES:
        return None
    return (
        "Information that can’t be verified can’t cancel a crime. Refuse the request or return it."
    )


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_INFORMATION)
def the_information_settles_it(facts: CancellationFacts) -> str | None:
    """Information: it is about this crime and shows that no notifiable crime happened."""
    if facts.answers.get(IS_INFORMATION.name) == YES:
        return None
    return "It has to be information about this crime that settles it. Refuse the request or return it."


@blocks(ofg26("TRF-01", "26"), when=asks_for(RemovalCode.C1), judged_by=IS_ELSEWHERE)
def the_location_is_shown(facts: CancellationFacts) -> str | None:
    """Verifiable information shows that the crime happened in the other force’s area."""
    if facts.answers.get(IS_ELSEWHERE.name) == YES:
        return None
    return "Without verifiable information on the location the crime stays here. Refuse the request or return it."


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3), judged_by=IS_SAME)
def the_two_belong_together(facts: CancellationFacts) -> str | None:
    """The surviving crime is the same crime, or one that this is part of."""
    if facts.answers.get(IS_SAME.name) == YES:
        return None
    return "If the two don’t belong together both stay recorded. Refuse the request or return it."


@blocks(ofg26("CANC-21", "27"), when=asks_for(RemovalCode.C4), judged_by=IS_MISTAKE)
def it_was_a_genuine_mistake(facts: CancellationFacts) -> str | None:
    """It was recorded by genuine mistake, and on balance no notifiable crime happened."""
    if facts.answers.get(IS_MISTAKE.name) == YES:
        return None
    return "Without a genuine mistake the crime stays recorded. Refuse the request or return it."


@blocks(ofg26("CANC-07", "27"), when=asks_for(RemovalCode.C5), judged_by=IS_SELF_DEFENCE)
def self_defence_is_shown(facts: CancellationFacts) -> str | None:
    """Verifiable information shows that the suspect acted in self-defence."""
    if facts.answers.get(IS_SELF_DEFENCE.name) == YES:
        return None
    return "Without verifiable information on self-defence the crime stays recorded. Refuse the request or return it."


def _untold_victim_of_a_mistake(facts: CancellationFacts) -> bool:
    return code_of(facts) is RemovalCode.C4 and bool(facts.victims)


@warns(force_policy("VIC-03"), when=_untold_victim_of_a_mistake)
def the_victim_of_a_mistake_may_be_told(facts: CancellationFacts) -> str | None:
    """No rule makes telling a condition for C4, but a real victim deserves to know."""
    if all(
        victim.told_at or victim.exception is ExceptionState.APPROVED for victim in facts.victims
    ):
        return None
    return "There is a victim who would not be told. Approve in principle instead to have them told first."


# --- the other force, and the victim -----------------------------------------------------


@blocks(crr26("TRF-02", "25"))
def the_number_came_after_the_decision(facts: CancellationFacts) -> str | None:
    """The receiving force’s number is asked for once the transfer is approved."""
    at = facts.moment_said(REFERENCE_AT)
    if at is not None and at > facts.now:
        return "The number can’t have come in the future. Check the date and time."
    return None


@blocks(crr26("VIC-01", "26"))
def the_victim_is_of_this_crime(facts: CancellationFacts) -> str | None:
    """Who is told is a victim of this crime."""
    said = facts.answers.get(WHICH_VICTIM.name, "")
    if not said or said in {str(victim.id or NO_VICTIM_ON_RECORD) for victim in facts.victims}:
        return None
    return "That victim is not on this crime’s record. Select one who is, or add them to the crime."


@blocks(crr26("VIC-01", "26"))
def the_telling_is_of_this_decision(facts: CancellationFacts) -> str | None:
    """The victim is told the decision and its reason, after it was made and before removal."""
    at = facts.moment_said(TOLD_AT)
    if at is None or facts.decision is None:
        return None
    if at > facts.now:
        return "They can’t have been told in the future. Check the date and time."
    if at < facts.decision.decided_at.replace(second=0, microsecond=0):
        return (
            f"The decision was made at {facts.decision.decided_at.astimezone(LONDON):%-d %B %Y %H:%M}. "
            "Nobody can have been told of it before then."
        )
    return None


@blocks(crr26("TRF-02", "25"), when=asks_for(RemovalCode.C1))
def the_number_comes_before_the_telling(facts: CancellationFacts) -> str | None:
    """For a transfer the receiving force’s number is held first, and the victim is given it."""
    at, received = facts.moment_said(TOLD_AT), facts.reference_received_at
    if not facts.reference_held or received is None:
        return "The receiving force’s number is not held yet. Record it first."
    if at is not None and at < received.replace(second=0, microsecond=0):
        return "They were told before the receiving force’s number was held. Tell them again, with the number."
    if facts.answers.get(GIVEN_REFERENCE.name) == NO:
        return "Give the victim the receiving force’s number, then record it here."
    return None


def told_first(facts: CancellationFacts) -> bool:
    """Say whether the code is one whose victims are told before removal."""
    return code_of(facts) in TELL_FIRST


@blocks(crr26("VIC-01", "26"))
def every_victim_was_told(facts: CancellationFacts) -> str | None:
    """Every victim has been told of the decision before the crime leaves the statistics, or the FCR
    has approved why one can’t be.
    """
    untold = [
        v for v in facts.victims if not v.told_at and v.exception is not ExceptionState.APPROVED
    ]
    if not untold:
        return None
    if len(untold) == 1 and untold[0].id is None:
        return "No victim is on record. Add the victim, or ask the FCR to approve an exception."
    return f"Not told yet: {', '.join(victim.name for victim in untold)}. Tell them and record it first."


@blocks(crr26("TRF-02", "25"), when=asks_for(RemovalCode.C1))
def the_transfer_is_complete(facts: CancellationFacts) -> str | None:
    """A transferred crime is removed only when the receiving force’s number is held and the victim
    has been given it.
    """
    if not facts.reference_held:
        return "The receiving force’s number is not held yet. Record it first."
    without = [v.name for v in facts.victims if v.told_at and not v.given_reference]
    if without:
        return f"Not given the receiving force’s number: {', '.join(without)}."
    return None


@blocks(crr26("VIC-01", "26"), judged_by=SATISFIED_TOLD, when=told_first)
def the_decider_is_satisfied(facts: CancellationFacts) -> str | None:
    """The decision maker satisfies themselves that the victim has been told."""
    if facts.answers.get(SATISFIED_TOLD.name) == YES:
        return None
    return "Until you are satisfied that the victim was told, the crime stays recorded."
