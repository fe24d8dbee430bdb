"""Figures about protected characteristics: what is known, and whether decisions are alike."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.measures import UseMeasure

_MONTH = {"description": "A month such as 2026-01; empty for the usual twelve whole months."}


def _kept_at() -> Moment:
    return Moment(
        allow_none=True,
        metadata={"description": "When a large force’s counts were kept; null where as of now."},
    )


class FiguresAsked(Given):
    """Which characteristic, in which whole months."""

    item = fields.Enum(Item, by_value=True, load_default=Item.ETHNICITY)
    first = text_of(7, data_key="from", load_default="", metadata=_MONTH)
    last = text_of(7, data_key="to", load_default="", metadata=_MONTH)


class UseFiguresAsked(FiguresAsked):
    """The same, and what groups are compared with."""

    reference = text_of(
        20,
        load_default="others",
        metadata={"description": "The code of a group, or others: all of whom it is known."},
    )


class KnownAnswer(Answer):
    """Victims of one line, by whether something is known of them and why it is not."""

    key = Text()
    label = Text()
    asked_of = fields.Integer()
    known = fields.Integer()
    known_rate = fields.Float(attribute="rate", allow_none=True)
    declined = fields.Integer()
    other_reasons = fields.Integer()
    blank = fields.Integer(allow_none=True)


class BreakdownAnswer(Answer):
    """One characteristic by something else."""

    title = Text()
    note = Text()
    lines = fields.List(fields.Nested(KnownAnswer))


class CompletenessAnswer(Answer):
    """How much is known of every characteristic, and of one in detail."""

    item = fields.Enum(Item, by_value=True)
    first_month = fields.Date(attribute="period.first")
    last_month = fields.Date(attribute="period.last")
    victims = fields.Integer()
    items = fields.List(fields.Nested(KnownAnswer))
    breakdowns = fields.List(fields.Nested(BreakdownAnswer))
    kept_at = _kept_at()


class ComparisonAnswer(Answer):
    """A ratio with its 95% interval."""

    value = fields.Float()
    low = fields.Float(attribute="interval.low")
    high = fields.Float(attribute="interval.high")


class GroupFigureAnswer(Answer):
    """One group; a count is null where it is left out, or would give back one that is."""

    group = Text()
    label = Text()
    event_count = fields.Integer(allow_none=True)
    counted = fields.Integer(allow_none=True)
    rate = fields.Float(allow_none=True)
    crude = fields.Nested(ComparisonAnswer, attribute="compared.crude", allow_none=True)
    pooled = fields.Nested(ComparisonAnswer, attribute="compared.pooled", allow_none=True)
    why_not = Text(attribute="compared.why_not")


class UseTableAnswer(Answer):
    """One measure by the groups of a characteristic."""

    measure = fields.Enum(UseMeasure, by_value=True)
    figures = fields.List(fields.Nested(GroupFigureAnswer))
    total = fields.Nested(GroupFigureAnswer)
    not_known_rate = fields.Float(allow_none=True)
    why_not = Text()


class UseFiguresAnswer(Answer):
    """The four measures, without small counts."""

    item = fields.Enum(Item, by_value=True, attribute="asked.item")
    first_month = fields.Date(attribute="asked.period.first")
    last_month = fields.Date(attribute="asked.period.last")
    left_out = fields.Integer()
    tables = fields.List(fields.Nested(UseTableAnswer))
    kept_at = _kept_at()
