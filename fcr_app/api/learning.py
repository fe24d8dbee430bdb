"""Giving feedback, and closing the learning tasks that repeated errors open."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, Area, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.learning import (
    FeedbackGiven,
    FeedbackGivenAnswer,
    LearningAsked,
    LearningPageAnswer,
    OutcomeGiven,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.learning import close_task, learning_page
from fcr_app.services.transaction import transaction

area = Area("Learning", "Feedback on records, and help where the same error is seen again.")

GIVE = Permission.GIVE_FEEDBACK


@area.writes(
    "/feedback", needs=GIVE, takes=FeedbackGiven, gives=FeedbackGivenAnswer, status=CREATED
)
def give(given: Given) -> Response:
    """Give feedback on a crime or a report; the third of the same error opens a learning task."""
    with transaction() as session:
        item_id = give_feedback(session, current_actor(), given, now=clock.now())
    return reply(FeedbackGivenAnswer, {"id": item_id}, status=CREATED)


@area.reads("/learning", needs=GIVE, asks=LearningAsked, gives=LearningPageAnswer)
def tasks(asked: dict[str, Any]) -> Response:
    """Read the learning tasks about one's people; the FCR reads everybody's."""
    with transaction() as session:
        page = learning_page(session, current_actor(), closed=asked["closed"], after=asked["after"])
    return reply(LearningPageAnswer, page)


@area.writes("/learning/<id:task_id>/closing", needs=GIVE, takes=OutcomeGiven, gives=DoneAnswer)
def close(given: dict[str, str], task_id: int) -> Response:
    """Say what came of a task, which ends it."""
    with transaction() as session:
        close_task(session, current_actor(), task_id, given["outcome"], now=clock.now())
    return reply(DoneAnswer, {"done": True})
