"""The offence list: the short one that is shipped, and the published one."""

import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.domain.rules import RESERVED_CLASSES
from fcr_app.errors import BadFile
from fcr_app.models import ChangeEntry, Offence, OffenceWording
from fcr_app.services.offence_list import INCIDENTS, OFFENCES, read_offence_list
from fcr_app.services.offences import import_ods, load_shipped, read_shipped
from tests.builders import NOW, TODAY

PUBLISHED = Path(__file__).parents[3] / "shared/data/notifiable-offences-2026-27.ods"
needs_published = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="The published offence list is not beside this repository."
)


def offences(session: Session) -> dict[tuple[str, str], Offence]:
    return {(o.offence_class, o.offence_code): o for o in session.scalars(select(Offence))}


@needs_published
def test_the_published_list_is_taken_whole(session: Session) -> None:
    loaded = import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW)

    assert (loaded.row_count, loaded.current_row_count) == (1698, 1630)
    held = offences(session)
    crimes = [offence for offence in held.values() if not offence.reported_incident]
    # 1,698 wordings are 1,416 offences: 39 have several wordings, 099/99 alone 193.
    assert len(crimes) == 1416
    assert sum(offence.current for offence in crimes) == 1369
    assert len({offence.offence_class for offence in crimes} - {""}) == 142
    assert session.scalar(select(func.count()).select_from(OffenceWording)) == 1698 + 17
    incidents = [offence for offence in held.values() if offence.reported_incident]
    assert sorted(o.offence_code for o in incidents if o.current) == [
        *(f"100/{n:02}" for n in range(1, 4)),
        *(f"300/{n:02}" for n in range(1, 9)),
    ]
    assert [o.offence_class for o in incidents if not o.current] == ["N200"] * 6


@needs_published
def test_one_code_stands_in_several_classes(session: Session) -> None:
    import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW)

    classes = defaultdict(set)
    for offence_class, code in offences(session):
        classes[code].add(offence_class)
    assert classes["005/01"] == {"5D", "8S", "8T"}
    assert classes["008/06"] == {"8N", "8S", "8T"}
    assert classes["008/73"] == {"104", "105A"}
    assert classes["019/08"] == {"19C", "19J"}
    assert classes["034/01"] == {"34A", "34B"}
    assert classes["057/00"] == {"58A", "58B", "58C", "58D"}


@needs_published
def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW)
    again = import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW)

    assert (again.added_count, again.changed_count, again.unchanged_count) == (0, 0, 1433)
    logged = session.scalars(select(ChangeEntry.detail)).all()
    assert logged == ["1433 offences added, 0 changed"]


@needs_published
def test_what_is_odd_about_the_list_is_said(session: Session) -> None:
    remarks = import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW).remarks

    assert remarks[0] == "Row 378 (053/46) has no offence category, so it has no class."
    assert "Row 323 of Notifiable_Reported_Incidents is not a reported incident" in remarks[1]
    assert len(remarks) == 7


@needs_published
def test_the_shipped_table_agrees_with_the_published_list() -> None:
    listed = defaultdict(list)
    for row in read_offence_list(PUBLISHED).offences:
        if row.current:
            listed[row.offence_class, row.offence_code].append(row)
    for shipped in read_shipped():
        published = listed[shipped["offence_class"], shipped["offence_code"]]
        assert published, shipped
        based_on = {letter for entry in published for letter in entry.victim_or_state.split("/")}
        assert set(shipped["victim_or_state"].split("/")) == based_on, shipped


@needs_published
def test_the_published_list_takes_the_place_of_the_shipped_one(session: Session) -> None:
    load_shipped(session, now=NOW)
    kept = offences(session)["5D", "005/01"].id
    session.expunge_all()
    loaded = import_ods(session, SYSTEM_ACTOR, PUBLISHED, now=NOW)

    assert loaded.added_count == 1433 - len(read_shipped())
    assert offences(session)["5D", "005/01"].id == kept


def test_the_shipped_table_is_loaded_once(session: Session) -> None:
    first = load_shipped(session, now=NOW)
    again = load_shipped(session, now=NOW)

    assert first.added_count == len(read_shipped()) == len(offences(session))
    assert (again.added_count, again.unchanged_count) == (0, first.added_count)


def test_loading_the_shipped_table_changes_no_offence_that_is_there(session: Session) -> None:
    load_shipped(session, now=NOW)
    offences(session)["8N", "008/06"].title = "As the force words it"
    session.flush()
    load_shipped(session, now=NOW)

    assert offences(session)["8N", "008/06"].title == "As the force words it"


def test_the_shipped_table_holds_every_class_that_only_the_registrar_may_cancel() -> None:
    shipped = {row["offence_class"] for row in read_shipped()}
    assert RESERVED_CLASSES.on(TODAY) <= shipped


def test_the_shipped_table_holds_the_reported_incidents() -> None:
    codes = [row["offence_code"] for row in read_shipped() if row["reported_incident"]]
    assert codes == [
        *(f"100/{n:02}" for n in range(1, 4)),
        *(f"300/{n:02}" for n in range(1, 9)),
    ]


# --- A small list of our own, to break.

HEADING = (
    "Home Office code", "Mode", "Max Sentence", "Victim or State Based", "Class", "Sub class",
    "Offence category", "Offence", "Act", "Section", "Current",
)  # fmt: skip
ASSAULT = (
    "008/06", "E", "5", "v", "Violence", "With injury", "8N Assault with injury", "ABH", "An Act",
    "Sec 47", "Y",
)  # fmt: skip
INCIDENT_HEADING = ("Home Office code", "Class", "Incident category", "Incident", "Year deleted")


def cell(text: str) -> str:
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


def row(texts: tuple[str, ...]) -> str:
    return "<table:table-row>" + "".join(cell(text) for text in texts) + "</table:table-row>"


def sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">' + "".join(rows) + "</table:table>"


def an_ods(folder: Path, *sheets: str, prolog: str = "") -> Path:
    """Write a spreadsheet with these sheets."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{prolog}<office:document-content xmlns:office="{namespace}:office:1.0"'
        f' xmlns:table="{namespace}:table:1.0" xmlns:text="{namespace}:text:1.0">'
        + "".join(sheets)
        + "</office:document-content>"
    )
    path = folder / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return path


INCIDENT_SHEET = sheet(INCIDENTS, row(INCIDENT_HEADING))


def test_repeated_cells_and_rows_are_counted(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
    shared = (
        "<table:table-row>"
        + cell("008/06") + cell("E") + cell("5") + cell("V")
        + '<table:table-cell table:number-columns-repeated="2"><text:p>Same</text:p>'
        "</table:table-cell>"
        + cell("8N Assault") + cell("ABH")
        + "<table:covered-table-cell/>" + cell("Sec 47") + cell("Y")
        + '<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'
    )  # fmt: skip
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING), empty, shared), INCIDENT_SHEET)

    (offence,) = read_offence_list(path).offences
    assert offence.line == 6
    assert (offence.group, offence.subgroup) == ("Same", "Same")
    assert (offence.act, offence.section) == ("", "Sec 47")


def test_a_comment_pinned_to_a_cell_is_not_its_text(tmp_path: Path) -> None:
    commented = row(ASSAULT).replace(
        "<text:p>ABH</text:p>",
        "<office:annotation><text:p>Check this</text:p></office:annotation>"
        "<text:p>Actual<text:s/>bodily</text:p><text:p>harm</text:p>",
    )
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING), commented), INCIDENT_SHEET)

    assert read_offence_list(path).offences[0].title == "Actual bodily harm"


def test_an_offence_that_changes_is_changed(session: Session, tmp_path: Path) -> None:
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING), row(ASSAULT)), INCIDENT_SHEET)
    import_ods(session, SYSTEM_ACTOR, path, now=NOW)
    longer = row((*ASSAULT[:2], "7", *ASSAULT[3:]))
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING), longer), INCIDENT_SHEET)
    loaded = import_ods(session, SYSTEM_ACTOR, path, now=NOW)

    assert (loaded.added_count, loaded.changed_count) == (0, 1)
    session.expire_all()
    offence = offences(session)["8N", "008/06"]
    assert (offence.max_sentence, offence.victim_or_state) == ("7", "V")


def test_a_file_that_is_no_spreadsheet_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    path.write_text("Not a spreadsheet.", encoding="utf-8")
    with pytest.raises(BadFile, match=r"The file is not an ODS spreadsheet\. Download"):
        read_offence_list(path)


def test_a_zip_file_without_a_spreadsheet_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "Nothing here.")
    with pytest.raises(BadFile, match="is not an ODS spreadsheet"):
        read_offence_list(path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"can’t be opened\. Check its name"):
        read_offence_list(tmp_path / "none.ods")


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING)))
    with pytest.raises(BadFile, match="no sheet called Notifiable_Reported_Incidents"):
        read_offence_list(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING[:-1])), INCIDENT_SHEET)
    with pytest.raises(BadFile, match="no column called Current"):
        read_offence_list(path)


def test_a_value_too_long_to_be_published_is_refused(tmp_path: Path) -> None:
    long = row((*ASSAULT[:7], "x" * 401, *ASSAULT[8:]))
    path = an_ods(tmp_path, sheet(OFFENCES, row(HEADING), long), INCIDENT_SHEET)
    with pytest.raises(BadFile, match="Row 2 of Notifiable_Offences_ has more than 400"):
        read_offence_list(path)


def test_a_spreadsheet_that_expands_without_end_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = an_ods(tmp_path, sheet(OFFENCES, row(("&b;",))), prolog=bomb)
    with pytest.raises(BadFile, match="is not an ODS spreadsheet"):
        read_offence_list(path)


def command(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["fcr", "offences", *arguments])


@needs_published
def test_the_command_says_what_it_did(app: Flask) -> None:
    result = command(app, "import", str(PUBLISHED))

    assert result.exit_code == 0, result.output
    assert "1,698 rows, 1,630 of them in force" in result.output
    assert "1,433 offences added, 0 changed, 0 as before" in result.output
    assert "Row 378 (053/46)" in result.output


def test_the_command_refuses_a_bad_file_in_one_sentence(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    path.write_text("Not a spreadsheet.", encoding="utf-8")
    result = command(app, "import", str(path))

    assert result.exit_code == 1
    assert result.output.startswith("Error: The file is not an ODS spreadsheet.")
