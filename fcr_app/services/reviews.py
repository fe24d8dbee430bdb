"""The FCR's queue: every rape report, N100 and N300 to be reviewed, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain import recording_questions as q
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import Case, Decision, Incident, Person, ReportedIncident, Unit
from fcr_app.services.paging import MOST_COUNTED, Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import visible_cases
from fcr_app.workflows import workflow_by_key

ORDER = Order(Case.due_at, Case.id, may_lack=True)


class Stage(StrEnum):
    """Who has to do something about it."""

    WAITING = "waiting"
    EARLIER = "earlier"
    OVERRIDDEN = "overridden"

    @property
    def label(self) -> str:
        """The list's name."""
        return {
            "waiting": "Waiting for you",
            "earlier": "Not with you yet",
            "overridden": "Allowed against a rule",
        }[self.value]


class Kind(StrEnum):
    """What is reviewed: the key of its workflow."""

    N100 = "n100"
    RAPE_REPORT = "rape_report"
    N300 = "n300"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"n100": "N100", "rape_report": "Rape reports", "n300": "N300"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of the queue, from where: all of it from the address."""

    stage: Stage = Stage.WAITING
    kind: Kind | None = None
    after: str = ""
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """One line of the queue."""

    reference: str
    what: str
    why: str
    reporter: str
    state: str
    officer: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    holder: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One page of the queue, and how many there are of each kind and stage."""

    asked: Asked
    page: Page[Review]
    by_stage: Mapping[Stage, str]
    by_kind: Mapping[Kind | None, str]


def read_asked(said: Mapping[str, str]) -> Asked:
    """Read what is asked for from an address; what makes no sense there counts as not said."""
    return Asked(
        stage=next((s for s in Stage if s == said.get("stage")), Stage.WAITING),
        kind=next((k for k in Kind if k == said.get("kind")), None),
        after=said.get("after", ""),
        before=said.get("before", ""),
    )


@supports(crr26("N100-12", "63"), how="The FCR has every N100 in one list, and how long it waits")
def review_queue(session: Session, actor: Actor, asked: Asked) -> Queue:
    """Return one page of the queue."""
    seen = visible_cases(actor)
    cursor = ORDER.place(read_cursor(asked.after, asked.before))
    ids = page_of_ids((and_(_in(asked.stage, asked.kind), seen),), ORDER, cursor)
    return Queue(
        asked=asked,
        page=_rows(session, ids, cursor),
        by_stage={stage: _count(session, and_(_in(stage, asked.kind), seen)) for stage in Stage},
        by_kind={
            kind: _count(session, and_(_in(asked.stage, kind), seen)) for kind in (None, *Kind)
        },
    )


def neighbour(session: Session, actor: Actor, reference: str, *, backwards: bool) -> str | None:
    """Return the next case that waits for review, or the one before; None at the end.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    here = session.scalar(select(Case).where(Case.reference == reference, visible_cases(actor)))
    if here is None:
        raise NotFound("There is no such case, or you may not see it.")
    cursor = Cursor(here.due_at, here.id, backwards)
    shown = and_(_in(Stage.WAITING, None), visible_cases(actor))
    found = session.execute(page_of_ids((shown,), ORDER, cursor).limit(1)).first()
    return session.get_one(Case, found.id).reference if found else None


@supports(
    force_policy("N100-05"),
    how="Each N100 that the FCR allowed against a rule for officers is counted, and listed",
)
def _overridden(kinds: list[Kind]) -> ColumnElement[bool]:
    """Return the condition that the FCR allowed it against a rule, whatever became of it since."""
    # By the decision and not by the verdict that stands: a later one never takes it out again.
    allowed = select(Decision.case_id).where(Decision.outcome == "overridden")
    counted = [kind.value for kind in kinds if kind is not Kind.RAPE_REPORT]
    return and_(Case.id.in_(allowed.correlate(None)), Case.workflow.in_(counted))


def _in(stage: Stage, kind: Kind | None) -> ColumnElement[bool]:
    kinds = [kind] if kind else list(Kind)
    if stage is Stage.OVERRIDDEN:
        return _overridden(kinds)
    waiting = sorted({s.value for k in Kind for s in workflow_by_key(k.value).awaiting})
    awaited = Case.state.in_(waiting)
    return and_(
        Case.open,
        Case.workflow.in_([k.value for k in kinds]),
        awaited if stage is Stage.WAITING else ~awaited,
    )


def _count(session: Session, condition: ColumnElement[bool]) -> str:
    """Count no further than people need to know."""
    some = select(Case.id).where(condition).limit(MOST_COUNTED).subquery()
    found = session.scalar(select(func.count()).select_from(some)) or 0
    return f"{MOST_COUNTED:,}+" if found == MOST_COUNTED else str(found)


def _rows(session: Session, ids: Select[Any], cursor: Cursor | None) -> Page[Review]:
    page = ids.subquery("page")
    officer, holder = aliased(Person), aliased(Person)
    down = ORDER.by(cursor)
    found = session.execute(
        select(
            page.c.moment,
            page.c.id,
            Case.reference,
            Case.workflow,
            Case.state,
            Case.asked,
            Case.opened_at,
            Case.due_at,
            ReportedIncident.code,
            ReportedIncident.ground,
            Incident.reporter_type,
            Unit.name.label("unit"),
            officer.name.label("officer"),
            holder.name.label("holder"),
        )
        .select_from(page)
        .join(Case, Case.id == page.c.id)
        .join(Incident, Incident.id == Case.incident_id)
        .outerjoin(ReportedIncident, ReportedIncident.case_id == Case.id)
        .outerjoin(Unit, Unit.id == Case.unit_id)
        .outerjoin(officer, officer.id == Case.opened_by_id)
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    return cut([(Cursor(line.moment, line.id), _review(line)) for line in found], cursor)


def _review(line: Any) -> Review:
    workflow = workflow_by_key(line.workflow)
    state = workflow.state(line.state)
    return Review(
        reference=line.reference,
        what=f"N{line.code}" if line.code else workflow.title,
        why=q.GROUND.shown({q.GROUND.name: line.ground or ""}) or workflow.labels[state],
        reporter=ReporterType(line.reporter_type).label,
        state=workflow.labels[state],
        officer=line.officer or "",
        unit=line.unit or "",
        opened_at=line.opened_at,
        due_at=line.due_at,
        holder=line.holder or "",
    )
