"""Feedback that somebody gives, and the plans that repeated errors open."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.feedback.items import Correction, Harm
from fcr_app.domain.feedback.sources import SOURCES
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.feedback_giving import LONGEST_REASONS, Given as Feedback
from fcr_app.services.learning_changes import LONGEST_TEXT, NewAction
from fcr_app.services.learning_plans import Listed
from fcr_app.services.thresholds import LONGEST, Thresholds

LONGEST_PART = 1000


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
    case_reference = text_of(
        20,
        load_default="",
        metadata={"description": "A case whose latest decision is meant, in place of the two."},
    )
    rule_id = fields.String(
        load_default="",
        validate=validate.OneOf(["", *SOURCES]),
        metadata={"description": "By its handbook id; what such an error breaks where empty."},
    )
    right_decision = text_of(LONGEST_PART, load_default="")
    to_do = text_of(LONGEST_PART, load_default="")
    correction = fields.Enum(Correction, by_value=True, load_default=Correction.NONE)
    harm = fields.Enum(Harm, by_value=True, allow_none=True, load_default=None)

    @validates_schema
    def about_one_record(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse feedback that is about no record, or about two."""
        named = [data.get(name) for name in ("crime_id", "incident_id", "case_reference")]
        if sum(bool(one) for one in named) != 1:
            words = "Give a crime_id, an incident_id or a case_reference."
            raise ValidationError(words, "crime_id")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Feedback:
        """Return it as services take it."""
        return Feedback(**data)


class FeedbackGivenAnswer(Answer):
    """Feedback that was given."""

    id = fields.Integer()


class LearningAsked(Given):
    """Which list, and from where."""

    list = fields.Enum(Listed, by_value=True, load_default=Listed.PEOPLE)
    after = place("after")
    before = place("before")


class LearningAnswer(Answer):
    """The same error several times, of a person or in a unit, for whoever can help (FB-02)."""

    id = fields.Integer()
    subject = Text(metadata={"description": "The person, or the unit."})
    of_unit = fields.Boolean()
    error = fields.Enum(ErrorType, by_value=True)
    item_count = fields.Integer()
    owner = Text()
    opened_at = Moment()
    due_at = Moment(
        metadata={"description": "Until when to agree what helps, and then to review it."}
    )
    review_on = fields.Date()
    actions = fields.Integer()
    actions_done = fields.Integer()
    closed_at = Moment(allow_none=True)
    outcome = Text()


class LearningPageAnswer(Answer):
    """Some plans."""

    items = fields.List(fields.Nested(LearningAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class ActionAnswer(Answer):
    """Something that is done to help."""

    id = fields.Integer()
    text = Text()
    owner = Text()
    due_on = fields.Date()
    done_on = fields.Date(allow_none=True)
    remark = Text()
    may_finish = fields.Boolean()


class EntryAnswer(Answer):
    """A review, or a handing over."""

    kind = Text()
    at = Moment()
    by = Text()
    text = Text()
    review_on = fields.Date(allow_none=True)
    owner = Text()


class SeenErrorAnswer(Answer):
    """An item of feedback that counted; a unit's task names nobody."""

    given_at = Moment()
    subject = Text()
    to = Text()


class PlanAnswer(Answer):
    """A plan with all there is to it."""

    plan = fields.Nested(LearningAnswer)
    actions = fields.List(fields.Nested(ActionAnswer))
    entries = fields.List(fields.Nested(EntryAnswer))
    errors = fields.List(fields.Nested(SeenErrorAnswer))
    closed_by = Text()
    may_manage = fields.Boolean()
    own = fields.Boolean()


class ActionGiven(Given):
    """Something to do that would help."""

    text = text_of(LONGEST_TEXT, 1, required=True)
    due_on = fields.Date(required=True)
    owner_id = an_id(allow_none=True, load_default=None)

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewAction:
        """Return it as services take it."""
        return NewAction(**data)


class ActionMadeAnswer(Answer):
    """An action that was added."""

    id = fields.Integer()


class LearningDoneGiven(Given):
    """An action is done."""

    remark = text_of(LONGEST_TEXT, load_default="")


class LearningReviewGiven(Given):
    """How it goes, and when it is looked at again."""

    text = text_of(LONGEST_TEXT, 1, required=True)
    review_on = fields.Date(required=True)


class OwnerGiven(Given):
    """Who sees to it from now on."""

    owner_id = an_id(required=True)
    text = text_of(LONGEST_TEXT, 1, required=True)


class OutcomeGiven(Given):
    """What came of a plan."""

    outcome = text_of(LONGEST_TEXT, 1, required=True)


def _a_number() -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(1, LONGEST))


class ThresholdsGiven(Given):
    """How many errors of one kind, within how many days."""

    learning_count = _a_number()
    learning_days = _a_number()
    training_count = _a_number()
    training_days = _a_number()

    @post_load
    def made(self, data: dict[str, int], **_kwargs: Any) -> Thresholds:
        """Return them as services take them."""
        return Thresholds(**data)


class ThresholdsAnswer(Answer):
    """How many errors of one kind, within how many days."""

    learning_count = fields.Integer()
    learning_days = fields.Integer()
    training_count = fields.Integer()
    training_days = fields.Integer()
