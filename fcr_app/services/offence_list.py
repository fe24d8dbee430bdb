"""Reads the Home Office notifiable offence list exactly as it is published: an ODS spreadsheet.

Nothing is stored here; ``services/offences.py`` does that.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from fcr_app.errors import BadFile

OFFENCES = "Notifiable_Offences_"
INCIDENTS = "Notifiable_Reported_Incidents"
CODE = "Home Office code"
#: What each sheet must have; the rest of its columns are left alone.
COLUMNS: Mapping[str, Sequence[str]] = {
    OFFENCES: (
        CODE, "Mode", "Max Sentence", "Victim or State Based", "Class", "Sub class",
        "Offence category", "Offence", "Act", "Section", "Current",
    ),
    INCIDENTS: (CODE, "Class", "Incident category", "Incident", "Year deleted"),
}  # fmt: skip

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SPACES = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
#: The published sheet unpacks to 2 MB; far more than this is no offence list.
_LARGEST = 100_000_000
#: Spreadsheets pad rows to the last of 16,384 columns, and sheets to a million rows.
_WIDEST = 50
_LONGEST = 20_000
#: "19C Rape ..." and "4/1 Manslaughter", but "NFIB 13 ..." and "NFIB13 ..." alike.
_CATEGORY = re.compile(r"(NFIB ?\d+[A-Z]?|\S*)\s*(.*)")
#: Longer than anything published; the database has no room for more.
_LONGEST_TEXT = {CODE: 10, "Mode": 3, "Max Sentence": 15, "Victim or State Based": 3, "Class": 80}
_LONGEST_OTHER = 400
_WHERE_TO_GET_IT = "Download the notifiable offence list from GOV.UK in ODS format and try again."


@dataclass(frozen=True, kw_only=True)
class ListedOffence:
    """One row of the published list.

    Attributes:
        line: Row of the sheet, as a spreadsheet program numbers it.
        offence_class: Such as ``19C``; empty where the list gives no category.
        reported_incident: A reported incident (N100, N300), not a crime.
    """

    line: int
    offence_class: str
    offence_code: str
    class_title: str
    title: str
    group: str
    subgroup: str
    victim_or_state: str
    max_sentence: str
    mode: str
    act: str
    section: str
    current: bool
    reported_incident: bool = False


@dataclass(frozen=True, kw_only=True)
class OffenceList:
    """The published list, and what is odd about it, a sentence each."""

    offences: tuple[ListedOffence, ...]
    remarks: tuple[str, ...]


def read_offence_list(path: Path) -> OffenceList:
    """Read the published list.

    Raises:
        BadFile: If it is not that spreadsheet, or lacks a sheet or a column.
    """
    sheets = _read_sheets(path)
    for name in COLUMNS:
        if name not in sheets:
            raise BadFile(f"The spreadsheet has no sheet called {name}. {_WHERE_TO_GET_IT}")
    offences, remarks = [], []
    for line, row in _by_heading(OFFENCES, sheets[OFFENCES]):
        offence = _offence(line, row)
        offences.append(offence)
        if not offence.offence_class:
            remarks.append(
                f"Row {line} ({offence.offence_code}) has no offence category, so it has no class."
            )
    for line, row in _by_heading(INCIDENTS, sheets[INCIDENTS]):
        if re.fullmatch(r"N\d+", row["Class"]):
            offences.append(_incident(line, row))
        else:
            remarks.append(
                f"Row {line} of {INCIDENTS} is not a reported incident, so it was left out."
            )
    return OffenceList(offences=tuple(offences), remarks=tuple(remarks))


def _offence(line: int, row: Mapping[str, str]) -> ListedOffence:
    parts = _CATEGORY.fullmatch(row["Offence category"])
    number, title = parts.groups() if parts else ("", "")
    return ListedOffence(
        line=line,
        offence_class=number.replace(" ", ""),
        offence_code=row[CODE],
        class_title=title,
        title=row["Offence"],
        group=row["Class"],
        subgroup=row["Sub class"],
        victim_or_state=row["Victim or State Based"].upper(),
        max_sentence=row["Max Sentence"],
        mode=row["Mode"],
        act=row["Act"],
        section=row["Section"],
        current=row["Current"].upper() == "Y",
    )


def _incident(line: int, row: Mapping[str, str]) -> ListedOffence:
    return ListedOffence(
        line=line,
        offence_class=row["Class"],
        offence_code=row[CODE],
        class_title=row["Incident category"],
        title=row["Incident"],
        group="Reported incidents",
        subgroup=row["Incident category"],
        victim_or_state="",
        max_sentence="",
        mode="",
        act="",
        section="",
        current=not row["Year deleted"],
        reported_incident=True,
    )


def _by_heading(
    sheet: str, rows: Sequence[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row below the heading that has a code, by column name."""
    heading = next((cells for _, cells in rows if CODE in cells), [])
    missing = [column for column in COLUMNS[sheet] if column not in heading]
    if missing:
        raise BadFile(
            f"The sheet {sheet} has no column called {' or '.join(missing)}. {_WHERE_TO_GET_IT}"
        )
    below = False
    for line, cells in rows:
        if below:
            padded = cells + [""] * len(heading)
            row = dict(zip(heading, padded, strict=False))
            if row[CODE]:
                _check_lengths(sheet, line, row)
                yield line, row
        below = below or cells is heading


def _check_lengths(sheet: str, line: int, row: Mapping[str, str]) -> None:
    for column in COLUMNS[sheet]:
        longest = _LONGEST_TEXT.get(column, _LONGEST_OTHER)
        if len(row[column]) > longest:
            raise BadFile(
                f"Row {line} of {sheet} has more than {longest} characters under {column}, so "
                f"this is not the published list. {_WHERE_TO_GET_IT}"
            )


def _read_sheets(path: Path) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the rows of each sheet that hold anything, with their numbers."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("content.xml").file_size > _LARGEST:
                raise BadFile(f"The spreadsheet is far too large. {_WHERE_TO_GET_IT}")
            with archive.open("content.xml") as content:
                return _sheets(content)
    except OSError as error:
        raise BadFile(f"The file {path} can’t be opened. Check its name.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, ParseError, DefusedXmlException) as error:
        raise BadFile(f"The file is not an ODS spreadsheet. {_WHERE_TO_GET_IT}") from error


def _sheets(content: IO[bytes]) -> dict[str, list[tuple[int, list[str]]]]:
    sheets: dict[str, list[tuple[int, list[str]]]] = {}
    rows: list[tuple[int, list[str]]] = []
    line = 0
    for event, element in iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            rows = sheets.setdefault(element.get(f"{_TABLE}name", ""), [])
            line = 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            cells = _cells(element)
            if any(cells):
                rows.extend((line + n, cells) for n in range(1, min(repeated, _LONGEST) + 1))
            line += repeated
            element.clear()
    return sheets


def _cells(row: Element) -> list[str]:
    """Return a row's texts. A cell may stand for several; one covered by another is empty."""
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        cells.extend([_words(cell)] * min(repeated, _WIDEST - len(cells)))
    return cells


def _words(cell: Element) -> str:
    """Return a cell's own paragraphs as one line; comments pinned to it are not its text."""
    parts: list[str] = []
    for paragraph in cell.findall(f"{_TEXT}p"):
        for element in paragraph.iter():
            if element.tag in _SPACES:
                parts.append(" ")
            parts.append(element.text or "")
            if element is not paragraph:
                parts.append(element.tail or "")
        parts.append(" ")
    return " ".join("".join(parts).split())
