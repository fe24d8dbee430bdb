"""What was planned against what was done, and the hours it took."""

from markupsafe import Markup

from fcr_app.domain.audits.capacity import MonthLoad
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.charts.capacity import CapacityChart, CapacityMonth, capacity_chart
from fcr_app.reports.document_parts import figure, paragraphs
from fcr_app.services.audits.plan_done import DueThen
from fcr_app.services.audits.plan_material import PlanMaterial


def done_part(material: PlanMaterial) -> Part:
    """Return planned against done: by month of the year, then each audit of the period."""
    by_month = Printed(
        name="Planned and done",
        caption=f"Audits by the month they were due in, {material.year}",
        headings=("Month", "Due#", "Drawn#", "Drawn late#", "Signed off#"),
        rows=[_month_row(material, month) for month in _months(material)],
        note=f"As it stood on {material.period.span.ends_on:%-d %B %Y}.",
    )
    each = Printed(
        name="Due in the period",
        caption=f"What was due in {material.period.label}",
        headings=("Audit", "Due", "About", "State", "Days late#", "Reference"),
        rows=[
            [
                f"{one.code} {one.title}", one.due_on, one.period.label, one.state_label,
                one.late_days or None, one.reference,
            ]
            for one in material.due_in_period
        ],
    )  # fmt: skip
    stopped = Printed(
        name="Not carried out",
        caption="Audits of the plan that are not carried out",
        headings=("Audit", "Status"),
        rows=[[f"{one.code} {one.title}", one.status.label] for one in material.stopped],
        note="The reasons stand in the restricted annex.",
    )
    bodies = [by_month, each, *([stopped] if stopped.rows else [])]
    return part("done", "Planned and done", *bodies)


def hours_part(material: PlanMaterial) -> Part:
    """Return the hours there are in each month of the year, against those that audits take."""
    months = material.months
    if not any(month.planned or month.available for month in months):
        return part("hours", "Hours", paragraphs("Nobody has entered hours for this plan."))
    taken = _taken(material)
    chart = CapacityChart(
        key="hours",
        title=f"Hours of auditors by month, {material.year}",
        months=[
            CapacityMonth(
                label=f"{month.month:%b}", planned=month.planned, done=taken[month.month],
                available=month.available or 0.0,
            )
            for month in months
        ],
    )  # fmt: skip
    table = Printed(
        name="Hours",
        caption=f"Hours by the month audits are due in, {material.year}",
        headings=("Month", "Planned#", "Taken#", "There are#", "Too few by#"),
        rows=[_hours_row(month, taken[month.month]) for month in months],
        note="Hours taken are those of audits that were signed off by the end of the period.",
    )
    drawn = figure(chart.title, capacity_chart(chart), wide=True)
    return part("hours", "Hours", drawn, table)


def stopped_annex(material: PlanMaterial) -> Part:
    """Return why audits are not carried out, in the words that were entered."""
    table = Printed(
        name="Not carried out",
        caption="Why audits of the plan are not carried out",
        headings=("Audit", "Status", "Why"),
        rows=[
            [f"{one.code} {one.title}", one.status.label, one.reason] for one in material.stopped
        ],
    )
    return part("stopped", "Audits that are not carried out", table)


def _months(material: PlanMaterial) -> list[MonthLoad]:
    return [month for month in material.months if month.month <= material.period.span.ends_on]


def _month_row(material: PlanMaterial, month: MonthLoad) -> list[str | int | Markup]:
    due = [one for one in material.due if one.due_on.replace(day=1) == month.month]
    return [
        month.label,
        len(due),
        sum(one.is_drawn for one in due),
        sum(one.late_days > 0 for one in due),
        sum(one.is_done for one in due),
    ]


def _taken(material: PlanMaterial) -> dict[object, float]:
    taken: dict[object, float] = {month.month: 0.0 for month in material.months}
    for one in material.due:
        if one.is_done:
            taken[one.due_on.replace(day=1)] += _hours_of(one)
    return taken


def _hours_of(one: DueThen) -> float:
    return one.hours if one.hours_spent is None else one.hours_spent


def _hours_row(month: MonthLoad, taken: float) -> list[str | float | None]:
    return [
        month.label, round(month.planned, 1), round(taken, 1), month.available,
        round(month.over, 1) or None,
    ]  # fmt: skip
