"""Keeps a report as it was made: its bytes, their hashes, and who is told. Never changed after.

The same facts make the same bytes. So a second edition is kept only where something has changed;
where nothing has, the edition there is stands, and the answer says so.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import REGISTRARS, SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import (
    AuditLine,
    AuditReport,
    AuditRun,
    Person,
    RoleGrant,
)
from fcr_app.services.actors import in_force, load_actor
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.report_asking import ReportSubject, last_edition
from fcr_app.services.audits.report_queue import Claimed, give_up, settle_done
from fcr_app.services.audits.steps import write_step
from fcr_app.services.log import Record, record_change
from fcr_app.services.tell import tell

#: Who answers for audits, besides whoever owns the line of the plan.
READERS = REGISTRARS | {Role.CHIEF_OFFICER}
Hashes = tuple[str, str, str]
SEE = Permission.SEE_AUDITS.roles


def keep_report(
    session: Session, claimed: Claimed, made: MadeReport, *, now: datetime, plan_id: int | None
) -> AuditReport:
    """Keep a report that was made, and tell the people who should have it.

    Args:
        plan_id: The plan it is about or belongs to.

    Returns:
        The report; the edition there was where nothing has changed since.

    Raises:
        SomeoneElseChangedIt: If another process makes it by now; nothing of ours is kept.
    """
    hashes = hashes_of(made)
    last = last_edition(session, _subject(claimed))
    if last is not None and _kept_hashes(last) == hashes:
        said = f"Nothing has changed since edition {last.edition}: it is the same, byte for byte."
        settle_done(session, claimed, last.id, said)
        return last
    report = _report(claimed, made, hashes, edition=last.edition + 1 if last else 1, now=now)
    report.plan_id = plan_id
    session.add(report)
    session.flush()
    settle_done(session, claimed, report.id)
    actor = _asker(session, claimed, now)
    record_change(
        session, actor, "audit-report:made", Record.AUDIT, report.id, now=now, verb="collection",
        detail=report.public_hash,
    )  # fmt: skip
    _write_history(session, actor, report, last, now)
    _tell_readers(session, report, now)
    return report


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The newest edition about something.

    Attributes:
        hashes: SHA-256 of its publishable part, its annex and its tables.
    """

    edition: int
    why: str
    hashes: Hashes


def kept_before(session: Session, claimed: Claimed) -> Kept | None:
    """Return the newest edition about what was asked for, if there is one."""
    last = last_edition(session, _subject(claimed))
    if last is None:
        return None
    return Kept(edition=last.edition, why=last.why, hashes=_kept_hashes(last))


def give_up_report(session: Session, claimed: Claimed, problem: str, *, now: datetime) -> None:
    """Enter that a report could not be made, and tell whoever asked for it.

    Raises:
        SomeoneElseChangedIt: If another process makes it by now.
    """
    give_up(session, claimed, problem)
    people = [claimed.asked_by_id] if claimed.asked_by_id else _holders(session, REGISTRARS, now)
    about = Topic(name="Report", path=f"/audits/reports/requests/{claimed.id}")
    tell(session, people, "A report could not be made.", about, now=now)


def _subject(claimed: Claimed) -> ReportSubject:
    return ReportSubject(kind=claimed.kind, key=claimed.subject_key, run_id=claimed.run_id)


def name_of(report: AuditReport) -> str:
    """Return what a report is called in a message: no word of what it holds."""
    return f"{ReportKind(report.kind).label}, {report.subject_key}"


def hashes_of(made: MadeReport) -> Hashes:
    """Return the SHA-256 of its publishable part, its annex and its tables."""
    parts = (made.public_pdf, made.annex_pdf, made.spreadsheet)
    public, annex, sheet = (sha256(part).hexdigest() for part in parts)
    return public, annex, sheet


def _kept_hashes(report: AuditReport) -> Hashes:
    return report.public_hash, report.annex_hash, report.spreadsheet_hash


def _report(
    claimed: Claimed, made: MadeReport, hashes: Hashes, *, edition: int, now: datetime
) -> AuditReport:
    public, annex, sheet = hashes
    return AuditReport(
        kind=claimed.kind.value,
        subject_key=claimed.subject_key,
        edition=edition,
        run_id=claimed.run_id,
        title=made.title,
        made_at=now,
        made_by_id=claimed.asked_by_id,
        why=claimed.why if edition > 1 else "",
        tables=made.tables,
        public_html=made.public_html,
        public_pdf=made.public_pdf,
        public_hash=public,
        annex_html=made.annex_html,
        annex_pdf=made.annex_pdf,
        annex_hash=annex,
        spreadsheet=made.spreadsheet,
        spreadsheet_hash=sheet,
    )


def _asker(session: Session, claimed: Claimed, now: datetime) -> Actor:
    if claimed.asked_by_id is None:
        return SYSTEM_ACTOR
    try:
        return load_actor(session, claimed.asked_by_id, today=to_london(now).date())
    except NotFound:  # they have left since
        return SYSTEM_ACTOR


def _write_history(
    session: Session, actor: Actor, report: AuditReport, last: AuditReport | None, now: datetime
) -> None:
    """Write in the history of the run or the plan which bytes were kept."""
    kind, subject = ("run", report.run_id) if report.run_id else ("plan", report.plan_id)
    if subject is None:
        return
    before = _kept_hashes(last) if last else ("", "", "")
    titles = ("Publishable part, SHA-256", "Restricted annex, SHA-256", "Tables, SHA-256")
    write_step(
        session, actor, kind, subject, trigger="report",
        said=f"Made the report {report.subject_key}, edition {report.edition}", now=now,
        reason=report.why, changed=list(zip(titles, before, _kept_hashes(report), strict=True)),
    )  # fmt: skip


def _tell_readers(session: Session, report: AuditReport, now: datetime) -> None:
    about = Topic(name=name_of(report), path=f"/audits/reports/{report.id}")
    edition = f" It is edition {report.edition}." if report.edition > 1 else ""
    owners = {*_line_owners(session, report)} & {*_holders(session, SEE, now)}
    people = {*_holders(session, READERS, now), *owners}
    tell(session, people, f"A report on audits is ready.{edition}", about, now=now)


def _holders(session: Session, roles: frozenset[Role], now: datetime) -> list[int]:
    today = to_london(now).date()
    held = select(RoleGrant.person_id).where(
        RoleGrant.role.in_([role.value for role in roles]), in_force(RoleGrant, today)
    )
    return list(session.scalars(select(Person.id).where(Person.active, Person.id.in_(held))))


def _line_owners(session: Session, report: AuditReport) -> list[int]:
    """Return who owns the line of the run, or the lines of the plan."""
    owners = select(AuditLine.owner_id).where(AuditLine.owner_id.is_not(None))
    if report.run_id is not None:
        line = select(AuditRun.line_id).where(AuditRun.id == report.run_id)
        owners = owners.where(AuditLine.id.in_(line))
    else:
        owners = owners.where(AuditLine.plan_id == report.plan_id)
    found = select(Person.id).where(Person.active, Person.id.in_(owners))
    return list(session.scalars(found))


def plan_of_request(session: Session, claimed: Claimed) -> int | None:
    """Return the plan that the line of a run belongs to."""
    if claimed.run_id is None:
        return None
    return session.scalar(
        select(AuditLine.plan_id)
        .join(AuditRun, AuditRun.line_id == AuditLine.id)
        .where(AuditRun.id == claimed.run_id)
    )
