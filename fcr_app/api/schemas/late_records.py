"""Crimes that were recorded after their limit (REC-11)."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.services.late_records import LONGEST_REMARK, Listed, Verdict


class LateRecordsAsked(Given):
    """Which late records, and from where."""

    listed = fields.Enum(Listed, by_value=True, load_default=Listed.WAITING)
    after = place("after")
    before = place("before")


class ReviewGiven(Given):
    """What the FCR says of a reason. Not accepted, the remark goes to whoever gave it."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    remark = text_of(LONGEST_REMARK, load_default="")


class LateRecordAnswer(Answer):
    """One crime that was recorded late."""

    id = fields.Integer()
    incident_id = fields.Integer()
    reference = Text()
    crime_id = fields.Integer()
    crime_number = Text()
    by = fields.TimeDelta(metadata={"description": "Seconds past its limit."})
    limit_at = Moment()
    recorded_at = Moment()
    reason = Text()
    unit = Text()
    officer = Text()
    given_by = Text()
    verdict = fields.Enum(Verdict, by_value=True, allow_none=True)
    remark = Text()
    reviewed_by = Text()
    reviewed_at = Moment(allow_none=True)


class LateRecordsAnswer(Answer):
    """One page of late records."""

    listed = fields.Enum(Listed, by_value=True)
    items = fields.List(fields.Nested(LateRecordAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")
