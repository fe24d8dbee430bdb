"""The demonstration's older audits: signed off long ago, so that rates can be seen over months.

Put in as rows and not played through the services, as the demonstration's year is. What was found
follows from a number made from each record's identifier, so it is the same every time: fewer
crimes are missed from month to month. The latest audits of each line are left to be examined.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.audits.groups import group_of
from fcr_app.domain.audits.judging import band_of
from fcr_app.domain.audits.questions import asks_for_crimes, questions_of
from fcr_app.domain.audits.words import (
    CountedAs,
    Group,
    ReviewKind,
    Safeguarding,
    Severity,
    Verdict,
)
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import (
    AuditAnswer,
    AuditCrime,
    AuditItem,
    AuditReview,
    AuditRun,
    AuditStep,
    Crime,
    IncidentCrime,
    Offence,
)
from fcr_app.services.bulk import Batch, Row, last_id, settle

#: So many of the latest audits of each line are left as they were drawn.
LEFT = 3
CONCLUSION = (
    "Most of what was reported is recorded, and most of it in time. What is missed is missed at "
    "first contact."
)
NOTHING = "There was no record in these days, so there was nothing to examine."
_MISSED = (
    (ErrorType.E04, Group.VIOLENCE),
    (ErrorType.E02, Group.VIOLENCE),
    (ErrorType.E06, Group.SEXUAL),
    (ErrorType.E05, Group.PUBLIC_ORDER),
)

Recorded = Mapping[int, Sequence[Row]]


def sign_off_older(session: Session, fcr_id: int, *, now: datetime) -> int:
    """Sign off every audit but the latest of each line, and those of nothing. Returns how many."""
    batch, review_id, count = Batch(), last_id(session, AuditReview), 0
    crime_id = last_id(session, AuditCrime)
    for run, items in _older(session, now):
        recorded = _recorded(session, items)
        done_at = run.opened_at + timedelta(days=6)
        for item in items:
            for kind, who in ((ReviewKind.FIRST, item.auditor_id),
                              (ReviewKind.SECOND, item.second_auditor_id)):  # fmt: skip
                if who is None:
                    continue
                review_id += 1
                batch.add(
                    AuditReview, id=review_id, item_id=item.id, kind=kind.value, auditor_id=who,
                    begun_at=done_at, done_at=done_at, counts=kind is ReviewKind.FIRST, note="",
                    version=1,
                )  # fmt: skip
                for position, found in enumerate(_found(run, item, recorded[item.id]), 1):
                    crime_id += 1
                    batch.add(
                        AuditCrime, id=crime_id, review_id=review_id, position=position, **found
                    )
                for name, said in _answers(run):
                    batch.add(AuditAnswer, review_id=review_id, question=name, answer=said)
        _settle(session, batch, run, fcr_id, done_at, empty=not items)
        count += 1
    session.flush()
    batch.send(session)
    settle(session, (AuditReview, AuditCrime))
    return count


def _older(session: Session, now: datetime) -> Iterator[tuple[AuditRun, Sequence[AuditItem]]]:
    place = func.row_number().over(partition_by=AuditRun.line_key, order_by=AuditRun.due_on.desc())
    placed = select(AuditRun.id, place.label("place")).subquery()
    runs = session.execute(
        select(AuditRun, placed.c.place)
        .join(placed, placed.c.id == AuditRun.id)
        .where(AuditRun.state == "drawn", AuditRun.opened_at < now - timedelta(days=14))
        .order_by(AuditRun.due_on, AuditRun.id)
    ).all()
    for run, number in runs:
        items = session.scalars(
            select(AuditItem).where(AuditItem.run_id == run.id, AuditItem.in_sample)
        ).all()
        if (not items or number > LEFT) and all(item.auditor_id for item in items):
            yield run, items


def _recorded(session: Session, items: Sequence[AuditItem]) -> Recorded:
    """Return the crimes that are recorded of each record, as an auditor finds them."""
    own = select(AuditItem.id, AuditItem.crime_id).where(AuditItem.crime_id.is_not(None))
    reported = select(AuditItem.id, IncidentCrime.crime_id).join(
        IncidentCrime, IncidentCrime.incident_id == AuditItem.incident_id
    )
    of_items = own.union(reported).subquery()
    found: dict[int, list[Row]] = defaultdict(list)
    for item_id, crime, offence_class, listed in session.execute(
        select(of_items.c.id, Crime, Offence.offence_class, Offence.offence_group)
        .join(Crime, Crime.id == of_items.c.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .where(of_items.c.id.in_([item.id for item in items]))
        .order_by(of_items.c.id, Crime.id)
    ):
        found[item_id].append(
            _crime(
                group_of(offence_class or "", listed or ""),
                Verdict.RECORDED,
                offence_class=offence_class or "",
                crime_id=crime.id,
                band=band_of(crime.reported_at, crime.recorded_at).value,
            )
        )
    return found


def _found(run: AuditRun, item: AuditItem, recorded: Sequence[Row]) -> list[Row]:
    """Return the crimes that should exist of a record: those there are, and now and then more."""
    if not asks_for_crimes(CountedAs(run.counted_as)):
        return []
    months = (run.period_ends_on.year - 2026) * 12 + run.period_ends_on.month
    number = crc32(f"{item.identifier} older".encode())
    chance = max(5, 6 + months // 2)
    if number % chance:
        return list(recorded)
    error, group = _MISSED[number // chance % len(_MISSED)]
    missed = _crime(
        group,
        Verdict.MISSING,
        error_type=error.value,
        severity=Severity.MEDIUM.value,
        safeguarding=(Safeguarding.DONE if number % 4 else Safeguarding.NOT_DONE).value,
    )
    return [*recorded, missed]


def _crime(group: Group, verdict: Verdict, **said: object) -> Row:
    empty = {
        "offence_class": "", "crime_id": None, "band": "", "error_type": "", "severity": "",
        "safeguarding": "",
    }  # fmt: skip
    return {
        **empty, "offence_group": group.value, "domestic": False, "verdict": verdict.value,
        "unit_id": None, "person_id": None, "investigated": "", "note": "", **said,
    }  # fmt: skip


def _answers(run: AuditRun) -> Iterator[tuple[str, str]]:
    for one in questions_of(run.code, CountedAs(run.counted_as)):
        yield one.name, one.options[0].value


def _settle(  # noqa: PLR0913 - what is settled, by whom, when, and of how much
    session: Session, batch: Batch, run: AuditRun, fcr_id: int, at: datetime, *, empty: bool
) -> None:
    """Let an audit be examined and signed off, with its history."""
    items = update(AuditItem).where(AuditItem.run_id == run.id, AuditItem.in_sample)
    session.execute(items.values(done_at=at))
    again = AuditItem.second_auditor_id.is_not(None)
    session.execute(items.where(again).values(second_done_at=at))
    signed_at = at + timedelta(days=4)
    run.state, run.signed_off_at, run.signed_off_by_id = "signed_off", signed_at, fcr_id
    run.conclusion = NOTHING if empty else CONCLUSION
    run.hours_spent = None if empty else run.hours
    states = (
        ("begin", "Began to examine the records", "drawn", "reviewing", at - timedelta(days=3)),
        ("finish_reviews", "Examined the last record", "reviewing", "moderating", at),
        ("sign_off", "Signed the audit off", "moderating", "signed_off", signed_at),
    )
    for trigger, said, before, after, when in states:
        batch.add(
            AuditStep, kind="run", subject_id=run.id, trigger=trigger, said=said,
            from_state=before, to_state=after, actor_id=fcr_id, at=when,
            reason=run.conclusion if trigger == "sign_off" else "", changed=[],
        )  # fmt: skip
