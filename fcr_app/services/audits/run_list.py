"""Lists of audits, a page at a time, what was due last at the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.types import TYPES
from fcr_app.models import AuditItem, AuditRun
from fcr_app.services.paging import (
    MOST_COUNTED,
    Cursor,
    Order,
    Page,
    at_day,
    cut,
    page_of_ids,
    read_cursor,
)
from fcr_app.workflows.audit_run import AUDIT_RUN, State

LATEST = Order(AuditRun.due_on, AuditRun.id, newest_first=True)


class RunsListed(StrEnum):
    """Which audits a list shows."""

    UNDER_WAY = "under_way"
    TO_SIGN_OFF = "to_sign_off"
    SIGNED_OFF = "signed_off"
    ALL = "all"

    @property
    def label(self) -> str:
        """What the list is called."""
        return {
            "under_way": "Under way",
            "to_sign_off": "To be signed off",
            "signed_off": "Signed off",
            "all": "All",
        }[self.value]


_STATES = {
    RunsListed.UNDER_WAY: (State.DRAWN, State.REVIEWING),
    RunsListed.TO_SIGN_OFF: (State.MODERATING,),
    RunsListed.SIGNED_OFF: (State.SIGNED_OFF,),
}


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One audit in a list.

    Attributes:
        done: Records whose first review is done, of those in the sample.
    """

    id: int
    reference: str
    code: str
    title: str
    span: Span
    due_on: date
    late_days: int
    state: str
    state_label: str
    state_colour: str
    statistical: bool
    sample_size: int
    done: int


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """One page of audits, and how many each list has, counted no further than 1,000.

    Attributes:
        code: The audit type that is filtered by; empty where all are shown.
    """

    listed: RunsListed
    code: str
    counts: dict[RunsListed, int]
    page: Page[RunRow]


def run_page(
    session: Session, listed: RunsListed, code: str = "", *, after: str = "", before: str = ""
) -> RunPage:
    """Return one page of audits. Takes two statements, however long the list is."""
    cursor = LATEST.place(read_cursor(after, before))
    wanted = and_(is_listed(listed), _of(code))
    ids = page_of_ids((wanted,), LATEST, cursor).subquery("page")
    down = LATEST.by(cursor)
    in_sample = and_(AuditItem.run_id == AuditRun.id, AuditItem.in_sample)
    counted = select(func.count()).select_from(AuditItem).where(in_sample)
    found = session.execute(
        select(
            AuditRun,
            counted.scalar_subquery().label("sample_size"),
            counted.where(AuditItem.done_at.is_not(None)).scalar_subquery().label("done"),
        )
        .join(ids, ids.c.id == AuditRun.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    )
    rows = [
        (Cursor(at_day(run.due_on), run.id), _row(run, size, done)) for run, size, done in found
    ]
    return RunPage(listed=listed, code=code, counts=_counts(session, code), page=cut(rows, cursor))


def read_runs_listed(said: Mapping[str, str]) -> RunsListed:
    """Read from an address which list is asked for; those under way where it makes no sense."""
    return next((one for one in RunsListed if one == said.get("list")), RunsListed.UNDER_WAY)


def read_code(said: Mapping[str, str]) -> str:
    """Read from an address which audit type is asked for; empty where there is no such."""
    code = said.get("type", "")
    return code if code in TYPES else ""


def is_listed(listed: RunsListed) -> ColumnElement[bool]:
    """Return the condition on ``AuditRun`` that a list shows it."""
    states = _STATES.get(listed)
    return AuditRun.state.in_([state.value for state in states]) if states else true()


def _of(code: str) -> ColumnElement[bool]:
    return AuditRun.code == code if code else true()


def _row(run: AuditRun, sample_size: int, done: int) -> RunRow:
    state = State(run.state)
    return RunRow(
        id=run.id,
        reference=run.reference,
        code=run.code,
        title=run.title,
        span=Span(run.period_starts_on, run.period_ends_on),
        due_on=run.due_on,
        late_days=run.late_days,
        state=run.state,
        state_label=AUDIT_RUN.short_labels.get(state, AUDIT_RUN.labels[state]),
        state_colour=AUDIT_RUN.colours.get(state, "grey"),
        statistical=run.statistical,
        sample_size=sample_size,
        done=done,
    )


def _counts(session: Session, code: str) -> dict[RunsListed, int]:
    counted = [
        select(func.count())
        .select_from(
            select(AuditRun.id).where(is_listed(one), _of(code)).limit(MOST_COUNTED).subquery()
        )
        .scalar_subquery()
        for one in RunsListed
    ]
    return dict(zip(RunsListed, session.execute(select(*counted)).one(), strict=True))
