"""A supervisor's team, one person's feedback and learning, and notes of talks."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.one_to_one import LONGEST_NOTE


class TeamAsked(Given):
    """Which unit, for the FCR, and from where in the open items."""

    unit_id = an_id(load_default=None)
    after = place("after")
    before = place("before")


class NamedAnswer(Answer):
    """A person or a unit, by name."""

    id = fields.Integer()
    name = Text()


class OpenItemAnswer(Answer):
    """Feedback about which something has still to be done."""

    id = fields.Integer()
    reference = Text()
    state = Text()
    person_id = fields.Integer()
    person = Text()
    subject = Text()
    error = fields.Enum(ErrorType, by_value=True, allow_none=True)
    created_at = Moment()
    due_at = Moment(allow_none=True)


class TeamThemeAnswer(Answer):
    """How often one kind of error came up in the team in 12 months."""

    error = fields.Enum(ErrorType, by_value=True)
    count = fields.Integer()


class NeededAnswer(Answer):
    """Somebody who has a plan, or would with one more of the same; in the order of names."""

    person_id = fields.Integer()
    person = Text()
    error = fields.Enum(ErrorType, by_value=True)
    plan_id = fields.Integer(allow_none=True)


class AgesAnswer(Answer):
    """How many open items there are, by their limit."""

    in_time = fields.Integer()
    late = fields.Integer()
    long_late = fields.Integer()


class TeamAnswer(Answer):
    """A supervisor's team; for the FCR a unit, or the whole force."""

    unit_id = fields.Integer(allow_none=True)
    units = fields.List(fields.Nested(NamedAnswer))
    people = fields.List(fields.Nested(NamedAnswer))
    ages = fields.Nested(AgesAnswer)
    items = fields.List(fields.Nested(OpenItemAnswer), attribute="items.rows")
    before = Text(attribute="items.before")
    after = Text(attribute="items.after")
    themes = fields.List(fields.Nested(TeamThemeAnswer))
    help = fields.List(fields.Nested(NeededAnswer))


class TeamPersonAsked(Given):
    """From where in the items and in the notes."""

    after = place("after")
    before = place("before")
    notes_before = an_id(load_default=None)


class PersonItemAnswer(Answer):
    """An item of feedback of a person."""

    id = fields.Integer()
    subject = Text()
    error = fields.Enum(ErrorType, by_value=True, allow_none=True)
    created_at = Moment()
    due_at = Moment()
    acknowledged_at = Moment(allow_none=True)


class PersonPlanAnswer(Answer):
    """A learning plan about a person."""

    id = fields.Integer()
    error = fields.Enum(ErrorType, by_value=True)
    opened_at = Moment()
    due_at = Moment()
    closed_at = Moment(allow_none=True)


class NoteAnswer(Answer):
    """A note of a talk, for one of the two whom it is between."""

    id = fields.Integer()
    author = Text()
    held_on = fields.Date()
    text = Text()
    created_at = Moment()
    corrects_id = fields.Integer(allow_none=True)
    corrected = fields.Boolean()
    may_correct = fields.Boolean()


class TeamPersonAnswer(Answer):
    """A person's feedback and learning."""

    id = fields.Integer()
    name = Text()
    unit = Text()
    supervisor = Text()
    own = fields.Boolean()
    items = fields.List(fields.Nested(PersonItemAnswer), attribute="items.rows")
    before = Text(attribute="items.before")
    after = Text(attribute="items.after")
    plans = fields.List(fields.Nested(PersonPlanAnswer))
    notes = fields.List(fields.Nested(NoteAnswer), attribute="notes.notes")
    notes_next_before = fields.Integer(attribute="notes.next_before", allow_none=True)
    may_write = fields.Boolean()
    reads_notes = fields.Boolean()


class NoteGiven(Given):
    """What was talked about, and when."""

    held_on = fields.Date(required=True)
    text = text_of(LONGEST_NOTE, 1, required=True)


class NoteMadeAnswer(Answer):
    """A note that is kept."""

    id = fields.Integer()
