"""Whether the same error is seen less often after feedback."""

from math import inf
from typing import Any

from marshmallow import fields, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text


class EffectAsked(Given):
    """How long the windows are."""

    days = fields.Integer(strict=True, load_default=None, validate=validate.OneOf([90, 180]))


class RatioAnswer(Answer):
    """Times as often after as before, with its 95% interval."""

    value = fields.Float(
        allow_none=True, metadata={"description": "Null where there was nothing before."}
    )
    low = fields.Float(attribute="interval.low")
    high = fields.Method("upper", metadata={"type": ["number", "null"]})

    def upper(self, ratio: Any) -> float | None:
        """Return the upper end; none where it has no end."""
        high: float = ratio.interval.high
        return None if high == inf else high


class EffectLineAnswer(Answer):
    """One kind of error, one unit, or several together; never one person."""

    label = Text()
    together = fields.List(Text())
    people = fields.Integer()
    repeats_before = fields.Integer()
    repeats_after = fields.Integer()
    ratio = fields.Nested(RatioAnswer, allow_none=True)


class EffectAnswer(Answer):
    """What can be said about whether feedback works; the page says what it can't say."""

    days = fields.Integer()
    before_from = Moment(attribute="windows.begins_at")
    before_until = Moment(attribute="windows.fixed_at")
    told_until = Moment(attribute="windows.told_until")
    possible_on = fields.Date(allow_none=True)
    fewest_people = fields.Integer()
    fewest_repeats = fields.Integer()
    total = fields.Nested(EffectLineAnswer, allow_none=True)
    per_record = fields.Nested(RatioAnswer, allow_none=True)
    people_per_record = fields.Integer()
    by_error = fields.List(fields.Nested(EffectLineAnswer))
    by_unit = fields.List(fields.Nested(EffectLineAnswer))
