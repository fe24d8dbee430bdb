"""The register of the FCR's rulings (CLS-04)."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.ruling_questions import is_a_class, normal_class
from fcr_app.domain.rulings import Topic

LONGEST_WORDS = 80
LONGEST_CLASS = 10
LONGEST_RULE = 12
LONGEST_QUESTION = 200
SHORTEST, LONGEST = 20, 4000
MOST_RULES = 20
LONGEST_NUMBER = 80
YEAR = r"^([0-9]{4})?$"


class RulingsAsked(Given):
    """Which rulings, narrowed how, from where."""

    words = text_of(LONGEST_WORDS, load_default="")
    offence_class = text_of(LONGEST_CLASS, load_default="")
    rule = text_of(
        LONGEST_RULE, load_default="", metadata={"description": "A handbook id, such as CLS-04."}
    )
    year = Text(load_default="", validate=validate.Regexp(YEAR))
    topic = Text(load_default="", validate=validate.OneOf(["", *(topic.value for topic in Topic)]))
    after = place("after")
    before = place("before")


class RulingGiven(Given):
    """A ruling. Everybody who works on cases reads it, so it names nobody."""

    question = text_of(LONGEST_QUESTION, 1, required=True)
    topic = fields.Enum(Topic, by_value=True, required=True)
    offence_class = text_of(
        LONGEST_CLASS, load_default="", metadata={"description": "Empty: about any class."}
    )
    facts = text_of(LONGEST, SHORTEST, required=True)
    ruling = text_of(LONGEST, SHORTEST, required=True)
    reasons = text_of(LONGEST, SHORTEST, required=True)
    rules = fields.List(
        Text(validate=validate.OneOf(list(HANDBOOK))),
        load_default=[],
        validate=validate.Length(max=MOST_RULES),
        metadata={"description": "The handbook ids it rests on."},
    )
    supersedes_id = an_id(allow_none=True, load_default=None)

    @validates("offence_class")
    def a_class(self, typed: str, **_kwargs: Any) -> None:
        """Refuse what the published list would not write."""
        if normal_class(typed) and not is_a_class(normal_class(typed)):
            raise ValidationError("Give a class as the list writes it, such as 8L or 19C.")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Return it as services take it."""
        return {**data, "offence_class": normal_class(data["offence_class"])}


class AppliedGiven(Given):
    """What a ruling is applied to."""

    number = text_of(
        LONGEST_NUMBER, 1, required=True, metadata={"description": "Of a crime, report or case."}
    )


class RulingRowAnswer(Answer):
    """One ruling in a list."""

    year = fields.Integer()
    serial = fields.Integer()
    number = Text()
    question = Text()
    topic = fields.Enum(Topic, by_value=True)
    offence_class = Text()
    class_title = Text()
    made_at = Moment()
    made_by = Text()
    superseded_by = Text(metadata={"description": "Empty while it stands."})


class RulingsAnswer(Answer):
    """One page of the register, newest first."""

    matching = Text(metadata={"description": "How many match; 1,000+ where there are more."})
    items = fields.List(fields.Nested(RulingRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class OtherRulingAnswer(Answer):
    """Another ruling."""

    year = fields.Integer()
    serial = fields.Integer()
    number = Text()


class LinkedAnswer(Answer):
    """Something the ruling was applied to, where the person may see it."""

    kind = Text(metadata={"description": "crime, report or case."})
    id = fields.Integer()
    number = Text()


class RulingAnswer(Answer):
    """A ruling. Nothing of one is ever changed."""

    id = fields.Integer()
    year = fields.Integer()
    serial = fields.Integer()
    number = Text()
    question = Text()
    topic = fields.Enum(Topic, by_value=True)
    offence_class = Text()
    class_title = Text()
    facts = Text()
    ruling = Text()
    reasons = Text()
    rules = fields.List(Text())
    made_by = Text()
    made_at = Moment()
    authority = Text()
    rule_set = Text()
    supersedes = fields.Nested(OtherRulingAnswer, allow_none=True)
    superseded_by = fields.Nested(OtherRulingAnswer, allow_none=True)
    linked = fields.List(fields.Nested(LinkedAnswer))
