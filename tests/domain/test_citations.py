"""Every rule says where it comes from, in words that a registrar can read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from fcr_app.domain import handbook, rules
from fcr_app.domain.citations import (
    Citation,
    Source,
    crr26,
    force_policy,
    inspection,
    ofg26,
    victims_code,
)
from fcr_app.domain.glossary import GLOSSARY
from fcr_app.domain.guards import Guard
from fcr_app.domain.incident_rules import CLOSING
from fcr_app.domain.measures import VICTIMS_TOLD_FIRST
from fcr_app.domain.reclassification_rules import RECLASSIFICATION_TO_N100
from fcr_app.domain.rules import Rule
from fcr_app.domain.workflow import Step
from fcr_app.reports.citations import places
from fcr_app.workflows import POLICIES

CRR26, OFG26, HMI = Source.CRR26, Source.OFG26, Source.INSPECTION

#: The handbook's rules that are cited here, with the pages the handbook gives for each. A rule may
#: also be cited as force policy: a choice that its published words leave open.
HANDBOOK: dict[str, dict[Source, str]] = {
    "CANC-01": {CRR26: "25", OFG26: "29", HMI: ""},
    "CANC-02": {CRR26: "25", OFG26: "29"},
    "CANC-03": {CRR26: "25", OFG26: "29"},
    "CANC-04": {CRR26: "25"},
    "CANC-05": {CRR26: "25-26"},
    "CANC-06": {OFG26: "29"},
    "CANC-07": {OFG26: "27, 29"},
    "CANC-08": {},
    "CANC-09": {CRR26: "25"},
    "CANC-10": {},
    "CANC-11": {},
    "CANC-12": {CRR26: "25"},
    "CANC-13": {OFG26: "28"},
    "CANC-14": {OFG26: "28"},
    "CANC-15": {OFG26: "29"},
    "CANC-16": {CRR26: "45"},
    "CANC-17": {CRR26: "26, 48"},
    "CANC-18": {HMI: ""},
    "CANC-19": {CRR26: "25"},
    "CANC-20": {OFG26: "27"},
    "CANC-21": {OFG26: "18, 27"},
    "CANC-22": {CRR26: "25-26", OFG26: "26-27"},
    "CANC-23": {OFG26: "21"},
    "CLS-01": {CRR26: "13"},
    "CLS-02": {CRR26: "13"},
    "CLS-03": {CRR26: "63"},
    "CLS-04": {CRR26: "57"},
    "CLS-05": {CRR26: "58"},
    "CLS-06": {CRR26: "34"},
    "CLS-07": {CRR26: "19", OFG26: "6"},
    "CLS-08": {CRR26: "20"},
    "CNT-01": {CRR26: "12"},
    "CNT-02": {CRR26: "12"},
    "CNT-03": {CRR26: "12-14"},
    "CNT-04": {CRR26: "57-58"},
    "DIA-01": {CRR26: "10", HMI: ""},
    "DIA-02": {HMI: ""},
    "DIA-03": {},
    "DIA-04": {},
    "DIA-05": {},
    "DIA-06": {HMI: ""},
    "DIA-07": {HMI: ""},
    "FB-01": {HMI: ""},
    "FB-02": {HMI: ""},
    "FB-03": {HMI: ""},
    "FB-04": {HMI: ""},
    "LOC-01": {CRR26: "15"},
    "LOC-02": {CRR26: "15"},
    "LOC-03": {CRR26: "15"},
    "LOC-04": {CRR26: "16"},
    "LOC-05": {CRR26: "16"},
    "LOC-06": {CRR26: "16"},
    "N100-01": {CRR26: "63"},
    "N100-02": {CRR26: "63"},
    "N100-03": {CRR26: "63"},
    "N100-04": {CRR26: "10, 63"},
    "N100-05": {CRR26: "8, 62", HMI: ""},
    "N100-06": {CRR26: "9", HMI: ""},
    "N100-07": {CRR26: "8", HMI: ""},
    "N100-08": {CRR26: "63", OFG26: "29"},
    "N100-09": {CRR26: "62"},
    "N100-10": {CRR26: "62"},
    "N100-11": {CRR26: "64"},
    "N100-12": {CRR26: "34-37, 63"},
    "N100-13": {CRR26: "63"},
    "N100-14": {CRR26: "63"},
    "N100-15": {CRR26: "25, 63"},
    "N100-16": {HMI: ""},
    "N100-17": {HMI: ""},
    "OUT-01": {CRR26: "22-24"},
    "OUT-02": {CRR26: "22-24"},
    "OUT-03": {CRR26: "22-24"},
    "OUT-04": {CRR26: "22-24"},
    "OUT-05": {CRR26: "22-24"},
    "REC-01": {CRR26: "6"},
    "REC-02": {CRR26: "7"},
    "REC-03": {CRR26: "7"},
    "REC-04": {CRR26: "7-8"},
    "REC-05": {CRR26: "7"},
    "REC-06": {CRR26: "7"},
    "REC-07": {CRR26: "7-8"},
    "REC-08": {CRR26: "8", HMI: ""},
    "REC-09": {CRR26: "8"},
    "REC-10": {CRR26: "10", HMI: ""},
    "REC-11": {CRR26: "10"},
    "REC-12": {CRR26: "10"},
    "REC-13": {CRR26: "9-10"},
    "REC-14": {CRR26: "10"},
    "REC-15": {CRR26: "9"},
    "REC-16": {CRR26: "9"},
    "REC-17": {CRR26: "8-9"},
    "REC-18": {CRR26: "9, 86"},
    "REC-19": {CRR26: "12", Source.SCHOOLS: ""},
    "REC-20": {CRR26: "17"},
    "REC-21": {CRR26: "18"},
    "REC-22": {CRR26: "44-45"},
    "REC-23": {CRR26: "13, 48"},
    "REC-24": {CRR26: "28", HMI: ""},
    "REC-25": {CRR26: "55"},
    "REC-26": {CRR26: "45", HMI: ""},
    "REC-27": {CRR26: "18"},
    "ROLE-01": {},
    "ROLE-02": {},
    "ROLE-03": {},
    "TRF-01": {OFG26: "26"},
    "TRF-02": {CRR26: "25"},
    "TRF-03": {CRR26: "15"},
    "TRF-04": {CRR26: "15-16"},
    "TRF-05": {HMI: ""},
    "TRF-06": {},
    "VC-01": {Source.VICTIMS_CODE: ""},
    "VC-02": {Source.VICTIMS_CODE: ""},
    "VC-03": {Source.VICTIMS_CODE: ""},
    "VC-04": {Source.VICTIMS_CODE: ""},
    "VC-05": {Source.VICTIMS_CODE: ""},
    "VC-06": {Source.VICTIMS_CODE: ""},
    "VC-07": {Source.VICTIMS_CODE: ""},
    "VC-08": {Source.VICTIMS_CODE: ""},
    "VC-09": {Source.VICTIMS_CODE: ""},
    "VER-01": {CRR26: "1", HMI: ""},
    "VIC-01": {CRR26: "26", OFG26: "26"},
    "VIC-02": {CRR26: "26"},
    "VIC-03": {},
    "VIC-04": {Source.VICTIMS_CODE: ""},
    "VIC-05": {},
    "VIC-06": {OFG26: "3"},
    "VIC-07": {},
}


def steps() -> Iterator[Step[Any]]:
    for workflow in POLICIES:
        yield from workflow.steps


def guards() -> dict[str, Guard[Any]]:
    stated: list[Guard[Any]] = [*RECLASSIFICATION_TO_N100, *CLOSING]
    every = [*stated, *(guard for step in steps() for guard in step.guards)]
    return {guard.name: guard for guard in every}


def citations() -> Iterator[tuple[str, Citation]]:
    yield VICTIMS_TOLD_FIRST.name, VICTIMS_TOLD_FIRST.cite
    yield from ((term.word, term.cite) for term in GLOSSARY if term.cite)
    for name, guard in guards().items():
        yield name, guard.cite
    for workflow in POLICIES:
        yield workflow.key, workflow.policy
        for deadline in workflow.deadlines:
            yield deadline.what, deadline.cite
    for step in steps():
        yield step.trigger, step.cite
    for rule in vars(rules).values():
        if isinstance(rule, Rule):
            for entry in rule.history:
                yield rule.name, entry.cite
    yield from ((place.where, place.cite) for place in places())


def pages(written: str) -> set[int]:
    """Read "25-26, 48" as the pages it means."""
    found: set[int] = set()
    for part in filter(None, written.split(", ")):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize(("name", "cite"), list(citations()), ids=lambda value: str(value)[:40])
def test_every_rule_cites_a_page_that_the_handbook_gives_for_it(name: str, cite: Citation) -> None:
    assert cite.rule in HANDBOOK, f"{name} cites {cite.rule}, which is not on the list"
    if cite.source is Source.FORCE_POLICY:
        assert cite.page == ""
        return
    assert cite.source in HANDBOOK[cite.rule], f"{name}: {cite}"
    given = HANDBOOK[cite.rule][cite.source]
    assert pages(cite.page) <= pages(given), f"{name}: {cite}"
    assert bool(cite.page) == bool(given), f"{name} names no page"


def test_the_pages_of_every_rule_of_the_handbook_are_known() -> None:
    assert set(HANDBOOK) == set(handbook.HANDBOOK)


@pytest.mark.parametrize("guard", guards().values(), ids=guards())
def test_every_guard_has_a_sentence_that_a_registrar_can_read(guard: Guard[Any]) -> None:
    sentence = guard.sentence

    assert 30 <= len(sentence) <= 320
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not re.search(r"[_`{}\n]|  ", sentence)
    assert "'" not in sentence  # ’ in what people read


def test_every_guard_is_a_sentence_by_name() -> None:
    assert [name for name in guards() if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+){2,}", name)] == []


@pytest.mark.parametrize("step", list(steps()), ids=lambda step: step.trigger)
def test_every_step_says_what_it_does_and_what_comes_of_it(step: Step[Any]) -> None:
    for words in (step.label, step.done, step.outcome):
        assert words[0].isupper()
    assert not step.label.endswith(".")
    assert not step.done.endswith(".")
    assert step.outcome.endswith(".")
    assert not step.final_warning or step.final_warning.endswith(".")


@pytest.mark.parametrize(
    ("cite", "words"),
    [
        (
            crr26("CANC-05", "25"),
            "CANC-05: Crime Recording Rules for Front line Officers and Staff",
        ),
        (ofg26("CANC-13", "28"), "CANC-13: Outcomes for Recorded Crimes: Guidance"),
        (inspection("CANC-18"), "CANC-18: HMICFRS, Metropolitan Police Service: Crime Data"),
        (victims_code("VIC-04"), "VIC-04: Code of Practice for Victims of Crime"),
        (force_policy("ROLE-02"), "ROLE-02: Force policy"),
    ],
)
def test_a_citation_reads_as_rule_source_and_page(cite: Citation, words: str) -> None:
    assert str(cite).startswith(words)
    assert str(cite).endswith(f", page {cite.page}" if cite.page else cite.source.value)
