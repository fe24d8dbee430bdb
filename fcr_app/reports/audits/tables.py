"""A table of a report, said once: for the page, for paper and for the spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from fcr_app.domain.statistics import per_cent
from fcr_app.reports.document import Section
from fcr_app.reports.document_parts import Column, Table, table
from fcr_app.reports.spreadsheet import Cell, Share, Sheet


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One table.

    Attributes:
        name: Of its sheet in the spreadsheet.
        headings: A heading that ends in ``#`` is of figures, which stand on the right.
        rows: Text, numbers and shares; for None a dash is printed.
    """

    name: str
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    total: bool = False
    wide: bool = False

    def markup(self) -> Markup:
        """Return the table as HTML."""
        return table(
            Table(
                caption=self.caption,
                columns=[
                    Column(heading.removesuffix("#"), is_number=heading.endswith("#"))
                    for heading in self.headings
                ],
                rows=[[printed_cell(cell) for cell in row] for row in self.rows],
                note=self.note,
                total=self.total,
                wide=self.wide,
            )
        )

    def sheet(self) -> Sheet:
        """Return the table as a sheet of a workbook."""
        return Sheet(
            name=self.name,
            headings=[heading.removesuffix("#") for heading in self.headings],
            rows=self.rows,
            note=" ".join(text for text in (self.caption + ".", self.note) if text),
        )

    def kept(self) -> dict[str, Any]:
        """Return the table as it is kept with the report: what is printed, as text."""
        return {
            "name": self.caption,
            "headings": [heading.removesuffix("#") for heading in self.headings],
            "rows": [[printed_cell(cell) for cell in row] for row in self.rows],
        }


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section of a report, and the tables in it."""

    section: Section
    tables: tuple[Printed, ...] = ()


def part(key: str, title: str, *bodies: Markup | Printed) -> Part:
    """Return a section of what stands in it, in order."""
    body = Markup("").join(
        one.markup() if isinstance(one, Printed) else one for one in bodies if one
    )
    tables = tuple(one for one in bodies if isinstance(one, Printed))
    return Part(section=Section(key=key, title=title, body=body), tables=tables)


def printed_cell(cell: Cell) -> str:
    """Return a cell as it is printed."""
    match cell:
        case None:
            return "–"
        case Share(rate):
            return per_cent(rate)
        case bool():
            return "Yes" if cell else "No"
        case int() | float():
            return f"{cell:,}"
        case str():
            return cell
    return f"{cell:%-d %B %Y}"
