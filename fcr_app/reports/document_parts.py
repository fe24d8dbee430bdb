"""What stands in a section of a document: tables with captions, charts, and paragraphs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        is_number: It stands on the right, so that figures line up.
    """

    heading: str
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose first column says what a row is.

    Attributes:
        rows: A cell for each column; a Markup cell is taken as it is.
        note: Below it, such as the method of its intervals.
        total: Whether the last row is the sum of the others.
        wide: On paper on a page of its own kind, lying on its side.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Markup]]
    note: str = ""
    total: bool = False
    wide: bool = False


def table(shown: Table) -> Markup:
    """Return a table; without rows, a sentence that says so.

    Raises:
        ValueError: A row has not a cell for each column.
    """
    if not shown.rows:
        return paragraphs(f"{shown.caption}: there is nothing to show.")
    heads = Markup("").join(
        Markup('<th class="govuk-table__header{}" scope="col">{}</th>').format(
            _numeric("header", column), column.heading
        )
        for column in shown.columns
    )
    last = len(shown.rows) - 1 if shown.total else -1
    body = Markup("").join(
        _row(shown.columns, row, is_total=number == last) for number, row in enumerate(shown.rows)
    )
    note = (
        Markup('<p class="govuk-body-s document-note">{}</p>').format(shown.note)
        if shown.note
        else ""
    )
    return Markup(
        '<div class="document-table{}"><table class="govuk-table app-table">'
        '<caption class="govuk-table__caption govuk-table__caption--s">{}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>'
        '<tbody class="govuk-table__body">{}</tbody></table>{}</div>'
    ).format(" document-table--wide" if shown.wide else "", shown.caption, heads, body, note)


def figure(caption: str, drawing: Markup, *, wide: bool = False) -> Markup:
    """Return a chart with its caption; nothing where there is no chart.

    Args:
        drawing: From ``charts``. Its figures must stand in a table beside it.
        wide: For a chart of many periods.
    """
    if not drawing:
        return Markup("")
    return Markup(
        '<figure class="app-chart{} document-figure"><figcaption class="govuk-body-s '
        'govuk-!-font-weight-bold">{}</figcaption>{}</figure>'
    ).format(" app-chart--wide" if wide else "", caption, drawing)


def heading(text: str) -> Markup:
    """Return a heading within a section."""
    return Markup('<h3 class="govuk-heading-s">{}</h3>').format(text)


def headline(number: str, said: str) -> Markup:
    """Return the one figure of a section, large, with what it is of.

    Args:
        said: Goes on after the number, such as "of 524 crimes were recorded".
    """
    return Markup('<p class="document-headline"><strong>{}</strong> {}</p>').format(number, said)


def remark(text: str | Markup) -> Markup:
    """Return what a reader must know before using a figure, set apart."""
    return Markup('<div class="govuk-inset-text document-remark">{}</div>').format(text)


def paragraphs(*texts: str | Markup) -> Markup:
    """Return each text as a paragraph; one that somebody typed keeps its lines."""
    return Markup("").join(
        Markup('<p class="govuk-body app-typed">{}</p>').format(text) for text in texts
    )


def bullets(items: Iterable[str | Markup]) -> Markup:
    """Return a list; nothing where it would be empty."""
    lines = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    if not lines:
        return Markup("")
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(lines)


def _row(columns: Sequence[Column], row: Sequence[str | Markup], *, is_total: bool) -> Markup:
    cells = []
    for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
        if number == 0:
            cells.append(Markup('<th class="govuk-table__header" scope="row">{}</th>').format(cell))
            continue
        cells.append(
            Markup(
                '<td class="govuk-table__cell{}"><span class="app-cell-label">{}: </span>{}</td>'
            ).format(_numeric("cell", column), column.heading, cell)
        )
    name = " document-total" if is_total else ""
    return Markup('<tr class="govuk-table__row{}">{}</tr>').format(name, Markup("").join(cells))


def _numeric(part: str, column: Column) -> str:
    return f" govuk-table__{part}--numeric" if column.is_number else ""
