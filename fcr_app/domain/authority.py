"""Who may decide a removal, and who is too close to it.

Authority comes from the accreditation in force at the moment of decision, never from the job
title alone (CANC-01 to CANC-12, ROLE-01 to ROLE-03).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.citing import enforces, supports
from fcr_app.domain.facts import CancellationFacts, CrimeFacts, Facts, ForceFacts, Part
from fcr_app.domain.removal import RemovalCode, Risk
from fcr_app.domain.roles import REGISTRARS, AccreditationKind, Actor, Role
from fcr_app.domain.rules import FGM_OFFENCES, RESERVED_CLASSES


class Needed(StrEnum):
    """The authority a request needs; stored on the case so that worklists can be indexed."""

    DDM = "ddm"
    FCR = "fcr"
    REGISTERED_FCR = "registered_fcr"
    REGISTERED_FCR_OR_CHIEF = "registered_fcr_or_chief"

    @property
    def label(self) -> str:
        """Who that is, in words."""
        return {
            "ddm": "a trained DDM or the FCR",
            "fcr": "the FCR or deputy FCR",
            "registered_fcr": "an FCR on the College of Policing register",
            "registered_fcr_or_chief": "an FCR on the College of Policing register",
        }[self.value]


#: A DDM course is never enough for these.
REGISTER_BOUND = frozenset({Needed.REGISTERED_FCR, Needed.REGISTERED_FCR_OR_CHIEF})


@dataclass(frozen=True)
class Authority:
    """What entitles a person to decide, frozen into the decision."""

    text: str
    registrar: bool


def roles_held(facts: Facts) -> str:
    """Return what entitles a person where no rule asks for more: their roles."""
    return ", ".join(sorted(role.label for role in facts.actor.roles))


def is_reserved(offence_class: str, day: date) -> bool:
    """Say whether C2 on a class belongs to the registered FCR: rape, homicide (CANC-01)."""
    return offence_class in RESERVED_CLASSES.on(day)


def is_fgm(crime: CrimeFacts, day: date) -> bool:
    """Say whether a crime is female genital mutilation, or failing to protect from it (CANC-16)."""
    return (crime.offence_class, crime.offence_code) in FGM_OFFENCES.on(day)


def needed_authority(
    code: RemovalCode, crime: CrimeFacts, risk: Risk | None, force: ForceFacts, day: date
) -> Needed:
    """Return the authority that a request needs, by its code and offence class."""
    reserved, fgm = is_reserved(crime.offence_class, day), is_fgm(crime, day)
    if code is RemovalCode.C2 and reserved:
        return Needed.REGISTERED_FCR_OR_CHIEF
    if code is RemovalCode.C2 and fgm:
        return Needed.REGISTERED_FCR
    for_the_registrar = (
        reserved and force.registrar_decides_reserved_codes,
        # A child found not to have suffered it may be put down as a mistake as well.
        fgm and code is RemovalCode.C4,
        risk is Risk.HIGH,
    )
    return Needed.FCR if any(for_the_registrar) else Needed.DDM


@supports(
    crr26("CANC-03", "25"),
    how="One registrar’s authority is enough; no step asks anybody else to approve",
)
@enforces(
    force_policy("CANC-11"), how="The register entry in force for the person counts, not the title"
)
def authority_of(actor: Actor, needed: Needed, force: ForceFacts) -> Authority | None:
    """Return what entitles a person to decide, or None if nothing does."""
    register = actor.holds(AccreditationKind.REGISTER)
    course = actor.holds(AccreditationKind.DDM_COURSE)
    registrar = actor.has(*REGISTRARS)
    if registrar and register:
        return Authority(str(register), registrar=True)
    if needed in REGISTER_BOUND:
        return _authority_of_chief_officer(actor, needed, force)
    if registrar and course:
        return Authority(f"{_title(actor)}. {course}", registrar=True)
    if needed is Needed.DDM and actor.has(Role.DDM) and course:
        return Authority(f"Designated decision maker. {course}", registrar=False)
    return None


def acts_as_registrar(actor: Actor) -> bool:
    """Say whether a person decides with the FCR’s authority: the role, and what it takes."""
    accredited = any(actor.holds(kind) for kind in AccreditationKind)
    return actor.has(*REGISTRARS) and accredited


def _authority_of_chief_officer(
    actor: Actor, needed: Needed, force: ForceFacts
) -> Authority | None:
    if needed is not Needed.REGISTERED_FCR_OR_CHIEF or force.has_registered_fcr:
        return None
    if not actor.has(Role.CHIEF_OFFICER):
        return None
    text = "Chief officer responsible for crime recording; no FCR is on the register"
    return Authority(text, registrar=False)


def why_no_authority(actor: Actor, needed: Needed, force: ForceFacts) -> str:
    """Say why a person may not decide, and who may."""
    registrar = actor.has(*REGISTRARS)
    if needed in REGISTER_BOUND:
        why = (
            "You are not on the College of Policing professional register today."
            if registrar
            else "Only an FCR on the College of Policing register may decide this."
        )
        return f"{why} {_who_instead(needed, force)}".strip()
    if registrar:
        return (
            "Neither a register entry nor a DDM course is in force for you today. "
            "Ask an administrator to check your record."
        )
    if needed is Needed.DDM and actor.has(Role.DDM):
        return "Your DDM course is not in force today. Ask an administrator to check your record."
    return f"Only {needed.label} may decide this."


def _who_instead(needed: Needed, force: ForceFacts) -> str:
    if force.has_registered_fcr:
        return "A registered FCR has to decide it."
    if needed is Needed.REGISTERED_FCR_OR_CHIEF:
        return (
            "No FCR is on the register: the chief officer responsible for crime recording "
            "decides it, after taking the registrar’s advice."
        )
    return "No FCR is on the register, so it has to wait until one is."


def _title(actor: Actor) -> str:
    return Role.FCR.label if actor.has(Role.FCR) else Role.DEPUTY_FCR.label


#: The parts that make a person too close, the closest first, as told to that person.
TOO_CLOSE = {
    Part.OFFICER_IN_CASE: "you are the officer in the case",
    Part.FORMER_OFFICER_IN_CASE: "you were the officer in the case",
    Part.SUPERVISOR: "you supervise the investigation",
    Part.CONTRIBUTOR: "you contributed to the investigation",
}


@enforces(
    force_policy("CANC-08"),
    crr26("CANC-12", "25"),
    how="Whoever asks, investigates, supervises or manages is too close to decide",
)
def closeness(facts: CancellationFacts) -> str | None:
    """Return every way in which the actor is too close to the investigation to decide, or None.

    The published rule says "independent of the investigation" (CRR26 page 25); the list of what
    that excludes is the handbook's (CANC-05), the line manager is a policy switch (CANC-08).
    """
    me, crime = facts.actor.id, facts.crime
    ways = ["you asked for it"] if me == facts.opened_by_id else []
    ways += [words for part, words in TOO_CLOSE.items() if (me, part) in crime.involved]
    if me in crime.line_manager_ids and not facts.force.line_manager_may_decide:
        ways.append("you are the line manager of the officer in the case or of the requester")
    return ", and ".join(ways) or None
