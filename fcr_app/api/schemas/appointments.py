"""The diary: appointments, the daily list, the slots that are free."""

from marshmallow import fields, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.diary import LENGTHS, Became
from fcr_app.domain.diary.clock import Band
from fcr_app.domain.recording_clock import Light
from fcr_app.services.diary import View

LONGEST_STAFF_NUMBER = 40


def _an_id() -> fields.Integer:
    return fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))


class DiaryAsked(Given):
    """Which part of the diary: the week or the day that a day is in; today's unless said."""

    view = fields.Enum(View, by_value=True, load_default=View.WEEK)
    on = fields.Date(load_default=None)
    unit = _an_id()
    officer = _an_id()


class AppointmentAnswer(Answer):
    """An appointment, as the diary shows it. Its reference is that of its case."""

    reference = Text()
    starts_at = Moment()
    ends_at = Moment()
    officer_id = fields.Integer()
    officer = Text()
    unit = Text()
    place = Text()
    about = Text()
    state = Text()
    became = fields.Enum(Became, by_value=True, metadata={"description": "Empty: still to come."})
    past_limit = fields.Boolean(metadata={"description": "Booked after the limit (DIA-02)."})
    record_by_at = Moment(allow_none=True)
    light = fields.Enum(Light, by_value=True)
    settled = fields.Boolean()
    recorded = fields.Boolean()


class AppointmentsAnswer(Answer):
    """A part of the diary."""

    days = fields.List(fields.Date())
    items = fields.List(fields.Nested(AppointmentAnswer))
    more = fields.Boolean(metadata={"description": "There are more than are shown."})


class DailyAsked(Given):
    """Which page of the daily list."""

    after = place("after")
    before = place("before")


class DailyRowAnswer(Answer):
    """An appointment about a crime that is not recorded (DIA-05)."""

    reference = Text()
    incident = Text()
    about = Text()
    band = fields.Enum(Band, by_value=True)
    first_reported_at = Moment()
    record_by_at = Moment(allow_none=True)
    starts_at = Moment()
    state = Text()
    past_limit = fields.Boolean()
    officer = Text()
    unit = Text()
    supervisor = Text()
    insufficient = Text()


class DailyAnswer(Answer):
    """One page of the daily list, the oldest reports first, and how many are in each band."""

    counts = fields.Dict(keys=Text(), values=fields.Integer())
    items = fields.List(fields.Nested(DailyRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class SlotsAsked(Given):
    """Whose free slots, how long, and from which day on."""

    whom = text_of(
        LONGEST_STAFF_NUMBER,
        load_default=None,
        metadata={"description": "A staff number; empty for anybody of the unit."},
    )
    minutes = fields.Integer(load_default=60, validate=validate.OneOf(LENGTHS))
    since = fields.Date(load_default=None)


class SlotAnswer(Answer):
    """A slot that is free."""

    starts_at = Moment(attribute="span.start")
    ends_at = Moment(attribute="span.end")
    officer = Text(attribute="who.name")
    staff_number = Text(attribute="who.staff_number")
    late = fields.Boolean(
        metadata={"description": "After the limit while nothing is recorded (DIA-02)."}
    )


class SlotsAnswer(Answer):
    """The slots that are free, for the answers to the step that books one."""

    items = fields.List(fields.Nested(SlotAnswer))
