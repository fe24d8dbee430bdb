"""Makes the facts that rules look at: plain functions with sensible defaults, no database.

By default an officer asks for a theft to be cancelled under C2, three days after it was recorded.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fcr_app.domain.facts import (
    CancellationFacts,
    CrimeFacts,
    CrimeStatus,
    DecisionFacts,
    ForceFacts,
    Part,
    SurvivorFacts,
    VictimFacts,
)
from fcr_app.domain.roles import Accreditation, AccreditationKind, Actor, Role
from fcr_app.workflows.cancellation import State

#: A Tuesday morning in winter, when London time is UTC.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
RECORDED_AT = NOW - timedelta(days=3)

REGISTER = Accreditation(
    kind=AccreditationKind.REGISTER,
    starts_on=date(2024, 1, 1),
    ends_on=None,
    evidence="Register entry DEMO-1",
)
DDM_COURSE = Accreditation(
    kind=AccreditationKind.DDM_COURSE,
    starts_on=date(2024, 1, 1),
    ends_on=date(2027, 12, 31),
    evidence="Course certificate DEMO-2",
)

OFFICER, SERGEANT, DDM, FCR, DEPUTY, CHIEF, AUDITOR, ADMINISTRATOR, SOMEBODY = range(1, 10)


def an_actor(person: int, *roles: Role, holds: tuple[Accreditation, ...] = ()) -> Actor:
    """Make a person who acts."""
    names = " and ".join(role.label for role in roles)
    return Actor(id=person, name=f"Demo {names}", roles=frozenset(roles), accreditations=holds)


def an_officer(person: int = OFFICER) -> Actor:
    """Make an officer; by default the one in the case, who asks."""
    return an_actor(person, Role.OFFICER)


def a_supervisor(person: int = SERGEANT) -> Actor:
    """Make a sergeant."""
    return an_actor(person, Role.SUPERVISOR)


def a_ddm(person: int = DDM, *, trained: bool = True) -> Actor:
    """Make a designated decision maker whose course is in force, or has run out."""
    return an_actor(person, Role.DDM, holds=(DDM_COURSE,) if trained else ())


def a_registered_fcr(person: int = FCR) -> Actor:
    """Make a Force Crime Registrar on the College of Policing register."""
    return an_actor(person, Role.FCR, holds=(REGISTER,))


def an_unregistered_fcr(person: int = FCR) -> Actor:
    """Make a registrar in the first year of the post: trained, and not on the register yet."""
    return an_actor(person, Role.FCR, holds=(DDM_COURSE,))


def a_deputy_fcr(person: int = DEPUTY, *, registered: bool = False) -> Actor:
    """Make a deputy registrar, trained, who may be on the register in person."""
    holds = (REGISTER, DDM_COURSE) if registered else (DDM_COURSE,)
    return an_actor(person, Role.DEPUTY_FCR, holds=holds)


def a_chief_officer(person: int = CHIEF) -> Actor:
    """Make the chief officer responsible for crime recording."""
    return an_actor(person, Role.CHIEF_OFFICER)


def an_auditor(person: int = AUDITOR) -> Actor:
    """Make an auditor."""
    return an_actor(person, Role.AUDITOR)


def an_administrator(person: int = ADMINISTRATOR) -> Actor:
    """Make an administrator."""
    return an_actor(person, Role.ADMINISTRATOR)


THEFT = ("49", "049/03")
ABH = ("8N", "008/06")
WOUNDING = ("8N", "008/01")
FGM = ("8N", "008/52")
RAPE_OF_A_GIRL = ("19D", "019/07")
MURDER = ("1", "001/01")
MODERN_SLAVERY = ("106", "036/07")
ROBBERY = ("34B", "034/02")


def a_crime_facts(
    offence: tuple[str, str] = THEFT,
    *,
    involved: frozenset[tuple[int, Part]] = frozenset({(OFFICER, Part.OFFICER_IN_CASE)}),
    recorded_at: datetime | None = RECORDED_AT,
    status: CrimeStatus = CrimeStatus.RECORDED,
    line_manager_ids: frozenset[int] = frozenset(),
) -> CrimeFacts:
    """Make a recorded crime of an offence (class and code)."""
    return CrimeFacts(
        id=1,
        number="DEMO/1/26",
        status=status,
        offence_class=offence[0],
        offence_code=offence[1],
        victim_based=True,
        recorded_at=recorded_at,
        involved=involved,
        line_manager_ids=line_manager_ids,
    )


def a_force(
    *, has_registered_fcr: bool = True, line_manager_may_decide: bool = False
) -> ForceFacts:
    """Make a force with the policy it starts with."""
    return ForceFacts(
        has_registered_fcr=has_registered_fcr, line_manager_may_decide=line_manager_may_decide
    )


def a_victim(number: int = 1, **facts: Any) -> VictimFacts:
    """Make a victim who has not been told."""
    return VictimFacts(id=number, name=f"Demo Victim {number}", **facts)


def a_survivor(**facts: Any) -> SurvivorFacts:
    """Make another crime, live, that a duplicate would leave standing."""
    usual: dict[str, Any] = {
        "id": 2,
        "number": "DEMO/2/26",
        "status": CrimeStatus.RECORDED,
        "leaves_by_open_request": False,
    }
    return SurvivorFacts(**{**usual, **facts})


def a_decision(
    *, by_registrar: bool = False, by: int = DDM, minutes_ago: int = 60
) -> DecisionFacts:
    """Make the decision that stands."""
    decided_at = NOW - timedelta(minutes=minutes_ago)
    return DecisionFacts(decided_at=decided_at, decided_by_id=by, by_registrar=by_registrar)


_INFORMATION = {
    "information": "CCTV from the shop shows the owner handing the bag over herself.",
    "available_on": "2026-11-23",
    "information_source": "CCTV of the shop, exhibit DEMO/1",
    "verified_how": "The recording is held in the property store.",
    "effect": "It shows that nothing was stolen.",
    "victim_withdrew": "no",
    "risk": "low",
}
#: A complete request for each code.
REQUESTS: dict[str, dict[str, str]] = {
    "C1": {
        "code": "C1",
        "location_basis": "victim",
        "location_evidence": "Hotel bill and card payments place the victim on the coast.",
        "receiving_force": "Demo Coast Police",
    },
    "C2": {"code": "C2", **_INFORMATION},
    "C3": {
        "code": "C3",
        "surviving_crime": "DEMO/2/26",
        "duplicate_kind": "same",
        "duplicate_evidence": "Same victim, same time and same place on both records.",
    },
    "C4": {
        "code": "C4",
        "mistake": "A lost property report was put on the form for thefts.",
        "victim_withdrew": "no",
        "risk": "low",
    },
    "C5": {"code": "C5", **_INFORMATION},
}

REASONS = "The exhibit was looked at and it settles the question."
#: What a decider says who is satisfied of everything.
SATISFIED = {
    "is_additional": "yes",
    "is_verifiable": "yes",
    "is_information": "yes",
    "is_elsewhere": "yes",
    "is_same": "yes",
    "is_mistake": "yes",
    "is_self_defence": "yes",
    "pressure": "no",
    "rationale": REASONS,
}
#: Answers that each step takes, where everything is in order.
GOOD_ANSWERS: dict[str, dict[str, str]] = {
    "submit": REQUESTS["C2"],
    "withdraw": {},
    "approve_transfer": SATISFIED,
    "approve": SATISFIED,
    "approve_and_remove": {**SATISFIED, "warning_rationale": "The victim asked for this himself."},
    "refuse": {"rationale": REASONS},
    "return": {"to_mend": "Say where the recording can be looked at (CANC-14)."},
    "advise": {"advice": "The information is additional and can be verified: CANC-13 is met."},
    "record_reference": {
        "receiving_reference": "DCP/26/4711",
        "reference_at": (NOW - timedelta(minutes=30)).isoformat(),
    },
    "record_notice": {
        "victim": "1",
        "told_at": (NOW - timedelta(minutes=10)).isoformat(),
        "told_how": "phone",
        "told_whom": "The victim",
        "told_by": "The officer in the case",
        "told_what": "The decision to remove the crime, and the reason for it.",
        "given_reference": "yes",
    },
    "propose_exception": {
        "victim": "1",
        "exception_ground": "untraced",
        "exception_reason": "The number is not in use and letters came back.",
    },
    "approve_exception": {
        "victim": "1",
        "exception_ground": "untraced",
        "exception_reason": "The number is not in use and letters came back.",
    },
    "remove": {"satisfied_told": "yes"},
    "set_aside": {"rationale": REASONS},
    "reinstate": {"rationale": REASONS},
}


def cancellation_facts(
    actor: Actor | None = None,
    code: str = "C2",
    *,
    asked: Mapping[str, str] | None = None,
    says: Mapping[str, str] | None = None,
    **facts: Any,
) -> CancellationFacts:
    """Make the facts of a request that was sent.

    Args:
        code: Whose complete request the case holds.
        asked: What that request says differently.
        says: What the actor answers with this step.
        facts: Anything else, by the name that ``CancellationFacts`` gives it.
    """
    usual: dict[str, Any] = {
        "actor": actor or a_ddm(),
        "now": NOW,
        "opened_by_id": OFFICER,
        "request": {**REQUESTS[code], **(asked or {})},
        "answers": dict(says or {}),
        "crime": a_crime_facts(ABH if code == "C5" else THEFT),
        "force": a_force(),
        "survivor": a_survivor() if code == "C3" else None,
        "victims": (a_victim(),),
    }
    return CancellationFacts(**{**usual, **facts})


def told(
    victim: VictimFacts, *, minutes_ago: int = 10, given_reference: bool = True
) -> VictimFacts:
    """Return a victim who has been told."""
    return replace(
        victim, told_at=NOW - timedelta(minutes=minutes_ago), given_reference=given_reference
    )


BEFORE_ANY_DECISION = (State.DRAFT, State.SUBMITTED, State.RETURNED)


def facts_in_order(
    state: State,
    actor: Actor,
    code: str,
    *,
    asked: Mapping[str, str] | None = None,
    says: Mapping[str, str] | None = None,
    **facts: Any,
) -> CancellationFacts:
    """Make the facts of a case in a state, in which everything that can be in order is."""
    usual: dict[str, Any] = {
        "victims": (told(a_victim()),),
        "reference_held": "DCP/26/4711",
        "reference_received_at": NOW - timedelta(minutes=30),
        "decision": None if state in BEFORE_ANY_DECISION else a_decision(by_registrar=False),
    }
    return cancellation_facts(actor, code, asked=asked, says=says, **{**usual, **facts})
