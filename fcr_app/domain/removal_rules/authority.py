"""Who has the authority to decide: a rule for each kind of request, each with its source.

Exactly one of :data:`AUTHORITY_RULES` applies to a request.
"""

from fcr_app.domain.authority import (
    Needed,
    authority_of,
    is_fgm,
    is_reserved,
    needed_authority,
    roles_held,
    why_no_authority,
)
from fcr_app.domain.citations import crr26, force_policy, ofg26
from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.guards import blocks
from fcr_app.domain.removal import RemovalCode, Risk
from fcr_app.domain.removal_rules.asked import code_of, risk_of
from fcr_app.domain.roles import REGISTRARS, Role


def _level(facts: CancellationFacts) -> Needed | None:
    code = code_of(facts)
    if code is None:
        return None
    return needed_authority(code, facts.crime, risk_of(facts), facts.force, facts.today)


def needed(facts: CancellationFacts) -> Needed | None:
    """Return the authority the decision needs; None while no code is asked for.

    A decision of a registrar is followed only by a registrar's (ROLE-02).
    """
    level = _level(facts)
    registrar_spoke = facts.settled_by_registrar or (
        facts.decision is not None and facts.decision.by_registrar
    )
    return Needed.FCR if level is Needed.DDM and registrar_spoke else level


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
    return _reserved(facts) and not facts.force.has_registered_fcr


def _reserved(facts: CancellationFacts) -> bool:
    return _level(facts) is Needed.REGISTERED_FCR_OR_CHIEF


def _mutilation(facts: CancellationFacts) -> bool:
    return code_of(facts) in (RemovalCode.C2, RemovalCode.C4) and is_fgm(facts.crime, facts.today)


def _reserved_by_policy(facts: CancellationFacts) -> bool:
    return (
        code_of(facts) not in (None, RemovalCode.C2)
        and is_reserved(facts.crime.offence_class, facts.today)
        and facts.force.registrar_decides_reserved_codes
    )


def _high_harm(facts: CancellationFacts) -> bool:
    return (
        risk_of(facts) is Risk.HIGH
        and not _reserved(facts)
        and not _mutilation(facts)
        and not _reserved_by_policy(facts)
    )


class _Ordinary:
    """A request for one of some codes that is not reserved to the registrar."""

    def __init__(self, *codes: RemovalCode | None) -> None:
        self.codes = codes

    def __call__(self, facts: CancellationFacts) -> bool:
        return code_of(facts) in self.codes and _level(facts) in (Needed.DDM, None)


def _unentitled(facts: CancellationFacts) -> str | None:
    level = _level(facts)
    if level is None:
        return "The request does not say which reason it is for. Return it to the officer."
    if authority_of(facts.actor, level, facts.force):
        return None
    return why_no_authority(facts.actor, level, facts.force)


@blocks(crr26("CANC-01", "25"), when=_reserved, who=True)
def the_registered_fcr_decides_rape_and_homicide(facts: CancellationFacts) -> str | None:
    """Rape and homicide under C2 belong to an FCR on the College of Policing register.

    With no FCR on it, the chief officer responsible for crime recording decides.
    """
    return _unentitled(facts)


@blocks(crr26("CANC-16", "45"), when=_mutilation, who=True)
def the_fcr_decides_female_genital_mutilation(facts: CancellationFacts) -> str | None:
    """A crime of FGM is cancelled only on the FCR’s authority; for C2, one on the register."""
    return _unentitled(facts)


@blocks(force_policy("CANC-10"), when=_reserved_by_policy, who=True)
def the_fcr_decides_rape_and_homicide(facts: CancellationFacts) -> str | None:
    """The FCR decides on rape and homicide under C1, C3 and C4 too; the force can switch this."""
    return _unentitled(facts)


@blocks(force_policy("CANC-19"), when=_high_harm, who=True)
def the_fcr_decides_where_harm_is_high(facts: CancellationFacts) -> str | None:
    """Where a wrong decision could do great harm, the FCR decides."""
    return _unentitled(facts)


@blocks(crr26("CANC-04", "25"), when=_Ordinary(RemovalCode.C2, None), who=True)
def the_decider_has_authority(facts: CancellationFacts) -> str | None:
    """Additional verifiable information is weighed by a trained DDM or the FCR."""
    return _unentitled(facts)


@blocks(ofg26("CANC-06", "29"), when=_Ordinary(RemovalCode.C3, RemovalCode.C4), who=True)
def the_decider_is_trained_in_cancellations(facts: CancellationFacts) -> str | None:
    """Duplicates and errors are decided by a DDM or FCR properly trained in cancellations."""
    return _unentitled(facts)


@blocks(ofg26("CANC-07", "27, 29"), when=_Ordinary(RemovalCode.C5), who=True)
def a_trained_decider_weighs_self_defence(facts: CancellationFacts) -> str | None:
    """Self-defence is decided by a trained DDM or the FCR, who are authorised to do so."""
    return _unentitled(facts)


@blocks(force_policy("CANC-09"), when=_Ordinary(RemovalCode.C1), who=True)
def a_trained_decider_agrees_transfers(facts: CancellationFacts) -> str | None:
    """A transfer is agreed by a trained DDM or the FCR; the published rules leave this open."""
    return _unentitled(facts)


#: Whose decision it is; one of these applies to each request.
AUTHORITY_RULES = (
    the_registered_fcr_decides_rape_and_homicide,
    the_fcr_decides_female_genital_mutilation,
    the_fcr_decides_rape_and_homicide,
    the_fcr_decides_where_harm_is_high,
    the_decider_has_authority,
    the_decider_is_trained_in_cancellations,
    a_trained_decider_weighs_self_defence,
    a_trained_decider_agrees_transfers,
)


def _decides_as_chief_officer(facts: CancellationFacts) -> bool:
    if not _reserved(facts):
        return False
    held = authority_of(facts.actor, Needed.REGISTERED_FCR_OR_CHIEF, facts.force)
    return held is not None and not held.registrar


@blocks(crr26("CANC-02", "25"), when=_decides_as_chief_officer)
def the_registrar_has_advised(facts: CancellationFacts) -> str | None:
    """A chief officer decides only after taking the Crime Registrar’s advice, which is kept."""
    if facts.advice_attached:
        return None
    return "The registrar’s advice is not attached yet. Ask the registrar to add it to this case."


@blocks(crr26("CANC-02", "25"))
def the_adviser_is_not_the_decider(facts: CancellationFacts) -> str | None:
    """The chief officer takes advice from the registrar, and never from themselves."""
    if not facts.actor.has(Role.CHIEF_OFFICER):
        return None
    return "You decide this request as chief officer, so another registrar has to advise you."


@blocks(force_policy("VIC-05"))
def the_fcr_approves_exceptions(facts: CancellationFacts) -> str | None:
    """Only the FCR excuses a force from telling a victim; their accreditation must be in force."""
    if authority_of(facts.actor, Needed.FCR, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.FCR, facts.force)
