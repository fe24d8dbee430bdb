"""One's own account: e-mails, password, tokens, addresses for calendars."""

from marshmallow import fields, validate

from fcr_app.api.schemas.accounts import TokenEntryAnswer
from fcr_app.api.schemas.base import Answer, Given, Moment, Text, text_of
from fcr_app.domain.mail import MailChoice
from fcr_app.domain.scopes import Scope
from fcr_app.services.api_tokens import LONGEST_NAME

LONGEST_PASSWORD = 1000


class MailChoiceGiven(Given):
    """When one wants e-mails."""

    choice = fields.Enum(MailChoice, by_value=True, required=True)


class OwnPasswordGiven(Given):
    """One's present password, and a new one."""

    current_password = text_of(LONGEST_PASSWORD, 1, required=True)
    new_password = text_of(LONGEST_PASSWORD, 1, required=True)


class TokenGiven(Given):
    """What a new token is for."""

    name = text_of(
        LONGEST_NAME, 1, required=True, metadata={"description": "Such as the program's name."}
    )
    scope = fields.Enum(Scope, by_value=True, required=True)
    days = fields.Integer(
        strict=True, required=True, validate=validate.Range(min=1, max=Scope.WRITE.most_days)
    )


class TokenMadeAnswer(TokenEntryAnswer):
    """A new token, with its secret."""

    token = Text(
        metadata={"description": "Shown once; empty where the same request was sent again."}
    )


class CalendarAnswer(Answer):
    """An address at which one's own calendar reads the diary, without its secret."""

    id = fields.Integer()
    made_at = Moment()
    expires_at = Moment()
    read_at = Moment(allow_none=True)
    ended_at = Moment(allow_none=True)


class CalendarsAnswer(Answer):
    """One's addresses, the newest first."""

    items = fields.List(fields.Nested(CalendarAnswer))


class CalendarMadeAnswer(CalendarAnswer):
    """A new address, with its secret."""

    address = Text(
        metadata={"description": "Shown once; empty where the same request was sent again."}
    )
