"""Roles are what a job is called; accreditations are what a person holds on a day (ROLE-01)."""

from datetime import date
from enum import StrEnum

import pytest

from fcr_app.domain.roles import (
    DECIDERS,
    REGISTRARS,
    REQUESTERS,
    SYSTEM_ACTOR,
    Accreditation,
    AccreditationKind,
    Role,
)
from tests.facts_builders import DDM_COURSE, REGISTER, a_deputy_fcr, an_actor, an_officer

COURSE = Accreditation(
    kind=AccreditationKind.DDM_COURSE,
    starts_on=date(2024, 5, 1),
    ends_on=date(2026, 4, 30),
    evidence="Certificate DEMO-3",
)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2024, 4, 30), False),
        (date(2024, 5, 1), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
    ],
)
def test_an_accreditation_counts_from_its_first_day_to_its_last(day: date, counts: bool) -> None:
    assert COURSE.in_force(day) is counts


def test_an_accreditation_without_an_end_goes_on() -> None:
    assert REGISTER.in_force(date(2099, 1, 1))


def test_an_accreditation_is_written_out_for_the_decision_that_rests_on_it() -> None:
    assert str(COURSE) == (
        "Designated decision maker course, from 1 May 2024 until 30 April 2026 (Certificate DEMO-3)"
    )
    assert str(REGISTER) == (
        "College of Policing professional register (FCR), from 1 January 2024 "
        "(Register entry DEMO-1)"
    )


def test_a_person_holds_what_is_theirs_and_no_more() -> None:
    deputy = a_deputy_fcr(registered=False)

    assert deputy.holds(AccreditationKind.DDM_COURSE) is DDM_COURSE
    assert deputy.holds(AccreditationKind.REGISTER) is None


def test_a_person_may_hold_several_roles() -> None:
    both = an_actor(1, Role.OFFICER, Role.DDM)

    assert both.has(Role.DDM)
    assert both.has(Role.FCR, Role.OFFICER)
    assert not both.has(Role.FCR)
    assert not an_officer().has(*REGISTRARS)


@pytest.mark.parametrize("word", [*Role, *AccreditationKind], ids=str)
def test_every_role_and_accreditation_has_a_name_people_use(word: StrEnum) -> None:
    assert isinstance(word, Role | AccreditationKind)
    assert word.label
    assert "_" not in word.label


def test_those_who_decide_are_not_those_who_ask() -> None:
    assert DECIDERS.isdisjoint(REQUESTERS)
    assert {Role.DDM, Role.FCR, Role.DEPUTY_FCR} == DECIDERS


def test_the_clock_acts_as_nobody_else() -> None:
    assert SYSTEM_ACTOR.roles == {Role.SYSTEM}
