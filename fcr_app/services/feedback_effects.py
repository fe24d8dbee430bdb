"""Carries out what a step of feedback does to its item."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from fcr_app.domain import effects as e
from fcr_app.domain.feedback import questions as q
from fcr_app.domain.feedback.effects import ChangeFeedback, Mark, MarkFeedback
from fcr_app.domain.feedback.items import Correction
from fcr_app.models import FeedbackItem
from fcr_app.services.feedback_limits import correct_by
from fcr_app.services.taken import Taken

#: The column that a mark sets; what came to rest is closed as well.
COLUMNS = {
    Mark.ACKNOWLEDGED: "acknowledged_at",
    Mark.AGREED: "agreed_at",
    Mark.DISPUTED: "disputed_at",
    Mark.CORRECTED: "corrected_at",
    Mark.CLOSED: "closed_at",
    Mark.SET_ASIDE: "set_aside_at",
    Mark.WITHDRAWN: "withdrawn_at",
}
AT_REST = frozenset({Mark.SET_ASIDE, Mark.WITHDRAWN})


def item_of(taken: Taken) -> FeedbackItem:
    """Return the item of a feedback case."""
    found = select(FeedbackItem).where(FeedbackItem.feedback_case_id == taken.loaded.case.id)
    return taken.session.scalars(found).one()


def addressed(taken: Taken, audience: e.Audience) -> set[int]:
    """Return the person that a case is for, or their supervisor."""
    facts = taken.facts
    whom = facts.addressee_id if audience is e.Audience.ADDRESSEE else facts.supervisor_id
    return {whom} if whom else set()


def mark(taken: Taken, effect: MarkFeedback) -> None:
    """Mark the item with the moment; what was marked before keeps the first one."""
    item = item_of(taken)
    for one in effect.marks:
        column = COLUMNS[one]
        if getattr(item, column) is None:
            setattr(item, column, taken.now)
        if one in AT_REST:
            item.closed_at = taken.now
        if one is Mark.CORRECTED:
            item.corrected_by = taken.answer(q.SEEN)
    item.reply = taken.answer(q.REPLY) or item.reply


def change(taken: Taken, _effect: ChangeFeedback) -> None:
    """Keep what the FCR says instead, in the item and in what the case holds."""
    item, case = item_of(taken), taken.loaded.case
    changed = (q.ERROR, q.CORRECTION, q.TO_DO)
    said = {question.name: taken.answer(question) for question in changed}
    case.answers = {**case.answers, **{name: text for name, text in said.items() if text}}
    facts = taken.facts
    item.error_type, item.positive = facts.error, facts.positive
    item.to_do = case.answers.get(q.TO_DO.name, "")
    if facts.correction.value != item.correction:
        item.correction = facts.correction.value
        item.corrected_at, item.corrected_by = None, ""
        item.correct_by_at = correct_by(taken.session, Correction(item.correction), taken.now)
    case.asked = facts.said(q.ERROR)


HANDLERS: dict[type, Callable[[Taken, Any], None]] = {
    MarkFeedback: mark,
    ChangeFeedback: change,
}
