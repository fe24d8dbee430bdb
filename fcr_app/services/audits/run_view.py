"""One audit: its frame and sample, how far its auditors are, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import CountedAs
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditFrame, AuditItem, AuditList, AuditRun, AuditStep, Person
from fcr_app.services.audits.opening import lateness
from fcr_app.services.audits.steps import steps_of
from fcr_app.services.log import Record, record_view
from fcr_app.workflows.audit_run import AUDIT_RUN, State

NO_RUN = "There is no such audit."


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far somebody is with their records.

    Attributes:
        person_id: None for records that nobody may examine.
        again: Whether they are the second auditor.
    """

    person_id: int | None
    name: str
    again: bool
    count: int
    done: int


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A part of the frame, and how many of it were drawn."""

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class RunView:
    """An audit, as its page shows it.

    Attributes:
        strata: One where the frame is not divided.
        differences: Records whose two reviews differ and that nobody moderated.
        lateness: What is said of it being late; empty where it was not.
        list_name: The list of another system that it drew from; empty where none.
        mine: Records that the person who looks has yet to examine.
    """

    run: AuditRun
    frame: AuditFrame
    span: Span
    kind: str
    counted_as: str
    method: str
    state_label: str
    state_colour: str
    sample_size: int
    reserves: int
    replaced: int
    strata: tuple[Stratum, ...]
    progress: tuple[Progress, ...]
    differences: int
    mine: int
    opened_by: str
    lateness: str
    list_name: str
    history: Sequence[AuditStep]

    @property
    def first(self) -> tuple[Progress, ...]:
        """Who examines the records first."""
        return tuple(one for one in self.progress if not one.again)

    @property
    def second(self) -> tuple[Progress, ...]:
        """Who examines some of them again."""
        return tuple(one for one in self.progress if one.again)


def run_of(session: Session, reference: str) -> AuditRun:
    """Return an audit by its reference.

    Raises:
        NotFound: If there is none.
    """
    run = session.scalar(
        select(AuditRun)
        .options(joinedload(AuditRun.frame))
        .where(AuditRun.reference == reference.strip().upper())
    )
    if run is None:
        raise NotFound(NO_RUN)
    return run


def reference_of(session: Session, run_id: int) -> str:
    """Return the reference of an audit by its id.

    Raises:
        NotFound: If there is none.
    """
    found = session.scalar(select(AuditRun.reference).where(AuditRun.id == run_id))
    if found is None:
        raise NotFound(NO_RUN)
    return found


def run_with(session: Session, item_id: int) -> AuditRun:
    """Return the audit that a record was drawn for.

    Raises:
        NotFound: If there is no such record.
    """
    of_item = select(AuditItem.run_id).where(AuditItem.id == item_id)
    run = session.scalar(select(AuditRun).where(AuditRun.id == of_item.scalar_subquery()))
    if run is None:
        raise NotFound(NO_RUN)
    return run


def run_view(session: Session, actor: Actor, reference: str, *, now: datetime) -> RunView:
    """Return an audit with its frame, sample, progress and history.

    Raises:
        NotFound: If there is none, or this person may see no audits.
    """
    if not may(actor, Permission.SEE_AUDITS):
        raise NotFound(NO_RUN)
    run = run_of(session, reference)
    record_view(session, actor, "audit:read", Record.AUDIT, run.id, now=now)
    reserves, replaced, differences = _counts(session, run.id)
    strata = _strata(session, run)
    progress = _progress(session, run.id)
    state = State(run.state)
    return RunView(
        run=run,
        frame=run.frame,
        span=Span(run.period_starts_on, run.period_ends_on),
        kind=TYPES[run.code].full_label if run.code in TYPES else run.code,
        counted_as=CountedAs(run.counted_as).label,
        method=Method(run.method).label,
        state_label=AUDIT_RUN.labels[state],
        state_colour=AUDIT_RUN.colours.get(state, "grey"),
        sample_size=sum(one.drawn for one in strata),
        reserves=reserves,
        replaced=replaced,
        strata=strata,
        progress=progress,
        differences=differences,
        mine=sum(one.count - one.done for one in progress if one.person_id == actor.id),
        opened_by=_name(session, run.opened_by_id),
        lateness=lateness(run),
        list_name=_list_name(session, run.list_id),
        history=steps_of(session, "run", run.id),
    )


def _counts(session: Session, run_id: int) -> tuple[int, int, int]:
    waiting = AuditItem.is_reserve & ~AuditItem.in_sample & AuditItem.replaced_by_id.is_(None)
    row = session.execute(
        select(
            func.count().filter(waiting),
            func.count().filter(AuditItem.replaced_by_id.is_not(None)),
            func.count().filter(AuditItem.differs & AuditItem.moderated_at.is_(None)),
        ).where(AuditItem.run_id == run_id)
    ).one()
    return row[0], row[1], row[2]


def _strata(session: Session, run: AuditRun) -> tuple[Stratum, ...]:
    drawn = dict(
        session.execute(
            select(AuditItem.stratum, func.count())
            .where(AuditItem.run_id == run.id, AuditItem.in_sample)
            .group_by(AuditItem.stratum)
        ).all()
    )
    return tuple(
        Stratum(name=name, population=count, drawn=drawn.get(name, 0))
        for name, count in run.frame.strata_counts.items()
    )


def _progress(session: Session, run_id: int) -> tuple[Progress, ...]:
    kinds = (
        (0, AuditItem.auditor_id, AuditItem.done_at),
        (1, AuditItem.second_auditor_id, AuditItem.second_done_at),
    )
    each = union_all(
        *(
            select(
                literal(again).label("again"),
                who.label("who"),
                func.count().label("records"),
                func.count(done).label("done"),
            )
            .where(AuditItem.run_id == run_id, AuditItem.in_sample)
            .group_by(who)
            for again, who, done in kinds
        )
    ).subquery()
    rows = session.execute(
        select(each, Person.name)
        .outerjoin(Person, Person.id == each.c.who)
        .order_by(each.c.again, Person.name_key, each.c.who)
    )
    return tuple(
        Progress(
            person_id=row.who,
            name=row.name or "Nobody may examine these",
            again=bool(row.again),
            count=row.records,
            done=row.done,
        )
        for row in rows
        if row.who is not None or not row.again
    )


def _name(session: Session, person_id: int | None) -> str:
    if person_id is None:
        return ""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def _list_name(session: Session, list_id: int | None) -> str:
    if list_id is None:
        return ""
    return session.scalar(select(AuditList.name).where(AuditList.id == list_id)) or ""
