"""The report of an audit: the part that can be published, the restricted annex, the tables."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from fcr_app.domain.audit_figures.figures import RunFigures
from fcr_app.reports.audits.annex import annex_parts
from fcr_app.reports.audits.answers import answers_part, n100_part
from fcr_app.reports.audits.beside import beside_part
from fcr_app.reports.audits.causes import (
    causes_part,
    corrections_part,
    equality_part,
    limits_part,
    recommendations_part,
    safeguarding_part,
    second_part,
)
from fcr_app.reports.audits.headline import headline_part, sampling_part, scope_part
from fcr_app.reports.audits.results import (
    offences_part,
    results_part,
    timeliness_part,
    year_part,
)
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
from fcr_app.services.audits.material import RunMaterial

#: Tells how far it is: what is being done, how many parts are done, and of how many.
Tell = Callable[[str, int, int], None]
_STEPS = ("Tables and charts", "The part for publishing", "The restricted annex", "Spreadsheet")
#: Who writes and who approves, in the part that names nobody.
AUTHOR, APPROVER = "The force’s crime recording auditors", "Force Crime Registrar"


def make_run_report(material: RunMaterial, *, tell: Tell) -> MadeReport:
    """Make the report of an audit. The same material gives the same bytes.

    Args:
        tell: Called before each part with what it is.
    """

    def step(done: int) -> None:
        tell(_STEPS[done], done, len(_STEPS))

    step(0)
    parts = public_parts(material)
    annex = document_html(annex_document(material))
    step(1)
    public = document_html(public_document(material, parts))
    public_pdf = to_pdf(public, styles=STYLES)
    step(2)
    annex_pdf = to_pdf(annex, styles=STYLES)
    step(3)
    tables = [table for one in parts for table in one.tables]
    spreadsheet = to_xlsx(
        [table.sheet() for table in tables], title=title_of(material), marking=OFFICIAL.name
    )
    tell("Done", len(_STEPS), len(_STEPS))
    return MadeReport(
        title=title_of(material),
        tables=[table.kept() for table in tables],
        public_html=document_body(public_document(material, parts)),
        public_pdf=public_pdf,
        annex_html=document_body(annex_document(material)),
        annex_pdf=annex_pdf,
        spreadsheet=spreadsheet,
    )


def title_of(material: RunMaterial) -> str:
    """Return the title of a report."""
    run = material.usual.run
    return f"{run.title}, {run.period.label}"


def figure_parts(usual: RunFigures, printed: RunFigures) -> list[Part]:
    """Return the sections that are figures, as a page of figures shows them as well.

    Args:
        printed: The same figures with the inspectorate's intervals.
    """
    found = [
        results_part(usual, printed),
        offences_part(usual, printed),
        year_part(usual, printed),
        timeliness_part(usual),
        n100_part(usual),
        answers_part(usual),
        causes_part(usual),
        safeguarding_part(usual),
    ]
    return [one for one in found if one is not None]


def public_parts(material: RunMaterial) -> list[Part]:
    """Return the sections of the part that can be published (reference, section 2.5)."""
    found = [
        headline_part(material),
        scope_part(material),
        sampling_part(material),
        *figure_parts(material.usual, material.printed),
        equality_part(material),
        beside_part(material),
        second_part(material),
        corrections_part(material),
        recommendations_part(material),
        limits_part(material),
    ]
    return [one for one in found if one is not None]


def public_document(material: RunMaterial, parts: Sequence[Part]) -> Document:
    """Return the part that can be published: no person and no record is named in it."""
    return _document(material, OFFICIAL, parts, title=title_of(material))


def annex_document(material: RunMaterial) -> Document:
    """Return the restricted annex, with records and people."""
    title = f"Restricted annex: {title_of(material)}"
    return _document(
        material,
        OFFICIAL_SENSITIVE,
        annex_parts(material),
        title=title,
        approver=material.annex.approver,
    )


def _document(
    material: RunMaterial,
    marking: Marking,
    parts: Sequence[Part],
    *,
    title: str,
    approver: str = APPROVER,
) -> Document:
    about, run = material.about, material.usual.run
    signed = about.signed_off_on
    details = [("Audit type", about.type_label), ("State", about.state_label)]
    if signed:
        details.append(("Signed off", f"{signed:%-d %B %Y}"))
    return Document(
        force=material.force,
        title=title,
        reference=run.reference,
        marking=marking,
        period=str(run.period),
        version=str(material.edition),
        author=AUTHOR,
        approver=approver if signed else "",
        sections=[one.section for one in parts],
        details=details,
        description=f"{about.type_label}: {run.title}, {run.period}.",
        opening=_opening(material),
    )


def _opening(material: RunMaterial) -> Markup | None:
    if not material.why:
        return None
    return paragraphs(
        f"This is version {material.edition}. It replaces the one before: {material.why}"
    )
