"""The yearly equality report: what is being written, and published editions."""

from marshmallow import fields, post_load

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.domain.equality_figures.report import LONGEST_WORDS, Words

_LONGEST_REASON = 1000


class EqualityReportsAsked(Given):
    """From where to read on."""

    after = an_id(load_default=None)


class EqualityPeriodGiven(Given):
    """Which whole months a report is about."""

    first = text_of(7, data_key="from", load_default="")
    last = text_of(7, data_key="to", load_default="")


class EqualityWordsGiven(Given):
    """What stands round the figures. Name nobody."""

    about = text_of(LONGEST_WORDS, required=True)
    actions = text_of(LONGEST_WORDS, required=True)
    objectives = text_of(LONGEST_WORDS, required=True)

    @post_load
    def made(self, data: dict[str, str], **_: object) -> Words:
        """Return the words."""
        return Words(**data)


class EqualityPublishGiven(Given):
    """Publishing it, once more looked at."""

    nobody_can_be_made_out = YesNo(
        required=True, metadata={"description": "True: somebody has read all of it."}
    )
    why = text_of(
        _LONGEST_REASON,
        load_default="",
        metadata={"description": "Why it is corrected; needed for all but the first edition."},
    )


class EqualityDraftAnswer(Answer):
    """A report in writing."""

    id = fields.Integer()
    first_month = fields.Date()
    last_month = fields.Date()
    about = Text()
    actions = Text()
    objectives = Text()
    changed_at = Moment()


class EqualityEditionAnswer(Answer):
    """A published edition, without its tables."""

    id = fields.Integer()
    first_month = fields.Date()
    last_month = fields.Date()
    edition = fields.Integer()
    why = Text()
    pdf_hash = Text(metadata={"description": "SHA-256 of the PDF as it was published."})
    published_at = Moment()
    published_by = Text(attribute="published_by.name")


class EqualityEditionsAnswer(Answer):
    """Published editions, the newest first, and for registrars what is being written."""

    reports = fields.List(fields.Nested(EqualityEditionAnswer))
    drafts = fields.List(fields.Nested(EqualityDraftAnswer))
    next_after = fields.Integer(allow_none=True)


class EqualityReportAnswer(EqualityEditionAnswer):
    """A published edition with its words and the rows of its tables."""

    about = Text()
    actions = Text()
    objectives = Text()
    figures = fields.List(fields.List(Text()))


class EqualityDrawnAnswer(EqualityDraftAnswer):
    """A report in writing with its tables as they would be published now."""

    edition = fields.Integer()
    html = Text()
