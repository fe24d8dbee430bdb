"""The rate of one kind of audit from period to period, for a control chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.answers import NEITHER, headline_of
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import CountedAs, Group, Verdict
from fcr_app.domain.questions import YES
from fcr_app.models import AuditAnswer, AuditCrime, AuditItem, AuditReview, AuditRun
from fcr_app.workflows.audit_run import State

#: As many points as a chart of two years by month has.
POINTS = 24


@dataclass(frozen=True, kw_only=True)
class RatePoint:
    """One signed-off audit: k of n, as counted.

    Attributes:
        line_key: Of the line of the plan: two lines may have the same code.
        label: Its period, short enough for an axis.
    """

    run_id: int
    run_reference: str
    line_key: str
    label: str
    k: int
    n: int
    period_ends_on: date


def rate_points(
    session: Session, code: str, *, last: int = POINTS, line_key: str | None = None
) -> list[RatePoint]:
    """Return the latest signed-off audits of one type, the oldest first, in three statements.

    Dip samples are left out, since they say nothing of a rate, and so are audits with nothing to
    count.

    Args:
        line_key: Only of this line of the plan.
    """
    found = select(AuditRun).where(
        AuditRun.code == code, AuditRun.state == State.SIGNED_OFF.value, AuditRun.statistical
    )
    if line_key is not None:
        found = found.where(AuditRun.line_key == line_key)
    newest = found.order_by(AuditRun.period_ends_on.desc(), AuditRun.id.desc()).limit(last)
    return points_of(session, session.scalars(newest).all()[::-1])


def points_of(session: Session, runs: Sequence[AuditRun]) -> list[RatePoint]:
    """Return some audits as points, in their order and in two statements; without those of 0."""
    counts = _counts(session, runs)
    return [
        RatePoint(
            run_id=run.id,
            run_reference=run.reference,
            line_key=run.line_key,
            label=short_label(Span(run.period_starts_on, run.period_ends_on)),
            k=counts[run.id][0],
            n=counts[run.id][1],
            period_ends_on=run.period_ends_on,
        )
        for run in runs
        if counts.get(run.id, (0, 0))[1]
    ]


def short_label(span: Span) -> str:
    """Return a period as an axis shows it: May 26, or Apr–Jun 26."""
    first, last = span.starts_on, span.ends_on
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%b %y}"
    return f"{first:%b}–{last:%b %y}"


def _counts(session: Session, runs: Sequence[AuditRun]) -> dict[int, tuple[int, int]]:
    """Return k and n of each audit, from its crimes or from the question it is headed by."""
    crimes = [run.id for run in runs if headline_of(run.code, CountedAs(run.counted_as)) is None]
    asked = {
        run.id: headline[0]
        for run in runs
        if (headline := headline_of(run.code, CountedAs(run.counted_as))) is not None
    }
    counts: dict[int, tuple[int, int]] = {}
    if crimes:
        is_recorded = or_(
            AuditCrime.verdict == Verdict.RECORDED.value,
            # As in counts_as_recorded: rape in a wrong class was not recorded as rape.
            and_(
                AuditCrime.verdict == Verdict.WRONG_CLASS.value,
                AuditCrime.offence_group != Group.RAPE.value,
            ),
        )
        should = AuditCrime.verdict != Verdict.OVER_RECORDED.value
        rows = session.execute(
            select(AuditItem.run_id, func.count().filter(is_recorded), func.count())
            .join(AuditReview, AuditReview.item_id == AuditItem.id)
            .join(AuditCrime, AuditCrime.review_id == AuditReview.id)
            .where(AuditItem.run_id.in_(crimes), AuditItem.in_sample, AuditReview.counts, should)
            .group_by(AuditItem.run_id)
        )
        counts |= {run_id: (k, n) for run_id, k, n in rows}
    if asked:
        rows = session.execute(
            select(
                AuditItem.run_id,
                func.count().filter(AuditAnswer.answer == YES),
                func.count(),
            )
            .join(AuditReview, AuditReview.item_id == AuditItem.id)
            .join(AuditAnswer, AuditAnswer.review_id == AuditReview.id)
            .where(
                AuditItem.run_id.in_(asked),
                AuditItem.in_sample,
                AuditReview.counts,
                AuditAnswer.question.in_(set(asked.values())),
                AuditAnswer.answer.not_in(NEITHER),
            )
            .group_by(AuditItem.run_id)
        )
        counts |= {run_id: (k, n) for run_id, k, n in rows}
    return counts
