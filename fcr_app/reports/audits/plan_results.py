"""The results of each audit by quarter, as a heat map with what each rate is out of."""

from fcr_app.domain.statistics import per_cent
from fcr_app.reports.audits.tables import Part, Printed
from fcr_app.reports.charts.heat_map import HeatCell, HeatMap, HeatRow, heat_map
from fcr_app.reports.document import Section
from fcr_app.reports.document_parts import paragraphs, remark
from fcr_app.services.audits.plan_heat import HeatLine
from fcr_app.services.audits.plan_material import PlanMaterial

_TITLE = "Results by audit and quarter"
_NOTE = (
    "Each audit counts its own thing: crimes that were recorded, decisions that were right, "
    "victims who were told. So compare an audit with itself from quarter to quarter, and not one "
    "with another. A quarter with few records says little: see the number beside each rate."
)


def results_part(material: PlanMaterial) -> Part:
    """Return the rates of the last four quarters, with n."""
    if not material.heat:
        body = paragraphs("No audit was signed off in the last four quarters.")
        return Part(section=Section(key="results", title=_TITLE, body=body))
    shown = HeatMap(
        key="results",
        title=f"{_TITLE}, to {material.period.span.ends_on:%-d %B %Y}",
        corner="Audit",
        columns=material.quarters,
        rows=[HeatRow(label=_label(line), cells=_cells(line)) for line in material.heat],
    )
    # The heat map is a table already; the workbook has its figures in columns of their own.
    body = heat_map(shown) + remark(_NOTE)
    return Part(section=Section(key="results", title=_TITLE, body=body), tables=(_sheet(material),))


def _label(line: HeatLine) -> str:
    return f"{line.code} {line.title}"


def _cells(line: HeatLine) -> list[HeatCell]:
    cells = []
    for counted in line.cells:
        if counted is None:
            cells.append(HeatCell(rate=None, n=0, said=""))
            continue
        k, n = counted
        cells.append(HeatCell(rate=k / n, n=n, said=f"{k:,} of {n:,}"))
    return cells


def _sheet(material: PlanMaterial) -> Printed:
    rows = [[_label(line), *(_said(counted) for counted in line.cells)] for line in material.heat]
    return Printed(name=_TITLE, caption=_TITLE, headings=("Audit", *material.quarters), rows=rows)


def _said(counted: tuple[int, int] | None) -> str:
    if counted is None:
        return ""
    k, n = counted
    return f"{per_cent(k / n)} ({k:,} of {n:,})"
