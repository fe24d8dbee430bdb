"""Who may decide a removal: by what they hold on the day, never by their title alone."""

from typing import Any

import pytest

from fcr_app.domain.authority import (
    Needed,
    authority_of,
    closeness,
    needed_authority,
    roles_held,
    why_no_authority,
)
from fcr_app.domain.facts import ForceFacts, Part
from fcr_app.domain.removal import RemovalCode, Risk
from fcr_app.domain.roles import Actor, Role
from tests.facts_builders import (
    ABH,
    DDM,
    DDM_COURSE,
    FCR,
    FGM,
    MODERN_SLAVERY,
    MURDER,
    NOW,
    OFFICER,
    RAPE_OF_A_GIRL,
    REGISTER,
    SERGEANT,
    SOMEBODY,
    THEFT,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_force,
    a_registered_fcr,
    a_supervisor,
    an_actor,
    an_administrator,
    an_auditor,
    an_officer,
    an_unregistered_fcr,
    cancellation_facts,
)

C1, C2, C3, C4, C5 = RemovalCode
TODAY = NOW.date()

# --- what a request needs ----------------------------------------------------------------

WHAT_A_REQUEST_NEEDS = [
    (C2, THEFT, Risk.LOW, Needed.DDM),
    (C2, THEFT, Risk.MEDIUM, Needed.DDM),
    (C2, THEFT, Risk.HIGH, Needed.FCR),
    (C2, RAPE_OF_A_GIRL, Risk.LOW, Needed.REGISTERED_FCR_OR_CHIEF),
    (C2, RAPE_OF_A_GIRL, Risk.HIGH, Needed.REGISTERED_FCR_OR_CHIEF),
    (C2, MURDER, Risk.LOW, Needed.REGISTERED_FCR_OR_CHIEF),
    (C2, ("2", "002/00"), Risk.LOW, Needed.DDM),  # attempted murder is not homicide
    (C2, FGM, Risk.LOW, Needed.REGISTERED_FCR),
    (C4, FGM, Risk.LOW, Needed.FCR),
    (C1, FGM, None, Needed.DDM),
    (C3, FGM, None, Needed.DDM),
    (C2, MODERN_SLAVERY, Risk.LOW, Needed.DDM),
    (C1, THEFT, None, Needed.DDM),
    (C3, THEFT, None, Needed.DDM),
    (C4, THEFT, Risk.LOW, Needed.DDM),
    (C4, THEFT, Risk.HIGH, Needed.FCR),
    (C5, ABH, Risk.LOW, Needed.DDM),
    (C5, ABH, Risk.HIGH, Needed.FCR),
    (C1, RAPE_OF_A_GIRL, None, Needed.FCR),
    (C3, RAPE_OF_A_GIRL, None, Needed.FCR),
    (C4, RAPE_OF_A_GIRL, Risk.LOW, Needed.FCR),
    (C4, MURDER, Risk.LOW, Needed.FCR),
]


@pytest.mark.parametrize(("code", "offence", "risk", "needed"), WHAT_A_REQUEST_NEEDS)
def test_the_code_the_class_and_the_harm_say_whose_decision_it_is(
    code: RemovalCode, offence: tuple[str, str], risk: Risk | None, needed: Needed
) -> None:
    assert needed_authority(code, a_crime_facts(offence), risk, a_force(), TODAY) is needed


def test_a_force_may_leave_other_reasons_on_rape_to_a_ddm() -> None:
    force = ForceFacts(has_registered_fcr=True, registrar_decides_reserved_codes=False)
    rape = a_crime_facts(RAPE_OF_A_GIRL)

    assert needed_authority(C4, rape, Risk.LOW, force, TODAY) is Needed.DDM
    assert needed_authority(C2, rape, Risk.LOW, force, TODAY) is Needed.REGISTERED_FCR_OR_CHIEF


# --- who has it --------------------------------------------------------------------------

EVERYBODY = {
    "officer": an_officer(),
    "officer on a DDM course": an_actor(OFFICER, Role.OFFICER, holds=(DDM_COURSE,)),
    "supervisor": a_supervisor(),
    "DDM": a_ddm(),
    "DDM whose course has run out": a_ddm(trained=False),
    "DDM with a register entry and no post": an_actor(DDM, Role.DDM, holds=(REGISTER,)),
    "registered FCR": a_registered_fcr(),
    "FCR not yet on the register": an_unregistered_fcr(),
    "FCR who holds nothing": an_actor(FCR, Role.FCR),
    "deputy": a_deputy_fcr(),
    "registered deputy": a_deputy_fcr(registered=True),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
}
#: Who may decide where that authority is needed, with a registered FCR in the force.
WHO_MAY_DECIDE = {
    Needed.DDM: {
        "DDM",
        "registered FCR",
        "FCR not yet on the register",
        "deputy",
        "registered deputy",
    },
    Needed.FCR: {"registered FCR", "FCR not yet on the register", "deputy", "registered deputy"},
    Needed.REGISTERED_FCR: {"registered FCR", "registered deputy"},
    Needed.REGISTERED_FCR_OR_CHIEF: {"registered FCR", "registered deputy"},
}


@pytest.mark.parametrize("needed", Needed, ids=lambda needed: needed.value)
@pytest.mark.parametrize(("who", "actor"), EVERYBODY.items(), ids=EVERYBODY)
def test_authority_comes_from_role_and_accreditation_together(
    who: str, actor: Actor, needed: Needed
) -> None:
    held = authority_of(actor, needed, a_force())

    assert (held is not None) == (who in WHO_MAY_DECIDE[needed])


NOBODY_REGISTERED = {who: actor for who, actor in EVERYBODY.items() if "registered" not in who}


@pytest.mark.parametrize(("who", "actor"), NOBODY_REGISTERED.items(), ids=NOBODY_REGISTERED)
def test_without_a_registered_fcr_the_chief_officer_decides_rape_and_homicide(
    who: str, actor: Actor
) -> None:
    force = a_force(has_registered_fcr=False)

    assert bool(authority_of(actor, Needed.REGISTERED_FCR_OR_CHIEF, force)) == (
        who == "chief officer"
    )
    assert authority_of(actor, Needed.REGISTERED_FCR, force) is None


@pytest.mark.parametrize(
    ("actor", "needed", "text", "registrar"),
    [
        (a_registered_fcr(), Needed.DDM, "College of Policing professional register", True),
        (an_unregistered_fcr(), Needed.FCR, "Force Crime Registrar (FCR). Designated", True),
        (a_deputy_fcr(), Needed.DDM, "Deputy Force Crime Registrar. Designated", True),
        (a_ddm(), Needed.DDM, "Designated decision maker. Designated decision maker course", False),
    ],
)
def test_a_decision_says_what_it_rests_on(
    actor: Actor, needed: Needed, text: str, registrar: bool
) -> None:
    held = authority_of(actor, needed, a_force())

    assert held is not None
    assert held.text.startswith(text)
    assert held.registrar is registrar


def test_a_chief_officers_decision_says_why_it_was_theirs() -> None:
    held = authority_of(
        a_chief_officer(), Needed.REGISTERED_FCR_OR_CHIEF, a_force(has_registered_fcr=False)
    )

    assert held is not None
    assert held.text == ("Chief officer responsible for crime recording; no FCR is on the register")
    assert not held.registrar


WHY_NOT = [
    (an_officer(), Needed.DDM, True, "Only a trained DDM or the FCR may decide this."),
    (a_ddm(trained=False), Needed.DDM, True, "Your DDM course is not in force today."),
    (a_ddm(trained=False), Needed.FCR, True, "Only the FCR or deputy FCR may decide this."),
    (a_ddm(), Needed.FCR, True, "Only the FCR or deputy FCR may decide this."),
    (
        an_actor(FCR, Role.FCR),
        Needed.FCR,
        True,
        "Neither a register entry nor a DDM course is in force for you today.",
    ),
    (
        a_ddm(),
        Needed.REGISTERED_FCR_OR_CHIEF,
        True,
        (
            "Only an FCR on the College of Policing register may decide this. "
            "A registered FCR has to decide it."
        ),
    ),
    (
        a_deputy_fcr(),
        Needed.REGISTERED_FCR_OR_CHIEF,
        True,
        "You are not on the College of Policing professional register today. A registered FCR",
    ),
    (
        an_unregistered_fcr(),
        Needed.REGISTERED_FCR_OR_CHIEF,
        False,
        (
            "You are not on the College of Policing professional register today. No FCR is on the "
            "register: the chief officer responsible for crime recording decides it, after taking"
        ),
    ),
    (
        an_unregistered_fcr(),
        Needed.REGISTERED_FCR,
        False,
        (
            "You are not on the College of Policing professional register today. No FCR is on the "
            "register, so it has to wait until one is."
        ),
    ),
]


@pytest.mark.parametrize(("actor", "needed", "registered", "why"), WHY_NOT)
def test_a_person_without_authority_is_told_why_and_who_may(
    actor: Actor, needed: Needed, registered: bool, why: str
) -> None:
    assert why_no_authority(actor, needed, a_force(has_registered_fcr=registered)).startswith(why)


def test_where_no_rule_asks_for_more_the_roles_are_the_authority() -> None:
    both = an_actor(SOMEBODY, Role.SUPERVISOR, Role.OFFICER)

    assert roles_held(cancellation_facts(both)) == "Officer, Supervisor"


# --- who is too close --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Part.OFFICER_IN_CASE, "you are the officer in the case"),
        (Part.FORMER_OFFICER_IN_CASE, "you were the officer in the case"),
        (Part.SUPERVISOR, "you supervise the investigation"),
        (Part.CONTRIBUTOR, "you contributed to the investigation"),
    ],
)
def test_whoever_had_a_part_in_the_investigation_is_too_close(part: Part, why: str) -> None:
    crime = a_crime_facts(involved=frozenset({(DDM, part)}))

    assert closeness(cancellation_facts(a_ddm(), crime=crime)) == why


def test_whoever_asked_is_too_close() -> None:
    assert closeness(cancellation_facts(a_ddm(), opened_by_id=DDM)) == "you asked for it"


def test_somebody_elses_part_does_not_count() -> None:
    crime = a_crime_facts(involved=frozenset((SOMEBODY, part) for part in Part))

    assert closeness(cancellation_facts(a_ddm(), crime=crime)) is None


def test_every_way_of_being_close_is_named_the_closest_first() -> None:
    crime = a_crime_facts(
        involved=frozenset({(DDM, Part.CONTRIBUTOR), (DDM, Part.OFFICER_IN_CASE)}),
        line_manager_ids=frozenset({DDM}),
    )

    assert closeness(cancellation_facts(a_ddm(), crime=crime, opened_by_id=DDM)) == (
        "you asked for it, and you are the officer in the case, "
        "and you contributed to the investigation, "
        "and you are the line manager of the officer in the case or of the requester"
    )


def test_the_line_manager_is_too_close_unless_the_force_switches_that_off() -> None:
    facts: dict[str, Any] = {"crime": a_crime_facts(line_manager_ids=frozenset({DDM}))}

    strict = cancellation_facts(a_ddm(), **facts)
    relaxed = cancellation_facts(a_ddm(), force=a_force(line_manager_may_decide=True), **facts)

    assert closeness(strict)
    assert closeness(relaxed) is None


def test_a_supervisor_of_the_investigation_stays_too_close_whatever_the_force_switches() -> None:
    crime = a_crime_facts(involved=frozenset({(SERGEANT, Part.SUPERVISOR)}))
    force = a_force(line_manager_may_decide=True)

    assert closeness(cancellation_facts(a_supervisor(), crime=crime, force=force))


def test_the_labels_read_as_people_speak() -> None:
    assert [needed.label for needed in Needed] == [
        "a trained DDM or the FCR",
        "the FCR or deputy FCR",
        "an FCR on the College of Policing register",
        "an FCR on the College of Policing register",
    ]
