"""The class and code of a rape: the table of the handbook, section 9, and the list as shipped."""

import csv
from pathlib import Path

import pytest

import fcr_app
from fcr_app.domain import recording_questions as q
from fcr_app.domain.rape_offences import Age, OffenceCode, Sex, rape_offence, title_of_class
from fcr_app.domain.rules import RAPE_CLASSES

SHIPPED = Path(fcr_app.__file__).parent / "data" / "offences.csv"

TABLE = [
    (Sex.FEMALE, Age.ADULT, "19C", "019/08", "019/12"),
    (Sex.FEMALE, Age.UNDER_16, "19D", "019/07", "019/11"),
    (Sex.FEMALE, Age.UNDER_13, "19E", "019/16", "019/18"),
    (Sex.MALE, Age.ADULT, "19F", "019/10", "019/14"),
    (Sex.MALE, Age.UNDER_16, "19G", "019/09", "019/13"),
    (Sex.MALE, Age.UNDER_13, "19H", "019/17", "019/19"),
]


@pytest.mark.parametrize(("sex", "age", "offence_class", "completed", "attempted"), TABLE)
def test_the_class_follows_from_sex_and_age_and_the_code_from_the_attempt(
    sex: Sex, age: Age, offence_class: str, completed: str, attempted: str
) -> None:
    for was_attempted, code in ((False, completed), (True, attempted)):
        one = rape_offence(sex, age, undefined_offenders=False, attempted=was_attempted)
        several = rape_offence(sex, age, undefined_offenders=True, attempted=was_attempted)
        assert one == OffenceCode(offence_class, code)
        assert several == OffenceCode("19J" if sex is Sex.FEMALE else "19K", code)


def test_every_rape_is_on_the_list_as_shipped_and_has_a_title() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        listed = {(row[0], row[1]) for row in csv.reader(file)}
    named = {
        rape_offence(sex, age, undefined_offenders=several, attempted=attempted)
        for sex in Sex
        for age in Age
        for several in (False, True)
        for attempted in (False, True)
    }

    assert {(one.offence_class, one.offence_code) for one in named} <= listed
    assert {one.offence_class for one in named} == RAPE_CLASSES
    assert all(title_of_class(one) for one in named)
    assert title_of_class(OffenceCode("34B", "034/01")) == ""


def test_answers_name_an_offence_once_they_settle_it() -> None:
    answers = {"victim_sex": "male", "victim_age": "under_13", "offenders": "several"}

    assert q.offence_said(answers) is None
    attempted = {**answers, "completed": "attempted"}
    assert str(q.offence_said(attempted)) == "19K (019/19)"
    assert q.offence_said({"offence": "4/1 004/01"}) == OffenceCode("4/1", "004/01")
