"""The restricted annex of a report: who examined and approved, and what was found where."""

from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.document_parts import paragraphs
from fcr_app.reports.spreadsheet import Cell
from fcr_app.services.audits.material import RunMaterial


def annex_parts(material: RunMaterial) -> list[Part]:
    """Return the sections of the annex."""
    return [_people(material), _findings(material), _replaced(material), _owners(material)]


def _people(material: RunMaterial) -> Part:
    annex = material.annex
    rows = [["Signed off by", annex.approver or "Nobody yet"]]
    rows += [["Examined by", name] for name in annex.auditors]
    table = Printed(
        name="People",
        caption="Who examined and approved",
        headings=("Part", "Who"),
        rows=rows,
    )
    frame = f"The frame was taken with this statement: {material.frame.query}"
    return part("people", "People, and the frame’s statement", table, paragraphs(frame))


def _findings(material: RunMaterial) -> Part:
    rows: list[list[Cell]] = [
        [
            one.record,
            one.crime_number,
            one.error,
            one.severity,
            ", ".join(name for name in (one.unit, one.person) if name),
            one.correction,
            one.due_on,
            f"{one.closed_on:%-d %B %Y}: {one.closed_how}" if one.closed_on else "Open",
            one.note,
        ]
        for one in material.annex.findings
    ]
    table = Printed(
        name="Findings",
        caption="Findings by record",
        headings=(
            "Record",
            "Crime",
            "Error",
            "Severity",
            "Responsible",
            "Correction",
            "Due",
            "Closed",
            "Note",
        ),
        rows=rows,
        wide=True,
    )
    return part("findings", "Findings by record", table)


def _replaced(material: RunMaterial) -> Part:
    table = Printed(
        name="Replaced",
        caption="Records that a reserve took the place of",
        headings=("Record", "Replaced by", "Why"),
        rows=[[one.record, one.by, one.why] for one in material.annex.replaced],
    )
    return part("replaced", "Records replaced", table)


def _owners(material: RunMaterial) -> Part:
    table = Printed(
        name="Actions",
        caption="Who carries out what",
        headings=("Action", "Owner", "Due", "State", "Evidence"),
        rows=[
            [one.reference, one.owner, one.due_on, one.state, one.evidence]
            for one in material.annex.owners
        ],
    )
    return part("owners", "Owners of actions", table)
