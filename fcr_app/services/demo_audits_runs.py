"""The demonstration force's audits: each line of its plan drawn on the day it was due."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Frame
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.models import AuditItem, AuditLine, AuditRun, Notice, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.by_hand import open_by_hand
from fcr_app.services.audits.due import DueLine, lines_due
from fcr_app.services.audits.frames import Asked, take_frame
from fcr_app.services.audits.lists import send_list
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.replacing import replace_item
from fcr_app.services.audits.waiting import FOR_A_CHOICE, FOR_A_LIST, waits_for
from fcr_app.services.demo_audits_older import sign_off_older
from fcr_app.services.demo_force import email_of

#: The timetable stood still over a weekend: this line was drawn three days late.
LATE_LINE, LATE_DAYS = "A8-1", 3
#: Of the last audit of this line one record can't be examined, and a reserve takes its place.
MENDED_LINE, MENDED = "A1-1", 5
WHY_REPLACED = "The report was merged into another one in the control room’s system."
DIP_RECORDS = 6
#: Morning, when the timetable draws.
AT = time(6, 15, tzinfo=UTC)
#: Outcomes as another system has them: nobody's, and nothing of a person.
OUTCOMES = ("14 Evidential difficulties", "15 Victim supports", "16 Victim does not support")
RECORDS_OF_EACH = 40


def add_runs(session: Session, *, now: datetime) -> int:
    """Draw every audit that was due until now, each on its day. Returns how many were drawn."""
    fcr = _actor(session, "fcr", now)
    count = 0
    for due in lines_due(session, to_london(now).date()):
        at = datetime.combine(due.due_on, AT)
        if due.line_key == LATE_LINE:
            at += timedelta(days=LATE_DAYS)
        if at > now:
            continue
        why = waits_for(session, due)
        if why == FOR_A_LIST:
            _send_list(session, fcr, due, at - timedelta(hours=1))
        if why == FOR_A_CHOICE:
            count += _open_dip(session, fcr, due, at)
            continue
        run = open_run(session, SYSTEM_ACTOR, due.line_id, due.due_on, now=at, seed=_seed(due))
        count += 1
        if due.line_key == MENDED_LINE and at > now - timedelta(days=31):
            _replace_one(session, fcr, run, at + timedelta(hours=4))
    sign_off_older(session, fcr.id, now=now)
    _read_old_notices(session, now)
    return count


def _open_dip(session: Session, fcr: Actor, due: DueLine, at: datetime) -> int:
    """Open the dip check with records that somebody chose; 0 where there are none to choose."""
    line = session.get_one(AuditLine, due.line_id)
    asked = Asked(kind=Frame(line.frame), span=due.span, narrowed=line.frame_filter)
    numbers = [record.label for record in take_frame(session, asked).records[:DIP_RECORDS]]
    if numbers:
        open_by_hand(session, fcr, due.line_id, due.due_on, numbers=numbers, now=at)
    return min(1, len(numbers))


def _replace_one(session: Session, fcr: Actor, run: AuditRun, at: datetime) -> None:
    items = select(AuditItem.id).where(AuditItem.run_id == run.id, AuditItem.position == MENDED)
    if item_id := session.scalar(items):
        replace_item(session, fcr, run, item_id, WHY_REPLACED, now=at)


def _seed(due: DueLine) -> str:
    """Return a seed that is the same in every demonstration; a force's own is made by chance."""
    return sha256(f"{due.line_key} {due.due_on}".encode()).hexdigest()[:32]


def _send_list(session: Session, fcr: Actor, due: DueLine, at: datetime) -> None:
    rows = [
        f"OUT-{due.due_on:%y%m}-{code[:2]}{number:03},{code},Demonstration record {number}"
        for code in OUTCOMES
        for number in range(1, RECORDS_OF_EACH + 1)
    ]
    content = "\n".join(["Reference,Stratum,About", *rows]).encode()
    name = f"outcomes-{due.span.starts_on:%Y-%m}.csv"
    send_list(session, fcr, due.line_id, due.due_on, name=name, content=content, now=at)


def _read_old_notices(session: Session, now: datetime) -> None:
    """Let notices of audits that are weeks old be read, as they would have been."""
    session.flush()
    for notice in session.scalars(
        select(Notice).where(
            Notice.path.startswith("/audits/runs/"),
            Notice.created_at < now - timedelta(days=14),
            Notice.read_at.is_(None),
        )
    ):
        notice.read_at = notice.created_at + timedelta(hours=3)


def _actor(session: Session, key: str, now: datetime) -> Actor:
    person = session.scalars(select(Person.id).where(Person.email == email_of(key))).one()
    return load_actor(session, person, today=to_london(now).date(), address="demonstration")
