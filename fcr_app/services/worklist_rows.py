"""The rows of a worklist: everything shown, read in one statement for the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.workflow import About
from fcr_app.models import Case, Crime, Incident, Offence, Person, Unit
from fcr_app.services.paging import Cursor, Order, Page, cut
from fcr_app.services.worklist_filters import STATES
from fcr_app.workflows import WORKFLOWS, workflow_by_key

#: States whose own words are longer than a column.
_SHORT_STATES = {
    state.value: words for workflow in WORKFLOWS for state, words in workflow.short_labels.items()
}
#: Some published titles run to 300 characters.
_LONGEST_OFFENCE = 90


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case in a list.

    Attributes:
        asks: What is asked, in words: "Cancel: C2 AVI, rape of a female aged 16 and over".
    """

    reference: str
    state: str
    asks: str
    requester: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    holder_id: int | None
    holder: str

    @property
    def state_short(self) -> str:
        """Where it stands, in as few words as a row has room for."""
        return _SHORT_STATES.get(self.state) or STATES.get(self.state, self.state)


def rows_of(session: Session, ids: Select[Any], order: Order, cursor: Cursor | None) -> Page[Row]:
    """Return the page whose ids a statement finds."""
    page = ids.subquery("page")
    requester, holder = aliased(Person), aliased(Person)
    down = order.by(cursor)
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
            Case.claimed_by_id,
            Crime.offence_text,
            Offence.class_title,
            Incident.opening_code,
            Unit.name.label("unit"),
            requester.name.label("requester"),
            holder.name.label("holder"),
        )
        .select_from(page)
        .join(Case, Case.id == page.c.id)
        .outerjoin(Crime, Crime.id == Case.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(Incident, Incident.id == Case.incident_id)
        .outerjoin(Unit, Unit.id == Case.unit_id)
        .outerjoin(requester, requester.id == Case.opened_by_id)
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    return cut([(Cursor(line.moment, line.id), _row(line)) for line in found], cursor)


def _row(line: Any) -> Row:
    return Row(
        reference=line.reference,
        state=line.state,
        asks=asks(line.workflow, line.asked, what_about(line)),
        requester=line.requester,
        unit=line.unit or "",
        opened_at=line.opened_at,
        due_at=line.due_at,
        holder_id=line.claimed_by_id,
        holder=line.holder or "",
    )


def what_about(line: Any) -> str:
    """Return the offence of a row’s crime, or what its report was opened as."""
    opened_as = OpeningCode(line.opening_code).label if line.opening_code else ""
    return line.class_title or line.offence_text or opened_as


def asks(workflow_key: str, code: str, offence: str) -> str:
    """Return what a case asks for, in one line."""
    workflow = workflow_by_key(workflow_key)
    undecided = "Not sent yet" if workflow.about is About.CRIME else workflow.title
    what = workflow.asked_labels.get(code) or (workflow.headline(code) if code else "") or undecided
    return f"{what}, {_in_a_sentence(offence)}" if offence else f"{what}, no offence class yet"


def _in_a_sentence(title: str) -> str:
    """Return a title as it reads after a comma: no capital, unless more of it has capitals."""
    if len(title) > _LONGEST_OFFENCE:
        title = title[: _LONGEST_OFFENCE - 1].rstrip(" ,;:-") + "…"
    # "Modern Slavery" and "GBH with intent" stay as they are published.
    return title[:1].lower() + title[1:] if title[1:].islower() else title
