"""Letters to victims, and the log of a case."""

from marshmallow import fields, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.services.letters import LONGEST_ADDITION, Copy, Reader
from fcr_app.services.logs_view import LONGEST_RECIPIENT, VERBS, Shown


class LetterAnswer(Answer):
    """A letter to a victim, as it would be printed today."""

    to = fields.List(Text(), metadata={"description": "Who it is for and where, line by line."})
    title = Text()
    reader = fields.Enum(Reader, by_value=True, attribute="facts.reader")
    prefers_welsh = fields.Boolean(
        attribute="facts.prefers_welsh", metadata={"description": "Have it translated first."}
    )
    removed = fields.Boolean(
        attribute="facts.removed",
        metadata={"description": "False where the crime leaves the record once this is told."},
    )
    html = Text(metadata={"description": "All of it, as a document."})


class PrintGiven(Given):
    """Which copy to print, with which words of the sender's own."""

    copy = fields.Enum(
        Copy,
        by_value=True,
        load_default=Copy.LETTER,
        metadata={"description": "The letter to send, or the marked copy for the case file."},
    )
    added = text_of(
        LONGEST_ADDITION,
        load_default="",
        metadata={"description": "A sentence or two that name nobody."},
    )


class LogAsked(Given):
    """Which entries, and from where."""

    show = fields.Enum(Shown, by_value=True, load_default=Shown.ALL)
    after = place("after")


class LogEntryAnswer(Answer):
    """One entry: who looked at the case, or who changed it."""

    at = Moment()
    who = Text()
    staff_number = Text()
    verb = fields.String(validate=validate.OneOf(sorted(VERBS.values())))
    what = Text()
    kind = Text()
    recipient = Text(metadata={"description": "Who got a copy; empty where none was given out."})
    detail = Text()
    address = Text()


class LogAnswer(Answer):
    """Some entries, the newest first."""

    items = fields.List(fields.Nested(LogEntryAnswer), attribute="entries")
    after = Text(attribute="next_after")


class RecipientGiven(Given):
    """Who gets a copy: a name and an office. It is logged."""

    recipient = text_of(LONGEST_RECIPIENT, 1, required=True)
