"""Who asks, and reference data: offences, units, colleagues, the policies."""

from marshmallow import fields, validate

from fcr_app.api.schemas.base import LARGEST_ID, Answer, Given, Moment, Text, text_of
from fcr_app.api.schemas.cases import QuestionAnswer
from fcr_app.domain.citing import Handling
from fcr_app.domain.handbook import FAMILIES
from fcr_app.domain.roles import Role
from fcr_app.domain.scopes import Scope


class RootAnswer(Answer):
    """Where to begin."""

    specification = Text()
    documentation = Text()
    version = Text()


class TokenAnswer(Answer):
    """The token that is being used."""

    name = Text()
    scope = fields.Enum(Scope, by_value=True)
    expires_at = Moment()


class HeldAnswer(Answer):
    """An accreditation that is in force today."""

    kind = Text(attribute="kind.value")
    label = Text(attribute="kind.label")
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)


class MeAnswer(Answer):
    """The person for whom the program acts, with what they hold today."""

    id = fields.Integer(attribute="actor.id")
    name = Text(attribute="actor.name")
    unit_id = fields.Integer(attribute="actor.unit_id", allow_none=True)
    roles = fields.List(fields.Enum(Role, by_value=True))
    accreditations = fields.List(fields.Nested(HeldAnswer), attribute="actor.accreditations")
    permissions = fields.List(Text(), metadata={"description": "What the roles let them do."})
    token = fields.Nested(TokenAnswer)


class OffencesAsked(Given):
    """Which offences: by words or numbers of them, or a page of all."""

    words = text_of(
        80, load_default="", metadata={"description": "Class and code, or of its title."}
    )
    current = fields.Boolean(load_default=None, metadata={"description": "Only those in force."})
    after = fields.Integer(load_default=None, validate=validate.Range(min=1, max=LARGEST_ID))


class OffenceAnswer(Answer):
    """An offence of the notifiable offence list."""

    id = fields.Integer()
    offence_class = Text()
    offence_code = Text()
    class_title = Text()
    title = Text()
    offence_group = Text()
    victim_or_state = Text()
    current = fields.Boolean()
    reported_incident = fields.Boolean()


class OffencesAnswer(Answer):
    """Some offences."""

    items = fields.List(fields.Nested(OffenceAnswer))
    after = fields.Integer(
        allow_none=True, metadata={"description": "Ask with this for the next ones."}
    )


class ChoiceAnswer(Answer):
    """Something to choose, by its id."""

    id = fields.Integer()
    label = Text()


class ChoicesAnswer(Answer):
    """What may have been meant."""

    items = fields.List(fields.Nested(ChoiceAnswer), attribute="choices")
    more = fields.Boolean(metadata={"description": "There is too much to show."})


class UnitsAnswer(Answer):
    """The units in use."""

    items = fields.List(fields.Nested(ChoiceAnswer))


class StateAnswer(Answer):
    """A state of a policy."""

    state = Text()
    label = Text()
    settled = fields.Boolean()
    awaits_decision = fields.Boolean()


class PolicyRuleAnswer(Answer):
    """A rule of a step, with its source."""

    rule = Text(attribute="cite.rule")
    source = Text(attribute="cite.source.value")
    page = Text(attribute="cite.page")
    sentence = Text()
    blocking = fields.Boolean(metadata={"description": "False for a rule that warns."})


class PolicyStepAnswer(Answer):
    """A step of a policy: who may ever take it, what it may ask, by which rules."""

    trigger = Text()
    label = Text()
    sources = fields.List(Text(), metadata={"description": "The states it starts from."})
    dest = Text()
    by = fields.List(Text())
    decision = fields.Boolean()
    rule = Text(attribute="cite.rule")
    questions = fields.List(fields.Nested(QuestionAnswer), attribute="asks")
    rules = fields.List(fields.Nested(PolicyRuleAnswer), attribute="guards")


class WorkflowAnswer(Answer):
    """A policy."""

    key = Text()
    title = Text()
    summary = Text()
    prefix = Text(metadata={"description": "What the references of its cases begin with."})
    states = fields.List(fields.Nested(StateAnswer))
    steps = fields.List(fields.Nested(PolicyStepAnswer))


class WorkflowsAnswer(Answer):
    """The policies in force."""

    items = fields.List(fields.Nested(WorkflowAnswer))


class TermAnswer(Answer):
    """A word, and what it means here."""

    word = Text()
    meaning = Text()
    source = Text(metadata={"description": "Where the meaning comes from."})


class GlossaryAnswer(Answer):
    """Every word."""

    items = fields.List(fields.Nested(TermAnswer))


class HandbookAsked(Given):
    """Which rules: all, or those on one matter, or those handled in one way."""

    family = Text(
        load_default="", validate=validate.OneOf(["", *(one.letters for one in FAMILIES)])
    )
    handling = fields.Enum(Handling, by_value=True, load_default=None)


class PlaceAnswer(Answer):
    """Where in the code a rule is carried out."""

    where = Text()
    what = Text()
    policy = Text(metadata={"description": "The policy that has it; empty outside policies."})


class HandbookRuleAnswer(Answer):
    """A rule of the handbook, and what is done about it."""

    rule = Text(attribute="rule.id")
    name = Text(attribute="rule.name")
    handling = fields.Enum(Handling, by_value=True)
    not_covered = Text(
        attribute="rule.not_covered",
        metadata={"description": "Why nothing is done; empty where something is."},
    )
    sources = fields.List(Text())
    places = fields.List(fields.Nested(PlaceAnswer), attribute="shown")


class HandbookAnswer(Answer):
    """The rules that were asked for."""

    items = fields.List(fields.Nested(HandbookRuleAnswer))
