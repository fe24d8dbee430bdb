"""Bulletins, and the themes that gather what is known about one rule or error."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.api.schemas.rulings import RulingRowAnswer
from fcr_app.domain.bulletins import (
    LONGEST_EXAMPLE,
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BEARINGS,
    READERS,
    SHORTEST_REASON,
    SHORTEST_TEXT,
    Bearing,
    BulletinState,
    Wording,
)
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.domain.ruling_questions import normal_class
from fcr_app.services.bulletin_list import Listed
from fcr_app.services.bulletin_words import PLACES
from fcr_app.services.teaching_examples import LONGEST, SHORTEST

LONGEST_KEY, LONGEST_ASKED, LONGEST_CLASS, LONGEST_WORDS = 40, 20, 10, 80
MOST_UNITS = 200


class BulletinsAsked(Given):
    """Which list of bulletins, from where."""

    list = fields.Enum(Listed, by_value=True, load_default=Listed.STANDING)
    after = place("after")
    before = place("before")


class BearingGiven(Given):
    """A decision that a bulletin is shown at."""

    place = Text(
        required=True,
        validate=validate.OneOf(list(PLACES)),
        metadata={"description": "The key of a policy, or report, or crime."},
    )
    trigger = text_of(
        LONGEST_KEY, load_default="", metadata={"description": "One step; empty: every step."}
    )
    asked = text_of(
        LONGEST_ASKED, load_default="", metadata={"description": "Such as C2; empty: whatever."}
    )
    offence_class = text_of(
        LONGEST_CLASS, load_default="", metadata={"description": "Empty: any class."}
    )

    @post_load
    def made(self, data: dict[str, str], **_kwargs: Any) -> Bearing:
        """Return it as services take it."""
        return Bearing(**{**data, "offence_class": normal_class(data["offence_class"])})


class BulletinGiven(Given):
    """What a bulletin says, to whom, and where it is shown. It names nobody."""

    title = text_of(LONGEST_TITLE, 1, required=True)
    text = text_of(LONGEST_TEXT, SHORTEST_TEXT, required=True)
    rule = Text(required=True, validate=validate.OneOf(list(HANDBOOK)))
    right_example = text_of(LONGEST_EXAMPLE, load_default="")
    wrong_example = text_of(LONGEST_EXAMPLE, load_default="")
    errors = fields.List(
        fields.Enum(ErrorType, by_value=True),
        load_default=[],
        validate=validate.Length(max=len(ErrorType)),
    )
    bearings = fields.List(
        fields.Nested(BearingGiven), load_default=[], validate=validate.Length(max=MOST_BEARINGS)
    )
    unit_ids = fields.List(
        an_id(),
        load_default=[],
        validate=validate.Length(max=MOST_UNITS),
        metadata={"description": "With every unit below them; none: the whole force."},
    )
    roles = fields.List(
        Text(validate=validate.OneOf([role.value for role in READERS])),
        required=True,
        validate=validate.Length(min=1, max=len(READERS)),
    )
    starts_on = fields.Date(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Wording:
        """Return it as services take it."""
        lists = ("errors", "bearings", "unit_ids")
        return Wording(
            **{
                **data,
                **{name: tuple(data[name]) for name in lists},
                "roles": tuple(Role(role) for role in data["roles"]),
            }
        )


class PublicationGiven(Given):
    """Publishing what is written."""

    why = text_of(
        LONGEST_REASON,
        load_default="",
        metadata={"description": "Why it is corrected; needed for all but the first edition."},
    )
    read_again = YesNo(
        load_default=True,
        metadata={"description": "Whether those who read an earlier edition read this one."},
    )


class WithdrawalGiven(Given):
    """Why a bulletin does not stand any more."""

    reason = text_of(LONGEST_REASON, SHORTEST_REASON, required=True)
    replaced_by_id = an_id(allow_none=True, load_default=None)


class ReceiptsAsked(Given):
    """From where to go on with those who have not read it."""

    after = an_id(load_default=None)


class BulletinRowAnswer(Answer):
    """One bulletin in a list."""

    id = fields.Integer()
    number = Text(metadata={"description": "Empty for a draft."})
    title = Text()
    rule = Text()
    state = fields.Enum(BulletinState, by_value=True)
    starts_on = fields.Date()
    changed_at = Moment()
    is_read = fields.Boolean()


class BulletinsAnswer(Answer):
    """One page of a list, newest first."""

    list = fields.Enum(Listed, by_value=True, attribute="listed")
    items = fields.List(fields.Nested(BulletinRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class BearingAnswer(Answer):
    """A decision that it is shown at."""

    place = Text()
    trigger = Text()
    asked = Text()
    offence_class = Text()


class WordingAnswer(Answer):
    """What a bulletin says, to whom, and where it is shown."""

    title = Text()
    text = Text()
    rule = Text()
    right_example = Text()
    wrong_example = Text()
    errors = fields.List(fields.Enum(ErrorType, by_value=True))
    bearings = fields.List(fields.Nested(BearingAnswer))
    unit_ids = fields.List(fields.Integer())
    roles = fields.List(fields.Enum(Role, by_value=True))
    starts_on = fields.Date()


class EditionAnswer(Answer):
    """One edition: what was published, word for word."""

    number = fields.Integer()
    title = Text()
    text = Text()
    why = Text(metadata={"description": "Why it was corrected; empty for the first."})
    published_by = Text()
    published_at = Moment()


class OtherBulletinAnswer(Answer):
    """Another bulletin."""

    id = fields.Integer()
    number = Text()


class BulletinAnswer(Answer):
    """A bulletin."""

    id = fields.Integer()
    number = Text(metadata={"description": "Empty for a draft."})
    state = fields.Enum(BulletinState, by_value=True)
    edition = fields.Integer(metadata={"description": "0 for a draft."})
    said = fields.Nested(WordingAnswer)
    rule_name = Text()
    source = fields.List(Text(), metadata={"description": "Where the rule stands."})
    correction = fields.Nested(
        WordingAnswer,
        allow_none=True,
        metadata={"description": "What is written and not published yet."},
    )
    editions = fields.List(fields.Nested(EditionAnswer))
    mine = fields.Boolean(metadata={"description": "The person is asked to read it."})
    read_at = Moment(allow_none=True)
    withdrawn_at = Moment(allow_none=True)
    withdrawn_reason = Text()
    replaced_by = fields.Nested(OtherBulletinAnswer, allow_none=True)
    cannot_remind = Text(
        metadata={"description": "Why nobody can be reminded now; empty where they can."}
    )


class UnitReceiptsAnswer(Answer):
    """How many of one unit have read it."""

    unit = Text()
    people = fields.Integer()
    read = fields.Integer()


class NotReadAnswer(Answer):
    """Somebody who has not read it yet."""

    id = fields.Integer()
    name = Text()
    unit = Text()
    told_at = Moment(allow_none=True)


class ReceiptsAnswer(Answer):
    """Who has read a bulletin, of those it is for today."""

    people = fields.Integer()
    read = fields.Integer()
    units = fields.List(fields.Nested(UnitReceiptsAnswer))
    not_read = fields.List(fields.Nested(NotReadAnswer))
    next_after = fields.Integer(allow_none=True)


class RemindedAnswer(Answer):
    """How many were reminded."""

    count = fields.Integer()


class ThemesAsked(Given):
    """Which themes."""

    words = text_of(LONGEST_WORDS, load_default="")


class ThemeRowAnswer(Answer):
    """A rule or a kind of error."""

    key = Text(attribute="theme.key")
    name = Text(attribute="theme.name")
    errors = fields.Integer(
        allow_none=True, metadata={"description": "In 12 months; null where it is left out."}
    )
    rulings = fields.Integer()
    bulletins = fields.Integer()


class ThemesAnswer(Answer):
    """Every theme that matches."""

    items = fields.List(fields.Nested(ThemeRowAnswer))


class LineAnswer(Answer):
    """A row of a table of counts."""

    label = Text()
    count = fields.Integer(
        allow_none=True, metadata={"description": "Null where it is left out, being small."}
    )


class ThemeErrorsAnswer(Answer):
    """Errors fed back in 12 months, never by person."""

    since = fields.Date()
    total = fields.Integer(allow_none=True)
    months = fields.List(fields.Nested(LineAnswer))
    units = fields.List(fields.Nested(LineAnswer))


class ExampleAnswer(Answer):
    """An example for courses."""

    id = fields.Integer()
    text = Text()


class ThemeAnswer(Answer):
    """All that is kept about a rule, or a kind of error."""

    key = Text(attribute="theme.key")
    name = Text(attribute="theme.name")
    rule = Text(attribute="theme.rule")
    errors = fields.Nested(ThemeErrorsAnswer)
    rulings = fields.List(fields.Nested(RulingRowAnswer))
    bulletins = fields.List(fields.Nested(BulletinRowAnswer))
    examples = fields.List(fields.Nested(ExampleAnswer))


class SaidAnswer(Answer):
    """What feedback said was right, the newest first; the id is the feedback’s."""

    items = fields.List(fields.Nested(ExampleAnswer))


class ExampleGiven(Given):
    """An example for courses, checked to name nobody."""

    text = text_of(LONGEST, SHORTEST, required=True)
    names_nobody = YesNo(required=True)
