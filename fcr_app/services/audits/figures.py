"""Counts what auditors found, for the figures of an audit. Groups are counted by the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from fcr_app.domain.audit_figures.answers import N100_DUE, N100_EXISTS, AnswerCell, N100Cell
from fcr_app.domain.audit_figures.causes import ErrorCell
from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.figures import (
    Counts,
    RunFigures,
    RunKeys,
    SecondReviews,
    figures_of,
)
from fcr_app.domain.audit_figures.rates import Method
from fcr_app.domain.audit_figures.results import CrimeCell
from fcr_app.domain.audit_figures.sampled import Sampled, sampled
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.domain.audit_sampling import Method as SampleMethod
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import Band, CountedAs, Group, Safeguarding, Verdict
from fcr_app.errors import NotFound
from fcr_app.models import (
    AuditAnswer,
    AuditCrime,
    AuditFinding,
    AuditItem,
    AuditReview,
    AuditRun,
)
from fcr_app.workflows.audit_run import State


def run_figures(session: Session, run_id: int, *, method: Method = Method.WILSON) -> RunFigures:
    """Return the figures of an audit: of what was examined so far, by the reviews that count.

    As many statements however large it is.

    Raises:
        NotFound: If there is no such audit.
    """
    return figures_of(run_counts(session, run_id), method)


def run_counts(session: Session, run_id: int) -> Counts:
    """Return what was counted for an audit.

    Raises:
        NotFound: If there is no such audit.
    """
    run = session.scalar(
        select(AuditRun).options(joinedload(AuditRun.frame)).where(AuditRun.id == run_id)
    )
    if run is None:
        raise NotFound("There is no such audit.")
    drawn, second = _sampled(session, run)
    return Counts(
        run=keys_of(run),
        sampled=drawn,
        crimes=_crimes(session, run_id),
        answers=_answers(session, run_id),
        n100s=_n100s(session, run_id),
        errors=_errors(session, run_id),
        second=second,
        recorded_a_year=recorded_a_year(run),
    )


def keys_of(run: AuditRun) -> RunKeys:
    """Return what an audit is, for its figures."""
    return RunKeys(
        id=run.id,
        reference=run.reference,
        title=run.title,
        code=run.code,
        line_key=run.line_key,
        counted_as=CountedAs(run.counted_as),
        period=Span(run.period_starts_on, run.period_ends_on),
        due_on=run.due_on,
        is_settled=run.state == State.SIGNED_OFF.value,
    )


def recorded_a_year(run: AuditRun) -> RecordedAYear:
    """Return what was stated of the crimes recorded in a year."""
    return RecordedAYear(
        total=run.recorded_a_year,
        families={Family(name): count for name, count in run.recorded_a_year_of.items()},
        source=run.recorded_a_year_source,
    )


def _sampled(session: Session, run: AuditRun) -> tuple[Sampled, SecondReviews]:
    """Count the records by stratum, and of those drawn the ones that were reviewed twice."""
    taken = AuditItem.in_sample.is_(True)
    twice = and_(taken, AuditItem.second_auditor_id.is_not(None))
    rows = session.execute(
        select(
            AuditItem.stratum,
            _count(taken),
            _count(and_(taken, AuditItem.done_at.is_not(None))),
            _count(AuditItem.replaced_by_id.is_not(None)),
            _count(twice),
            _count(and_(twice, AuditItem.second_done_at.is_not(None))),
            _count(and_(taken, AuditItem.differs)),
            _count(and_(taken, AuditItem.moderated_at.is_not(None))),
        )
        .where(AuditItem.run_id == run.id)
        .group_by(AuditItem.stratum)
    ).all()
    method = SampleMethod(run.method)
    populations = run.frame.strata_counts or {"": run.frame.row_count}
    found = [(row[0], row[1], row[2]) for row in rows]
    replaced = sum(row[3] for row in rows)
    second = SecondReviews(
        drawn=sum(row[4] for row in rows),
        done=sum(row[5] for row in rows),
        differ=sum(row[6] for row in rows),
        moderated=sum(row[7] for row in rows),
    )
    return sampled(method, populations, found, replaced), second


def _counted(what: Sequence[Any], run_id: int) -> Select[Any]:
    """Return a statement on the reviews that count of the records in the sample."""
    return (
        select(*what)
        .select_from(AuditItem)
        .join(AuditReview, and_(AuditReview.item_id == AuditItem.id, AuditReview.counts))
        .where(AuditItem.run_id == run_id, AuditItem.in_sample)
    )


def _crimes(session: Session, run_id: int) -> list[CrimeCell]:
    by = (
        AuditItem.stratum,
        AuditCrime.offence_group,
        AuditCrime.domestic,
        AuditCrime.verdict,
        AuditCrime.band,
    )
    rows = session.execute(
        _counted((*by, func.count()), run_id)
        .join(AuditCrime, AuditCrime.review_id == AuditReview.id)
        .group_by(*by)
        .order_by(*by)
    )
    return [
        CrimeCell(
            stratum=stratum,
            group=Group(group),
            domestic=domestic,
            verdict=Verdict(verdict),
            band=Band(band) if band else None,
            count=count,
        )
        for stratum, group, domestic, verdict, band, count in rows
    ]


def _answers(session: Session, run_id: int) -> list[AnswerCell]:
    by = (AuditAnswer.question, AuditItem.stratum, AuditAnswer.answer)
    rows = session.execute(
        _counted((*by, func.count()), run_id)
        .join(AuditAnswer, AuditAnswer.review_id == AuditReview.id)
        .group_by(*by)
        .order_by(*by)
    )
    return [
        AnswerCell(stratum=stratum, question=question, answer=answer, count=count)
        for question, stratum, answer, count in rows
    ]


def _n100s(session: Session, run_id: int) -> list[N100Cell]:
    """Count records by both answers about N100 at once: is one due, and is there one?"""
    due, exists = aliased(AuditAnswer), aliased(AuditAnswer)
    by = (AuditItem.stratum, due.answer, exists.answer)
    rows = session.execute(
        _counted((*by, func.count()), run_id)
        .join(due, and_(due.review_id == AuditReview.id, due.question == N100_DUE))
        .join(exists, and_(exists.review_id == AuditReview.id, exists.question == N100_EXISTS))
        .group_by(*by)
        .order_by(*by)
    )
    return [
        N100Cell(stratum=stratum, due=one, exists=other, count=count)
        for stratum, one, other, count in rows
    ]


def _errors(session: Session, run_id: int) -> list[ErrorCell]:
    """Count the errors of crimes, and those of answers that became findings."""
    by = (
        AuditCrime.error_type,
        AuditCrime.verdict,
        AuditCrime.safeguarding,
        AuditCrime.investigated,
    )
    crimes = session.execute(
        _counted((*by, func.count()), run_id)
        .join(AuditCrime, AuditCrime.review_id == AuditReview.id)
        .where(AuditCrime.error_type != "")
        .group_by(*by)
        .order_by(*by)
    )
    cells = [
        ErrorCell(
            error=error,
            verdict=Verdict(verdict),
            safeguarding=Safeguarding(safe) if safe else None,
            investigated=investigated,
            count=count,
        )
        for error, verdict, safe, investigated, count in crimes
    ]
    answered = session.execute(
        select(AuditFinding.error_type, func.count())
        .where(AuditFinding.run_id == run_id, AuditFinding.question != "")
        .group_by(AuditFinding.error_type)
        .order_by(AuditFinding.error_type)
    )
    return cells + [ErrorCell(error=error, count=count) for error, count in answered]


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(what)
