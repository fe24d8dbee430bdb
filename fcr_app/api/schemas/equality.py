"""Asking victims about equality. Lists say what is open; only a record says what was answered."""

from marshmallow import fields

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.language import Language
from fcr_app.services.equality.access import Sight
from fcr_app.services.equality.answers import LONGEST_DETAIL
from fcr_app.services.equality.worklist import Tab

_LONGEST_VALUE = 20


class IncompleteAsked(Given):
    """Which list, and from where."""

    tab = fields.Enum(Tab, by_value=True, load_default=None)
    after = place("after")
    before = place("before")


class IncompleteRowAnswer(Answer):
    """A victim whose record is incomplete."""

    id = fields.Integer()
    victim = Text()
    about = Text(metadata={"description": "The crime’s number, or the report’s reference."})
    officer = Text()
    opened_at = Moment()
    answered = fields.Integer()
    asked = fields.Integer()
    overdue = fields.Boolean()


class IncompleteListAnswer(Answer):
    """One page of victims whose record is incomplete."""

    tab = fields.Enum(Tab, by_value=True)
    items = fields.List(fields.Nested(IncompleteRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class RecordItemAnswer(Answer):
    """One item of a record. The value is empty where it is hidden from this person."""

    item = fields.Enum(Item, by_value=True)
    applies = fields.Boolean()
    answered = fields.Boolean()
    hidden = fields.Boolean()
    value = Text()
    detail = Text()
    missing = fields.Enum(Missing, by_value=True, allow_none=True)
    source = fields.Enum(AnswerSource, by_value=True, allow_none=True)
    given_on = fields.Date(allow_none=True)


class RecordAnswer(Answer):
    """One record as this person may see it."""

    id = fields.Integer()
    sight = fields.Enum(
        Sight,
        by_value=True,
        metadata={"description": "“gaps”: only which questions are open, and no value."},
    )
    counted_on = fields.Date(metadata={"description": "The day an age is counted at."})
    opened_at = Moment()
    completed_at = Moment(allow_none=True)
    answered = fields.Integer()
    asked = fields.Integer()
    items = fields.List(fields.Nested(RecordItemAnswer))


class AnswerGiven(Given):
    """An answer: a value, or why there is none. For age a date of birth, or whole years."""

    item = fields.Enum(Item, by_value=True, required=True)
    value = text_of(_LONGEST_VALUE, load_default="")
    detail = text_of(LONGEST_DETAIL, load_default="")
    missing = fields.Enum(Missing, by_value=True, load_default=None, allow_none=True)
    source = fields.Enum(AnswerSource, by_value=True, load_default=AnswerSource.SELF)
    given_on = fields.Date(required=True)


class BegunAnswer(Answer):
    """The record of a report’s victim."""

    id = fields.Integer()


class CodesAsked(Given):
    """Which list."""

    item = fields.Enum(Item, by_value=True, required=True)


class CodeAnswer(Answer):
    """One value of a list."""

    code = Text()
    label = Text()
    label_cy = Text()
    group = Text()
    write_in = fields.Boolean()


class CodesAnswer(Answer):
    """The values of an item today."""

    version = Text()
    source = Text()
    codes = fields.List(fields.Nested(CodeAnswer))


class PaperAsked(Given):
    """Which paper version."""

    lang = fields.Enum(Language, by_value=True, load_default=Language.ENGLISH)


class PaperQuestionAnswer(Answer):
    """One question, word for word."""

    text = Text()
    hint = Text()
    second = Text()


class PaperAnswer(Answer):
    """The questions as they are read out or printed."""

    language = fields.Enum(Language, by_value=True)
    title = Text()
    script = fields.List(Text())
    questions = fields.List(fields.Nested(PaperQuestionAnswer))
    prefer_not = Text()
