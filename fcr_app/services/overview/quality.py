"""How good recording was over some months: N100s, cancellations, time, feedback, causes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Band
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import AuditFinding, Case, Crime, Decision, FeedbackItem, ReportedIncident
from fcr_app.services.overview.figures import (
    DECISIONS,
    FEEDBACK,
    N100S,
    Figure,
    counted,
    decided_in,
    decision_is,
    feedback_is,
    n100_is,
)
from fcr_app.services.overview.lens import Lens, View
from fcr_app.services.overview.recorded_in import BANDS, band, recorded_in


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One number.

    Attributes:
        of: Out of how many; None where it stands alone.
        listed: Whether this person may see the records behind it.
    """

    figure: Figure
    count: int
    of: int | None
    listed: bool = True

    @property
    def rate(self) -> float | None:
        """Its share (0..1); None where it stands alone or there is nothing to be a share of."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class RecordedMonth:
    """The crimes recorded in a month, by how long after the report."""

    month: date
    counts: Mapping[Band, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def in_time_rate(self) -> float | None:
        """The share recorded within 24 hours, of those whose times are known (0..1)."""
        known = self.total - self.counts[Band.UNKNOWN]
        return self.counts[Band.IN_TIME] / known if known else None


@dataclass(frozen=True, kw_only=True)
class CauseCount:
    """How often one kind of error was found.

    Attributes:
        in_feedback: Named by feedback; the list behind it shows these.
        by_audits: Found by an audit, and not given as feedback yet.
    """

    error: ErrorType
    in_feedback: int
    by_audits: int
    listed: bool

    @property
    def count(self) -> int:
        """Both together."""
        return self.in_feedback + self.by_audits


@supports(
    crr26("N100-12", "63"), how="The FCR sees what came of reviewing N100s, with each behind it"
)
def n100s(session: Session, lens: Lens) -> tuple[Counted, ...]:
    """Return what the FCR's review made of the N100s given in the months. One statement."""
    found = select(*(counted(n100_is(figure, lens)) for figure in N100S))
    found = found.select_from(ReportedIncident).where(n100_is(Figure.N100_GIVEN, lens))
    if lens.view is View.TEAM:
        found = found.join(Case, Case.id == ReportedIncident.case_id).where(lens.on_cases())
    return _counted(N100S, session.execute(found).one(), dict.fromkeys(N100S, Figure.N100_GIVEN))


_OF = {
    Figure.APPROVED: Figure.DECIDED,
    Figure.REFUSED: Figure.DECIDED,
    Figure.RETURNED: Figure.DECIDED,
    Figure.APPEALS_UPHELD: Figure.APPEALS,
}


def decisions(session: Session, lens: Lens) -> tuple[Counted, ...]:
    """Return what became of requests to cancel, and of appeals. One statement."""
    found = (
        select(*(counted(decision_is(one, lens), Decision.case_id) for one in DECISIONS))
        .select_from(Decision)
        .join(Case, Case.id == Decision.case_id)
        .where(decided_in(lens))
    )
    return _counted(DECISIONS, session.execute(found).one(), _OF)


def feedback(session: Session, lens: Lens) -> tuple[Counted, ...]:
    """Return how far the feedback has come that was given in the months. One statement."""
    found = select(*(counted(feedback_is(figure, lens)) for figure in FEEDBACK)).where(
        feedback_is(Figure.FEEDBACK, lens)
    )
    of = dict.fromkeys(FEEDBACK, Figure.FEEDBACK)
    return _counted(FEEDBACK, session.execute(found).one(), of, listed=lens.lists_feedback)


@supports(crr26("REC-10", "10"), how="How soon crimes were recorded, month by month")
def recorded_by_month(session: Session, lens: Lens) -> tuple[RecordedMonth, ...]:
    """Return how soon after the report crimes were recorded, by month. One statement."""
    which = band()
    rows = session.execute(
        select(Crime.recorded_month, which, func.count())
        .where(recorded_in(lens.period.first, lens.period.last), lens.on_crimes())
        .group_by(Crime.recorded_month, which)
    )
    counts = {(month, Band(name)): count for month, name, count in rows}
    return tuple(
        RecordedMonth(month=month, counts={one: counts.get((month, one), 0) for one in BANDS})
        for month in lens.period.each()
    )


def causes(session: Session, lens: Lens) -> tuple[CauseCount, ...]:
    """Return the kinds of error found in the months, the most frequent first. Two statements."""
    named = dict(
        session.execute(
            select(FeedbackItem.error_type, func.count())
            .where(feedback_is(Figure.ERRORS, lens))
            .group_by(FeedbackItem.error_type)
        ).all()
    )
    by_audits = _not_given_yet(session, lens) if lens.view is View.FORCE else {}
    found = [
        CauseCount(
            error=ErrorType(error),
            in_feedback=named.get(error, 0),
            by_audits=by_audits.get(error, 0),
            listed=lens.lists_feedback,
        )
        for error in {*named, *by_audits}
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.error.value)))


def _not_given_yet(session: Session, lens: Lens) -> dict[str, int]:
    return dict(
        session.execute(
            select(AuditFinding.error_type, func.count())
            .where(
                lens.within(AuditFinding.opened_at),
                AuditFinding.feedback_item_id.is_(None),
                AuditFinding.error_type != "",
            )
            .group_by(AuditFinding.error_type)
        ).all()
    )


def _counted(
    figures: Iterable[Figure],
    row: Sequence[Any],
    of: Mapping[Figure, Figure],
    *,
    listed: bool = True,
) -> tuple[Counted, ...]:
    counts = dict(zip(figures, row, strict=True))
    return tuple(
        Counted(
            figure=figure,
            count=count,
            of=counts[of[figure]] if figure in of and of[figure] is not figure else None,
            listed=listed,
        )
        for figure, count in counts.items()
    )
