"""Who may send a request, and who may decide it."""

from fcr_app.domain.authority import (
    Needed,
    authority_of,
    closeness,
    needed_authority,
    roles_held,
    why_no_authority,
)
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.guards import blocks
from fcr_app.domain.removal_rules.asked import code_of, risk_of
from fcr_app.domain.roles import REGISTRARS, Role


@blocks(force_policy("ROLE-03"))
def only_the_requester(facts: CancellationFacts) -> str | None:
    """Only the person who made the request may send or withdraw it."""
    if facts.actor.id == facts.opened_by_id:
        return None
    return "Only the person who made this request may do this."


@blocks(crr26("CANC-05", "25"))
def the_decider_is_independent(facts: CancellationFacts) -> str | None:
    """The decision belongs to somebody independent of the investigation.

    That is not the requester, the officer in the case now or before, whoever supervises or
    contributed to it, or the line manager. For a transfer this is force policy (CANC-09).
    """
    if near := closeness(facts):
        return (
            f"You are not independent of this investigation: {near}. "
            "Somebody else has to decide it."
        )
    return None


@blocks(crr26("CANC-01", "25"))
def the_decider_has_authority(facts: CancellationFacts) -> str | None:
    """Rape and homicide under C2 belong to an FCR on the College of Policing register.

    With none on it the chief officer decides; the rest belongs to a trained DDM or FCR. High harm
    goes to the FCR.
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
