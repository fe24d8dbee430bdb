"""What is said to be done about each rule is what the code does, and can't drift from it."""

from dataclasses import replace
from importlib import import_module
from types import ModuleType

import pytest

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import Handling
from fcr_app.domain.handbook import FAMILIES, HANDBOOK, HandbookRule
from fcr_app.domain.incident_rules import closing_checks
from fcr_app.reports.citations import Place, looked_at, places
from fcr_app.reports.policy_page import policy_page
from fcr_app.reports.rules_coverage import (
    CoveredRule,
    counts,
    coverage,
    faults,
    faults_of,
    narrowed,
)
from fcr_app.reports.rules_coverage_page import as_markdown, as_text
from fcr_app.workflows import POLICIES

PLACES = tuple(places())
PAGES = {workflow.key: policy_page(workflow) for workflow in POLICIES}
SOME_RULE = HandbookRule("REC-01", "Something is kept")
SOME_PLACE = Place(
    handling=Handling.ENFORCED, cite=crr26("REC-01", "6"), where="domain.x:y", what="It is kept"
)


def covered(rule_id: str) -> CoveredRule:
    rules = [rule for family in coverage() for rule in family.rules]
    return next(rule for rule in rules if rule.rule.id == rule_id)


def test_the_list_and_the_code_do_not_contradict_each_other() -> None:
    assert faults() == (), "See: flask --app wsgi fcr rules coverage"


def test_a_rule_that_is_neither_cited_nor_excused_is_a_fault() -> None:
    assert len(faults_of([SOME_RULE], [])) == 1
    assert faults_of([replace(SOME_RULE, not_covered="There is no such thing here.")], []) == []


def test_a_rule_that_is_excused_and_cited_all_the_same_is_a_fault() -> None:
    excused = replace(SOME_RULE, not_covered="There is no such thing here.")

    assert faults_of([SOME_RULE], [SOME_PLACE]) == []
    assert "domain.x:y" in faults_of([excused], [SOME_PLACE])[0]


def test_a_rule_that_the_handbook_does_not_have_is_a_fault() -> None:
    unknown = replace(SOME_PLACE, cite=crr26("REC-99", "6"))

    assert "REC-99" in faults_of([SOME_RULE], [SOME_PLACE, unknown])[0]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.cite.rule} {place.where}")
def test_each_place_is_in_the_code_and_says_in_words_what_it_does(place: Place) -> None:
    module, _, name = place.where.partition(":")
    found = import_module(f"fcr_app.{module}")

    assert hasattr(found, name) or module.startswith("workflows.")
    assert place.what[0].isupper() or place.what[0].isdigit()
    assert not place.what.endswith(".")
    assert place.cite.rule in HANDBOOK


@pytest.mark.parametrize("place", [p for p in PLACES if p.policy], ids=lambda p: p.where)
def test_each_place_in_a_policy_can_be_read_on_its_page(place: Place) -> None:
    page = PAGES[place.policy]
    anchors = {f"rule-{rule.anchor}" for rule in page.rules}
    anchors |= {f"step-{step.anchor}" for step in page.steps}

    assert place.anchor in anchors | {"deadlines", ""}


def test_every_guard_of_every_workflow_is_a_place() -> None:
    named = {place.where.rpartition(":")[2] for place in PLACES}

    for workflow in POLICIES:
        for step in workflow.steps:
            assert {guard.name for guard in step.guards} <= named


def test_a_guard_that_stops_a_step_enforces_and_one_that_warns_warns() -> None:
    assert covered("CANC-01").handling is Handling.ENFORCED
    assert covered("CANC-18").handling is Handling.WARNED


def test_numbers_measures_steps_and_marked_code_support() -> None:
    assert {"domain.rules:VICTIM_NOTICE_DAYS"} <= {p.where for p in covered("VIC-04").places}
    assert covered("VIC-07").places[0].where == "domain.measures:VICTIMS_TOLD_FIRST"
    assert "services.letters:print_letter" in {p.where for p in covered("VIC-02").places}
    assert covered("VIC-07").handling is Handling.SUPPORTED


@pytest.mark.parametrize(("holder", "counts_here"), [("services.x", 1), ("web.x", 0)])
def test_guards_outside_workflows_count_where_a_service_looks_at_them(
    holder: str, counts_here: int
) -> None:
    module = ModuleType(holder)
    module.closing_checks = closing_checks  # type: ignore[attr-defined] # as an import would

    found = [place.cite.rule for place in looked_at([(holder, module)])]

    assert found.count("N100-01") == counts_here


def test_a_question_that_a_step_asks_supports_what_it_serves() -> None:
    asked = [p for p in covered("N100-17").places if p.where.endswith("served:SAFEGUARDING")]

    assert [place.handling for place in asked] == [Handling.SUPPORTED]
    assert asked[0].what.startswith("The question “What was done to keep the victim")


def test_the_strictest_place_says_how_a_rule_is_handled_and_comes_first() -> None:
    order = list(Handling)
    for family in coverage():
        for rule in family.rules:
            found = [order.index(place.handling) for place in rule.places]
            assert found == sorted(found)


def test_every_rule_is_counted_once() -> None:
    assert sum(counts(coverage()).values()) == len(HANDBOOK)


def test_rules_can_be_narrowed_to_a_family_and_to_what_is_done() -> None:
    (family,) = narrowed(coverage(), letters="CANC", handling=Handling.WARNED)

    assert family.family.letters == "CANC"
    assert {rule.handling for rule in family.rules} == {Handling.WARNED}
    assert narrowed(coverage(), letters="ABC") == ()


def test_both_texts_have_every_rule_and_say_why_nothing_is_done() -> None:
    text, markdown = as_text(coverage()), as_markdown(coverage())

    for rule in HANDBOOK.values():
        assert f"  {rule.id:8}" in text
        assert f"| **{rule.id}** | {rule.name} |" in markdown
        assert rule.not_covered in markdown
    for family in FAMILIES:
        assert f"{family.letters}: {family.name}" in text


def test_no_line_of_the_text_is_wider_than_a_terminal() -> None:
    assert max(len(line) for line in as_text(coverage()).splitlines()) <= 120
