"""Rules have dates: an old decision is judged by the rule of its day (VER-01)."""

from datetime import date, timedelta
from typing import Any

import pytest

from fcr_app.domain import rules
from fcr_app.domain.authority import is_fgm, is_reserved
from fcr_app.domain.citations import crr26
from fcr_app.domain.rules import (
    CONCLUSIVE_GROUNDS_AFTER,
    ENHANCED_VICTIM_NOTICE_DAYS,
    HOMICIDE_CLASSES,
    RAPE_CLASSES,
    RECORDING_LIMIT,
    RESERVED_CLASSES,
    RULE_SET,
    SELF_DEFENCE_CLASSES,
    SELF_DEFENCE_OFFENCES,
    VICTIM_NOTICE_DAYS,
    InForce,
    Rule,
)
from fcr_app.errors import RuleNotInForce
from tests.facts_builders import ABH, FGM, THEFT, a_crime_facts

SEED_INSPECTION = date(2018, 7, 17)
TODAY = date(2026, 11, 24)

ALL_RULES = [rule for rule in vars(rules).values() if isinstance(rule, Rule)]

EXAMPLE = Rule(
    "an example",
    (
        InForce(date(2015, 4, 1), "old", crr26("VER-01", "1")),
        InForce(date(2026, 4, 1), "new", crr26("VER-01", "1")),
    ),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2015, 4, 1), "old"),
        (date(2026, 3, 31), "old"),
        (date(2026, 4, 1), "new"),
        (TODAY, "new"),
    ],
)
def test_a_rule_holds_from_its_day_until_the_next(day: date, value: str) -> None:
    assert EXAMPLE.on(day) == value
    assert EXAMPLE.entry(day).value == value


def test_before_its_first_day_there_was_no_rule() -> None:
    with pytest.raises(RuleNotInForce, match="no rule on an example on 31 March 2015"):
        EXAMPLE.on(date(2015, 3, 31))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_is_written_oldest_first(rule: Rule[Any]) -> None:
    days = [entry.since for entry in rule.history]

    assert days == sorted(set(days))


def test_in_2018_only_rape_was_the_registrars_and_now_homicide_is_too() -> None:
    assert RESERVED_CLASSES.on(SEED_INSPECTION) == RAPE_CLASSES
    assert RESERVED_CLASSES.on(TODAY) == RAPE_CLASSES | HOMICIDE_CLASSES


@pytest.mark.parametrize("rape", ["19C", "19D", "19E", "19F", "19G", "19H", "19J", "19K"])
def test_every_class_of_rape_is_reserved_then_and_now(rape: str) -> None:
    assert is_reserved(rape, SEED_INSPECTION)
    assert is_reserved(rape, TODAY)


@pytest.mark.parametrize("homicide", ["1", "4/1", "4/2", "4/10"])
def test_homicide_is_reserved_now(homicide: str) -> None:
    assert is_reserved(homicide, TODAY)
    assert not is_reserved(homicide, SEED_INSPECTION)


@pytest.mark.parametrize("other", ["2", "4/3", "4/4", "4/7", "17A", "20A", "22A", "36", "106", ""])
def test_attempted_murder_and_other_sexual_offences_are_not_reserved(other: str) -> None:
    assert not is_reserved(other, TODAY)


@pytest.mark.parametrize(
    ("offence", "yes"),
    [
        (FGM, True),
        (("8N", "008/68"), True),
        (ABH, False),
        (THEFT, False),
        (("8S", "008/52"), False),
    ],
)
def test_female_genital_mutilation_is_two_offences_of_one_class(
    offence: tuple[str, str], yes: bool
) -> None:
    assert is_fgm(a_crime_facts(offence), TODAY) is yes


def test_the_limit_for_recording_was_72_hours_until_april_2015() -> None:
    assert RECORDING_LIMIT.on(date(2015, 3, 31)) == timedelta(hours=72)
    assert RECORDING_LIMIT.on(date(2015, 4, 1)) == timedelta(hours=24)


def test_the_victims_code_gives_5_working_days_and_1_with_enhanced_rights() -> None:
    assert VICTIM_NOTICE_DAYS.on(TODAY) == 5
    assert ENHANCED_VICTIM_NOTICE_DAYS.on(TODAY) == 1


def test_self_defence_is_for_two_classes_and_one_offence() -> None:
    assert SELF_DEFENCE_CLASSES.on(TODAY) == {"104", "105A"}
    assert SELF_DEFENCE_OFFENCES.on(TODAY) == {("8N", "008/06")}


def test_conclusive_grounds_count_for_crimes_recorded_after_1_april_2020() -> None:
    assert CONCLUSIVE_GROUNDS_AFTER.on(TODAY) == date(2020, 4, 1)


def test_a_decision_is_stamped_with_the_edition_of_its_day() -> None:
    assert RULE_SET.on(SEED_INSPECTION) == "hocr-2015"
    assert RULE_SET.on(TODAY) == "crr-2026-27"
