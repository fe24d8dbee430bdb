"""Builds an audit that was examined, row by row, for tests of what is counted of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import (
    AuditAnswer,
    AuditCrime,
    AuditFrame,
    AuditItem,
    AuditLine,
    AuditPlan,
    AuditReview,
    AuditRun,
)
from tests.builders import NOW, a_person

_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a review says of one crime."""

    group: str = "violence"
    verdict: str = "recorded"
    band: str = ""
    domestic: bool = False
    error: str = "E02"
    safeguarding: str = ""
    investigated: str = ""


@dataclass(frozen=True, kw_only=True)
class Examined:
    """One record of the sample: its review that counts, where it was examined."""

    stratum: str = ""
    crimes: Sequence[Found] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    done: bool = True
    in_sample: bool = True


def an_audit(
    session: Session,
    records: Sequence[Examined],
    *,
    code: str = "A1",
    counted_as: str = "crime",
    method: str = "simple",
    state: str = "signed_off",
    line_key: str = "A1-1",
    population: Mapping[str, int] | None = None,
    period: tuple[date, date] = (date(2026, 4, 1), date(2026, 6, 30)),
    recorded_a_year: int | None = None,
    recorded_a_year_of: Mapping[str, int] | None = None,
) -> AuditRun:
    """Add an audit with its records and reviews, and a second review of each that counts not."""
    number = next(_numbers)
    auditor, fcr = (a_person(session, roles=[role]) for role in (Role.AUDITOR, Role.FCR))
    plan = AuditPlan(
        starts_on=date(1990 - number, 4, 1),  # no year that a test plans
        ends_on=date(1991 - number, 3, 31),
        edition=1,
        begun_at=NOW,
        begun_by_id=fcr.id,
    )
    session.add(plan)
    session.flush()
    line = AuditLine(
        plan_id=plan.id,
        line_key=line_key,
        code=code,
        title=f"Demonstration audit {number}",
        frame="listed",
        counted_as=counted_as,
        first_due_on=date(2026, 7, 1),
        every_months=3,
        covers_months=3,
        method=method,
        hours=10,
    )
    counts = population or {"": 100_000}
    frame = AuditFrame(
        kind="listed",
        query="A list",
        in_words="A list of records.",
        taken_at=NOW,
        row_count=sum(counts.values()),
        strata_counts=dict(counts),
        hash="0" * 64,
        content=b"",
    )
    session.add_all([line, frame])
    session.flush()
    signed = state == "signed_off"
    run = AuditRun(
        reference=f"AUD-2026-{number:04}",
        line_id=line.id,
        line_key=line_key,
        code=code,
        title=line.title,
        counted_as=counted_as,
        period_starts_on=period[0],
        period_ends_on=period[1],
        due_on=date(2026, 7, 1),
        opened_at=NOW,
        state=state,
        frame_id=frame.id,
        method=method,
        statistical=method != "dip",
        algorithm="test",
        seed="0" * 32,
        size_wanted=len(records),
        size_why="As many as the test has.",
        expected_rate=0.9,
        hours=10,
        rule_set="crr-2026-27",
        recorded_a_year=recorded_a_year,
        recorded_a_year_of=dict(recorded_a_year_of or {}),
        signed_off_at=NOW if signed else None,
        signed_off_by_id=fcr.id if signed else None,
    )
    session.add(run)
    session.flush()
    for position, record in enumerate(records, 1):
        _add_record(session, run, position, record, auditor.id)
    session.flush()
    return run


def _add_record(
    session: Session, run: AuditRun, position: int, record: Examined, auditor_id: int
) -> None:
    item = AuditItem(
        run_id=run.id,
        position=position,
        identifier=f"listed:{position}",
        stratum=record.stratum,
        in_sample=record.in_sample,
        is_reserve=not record.in_sample,
        label=f"Record {position}",
        auditor_id=auditor_id,
        done_at=NOW if record.done else None,
    )
    session.add(item)
    session.flush()
    for kind, counts in (("first", record.done), ("second", False)):
        review = AuditReview(
            item_id=item.id,
            kind=kind,
            auditor_id=auditor_id,
            begun_at=NOW,
            done_at=NOW if record.done else None,
            counts=counts,
        )
        session.add(review)
        session.flush()
        session.add_all(
            AuditAnswer(review_id=review.id, question=question, answer=answer)
            for question, answer in record.answers.items()
        )
        session.add_all(
            AuditCrime(
                review_id=review.id,
                position=at,
                offence_group=crime.group,
                domestic=crime.domestic,
                verdict=crime.verdict,
                band=crime.band,
                error_type="" if crime.verdict == "recorded" else crime.error,
                safeguarding=crime.safeguarding,
                investigated=crime.investigated,
            )
            for at, crime in enumerate(record.crimes, 1)
        )
