"""When a crime may be given another class, and by whom (CLS-01 to CLS-06, REC-25)."""

from fcr_app.domain import new_class_questions as q
from fcr_app.domain.authority import TOO_CLOSE, authority_of, why_no_authority
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.guards import Guard, blocks, warns
from fcr_app.domain.new_class import (
    NewClassFacts,
    is_for_the_fcr,
    level_needed,
)
from fcr_app.domain.questions import YES
from fcr_app.domain.rules import (
    ADVISED_CLASSES,
    CONDUCT_CLASSES,
    HARASSMENT_BY_RULING,
    STALKING_CLASS,
)
from fcr_app.domain.shared_rules import nobody_else_holds_it


def _becomes_conduct(facts: NewClassFacts) -> bool:
    """Say whether the crime is to become a crime of conduct."""
    return facts.offence is not None and facts.offence.offence_class in CONDUCT_CLASSES.on(
        facts.today
    )


def _was_conduct(facts: NewClassFacts) -> bool:
    """Say whether the crime is one of conduct now."""
    return facts.crime.offence_class in CONDUCT_CLASSES.on(facts.today)


def _advised(facts: NewClassFacts) -> bool:
    """Say whether the crime is to become a homicide or an attempt at one."""
    return facts.offence is not None and facts.offence.offence_class in ADVISED_CLASSES.on(
        facts.today
    )


def _ordinary(facts: NewClassFacts) -> bool:
    """Say whether neither class is rape or homicide, or the force leaves those to DDMs too."""
    return not is_for_the_fcr(facts)


@blocks(crr26("CLS-02", "13"))
def only_a_recorded_crime_has_its_class_changed(facts: NewClassFacts) -> str | None:
    """Only a crime that is recorded now, and has a class, is given another one."""
    if not facts.crime.offence_class:
        return "This crime has no class yet. Give it its first one on its own page."
    if facts.crime.status is CrimeStatus.RECORDED:
        return None
    return f"Crime {facts.crime.number} is {facts.crime.status.value}, so its class stays."


@blocks(crr26("CLS-02", "13"))
def the_new_class_is_on_the_list_in_force(facts: NewClassFacts) -> str | None:
    """The new class and code are on the notifiable offence list now in force."""
    if facts.offence is None:
        return "Enter the class and code that the crime should have, such as 8Q 195/12."
    if not facts.offence.current:
        return "That offence is not on the list now in force. Choose one that is."
    return None


@blocks(crr26("CLS-03", "63"))
def a_crime_does_not_become_a_reported_incident(facts: NewClassFacts) -> str | None:
    """N100 and N300 are reported incidents, so no crime is reclassified to one here.

    A recorded rape that was an N100 from the start has a way of its own, for the registrar alone.
    """
    if facts.offence is None or not facts.offence.reported_incident:
        return None
    return (
        f"{facts.offence.offence_class} is no crime. A rape that was an N100 from the start is "
        "moved by a registered FCR, before any investigation, in an N100 decision."
    )


@blocks(crr26("CLS-02", "13"))
def the_new_class_is_another_one(facts: NewClassFacts) -> str | None:
    """A change is to another class or code than the crime has now."""
    new, crime = facts.offence, facts.crime
    if new is None or (new.offence_class, new.offence_code) != (
        crime.offence_class,
        crime.offence_code,
    ):
        return None
    return f"The crime is {crime.offence_class} {crime.offence_code} already."


@blocks(crr26("REC-25", "55"), when=_becomes_conduct)
def conduct_towards_a_former_partner_is_stalking(facts: NewClassFacts) -> str | None:
    """A course of conduct towards a former partner is stalking, 8Q.

    It is harassment only if the FCR has ruled so for this crime.
    """
    new = facts.offence
    if new is None or facts.said(q.EX_PARTNER) != YES:
        return None
    if (new.offence_class, new.offence_code) not in HARASSMENT_BY_RULING.on(facts.today):
        return None
    if any(ruling.offence_class == new.offence_class for ruling in facts.rulings):
        return None
    return (
        f"Conduct towards a former partner is stalking: choose {STALKING_CLASS} (195/12, or 008/65 "
        f"with fear of violence, 008/66 with serious alarm). It is {new.offence_class} only by a "
        "ruling of the FCR linked to this crime. Ask the FCR for one if you think so."
    )


@warns(crr26("CLS-05", "58"), when=_was_conduct)
def conduct_that_escalated_is_classed_upward(facts: NewClassFacts) -> str | None:
    """Where conduct has become more serious, its class is reviewed upward, never down."""
    if facts.said(q.ESCALATED) != YES or facts.offence is None:
        return None
    new = (facts.offence.offence_class, facts.offence.offence_code)
    if new not in HARASSMENT_BY_RULING.on(facts.today):
        return None
    return "The conduct has become more serious, and harassment is the least serious class of it."


@warns(crr26("CLS-06", "34"), when=_advised)
def homicide_is_recorded_after_advice(facts: NewClassFacts) -> str | None:
    """Before murder, attempted murder or manslaughter is recorded, advice is sought.

    It comes from the on-call senior detective or the FCR, and the contact is logged.
    """
    asked = (facts.said(q.ADVISED_BY), facts.said(q.ADVISED_AT), facts.said(q.ADVISED_WHAT))
    if all(asked):
        return None
    return (
        "Nothing says which on-call senior detective or registrar was asked, when, and what they "
        "said. Ask one and write it down, or say why it goes on without."
    )


@blocks(crr26("CLS-06", "34"), when=_advised)
def advice_was_not_sought_in_the_future(facts: NewClassFacts) -> str | None:
    """The contact that is logged has taken place."""
    at = facts.moment_said(q.ADVISED_AT)
    if at is None or at <= facts.now:
        return None
    return "They can’t have been asked in the future. Check the date and time."


@blocks(force_policy("CLS-02"), who=True)
def the_decider_took_no_part_in_the_investigation(facts: NewClassFacts) -> str | None:
    """The decision belongs to somebody who took no part in the investigation.

    The published rule names only who decides; that they stand outside it is force policy.
    """
    me, crime = facts.actor.id, facts.crime
    ways = [words for part, words in TOO_CLOSE.items() if (me, part) in crime.involved]
    if me in crime.line_manager_ids and not facts.force.line_manager_may_decide:
        ways.append("you are the line manager of the officer in the case or of the requester")
    if not ways:
        return None
    return f"You are too close to it: {', and '.join(ways)}. Somebody else has to decide it."


@blocks(crr26("CLS-02", "13"), when=_ordinary, who=True)
def the_fcr_or_a_ddm_decides_the_class(facts: NewClassFacts) -> str | None:
    """Only the FCR or a trained DDM gives a crime another class."""
    return _without_authority(facts)


@blocks(force_policy("CLS-02"), when=is_for_the_fcr, who=True)
def the_fcr_decides_on_rape_and_homicide(facts: NewClassFacts) -> str | None:
    """Into or out of rape and homicide, only the FCR decides on the class.

    The published rule lets a DDM; the force can too, by the same switch as for C1, C3 and C4, but
    not where a crime becomes rape: the FCR sees every rape (N100-12).
    """
    return _without_authority(facts)


def _without_authority(facts: NewClassFacts) -> str | None:
    level = level_needed(facts)
    if authority_of(facts.actor, level, facts.force):
        return None
    return why_no_authority(facts.actor, level, facts.force)


@blocks(crr26("CLS-02", "13"), judged_by=q.IS_SHOWN)
def the_new_class_is_shown(facts: NewClassFacts) -> str | None:
    """Substantive new information shows the new class, or the old one was wrong from the start."""
    if facts.answers.get(q.IS_SHOWN.name) == YES:
        return None
    return "Until you are satisfied that the new class is right, the crime keeps the one it has."


Guards = tuple[Guard[NewClassFacts], ...]

REQUEST_RULES: Guards = (
    only_a_recorded_crime_has_its_class_changed,
    the_new_class_is_on_the_list_in_force,
    a_crime_does_not_become_a_reported_incident,
    the_new_class_is_another_one,
    conduct_towards_a_former_partner_is_stalking,
    advice_was_not_sought_in_the_future,
    conduct_that_escalated_is_classed_upward,
    homicide_is_recorded_after_advice,
)
DECIDER_RULES: Guards = (
    the_decider_took_no_part_in_the_investigation,
    the_fcr_or_a_ddm_decides_the_class,
    the_fcr_decides_on_rape_and_homicide,
    nobody_else_holds_it,
)
