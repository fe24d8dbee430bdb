"""Worklists, search, notices and feedback."""

from marshmallow import fields, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, text_of
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.feedback import LONGEST_REPLY, Listed
from fcr_app.services.search import LONGEST
from fcr_app.services.worklist import Sort, Tab
from fcr_app.services.worklist_filters import CODES, STATES, Clock
from fcr_app.workflows.feedback import State

CURSOR = r"^((none|[0-9]{8}T[0-9]{6}\.[0-9]{6})-[0-9]{1,9})?$"
HOLDER = r"^(nobody|me|[0-9]{1,9})?$"
ID = r"^([0-9]{1,9})?$"


def place(where: str) -> Text:
    """Return a field for a place in a list."""
    return Text(
        load_default="",
        validate=validate.Regexp(CURSOR),
        metadata={"description": f"The “{where}” of the page you have."},
    )


class WorklistAsked(Given):
    """Which list, in which order, narrowed how, from where."""

    tab = fields.Enum(Tab, by_value=True, load_default=None)
    sort = fields.Enum(Sort, by_value=True, load_default=Sort.DUE)
    state = Text(load_default="", validate=validate.OneOf(["", *STATES]))
    code = Text(load_default="", validate=validate.OneOf(["", *CODES]))
    offence = text_of(
        LONGEST,
        load_default="",
        metadata={"description": "A Home Office class such as 19C, or a group of them."},
    )
    unit = Text(load_default="", validate=validate.Regexp(ID))
    holder = Text(
        load_default="",
        validate=validate.Regexp(HOLDER),
        metadata={"description": "“nobody”, “me” or the id of a person."},
    )
    clock = Text(load_default="", validate=validate.OneOf(["", *(clock.value for clock in Clock)]))
    after = place("after")
    before = place("before")


class WorklistRowAnswer(Answer):
    """One case in a list."""

    reference = Text()
    state = Text()
    state_label = Text(attribute="state_short")
    asks = Text()
    requester = Text()
    unit = Text()
    opened_at = Moment()
    due_at = Moment(allow_none=True)
    holder_id = fields.Integer(allow_none=True)
    holder = Text()


class TabAnswer(Answer):
    """A list that the person has."""

    tab = fields.Enum(Tab, by_value=True)
    label = Text()
    count = fields.Integer(metadata={"description": "Counted no further than 1,000."})
    more = fields.Boolean(metadata={"description": "There are more than were counted."})


class WorklistAnswer(Answer):
    """One page of a list, with the lists that the person has."""

    tab = fields.Enum(Tab, by_value=True, attribute="asked.tab")
    sort = fields.Enum(Sort, by_value=True, attribute="asked.sort")
    tabs = fields.List(fields.Nested(TabAnswer), attribute="lists")
    items = fields.List(fields.Nested(WorklistRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class NumberAsked(Given):
    """A number or a reference, or how it begins. A name goes into a body, not an address."""

    number = text_of(LONGEST, 3, required=True)


class WordsGiven(Given):
    """A number, or the beginning of a name."""

    words = text_of(LONGEST, 2, required=True)


class HitAnswer(Answer):
    """A case, a report or a crime that was found."""

    crime_id = fields.Integer(allow_none=True)
    crime_number = Text()
    incident_reference = Text()
    offence = Text()
    status = Text()
    unit = Text()
    reference = Text(metadata={"description": "The case's; empty for a crime without one."})
    incident_id = fields.Integer(allow_none=True)
    report = Text(metadata={"description": "The report's reference, where one was found."})
    state = Text()
    asks = Text()
    who = Text(metadata={"description": "Whose name was found, if one was."})


class FoundAnswer(Answer):
    """What was found, by what it was found by."""

    cases = fields.List(fields.Nested(HitAnswer))
    reports = fields.List(fields.Nested(HitAnswer))
    crimes = fields.List(fields.Nested(HitAnswer))
    work = fields.List(
        fields.Nested(HitAnswer),
        metadata={"description": "Cases that a member of staff asked for or holds."},
    )
    victims = fields.List(fields.Nested(HitAnswer), metadata={"description": "Crimes of a victim."})
    more = fields.List(
        Text(), metadata={"description": "The kinds of which there is more than is shown."}
    )


class CrimesFoundAnswer(Answer):
    """The crimes whose number begins like that."""

    items = fields.List(fields.Nested(HitAnswer))
    more = fields.Boolean(metadata={"description": "There are more than are shown."})


class NoticesAsked(Given):
    """Which page of notices."""

    before = fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))


class NoticeAnswer(Answer):
    """One message."""

    id = fields.Integer()
    message = Text()
    created_at = Moment()
    read_at = Moment(allow_none=True)
    case_reference = Text()


class NoticesAnswer(Answer):
    """Some of a person's messages, newest first."""

    unread = fields.Integer(metadata={"description": "Counted no further than 100."})
    items = fields.List(fields.Nested(NoticeAnswer))
    before = fields.Integer(
        allow_none=True, metadata={"description": "Ask with this for older ones."}
    )


class FeedbackAsked(Given):
    """Which list of feedback, and from where."""

    listed = fields.Enum(Listed, by_value=True, load_default=Listed.OPEN)
    after = place("after")
    before = place("before")


class AllFeedbackAsked(Given):
    """All feedback, narrowed how, and from where."""

    after = place("after")
    before = place("before")
    state = fields.Enum(State, by_value=True, allow_none=True, load_default=None)
    error = fields.Enum(ErrorType, by_value=True, allow_none=True, load_default=None)
    source = fields.Enum(Source, by_value=True, allow_none=True, load_default=None)
    unit_id = fields.Integer(
        allow_none=True, load_default=None, validate=validate.Range(min=1, max=LARGEST_ID)
    )
    overdue = fields.Boolean(load_default=False)


class FeedbackAnswer(Answer):
    """Feedback, with its reasons and rules (FB-01). Its case takes the steps."""

    id = fields.Integer()
    reference = Text()
    state = fields.Enum(State, by_value=True)
    subject = Text()
    done = Text()
    error = fields.Enum(ErrorType, by_value=True, allow_none=True)
    positive = fields.Boolean()
    harm = fields.Enum(Harm, by_value=True)
    source = fields.Enum(Source, by_value=True)
    reasons = Text()
    rule_id = Text()
    rules = fields.List(Text())
    right_decision = Text()
    to_do = Text()
    correction = fields.Enum(Correction, by_value=True)
    correct_by_at = Moment(allow_none=True)
    corrected_at = Moment(allow_none=True)
    corrected_by = Text()
    sender = Text()
    to = Text()
    unit = Text()
    created_at = Moment()
    due_at = Moment(allow_none=True)
    acknowledged_at = Moment(allow_none=True)
    closed_at = Moment(allow_none=True)
    reply = Text()
    case_reference = Text()
    crime_id = fields.Integer(allow_none=True)
    incident_id = fields.Integer(allow_none=True)


class FeedbackPageAnswer(Answer):
    """Some items of a list of feedback."""

    listed = fields.Enum(Listed, by_value=True)
    items = fields.List(fields.Nested(FeedbackAnswer))
    after = Text(attribute="page.after")
    before = Text(attribute="page.before")


class ReplyGiven(Given):
    """What one says to feedback, if anything."""

    reply = text_of(LONGEST_REPLY, load_default="")
