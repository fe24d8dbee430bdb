"""The report on the audit plan, after each month and each quarter, in two parts.

Planned against done, hours, results by audit and quarter, actions, what changed in the risk
(reference on audits, 2.5).
"""

from collections.abc import Sequence

from markupsafe import Markup

from fcr_app.domain.audits.words import ReportKind
from fcr_app.reports.audits.making import Tell
from fcr_app.reports.audits.plan_actions import actions_annex, actions_part
from fcr_app.reports.audits.plan_done import done_part, hours_part, stopped_annex
from fcr_app.reports.audits.plan_results import results_part
from fcr_app.reports.audits.plan_risk import editions_annex, risk_part
from fcr_app.reports.audits.plan_short import counting_part, short_part
from fcr_app.reports.audits.tables import Part
from fcr_app.reports.document import (
    OFFICIAL,
    OFFICIAL_SENSITIVE,
    STYLES,
    Document,
    Marking,
    document_body,
    document_html,
)
from fcr_app.reports.document_parts import paragraphs
from fcr_app.reports.pdf import to_pdf
from fcr_app.reports.spreadsheet import to_xlsx
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.plan_material import PlanMaterial

_STEPS = ("Tables and charts", "The part for publishing", "The restricted annex", "Spreadsheet")
#: Nobody writes it: it is put together from what is kept.
AUTHOR = "Put together by FCR Casework from its records"
APPROVER = "Nobody: it says what is recorded, and gives no opinion"


def make_plan_report(material: PlanMaterial, *, tell: Tell) -> MadeReport:
    """Make the report on the plan. The same material gives the same bytes.

    Args:
        tell: Called before each part with what it is.
    """

    def step(done: int) -> None:
        tell(_STEPS[done], done, len(_STEPS))

    step(0)
    parts = public_parts(material)
    public = _document(material, OFFICIAL, parts, title=title_of(material))
    annex_title = f"Restricted annex: {title_of(material)}"
    annex = _document(material, OFFICIAL_SENSITIVE, annex_parts(material), title=annex_title)
    step(1)
    public_pdf = to_pdf(document_html(public), styles=STYLES)
    step(2)
    annex_pdf = to_pdf(document_html(annex), styles=STYLES)
    step(3)
    tables = [table for one in parts for table in one.tables]
    sheets = [table.sheet() for table in tables]
    return MadeReport(
        title=title_of(material),
        tables=[table.kept() for table in tables],
        public_html=document_body(public),
        public_pdf=public_pdf,
        annex_html=document_body(annex),
        annex_pdf=annex_pdf,
        spreadsheet=to_xlsx(sheets, title=title_of(material), marking=OFFICIAL.name),
    )


def title_of(material: PlanMaterial) -> str:
    """Return the title of a report."""
    return f"Audit plan {material.year}: {material.period.label}"


def public_parts(material: PlanMaterial) -> list[Part]:
    """Return the sections of the part that can be published; nobody is named in it."""
    return [
        short_part(material),
        done_part(material),
        hours_part(material),
        results_part(material),
        actions_part(material),
        risk_part(material),
        counting_part(),
    ]


def annex_parts(material: PlanMaterial) -> list[Part]:
    """Return the sections of the annex: who does what, and reasons in people's own words."""
    return [actions_annex(material), stopped_annex(material), editions_annex(material)]


def _document(
    material: PlanMaterial, marking: Marking, parts: Sequence[Part], *, title: str
) -> Document:
    approved = material.approved_on
    details = [("Plan", f"{material.year}, edition {material.plan_edition}")]
    if approved:
        details.append(("Plan in force since", f"{approved:%-d %B %Y}"))
    often = "Monthly" if material.period.kind is ReportKind.PLAN_MONTHLY else "Quarterly"
    return Document(
        force=material.force,
        title=title,
        reference=f"PLAN-{material.period.key}",
        marking=marking,
        period=str(material.period.span),
        version=str(material.edition),
        author=AUTHOR,
        approver=APPROVER,
        sections=[one.section for one in parts],
        details=details,
        description=f"{often} report on the audit plan {material.year}: {material.period.label}.",
        opening=_opening(material),
    )


def _opening(material: PlanMaterial) -> Markup | None:
    if not material.why:
        return None
    return paragraphs(
        f"This is version {material.edition}. It replaces the one before: {material.why}"
    )
