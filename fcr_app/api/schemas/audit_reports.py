"""Reports on audits, and how far the making of one is."""

from enum import StrEnum

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.audits.words import MakingState, ReportKind
from fcr_app.services.audits.report_asking import LONGEST_REASON
from fcr_app.services.audits.report_list import LONGEST_RECIPIENT

LONGEST_KEY = 40


def _word_of(words: type[StrEnum]) -> Text:
    """Return a field for one of some words, as it is kept."""
    return Text(metadata={"enum": [one.value for one in words]})


class AuditReportsAsked(Given):
    """Which reports, from where."""

    run = text_of(
        20, load_default="", metadata={"description": "Only about the audit with this reference."}
    )
    after = place("after")
    before = place("before")


class AuditReportAnswer(Answer):
    """A report as it was made."""

    id = fields.Integer()
    kind = _word_of(ReportKind)
    subject_key = Text(metadata={"description": "The audit’s reference, or the period."})
    edition = fields.Integer()
    title = Text()
    made_at = Moment()
    why = Text(metadata={"description": "Why there is a later edition."})
    public_hash = Text(metadata={"description": "SHA-256 of the PDF of its publishable part."})
    annex_hash = Text(metadata={"description": "SHA-256 of the PDF of its annex."})
    spreadsheet_hash = Text(metadata={"description": "SHA-256 of its tables."})


class AuditReportRequestAnswer(Answer):
    """A report that was asked for, and how far its making is."""

    id = fields.Integer()
    kind = _word_of(ReportKind)
    subject_key = Text()
    state = _word_of(MakingState)
    asked_at = Moment()
    doing = Text()
    parts_done = fields.Integer()
    parts = fields.Integer()
    problem = Text(metadata={"description": "Why it was not made, or why no new edition was."})
    report_id = fields.Integer(allow_none=True)


class AuditReportsAnswer(Answer):
    """Some reports, the newest first, and what is being made."""

    items = fields.List(fields.Nested(AuditReportAnswer), attribute="page.rows")
    requests = fields.List(fields.Nested(AuditReportRequestAnswer))
    after = Text(attribute="page.after")
    before = Text(attribute="page.before")


class AuditReportViewAnswer(Answer):
    """A report with its tables."""

    report = fields.Nested(AuditReportAnswer)
    tables = fields.List(
        fields.Raw(metadata={"description": "Name, headings and rows, as they are printed."})
    )
    editions = fields.List(fields.Nested(AuditReportAnswer))


class AuditReportAskedGiven(Given):
    """What a report is to be about."""

    kind = fields.Enum(ReportKind, by_value=True, required=True)
    key = text_of(
        LONGEST_KEY,
        1,
        required=True,
        metadata={"description": "AUD-2026-0007, 2026-10 or 2026-Q3."},
    )
    why = text_of(LONGEST_REASON, load_default="")


class AnnexCopyGiven(Given):
    """Who gets a copy of the annex."""

    recipient = text_of(LONGEST_RECIPIENT, 1, required=True)
