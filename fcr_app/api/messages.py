"""What people are told: notices, and feedback with its reasons."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.lists import (
    AllFeedbackAsked,
    FeedbackAnswer,
    FeedbackAsked,
    FeedbackPageAnswer,
    NoticesAnswer,
    NoticesAsked,
    ReplyGiven,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services import feedback as feedback_service, notices as notice_service
from fcr_app.services.feedback_view import feedback_item as item_seen
from fcr_app.services.transaction import transaction

area = Area("Messages", "Notices, and feedback with the reasons and rules behind a decision.")

WORK = Permission.WORK_ON_CASES
DONE = {"done": True}


@area.reads("/notices", needs=WORK, asks=NoticesAsked, gives=NoticesAnswer)
def notices(asked: dict[str, Any]) -> Response:
    """Read one's notices, newest first."""
    with transaction() as session:
        page = notice_service.my_notices(session, current_actor(), before=asked["before"])
        unread = notice_service.unread_count(session, current_actor())
    found = {"unread": unread, "items": page.rows, "before": page.next_before}
    return reply(NoticesAnswer, found)


@area.writes("/notices/<id:notice_id>/read", needs=WORK, gives=DoneAnswer)
def read_notice(notice_id: int) -> Response:
    """Mark one notice as read; doing it twice changes nothing."""
    with transaction() as session:
        notice_service.mark_read(session, current_actor(), now=clock.now(), notice_id=notice_id)
    return reply(DoneAnswer, DONE)


@area.writes("/notices/read", needs=WORK, gives=DoneAnswer)
def read_notices() -> Response:
    """Mark every notice as read."""
    with transaction() as session:
        notice_service.mark_read(session, current_actor(), now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads("/feedback", needs=WORK, asks=FeedbackAsked, gives=FeedbackPageAnswer)
def feedback(asked: dict[str, Any]) -> Response:
    """Read a list of feedback: one's own, what one gave, or one's team's."""
    return _feedback_list(asked, asked["listed"], feedback_service.Filters())


@area.reads(
    "/feedback/all",
    needs=Permission.REVIEW_RECORDING,
    asks=AllFeedbackAsked,
    gives=FeedbackPageAnswer,
)
def all_feedback(asked: dict[str, Any]) -> Response:
    """Read all feedback, newest first, narrowed as asked."""
    narrowed = ("state", "error", "source", "unit_id", "overdue")
    filters = feedback_service.Filters(**{name: asked[name] for name in narrowed})
    return _feedback_list(asked, feedback_service.Listed.ALL, filters)


def _feedback_list(
    asked: dict[str, Any], listed: feedback_service.Listed, filters: feedback_service.Filters
) -> Response:
    with transaction() as session:
        page = feedback_service.feedback_page(
            session,
            current_actor(),
            listed,
            now=clock.now(),
            filters=filters,
            after=asked["after"],
            before=asked["before"],
        )
    return reply(FeedbackPageAnswer, page)


@area.reads("/feedback/<id:item_id>", needs=WORK, gives=FeedbackAnswer)
def feedback_item(item_id: int) -> Response:
    """Read one item that the person may see."""
    with transaction() as session:
        item = item_seen(session, current_actor(), item_id, now=clock.now())
    return reply(FeedbackAnswer, item)


@area.writes("/feedback/<id:item_id>/acknowledge", needs=WORK, takes=ReplyGiven, gives=DoneAnswer)
def acknowledge(given: dict[str, str], item_id: int) -> Response:
    """Say that one has read and understood an item."""
    with transaction() as session:
        feedback_service.acknowledge(
            session, current_actor(), item_id, given["reply"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)
