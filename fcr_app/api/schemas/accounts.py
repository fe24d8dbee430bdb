"""People as an administrator keeps them, and as they see themselves."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.api.versions import mark
from fcr_app.domain.mail import MailChoice
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.domain.scopes import Scope
from fcr_app.services.authority_records import LONGEST_EVIDENCE, Term
from fcr_app.services.person_details import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_NUMBER,
    Details,
)

LONGEST_WORDS = 120


class AccountsAsked(Given):
    """Which people, and from where in the list."""

    role = fields.Enum(Role, by_value=True, load_default=None)
    left = fields.Boolean(
        load_default=False, metadata={"description": "Those who have left, and no others."}
    )
    after = fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))
    before = fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))


class AccountsSought(Given):
    """The beginning of a name or an e-mail address, or a staff number; and which people."""

    words = text_of(LONGEST_WORDS, 1, required=True)
    role = fields.Enum(Role, by_value=True, load_default=None, allow_none=True)
    left = YesNo(load_default=False)
    after = an_id(load_default=None, allow_none=True)
    before = an_id(load_default=None, allow_none=True)


class AccountRowAnswer(Answer):
    """A person as the list has them, with the roles in force today."""

    id = fields.Integer()
    name = Text()
    staff_number = Text()
    unit = Text()
    roles = fields.List(fields.Enum(Role, by_value=True))


class AccountsAnswer(Answer):
    """Some people, by surname."""

    items = fields.List(fields.Nested(AccountRowAnswer), attribute="rows")
    count = fields.Integer(metadata={"description": "Counted no further than 1,000."})
    before = fields.Integer(allow_none=True)
    after = fields.Integer(allow_none=True)


class DetailsGiven(Given):
    """Who a person is and where they work."""

    name = text_of(LONGEST_NAME, 1, required=True)
    staff_number = text_of(LONGEST_NUMBER, 1, required=True)
    email = text_of(LONGEST_EMAIL, 1, required=True)
    unit_id = an_id(allow_none=True, load_default=None)
    supervisor = text_of(
        LONGEST_NUMBER,
        load_default="",
        metadata={"description": "The supervisor's staff number; empty for nobody."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Details:
        """Return the details as services take them."""
        return Details(**data)


class TermGiven(Given):
    """From when until when something counts; both days inclusive."""

    starts_on = fields.Date(required=True)
    ends_on = fields.Date(
        allow_none=True, load_default=None, metadata={"description": "Nothing for no end."}
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Return the days as services take them, beside what else there is."""
        return {
            **data,
            "term": Term(starts_on=data.pop("starts_on"), ends_on=data.pop("ends_on")),
        }


class RoleGiven(TermGiven):
    """A role and its days."""

    role = fields.Enum(Role, by_value=True, required=True)


class EvidenceGiven(TermGiven):
    """The days of an accreditation and what shows it."""

    evidence = text_of(
        LONGEST_EVIDENCE,
        1,
        required=True,
        metadata={"description": "Such as the register entry or certificate number."},
    )


class AccreditationGiven(EvidenceGiven):
    """An accreditation, its days and what shows it (ROLE-01)."""

    kind = fields.Enum(AccreditationKind, by_value=True, required=True)


class DeputyGiven(Given):
    """Who covers, and when; both days inclusive."""

    deputy_id = an_id(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


def version_of(held: Any) -> int:
    """Return what stands for what an entry says: as it is shown, or as it is kept."""
    return mark(held.starts_on, held.ends_on, getattr(held, "evidence", ""))


class HeldEntryAnswer(Answer):
    """A role or an accreditation that a person holds, held or will hold."""

    id = fields.Integer()
    key = Text(metadata={"description": "Which one, as it is given."})
    label = Text()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    evidence = Text()
    standing = fields.String(
        validate=validate.OneOf(["in force", "ended", "not yet"]),
    )
    version = fields.Function(
        version_of,
        metadata={"type": "integer", "description": "For If-Match, where it is changed."},
    )


class CoverAnswer(Answer):
    """One person covering for another; both days inclusive."""

    id = fields.Integer()
    person_id = fields.Integer()
    person = Text()
    deputy_id = fields.Integer()
    deputy = Text()
    starts_on = fields.Date()
    ends_on = fields.Date()


class AccountAnswer(Answer):
    """A person with their authority and accreditations, all dated."""

    id = fields.Integer()
    version = fields.Integer()
    name = Text()
    staff_number = Text()
    email = Text()
    unit = Text()
    unit_id = fields.Integer(allow_none=True)
    supervisor = Text()
    supervisor_staff_number = Text()
    active = fields.Boolean(metadata={"description": "False for somebody who has left."})
    mail_choice = fields.Enum(MailChoice, by_value=True)
    has_password = fields.Boolean()
    must_change_password = fields.Boolean()
    last_signed_in_at = Moment(allow_none=True)
    roles = fields.List(fields.Nested(HeldEntryAnswer))
    accreditations = fields.List(fields.Nested(HeldEntryAnswer))
    covered_by = fields.List(fields.Nested(CoverAnswer))
    covers_for = fields.List(fields.Nested(CoverAnswer))
    warnings = fields.List(
        Text(), metadata={"description": "What a role lacks to be of use today (ROLE-01)."}
    )


class PasswordMadeAnswer(Answer):
    """A password for somebody else, who must change it when they sign in."""

    password = Text(
        metadata={"description": "Shown once; empty where the same request was sent again."}
    )


class TokenEntryAnswer(Answer):
    """A token, without its secret."""

    id = fields.Integer()
    name = Text()
    scope = fields.Enum(Scope, by_value=True)
    prefix = Text(metadata={"description": "How it begins."})
    created_at = Moment()
    expires_at = Moment()
    last_used_at = Moment(allow_none=True)
    last_used_address = Text()
    standing = fields.String(validate=validate.OneOf(["in force", "expired", "revoked"]))


class TokensAnswer(Answer):
    """Every token that a person has or had, the newest first."""

    items = fields.List(fields.Nested(TokenEntryAnswer))
