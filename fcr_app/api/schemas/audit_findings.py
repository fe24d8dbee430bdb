"""The findings of audits: what puts each right, its feedback, and closing one."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.audits.words import Severity
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.audits.correcting import Where
from fcr_app.services.audits.finding_closing import LONGEST_WHY, SHORTEST_WHY
from fcr_app.services.feedback_giving import LONGEST_REASONS, SHORTEST_REASONS


class AuditFindingsAsked(Given):
    """Which findings of an audit, from where."""

    closed = fields.Boolean(load_default=False)
    after = place("after")
    before = place("before")


class AuditFindingRowAnswer(Answer):
    """One finding."""

    id = fields.Integer()
    run_reference = Text()
    position = fields.Integer()
    label = Text()
    about = Text()
    error = fields.Enum(ErrorType, by_value=True)
    severity = fields.Enum(Severity, by_value=True)
    correction = fields.Enum(Correction, by_value=True)
    person = Text()
    unit = Text()
    opened_at = Moment()
    due_on = fields.Date()
    late = fields.Boolean()
    feedback = Text(metadata={"description": "The reference of the feedback; empty before."})
    correction_case = Text()
    closed_at = Moment(allow_none=True)
    closed_how = Text()
    version = fields.Integer()


class AuditFindingsAnswer(Answer):
    """One page of the findings of an audit."""

    items = fields.List(fields.Nested(AuditFindingRowAnswer), attribute="page.rows")
    open_count = fields.Integer()
    closed_count = fields.Integer()
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class AuditFindingAnswer(Answer):
    """One finding with what is said about such an error."""

    finding = fields.Nested(AuditFindingRowAnswer, attribute="row")
    words = Text()
    rule = Text()
    right_decision = Text()
    crime_id = fields.Integer(allow_none=True)
    incident_id = fields.Integer(allow_none=True)


class AuditCorrectionAnswer(Answer):
    """Where a finding is put right, and what is known for it."""

    where = fields.Enum(Where, by_value=True)
    reference = Text(metadata={"description": "Of the case, where it is one."})
    record_id = fields.Integer(metadata={"description": "Of the crime or the report; else 0."})
    fields_known = fields.Dict(keys=Text(), values=Text(), attribute="fields")


class AuditFindingFeedbackGiven(Given):
    """What is changed of the feedback that the finding proposes."""

    to_id = an_id(allow_none=True, load_default=None)
    reasons = text_of(LONGEST_REASONS, SHORTEST_REASONS, allow_none=True, load_default=None)


class AuditFindingFeedbackAnswer(Answer):
    """Feedback that was given."""

    item_id = fields.Integer()


class AuditFindingClosingGiven(Given):
    """Why nothing can put a finding right."""

    why = text_of(LONGEST_WHY, SHORTEST_WHY, required=True)
