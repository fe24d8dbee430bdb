"""The list of the handbook's rules, and the marks by which code says which it carries out."""

import re
from collections import Counter

import pytest

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.citing import Carried, Handling, carried_out_by, enforces, supports
from fcr_app.domain.guards import applied_by
from fcr_app.domain.handbook import FAMILIES, HANDBOOK, Family
from fcr_app.domain.incident_rules import CLOSING, closing_checks
from fcr_app.domain.recording_clock import record_by

#: As counted in the handbook itself.
RULES_IN_THE_HANDBOOK = {
    "REC": 27,
    "CNT": 4,
    "CLS": 8,
    "LOC": 6,
    "N100": 17,
    "CANC": 23,
    "TRF": 6,
    "VIC": 7,
    "ROLE": 3,
    "DIA": 7,
    "FB": 4,
    "VC": 9,
    "OUT": 5,
    "VER": 1,
}


def test_every_rule_of_the_handbook_is_on_the_list() -> None:
    listed = Counter(rule.family for rule in HANDBOOK.values())

    assert listed == RULES_IN_THE_HANDBOOK
    assert len(HANDBOOK) == sum(RULES_IN_THE_HANDBOOK.values()) == 127


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.letters)
def test_the_rules_of_a_family_are_numbered_without_a_gap(family: Family) -> None:
    numbers = range(1, len(family.rules) + 1)

    assert [rule.id for rule in family.rules] == [f"{family.letters}-{n:02}" for n in numbers]


def test_each_rule_has_a_short_name_of_its_own() -> None:
    names = [rule.name for rule in HANDBOOK.values()]

    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Z0-9].{8,74}[^.\s]", name), name
        assert "'" not in name


def test_a_reason_for_doing_nothing_is_a_sentence() -> None:
    for rule in HANDBOOK.values():
        assert not rule.not_covered or re.fullmatch(r"[A-Z].{20,}\.", rule.not_covered), rule.id


def test_code_can_say_which_rules_it_carries_out() -> None:
    @supports(crr26("CLS-01", "13"), how="Shows it")
    @enforces(force_policy("ROLE-01"), force_policy("ROLE-02"), how="Refuses it")
    def keep() -> str:
        return "kept"

    assert keep() == "kept"
    assert carried_out_by(keep) == (
        Carried(Handling.ENFORCED, force_policy("ROLE-01"), "Refuses it"),
        Carried(Handling.ENFORCED, force_policy("ROLE-02"), "Refuses it"),
        Carried(Handling.SUPPORTED, crr26("CLS-01", "13"), "Shows it"),
    )


def test_what_a_parent_carries_out_is_not_said_again_of_its_children() -> None:
    @enforces(force_policy("ROLE-01"), how="Refuses it")
    class Parent:
        """A parent."""

    class Child(Parent):
        """A child."""

    assert carried_out_by(Parent)
    assert carried_out_by(Child) == ()
    assert carried_out_by("a word") == ()


def test_a_function_says_which_guards_it_looks_at() -> None:
    assert applied_by(closing_checks) == CLOSING
    assert applied_by(record_by) == ()
