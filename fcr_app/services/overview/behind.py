"""The records behind a number of an overview: a list, for those who may see each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Band
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import NotFound
from fcr_app.models import Case, Crime, Decision, FeedbackItem, Offence, ReportedIncident, Unit
from fcr_app.services.overview.figures import (
    DECISIONS,
    N100S,
    Figure,
    decided_in,
    decision_is,
    feedback_is,
    n100_is,
)
from fcr_app.services.overview.lens import Lens, View
from fcr_app.services.overview.recorded_in import band, recorded_in
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import visible_cases, visible_crimes
from fcr_app.services.worklist_rows import rows_of
from fcr_app.services.worklist_surroundings import capped, in_words

#: Cases by when they were opened; crimes by when they were entered here.
CASES = Order(Case.opened_at, Case.id, newest_first=True)
CRIMES = Order(Crime.created_at, Crime.id, newest_first=True)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which number somebody wants to see behind.

    Attributes:
        error: Only this kind of error, for the figure of errors.
        month: Only this month, and
        band: only what was recorded so soon, for the figure of recorded crimes.
    """

    figure: Figure
    error: ErrorType | None = None
    month: date | None = None
    band: Band | None = None

    @property
    def title(self) -> str:
        """What is listed, in words."""
        said = [self.figure.label]
        if self.error:
            said.append(self.error.full_label)
        if self.band:
            said.append(self.band.label[0].lower() + self.band.label[1:])
        return ": ".join(said)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One record behind a number.

    Attributes:
        crime_id: Of a crime; None for a case, whose reference is its address.
        at: When the case was opened, or the crime recorded.
    """

    reference: str
    crime_id: int | None
    what: str
    state: str
    unit: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class BehindList:
    """One page of the records behind a number, and how many there are."""

    sought: Sought
    lens: Lens
    page: Page[Behind]
    count: str


def records_behind(
    session: Session, lens: Lens, sought: Sought, *, after: str = "", before: str = ""
) -> BehindList:
    """Return a page of the records behind a number. Two statements.

    Raises:
        NotFound: If the person may not see each of them.
    """
    if sought.figure is Figure.RECORDED:
        return _crimes(session, lens, sought, read_cursor(after, before))
    return _cases(session, lens, sought, read_cursor(after, before))


def _cases(session: Session, lens: Lens, sought: Sought, cursor: Cursor | None) -> BehindList:
    way = and_(_case_is(lens, sought), visible_cases(lens.actor))
    cursor = CASES.place(cursor)
    rows = rows_of(session, page_of_ids((way,), CASES, cursor), CASES, cursor)
    shown = [
        Behind(
            reference=row.reference,
            crime_id=None,
            what=row.asks,
            state=row.state_short,
            unit=row.unit,
            at=row.opened_at,
        )
        for row in rows.rows
    ]
    count = session.scalar(select(capped((way,), Case.id))) or 0
    page = Page(rows=tuple(shown), before=rows.before, after=rows.after)
    return BehindList(sought=sought, lens=lens, page=page, count=in_words(count))


def _case_is(lens: Lens, sought: Sought) -> ColumnElement[bool]:
    figure = sought.figure
    if figure in N100S:
        ids = select(ReportedIncident.case_id).where(n100_is(figure, lens))
        of_the_view = lens.on_cases() if lens.view is View.TEAM else visible_cases(lens.actor)
        return and_(Case.id.in_(ids.correlate(None)), of_the_view)
    if figure in DECISIONS:
        decided = (
            select(Decision.case_id)
            .join(Case, Case.id == Decision.case_id)
            .where(decided_in(lens), decision_is(figure, lens))
        )
        return Case.id.in_(decided.correlate(None))
    if not lens.lists_feedback:
        raise NotFound("There is no such list, or you may not see it.")
    given = select(FeedbackItem.feedback_case_id).where(feedback_is(figure, lens))
    if sought.error:
        given = given.where(FeedbackItem.error_type == sought.error.value)
    return Case.id.in_(given.correlate(None))


def _crimes(session: Session, lens: Lens, sought: Sought, cursor: Cursor | None) -> BehindList:
    first, last = (sought.month or day for day in (lens.period.first, lens.period.last))
    way = and_(recorded_in(first, last), lens.on_crimes(), visible_crimes(lens.actor))
    if sought.band:
        way = and_(way, band() == sought.band.value)
    cursor = CRIMES.place(cursor)
    page = _crime_rows(session, page_of_ids((way,), CRIMES, cursor), cursor)
    count = session.scalar(select(capped((way,), Crime.id))) or 0
    return BehindList(sought=sought, lens=lens, page=page, count=in_words(count))


def _crime_rows(session: Session, ids: Select[Any], cursor: Cursor | None) -> Page[Behind]:
    page = ids.subquery("page")
    down = CRIMES.by(cursor)
    found: Sequence[Any] = session.execute(
        select(
            page.c.moment,
            Crime.id,
            Crime.crime_number,
            Crime.status,
            Crime.offence_text,
            Crime.recorded_at,
            Offence.class_title,
            Unit.name.label("unit"),
        )
        .select_from(page)
        .join(Crime, Crime.id == page.c.id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(Unit, Unit.id == Crime.unit_id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    return cut([(Cursor(row.moment, row.id), _crime(row)) for row in found], cursor)


def _crime(row: Any) -> Behind:
    return Behind(
        reference=row.crime_number,
        crime_id=row.id,
        what=row.class_title or row.offence_text,
        state=CrimeStatus(row.status).label,
        unit=row.unit or "",
        at=row.recorded_at,
    )
