"""The figures of an audit."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Text, text_of
from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.rates import CHOICES, Basis, Method
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.services.audits.stated_year import LONGEST_SOURCE, MOST

_COUNT = {"description": "Crimes in the twelve months; null where not stated."}


class AuditFiguresAsked(Given):
    """Which kind of interval."""

    interval = fields.Enum(
        Method,
        by_value=True,
        load_default=Method.WILSON,
        validate=validate.OneOf(CHOICES, error="Choose wilson, wald or exact."),
    )


class IntervalAnswer(Answer):
    """From where to where a rate may be."""

    low = fields.Float()
    high = fields.Float()


class AuditRateAnswer(Answer):
    """How many of how many; the interval is null for a census and for what was chosen by hand."""

    k = fields.Integer()
    n = fields.Integer()
    rate = fields.Float(attribute="value", allow_none=True)
    basis = fields.Enum(Basis, by_value=True)
    interval = fields.Nested(IntervalAnswer, allow_none=True)
    method = fields.Enum(Method, by_value=True, allow_none=True)
    effective_n = fields.Float(allow_none=True)
    design_effect = fields.Float(allow_none=True)


class AuditResultAnswer(Answer):
    """Crimes that should exist, and how they are recorded."""

    label = Text()
    should = fields.Integer()
    recorded = fields.Integer()
    wrong_class = fields.Integer()
    missing = fields.Integer()
    over = fields.Integer()
    late = fields.Integer()
    rate = fields.Nested(AuditRateAnswer)


class AuditTimelinessAnswer(Answer):
    """How soon crimes of a family were recorded."""

    label = Text()
    in_time = fields.Nested(AuditRateAnswer)
    untimed = fields.Integer()


class AuditAnswerRateAnswer(Answer):
    """The share of a yes to one question; an empty stratum is all of them."""

    stratum = Text()
    question = Text()
    rate = fields.Nested(AuditRateAnswer)


class AuditCauseAnswer(Answer):
    """A kind of error."""

    label = Text()
    count = fields.Integer()
    share = fields.Float()


class AuditUnrecordedAnswer(Answer):
    """Crimes a year that go unrecorded, rounded down as it is published."""

    label = Text()
    recorded_a_year = fields.Integer()
    over = fields.Integer()


class AuditFiguresAnswer(Answer):
    """The figures of an audit."""

    reference = Text(attribute="asked.run.reference")
    headline_label = Text(attribute="asked.run.rate_label")
    headline = fields.Nested(AuditRateAnswer, attribute="asked.headline")
    drawn = fields.Integer(attribute="asked.sampled.drawn")
    examined = fields.Integer(attribute="asked.sampled.examined")
    population = fields.Integer(attribute="asked.sampled.population")
    strata = fields.List(fields.Nested(AuditResultAnswer), attribute="asked.strata")
    families = fields.List(fields.Nested(AuditResultAnswer), attribute="asked.families")
    domestic = fields.Nested(AuditResultAnswer, attribute="asked.domestic", allow_none=True)
    timeliness = fields.List(fields.Nested(AuditTimelinessAnswer), attribute="asked.timeliness")
    answers = fields.List(fields.Nested(AuditAnswerRateAnswer), attribute="asked.answers")
    causes = fields.List(fields.Nested(AuditCauseAnswer), attribute="asked.causes")
    unrecorded = fields.List(fields.Nested(AuditUnrecordedAnswer), attribute="asked.unrecorded")
    grade = Text(metadata={"description": "As entered; never worked out. Empty without one."})


class YearRecordedGiven(Given):
    """What was recorded in the twelve months to the end of the period, without fraud."""

    total = fields.Integer(
        required=True,
        strict=True,
        allow_none=True,
        validate=validate.Range(min=1, max=MOST),
        metadata=_COUNT,
    )
    violence = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST)
    )
    sexual = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST)
    )
    source = text_of(LONGEST_SOURCE, load_default="")

    @post_load
    def typed(self, data: dict[str, Any], **_: Any) -> RecordedAYear:
        """Return it as the service takes it."""
        parts = {Family.VIOLENCE: data["violence"], Family.SEXUAL: data["sexual"]}
        return RecordedAYear(
            total=data["total"],
            families={family: count for family, count in parts.items() if count is not None},
            source=data["source"],
        )
