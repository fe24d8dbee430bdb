"""Spelled-out national labels: every one known is read, and none is guessed."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality.codes import Code, with_added
from fcr_app.domain.equality.ethnicity import EIGHTEEN, OBSERVED
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.labels import LabelRead, read_label
from fcr_app.domain.equality.lists import RELIGION, SEX

ROOT = Path(__file__).parents[3]
PUBLIC = ROOT.parent / "shared" / "data" / "police-uk-2017-12-metropolitan-stop-and-search.csv"
needs_the_public_file = pytest.mark.skipif(
    not PUBLIC.exists(),
    reason="The public stop and search file is not beside the project, in ../shared/data.",
)


def ethnicity(label: str) -> LabelRead | None:
    return read_label(Item.ETHNICITY, label, EIGHTEEN)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("White - English/Welsh/Scottish/Northern Irish/British", "W1"),
        ("White - British", "W1"),
        ("  white –  irish ", "W2"),
        ("White - Gypsy or Irish Traveller", "W3"),
        ("Mixed/Multiple ethnic groups - White and Asian", "M3"),
        ("Mixed - White and Black Caribbean", "M1"),
        ("Asian/Asian British - Chinese", "A4"),
        ("Chinese or other ethnic group - Chinese", "A4"),
        ("Black/African/Caribbean/Black British - African", "B2"),
        ("Black or Black British - Caribbean", "B1"),
        ("Other ethnic group - Arab", "O2"),
        ("Other ethnic group - Any other ethnic group", "O9"),
        ("O1", "A4"),
        ("w3", "W3"),
    ],
)
def test_a_label_of_any_census_is_read_as_todays_code(label: str, code: str) -> None:
    assert ethnicity(label) == LabelRead(code=code)


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        ("Other ethnic group - Not stated", Missing.NOT_STATED),
        ("NS", Missing.NOT_STATED),
        ("N3", Missing.NOT_UNDERSTOOD),
        ("N4", Missing.DECLINED),
        ("Prefer not to say", Missing.DECLINED),
        ("Unknown", Missing.UNKNOWN),
    ],
)
def test_not_stated_is_no_value_but_a_reason(label: str, missing: Missing) -> None:
    assert ethnicity(label) == LabelRead(missing=missing)


@pytest.mark.parametrize(
    "label", ["White", "Black", "Roma", "W4", "IC3", "British", "Asian - Irish"]
)
def test_a_label_that_is_not_known_is_not_guessed(label: str) -> None:
    assert ethnicity(label) is None


def test_a_label_added_as_data_is_known_from_then_on() -> None:
    roma = Code(code="W4", label="Roma", group="white", since=date(2027, 4, 1))
    listed = with_added(EIGHTEEN, [roma], date(2027, 4, 1))

    assert read_label(Item.ETHNICITY, "roma", listed) == LabelRead(code="W4")


def test_other_items_read_their_own_labels_only() -> None:
    assert read_label(Item.SEX, "F", SEX) == LabelRead(code="female")
    assert read_label(Item.SEX, "Other", SEX) is None
    assert read_label(Item.RELIGION, "No religion", RELIGION) == LabelRead(code="none")
    observed = (read_label(Item.ETHNICITY_OBSERVED, label, OBSERVED) for label in ("IC4", "IC9"))
    assert list(observed) == [LabelRead(code="IC4"), LabelRead(missing=Missing.UNKNOWN)]
    assert read_label(Item.ETHNICITY_OBSERVED, "White", OBSERVED) is None


@needs_the_public_file
def test_every_distinct_label_of_the_public_stop_and_search_data_is_accounted_for() -> None:
    with PUBLIC.open(encoding="utf-8", newline="") as file:
        labels = Counter(row["Self-defined ethnicity"] for row in csv.DictReader(file))
    blank = labels.pop("")
    read = {label: ethnicity(label) for label in labels}

    assert sum(labels.values()) + blank == 9353
    assert blank == 104
    assert None not in read.values()
    counts = Counter[str]()
    for label, found in read.items():
        assert found is not None
        counts[found.code or str(found.missing)] += labels[label]
    assert counts == {
        "W1": 2087, "W2": 94, "W9": 1102, "M1": 162, "M2": 42, "M3": 15, "M9": 190,
        "A1": 177, "A2": 196, "A3": 394, "A4": 23, "A9": 574, "B1": 721, "B2": 944, "B9": 1181,
        "O9": 230, "not_stated": 1117,
    }  # fmt: skip
