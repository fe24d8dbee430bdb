"""Examining the records of audits: what is read, what is said of it, and what counts."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.domain.audits.judging import LONGEST_NOTE, MOST_CRIMES, CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import EVERY_QUESTION
from fcr_app.domain.audits.words import (
    Band,
    Group,
    ReviewKind,
    Safeguarding,
    Severity,
    Verdict,
)
from fcr_app.domain.recording_errors import ErrorType

_LONGEST_CLASS = 10
_LONGEST_ANSWER = 20


class AuditedCrimeGiven(Given):
    """One crime that should exist, or that exists and should not."""

    verdict = fields.Enum(Verdict, by_value=True, allow_none=True, load_default=None)
    offence_group = fields.Enum(Group, by_value=True, allow_none=True, load_default=None)
    offence_class = text_of(_LONGEST_CLASS, load_default="")
    domestic = YesNo(load_default=False)
    crime_id = an_id(allow_none=True, load_default=None)
    band = fields.Enum(Band, by_value=True, allow_none=True, load_default=None)
    error_type = fields.Enum(ErrorType, by_value=True, allow_none=True, load_default=None)
    severity = fields.Enum(Severity, by_value=True, allow_none=True, load_default=None)
    unit_id = an_id(allow_none=True, load_default=None)
    person_id = an_id(allow_none=True, load_default=None)
    safeguarding = fields.Enum(Safeguarding, by_value=True, allow_none=True, load_default=None)
    investigated = fields.Enum(Safeguarding, by_value=True, allow_none=True, load_default=None)
    note = text_of(LONGEST_NOTE, load_default="")

    @post_load
    def as_given(self, said: dict[str, Any], **_kwargs: Any) -> CrimeGiven:
        """Return it as the service takes it."""
        return CrimeGiven(**said)


class AuditReviewGiven(Given):
    """A review of one record."""

    answers = fields.Dict(
        keys=Text(validate=validate.OneOf(sorted(EVERY_QUESTION))),
        values=text_of(_LONGEST_ANSWER),
        load_default=dict,
        metadata={"description": "By the name of the question."},
    )
    crimes = fields.List(
        fields.Nested(AuditedCrimeGiven),
        validate=validate.Length(max=MOST_CRIMES),
        load_default=list,
    )
    note = text_of(LONGEST_NOTE, load_default="")
    done = YesNo(
        load_default=True,
        metadata={"description": "False keeps it as far as it is written, and checks nothing."},
    )

    @post_load
    def as_given(self, said: dict[str, Any], **_kwargs: Any) -> tuple[ReviewGiven, bool]:
        """Return the review as the service takes it, and whether it is done."""
        done = said.pop("done")
        return ReviewGiven(**said), done


class AuditedCrimeAnswer(Answer):
    """One crime of a review."""

    verdict = fields.Enum(Verdict, by_value=True, allow_none=True)
    offence_group = fields.Enum(Group, by_value=True, allow_none=True)
    offence_class = Text()
    domestic = fields.Boolean()
    crime_id = fields.Integer(allow_none=True)
    band = fields.Enum(Band, by_value=True, allow_none=True)
    error_type = fields.Enum(ErrorType, by_value=True, allow_none=True)
    severity = fields.Enum(Severity, by_value=True, allow_none=True)
    unit_id = fields.Integer(allow_none=True)
    person_id = fields.Integer(allow_none=True)
    safeguarding = fields.Enum(Safeguarding, by_value=True, allow_none=True)
    investigated = fields.Enum(Safeguarding, by_value=True, allow_none=True)
    note = Text()


class AuditReviewAnswer(Answer):
    """What a review says."""

    answers = fields.Dict(keys=Text(), values=Text())
    crimes = fields.List(fields.Nested(AuditedCrimeAnswer))
    note = Text()


class AuditAnswerOptionAnswer(Answer):
    """An answer that a question may have."""

    value = Text()
    label = Text()


class AuditItemQuestionAnswer(Answer):
    """A question about a record."""

    name = Text()
    label = Text()
    hint = Text()
    options = fields.List(fields.Nested(AuditAnswerOptionAnswer))


class SourceRowAnswer(Answer):
    """A fact of a record."""

    key = Text()
    text = Text()


class SourceEventAnswer(Answer):
    """Something that happened to a record."""

    at = Moment()
    what = Text()
    who = Text()
    lines = fields.List(fields.Nested(SourceRowAnswer))


class SourceSectionAnswer(Answer):
    """A part of what an auditor reads."""

    title = Text()
    rows = fields.List(fields.Nested(SourceRowAnswer))
    events = fields.List(fields.Nested(SourceEventAnswer))


class AuditRecordAnswer(Answer):
    """One record of an audit for one auditor."""

    id = fields.Integer()
    audit = Text(metadata={"description": "The reference of the audit."})
    position = fields.Integer()
    label = Text()
    kind = fields.Enum(ReviewKind, by_value=True)
    begun = fields.Boolean(
        metadata={"description": "False where the review below is what the record proposes."}
    )
    done_at = Moment(allow_none=True)
    locked = Text(metadata={"description": "Why it can’t be changed; empty where it can."})
    review = fields.Nested(AuditReviewAnswer)
    questions = fields.List(fields.Nested(AuditItemQuestionAnswer))
    with_crimes = fields.Boolean()
    source = fields.List(fields.Nested(SourceSectionAnswer))
    done = fields.Integer(metadata={"description": "Of the auditor’s records of this audit."})
    total = fields.Integer()


class AuditReviewSavedAnswer(Answer):
    """A review that was kept."""

    version = fields.Integer()
    done_at = Moment(allow_none=True)


class AuditToExamineAnswer(Answer):
    """An audit in which the person has records to examine."""

    id = fields.Integer()
    reference = Text()
    title = Text()
    period_starts_on = fields.Date()
    period_ends_on = fields.Date()
    done = fields.Integer()
    total = fields.Integer()


class AuditsToExamineAnswer(Answer):
    """The audits in which the person has records to examine."""

    items = fields.List(fields.Nested(AuditToExamineAnswer))


class NextRecordAsked(Given):
    """Where to go on from."""

    after = fields.Integer(
        strict=False,
        load_default=0,
        validate=validate.Range(min=0, max=999_999),
        metadata={"description": "The position of the record just left; 0 to resume."},
    )


class NextRecordAnswer(Answer):
    """The record to go on with; null once every one is done."""

    id = fields.Integer(allow_none=True)
    position = fields.Integer(allow_none=True)


class AuditDifferenceRowAnswer(Answer):
    """A record on which two reviews differ and nobody said what counts."""

    id = fields.Integer()
    position = fields.Integer()
    label = Text()
    stratum = Text()


class AuditDifferencesAnswer(Answer):
    """The records of an audit that are to be moderated."""

    items = fields.List(fields.Nested(AuditDifferenceRowAnswer))


class AuditSaidDifferentlyAnswer(Answer):
    """Something that two reviews say differently."""

    title = Text()
    first = Text()
    second = Text()


class AuditReviewByAnswer(Answer):
    """One review of a record, and who wrote it."""

    kind = fields.Enum(ReviewKind, by_value=True)
    auditor = Text()
    review = fields.Nested(AuditReviewAnswer)


class AuditModerationAnswer(Answer):
    """A record with each of its reviews."""

    id = fields.Integer()
    audit = Text()
    label = Text()
    reviews = fields.List(fields.Nested(AuditReviewByAnswer))
    differences = fields.List(fields.Nested(AuditSaidDifferentlyAnswer))


class AuditAgreementRowAnswer(Answer):
    """How far two auditors agree on one question."""

    title = Text()
    agreed = fields.Integer()
    n = fields.Integer()
    rate = fields.Float()
    rate_low = fields.Float()
    rate_high = fields.Float()
    kappa = fields.Float(allow_none=True)
    kappa_low = fields.Float(allow_none=True)
    kappa_high = fields.Float(allow_none=True)


class AuditAgreementAnswer(Answer):
    """The second reviews of an audit, and how far they agree with the first."""

    drawn = fields.Integer()
    done = fields.Integer()
    differ = fields.Integer()
    moderated = fields.Integer()
    questions = fields.List(fields.Nested(AuditAgreementRowAnswer))
