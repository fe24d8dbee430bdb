"""Importing crimes: real extracts are dirty; what can be taken is taken, and the rest is told."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import Flag
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.errors import BadFile, InvalidValue, NotFound, SomeoneElseChangedIt
from fcr_app.models import (
    ChangeEntry,
    Crime,
    CrimeClass,
    CrimeFlag,
    CrimePerson,
    ImportMapping,
    ImportProblem,
    ImportRun,
    Victim,
)
from fcr_app.services.crime_classes import change_class
from fcr_app.services.crime_import.crime_row import Lookups
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.crime_import.rows import CrimeReader
from fcr_app.services.imports import runs
from fcr_app.services.imports.file import UNMATCHED, CsvFile
from fcr_app.services.imports.mappings import (
    find_mapping,
    keep_mapping,
    mapping_names,
    read_mapping_file,
)
from fcr_app.services.imports.runs import Importer, Wanted, begin, fail, finish
from fcr_app.services.imports.upload import KEPT_FOR, keep_file, open_file
from tests.builders import NOW, a_case, a_crime, a_person, a_unit, an_offence, as_actor

EXTRACT = Path(__file__).parents[3] / "shared/data/police-uk-2017-12-metropolitan-burglary.csv"
needs_extract = pytest.mark.skipif(
    not EXTRACT.exists(), reason="The data.police.uk extract is not beside this repository."
)

HEADINGS = (
    "Number", "Incident", "Reported", "Recorded", "Class", "Code", "Officer", "Helpers", "Unit",
    "Victim", "Victim kind", "Child", "Parent", "DA", "Markers", "Status", "Removal", "Removed",
)  # fmt: skip
MAPPING = {
    "columns": {
        "crime_number": "Number", "incident_reference": "Incident", "reported_at": "Reported",
        "recorded_at": "Recorded", "offence_class": "Class", "offence_code": "Code",
        "unit": "Unit", "status": "Status", "removal_code": "Removal", "removed_at": "Removed",
    },
    "people": [
        {"column": "Officer", "part": "oic"},
        {"column": "Helpers", "part": "contributor"},
    ],
    "victims": [
        {"name": "Victim", "kind": "Victim kind", "is_child": "Child", "speaks_for": "Parent"}
    ],
    "flags": {"domestic_abuse": "DA"},
    "flag_list": "Markers",
    "flag_words": {"Blade": "knife"},
    "status_words": {"Crimed": "recorded", "No crime": "cancelled"},
}  # fmt: skip
GOOD = {
    "Number": "01/26", "Incident": "CAD 1", "Reported": "23/11/2026 09:00",
    "Recorded": "23/11/2026 14:30", "Class": "34B", "Code": "034/01", "Status": "Crimed",
}  # fmt: skip


@dataclass
class Outcome:
    """What an import did."""

    run: ImportRun
    problems: Sequence[ImportProblem]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Added, changed, unchanged, refused."""
        run = self.run
        return run.added_count, run.changed_count, run.unchanged_count, run.refused_count

    @property
    def told(self) -> list[tuple[int, str, str]]:
        """Line, column and value of each problem."""
        return [(p.line, p.column, p.value) for p in self.problems]


def as_csv(*rows: dict[str, str], headings: Sequence[str] = HEADINGS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def imported(
    session: Session, content: bytes, mapping: dict[str, Any] = MAPPING, *, dry_run: bool = False
) -> Outcome:
    """Import a file from beginning to end."""
    wanted = Wanted(
        file=CsvFile.from_bytes(content, "extract.csv"),
        mapping_name="demo",
        mapping=ColumnMapping.from_json(mapping),
        dry_run=dry_run,
    )
    run_id = begin(session, SYSTEM_ACTOR, wanted, now=NOW)
    importer = Importer.open(session, run_id, wanted.file, now=NOW)
    for batch in importer.batches():
        importer.take(session, SYSTEM_ACTOR, batch, now=NOW)
    finish(session, SYSTEM_ACTOR, run_id, now=NOW)
    session.flush()
    session.expire_all()
    problems = session.scalars(
        select(ImportProblem).where(ImportProblem.run_id == run_id).order_by(ImportProblem.id)
    ).all()
    return Outcome(session.get_one(ImportRun, run_id), problems)


def only_crime(session: Session) -> Crime:
    return session.scalars(select(Crime)).one()


@pytest.fixture
def offence_id(session: Session) -> int:
    return an_offence(session).id


# --- What a good row becomes.


def test_a_whole_row_is_taken(session: Session, offence_id: int) -> None:
    officer = a_person(session, staff_number="P100")
    one, two = a_person(session, email="one@force.example"), a_person(session, staff_number="P2")
    unit = a_unit(session, name="North")
    row = GOOD | {
        "Officer": "p100", "Helpers": "One@Force.example; P2", "Unit": "NORTH",
        "Victim": "Demo Child", "Child": "Y", "Parent": "Demo Parent", "DA": "yes",
        "Markers": "blade, HATE",
    }  # fmt: skip
    outcome = imported(session, as_csv(row))

    assert outcome.counts == (1, 0, 0, 0)
    assert outcome.told == []
    crime = only_crime(session)
    assert (crime.number_key, crime.incident_key) == ("01/26", "CAD1")
    assert crime.reported_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert crime.recorded_at == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert crime.recorded_month == date(2026, 11, 1)
    assert (crime.offence_id, crime.first_offence_id) == (offence_id, offence_id)
    assert (crime.oic_id, crime.unit_id, crime.source) == (officer.id, unit.id, "demo")
    people = session.execute(select(CrimePerson.person_id, CrimePerson.part))
    assert {(p.person_id, p.part) for p in people} == {
        (officer.id, "oic"), (one.id, "contributor"), (two.id, "contributor"),
    }  # fmt: skip
    victim = session.scalars(select(Victim)).one()
    assert (victim.name_key, victim.is_child, victim.speaks_for, victim.enhanced_ground) == (
        "child demo", True, "Demo Parent", "under_18",
    )  # fmt: skip
    flags = session.scalars(select(CrimeFlag.flag).order_by(CrimeFlag.flag)).all()
    assert flags == ["domestic_abuse", "hate", "knife"]


@pytest.mark.usefixtures("offence_id")
def test_what_was_imported_is_logged_crime_by_crime(session: Session) -> None:
    outcome = imported(session, as_csv(GOOD, GOOD | {"Number": "02/26"}))

    logged = session.scalars(select(ChangeEntry).order_by(ChangeEntry.id)).all()
    assert [entry.what for entry in logged] == ["crime:import", "crime:import", "import:run"]
    assert {entry.record_id for entry in logged[:2]} == set(session.scalars(select(Crime.id)))
    assert logged[2].record_id == outcome.run.id
    assert logged[2].detail == "2 added, 0 changed, 0 refused"


@pytest.mark.usefixtures("offence_id")
def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    content = as_csv(GOOD | {"Victim": "Demo Victim", "DA": "Y"})
    imported(session, content)
    version = only_crime(session).version
    outcome = imported(session, content)

    assert outcome.counts == (0, 0, 1, 0)
    assert only_crime(session).version == version
    assert session.scalar(select(func.count()).select_from(Victim)) == 1


@pytest.mark.usefixtures("offence_id")
def test_a_dry_run_says_what_would_happen_and_changes_nothing(session: Session) -> None:
    imported(session, as_csv(GOOD))
    changed, new = GOOD | {"Incident": "CAD 9"}, GOOD | {"Number": "02/26"}
    bad = GOOD | {"Number": "03/26", "Code": "999/99"}
    outcome = imported(session, as_csv(changed, new, bad), dry_run=True)

    assert outcome.counts == (1, 1, 0, 1)
    assert outcome.told == [(4, "Code", "999/99")]
    assert only_crime(session).incident_reference == "CAD 1"
    assert session.scalar(select(func.count()).select_from(ChangeEntry)) == 2


# --- Times.


@pytest.mark.usefixtures("offence_id")
def test_times_are_london_times(session: Session) -> None:
    row = GOOD | {"Reported": "01/07/2026 09:00", "Recorded": "2026-07-01T10:00:00Z"}
    imported(session, as_csv(row))

    crime = only_crime(session)
    assert crime.reported_at == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert crime.recorded_at == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


@pytest.mark.usefixtures("offence_id")
def test_the_first_of_a_repeated_hour_is_assumed_and_said_to_be(session: Session) -> None:
    imported(session, as_csv(GOOD | {"Reported": "25/10/2026 01:30"}))

    crime = only_crime(session)
    assert crime.reported_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert crime.time_note == (
        "Reported: 01:30 on 25 October 2026 came twice; the first was assumed."
    )


@pytest.mark.usefixtures("offence_id")
def test_a_day_without_a_time_is_not_made_into_a_time(session: Session) -> None:
    imported(session, as_csv(GOOD | {"Reported": "20/10/2026", "Recorded": "2026-10-21"}))

    crime = only_crime(session)
    assert (crime.reported_at, crime.recorded_at) == (None, None)
    assert crime.recorded_month == date(2026, 10, 1)
    assert crime.time_note == (
        "Only the day it was reported is known: 20 October 2026. "
        "Only the day it was recorded is known: 21 October 2026."
    )


# --- Rows that can't be taken.

BAD_VALUES = [
    ("Number", "  ", "The row has no crime number"),
    ("Number", "x" * 81, "more than 80 characters"),
    ("Number", "1.23E+11", "A spreadsheet has shortened this number"),
    ("Incident", "y" * 81, "more than 80 characters"),
    ("Reported", "yesterday", "not a date or time that can be read"),
    ("Reported", "29/03/2026 01:30", "did not happen: the clocks went forward"),
    ("Reported", "23/11/0026 09:00", "The year can’t be right"),
    ("Reported", "25/11/2026 09:00", "must be in the past"),
    ("Recorded", "22/11/2026 09:00", "the same as or after the time it was reported"),
    ("Code", "999/99", "No offence has code 999/99 in class 34B"),
    ("Class", "19C", "No offence has code 034/01 in class 19C"),
    ("Code", "", "The row gives a class without its code"),
    ("Status", "Undetermined", "does not say whether this means recorded"),
    ("Status", "No crime", "A removed crime needs its code"),
    ("Victim", "z" * 121, "more than 120 characters"),
]


@pytest.mark.parametrize(("column", "value", "reason"), BAD_VALUES)
@pytest.mark.usefixtures("offence_id")
def test_a_row_that_can_not_be_taken_is_told_and_the_others_go_in(
    session: Session, column: str, value: str, reason: str
) -> None:
    good = GOOD | {"Number": "02/26"}
    outcome = imported(session, as_csv(GOOD | {column: value}, good))

    assert outcome.counts == (1, 0, 0, 1)
    problem = outcome.problems[0]
    assert reason in problem.reason
    assert problem.line == 2
    expected = {"Class": "Code", "Code": "Code" if value else "Class"}.get(column, column)
    assert problem.column in (expected, "Removal")
    assert only_crime(session).crime_number == "02/26"


def test_a_reported_incident_is_not_taken_for_a_crime(session: Session) -> None:
    an_offence(session, offence_class="N100", offence_code="100/01", reported_incident=True)
    outcome = imported(session, as_csv(GOOD | {"Class": "N100", "Code": "100/1"}))
    assert outcome.problems[0].reason == "N100 is a reported incident, not a recorded crime."


def test_a_code_alone_is_enough_where_it_stands_in_one_class(
    session: Session, offence_id: int
) -> None:
    for offence_class in ("8N", "8S"):
        an_offence(session, offence_class=offence_class, offence_code="008/06")
    outcome = imported(
        session,
        as_csv(
            GOOD | {"Class": "", "Code": "34/1"},
            GOOD | {"Number": "02/26", "Class": "", "Code": "008/06"},
        ),
    )
    assert only_crime(session).offence_id == offence_id
    assert outcome.problems[0].reason == ("008/06 stands in classes 8N, 8S: give the class too.")


@pytest.mark.usefixtures("offence_id")
def test_a_number_that_comes_twice_is_told_with_the_line_it_came_first(session: Session) -> None:
    outcome = imported(session, as_csv(GOOD, GOOD | {"Number": " 01 / 26"}))

    assert outcome.counts == (1, 0, 0, 1)
    assert outcome.told == [(3, "Number", "01 / 26")]
    assert outcome.problems[0].reason == ("The same number is on line 2. Only the first is taken.")


@pytest.mark.usefixtures("offence_id")
def test_people_and_units_that_are_not_known_are_told_and_not_invented(session: Session) -> None:
    row = GOOD | {"Officer": "P999", "Unit": "Nowhere", "Markers": "odd", "DA": "perhaps"}
    outcome = imported(session, as_csv(row))

    assert outcome.counts == (1, 0, 0, 0)
    assert sorted(outcome.told) == [
        (2, "DA", "perhaps"), (2, "Markers", "odd"), (2, "Officer", "P999"), (2, "Unit", "Nowhere"),
    ]  # fmt: skip
    crime = only_crime(session)
    assert (crime.oic_id, crime.unit_id) == (None, None)


@pytest.mark.usefixtures("offence_id")
def test_an_officer_who_is_added_later_is_found_by_the_same_file(session: Session) -> None:
    content = as_csv(GOOD | {"Officer": "P999"})
    imported(session, content)
    officer = a_person(session, staff_number="P999")
    outcome = imported(session, content)

    assert outcome.counts == (0, 1, 0, 0)
    assert only_crime(session).oic_id == officer.id


# --- Rows that change.


def test_a_changed_row_updates_but_never_what_was_recorded_first(
    session: Session, offence_id: int
) -> None:
    theft = an_offence(session, offence_class="39", offence_code="039/00", title="Theft")
    imported(session, as_csv(GOOD))
    outcome = imported(session, as_csv(GOOD | {"Class": "39", "Code": "039/00"}))

    assert outcome.counts == (0, 1, 0, 0)
    crime = only_crime(session)
    assert (crime.offence_id, crime.first_offence_id) == (theft.id, offence_id)
    assert crime.version == 2


def test_a_class_that_an_extract_changes_is_kept_with_the_one_before(
    session: Session, offence_id: int
) -> None:
    theft = an_offence(session, offence_class="39", offence_code="039/00", title="Theft")
    imported(session, as_csv(GOOD))
    imported(session, as_csv(GOOD | {"Class": "39", "Code": "039/00"}))

    change = session.scalars(select(CrimeClass)).one()
    assert (change.from_offence_id, change.to_offence_id) == (offence_id, theft.id)
    assert (change.source, change.case_id) == (only_crime(session).source, None)


def test_an_extract_never_changes_a_class_that_was_decided_here(
    session: Session, offence_id: int
) -> None:
    theft = an_offence(session, offence_class="39", offence_code="039/00", title="Theft")
    imported(session, as_csv(GOOD))
    crime = only_crime(session)
    case = a_case(session, crime=crime)
    change_class(
        session,
        crime,
        theft.id,
        by_id=case.opened_by_id,
        reason="Nobody was touched.",
        case_id=case.id,
        now=NOW,
    )
    session.flush()

    imported(session, as_csv(GOOD | {"Incident": "CAD 2"}))

    session.expire_all()
    crime = only_crime(session)
    assert (crime.incident_reference, crime.offence_id) == ("CAD 2", theft.id)
    assert crime.first_offence_id == offence_id


def test_a_crime_without_a_class_gets_its_first_from_a_later_file(
    session: Session, offence_id: int
) -> None:
    imported(session, as_csv(GOOD | {"Class": "", "Code": ""}))
    imported(session, as_csv(GOOD))
    assert only_crime(session).first_offence_id == offence_id


def test_a_blank_value_erases_nothing(session: Session, offence_id: int) -> None:
    imported(session, as_csv(GOOD))
    outcome = imported(session, as_csv(GOOD | {"Incident": "", "Class": "", "Code": ""}))

    assert outcome.counts == (0, 1, 0, 0)
    crime = only_crime(session)
    assert (crime.incident_reference, crime.offence_id) == ("CAD 1", offence_id)


@pytest.mark.usefixtures("offence_id")
def test_a_new_officer_makes_the_old_one_a_former_one_and_takes_nobody_off(
    session: Session,
) -> None:
    old, new = a_person(session, staff_number="P1"), a_person(session, staff_number="P2")
    helper = a_person(session, staff_number="P3")
    imported(session, as_csv(GOOD | {"Officer": "P1", "Helpers": "P3"}))
    for officer in ("P2", "P1", "P2"):
        imported(session, as_csv(GOOD | {"Officer": officer}))

    people = session.execute(select(CrimePerson.person_id, CrimePerson.part))
    assert {(p.person_id, p.part) for p in people} == {
        (old.id, "former_oic"), (new.id, "former_oic"), (new.id, "oic"), (helper.id, "contributor"),
    }  # fmt: skip
    assert only_crime(session).oic_id == new.id


@pytest.mark.usefixtures("offence_id")
def test_victims_are_added_and_mended_by_name_and_never_taken_off(session: Session) -> None:
    imported(session, as_csv(GOOD | {"Victim": "Demo Victim"}))
    imported(session, as_csv(GOOD | {"Victim": "demo VICTIM", "Parent": "Demo Parent"}))
    imported(session, as_csv(GOOD | {"Victim": "Demo Other"}))

    victims = session.scalars(select(Victim).order_by(Victim.id)).all()
    assert [(v.name, v.speaks_for) for v in victims] == [
        ("demo VICTIM", "Demo Parent"), ("Demo Other", ""),
    ]  # fmt: skip


@pytest.mark.usefixtures("offence_id")
def test_flags_follow_the_extract(session: Session) -> None:
    imported(session, as_csv(GOOD | {"DA": "Y", "Markers": "hate"}))
    imported(session, as_csv(GOOD | {"DA": "N", "Markers": "hate;online"}))
    flags = session.scalars(select(CrimeFlag.flag).order_by(CrimeFlag.flag)).all()
    assert flags == [Flag.HATE, Flag.ONLINE]


REMOVED = {"Status": "No crime", "Removal": "c2", "Removed": "24/11/2026 09:00"}


@pytest.mark.usefixtures("offence_id")
def test_a_crime_that_was_removed_before_comes_in_as_removed(session: Session) -> None:
    imported(session, as_csv(GOOD | REMOVED))
    crime = only_crime(session)
    assert (crime.status, crime.removal_code) == ("cancelled", "C2")
    assert crime.removed_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.usefixtures("offence_id")
def test_an_import_does_not_bring_back_a_removed_crime(session: Session) -> None:
    imported(session, as_csv(GOOD | REMOVED))
    outcome = imported(session, as_csv(GOOD | {"Incident": "CAD 2"}))

    crime = only_crime(session)
    assert (crime.status, crime.incident_reference) == ("cancelled", "CAD 2")
    assert outcome.told == [(2, "status", "recorded")]
    assert "only reinstating it" in outcome.problems[0].reason


@pytest.mark.usefixtures("offence_id")
def test_an_import_does_not_remove_a_crime_that_stands(session: Session) -> None:
    imported(session, as_csv(GOOD))
    for _ in range(2):  # told again each time, though the second file is the same
        outcome = imported(session, as_csv(GOOD | REMOVED))
        assert "only a request that is decided here" in outcome.problems[0].reason
    crime = only_crime(session)
    assert (crime.status, crime.removal_code, crime.removed_at) == ("recorded", None, None)


@pytest.mark.usefixtures("offence_id")
def test_a_crime_entered_by_hand_is_mended_by_its_extract(session: Session) -> None:
    crime = a_crime(session, number="01/26")
    outcome = imported(session, as_csv(GOOD))
    assert outcome.counts == (0, 1, 0, 0)
    assert session.get_one(Crime, crime.id).incident_reference == "CAD 1"


# --- Files as they come.


def the_rows(content: bytes) -> list[tuple[int, list[str], str]]:
    file = CsvFile.from_bytes(content, "extract.csv")
    return [(r.line, list(r.cells), r.problem) for r in file.records()]


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_understood(
    encoding: str, read_as: str, separator: str
) -> None:
    text = f"Number{separator}Victim\r\n1{separator}Zoë’s café\r\n"
    content = text.encode(encoding)
    assert CsvFile.from_bytes(content, "x.csv").encoding == read_as
    assert the_rows(content) == [(2, ["1", "Zoë’s café"], "")]


@pytest.mark.usefixtures("offence_id")
def test_a_file_read_as_windows_text_says_so(session: Session) -> None:
    outcome = imported(session, as_csv(GOOD | {"Victim": "Zoe"}).replace(b"Zoe", b"Zo\xeb"))
    assert "The file is not UTF-8; it was read as Windows text." in outcome.run.remarks
    assert session.scalars(select(Victim.name)).one() == "Zoë"


def test_blank_lines_count_as_lines_but_not_as_rows() -> None:
    content = b"A,B\n\n1,2\n , \n3,4\n\n"
    assert the_rows(content) == [(3, ["1", "2"], ""), (5, ["3", "4"], "")]


def test_a_value_may_hold_lines_and_separators() -> None:
    content = b'A,B\n1,"one, two\nthree"\n4,5\n'
    assert the_rows(content) == [(2, ["1", "one, two\nthree"], ""), (4, ["4", "5"], "")]


def test_a_quotation_mark_without_a_partner_costs_one_line_only() -> None:
    content = b'A,B\n1,"open\n2,x\n3,y\n'
    assert the_rows(content) == [
        (2, ['1,"open'], UNMATCHED), (3, ["2", "x"], ""), (4, ["3", "y"], ""),
    ]  # fmt: skip


def test_two_quotation_marks_without_partners_do_not_swallow_the_rows_between() -> None:
    content = b'A,B\n1,"open\n2,x\n3,"open\n4,y\n'
    assert [(line, problem) for line, _, problem in the_rows(content)] == [
        (2, UNMATCHED), (3, ""), (4, UNMATCHED), (5, ""),
    ]  # fmt: skip


def test_a_value_without_end_costs_one_line_only() -> None:
    content = b'A,B\n1,"' + b"x" * 140_000 + b"\n2,y\n"
    assert [(line, bool(problem)) for line, _, problem in the_rows(content)] == [
        (2, True), (3, False),
    ]  # fmt: skip


@pytest.mark.usefixtures("offence_id")
def test_broken_rows_are_told_by_line(session: Session) -> None:
    content = as_csv(GOOD) + b"02/26" + b"," * 17 + b",surplus\n" + b"03\0/26,\n" + b'04/26,"open\n'
    outcome = imported(session, content)

    assert outcome.counts == (1, 0, 0, 3)
    assert outcome.told == [(3, "", "surplus"), (4, "", "03␀/26 "), (5, "", '04/26,"open')]
    reasons = [problem.reason for problem in outcome.problems]
    assert reasons[0].startswith("The row has 19 values but there are 18 columns.")
    assert reasons[1].startswith("The row holds a character that is not text (NUL).")
    assert reasons[2] == UNMATCHED


@pytest.mark.usefixtures("offence_id")
def test_a_row_that_ends_early_is_blank_from_there(session: Session) -> None:
    outcome = imported(session, as_csv() + b"01/26,CAD 1\n")
    assert outcome.counts == (1, 0, 0, 0)
    assert only_crime(session).recorded_at is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest", "an Excel workbook or a ZIP archive, not CSV"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n1,2\n", "The file is empty. Its first line must name the columns"),
        (b"", "The file is empty"),
        (b"A,B\n\x81\x8d\n", "not text that can be read"),
    ],
)
def test_a_file_that_is_not_csv_is_refused_plainly(content: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        CsvFile.from_bytes(content, "x.csv")


def test_a_missing_column_is_named_with_those_there_are(session: Session) -> None:
    with pytest.raises(BadFile, match=r"no column called “Incident”, .* The file has: Number, Rep"):
        imported(session, as_csv(headings=[name for name in HEADINGS if name != "Incident"]))


def test_a_column_that_comes_twice_is_named(session: Session) -> None:
    with pytest.raises(BadFile, match="more than one column called “Number”"):
        imported(session, as_csv(headings=[*HEADINGS, "Number"]))


# --- Whatever comes.

READER_MAPPING = ColumnMapping.from_json(MAPPING)
LOOKUPS = Lookups(
    people={"P1": 1},
    units={"north": 1},
    offences={("34B", "034/01"): 1, ("N100", "100/01"): None},
    classes={"034/01": ["34B"], "100/01": ["N100"]},
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
dirty = st.one_of(
    texts, st.sampled_from(["", " ", "01/26", "34B", "034/01", "P1", "25/10/2026 01:30", "x" * 400])
)


@given(st.lists(st.lists(dirty, max_size=len(HEADINGS) + 2), max_size=10))
@settings(max_examples=200, deadline=None)
def test_every_row_is_taken_or_told(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    file = CsvFile.from_bytes(out.getvalue().encode(), "x.csv")
    reader = CrimeReader(READER_MAPPING, file.headings, LOOKUPS, now=NOW)
    for record in file.records():
        row, problems = reader.read(record)
        assert row is not None or problems
        assert all(len(p.value) <= 200 and p.reason and p.line == record.line for p in problems)
        if row is not None:
            assert row.key
            assert "\0" not in json.dumps(row.values, default=str)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_rows_or_one_plain_refusal(content: bytes) -> None:
    try:
        file = CsvFile.from_bytes(content, "x.csv")
    except BadFile:
        return
    lines = [record.line for record in file.records()]
    assert lines == sorted(set(lines))


values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(values, values, values), max_size=8))
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("First", "Second", "Third"), *rows])
    read = the_rows(out.getvalue().encode("utf-8-sig"))
    kept = [list(row) for row in rows if any(value.strip() for value in row)]
    assert [cells for _, cells, problem in read if not problem] == kept


# --- Mappings.


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"columns": {}}, "Choose the column that holds the crime number"),
        ({"columns": {"crime_number": "A", "colour": "B"}}, "'colour', which is no field"),
        ({"columns": []}, "The mapping can’t be read"),
        ({"people": [{"column": "A", "part": "friend"}]}, "The mapping can’t be read"),
        ({"victims": [{"kind": "A"}]}, "Choose the column that holds the victim’s name"),
        ({"victims": [{"name": "A", "height": "B"}]}, "'height', which is no field"),
        ({"flags": {"odd": "A"}}, "The mapping can’t be read"),
        ({"date_formats": "%d/%m/%Y"}, "The mapping can’t be read"),
        ({"date_formats": ["%Q"]}, "'%Q' is not a way to write dates"),
        ({"status_words": {"Open": "open"}}, "The mapping can’t be read"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        ColumnMapping.from_json({"columns": {"crime_number": "A"}} | change)


def test_a_mapping_is_kept_under_a_name_for_the_next_import(session: Session) -> None:
    mapping = ColumnMapping.from_json(MAPPING)
    keep_mapping(session, SYSTEM_ACTOR, " Connect ", mapping, now=NOW)
    keep_mapping(session, SYSTEM_ACTOR, "Connect", mapping, now=NOW)

    assert list(mapping_names(session)) == ["Connect", "police-uk"]
    assert find_mapping(session, "Connect").to_json() == mapping.to_json()
    assert session.scalar(select(func.count()).select_from(ImportMapping)) == 1


def test_a_mapping_needs_a_name_that_fits(session: Session) -> None:
    mapping = ColumnMapping.from_json(MAPPING)
    for name in (" ", "x" * 81):
        with pytest.raises(InvalidValue):
            keep_mapping(session, SYSTEM_ACTOR, name, mapping, now=NOW)


def test_a_mapping_nobody_kept_is_named_with_those_there_are(session: Session) -> None:
    with pytest.raises(NotFound, match=r"no mapping called Niche\. These exist: police-uk"):
        find_mapping(session, "Niche")


def test_a_mapping_file_that_can_not_be_read_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    for content, reason in (("{", "is not JSON"), ("[]", "does not hold a mapping")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(BadFile, match=reason):
            read_mapping_file(path)
    with pytest.raises(BadFile, match="can’t be opened"):
        read_mapping_file(tmp_path / "none.json")


# --- Interruptions.


def begun(session: Session, rows: int) -> tuple[int, CsvFile]:
    content = as_csv(*({**GOOD, "Number": f"{n}/26"} for n in range(rows)))
    wanted = Wanted(
        file=CsvFile.from_bytes(content, "extract.csv"),
        mapping_name="demo",
        mapping=ColumnMapping.from_json(MAPPING),
        dry_run=False,
    )
    return begin(session, SYSTEM_ACTOR, wanted, now=NOW), wanted.file


@pytest.mark.usefixtures("offence_id")
def test_an_interrupted_import_goes_on_where_it_stopped(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH_SIZE", 4)
    run_id, file = begun(session, 10)
    first = Importer.open(session, run_id, file, now=NOW)
    first.take(session, SYSTEM_ACTOR, next(first.batches()), now=NOW)
    fail(session, run_id)

    second = Importer.open(session, run_id, file, now=NOW)
    assert second.rows_done == 4
    for batch in second.batches():
        second.take(session, SYSTEM_ACTOR, batch, now=NOW)
    finish(session, SYSTEM_ACTOR, run_id, now=NOW)
    session.flush()

    assert session.scalar(select(func.count()).select_from(Crime)) == 10
    run = session.get_one(ImportRun, run_id, populate_existing=True)
    assert (run.state, run.rows_done, run.added_count) == ("done", 10, 10)
    with pytest.raises(NotFound, match="it is over"):
        Importer.open(session, run_id, file, now=NOW)


@pytest.mark.usefixtures("offence_id")
def test_two_processes_never_take_the_same_batch(session: Session) -> None:
    run_id, file = begun(session, 3)
    one = Importer.open(session, run_id, file, now=NOW)
    two = Importer.open(session, run_id, file, now=NOW)
    one.take(session, SYSTEM_ACTOR, next(one.batches()), now=NOW)
    with pytest.raises(SomeoneElseChangedIt, match="going on elsewhere"):
        two.take(session, SYSTEM_ACTOR, next(two.batches()), now=NOW)


@pytest.mark.usefixtures("offence_id")
def test_a_repeated_number_is_found_across_an_interruption(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH_SIZE", 2)
    content = as_csv(GOOD, GOOD | {"Number": "02/26"}, GOOD)
    wanted = Wanted(
        file=CsvFile.from_bytes(content, "x.csv"), mapping_name="demo",
        mapping=ColumnMapping.from_json(MAPPING), dry_run=False,
    )  # fmt: skip
    run_id = begin(session, SYSTEM_ACTOR, wanted, now=NOW)
    first = Importer.open(session, run_id, wanted.file, now=NOW)
    first.take(session, SYSTEM_ACTOR, next(first.batches()), now=NOW)
    second = Importer.open(session, run_id, wanted.file, now=NOW)
    for batch in second.batches():
        second.take(session, SYSTEM_ACTOR, batch, now=NOW)

    problem = session.scalars(select(ImportProblem)).one()
    assert (problem.line, problem.reason[:29]) == (4, "The same number is on line 2.")


# --- Uploaded files.


@pytest.mark.usefixtures("offence_id")
def test_an_uploaded_file_is_forgotten_once_it_is_in(session: Session) -> None:
    actor = as_actor(session, a_person(session))
    file_id = keep_file(session, actor, "extract.csv", as_csv(GOOD), now=NOW)
    for dry_run in (True, False):
        file = open_file(session, file_id)
        mapping = ColumnMapping.from_json(MAPPING)
        wanted = Wanted(
            file=file, mapping_name="demo", mapping=mapping, dry_run=dry_run, file_id=file_id
        )
        run_id = begin(session, actor, wanted, now=NOW)
        importer = Importer.open(session, run_id, file, now=NOW)
        for batch in importer.batches():
            importer.take(session, actor, batch, now=NOW)
        finish(session, actor, run_id, now=NOW)
    with pytest.raises(NotFound, match="no longer kept"):
        open_file(session, file_id)


def test_an_uploaded_file_that_was_given_up_is_forgotten(session: Session) -> None:
    actor = as_actor(session, a_person(session))
    old = keep_file(session, actor, "old.csv", b"A\n", now=NOW - KEPT_FOR - timedelta(seconds=1))
    new = keep_file(session, actor, "new.csv", b"A\n", now=NOW)
    with pytest.raises(NotFound):
        open_file(session, old)
    assert open_file(session, new).name == "new.csv"
    with pytest.raises(BadFile, match=r"The file is empty\. Choose another"):
        keep_file(session, actor, "empty.csv", b"", now=NOW)


# --- The command, and the public extract.


def command(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["fcr", "crimes", *arguments])


@needs_extract
def test_the_public_extract_is_taken_and_what_it_lacks_is_said(app: Flask) -> None:
    dry = command(app, "import", str(EXTRACT), "--mapping", "police-uk", "--dry-run")
    assert "Nothing was changed. It would be: 6,895 added, 0 changed" in dry.output
    result = command(app, "import", str(EXTRACT), "--mapping", "police-uk")
    again = command(app, "import", str(EXTRACT), "--mapping", "police-uk")

    assert result.exit_code == 0, result.output
    assert "6,895 added, 0 changed, 0 as before, 78 of 6,973 rows not taken" in result.output
    assert "No report times: “reported at” stays empty" in result.output
    assert "Only the month is known." in result.output
    assert "No offence class or code" in result.output
    assert "The same number is on line" in result.output
    assert "0 added, 0 changed, 6,895 as before" in again.output
    assert len(command(app, "problems", "2").output.splitlines()) == 79


@needs_extract
def test_nothing_is_invented_for_the_public_extract(app: Flask, session: Session) -> None:
    command(app, "import", str(EXTRACT), "--mapping", "police-uk")

    crimes = session.scalars(select(Crime)).all()
    assert {(c.reported_at, c.recorded_at, c.offence_id) for c in crimes} == {(None, None, None)}
    assert {(c.recorded_month, c.offence_text) for c in crimes} == {(date(2017, 12, 1), "Burglary")}
    assert {c.source for c in crimes} == {"police-uk"}


def test_the_command_names_a_mapping_that_does_not_exist(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_bytes(as_csv(GOOD))
    result = command(app, "import", str(path), "--mapping", "Niche")
    assert result.exit_code == 1
    assert result.output.startswith("Error: There is no mapping called Niche.")


def test_an_operator_can_keep_a_mapping_and_use_it(app: Flask, tmp_path: Path) -> None:
    mapping, extract = tmp_path / "mapping.json", tmp_path / "extract.csv"
    mapping.write_text(json.dumps(MAPPING), encoding="utf-8")
    extract.write_bytes(as_csv(GOOD | {"Class": "", "Code": "", "Victim": "=1+1", "Unit": "=x"}))

    assert command(app, "keep-mapping", "Connect", str(mapping)).output == "Kept as Connect.\n"
    assert command(app, "mappings").output.splitlines() == ["Connect", "police-uk"]
    result = command(app, "import", str(extract), "--mapping", "Connect")
    assert "1 added" in result.output
    # A spreadsheet would run it; the list of problems makes sure it does not.
    assert ",'=x," in command(app, "problems", "1").output
