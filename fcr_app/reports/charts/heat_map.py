"""Rates by row and quarter, shaded in steps: a table that is also seen as a picture.

HTML and not SVG, because it is a table at heart: a screen reader goes through it by row and column,
a PDF tags it as a table, a phone folds it, and nothing has to say the same figures again. Darker is
a lower rate. The rate stands in every cell, so the shade only adds; its colours are in
``styles/_audits.scss`` and, for paper, in ``document.css``, with a contrast of 4.5 at least.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from fcr_app.domain.statistics import per_cent

#: What is in a cell with nothing to say.
NOTHING = "—"
#: Where one shade ends and the next begins: the grades that a force's paper of 2014 used, poor,
#: fair, good and excellent (reference on audits, 2.1). Grades themselves are never worked out.
STEPS = (0.8, 0.9, 0.95)


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """One cell.

    Attributes:
        rate: From 0 to 1; None where there is none.
        n: Out of how many.
        said: In words, such as "459 of 524", or why there is no rate, such as "not done".
        href: Where its records are, for who may see them; never in a document.
    """

    rate: float | None
    n: int
    said: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """One row, with a cell for each column."""

    label: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True, kw_only=True)
class HeatMap:
    """What a heat map shows.

    Attributes:
        key: A word that tells it from the others on its page.
        title: The caption.
        corner: What the rows are, such as "Audit".
        columns: The quarters, or other periods.
        steps: Where one shade ends and the next begins, from 0 to 1, rising; three of them.
    """

    key: str
    title: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]
    steps: tuple[float, float, float] = STEPS


def heat_map(chart: HeatMap) -> Markup:
    """Return a heat map as an HTML table, with what its shades mean below; empty without rows."""
    if not chart.rows:
        return Markup("")
    columns = Markup("").join(
        Markup('<th class="govuk-table__header" scope="col">{}</th>').format(column)
        for column in chart.columns
    )
    return Markup(
        '<table class="govuk-table app-heat">'
        '<caption class="govuk-table__caption govuk-table__caption--s">{}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">'
        '<th class="govuk-table__header" scope="col">{}</th>{}</tr></thead>'
        '<tbody class="govuk-table__body">{}</tbody></table>{}'
    ).format(
        chart.title,
        chart.corner,
        columns,
        Markup("").join(_row(chart, row) for row in chart.rows),
        _key(chart.steps),
    )


def in_words(chart: HeatMap) -> str:
    """Return what a heat map shows, as one text."""
    said = []
    for row in chart.rows:
        cells = zip(chart.columns, row.cells, strict=True)
        said.append(f"{row.label}: " + ", ".join(f"{name} {_said(cell)}" for name, cell in cells))
    return "; ".join(said) + "."


def _said(cell: HeatCell) -> str:
    if cell.rate is None:
        return cell.said or NOTHING
    return f"{per_cent(cell.rate)} ({_of(cell)})"


def _of(cell: HeatCell) -> str:
    return cell.said or f"of {cell.n:,}"


def _row(chart: HeatMap, row: HeatRow) -> Markup:
    cells = (
        _cell(cell, column, chart.steps)
        for column, cell in zip(chart.columns, row.cells, strict=True)
    )
    return Markup(
        '<tr class="govuk-table__row"><th class="govuk-table__header" scope="row">{}</th>{}</tr>'
    ).format(row.label, Markup("").join(cells))


def _cell(cell: HeatCell, column: str, steps: Sequence[float]) -> Markup:
    if cell.rate is None:
        shade, inside = "none", Markup("{}").format(cell.said or NOTHING)
    else:
        shade = str(bisect_right(steps, cell.rate))
        inside = Markup('<strong>{}</strong> <span class="app-heat__of">{}</span>').format(
            per_cent(cell.rate), _of(cell)
        )
    if cell.href:
        inside = Markup('<a class="app-heat__link" href="{}">{}</a>').format(cell.href, inside)
    return Markup(
        '<td class="govuk-table__cell app-heat__cell app-heat__cell--{}">'
        '<span class="app-cell-label">{}: </span>{}</td>'
    ).format(shade, column, inside)


def _key(steps: Sequence[float]) -> Markup:
    first, second, third = (_whole(step) for step in steps)
    said = (
        f"under {first}",
        f"{first} to under {second}",
        f"{second} to under {third}",
        f"{third} or more",
    )
    items = Markup("").join(
        Markup(
            '<li class="app-heat__key-item"><span class="app-heat__swatch app-heat__cell--{}">'
            "</span>{}</li>"
        ).format(number, text)
        for number, text in enumerate(said)
    )
    return Markup('<ul class="app-heat__key">{}</ul>').format(items)


def _whole(rate: float) -> str:
    return per_cent(rate).replace(".0%", "%")
