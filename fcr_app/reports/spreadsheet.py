"""Spreadsheets (xlsx) of a report's tables. The only module that knows XlsxWriter.

A value stays what it is: a text is never run as a formula or made a link, and a share is a number
that is shown as a percentage. Nothing is written to disk on the way, since it may name people.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fcr_app.domain.london import to_london

#: What a workbook says it was made at: the same for all, so that the same tables give the same
#: bytes. When a report was made stands in its note.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
_NARROWEST, _WIDEST = 8, 60
_MOST_ROWS, _MOST_LETTERS, _MOST_OF_NAME = 1_048_000, 32_767, 31
#: What Excel refuses in the name of a sheet.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
#: Each value is written as what it is, so nothing is guessed; the last two are a second lock.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Share:
    """A rate from 0 to 1, shown as a percentage with one decimal place."""

    rate: float


#: A moment has its time zone, and is shown as it is in England and Wales.
Cell = str | int | float | date | datetime | Share | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table.

    Attributes:
        name: Of the sheet; what Excel does not take in one is left out, and its length cut.
        note: What somebody who has only the file must know, such as method and period.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def to_xlsx(sheets: Sequence[Sheet], *, title: str, marking: str) -> bytes:
    """Return a workbook. The same tables give the same bytes.

    Each sheet begins with its marking, the title and the note; its headings stay in sight and have
    filters. Printed, the marking is on every page.

    Raises:
        ValueError: There is no sheet, or one has more rows than Excel shows.
    """
    if not sheets:
        raise ValueError("A workbook has a sheet at least.")
    # Importing it takes a fifth of a second, which most processes need not spend.
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "category": marking, "created": _CREATED})
    looks = _looks(book)
    for sheet, name in zip(sheets, _names(sheets), strict=True):
        page = book.add_worksheet(name)
        first = _write_top(page, sheet, (marking, title), looks)
        _write_table(page, sheet, first, looks)
        _set_print(page, marking, first)
    book.close()
    return out.getvalue()


def _looks(book: Any) -> Mapping[str, Any]:
    top = {"valign": "top"}
    return {
        "marking": book.add_format({"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        "number": book.add_format({"num_format": "#,##0.##########", **top}),
        "whole": book.add_format({"num_format": "#,##0", **top}),
        "share": book.add_format({"num_format": "0.0%", **top}),
        "date": book.add_format({"num_format": "d mmm yyyy", "align": "left", **top}),
        "time": book.add_format({"num_format": "d mmm yyyy hh:mm", "align": "left", **top}),
    }


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Return a name for each sheet that Excel takes and no other has."""
    names: list[str] = []
    for sheet in sheets:
        plain = " ".join(sheet.name.translate(_NOT_IN_NAMES).split()).strip("'") or "Sheet"
        name, number = plain[:_MOST_OF_NAME].strip(), 1
        while name.casefold() in {other.casefold() for other in names} or name == "History":
            number += 1
            ending = f" ({number})"
            name = plain[: _MOST_OF_NAME - len(ending)].strip() + ending
        names.append(name)
    return names


def _write_top(page: Any, sheet: Sheet, said: tuple[str, str], looks: Mapping[str, Any]) -> int:
    """Write what stands above a table, and return the row of its headings."""
    for row, (text, look) in enumerate(zip(said, ("marking", "title"), strict=True)):
        page.write_string(row, 0, text, looks[look])
    if sheet.note:
        page.write_string(2, 0, sheet.note)
    return 4 if sheet.note else 3


def _write_table(page: Any, sheet: Sheet, first: int, looks: Mapping[str, Any]) -> None:
    if len(sheet.rows) > _MOST_ROWS:
        raise ValueError(f"“{sheet.name}” has more rows than a spreadsheet shows.")
    widths = [len(heading) + 4 for heading in sheet.headings]  # room for the filter's arrow
    for column, heading in enumerate(sheet.headings):
        page.write_string(first, column, heading, looks["head"])
    for number, cells in enumerate(sheet.rows, start=first + 1):
        for column, (cell, _) in enumerate(zip(cells, sheet.headings, strict=True)):
            widths[column] = max(widths[column], _write(page, number, column, cell, looks))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
    if sheet.headings:
        page.autofilter(first, 0, first + len(sheet.rows), len(sheet.headings) - 1)
    page.freeze_panes(first + 1, 0)


def _write(page: Any, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> int:
    """Write a cell as what it is, and return how many letters wide it is."""
    if cell is None or cell == "":
        return 0
    value, look, width = _shown(cell)
    if isinstance(value, str):
        page.write_string(row, column, value, looks[look])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks[look])
    else:
        page.write_number(row, column, value, looks[look])
    return width


def _shown(cell: str | float | date | Share) -> tuple[str | float | date, str, int]:
    """Return what is stored for a cell, its look and its width in letters."""
    match cell:
        case bool():
            return _shown("Yes" if cell else "No")
        case Share(rate):
            return rate, "share", 8
        case datetime():
            return to_london(cell).replace(tzinfo=None), "time", 18
        case date():
            return cell, "date", 12
        case str():
            return _cut(cell), "text", max(map(len, cell.splitlines()), default=0) + 1
    look = "whole" if float(cell).is_integer() else "number"
    return cell, look, len(f"{cell:,}") + 1


def _cut(text: str) -> str:
    """Return as much of a text as Excel takes; more would make it call the file broken."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def _set_print(page: Any, marking: str, first: int) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)
    # In a footer & begins a code; twice it is itself.
    page.set_footer(f"&L{marking.replace('&', '&&')}&RPage &P of &N")
