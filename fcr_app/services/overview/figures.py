"""Every number over some months, and the records behind it: one condition says both.

What is counted and what the list behind it shows are made from the same condition here, so that
they can't differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, literal_column, or_, true

from fcr_app.models import Case, CaseStep, Decision, FeedbackItem, ReportedIncident
from fcr_app.services.counted_errors import stands
from fcr_app.services.feedback import is_overdue
from fcr_app.services.overview.lens import Lens


class Figure(StrEnum):
    """A number that has a list of records behind it."""

    N100_GIVEN = "n100_given"
    N100_AGREED = "n100_agreed"
    N100_RECODED = "n100_recoded"
    N100_RECORDED = "n100_recorded"
    N100_OVERRIDDEN = "n100_overridden"
    N100_OVER = "n100_over"
    N100_NOT_SEEN = "n100_not_seen"
    DECIDED = "decided"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"
    REINSTATED = "reinstated"
    APPEALS = "appeals"
    APPEALS_UPHELD = "appeals_upheld"
    RECORDED = "recorded"
    FEEDBACK = "feedback"
    FEEDBACK_IN_TIME = "feedback_in_time"
    FEEDBACK_LATE = "feedback_late"
    FEEDBACK_OPEN = "feedback_open"
    FEEDBACK_OVERDUE = "feedback_overdue"
    ERRORS = "errors"

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return FIGURE_LABELS[self]


FIGURE_LABELS = {
    Figure.N100_GIVEN: "N100s given",
    Figure.N100_AGREED: "Agreed by the FCR",
    Figure.N100_RECODED: "Given another code by the FCR",
    Figure.N100_RECORDED: "Recorded as rape by the FCR",
    Figure.N100_OVERRIDDEN: "Allowed by the FCR against a rule",
    Figure.N100_OVER: "Cancelled or moved since",
    Figure.N100_NOT_SEEN: "Not yet seen by the FCR",
    Figure.DECIDED: "Requests decided",
    Figure.APPROVED: "Approved",
    Figure.REFUSED: "Refused",
    Figure.RETURNED: "Decided, and returned for more before",
    Figure.SET_ASIDE: "Decisions set aside",
    Figure.REINSTATED: "Crimes reinstated",
    Figure.APPEALS: "Appeals decided",
    Figure.APPEALS_UPHELD: "Appeals upheld",
    Figure.RECORDED: "Crimes recorded",
    Figure.FEEDBACK: "Feedback given",
    Figure.FEEDBACK_IN_TIME: "Closed in time",
    Figure.FEEDBACK_LATE: "Closed late",
    Figure.FEEDBACK_OPEN: "Open, within its time",
    Figure.FEEDBACK_OVERDUE: "Open, and overdue",
    Figure.ERRORS: "Errors that feedback named",
}

_VERDICT = ReportedIncident.verdict
#: What the FCR's review made of an N100; together every one that was given.
N100S: Mapping[Figure, ColumnElement[bool]] = {
    Figure.N100_GIVEN: true(),
    Figure.N100_AGREED: _VERDICT == "agreed",
    Figure.N100_RECODED: _VERDICT == "recoded",
    Figure.N100_RECORDED: _VERDICT == "recorded",
    Figure.N100_OVERRIDDEN: _VERDICT == "overridden",
    Figure.N100_OVER: _VERDICT.in_(["cancelled", "moved"]),
    Figure.N100_NOT_SEEN: _VERDICT == "",
}


@dataclass(frozen=True)
class _Decided:
    """Which decisions a figure counts.

    Attributes:
        overturned: They are about an earlier decision.
    """

    workflow: str
    outcomes: tuple[str, ...]
    overturned: bool = False


DECISIONS: Mapping[Figure, _Decided] = {
    Figure.DECIDED: _Decided("cancellation", ("approved", "refused")),
    Figure.APPROVED: _Decided("cancellation", ("approved",)),
    Figure.REFUSED: _Decided("cancellation", ("refused",)),
    Figure.RETURNED: _Decided("cancellation", ("approved", "refused")),
    Figure.SET_ASIDE: _Decided("cancellation", ("set_aside",), overturned=True),
    Figure.REINSTATED: _Decided("cancellation", ("reinstated",), overturned=True),
    Figure.APPEALS: _Decided("not_recorded", ("upheld", "dismissed"), overturned=True),
    Figure.APPEALS_UPHELD: _Decided("not_recorded", ("upheld",), overturned=True),
}

FEEDBACK = (
    Figure.FEEDBACK,
    Figure.FEEDBACK_IN_TIME,
    Figure.FEEDBACK_LATE,
    Figure.FEEDBACK_OPEN,
    Figure.FEEDBACK_OVERDUE,
)


def n100_is(figure: Figure, lens: Lens) -> ColumnElement[bool]:
    """Return the condition on ``ReportedIncident`` that a figure counts it, but for the view."""
    return and_(
        ReportedIncident.kind == "n100", lens.within(ReportedIncident.coded_at), N100S[figure]
    )


def decided_in(lens: Lens) -> ColumnElement[bool]:
    """Return the condition on ``Decision``, joined to its ``Case``, for all such figures."""
    workflows = sorted({one.workflow for one in DECISIONS.values()})
    return and_(lens.within(Decision.decided_at), Case.workflow.in_(workflows), lens.on_cases())


def decision_is(figure: Figure, lens: Lens) -> ColumnElement[bool]:
    """Return the condition, besides ``decided_in``, that one figure counts a decision."""
    which = DECISIONS[figure]
    counted: list[ColumnElement[bool]] = [
        Decision.outcome.in_(which.outcomes),
        Case.workflow == which.workflow,
        lens.on_decisions(overturned=which.overturned),
    ]
    if figure is Figure.RETURNED:
        counted.append(
            exists().where(
                CaseStep.case_id == Decision.case_id,
                # As the partial index has it.
                CaseStep.trigger == literal_column("'return'"),
                CaseStep.at < Decision.decided_at,
            )
        )
    return and_(*counted)


def feedback_is(figure: Figure, lens: Lens) -> ColumnElement[bool]:
    """Return the condition on ``FeedbackItem`` that a figure counts it.

    What was set aside or taken back is in none.
    """
    closed = FeedbackItem.closed_at.is_not(None)
    state: dict[Figure, ColumnElement[bool]] = {
        Figure.FEEDBACK: true(),
        Figure.FEEDBACK_IN_TIME: and_(closed, _in_time()),
        Figure.FEEDBACK_LATE: and_(closed, ~_in_time()),
        Figure.FEEDBACK_OPEN: and_(~closed, ~_overdue(lens)),
        Figure.FEEDBACK_OVERDUE: and_(~closed, _overdue(lens)),
        Figure.ERRORS: FeedbackItem.error_type != "",
    }
    return and_(stands(), lens.within(FeedbackItem.created_at), lens.on_feedback(), state[figure])


def _in_time() -> ColumnElement[bool]:
    """Return the condition that what is closed was acknowledged and put right when it was due."""
    acknowledged = func.coalesce(FeedbackItem.acknowledged_at, FeedbackItem.closed_at)
    corrected = func.coalesce(FeedbackItem.corrected_at, FeedbackItem.closed_at)
    return and_(
        acknowledged <= FeedbackItem.due_at,
        or_(FeedbackItem.correct_by_at.is_(None), corrected <= FeedbackItem.correct_by_at),
    )


def _overdue(lens: Lens) -> ColumnElement[bool]:
    # A day that is not set is before nothing; without this neither open nor overdue would hold.
    return func.coalesce(is_overdue(lens.now), false())


def counted(condition: ColumnElement[bool], *what: Any) -> ColumnElement[int]:
    """Return how many rows hold a condition, each counted once by what it is about."""
    of = func.count(*(one.distinct() for one in what)) if what else func.count()
    return of.filter(condition)
