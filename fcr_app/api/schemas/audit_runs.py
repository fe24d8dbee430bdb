"""Audits as they are carried out: drawn, shared out, replaced."""

from marshmallow import fields, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import ReviewKind
from fcr_app.services.audits.by_hand import MOST_CHOSEN
from fcr_app.services.audits.item_list import ItemsListed
from fcr_app.services.audits.lists import LONGEST_REFERENCE
from fcr_app.services.audits.replacing import LONGEST_REASON, SHORTEST_REASON
from fcr_app.services.audits.run_list import RunsListed
from fcr_app.services.audits.size_planner import MOST_RECORDS

LONGEST_TEXT = 10_000
MOST_POSITION = 1_000_000
#: What a program can do with an audit as a whole here.
TRIGGERS = ("begin", "finish_reviews", "abandon")


class AuditRunsAsked(Given):
    """Which list of audits, of which type, from where."""

    list = fields.Enum(RunsListed, by_value=True, load_default=RunsListed.UNDER_WAY)
    type = Text(load_default="", validate=validate.OneOf(["", *TYPES]))
    after = place("after")
    before = place("before")


class AuditDaysAnswer(Answer):
    """The days that an audit is about, both ends included."""

    starts_on = fields.Date()
    ends_on = fields.Date()
    label = Text()


class AuditRunAnswer(Answer):
    """One audit in a list."""

    id = fields.Integer()
    reference = Text()
    code = Text(metadata={"description": "The audit type: A1 to A18."})
    title = Text()
    days = fields.Nested(AuditDaysAnswer, attribute="span")
    due_on = fields.Date()
    late_days = fields.Integer()
    state = Text()
    state_label = Text()
    statistical = fields.Boolean()
    sample_size = fields.Integer()
    done = fields.Integer()


class AuditRunsAnswer(Answer):
    """Some audits."""

    list = fields.Enum(RunsListed, by_value=True, attribute="listed")
    items = fields.List(fields.Nested(AuditRunAnswer), attribute="page.rows")
    after = Text(attribute="page.after")
    before = Text(attribute="page.before")


class AuditStratumAnswer(Answer):
    """A part of a frame, and how much of it was drawn."""

    name = Text()
    population = fields.Integer()
    drawn = fields.Integer()


class AuditProgressAnswer(Answer):
    """How far somebody is with their records."""

    person_id = fields.Integer(allow_none=True)
    name = Text()
    again = fields.Boolean(metadata={"description": "As the second auditor."})
    count = fields.Integer()
    done = fields.Integer()


class AuditFrameAnswer(Answer):
    """The records that a sample was drawn from, frozen."""

    kind = Text()
    in_words = Text()
    query = Text()
    taken_at = Moment()
    row_count = fields.Integer()
    hash = Text(metadata={"description": "SHA-256 of every record with its stratum."})


class AuditRunStepAnswer(Answer):
    """Something that happened to an audit."""

    said = Text()
    at = Moment()
    by = Text(
        attribute="actor.name", dump_default="", metadata={"description": "Empty for the system."}
    )
    reason = Text()


class AuditRunOfferedAnswer(Answer):
    """Something that the person may do with an audit now."""

    trigger = Text()
    label = Text()
    reasons = fields.List(Text(), metadata={"description": "Why it can’t be done yet."})


class AuditRunViewAnswer(Answer):
    """An audit with its frame, sample and history."""

    id = fields.Integer(attribute="view.run.id")
    reference = Text(attribute="view.run.reference")
    type = Text(attribute="view.kind")
    title = Text(attribute="view.run.title")
    days = fields.Nested(AuditDaysAnswer, attribute="view.span")
    due_on = fields.Date(attribute="view.run.due_on")
    opened_at = Moment(attribute="view.run.opened_at")
    opened_by = Text(attribute="view.opened_by")
    late_days = fields.Integer(attribute="view.run.late_days")
    lateness = Text(attribute="view.lateness")
    state = Text(attribute="view.run.state")
    state_label = Text(attribute="view.state_label")
    method = Text(attribute="view.run.method")
    statistical = fields.Boolean(attribute="view.run.statistical")
    counted_as = Text(attribute="view.counted_as")
    algorithm = Text(attribute="view.run.algorithm")
    seed = Text(attribute="view.run.seed")
    sample_size = fields.Integer(attribute="view.sample_size")
    size_why = Text(attribute="view.run.size_why")
    reserves = fields.Integer(attribute="view.reserves")
    replaced = fields.Integer(attribute="view.replaced")
    differences = fields.Integer(attribute="view.differences")
    frame = fields.Nested(AuditFrameAnswer, attribute="view.frame")
    list = Text(attribute="view.list_name")
    strata = fields.List(fields.Nested(AuditStratumAnswer), attribute="view.strata")
    progress = fields.List(fields.Nested(AuditProgressAnswer), attribute="view.progress")
    history = fields.List(fields.Nested(AuditRunStepAnswer), attribute="view.history")
    steps = fields.List(fields.Nested(AuditRunOfferedAnswer))


class AuditCheckAnswer(Answer):
    """What a check of an audit against itself found."""

    row_count = fields.Integer()
    hash = Text(metadata={"description": "SHA-256 of the kept records, worked out now."})
    frame_holds = fields.Boolean()
    draw_holds = fields.Boolean(
        allow_none=True, metadata={"description": "Null where somebody chose the records."}
    )


class AuditDrawnRecordsAsked(Given):
    """Which records of an audit, from where."""

    list = fields.Enum(ItemsListed, by_value=True, load_default=ItemsListed.SAMPLE)
    after = fields.Integer(
        strict=False, load_default=0, validate=validate.Range(min=0, max=MOST_POSITION)
    )


class AuditDrawnRecordAnswer(Answer):
    """One record of an audit: who examines it, never what was found."""

    id = fields.Integer()
    position = fields.Integer()
    identifier = Text()
    label = Text()
    stratum = Text()
    in_sample = fields.Boolean()
    is_reserve = fields.Boolean()
    auditor = Text()
    second_auditor = Text()
    done = fields.Boolean()
    second_done = fields.Boolean()
    replaced_by = fields.Integer(allow_none=True)
    replaced_why = Text()


class AuditDrawnRecordsAnswer(Answer):
    """Some records of an audit, in the order drawn."""

    items = fields.List(fields.Nested(AuditDrawnRecordAnswer), attribute="rows")
    after = fields.Integer(
        allow_none=True, metadata={"description": "The position to go on from, if there are more."}
    )


class AuditOpenableAnswer(Answer):
    """An audit that can be opened now."""

    line_id = fields.Integer(attribute="due.line_id")
    due_on = fields.Date(attribute="due.due_on")
    code = Text(attribute="due.code")
    title = Text(attribute="due.title")
    days = fields.Nested(AuditDaysAnswer, attribute="due.span")
    is_due = fields.Boolean()
    late_days = fields.Integer()
    is_dip = fields.Boolean()
    waits_for_list = fields.Boolean()


class AuditOpenablesAnswer(Answer):
    """What can be opened by hand."""

    items = fields.List(fields.Nested(AuditOpenableAnswer))


class AuditRunGiven(Given):
    """An audit that is to be opened."""

    line_id = an_id(required=True)
    due_on = fields.Date(required=True)
    numbers = fields.List(
        text_of(LONGEST_REFERENCE, 1),
        load_default=[],
        validate=validate.Length(max=MOST_CHOSEN),
        metadata={"description": "The records of a dip sample, by number."},
    )


class AuditRunMadeAnswer(Answer):
    """An audit that was opened."""

    id = fields.Integer()
    reference = Text()


class AuditReplacementGiven(Given):
    """Why a record can’t be examined."""

    reason = text_of(LONGEST_REASON, SHORTEST_REASON, required=True)


class AuditReplacementAnswer(Answer):
    """The reserve that takes its place."""

    id = fields.Integer()
    position = fields.Integer()


class AuditHandOverGiven(Given):
    """Whose records are given to whom."""

    from_id = an_id(
        allow_none=True, load_default=None, metadata={"description": "Null for nobody’s."}
    )
    to_id = an_id(required=True)
    kind = fields.Enum(
        ReviewKind,
        by_value=True,
        load_default=ReviewKind.FIRST,
        validate=validate.OneOf([ReviewKind.FIRST, ReviewKind.SECOND]),
    )


class AuditHandOverAnswer(Answer):
    """How many were given, and how many were not."""

    count = fields.Integer()
    kept_back = fields.Integer()


class AuditRunStepGiven(Given):
    """A step of an audit as a whole, and what it asks."""

    trigger = Text(required=True, validate=validate.OneOf(TRIGGERS))
    answers = fields.Dict(
        keys=Text(validate=validate.Length(max=40)),
        values=text_of(LONGEST_TEXT),
        load_default=dict,
    )


class AuditListsAsked(Given):
    """Which page of the lists."""

    after = place("after")
    before = place("before")


class AuditListAnswer(Answer):
    """A list that was sent in."""

    id = fields.Integer()
    name = Text()
    line_key = Text()
    days = fields.Nested(AuditDaysAnswer, attribute="span")
    sent_at = Moment()
    sent_by = Text()
    row_count = fields.Integer()
    hash = Text()
    run = Text(metadata={"description": "The audit drawn from it; empty where none was yet."})


class AuditListsAnswer(Answer):
    """Some lists."""

    items = fields.List(fields.Nested(AuditListAnswer), attribute="page.rows")
    after = Text(attribute="page.after")
    before = Text(attribute="page.before")


class AuditListAsked(Given):
    """Which audit and which day a list is for."""

    line_id = fields.Integer(required=True, validate=validate.Range(min=1, max=999_999_999))
    due_on = fields.Date(required=True)


class AuditListMadeAnswer(Answer):
    """A list that was kept."""

    id = fields.Integer()
    row_count = fields.Integer()
    hash = Text()


class AuditSizeAsked(Given):
    """What is known of a sample that is planned."""

    population = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST_RECORDS)
    )
    rate = fields.Float(load_default=0.9, metadata={"description": "Expected, 0 to 1."})
    precision = fields.Float(load_default=0.05, metadata={"description": "Wanted, 0 to 1."})
    size = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST_RECORDS)
    )
    yield_rate = fields.Float(load_default=1.0)
    effect = fields.Float(load_default=1.0)


class AuditSizeOtherAnswer(Answer):
    """Records for another precision."""

    precision = fields.Float()
    records = fields.Integer()


class AuditSizeAnswer(Answer):
    """What a precision takes, and what a number of records gives."""

    records = fields.Integer()
    gives = fields.Float(allow_none=True, metadata={"description": "The precision of “size”."})
    others = fields.List(fields.Nested(AuditSizeOtherAnswer))
