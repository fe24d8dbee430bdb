"""Opens an audit: frame, sample, auditors and who was told are saved together or not at all."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Pick
from fcr_app.domain.audits.recurrence import Span, period_before
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import enforces
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor, Role
from fcr_app.domain.rules import RULE_SET
from fcr_app.errors import AlreadyDone, InvalidValue, PermissionRefused, StepNotAvailable
from fcr_app.models import AuditItem, AuditLine, AuditRun
from fcr_app.services.audits.preparing import Prepared, line_to_open, prepare_run
from fcr_app.services.audits.steps import write_step
from fcr_app.services.tell import tell

NOT_OVER = "These days are not over yet. They can be audited from the day after."
NOT_APPROVED = "The plan that this audit is of is not in force, so it can’t be drawn."
STOPPED = "This audit is suspended or dropped. See the plan for why."
NOT_YOURS = "Only the FCR and deputies open an audit by hand."


def run_topic(reference: str) -> Topic:
    """Return how a message says which audit it is about."""
    return Topic(name=f"Audit {reference}", path=f"/audits/runs/{reference}")


def open_run(  # noqa: PLR0913 - who, which line, which day, by what chance or choice, and when
    session: Session,
    actor: Actor,
    line_id: int,
    due_on: date,
    *,
    now: datetime,
    seed: str | None = None,
    picked: Sequence[str] | None = None,
    list_id: int | None = None,
    prepared: Prepared | None = None,
) -> AuditRun:
    """Freeze the frame, draw the sample, share it out, and tell the auditors.

    The unique key of line and period makes a second one impossible, whoever tries and however
    often.

    Args:
        due_on: The day it is due, which says what days are audited.
        prepared: What ``prepare_run`` read before, without holding anybody up. Where the line was
            changed since, it is read again.

    Raises:
        PermissionRefused: If this person may not.
        AlreadyDone: If it was opened for these days before.
        StepNotAvailable: If the plan is not in force, or the audit is suspended or dropped.
        InvalidValue: If the days are not over, or the records of a dip sample are not chosen.
        NotFound: If there is no such line, or no list for it.
    """
    if not (actor.has(Role.SYSTEM) or may(actor, Permission.RUN_AUDITS)):
        raise PermissionRefused(NOT_YOURS)
    # Held until the end, so that a second scheduler waits here and then finds the first one's.
    session.execute(select(AuditLine.id).where(AuditLine.id == line_id).with_for_update())
    line = line_to_open(session, line_id)
    _require_open(session, line, period_before(due_on, line.covers_months), now)
    if prepared is None or prepared.line_version != line.version:
        prepared = prepare_run(
            session, line_id, due_on, now=now, seed=seed, picked=picked, list_id=list_id
        )
    session.add(prepared.frame)
    session.flush()
    run = _run(actor, line, prepared, now)
    session.add(run)
    session.flush()
    run.reference = f"AUD-{to_london(now):%Y}-{run.id:04}"
    items = [_item(run.id, pick, prepared) for pick in prepared.picks]
    if items:
        session.execute(insert(AuditItem), items)
    line.status = LineStatus.RUNNING.value
    _write_down(session, actor, run, prepared, now)
    _tell(session, line, run, prepared, now)
    session.flush()
    return run


def _require_open(session: Session, line: AuditLine, span: Span, now: datetime) -> None:
    known = session.scalar(
        select(AuditRun.reference).where(
            AuditRun.line_key == line.line_key,
            AuditRun.period_starts_on == span.starts_on,
            AuditRun.period_ends_on == span.ends_on,
        )
    )
    if known:
        raise AlreadyDone(
            f"{known} audits {span.label} already. Each period is drawn once; nothing was done "
            "twice."
        )
    if line.plan.state != "approved":
        raise StepNotAvailable(NOT_APPROVED)
    if line.status in {LineStatus.SUSPENDED.value, LineStatus.DROPPED.value}:
        raise StepNotAvailable(STOPPED)
    if span.ends_on >= to_london(now).date():
        raise InvalidValue(NOT_OVER, field="due_on")


@enforces(inspection("FB-03"), how="Frame, seed, algorithm and every record drawn are kept")
def _run(actor: Actor, line: AuditLine, prepared: Prepared, now: datetime) -> AuditRun:
    method = prepared.size.rule.method
    return AuditRun(
        reference=uuid4().hex[:20],
        line_id=line.id,
        line_key=line.line_key,
        code=line.code,
        title=line.title,
        counted_as=line.counted_as,
        period_starts_on=prepared.span.starts_on,
        period_ends_on=prepared.span.ends_on,
        due_on=prepared.due_on,
        opened_at=now,
        opened_by_id=actor.id or None,
        late_days=max(0, (to_london(now).date() - prepared.due_on).days),
        frame_id=prepared.frame.id,
        list_id=prepared.list_id,
        method=method.value,
        statistical=method.is_statistical,
        allocation=line.allocation,
        algorithm=prepared.drawn.algorithm,
        seed=prepared.seed,
        size_wanted=prepared.size.wanted,
        size_why=prepared.size.why,
        precision=line.precision,
        expected_rate=line.expected_rate,
        hours=line.hours,
        recorded_a_year=prepared.recorded.count,
        recorded_a_year_of=prepared.recorded.by_family,
        recorded_a_year_source=prepared.recorded.source,
        rule_set=RULE_SET.on(prepared.span.ends_on),
        purpose=TYPES[line.code].about if line.code in TYPES else "",
    )


def _item(run_id: int, pick: Pick, prepared: Prepared) -> dict[str, Any]:
    record = prepared.records[pick.identifier]
    reserve = pick.position > len(prepared.drawn.selected)
    return {
        "run_id": run_id,
        "position": pick.position,
        "identifier": pick.identifier,
        "stratum": pick.stratum,
        "inclusion_probability": pick.inclusion_probability,
        "in_sample": not reserve,
        "is_reserve": reserve,
        "crime_id": record.crime_id,
        "incident_id": record.incident_id,
        "case_id": record.case_id,
        "audited_id": record.audited_id,
        "label": record.label,
        "listed": dict(record.listed or {}),
        "auditor_id": prepared.auditors.get(pick.identifier),
        "second_auditor_id": prepared.second_auditors.get(pick.identifier),
    }


def _write_down(
    session: Session, actor: Actor, run: AuditRun, prepared: Prepared, now: datetime
) -> None:
    drawn = prepared.drawn
    said = (
        f"Froze {prepared.frame.row_count:,} records, drew {len(drawn.selected):,} and held "
        f"{len(drawn.reserves):,} in reserve"
    )
    write_step(
        session,
        actor,
        "run",
        run.id,
        trigger="open",
        said=said,
        now=now,
        to_state=run.state,
        reason=lateness(run),
    )


def lateness(run: AuditRun) -> str:
    """Return what an audit says of being late; empty where it was not."""
    if not run.late_days:
        return ""
    days = "1 day" if run.late_days == 1 else f"{run.late_days:,} days"
    return f"Opened {days} late: it was due on {run.due_on:%-d %B %Y}."


def _tell(
    session: Session, line: AuditLine, run: AuditRun, prepared: Prepared, now: datetime
) -> None:
    """Tell each auditor how much is theirs, and whoever sees to the audit that it began."""
    kind = TYPES[line.code].label if line.code in TYPES else line.code
    what, about = f"{kind}, {prepared.span.label}", run_topic(run.reference)
    late = f" {lateness(run)}" if run.late_days else ""
    drawn = [pick.identifier for pick in prepared.drawn.selected]
    first = Counter(prepared.auditors.get(one) for one in drawn)
    second = Counter(prepared.second_auditors.values())
    people = sorted({one for one in (*first, *second) if one is not None})
    for person in people:
        said = f"{what}. You examine {_count(first[person], second[person])}.{late}"
        tell(session, [person], said, about, now=now)
    if line.owner_id and line.owner_id not in people:
        tell(session, [line.owner_id], f"{what}. It was opened.{late}", about, now=now)


def _count(first: int, second: int) -> str:
    parts = []
    if first:
        parts.append(f"{first:,} record{'' if first == 1 else 's'}")
    if second:
        parts.append(f"{second:,} again, as the second auditor")
    return " and ".join(parts)
