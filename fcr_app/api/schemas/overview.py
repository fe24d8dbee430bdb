"""What is late, what waits and how good recording is."""

from typing import Any

from marshmallow import fields, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text
from fcr_app.api.schemas.lists import place
from fcr_app.domain.audits.words import Band
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.overview.audited import AuditedN100s
from fcr_app.services.overview.figures import Figure
from fcr_app.services.overview.lens import MONTHS, USUAL_MONTHS, View
from fcr_app.services.overview.quality import RecordedMonth
from fcr_app.services.overview.recorded_in import BANDS
from fcr_app.services.overview.waiting import List

MONTH = r"^((19|20)[0-9]{2}-(0[1-9]|1[0-2]))?$"


class OverviewAsked(Given):
    """Whose work, and over how many months, of which the last is this one so far."""

    view = fields.Enum(View, by_value=True, load_default=None)
    months = fields.Integer(strict=True, load_default=USUAL_MONTHS, validate=validate.OneOf(MONTHS))


class RecordsBehindAsked(OverviewAsked):
    """Which number of an overview, and from where."""

    figure = fields.Enum(Figure, by_value=True, required=True)
    error = fields.Enum(ErrorType, by_value=True, load_default=None)
    month = Text(
        load_default="",
        validate=validate.Regexp(MONTH),
        metadata={"description": "Only this month of the crimes recorded, such as 2026-05."},
    )
    band = fields.Enum(Band, by_value=True, load_default=None)
    after = place("after")
    before = place("before")


class WaitingAnswer(Answer):
    """Something that waits, and the list on which it can be seen."""

    what = Text()
    whose = Text()
    count = fields.Integer()
    late = fields.Integer(allow_none=True, metadata={"description": "Null where no clock runs."})
    oldest_at = Moment(allow_none=True)
    counted_to = fields.Integer(
        attribute="most",
        allow_none=True,
        metadata={"description": "A larger count means: more than this. Null: all were counted."},
    )
    listed_in = fields.Enum(List, by_value=True)
    query = fields.Dict(keys=Text(), values=Text())
    late_query = fields.Dict(keys=Text(), values=Text())


class AuditedPointAnswer(Answer):
    """One signed-off audit: k of n, with its limits of chance."""

    audit = Text()
    period = Text()
    period_ends_on = fields.Date()
    k = fields.Integer()
    n = fields.Integer()
    rate = fields.Float()
    low = fields.Float()
    high = fields.Float()
    outside = fields.Boolean()
    in_run = fields.Boolean()


class AuditedRateAnswer(Answer):
    """One rate from audit to audit."""

    code = Text()
    line_key = Text()
    what = Text()
    title = Text()
    centre = fields.Float(attribute="limits.centre")
    method = Text(attribute="limits.method.value")
    points = fields.Method("in_order", metadata={"type": "array"})

    def in_order(self, rate: Any) -> Any:
        """Return the points, each with its limits."""
        both = zip(rate.points, rate.limits.points, strict=True)
        return AuditedPointAnswer(many=True).dump(
            {
                **vars(charted),
                "audit": point.run_reference,
                "period": point.label,
                "period_ends_on": point.period_ends_on,
            }
            for point, charted in both
        )


class AuditedMeasureAnswer(Answer):
    """How many of how many an audit found."""

    measure = Text()
    k = fields.Integer()
    n = fields.Integer()
    rate = fields.Float(allow_none=True)


class AuditedN100sAnswer(Answer):
    """What the latest audit of N100s found (N100-16)."""

    audit = Text(attribute="run_reference")
    period = Text(attribute="label")
    measures = fields.Method("in_words", metadata={"type": "array"})

    def in_words(self, found: AuditedN100s) -> Any:
        """Return each measure with its name."""
        return AuditedMeasureAnswer(many=True).dump(
            {"measure": words, "k": rate.k, "n": rate.n, "rate": rate.value}
            for words, rate in found.rows
        )


class CauseAnswer(Answer):
    """One kind of error."""

    error = Text(attribute="error.value")
    label = Text(attribute="error.label")
    in_feedback = fields.Integer()
    by_audits = fields.Integer()
    listed = fields.Boolean()


class CountedAnswer(Answer):
    """One number, and its share of another where it is one."""

    figure = fields.Enum(Figure, by_value=True)
    label = Text(attribute="figure.label")
    count = fields.Integer()
    of = fields.Integer(allow_none=True)
    listed = fields.Boolean(metadata={"description": "You may see the records behind it."})


class RecordedMonthAnswer(Answer):
    """The crimes recorded in a month, by how long after the report."""

    month = fields.Date(metadata={"description": "Its first day."})
    total = fields.Integer()
    in_time_rate = fields.Float(
        allow_none=True, metadata={"description": "Of those whose times are known, 0 to 1."}
    )
    bands = fields.Method("by_band", metadata={"type": "object"})

    def by_band(self, one: RecordedMonth) -> dict[str, int]:
        """Return how many are in each band."""
        return {band.value: one.counts[band] for band in BANDS}


class KnownOfItemAnswer(Answer):
    """How much is known of one characteristic."""

    item = Text(attribute="key")
    label = Text()
    asked_of = fields.Integer()
    known = fields.Integer()
    blank = fields.Integer(allow_none=True)


class KnownOfVictimsAnswer(Answer):
    """How much is known about the victims of the months; no items before they are counted."""

    kept_at = Moment(allow_none=True)
    items = fields.List(fields.Nested(KnownOfItemAnswer))


class OverviewAnswer(Answer):
    """Everything an overview shows."""

    view = fields.Enum(View, by_value=True, attribute="lens.view")
    first_month = fields.Date(attribute="lens.period.first")
    last_month = fields.Date(attribute="lens.period.last")
    waiting = fields.List(fields.Nested(WaitingAnswer))
    rates = fields.List(fields.Nested(AuditedRateAnswer))
    audited_n100s = fields.Nested(AuditedN100sAnswer, allow_none=True)
    causes = fields.List(fields.Nested(CauseAnswer))
    n100s = fields.List(fields.Nested(CountedAnswer))
    decisions = fields.List(fields.Nested(CountedAnswer))
    recorded = fields.List(fields.Nested(RecordedMonthAnswer))
    feedback = fields.List(fields.Nested(CountedAnswer))
    known = fields.Nested(KnownOfVictimsAnswer, allow_none=True)


class BehindAnswer(Answer):
    """One record behind a number."""

    reference = Text()
    crime_id = fields.Integer(allow_none=True)
    what = Text()
    state = Text()
    unit = Text()
    at = Moment(allow_none=True)


class RecordsBehindAnswer(Answer):
    """One page of the records behind a number."""

    title = Text()
    view = fields.Enum(View, by_value=True, attribute="lens.view")
    first_month = fields.Date(attribute="lens.period.first")
    last_month = fields.Date(attribute="lens.period.last")
    count = fields.Integer()
    more = fields.Boolean()
    rows = fields.List(fields.Nested(BehindAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")
