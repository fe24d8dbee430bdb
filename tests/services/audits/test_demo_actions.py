"""The demonstration's actions: the seven areas for improvement, in the inspection's own words."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import AuditAction
from fcr_app.services.demo import seed
from fcr_app.services.demo_audit_actions import AREAS, add_audit_actions
from tests.builders import NOW

BEGINNINGS = (
    "remind staff with crime-recording responsibilities",
    "ensure that all reported crimes of rape are recorded without delay",
    "ensure that classification N100 is used correctly",
    "ensure that reports of crime made by third parties",
    "improve the process for cancelling crimes",
    "ensure that crimes allocated for diary appointments",
    "improve how it collects diversity information",
)


def test_the_seven_areas_for_improvement_are_there_in_their_order() -> None:
    assert len(AREAS) == len(BEGINNINGS)
    for area, beginning in zip(AREAS, BEGINNINGS, strict=True):
        assert area.recommended.lower().startswith(beginning.lower())


def test_they_become_actions_in_every_state(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)
    add_audit_actions(session, now=NOW)

    actions = session.scalars(select(AuditAction).order_by(AuditAction.id)).all()
    assert [one.state for one in actions] == [
        "closed", "in_progress", "in_progress", "done", "in_progress", "open", "in_progress",
    ]  # fmt: skip
    assert sum(one.due_on < NOW.date() and one.state != "closed" for one in actions) == 2
