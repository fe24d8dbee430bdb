"""The rulings that bear on a case: linked to it, or on the same question and class (CLS-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.domain.rulings import topics_of
from fcr_app.models import Ruling, RulingLink
from fcr_app.services.loading import Loaded
from fcr_app.services.ruling_list import RulingRow, row_of, rows_statement

MOST_SHOWN = 5
#: The classes that a report opened like this may turn out to be of, besides any.
MAY_BECOME = {
    OpeningCode.RAPE: RAPE_CLASSES | {"N100"},
    OpeningCode.STALKING: frozenset({"8L", "8M", "8Q", "8U"}),
    OpeningCode.DEATH: frozenset({"N300", "1", "4/1"}),
    OpeningCode.MODERN_SLAVERY: frozenset({"106"}),
    OpeningCode.ROBBERY: frozenset({"34A", "34B"}),
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a case is about, as far as a ruling may bear on it."""

    workflow_key: str
    classes: frozenset[str]
    crime_id: int | None
    incident_id: int | None
    case_id: int | None


def subject_of(loaded: Loaded) -> Subject:
    """Return what a case is about."""
    classes = {loaded.offence.offence_class} if loaded.offence else set[str]()
    facts = loaded.facts
    if new := getattr(facts, "offence", None):
        classes.add(new.offence_class)
    if incident := getattr(facts, "incident", None):
        classes |= MAY_BECOME.get(incident.opening_code, frozenset())
        classes |= {crime.offence_class for crime in incident.crimes}
    return Subject(
        workflow_key=loaded.workflow.key,
        classes=frozenset(classes - {""}),
        crime_id=loaded.case.crime_id,
        incident_id=loaded.case.incident_id,
        case_id=loaded.case.id,
    )


@supports(crr26("CLS-04", "57"), how="Rulings on the same question and class are shown on the case")
def rulings_here(session: Session, subject: Subject) -> tuple[RulingRow, ...]:
    """Return the rulings that bear on a case, those linked to it first, then the newest."""
    topic = Ruling.topic.in_(sorted(topics_of(subject.workflow_key)))
    linked = Ruling.id.in_(select(RulingLink.ruling_id).where(_linked(subject)))
    ways = [_newest(linked, 0), _newest(and_(topic, Ruling.offence_class == ""), 2)]
    ways += [_newest(and_(topic, Ruling.offence_class == c), 1) for c in sorted(subject.classes)]
    found = union_all(*(select(way.subquery()) for way in ways)).subquery()
    first = (
        select(found.c.id, func.min(found.c.place).label("place")).group_by(found.c.id).subquery()
    )
    rows = session.execute(
        rows_statement()
        .join(first, first.c.id == Ruling.id)
        .order_by(first.c.place, Ruling.made_at.desc(), Ruling.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(row_of(row) for row in rows)


def _newest(condition: ColumnElement[bool], place: int) -> Select[*tuple[Any, ...]]:
    """Return the newest rulings that stand and meet a condition, by the index on their class."""
    later = aliased(Ruling)
    return (
        select(Ruling.id.label("id"), literal(place).label("place"))
        .where(condition, ~exists().where(later.supersedes_id == Ruling.id))
        .order_by(Ruling.made_at.desc(), Ruling.id.desc())
        .limit(MOST_SHOWN)
    )


def _linked(subject: Subject) -> ColumnElement[bool]:
    ways: Iterable[ColumnElement[bool]] = (
        column == value
        for column, value in (
            (RulingLink.crime_id, subject.crime_id),
            (RulingLink.incident_id, subject.incident_id),
            (RulingLink.case_id, subject.case_id),
        )
        if value is not None
    )
    return or_(false(), *ways)
