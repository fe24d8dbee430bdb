"""What every schema shares: strict values, and nothing that a database could choke on."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate
from marshmallow.fields import Field

#: Of a record's number; every database holds it.
LARGEST_ID = 999_999_999
EARLIEST, LATEST = 1900, 2100


class Text(fields.String):
    """Text without the two things that can't be stored: the zero character, half a character."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise ValidationError("There is a character in it that can’t be kept.")
        return text


class Moment(fields.AwareDateTime):
    """A moment with its offset, such as ``2026-11-24T14:05:00+00:00``; kept in UTC."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        if not isinstance(value, str):
            raise ValidationError("Not a valid datetime.")
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not EARLIEST <= moment.year < LATEST:
            raise ValidationError(f"The year must be from {EARLIEST} to {LATEST - 1}.")
        return moment.astimezone(UTC)


class YesNo(fields.Boolean):
    """True or false, and not what a form would call so."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        del attr, data, kwargs
        if not isinstance(value, bool):
            raise ValidationError("Not true or false.")
        return value


class Given(Schema):
    """What a program sends. A name that is not asked for is refused, not passed over."""

    class Meta:
        """Strict, and documented so."""

        unknown = RAISE


class Answer(Schema):
    """What a program is sent. Every field is always there."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        """Document that the field is always there."""
        del field_name
        field_obj.required = True


def an_id(**options: Any) -> fields.Integer:
    """Return a field for the number of a record."""
    return fields.Integer(strict=True, validate=validate.Range(min=1, max=LARGEST_ID), **options)


def text_of(longest: int, shortest: int = 0, **options: Any) -> Text:
    """Return a field for text of limited length."""
    return Text(validate=validate.Length(min=shortest, max=longest), **options)


class ReasonAnswer(Answer):
    """One reason why something is refused."""

    rule = Text(metadata={"description": "The handbook id, such as CANC-05; empty for an answer."})
    source = Text(metadata={"description": "The document the rule stands in."})
    page = Text()
    reason = Text(metadata={"description": "What is wrong and what to do."})
    field = Text(metadata={"description": "The question or field to mend, if there is one."})


class ProblemAnswer(Answer):
    """Problem details (RFC 9457)."""

    type = Text(
        metadata={"description": "The address of its explanation.", "format": "uri-reference"}
    )
    title = Text()
    status = fields.Integer()
    detail = Text()
    instance = Text(metadata={"format": "uri-reference"})
    refusals = fields.List(fields.Nested(ReasonAnswer))


class DoneAnswer(Answer):
    """Something was done, and there is nothing else to say."""

    done = fields.Boolean()
