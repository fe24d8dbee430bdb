"""What stands beside a case: people, advice, feedback, rules, appeals, rulings."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Moment, Text
from fcr_app.api.schemas.rulings import RulingRowAnswer
from fcr_app.domain.guards import Verdict


class AdviceAnswer(Answer):
    """The registrar's advice to a chief officer."""

    text = Text()
    who = Text()
    at = Moment()


class InvolvedAnswer(Answer):
    """A member of staff and their part."""

    name = Text()
    part = Text()


class CaseFeedbackAnswer(Answer):
    """Feedback that came out of the case."""

    subject = Text()
    to_name = Text()
    created_at = Moment()
    acknowledged_at = Moment(allow_none=True)


class RuleAnswer(Answer):
    """A rule, looked at for the case."""

    rule = Text(attribute="cite.rule")
    source = Text(attribute="cite.source.value")
    page = Text(attribute="cite.page")
    sentence = Text()
    verdict = fields.Enum(Verdict, by_value=True)
    reason = Text()


class AppealAnswer(Answer):
    """An appeal against a decision not to record."""

    made_by = Text(metadata={"description": "victim or reporter."})
    received_at = Moment()
    grounds = Text()
    recorded_by = Text()


class RulingHereAnswer(RulingRowAnswer):
    """A ruling that was made on the same class and question, or that this case led to."""

    ruling = Text()
