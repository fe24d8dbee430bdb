"""Rates that audits found, from period to period, with the limits of chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.answers import N100_DUE
from fcr_app.domain.audit_figures.rates import Rate
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.statistics.control_chart import ControlLimits, Counts, control_limits
from fcr_app.models import AuditAnswer, AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.figures import run_figures
from fcr_app.services.audits.rates import RatePoint, rate_points, short_label
from fcr_app.workflows.audit_run import State


@dataclass(frozen=True, kw_only=True)
class AuditedRate:
    """One rate from audit to audit of one line of the plan.

    Attributes:
        title: What the latest of them is called.
        limits: The rates with their limits of chance.
    """

    code: str
    line_key: str
    what: str
    title: str
    points: Sequence[RatePoint]
    limits: ControlLimits


@dataclass(frozen=True, kw_only=True)
class AuditedN100s:
    """What the latest audit of N100s found of them (N100-16).

    Attributes:
        rows: Each measure in words, with how many of how many.
    """

    run_reference: str
    label: str
    rows: tuple[tuple[str, Rate], ...]


#: The audits whose rate an overview shows over time; the first is the recording rate itself.
RATES = (
    ("A1", "Crimes recorded, of those that should have been"),
    ("A2", "Rapes recorded as such, of those that should have been"),
    ("A3", "Crimes cancelled rightly"),
)


def audited_rates(session: Session) -> tuple[AuditedRate, ...]:
    """Return each rate over the latest audits, line by line.

    Three statements for each type, and one for what the audits are called.
    """
    found = [(code, what, rate_points(session, code)) for code, what in RATES]
    latest = {point.line_key: point.run_id for _, _, points in found for point in points}
    named = select(AuditRun.id, AuditRun.title).where(AuditRun.id.in_(latest.values()))
    titles = dict(session.execute(named).all())
    return tuple(
        AuditedRate(
            code=code,
            line_key=key,
            what=what,
            title=titles[latest[key]],
            points=mine,
            limits=limits,
        )
        for code, what, points in found
        for key, mine, limits in _by_line(points)
    )


def _by_line(
    points: Sequence[RatePoint],
) -> Iterator[tuple[str, list[RatePoint], ControlLimits]]:
    # A census of one offence and a sample of the others are no series together.
    for key in sorted({point.line_key for point in points}):
        mine = [point for point in points if point.line_key == key]
        limits = control_limits([Counts(point.label, point.k, point.n) for point in mine])
        if limits is not None:
            yield key, mine, limits


def audited_n100s(session: Session) -> AuditedN100s | None:
    """Return the measures of the latest signed-off audit that asked about N100s; None without.

    As many statements as the figures of one audit, and one to find it.
    """
    asked = (
        select(AuditItem.run_id)
        .join(AuditReview, AuditReview.item_id == AuditItem.id)
        .join(AuditAnswer, AuditAnswer.review_id == AuditReview.id)
        .where(AuditReview.counts, AuditAnswer.question == N100_DUE)
    )
    run = session.scalar(
        select(AuditRun)
        .where(
            AuditRun.code == "A2",
            AuditRun.state == State.SIGNED_OFF.value,
            AuditRun.id.in_(asked.correlate(None)),
        )
        .order_by(AuditRun.period_ends_on.desc(), AuditRun.id.desc())
        .limit(1)
    )
    found = run_figures(session, run.id).n100 if run else None
    if run is None or found is None:
        return None
    return AuditedN100s(
        run_reference=run.reference,
        label=short_label(Span(run.period_starts_on, run.period_ends_on)),
        rows=(
            ("(a) N100 given where one was due", found.applied),
            ("(b) N100 that was right", found.correct),
            ("N100 that was rape from the start", found.should_be_rape),
        ),
    )
