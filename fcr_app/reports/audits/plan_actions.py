"""The actions that audits led to: what is overdue, and what is open. Owners stand in the annex."""

from collections.abc import Sequence

from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.document_parts import paragraphs
from fcr_app.services.audits.plan_actions import ActionThen
from fcr_app.services.audits.plan_material import PlanMaterial


def actions_part(material: PlanMaterial) -> Part:
    """Return the overdue actions, then the others that are open."""
    actions = material.actions
    others = [one for one in actions.still_open if not one.days_late]
    if not actions.still_open:
        return part("actions", "Actions", paragraphs("No action is open."))
    overdue = (
        Printed(
            name="Overdue actions",
            caption="Overdue actions",
            headings=("Action", "What is to be done", "Due", "Days late#", "State"),
            rows=[
                [one.reference, one.recommended, one.due_on, one.days_late, one.state.label]
                for one in actions.overdue
            ],
            note="Who each is for stands in the restricted annex.",
        )
        if actions.overdue
        else paragraphs("No action is overdue.")
    )
    return part("actions", "Actions", overdue, *([_open(others)] if others else []))


def actions_annex(material: PlanMaterial) -> Part:
    """Return who does what, and how late it is."""
    table = Printed(
        name="Actions and their owners",
        caption="Open actions and their owners",
        headings=("Action", "Who does it", "Due", "Days late#", "State", "Recommended by"),
        rows=[
            [
                one.reference, one.owner or "Nobody yet", one.due_on, one.days_late,
                one.state.label, one.source,
            ]
            for one in material.actions.still_open
        ],
    )  # fmt: skip
    return part("owners", "Actions and their owners", table)


def _open(others: Sequence[ActionThen]) -> Printed:
    return Printed(
        name="Other open actions",
        caption="Other open actions",
        headings=("Action", "What is to be done", "Due", "State"),
        rows=[[one.reference, one.recommended, one.due_on, one.state.label] for one in others],
    )
