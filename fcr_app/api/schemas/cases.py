"""Cases, their steps and their history. The same for every workflow."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from fcr_app.api.schemas.base import Answer, Given, Moment, ReasonAnswer, Text, an_id, text_of
from fcr_app.api.schemas.case_parts import (
    AdviceAnswer,
    AppealAnswer,
    CaseFeedbackAnswer,
    InvolvedAnswer,
    RuleAnswer,
    RulingHereAnswer,
)
from fcr_app.domain.guards import Verdict
from fcr_app.domain.questions import Kind
from fcr_app.workflows import WORKFLOWS, workflow_by_key

LONGEST_ANSWER = 20_000
LONGEST_QUESTION_NAME = 60


class CaseGiven(Given):
    """A case to be opened: about a crime, or about a report, as its policy says."""

    workflow = Text(
        required=True, validate=validate.OneOf([workflow.key for workflow in WORKFLOWS])
    )
    crime_id = an_id(load_default=None)
    incident_id = an_id(load_default=None)

    @validates_schema
    def about_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse a case about nothing, or about both."""
        given = {name for name in ("crime_id", "incident_id") if data.get(name)}
        about = workflow_by_key(data["workflow"]).about
        if given != {f"{about.value}_id"}:
            raise ValidationError("This policy is about one of these.", f"{about.value}_id")


class AnswersGiven(Given):
    """Answers to a step's questions, by name: a date as 2026-11-24, a moment in ISO 8601."""

    answers = fields.Dict(
        keys=text_of(LONGEST_QUESTION_NAME, 1), values=text_of(LONGEST_ANSWER), load_default={}
    )


class HolderGiven(Given):
    """Who is to hold a case."""

    person_id = an_id(required=True)


class AnsweredAnswer(Answer):
    """A question that was answered."""

    name = Text()
    title = Text()
    text = Text(metadata={"description": "As people read it: a choice by its words."})


class CrimeOfCaseAnswer(Answer):
    """The crime a case is about."""

    id = fields.Integer()
    number = Text(attribute="crime_number")


class IncidentOfCaseAnswer(Answer):
    """The report a case is about."""

    id = fields.Integer()
    reference = Text()


class VictimOfCaseAnswer(Answer):
    """A victim, and how far they have been told of the decision that stands."""

    id = fields.Integer(allow_none=True)
    name = Text()
    enhanced = fields.Boolean()
    told_at = Moment(allow_none=True)
    exception = Text()


class DecisionAnswer(Answer):
    """A decision on the case."""

    outcome = Text()
    who = Text()
    at = Moment()
    rationale = Text()
    authority = Text()
    rule_set = Text()
    superseded = fields.Boolean()


class CaseAnswer(Answer):
    """A case, as the person may see it."""

    reference = Text(attribute="loaded.case.reference")
    workflow = Text(attribute="loaded.case.workflow")
    title = Text()
    state = Text(attribute="loaded.case.state")
    state_label = Text()
    open = fields.Boolean(attribute="loaded.case.open")
    asked = Text(attribute="loaded.case.asked", metadata={"description": "A code, such as C2."})
    asked_label = Text()
    needs = Text(attribute="loaded.case.needs", metadata={"description": "Whose authority."})
    opened_at = Moment(attribute="loaded.case.opened_at")
    opened_by = Text()
    entered_at = Moment(attribute="loaded.case.entered_at")
    due_at = Moment(attribute="loaded.case.due_at", allow_none=True)
    holder_id = fields.Integer(attribute="loaded.case.claimed_by_id", allow_none=True)
    holder = Text(attribute="holder_sentence")
    version = fields.Integer(attribute="loaded.case.version")
    crime = fields.Nested(CrimeOfCaseAnswer, attribute="loaded.crime", allow_none=True)
    incident = fields.Nested(IncidentOfCaseAnswer, attribute="loaded.incident", allow_none=True)
    answers = fields.List(fields.Nested(AnsweredAnswer), attribute="request")
    victims = fields.List(fields.Nested(VictimOfCaseAnswer))
    people = fields.List(fields.Nested(InvolvedAnswer))
    decisions = fields.List(fields.Nested(DecisionAnswer), attribute="decided")
    advice = fields.List(fields.Nested(AdviceAnswer))
    feedback = fields.List(fields.Nested(CaseFeedbackAnswer))
    rules_applied = fields.List(
        fields.Nested(RuleAnswer),
        attribute="rules_then",
        metadata={"description": "As they were when it was decided; empty before."},
    )
    rulings = fields.List(fields.Nested(RulingHereAnswer))
    appeals = fields.List(fields.Nested(AppealAnswer))


class OptionAnswer(Answer):
    """One choice."""

    value = Text()
    label = Text()
    hint = Text()


class QuestionAnswer(Answer):
    """What a step asks."""

    name = Text()
    label = Text()
    hint = Text()
    kind = fields.Enum(Kind, by_value=True)
    options = fields.List(fields.Nested(OptionAnswer))
    optional = fields.Boolean()
    min_length = fields.Integer()
    max_length = fields.Integer()


class StepAnswer(Answer):
    """A step from here, whether the person may take it, and every reason why not."""

    trigger = Text(metadata={"description": "Its name in the address that takes it."})
    label = Text()
    decision = fields.Boolean()
    final_warning = Text(metadata={"description": "Set where it can't be undone."})
    available = fields.Boolean(
        metadata={"description": "The person may take it, given the right answers."}
    )
    reasons = fields.List(fields.Nested(ReasonAnswer))
    questions = fields.List(
        fields.Nested(QuestionAnswer),
        metadata={"description": "What is asked, as far as the answers so far tell."},
    )
    rules = fields.List(fields.Nested(RuleAnswer))


class StepsAnswer(Answer):
    """Every step from where a case stands."""

    reference = Text()
    state = Text()
    version = fields.Integer()
    items = fields.List(fields.Nested(StepAnswer))


class TakenAnswer(Answer):
    """A step that was taken."""

    reference = Text()
    trigger = Text()
    outcome = Text(metadata={"description": "What happened and what comes next."})
    state = Text()
    version = fields.Integer()


class DraftAnswer(Answer):
    """What the person who asks has written so far."""

    reference = Text()
    version = fields.Integer()
    answers = fields.Dict(keys=Text(), values=Text())


class RuleThenAnswer(Answer):
    """A rule, as it was found when a step was taken."""

    name = Text()
    rule = Text()
    verdict = Text(validate=validate.OneOf([verdict.value for verdict in Verdict]))
    reason = Text()


class EventAnswer(Answer):
    """Something that happened to a case."""

    position = fields.Integer()
    what = Text()
    who = Text()
    authority = Text()
    at = Moment()
    rule_set = Text()
    answers = fields.List(fields.Nested(AnsweredAnswer))
    rules = fields.List(fields.Nested(RuleThenAnswer))


class TimelineAnswer(Answer):
    """Everything that happened to a case, oldest first."""

    reference = Text(attribute="loaded.case.reference")
    items = fields.List(fields.Nested(EventAnswer), attribute="timeline")


class CandidateAnswer(Answer):
    """Somebody a case could be given to."""

    id = fields.Integer()
    name = Text()
    holding = fields.Integer(metadata={"description": "How many open cases they hold."})


class CandidatesAnswer(Answer):
    """Everybody who could hold a case today, the least busy first."""

    items = fields.List(fields.Nested(CandidateAnswer))


class ClaimedAnswer(Answer):
    """The case that was claimed; empty where none waits."""

    reference = Text()
