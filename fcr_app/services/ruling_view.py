"""One ruling, with what it was applied to, as far as a person may see that."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, literal, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.rulings import Topic
from fcr_app.models import (
    Case,
    Crime,
    Incident,
    Offence,
    Person,
    Ruling,
    RulingLink,
    RulingRule,
)
from fcr_app.services.log import Record, record_view
from fcr_app.services.rulings import number_of, ruling_at
from fcr_app.services.visibility import visible_cases, visible_crimes, visible_incidents


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Something a ruling was applied to: a "crime", a "report" or a "case"."""

    kind: str
    id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class OtherRuling:
    """Another ruling, to lead to."""

    year: int
    serial: int
    number: str


@dataclass(frozen=True, kw_only=True)
class RulingView:
    """A ruling, as its page shows it.

    Attributes:
        supersedes: The ruling whose place it took; None if none.
        superseded_by: The one that took its place; None while it stands.
        linked: What the person may see of what it was applied to.
    """

    id: int
    year: int
    serial: int
    number: str
    question: str
    topic: Topic
    offence_class: str
    class_title: str
    facts: str
    ruling: str
    reasons: str
    rules: tuple[str, ...]
    made_by: str
    made_at: datetime
    authority: str
    rule_set: str
    supersedes: OtherRuling | None
    superseded_by: OtherRuling | None
    linked: tuple[Linked, ...]


def ruling_view(
    session: Session, actor: Actor, year: int, serial: int, *, now: datetime
) -> RulingView:
    """Return a ruling by its number, and log that it was looked at.

    Raises:
        NotFound: If there is none.
    """
    ruling = ruling_at(session, year, serial)
    record_view(session, actor, "ruling:read", Record.RULING, ruling.id, now=now)
    title = select(Offence.class_title).where(Offence.offence_class == ruling.offence_class)
    rules = session.scalars(
        select(RulingRule.rule).where(RulingRule.ruling_id == ruling.id).order_by(RulingRule.rule)
    )
    return RulingView(
        id=ruling.id,
        year=ruling.year,
        serial=ruling.serial,
        number=number_of(ruling),
        question=ruling.question,
        topic=Topic(ruling.topic),
        offence_class=ruling.offence_class,
        class_title=(session.scalar(title.limit(1)) or "") if ruling.offence_class else "",
        facts=ruling.facts,
        ruling=ruling.ruling,
        reasons=ruling.reasons,
        rules=tuple(rules),
        made_by=session.scalar(select(Person.name).where(Person.id == ruling.made_by_id)) or "",
        made_at=ruling.made_at,
        authority=ruling.authority,
        rule_set=ruling.rule_set,
        supersedes=_other(session, Ruling.id == ruling.supersedes_id),
        superseded_by=_other(session, Ruling.supersedes_id == ruling.id),
        linked=_linked(session, actor, ruling.id),
    )


def _other(session: Session, which: ColumnElement[bool]) -> OtherRuling | None:
    found = session.scalar(select(Ruling).where(which))
    if found is None:
        return None
    return OtherRuling(year=found.year, serial=found.serial, number=number_of(found))


def _linked(session: Session, actor: Actor, ruling_id: int) -> tuple[Linked, ...]:
    crimes = (
        select(literal("crime").label("kind"), Crime.id, Crime.crime_number.label("number"))
        .join(RulingLink, RulingLink.crime_id == Crime.id)
        .where(RulingLink.ruling_id == ruling_id, visible_crimes(actor))
    )
    reports = (
        select(literal("report"), Incident.id, Incident.reference)
        .join(RulingLink, RulingLink.incident_id == Incident.id)
        .where(RulingLink.ruling_id == ruling_id, visible_incidents(actor))
    )
    cases = (
        select(literal("case"), Case.id, Case.reference)
        .join(RulingLink, RulingLink.case_id == Case.id)
        .where(RulingLink.ruling_id == ruling_id, visible_cases(actor))
    )
    rows = session.execute(union_all(crimes, reports, cases)).all()
    return tuple(
        Linked(kind=row.kind, id=row.id, number=row.number)
        for row in sorted(rows, key=lambda row: (row.kind, row.number))
    )
