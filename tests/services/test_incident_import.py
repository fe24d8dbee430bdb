"""Reports come in from a file by the rules for those that are typed in; what can't is told."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.errors import InvalidValue
from fcr_app.models import (
    ChangeEntry,
    ImportProblem,
    ImportRun,
    Incident,
    IncidentFlag,
    LateRecord,
)
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.mappings import find_mapping, keep_mapping, mapping_names
from fcr_app.services.imports.runs import Importer, Wanted, begin, finish
from fcr_app.services.incident_history import read_history
from fcr_app.services.incident_import.mapping import NO_OFFICERS, NO_VICTIMS, IncidentMapping
from tests.builders import NOW, a_crime, a_person, a_unit, an_incident

HEADINGS = (
    "Log", "Created", "Type", "Source", "Caller", "Text", "Victim", "Traced", "Confirmed",
    "Marks", "Officer", "Unit", "Force", "During", "Crime", "Why late",
)  # fmt: skip
MAPPING: dict[str, Any] = {
    "columns": {
        "reference": "Log", "first_reported_at": "Created", "opening_code": "Type",
        "route": "Source", "reporter_type": "Caller", "account": "Text", "victim_name": "Victim",
        "victim_traced": "Traced", "victim_confirmed": "Confirmed", "vulnerabilities": "Marks",
        "officer": "Officer", "unit": "Unit", "other_force": "Force", "found_in": "During",
        "crime_number": "Crime", "late_reason": "Why late",
    },
    "words": {
        "route": {"Emergency": "999"}, "opening_code": {"Dom non-crime": "domestic_non_crime"},
    },
}  # fmt: skip
GOOD = {
    "Log": "CAD 1", "Created": "23/11/2026 09:00", "Type": "Violence", "Source": "emergency",
    "Caller": "victim", "Text": "He was pushed off his bicycle by two men.", "Traced": "Y",
    "Confirmed": "yes", "Marks": "child; Needs an interpreter",
}  # fmt: skip


class Outcome:
    """What an import did."""

    def __init__(self, session: Session, run_id: int) -> None:
        self.run = session.get_one(ImportRun, run_id)
        self.problems = session.scalars(
            select(ImportProblem).where(ImportProblem.run_id == run_id).order_by(ImportProblem.id)
        ).all()
        self.counts = (
            self.run.added_count,
            self.run.changed_count,
            self.run.unchanged_count,
            self.run.refused_count,
        )


def imported(session: Session, *rows: dict[str, str], dry_run: bool = False) -> Outcome:
    """Import some rows from beginning to end."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    wanted = Wanted(
        file=CsvFile.from_bytes(out.getvalue().encode(), "reports.csv"),
        mapping_name="demo",
        mapping=IncidentMapping.from_json(MAPPING),
        dry_run=dry_run,
    )
    run_id = begin(session, SYSTEM_ACTOR, wanted, now=NOW)
    importer = Importer.open(session, run_id, wanted.file, now=NOW)
    for batch in importer.batches():
        importer.take(session, SYSTEM_ACTOR, batch, now=NOW)
    finish(session, SYSTEM_ACTOR, run_id, now=NOW)
    session.flush()
    session.expire_all()
    return Outcome(session, run_id)


def only_report(session: Session) -> Incident:
    return session.scalars(select(Incident)).one()


def test_a_whole_row_is_taken_and_its_clock_runs(session: Session) -> None:
    officer = a_person(session, staff_number="P7")
    unit = a_unit(session, name="North")
    outcome = imported(session, GOOD | {"Officer": "p7", "Unit": "NORTH", "Victim": "Demo Victim"})

    report = only_report(session)
    assert (outcome.counts, list(outcome.problems)) == ((1, 0, 0, 0), [])
    assert (report.reference, report.reference_key) == ("CAD 1", "CAD1")
    assert (report.route, report.opening_code) == ("999", "violence")
    assert (report.victim_traced, report.victim_confirmed) == ("yes", "yes")
    assert (report.officer_id, report.unit_id) == (officer.id, unit.id)
    assert report.first_reported_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert report.record_by_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert set(session.scalars(select(IncidentFlag.flag))) == {"child", "language"}
    assert read_history(session, report.id)[0].what == "Imported the report"
    logged = session.scalars(select(ChangeEntry.what).where(ChangeEntry.record_id == report.id))
    assert "incident:import" in logged.all()


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    imported(session, GOOD)
    assert imported(session, GOOD).counts == (0, 0, 1, 0)
    assert len(read_history(session, only_report(session).id)) == 1


def test_a_dry_run_changes_nothing(session: Session) -> None:
    assert imported(session, GOOD, dry_run=True).counts == (1, 0, 0, 0)
    assert session.scalar(select(Incident.id)) is None


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"Log": ""}, "Log", "no reference"),
        ({"Created": ""}, "Created", "has no “First reported at”"),
        ({"Created": "23/11/2026"}, "Created", "time of day"),
        ({"Created": "29/03/2026 01:30"}, "Created", "clocks went forward"),
        ({"Created": "30/11/2026 10:00"}, "Created", "in the past"),
        ({"Type": "Sausages"}, "Type", "Not one of the values"),
        ({"Text": "Short."}, "Text", "REC-01"),
        ({"Source": "sarc"}, "sarc_case (the same in every row)", "what the centre passed on"),
        ({"Source": "Another police force"}, "Force", "which force"),
        ({"Source": "further_offence"}, "During", "being investigated"),
        ({"Caller": "witness", "Traced": "n"}, "Confirmed", "not traced"),
        ({"Victim": "x" * 121}, "Victim", "120 characters"),
    ],
)
def test_a_row_that_breaks_a_rule_is_told_and_the_others_go_in(
    session: Session, change: dict[str, str], column: str, words: str
) -> None:
    outcome = imported(session, GOOD | change, GOOD | {"Log": "CAD 2"})

    assert outcome.counts == (1, 0, 0, 1)
    assert only_report(session).reference == "CAD 2"
    problem = outcome.problems[0]
    assert (problem.line, problem.column) == (2, column)
    assert words in problem.reason


def test_a_reference_that_comes_twice_is_told(session: Session) -> None:
    outcome = imported(session, GOOD, GOOD | {"Log": "cad1"})
    assert outcome.counts == (1, 0, 0, 1)
    assert "on line 2" in outcome.problems[0].reason


def test_what_is_not_known_is_left_out_and_told(session: Session) -> None:
    row = GOOD | {"Officer": "P99", "Unit": "Atlantis", "Marks": "tall", "Crime": "NO/1"}
    outcome = imported(session, row)

    assert outcome.counts == (1, 0, 0, 0)
    assert sorted(p.column for p in outcome.problems) == ["Crime", "Marks", "Officer", "Unit"]


def test_a_domestic_report_that_tells_of_a_crime_is_taken_and_told(session: Session) -> None:
    outcome = imported(session, GOOD | {"Type": "dom non-crime"})

    assert outcome.counts == (1, 0, 0, 0)
    assert "REC-24" in outcome.problems[0].reason


def test_the_first_of_a_repeated_hour_is_assumed_and_noted(session: Session) -> None:
    imported(session, GOOD | {"Created": "25/10/2026 01:30"})
    report = only_report(session)

    assert report.first_reported_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "came twice" in report.time_note


def test_a_changed_row_is_history_and_a_blank_erases_nothing(session: Session) -> None:
    imported(session, GOOD | {"Victim": "Demo Victim"})
    outcome = imported(session, GOOD | {"Victim": "", "Confirmed": "no"})

    report = only_report(session)
    assert outcome.counts == (0, 1, 0, 0)
    assert (report.victim_name, report.victim_confirmed) == ("Demo Victim", "no")
    event = read_history(session, report.id)[0]
    assert (event.what, [one.title for one in event.changed]) == (
        "Imported it again, changed",
        ["Victim confirms it"],
    )


def test_no_import_moves_a_clock_on_or_makes_less_of_a_rape(session: Session) -> None:
    imported(session, GOOD | {"Type": "rape"})
    later = GOOD | {"Created": "23/11/2026 11:00", "Type": "welfare"}
    outcome = imported(session, later)

    report = only_report(session)
    assert report.first_reported_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert report.opening_code == "rape"
    told = " ".join(problem.reason for problem in outcome.problems)
    assert "REC-10" in told
    assert "N100-01" in told

    imported(session, GOOD | {"Created": "23/11/2026 08:00", "Type": "rape"})
    session.expire_all()
    assert report.record_by_at == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_recorded_crime_settles_its_report_and_late_says_why(session: Session) -> None:
    at = datetime(2026, 11, 23, 20, tzinfo=UTC)
    a_crime(session, number="C/1", recorded_at=at)
    a_crime(session, number="C/2", recorded_at=at + timedelta(hours=15))
    a_crime(session, number="C/3", recorded_at=at - timedelta(days=3))
    imported(
        session,
        GOOD | {"Crime": "c/1"},
        GOOD | {"Log": "CAD 2", "Crime": "C/2"},
        GOOD | {"Log": "CAD 3", "Source": "further_offence", "During": "C/3", "Crime": "C/3"},
    )
    settled = dict(session.execute(select(Incident.reference, Incident.settled_at)).all())

    assert settled == {"CAD 1": at, "CAD 2": at + timedelta(hours=15), "CAD 3": None}
    assert session.scalars(select(LateRecord.reason)).one() == "(The import gave no reason.)"
    assert imported(session, GOOD | {"Crime": "c/1"}).counts == (0, 0, 1, 0)


def test_a_report_entered_by_hand_is_mended_by_its_file(session: Session) -> None:
    an_incident(session, reference="CAD 1", first_reported_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert imported(session, GOOD).counts == (0, 1, 0, 0)


def test_what_a_file_does_not_hold_is_said() -> None:
    columns = {n: c for n, c in MAPPING["columns"].items() if not n.startswith(("victim", "off"))}
    mapping = IncidentMapping.from_json({**MAPPING, "columns": columns})
    assert mapping.remarks() == [NO_VICTIMS, NO_OFFICERS]
    assert IncidentMapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": {"nothing": "Log"}}, "no field of a report"),
        ({"columns": {"reference": "Log"}}, "First reported at"),
        ({"words": {"route": {"Emergency": "pigeon"}}}, "can’t be read"),
        ({"words": {"nothing": {}}, "columns": 7}, "can’t be read"),
        ({"date_formats": ["%Q"]}, "not a way to write dates"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        IncidentMapping.from_json({**MAPPING, **change})


def test_a_mapping_is_kept_for_its_kind_of_file(session: Session) -> None:
    mapping = IncidentMapping.from_json(MAPPING)
    keep_mapping(session, SYSTEM_ACTOR, "Control room", mapping, now=NOW)

    assert find_mapping(session, "Control room") == mapping
    assert mapping_names(session, "incidents") == ["Control room"]
    assert "Control room" not in mapping_names(session)


def test_an_operator_takes_reports_from_a_file(app: Flask, tmp_path: Path) -> None:
    mapping, file = tmp_path / "mapping.json", tmp_path / "reports.csv"
    mapping.write_text(json.dumps(MAPPING), encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADINGS)
        writer.writeheader()
        writer.writerow(GOOD | {"Unit": "Atlantis"})
    runner = app.test_cli_runner()

    def command(*words: str) -> str:
        return str(runner.invoke(args=["fcr", "incidents", *words]).output)

    assert command("keep-mapping", "Control room", str(mapping)) == "Kept as Control room.\n"
    assert command("mappings") == "Control room\n"
    said = command("import", str(file), "--mapping", "Control room")
    assert "1 added" in said
    assert "Line 2, Unit: 'Atlantis'" in said
    assert "Atlantis" in command("problems", "1")
    wrong = runner.invoke(args=["fcr", "crimes", "import", str(file), "--mapping", "Control room"])
    assert wrong.output == "Error: The mapping Control room is not for crimes.\n"
