"""What changed in the risk of the plan's audits, and the editions of the plan."""

from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.document_parts import paragraphs
from fcr_app.services.audits.plan_material import PlanMaterial
from fcr_app.services.audits.plan_risk import RiskChange

_TITLE = "What changed in the risk"
_NOTE = "The score is likelihood times impact, 0 to 108, from parts of 0 to 3 that the FCR judges."


def risk_part(material: PlanMaterial) -> Part:
    """Return where the plan in force differs in risk from the one at the period's beginning."""
    if not material.risk:
        editions = len(material.editions)
        said = (
            "The plan came into force in this period."
            if editions and material.editions[0].edition == 1
            else "The risk of every audit is judged as it was at the beginning of the period."
        )
        return part("risk", _TITLE, paragraphs(said))
    table = Printed(
        name="Risk",
        caption="Audits whose risk is judged otherwise, or that came or went",
        headings=("Audit", "Before#", "Now#", "What changed"),
        rows=[
            [f"{one.code} {one.title}", one.before, one.after, _said(one)] for one in material.risk
        ],
        note=_NOTE,
    )
    return part("risk", _TITLE, table)


def editions_annex(material: PlanMaterial) -> Part:
    """Return which editions were approved, and why, in the words that were entered."""
    table = Printed(
        name="Editions of the plan",
        caption="Editions of the plan that were approved in the period",
        headings=("Edition", "Approved", "Why it was changed"),
        rows=[
            [f"Edition {one.edition}", one.approved_on, one.why or "The first of its year"]
            for one in material.editions
        ],
    )
    approver = material.approver or "not recorded"
    who = paragraphs(f"The plan in force was approved by: {approver}.")
    return part("editions", "Editions of the plan", who, table)


def _said(change: RiskChange) -> str:
    if change.before is None:
        return "New in the plan"
    if change.after is None:
        return "No longer in the plan"
    return "; ".join(change.parts)
