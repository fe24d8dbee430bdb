"""Giving feedback, and the learning plans and training tasks that repeated errors open."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.learning import (
    ActionGiven,
    ActionMadeAnswer,
    FeedbackGiven,
    FeedbackGivenAnswer,
    LearningAsked,
    LearningDoneGiven,
    LearningPageAnswer,
    LearningReviewGiven,
    OutcomeGiven,
    OwnerGiven,
    PlanAnswer,
    ThresholdsAnswer,
    ThresholdsGiven,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services import learning_changes as changes
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.learning_plans import one_plan, plan_page
from fcr_app.services.thresholds import Thresholds, change_thresholds, thresholds
from fcr_app.services.transaction import transaction

area = Area("Learning", "Feedback on records, and help where the same error is seen again.")

WORK, GIVE = Permission.WORK_ON_CASES, Permission.GIVE_FEEDBACK
SET = Permission.SET_THRESHOLDS
DONE = {"done": True}


@area.writes(
    "/feedback", needs=GIVE, takes=FeedbackGiven, gives=FeedbackGivenAnswer, status=CREATED
)
def give(given: Given) -> Response:
    """Give feedback on a crime or a report; the same error often enough opens a learning plan."""
    with transaction() as session:
        item_id = give_feedback(session, current_actor(), given, now=clock.now())
        place = f"{ROOT}/cases/{reference_of(session, item_id)}"
    return reply(FeedbackGivenAnswer, {"id": item_id}, status=CREATED, place=place)


@area.reads("/learning", needs=WORK, asks=LearningAsked, gives=LearningPageAnswer)
def plans(asked: dict[str, Any]) -> Response:
    """Read the plans of one's people, the tasks of one's units, or what is closed."""
    with transaction() as session:
        page = plan_page(
            session,
            current_actor(),
            asked["list"],
            after=asked["after"],
            before=asked["before"],
        )
    return reply(LearningPageAnswer, page)


@area.reads("/learning/<id:plan_id>", needs=WORK, gives=PlanAnswer)
def plan(plan_id: int) -> Response:
    """Read a plan with its actions, its reviews and the feedback it rests on."""
    with transaction() as session:
        found = one_plan(session, current_actor(), plan_id, now=clock.now())
    return reply(PlanAnswer, found)


@area.writes(
    "/learning/<id:plan_id>/actions",
    needs=GIVE,
    takes=ActionGiven,
    gives=ActionMadeAnswer,
    status=CREATED,
)
def add_action(given: changes.NewAction, plan_id: int) -> Response:
    """Add something to do that would help; whoever does it is told."""
    with transaction() as session:
        made = changes.add_action(session, current_actor(), plan_id, given, now=clock.now())
    place = f"{ROOT}/learning/{plan_id}"
    return reply(ActionMadeAnswer, {"id": made}, status=CREATED, place=place)


@area.writes(
    "/learning/<id:plan_id>/actions/<id:action_id>/done",
    needs=WORK,
    takes=LearningDoneGiven,
    gives=DoneAnswer,
)
def finish_action(given: dict[str, str], plan_id: int, action_id: int) -> Response:
    """Say that an action is done."""
    with transaction() as session:
        changes.finish_action(
            session, current_actor(), plan_id, action_id, given["remark"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)


@area.writes(
    "/learning/<id:plan_id>/reviews", needs=GIVE, takes=LearningReviewGiven, gives=DoneAnswer
)
def review(given: dict[str, Any], plan_id: int) -> Response:
    """Say how a plan goes, and when it is looked at again."""
    with transaction() as session:
        changes.review(
            session, current_actor(), plan_id, given["text"], given["review_on"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)


@area.writes("/learning/<id:plan_id>/owner", needs=GIVE, takes=OwnerGiven, gives=DoneAnswer)
def hand_over(given: dict[str, Any], plan_id: int) -> Response:
    """Let somebody else see to a plan."""
    with transaction() as session:
        changes.hand_over(
            session, current_actor(), plan_id, given["owner_id"], given["text"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)


@area.writes("/learning/<id:plan_id>/closing", needs=GIVE, takes=OutcomeGiven, gives=DoneAnswer)
def close(given: dict[str, str], plan_id: int) -> Response:
    """Say what came of a plan, which ends it."""
    with transaction() as session:
        changes.close_plan(session, current_actor(), plan_id, given["outcome"], now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads("/learning/thresholds", needs=SET, gives=ThresholdsAnswer)
def limits() -> Response:
    """Read how many errors open a plan."""
    with transaction() as session:
        found = thresholds(session, clock.now())
    return reply(ThresholdsAnswer, found)


@area.manages(
    "/learning/thresholds", method="PUT", needs=SET, takes=ThresholdsGiven, gives=DoneAnswer
)
def set_limits(given: Thresholds) -> Response:
    """Set how many errors open a plan, from the next feedback on."""
    with transaction() as session:
        change_thresholds(session, current_actor(), given, now=clock.now())
    return reply(DoneAnswer, DONE)
