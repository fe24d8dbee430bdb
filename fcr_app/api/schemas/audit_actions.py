"""Actions: what audits recommended, and what came of it."""

from typing import Any

from marshmallow import fields, post_load

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.lists import place
from fcr_app.domain.audits.actions import LONGEST_SOURCE, LONGEST_TEXT, ActionMove, ActionWords
from fcr_app.domain.audits.words import ActionState
from fcr_app.services.audits.action_list import Listed
from fcr_app.services.audits.actions import NewAuditAction

LONGEST_REFERENCE = 20


class AuditActionsAsked(Given):
    """Which list of actions, narrowed how, from where."""

    list = fields.Enum(Listed, by_value=True, allow_none=True, load_default=None)
    owner_id = an_id(allow_none=True, load_default=None)
    run = text_of(
        LONGEST_REFERENCE,
        load_default="",
        metadata={"description": "The reference of an audit."},
    )
    late = fields.Boolean(load_default=False)
    after = place("after")
    before = place("before")


class AuditActionAnswer(Answer):
    """One action."""

    id = fields.Integer()
    reference = Text()
    recommended = Text()
    source = Text()
    run_reference = Text(metadata={"description": "Empty where no audit recommended it."})
    owner_id = fields.Integer(allow_none=True)
    owner = Text()
    due_on = fields.Date()
    state = fields.Enum(ActionState, by_value=True)
    late = fields.Boolean()
    closed_at = Moment(allow_none=True)
    version = fields.Integer()


class AuditActionsAnswer(Answer):
    """Some actions."""

    list = fields.Enum(Listed, by_value=True, attribute="listed")
    items = fields.List(fields.Nested(AuditActionAnswer), attribute="page.rows")
    after = Text(attribute="page.after")
    before = Text(attribute="page.before")


class AuditActionMoveAnswer(Answer):
    """Something that the person may do with an action now."""

    move = fields.Enum(ActionMove, by_value=True)
    label = Text()
    asks = Text()


class AuditActionStepAnswer(Answer):
    """Something that happened to an action."""

    said = Text()
    at = Moment()
    by = Text(
        attribute="actor.name", dump_default="", metadata={"description": "Empty for the system."}
    )
    reason = Text()
    changed = fields.List(
        fields.List(Text()), metadata={"description": "What, what it was, what it is."}
    )


class AuditActionViewAnswer(Answer):
    """An action with its history."""

    action = fields.Nested(AuditActionAnswer)
    measure = Text()
    evidence = Text()
    opened_at = Moment()
    opened_by = Text()
    closed_by = Text()
    steps = fields.List(fields.Nested(AuditActionStepAnswer))
    moves = fields.List(fields.Nested(AuditActionMoveAnswer))
    may_change = fields.Boolean()


class AuditActionGiven(Given):
    """A recommendation that is to become somebody's."""

    recommended = text_of(LONGEST_TEXT, 1, required=True)
    measure = text_of(LONGEST_TEXT, load_default="")
    source = text_of(LONGEST_SOURCE, load_default="")
    run = text_of(LONGEST_REFERENCE, load_default="")
    owner_id = an_id(required=True)
    due_on = fields.Date(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewAuditAction:
        """Return it as services take it."""
        words = {name: data[name] for name in ("recommended", "measure", "source", "due_on")}
        return NewAuditAction(
            words=ActionWords(**words), owner_id=data["owner_id"], run_reference=data["run"]
        )


class AuditActionMadeAnswer(Answer):
    """An action that was added."""

    id = fields.Integer()
    reference = Text()


class AuditActionMoveGiven(Given):
    """What is done with an action, and what is said with it."""

    move = fields.Enum(ActionMove, by_value=True, required=True)
    text = text_of(LONGEST_TEXT, 1, required=True)


class AuditActionChangeGiven(Given):
    """Another owner or another day, and why."""

    owner_id = an_id(required=True)
    due_on = fields.Date(required=True)
    why = text_of(LONGEST_TEXT, 1, required=True)
