"""The audit plan: its editions, its audits, its hours."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.domain.audit_sampling.allocation import Allocation
from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.line_words import ChangeKind
from fcr_app.domain.audits.lines import LONGEST_TITLE, MOST_AUDITORS, LineGiven
from fcr_app.domain.audits.risk import MOST_OF_A_PART, Risk
from fcr_app.domain.audits.words import CountedAs, Frame, LineStatus, Strata
from fcr_app.services.audits.line_status import LONGEST_REASON
from fcr_app.services.audits.plan_beginning import LONGEST_WHY, PlanBegun

#: Longer than any number that a service takes; the service says what it takes.
LARGEST = 1_000_000


def _number(**options: Any) -> fields.Float:
    return fields.Float(validate=validate.Range(min=-LARGEST, max=LARGEST), **options)


def _whole(**options: Any) -> fields.Integer:
    return fields.Integer(
        strict=True, validate=validate.Range(min=-LARGEST, max=LARGEST), **options
    )


def _points() -> fields.Integer:
    return fields.Integer(
        strict=True, load_default=0, validate=validate.Range(min=0, max=MOST_OF_A_PART)
    )


class RiskGiven(Given):
    """The parts of the risk of an area, each 0 to 3."""

    rate = _points()
    trend = _points()
    change = _points()
    age = _points()
    victims = _points()
    volume = _points()
    concern = _points()

    @post_load
    def made(self, data: dict[str, int], **_kwargs: Any) -> Risk:
        """Return it as services take it."""
        return Risk(**data)


class FilterGiven(Given):
    """What a frame is narrowed to; nothing where empty."""

    opening_codes = fields.List(text_of(40), validate=validate.Length(max=40))
    closing_codes = fields.List(text_of(40), validate=validate.Length(max=40))
    routes = fields.List(text_of(40), validate=validate.Length(max=40))
    groups = fields.List(text_of(40), validate=validate.Length(max=40))
    removal_codes = fields.List(text_of(40), validate=validate.Length(max=40))


class AuditLineGiven(Given):
    """One audit of a plan, as it is written."""

    code = text_of(4, 1, required=True, metadata={"description": "The audit type, A1 to A18."})
    title = text_of(LONGEST_TITLE, 1, required=True)
    frame = fields.Enum(Frame, by_value=True, required=True)
    frame_filter = fields.Nested(FilterGiven, load_default=dict)
    counted_as = fields.Enum(CountedAs, by_value=True, required=True)
    strata = fields.Enum(Strata, by_value=True, load_default=Strata.NONE)
    first_due_on = fields.Date(required=True)
    every_months = _whole(required=True, metadata={"description": "0 for once."})
    covers_months = _whole(required=True)
    method = fields.Enum(Method, by_value=True, required=True)
    allocation = fields.Enum(Allocation, by_value=True, load_default=Allocation.PROPORTIONAL)
    fixed_size = _whole(allow_none=True, load_default=None)
    census_below = _whole(allow_none=True, load_default=None)
    precision = _number(
        allow_none=True,
        load_default=None,
        metadata={"description": "Half the interval that is wanted, 0 to 1."},
    )
    expected_rate = _number(load_default=0.9)
    yield_rate = _number(load_default=1.0)
    design_effect = _number(load_default=1.0)
    hours = _number(required=True)
    risk = fields.Nested(RiskGiven, load_default=Risk)
    owner_id = an_id(allow_none=True, load_default=None)
    auditor_ids = fields.List(
        an_id(), load_default=list, validate=validate.Length(max=MOST_AUDITORS)
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> LineGiven:
        """Return it as services take it."""
        return LineGiven(**{**data, "auditor_ids": tuple(data["auditor_ids"])})


class PlanBegunGiven(Given):
    """How an edition of a plan is begun."""

    starts_on = fields.Date(required=True, metadata={"description": "1 April of its year."})
    from_last = YesNo(load_default=False)
    monthly_hours = _number(allow_none=True, load_default=None)
    why = text_of(
        LONGEST_WHY,
        load_default="",
        metadata={"description": "Why the plan of the year is changed, after its first edition."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> PlanBegun:
        """Return it as services take it."""
        return PlanBegun(**data)


class PlanStepGiven(Given):
    """What a step of a plan is asked."""

    answers = fields.Dict(
        keys=text_of(40),
        values=text_of(4000),
        load_default=dict,
        validate=validate.Length(max=10),
    )


class MonthHoursGiven(Given):
    """The auditors' hours in one month."""

    month = fields.Date(required=True, metadata={"description": "Its first day."})
    hours = _number(required=True)


class PlanHoursGiven(Given):
    """The auditors' hours in some months."""

    months = fields.List(
        fields.Nested(MonthHoursGiven), required=True, validate=validate.Length(min=1, max=12)
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> dict[Any, float]:
        """Return them by month."""
        found = {one["month"]: one["hours"] for one in data["months"]}
        if len(found) != len(data["months"]):
            raise ValidationError("Name each month once.", "months")
        return found


class PlanAuditorsGiven(Given):
    """Who examines the records of many audits."""

    auditor_ids = fields.List(
        an_id(), required=True, validate=validate.Length(min=1, max=MOST_AUDITORS)
    )
    only_missing = YesNo(
        load_default=False,
        metadata={"description": "Leave audits alone that have an auditor already."},
    )


class PlanAuditorsAnswer(Answer):
    """How many audits have other auditors now."""

    changed = fields.Integer()


class LineReasonGiven(Given):
    """Why an audit is stopped, or goes on."""

    reason = text_of(LONGEST_REASON, 1, required=True)


class EditionsAsked(Given):
    """From where in the list of editions."""

    before = fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))


class PlanEditionAnswer(Answer):
    """One edition of the plan of a year."""

    id = fields.Integer(attribute="plan.id")
    year = Text()
    edition = fields.Integer(attribute="plan.edition")
    state = Text(attribute="plan.state")
    why = Text(attribute="plan.why")
    begun_at = Moment(attribute="plan.begun_at")
    fcr_approved_at = Moment(attribute="plan.fcr_approved_at", allow_none=True)
    approved_at = Moment(attribute="plan.approved_at", allow_none=True)


class EditionsAnswer(Answer):
    """Some editions, the last begun first."""

    items = fields.List(fields.Nested(PlanEditionAnswer))
    before = fields.Integer(
        allow_none=True, metadata={"description": "Ask for older ones with it; none where null."}
    )


class RiskAnswer(Answer):
    """The risk of an area and its parts."""

    score = fields.Integer()
    band = Text(attribute="band.value")
    likelihood = fields.Integer()
    impact = fields.Integer()
    rate = fields.Integer()
    trend = fields.Integer()
    change = fields.Integer()
    age = fields.Integer()
    victims = fields.Integer()
    volume = fields.Integer()
    concern = fields.Integer()


class AuditLineAnswer(Answer):
    """One audit of a plan in its list."""

    id = fields.Integer()
    line_key = Text()
    code = Text()
    title = Text()
    frame = Text()
    every = Text()
    sample = Text()
    first_due_on = fields.Date()
    next_due_on = fields.Date(allow_none=True)
    hours = fields.Float()
    owner = Text()
    auditors = fields.List(Text())
    risk = fields.Nested(RiskAnswer)
    status = fields.Enum(LineStatus, by_value=True)
    status_reason = Text()
    asked_to_drop = YesNo()


class WordChangeAnswer(Answer):
    """One thing that reads otherwise."""

    title = Text()
    before = Text()
    after = Text()


class LineChangeAnswer(Answer):
    """How one audit differs from the edition before."""

    kind = fields.Enum(ChangeKind, by_value=True)
    line_key = Text()
    title = Text()
    changed = fields.List(fields.Nested(WordChangeAnswer))


class DueAnswer(Answer):
    """One audit that is due on a day."""

    line_id = fields.Integer(attribute="line.id")
    code = Text(attribute="line.code")
    title = Text(attribute="line.title")
    hours = fields.Float(attribute="line.hours")
    due_on = fields.Date()
    period_starts_on = fields.Date(attribute="period.starts_on")
    period_ends_on = fields.Date(attribute="period.ends_on")


class PlanMonthAnswer(Answer):
    """A month of a plan, in hours of auditors."""

    month = fields.Date()
    planned = fields.Float()
    done = fields.Float()
    available = fields.Float(allow_none=True)
    over = fields.Float()
    due = fields.List(fields.Nested(DueAnswer))


class PlanStepAnswer(Answer):
    """A step that the person's role has now."""

    trigger = Text()
    label = Text()
    reasons = fields.List(Text(), metadata={"description": "Why it can’t be taken yet."})


class AuditStepAnswer(Answer):
    """Something that happened."""

    said = Text()
    at = Moment()
    by = fields.Function(
        lambda step: step.actor.name if step.actor else "", metadata={"type": "string"}
    )
    reason = Text()


class AuditPlanAnswer(Answer):
    """A plan with its audits."""

    id = fields.Integer(attribute="plan.id")
    year = Text()
    edition = fields.Integer(attribute="plan.edition")
    state = Text(attribute="plan.state")
    why = Text(attribute="plan.why")
    fcr_approved_at = Moment(attribute="plan.fcr_approved_at", allow_none=True)
    approved_at = Moment(attribute="plan.approved_at", allow_none=True)
    lines = fields.List(fields.Nested(AuditLineAnswer))
    changes = fields.List(fields.Nested(LineChangeAnswer))
    steps = fields.List(fields.Nested(PlanStepAnswer))
    history = fields.List(fields.Nested(AuditStepAnswer))
    may_write = YesNo()


class PlanCalendarAnswer(Answer):
    """When each audit is due, and the hours month by month."""

    year = Text()
    months = fields.List(fields.Nested(PlanMonthAnswer))


class LineRunAnswer(Answer):
    """An audit that was drawn for a line."""

    reference = Text()
    period = Text()
    state = Text(attribute="state_label")


class AuditLinePageAnswer(Answer):
    """One audit of a plan with all there is to it."""

    line = fields.Nested(AuditLineAnswer, attribute="row")
    plan_id = fields.Integer(attribute="plan.id")
    about = Text()
    rule = Text(metadata={"description": "How often, as RFC 5545 writes it; empty for once."})
    words = fields.Dict(keys=Text(), values=Text())
    runs = fields.List(fields.Nested(LineRunAnswer))
    history = fields.List(fields.Nested(AuditStepAnswer))
    may_change = YesNo()
    may_suspend = YesNo()
    may_resume = YesNo()
    may_ask_to_drop = YesNo()
    may_approve_drop = YesNo()


class PlanMadeAnswer(Answer):
    """Something that was made."""

    id = fields.Integer()
