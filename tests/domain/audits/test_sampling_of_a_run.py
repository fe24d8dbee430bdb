"""How many records an audit draws and why, and who examines which."""

from collections import Counter

import pytest

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.groups import group_of
from fcr_app.domain.audits.sample_size import SizeAsked, sample_size
from fcr_app.domain.audits.sharing import share_out
from fcr_app.domain.audits.words import Group

LARGE = {"Violence": 3000, "Robbery": 2000}


def test_a_precision_gives_the_size_and_says_why() -> None:
    size = sample_size(SizeAsked(method=Method.SIMPLE, precision=0.03), LARGE)
    assert (size.rule.method, size.rule.size, size.wanted) == (Method.SIMPLE, 357, 357)
    assert size.rule.reserves == 36
    assert size.why == (
        "357 of 5,000 records give plus or minus 3 percentage points at an expected rate of "
        "90 per cent."
    )


def test_yield_and_design_effect_are_said() -> None:
    asked = SizeAsked(method=Method.STRATIFIED, precision=0.05, yield_rate=0.78, design_effect=1.1)
    assert sample_size(asked, LARGE).why.endswith(
        "90 per cent, 0.78 crimes for each record, a design effect of 1.1."
    )


def test_a_fixed_number_comes_from_each_stratum() -> None:
    size = sample_size(SizeAsked(method=Method.FIXED, fixed_size=20), LARGE)
    assert (size.rule.size, size.wanted, size.rule.reserves) == (20, 40, 5)
    assert size.why == "The plan fixes 20 records from each of 2 strata."


@pytest.mark.parametrize("strata", [{"": 20}, {"Violence": 20, "Robbery": 3}, {}])
def test_where_all_would_be_drawn_it_is_a_census(strata: dict[str, int]) -> None:
    size = sample_size(SizeAsked(method=Method.FIXED, fixed_size=20), strata)
    assert size.rule.method is Method.CENSUS
    assert size.wanted == sum(strata.values())


def test_below_the_threshold_all_are_examined() -> None:
    asked = SizeAsked(method=Method.SIMPLE, precision=0.05, census_below=100)
    assert sample_size(asked, {"": 99}).rule.method is Method.CENSUS
    assert sample_size(asked, {"": 100}).rule.method is Method.SIMPLE


def test_a_dip_sample_stays_one() -> None:
    asked = SizeAsked(method=Method.DIP, fixed_size=5, census_below=100)
    assert sample_size(asked, {"": 8}).rule.method is Method.DIP


def test_records_are_shared_evenly_in_turn() -> None:
    given = share_out(["a", "b", "c", "d", "e"], [[1, 2]], {})
    assert given == {"a": 1, "b": 2, "c": 1, "d": 2, "e": 1}


def test_nobody_gets_what_they_decided_and_others_stand_in() -> None:
    barred = {1: {"a", "b"}, 2: {"a"}}
    assert share_out(["a", "b", "c"], [[1, 2], [3]], barred) == {"a": 3, "b": 2, "c": 1}
    assert share_out(["a"], [[1, 2]], barred) == {"a": None}


def test_the_second_auditor_is_another() -> None:
    first = {"a": 1, "b": 2, "c": 1}
    second = share_out(["a", "b", "c"], [[1, 2]], {}, taken_by=first)
    assert second == {"a": 2, "b": 1, "c": 2}
    assert share_out(["a"], [[1]], {}, taken_by=first) == {"a": None}


def test_a_long_list_is_shared_within_one() -> None:
    counts = Counter(share_out(map(str, range(1000)), [[1, 2, 3]], {}).values())
    assert max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize(
    ("offence_class", "listed", "group"),
    [
        ("19C", "Sexual Offences", Group.RAPE),
        ("20A", "Sexual offences", Group.SEXUAL),
        ("106", "Violence Against The Person", Group.MODERN_SLAVERY),
        ("8N", "Violence Against The Person", Group.VIOLENCE),
        ("34B", "Robbery", Group.ROBBERY),
        ("58C", "Arson and Criminal Damage", Group.PROPERTY),
        ("", "", Group.OTHER),
    ],
)
def test_offences_belong_to_the_groups_of_inspections(
    offence_class: str, listed: str, group: Group
) -> None:
    assert group_of(offence_class, listed) is group
