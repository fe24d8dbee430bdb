"""Columns about equality in files of crimes and reports: read, written, and never guessed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import EqualityAnswer, EqualityRecord, ImportProblem, Incident, Victim
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.equality.answers import NewAnswer, give_answer
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.runs import Importer, Wanted, begin, finish
from fcr_app.services.incident_import.mapping import IncidentMapping
from tests.builders import NOW, TODAY, a_person, as_actor

CRIMES = ColumnMapping.from_json(
    {
        "columns": {"crime_number": "Number", "reported_at": "Reported"},
        "date_formats": ["%d/%m/%Y %H:%M", "%d/%m/%Y"],
        "victims": [
            {
                "name": "Victim",
                "kind": "Kind",
                "date_of_birth": "Born",
                "sex": "Sex",
                "ethnicity": "Ethnicity",
                "ethnicity_observed": "Seen as",
            }
        ],
    }
)
HEADINGS = "Number,Reported,Victim,Kind,Born,Sex,Ethnicity,Seen as\n"
REPORTS = IncidentMapping.from_json(
    {
        "columns": {
            "reference": "Ref",
            "first_reported_at": "At",
            "account": "What",
            "victim_age": "Age",
            "victim_ethnicity": "Ethnicity",
            "crime_number": "Crime",
        },
        "constants": {"opening_code": "violence", "route": "101", "reporter_type": "victim"},
        "date_formats": ["%d/%m/%Y %H:%M"],
    }
)


def take(session: Session, mapping: FileMapping, text: str) -> Mapping[str, int]:
    file = CsvFile.from_bytes(text.encode(), "demo.csv")
    wanted = Wanted(file=file, mapping_name="demo", mapping=mapping, dry_run=False)
    run_id = begin(session, SYSTEM_ACTOR, wanted, now=NOW)
    importer = Importer.open(session, run_id, file, now=NOW)
    for batch in importer.batches():
        importer.take(session, SYSTEM_ACTOR, batch, now=NOW)
    finish(session, SYSTEM_ACTOR, run_id, now=NOW)
    session.expire_all()
    return {"run": run_id}


def answers(session: Session, victim: str) -> dict[str, tuple[str, str, str]]:
    found = session.execute(
        select(
            EqualityAnswer.item,
            EqualityAnswer.value,
            EqualityAnswer.group,
            EqualityAnswer.missing_reason,
        )
        .join(Victim, Victim.equality_record_id == EqualityAnswer.record_id)
        .where(Victim.name == victim, EqualityAnswer.superseded_at.is_(None))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found}


def problems(session: Session, run_id: int) -> list[tuple[Any, ...]]:
    rows = session.scalars(
        select(ImportProblem).where(ImportProblem.run_id == run_id).order_by(ImportProblem.id)
    )
    return [(row.line, row.column, row.value) for row in rows]


def test_a_file_of_crimes_brings_what_it_knows_and_reports_what_it_does_not(
    session: Session,
) -> None:
    run = take(
        session,
        CRIMES,
        HEADINGS
        + "A1,01/11/2026 10:00,Demo One,person,24/11/1990,F,"
        + "Asian/Asian British - Chinese,IC5\n"
        + "A2,01/11/2026 10:00,Demo Two,person,,Male,Other ethnic group - Not stated,White\n"
        + "A3,01/11/2026 10:00,Demo Three,person,31/02/1990,Other,Martian,IC9\n"
        + "A4,01/11/2026 10:00,Demo Shop,business,,,W1,\n"
        + "A5,01/11/2026 10:00,Demo Five,person,,,,\n",
    )

    assert answers(session, "Demo One") == {
        "age": ("1990-11-24", "35-44", ""),
        "sex": ("female", "female", ""),
        "ethnicity": ("A4", "asian", ""),
        "ethnicity_observed": ("IC5", "ic5", ""),
    }
    assert answers(session, "Demo Two") == {
        "sex": ("male", "male", ""),
        "ethnicity": ("", "", "not_stated"),
    }
    assert answers(session, "Demo Three") == {"ethnicity_observed": ("", "", "unknown")}
    assert answers(session, "Demo Five") == {}
    assert problems(session, run["run"]) == [
        (3, "Seen as", "White"),
        (4, "Born", ""),  # nobody's date of birth stands among the problems
        (4, "Sex", "Other"),
        (4, "Ethnicity", "Martian"),
    ]
    records = session.scalars(select(EqualityRecord)).all()
    assert len(records) == 4  # the shop has none
    assert {record.completed_at for record in records} == {None}


def test_what_somebody_here_was_told_stands_and_an_import_corrects_only_an_import(
    session: Session,
) -> None:
    row = "A1,01/11/2026 10:00,Demo One,person,,F,{},IC1\n"
    take(session, CRIMES, HEADINGS + row.format("White - Irish"))
    record = session.scalars(select(EqualityRecord)).one()
    officer = as_actor(session, a_person(session))
    told = NewAnswer(item=Item.SEX, value="male", given_on=TODAY)
    give_answer(session, officer, record.id, told, now=NOW)

    take(session, CRIMES, HEADINGS + row.format("White - British"))

    found = answers(session, "Demo One")
    assert found["sex"][0] == "male"
    assert found["ethnicity"][0] == "W1"
    everything = session.scalars(
        select(EqualityAnswer.value)
        .where(EqualityAnswer.item == "ethnicity")
        .order_by(EqualityAnswer.id)
    ).all()
    assert everything == ["W2", "W1"]
    take(session, CRIMES, HEADINGS + row.format("White - British"))
    assert len(session.scalars(select(EqualityAnswer)).all()) == 5


def test_a_report_and_the_crime_recorded_from_it_share_what_both_files_say(
    session: Session,
) -> None:
    take(session, CRIMES, HEADINGS + "A1,01/11/2026 10:00,Demo One,person,,,,\n")
    run = take(
        session,
        REPORTS,
        "Ref,At,What,Age,Ethnicity,Crime\n"
        "R1,01/11/2026 09:00,A demonstration account of what was reported.,41,B2,A1\n"
        "R2,01/11/2026 09:00,A demonstration account of what was reported.,,,\n",
    )

    assert problems(session, run["run"]) == []
    report = session.scalars(select(Incident).where(Incident.reference == "R1")).one()
    record = session.scalars(
        select(EqualityRecord).where(EqualityRecord.incident_id == report.id)
    ).one()
    assert answers(session, "Demo One") == {
        "age": ("41", "35-44", ""),
        "ethnicity": ("B2", "black", ""),
    }
    assert len(session.scalars(select(EqualityRecord)).all()) == 1
    assert record.completed_at is None
