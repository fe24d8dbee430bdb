"""Feedback that somebody gives, and the learning tasks that repeated errors open."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.feedback_giving import LONGEST_REASONS, Given as Feedback

LONGEST_OUTCOME = 4000


class FeedbackGiven(Given):
    """Feedback on one crime or one report, for whoever dealt with it."""

    to_id = an_id(required=True)
    error = fields.Enum(
        ErrorType,
        by_value=True,
        allow_none=True,
        load_default=None,
        metadata={"description": "The kind of error; none where the record was right."},
    )
    reasons = text_of(LONGEST_REASONS, 1, required=True)
    crime_id = an_id(allow_none=True, load_default=None)
    incident_id = an_id(allow_none=True, load_default=None)

    @validates_schema
    def about_one_record(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse feedback that is about no record, or about two."""
        if (data.get("crime_id") is None) == (data.get("incident_id") is None):
            raise ValidationError("Give a crime_id or an incident_id.", "crime_id")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Feedback:
        """Return it as services take it."""
        return Feedback(**data)


class FeedbackGivenAnswer(Answer):
    """Feedback that was given."""

    id = fields.Integer()


class LearningAsked(Given):
    """Open tasks or closed ones, and from where."""

    closed = fields.Boolean(load_default=False)
    after = an_id(allow_none=True, load_default=None)


class LearningAnswer(Answer):
    """The same error of one person several times, for whoever can help (FB-02)."""

    id = fields.Integer()
    person = Text()
    error = fields.Enum(ErrorType, by_value=True)
    item_count = fields.Integer()
    opened_at = Moment()
    due_at = Moment()
    supervisor = Text()
    closed_at = Moment(allow_none=True)
    outcome = Text()


class LearningPageAnswer(Answer):
    """Some learning tasks."""

    items = fields.List(fields.Nested(LearningAnswer), attribute="tasks")
    after = fields.Integer(attribute="next_after", allow_none=True)


class OutcomeGiven(Given):
    """What came of a learning task."""

    outcome = text_of(LONGEST_OUTCOME, 1, required=True)
