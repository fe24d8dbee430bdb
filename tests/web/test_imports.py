"""The pages of imports: choosing a file and its columns, trying it, watching it, what it left."""

import html
import io
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, ImportFile, ImportRun, Incident
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.imports import runs
from fcr_app.services.imports.mappings import find_mapping, keep_mapping
from tests.builders import NOW, PASSWORD, a_person, an_offence, as_actor

BAD_INPUT, SEE_OTHER, FORBIDDEN, NOT_FOUND = 400, 303, 403, 404
LONGEST_WAIT = 20

CONTENT = (
    b"Crime No,Date Reported,Class,Code,OIC,DA,State\n"
    b"01/26,23/11/2026 09:00,34B,034/01,P1,Y,Crimed\n"
    b"02/26,yesterday,34B,034/01,P999,N,Crimed\n"
    b'03/26,23/11/2026 09:00,34B,034/01,"=1+1",N,Crimed\n'
)
CHOSEN = {
    "column-crime_number": "Crime No",
    "column-reported_at": "Date Reported",
    "column-offence_class": "Class",
    "column-offence_code": "Code",
    "column-status": "State",
    "part-oic": "OIC",
    "flag-domestic_abuse": "DA",
    "status-words": "Crimed = recorded",
    "date-style": "day",
    "name": "Demo system",
    "base": "",
}


@pytest.fixture(autouse=True)
def fcr(session: Session, client: FlaskClient) -> Iterator[str]:
    """Sign in as a registrar, in a force with an officer and an offence."""
    fcr = a_person(session, name="Demo FCR One", roles=[Role.FCR], password=PASSWORD)
    a_person(session, staff_number="P1")
    an_offence(session)
    email = fcr.email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    yield email
    for thread in threading.enumerate():  # no import outlives its test
        if thread.name.startswith("import-"):
            thread.join()


def upload(
    client: FlaskClient, content: bytes = CONTENT, mapping: str = "", kind: str = "crimes"
) -> TestResponse:
    file = (io.BytesIO(content), "extract.csv")
    return client.post("/imports/new", data={"file": file, "mapping": mapping, "kind": kind})


def chosen(client: FlaskClient) -> str:
    """Upload a file and choose its columns; return the address of the page that checks."""
    columns = upload(client).location
    found = client.post(columns, data=CHOSEN).location
    assert found is not None
    return found


def when_over(client: FlaskClient, address: str) -> TestResponse:
    """Wait for an import that runs in the background, as its page does."""
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        page = client.get(address)
        if "Refresh" not in page.headers:
            return page
        time.sleep(0.05)
    raise AssertionError(f"{address} was not over after {LONGEST_WAIT} seconds.")


def run(client: FlaskClient, check: str, *, dry: bool) -> TestResponse:
    path, _, query = check.partition("?")
    name = query.removeprefix("mapping=").replace("+", " ")
    sent = client.post(path, data={"mapping": name, "dry_run": "yes" if dry else "no"})
    assert sent.status_code == SEE_OTHER
    return when_over(client, str(sent.location))


def numbers(session: Session) -> list[str]:
    found = list(session.scalars(select(Crime.crime_number).order_by(Crime.id)))
    session.rollback()
    return found


def test_an_empty_list_says_what_would_fill_it(client: FlaskClient) -> None:
    page = client.get("/imports")
    assert "Nothing was imported yet" in page.text
    assert "a dry run says what would happen" in page.text


def test_a_file_is_uploaded_its_columns_chosen_tried_and_taken(
    client: FlaskClient, session: Session
) -> None:
    check = chosen(client)
    assert "A dry run reads every row" in client.get(check).text

    tried = run(client, check, dry=True)
    assert "Nothing was changed. This is what an import would do." in tried.text
    assert numbers(session) == []

    taken = run(client, check, dry=False)
    assert numbers(session) == ["01/26", "03/26"]
    for words in (
        "Date Reported",
        "yesterday",
        "This is not a date or time that can be read.",
        "No times of recording",
        "No victims: add a victim before one has to be told.",
    ):
        assert words in taken.text
    assert "extract.csv" in client.get("/imports").text
    assert session.scalars(select(ImportFile)).all() == []


def test_headings_that_can_be_recognised_are_chosen_already(client: FlaskClient) -> None:
    page = client.get(str(upload(client).location))
    for heading in ("Crime No", "Date Reported", "Class", "Code", "OIC", "DA"):
        assert f'<option value="{heading}" selected' in page.text
    assert "Crime No: 01/26" in page.text


def test_a_mapping_is_kept_and_offered_at_the_next_import(
    client: FlaskClient, session: Session
) -> None:
    chosen(client)
    mapping = find_mapping(session, "Demo system").to_json()
    session.rollback()
    assert mapping["people"] == [{"column": "OIC", "part": "oic"}]
    assert mapping["status_words"] == {"crimed": "recorded"}

    assert '<option value="Demo system"' in client.get("/imports/new").text
    check = upload(client, mapping="Demo system").location
    assert "Demo system" in client.get(str(check)).text


def test_changing_a_kept_mapping_keeps_what_the_page_can_not_show(
    client: FlaskClient, session: Session
) -> None:
    mapping = ColumnMapping.from_json(
        {
            "columns": {"crime_number": "Crime No"},
            "constants": {"unit": "North"},
            "date_formats": ["%d.%m.%Y"],
            "victims": [{"name": "OIC"}, {"name": "DA"}],
            "people": [{"column": "OIC", "part": "oic"}],
            "flag_list": "DA",
            "flag_words": {"Blade": "knife"},
        }
    )
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    keep_mapping(session, fcr, "By hand", mapping, now=NOW)
    session.commit()
    columns = f"{upload(client).location!s}?mapping=By+hand"
    page = client.get(columns)
    assert "blade = knife" in page.text
    assert "As this mapping says" in page.text

    form = CHOSEN | {"name": "By hand", "base": "By hand", "date-style": "kept"}
    form |= {"victim-name": "OIC", "flag-list": "DA", "flag-words": "blade = knife"}
    client.post(columns.partition("?")[0], data=form)
    kept = find_mapping(session, "By hand")
    assert isinstance(kept, ColumnMapping)
    assert (dict(kept.constants), kept.date_formats) == ({"unit": "North"}, ["%d.%m.%Y"])
    assert [dict(victim) for victim in kept.victims] == [{"name": "OIC"}, {"name": "DA"}]


@pytest.mark.parametrize(
    ("change", "message", "box"),
    [
        ({"column-crime_number": ""}, "Choose the column that holds the crime number.",
         "column-crime_number"),
        ({"name": " "}, "Enter a name for the mapping.", "name"),
        ({"status-words": "Crimed"}, "Write each line like", "status-words"),
        ({"status-words": "Crimed = crimed"}, "our words are: recorded, transferred",
         "status-words"),
        ({"flag-words": "DV = odd"}, "is not one of those", "flag-words"),
        ({"victim-kind": "State"}, "Choose the column that holds the victim’s name.",
         "victim-name"),
    ],
)  # fmt: skip
def test_choices_that_make_no_sense_come_back_with_what_to_do(
    client: FlaskClient, change: dict[str, str], message: str, box: str
) -> None:
    columns = str(upload(client).location)
    page = client.post(columns, data=CHOSEN | change)
    assert page.status_code == BAD_INPUT
    assert message in page.text
    assert f'href="#{box}"' in page.text
    assert '<option value="OIC" selected' in page.text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Choose another."),
        (b"PK\x03\x04", "an Excel workbook or a ZIP archive, not CSV. Save it as CSV"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_at_the_field(
    client: FlaskClient, session: Session, content: bytes, message: str
) -> None:
    page = upload(client, content)
    assert page.status_code == BAD_INPUT
    assert message in page.text
    assert 'href="#file"' in page.text
    assert session.scalars(select(ImportFile)).all() == []


def test_a_file_has_to_be_chosen(client: FlaskClient) -> None:
    page = client.post("/imports/new", data={"mapping": ""})
    assert page.status_code == BAD_INPUT
    assert "Select a CSV file." in page.text


def test_a_file_that_lacks_a_column_is_said_to(client: FlaskClient) -> None:
    check = str(upload(client, mapping="police-uk").location)
    page = client.get(check)
    assert page.status_code == BAD_INPUT
    assert "no column called “Crime ID”, “Month”, “Crime type” and “Location”" in page.text
    assert "Import now" not in page.text
    assert client.post(check.partition("?")[0], data={"mapping": "police-uk"}).status_code == 400


def test_a_mapping_or_a_file_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    check = str(upload(client).location).removesuffix("/columns")
    assert client.get(f"{check}?mapping=None").status_code == NOT_FOUND
    assert "no longer kept" in client.get("/imports/files/999?mapping=police-uk").text
    assert client.get("/imports/999").status_code == NOT_FOUND
    assert client.get("/imports/999/problems.csv").status_code == NOT_FOUND


def test_the_list_of_problems_can_be_taken_away_and_that_is_logged(
    client: FlaskClient, session: Session
) -> None:
    run(client, chosen(client), dry=True)
    session.rollback()
    sent = client.get("/imports/1/problems.csv")

    assert sent.headers["Content-Disposition"] == (
        'attachment; filename="OFFICIAL-SENSITIVE-import-1-problems.csv"'
    )
    lines = sent.text.removeprefix("\N{BYTE ORDER MARK}").splitlines()
    assert lines[0] == "Line,Column,Value,Problem"
    assert lines[1].startswith("3,Date Reported,yesterday,")
    # A spreadsheet would run =1+1; the mark in front makes it show it.
    assert any(line.startswith("4,OIC,'=1+1,") for line in lines)
    entry = session.scalars(
        select(AccessEntry).where(AccessEntry.what == "import:problems-download")
    ).one()
    assert (entry.verb, entry.recipient) == ("disclosure", "Demo FCR One")


def test_many_problems_are_paged_and_counted(client: FlaskClient) -> None:
    rows = b"".join(b"%d/26,x,34B,034/01,,,\n" % n for n in range(60))
    columns = str(upload(client, CONTENT.splitlines()[0] + b"\n" + rows).location)
    page = run(client, str(client.post(columns, data=CHOSEN).location), dry=True)

    assert "60 values" in page.text
    assert len(page.data) < 80_000
    assert '"row"><span class="app-cell-label">Line </span>26' in page.text
    second = client.get("/imports/1?after=25")
    assert '"row"><span class="app-cell-label">Line </span>27' in second.text
    assert 'rel="prev"' in second.text
    first = client.get("/imports/1?before=26")
    assert '"row"><span class="app-cell-label">Line </span>2<' in first.text
    assert 'rel="prev"' not in first.text


def test_an_import_that_stands_still_says_so_and_can_be_gone_on_with(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH_SIZE", 1)
    run(client, chosen(client), dry=True)
    long_ago = clock.now() - timedelta(minutes=5)
    session.execute(update(ImportRun).values(state="running", rows_done=1, moved_at=long_ago))
    session.commit()
    page = client.get("/imports/1")
    assert "Stopped after 1 of 3 rows." in page.text
    assert "Refresh" not in page.headers
    assert "Stopped" in client.get("/imports").text

    assert client.post("/imports/1").status_code == SEE_OTHER
    page = when_over(client, "/imports/1")
    assert "Dry run done" in page.text


def test_a_running_import_shows_how_far_it_is_and_looks_again(
    client: FlaskClient, session: Session
) -> None:
    run(client, chosen(client), dry=True)
    session.execute(update(ImportRun).values(state="running", rows_done=2, moved_at=clock.now()))
    session.commit()
    page = client.get("/imports/1")
    assert "2 of 3 rows, 66%" in page.text
    assert page.headers["Refresh"] == "3"
    assert "66%" in client.get("/imports").text


def test_an_import_whose_file_is_gone_can_not_be_gone_on_with(
    client: FlaskClient, session: Session
) -> None:
    run(client, chosen(client), dry=False)
    session.execute(update(ImportRun).values(state="failed"))
    session.commit()
    assert "its file is no longer kept" in client.get("/imports/1").text
    assert client.post("/imports/1").status_code == NOT_FOUND


def test_an_import_that_breaks_is_marked_and_not_lost(
    client: FlaskClient, session: Session
) -> None:
    # Somebody enters the same crime while the batch is being written: here, a trigger does.
    check = chosen(client)
    session.connection().exec_driver_sql(_breaking(session))
    session.commit()
    page = run(client, check, dry=False)
    assert "Stopped after 0 of 3 rows." in page.text
    assert numbers(session) == []


def _breaking(session: Session) -> str:
    """Return the statement that makes the database refuse every new crime."""
    if session.get_bind().dialect.name == "sqlite":
        return (
            "create trigger broken before insert on crimes begin select raise(abort, 'broken'); end"
        )
    return "alter table crimes add constraint broken check (crime_number = 'none') not valid"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DDM, Role.ADMINISTRATOR])
def test_only_the_registrar_s_team_may_import(
    client: FlaskClient, session: Session, role: Role
) -> None:
    email = a_person(session, roles=[role], password=PASSWORD).email
    session.commit()
    client.post("/sign-out")
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert client.get("/imports").status_code == FORBIDDEN
    assert upload(client).status_code == FORBIDDEN


REPORTS = (
    b"CAD,Call Time,Type,Source,Caller,Text\n"
    b"CAD 1,23/11/2026 09:00,Violence,Emergency,victim,A man hit the caller in the street.\n"
    b"CAD 2,yesterday,Violence,Emergency,victim,A man hit the caller in the street.\n"
)
REPORT_COLUMNS = {
    "kind": "incidents",
    "name": "Control room",
    "base": "",
    "column-reference": "CAD",
    "column-first_reported_at": "Call Time",
    "column-opening_code": "Type",
    "column-route": "Source",
    "column-reporter_type": "Caller",
    "column-account": "Text",
    "report-words": "route: Emergency = 999",
    "constants": "location = Demo Town",
    "date-style": "day",
}


def test_reports_are_imported_by_the_same_pages(client: FlaskClient, session: Session) -> None:
    columns = str(upload(client, REPORTS, kind="incidents").location)
    page = client.get(columns).text
    assert '<option value="CAD" selected' in page
    assert "What is the same in every row" in page

    check = str(client.post(columns, data=REPORT_COLUMNS).location)
    taken = run(client, check, dry=False)

    assert "Reports of crime. Started" in taken.text
    assert "yesterday" in taken.text
    report = session.scalars(select(Incident)).one()
    assert (report.reference, report.location) == ("CAD 1", "Demo Town")
    session.rollback()
    assert "Reports of crime" in client.get("/imports").text
    assert "Control room (reports of crime)" in client.get("/imports/new").text
    again = client.get(f"{columns.partition('?')[0]}?mapping=Control+room")
    assert again.status_code == NOT_FOUND  # the file was forgotten once it was in


@pytest.mark.parametrize(
    ("change", "message", "box"),
    [
        ({"column-account": ""}, "Choose the column that holds “What was reported”",
         "column-account"),
        ({"report-words": "route: Emergency = pigeon"}, "Our words for route are: 999",
         "report-words"),
        ({"report-words": "colour: red = blue"}, "The fields are: opening_code", "report-words"),
        ({"constants": "colour = blue"}, "the fields are: reference", "constants"),
    ],
)  # fmt: skip
def test_choices_for_reports_that_make_no_sense_come_back(
    client: FlaskClient, change: dict[str, str], message: str, box: str
) -> None:
    columns = str(upload(client, REPORTS, kind="incidents").location)
    page = client.post(columns, data=REPORT_COLUMNS | change)
    assert page.status_code == BAD_INPUT
    assert message in html.unescape(page.text)
    assert f'href="#{box}"' in page.text


def test_a_mapping_of_reports_is_changed_on_its_page(client: FlaskClient) -> None:
    columns = str(upload(client, REPORTS, kind="incidents").location)
    client.post(columns, data=REPORT_COLUMNS)
    page = client.get(f"{columns.partition('?')[0]}?mapping=Control+room").text
    assert "route: emergency = 999" in page
    assert "location = Demo Town" in page
    name = client.post(
        columns.partition("?")[0], data=CHOSEN | {"name": "Control room", "kind": "crimes"}
    )
    assert "This name is of a mapping for reports of crime" in name.text
