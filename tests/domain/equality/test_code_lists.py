"""Code lists: dated, versioned, complete in both languages, and open to a new national code."""

from datetime import date

import pytest

from fcr_app.domain.equality.codes import Code, with_added
from fcr_app.domain.equality.ethnicity import EIGHTEEN, GROUPS, OBSERVED, SIXTEEN, current_code
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality.items import ASKED, INFO, Item
from fcr_app.domain.equality.lists import LISTS, code_list
from fcr_app.errors import RuleNotInForce

DAY = date(2026, 11, 24)
ROMA = Code(code="W4", label="Roma", label_cy="Roma", group="white", since=date(2027, 4, 1))


def test_the_nine_protected_characteristics_of_the_act_are_all_there_once() -> None:
    assert {INFO[item].characteristic for item in ASKED} == {
        "Age",
        "Disability",
        "Gender reassignment",
        "Marriage and civil partnership",
        "Pregnancy and maternity",
        "Race",
        "Religion or belief",
        "Sex",
        "Sexual orientation",
    }
    assert len(ASKED) == 9


def test_self_defined_ethnicity_has_18_codes_and_had_16() -> None:
    assert [code.code for code in EIGHTEEN.codes] == [
        "W1", "W2", "W3", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A4", "A9",
        "B1", "B2", "B9", "O2", "O9",
    ]  # fmt: skip
    assert len(SIXTEEN.codes) == 16
    assert code_list(Item.ETHNICITY, date(2010, 1, 1)) is SIXTEEN
    assert code_list(Item.ETHNICITY, DAY) is EIGHTEEN
    with pytest.raises(RuleNotInForce, match="2000"):
        code_list(Item.ETHNICITY, date(2000, 1, 1))


def test_each_older_code_is_one_of_the_newer_list_and_chinese_moved_to_asian() -> None:
    assert current_code("O1") == "A4"
    for code in SIXTEEN.codes:
        assert EIGHTEEN.find(current_code(code.code)) is not None


def test_what_an_officer_sees_shares_no_code_with_what_people_say() -> None:
    said = {code.code for listed in LISTS[Item.ETHNICITY] for code in listed.codes}
    assert said.isdisjoint(code.code for code in OBSERVED.codes)
    assert len(OBSERVED.codes) == 6


@pytest.mark.parametrize("item", [item for item in ASKED if item is not Item.AGE])
def test_each_value_has_words_in_both_languages_and_counts_as_something(item: Item) -> None:
    for listed in LISTS[item]:
        assert len({code.code for code in listed.codes}) == len(listed.codes)
        for code in listed.codes:
            assert code.label
            assert code.label_cy
            assert code.group in GROUP_LABELS[item]


def test_disabled_by_the_act_needs_an_effect_on_day_to_day_life() -> None:
    counts_as = {code.code: code.group for code in code_list(Item.DISABILITY, DAY).codes}
    assert counts_as == {
        "no": "not_disabled",
        "yes_lot": "disabled",
        "yes_little": "disabled",
        "yes_not": "not_disabled",
    }


def test_a_new_national_code_can_be_chosen_from_its_day_and_names_the_version() -> None:
    before = with_added(EIGHTEEN, [ROMA], date(2027, 3, 31))
    after = with_added(EIGHTEEN, [ROMA], date(2027, 4, 1))

    assert before is EIGHTEEN
    assert [code.code for code in after.codes[:5]] == ["W1", "W2", "W3", "W4", "W9"]
    assert after.version == "18+1 (2011), 2027-04-01"


def test_a_code_is_ended_by_adding_it_again_with_its_last_day() -> None:
    ended = Code(
        code="W3",
        label="Gypsy or Irish Traveller",
        group="white",
        since=date(2027, 1, 1),
        until=date(2027, 3, 31),
    )
    listed = with_added(EIGHTEEN, [ended], date(2027, 5, 1))

    assert "W3" not in [code.code for code in listed.on(date(2027, 5, 1))]
    assert listed.find("W3") is not None  # older answers can still be read
    assert len(listed.codes) == 18


def test_every_group_of_ethnicity_has_a_heading() -> None:
    assert set(GROUPS) == set(GROUP_LABELS[Item.ETHNICITY])
