"""Which feedback counts as an error, said once: for learning, for themes, for whether it works.

Feedback that names no kind of error, such as that something was done right, never counts.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_

from fcr_app.models import FeedbackItem


def is_counted() -> ColumnElement[bool]:
    """Return the condition on ``FeedbackItem`` that it says somebody made an error."""
    return and_(FeedbackItem.error_type != "", *_STILL_STANDS)


def stands() -> ColumnElement[bool]:
    """Return the condition on ``FeedbackItem`` that it was neither set aside nor taken back."""
    return and_(*_STILL_STANDS)


def counted_since(since: datetime) -> ColumnElement[bool]:
    """Return the condition that it says so, and was given after a moment."""
    return and_(is_counted(), FeedbackItem.created_at > since)


#: What takes an item out again, each as a condition that it did not happen.
_STILL_STANDS: Sequence[ColumnElement[bool]] = (
    FeedbackItem.set_aside_at.is_(None),
    FeedbackItem.withdrawn_at.is_(None),
)
