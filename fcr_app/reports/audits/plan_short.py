"""The report on the plan in a few lines, and how it was counted."""

from fcr_app.reports.audits.tables import Part, part
from fcr_app.reports.document_parts import bullets, headline, paragraphs
from fcr_app.services.audits.plan_material import PlanMaterial


def short_part(material: PlanMaterial) -> Part:
    """Return what matters of all that follows."""
    due, year = material.due_in_period, material.due
    done = sum(one.is_done for one in due)
    audits = "audit" if len(due) == 1 else "audits"
    top = headline(f"{done} of {len(due)}", f"{audits} due in {material.period.label} signed off")
    return part(
        "short",
        "In short",
        top if due else paragraphs(f"No audit was due in {material.period.label}."),
        bullets(
            [
                (
                    f"Since the beginning of the year, {sum(one.is_done for one in year)} of "
                    f"{len(year)} are signed off, and {sum(not one.is_drawn for one in year)} were "
                    "not drawn."
                ),
                *_late(material),
                _actions(material),
                *_stopped(material),
                *_risk(material),
            ]
        ),
    )


def counting_part() -> Part:
    """Return how it was counted, and what it does not say."""
    return part(
        "counting",
        "How it was counted",
        bullets(
            [
                (
                    "An audit is due on the days that the plan gives it. It is done when the FCR "
                    "has signed it off; what came after the period is not counted."
                ),
                (
                    "Hours that were taken are as entered when an audit was signed off, or as "
                    "planned where nobody entered them."
                ),
                (
                    "Results are added up by quarter of the year in which the audited period ends. "
                    "Dip samples are left out: they say nothing of a rate. The reports of the "
                    "audits give the intervals."
                ),
                (
                    "An action is overdue where its day has passed and its owner has not said that "
                    "it is done."
                ),
            ]
        ),
    )


def _late(material: PlanMaterial) -> list[str]:
    late = [one for one in material.due_in_period if one.late_days]
    if not late:
        return []
    most = max(one.late_days for one in late)
    drawn = "audit was" if len(late) == 1 else "audits were"
    days = "day" if most == 1 else "days"
    return [f"{len(late)} {drawn} drawn late, by {most} {days} at most."]


def _actions(material: PlanMaterial) -> str:
    actions = material.actions
    are = "action is" if len(actions.still_open) == 1 else "actions are"
    were = "was" if actions.closed == 1 else "were"
    return (
        f"{len(actions.still_open)} {are} open, {len(actions.overdue)} overdue. In this period "
        f"{actions.new} came in and {actions.closed} {were} closed."
    )


def _stopped(material: PlanMaterial) -> list[str]:
    if not material.stopped:
        return []
    verb = "audit of the plan is" if len(material.stopped) == 1 else "audits of the plan are"
    return [f"{len(material.stopped)} {verb} suspended or dropped."]


def _risk(material: PlanMaterial) -> list[str]:
    if not material.risk:
        return ["The risk of no audit was judged otherwise."]
    verb = "audit was" if len(material.risk) == 1 else "audits were"
    return [f"The risk of {len(material.risk)} {verb} judged otherwise, or is new, or gone."]
