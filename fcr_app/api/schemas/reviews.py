"""The FCR's queue of recording decisions (N100-12)."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text
from fcr_app.api.schemas.lists import place
from fcr_app.services.reviews import Kind, Stage


class ReviewsAsked(Given):
    """Which part of the queue, and from where."""

    stage = fields.Enum(Stage, by_value=True, load_default=Stage.WAITING)
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    after = place("after")
    before = place("before")


class ReviewAnswer(Answer):
    """One line of the queue."""

    reference = Text()
    what = Text()
    why = Text()
    reporter = Text()
    state = Text()
    officer = Text()
    unit = Text()
    opened_at = Moment()
    due_at = Moment(allow_none=True)
    holder = Text()


class ReviewsAnswer(Answer):
    """One page of the queue, the oldest first."""

    items = fields.List(fields.Nested(ReviewAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")
