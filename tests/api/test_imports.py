"""A file through the interface: handed over, read by a mapping, tried, taken, its problems read."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app.api.access import LARGEST_BODY_BYTES
from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, ImportFile
from tests.api.programs import Program, a_program
from tests.builders import a_person, an_offence

LONGEST_WAIT = 20
CONTENT = (
    b"Crime No,Date Reported,Class,Code,OIC\n"
    b"01/26,23/11/2026 09:00,34B,034/01,P1\n"
    b"02/26,yesterday,34B,034/01,P999\n"
)
COLUMNS = {
    "columns": {
        "crime_number": "Crime No",
        "reported_at": "Date Reported",
        "offence_class": "Class",
        "offence_code": "Code",
    },
    "people": [{"column": "OIC", "part": "oic"}],
}
NAMED = {"name": "Demo system", "kind": "crimes", "mapping": COLUMNS}


@pytest.fixture
def program(app: Flask, session: Session) -> Iterator[Program]:
    """Give a registrar's program, in a force with an officer and an offence."""
    fcr = a_person(session, name="Demo FCR One", roles=[Role.FCR])
    a_person(session, staff_number="P1")
    an_offence(session)
    yield a_program(app, session, fcr)
    for thread in threading.enumerate():  # no import outlives its test
        if thread.name.startswith("import-"):
            thread.join()


def upload(program: Program, content: bytes = CONTENT, **headers: str) -> TestResponse:
    said = {"Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="a.csv"'}
    return program.send("POST", "/imports/files", data=content, headers={**said, **headers})


def when_over(program: Program, started: TestResponse) -> dict[str, Any]:
    """Ask an import how far it is until it is over."""
    path = started.headers["Location"].removeprefix("/api/v1")
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        said: dict[str, Any] = program.get(path).get_json()
        if said["over"]:
            return said
        time.sleep(0.05)
    raise AssertionError(f"{path} was not over after {LONGEST_WAIT} seconds.")


def test_a_file_is_tried_and_taken_and_its_problems_are_read(
    program: Program, session: Session
) -> None:
    file = upload(program).get_json()
    assert (file["name"], file["columns"][0]["heading"]) == ("a.csv", "Crime No")
    assert program.post("/imports/mappings", NAMED).status_code == 201
    checked = program.get(f"/imports/files/{file['id']}", mapping="Demo system").get_json()
    assert (checked["problem"], checked["unused"]) == ("", [])

    wanted = {"file_id": file["id"], "mapping": "Demo system"}
    tried = when_over(program, program.post("/imports", {**wanted, "dry_run": True}))
    assert (tried["added_count"], tried["rows_done"], tried["dry_run"]) == (1, 2, True)
    assert session.scalar(select(func.count()).select_from(Crime)) == 0

    taken = when_over(program, program.post("/imports", wanted))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Crime)) == taken["added_count"] == 1
    assert session.scalar(select(func.count()).select_from(ImportFile)) == 0
    problems = program.get(f"/imports/{taken['id']}/problems").get_json()["items"]
    assert {(one["line"], one["column"], one["value"]) for one in problems} == {
        (3, "Date Reported", "yesterday"),
        (3, "OIC", "P999"),
    }
    copy = program.get(f"/imports/{taken['id']}/problems.csv")
    assert copy.mimetype == "text/csv"
    assert "yesterday" in copy.text
    session.rollback()
    logged = set(session.scalars(select(AccessEntry.what)))
    assert {"import:problems", "import:problems-download"} <= logged
    assert [run["id"] for run in program.get("/imports").get_json()["items"]] == [
        taken["id"],
        tried["id"],
    ]


def test_what_is_no_csv_file_is_refused_and_not_kept(program: Program, session: Session) -> None:
    assert upload(program, b"").status_code == 422
    assert "Excel" in upload(program, b"PK\x03\x04rest").get_json()["detail"]
    assert upload(program, Content_Type="application/json").status_code == 415
    assert session.scalar(select(func.count()).select_from(ImportFile)) == 0


def test_a_file_may_be_larger_than_other_bodies(program: Program) -> None:
    row = b"01/26,23/11/2026 09:00,34B,034/01,P1\n"
    content = CONTENT + row * (LARGEST_BODY_BYTES // len(row) + 1)

    assert upload(program, content).status_code == 201
    assert program.post("/imports/mappings", {"name": "x" * LARGEST_BODY_BYTES}).status_code == 413


def test_a_file_sent_twice_with_one_key_is_kept_once(program: Program, session: Session) -> None:
    first, again = (upload(program, Idempotency_Key="one") for _ in range(2))

    assert first.get_json() == again.get_json()
    assert session.scalar(select(func.count()).select_from(ImportFile)) == 1


def test_a_mapping_that_could_take_nothing_or_names_no_field_of_its_kind_is_refused(
    program: Program,
) -> None:
    for mapping, field in (
        ({"columns": {}}, "crime_number"),
        ({"columns": {"crime_number": "A"}, "words": {}}, "mapping"),
        ({"columns": {"crime_number": "A"}, "date_formats": ["%Y%Y"]}, "date_formats"),
        ({"columns": {"crime_number": "A"}, "flags": {"unheard": "B"}}, ""),
    ):
        answer = program.post("/imports/mappings", {**NAMED, "mapping": mapping})
        assert answer.status_code == 422
        assert answer.get_json()["refusals"][0]["field"] == field
    assert "Demo system" not in program.get("/imports/mappings").get_json()["names"]


def test_a_mapping_replaces_another_only_when_it_says_so(program: Program) -> None:
    other = {**NAMED, "mapping": {"columns": {"crime_number": "Number"}}}
    program.post("/imports/mappings", NAMED)

    assert program.post("/imports/mappings", other).status_code == 422
    assert program.post("/imports/mappings", {**other, "replaces": True}).status_code == 201
    kept = program.get("/imports/mapping", name="Demo system").get_json()["mapping"]
    assert kept["columns"] == {"crime_number": "Number"}


def test_a_file_that_lacks_a_column_is_refused_with_its_name(program: Program) -> None:
    program.post("/imports/mappings", NAMED)
    file = upload(program, b"Other\n1\n").get_json()

    checked = program.get(f"/imports/files/{file['id']}", mapping="Demo system").get_json()
    answer = program.post("/imports", {"file_id": file["id"], "mapping": "Demo system"})

    assert "Crime No" in checked["problem"]
    assert (answer.status_code, answer.get_json()["detail"]) == (422, checked["problem"])
