"""The register of rulings, a page at a time, newest first.

Words are looked up in an index of our own, by their beginnings, so that both databases find the
same and neither reads the texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.numbers import number_key
from fcr_app.domain.rulings import RulingFacts, Topic, ruling_number, words_of
from fcr_app.models import Offence, Person, Ruling, RulingLink, RulingRule, RulingWord
from fcr_app.services.paging import MOST_COUNTED, Cursor, Order, Page, cut, page_of_ids, read_cursor

_ORDER = Order(Ruling.made_at, Ruling.id, newest_first=True)
#: More words than this narrow nothing further.
_MOST_WORDS = 8
_LONGEST = 80
_YEAR_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What the register is narrowed to; an empty text narrows nothing."""

    words: str = ""
    offence_class: str = ""
    rule: str = ""
    year: str = ""
    topic: str = ""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each filter that is set, by name."""
        for field in fields(self):
            if value := getattr(self, field.name):
                yield field.name, value


@dataclass(frozen=True, kw_only=True)
class RulingRow:
    """One ruling in a list.

    Attributes:
        superseded_by: The number of the ruling that took its place; empty while it stands.
    """

    year: int
    serial: int
    question: str
    topic: Topic
    offence_class: str
    class_title: str
    made_at: datetime
    made_by: str
    superseded_by: str
    ruling: str = ""

    @property
    def number(self) -> str:
        """Its number."""
        return ruling_number(self.year, self.serial)


@dataclass(frozen=True, kw_only=True)
class Register:
    """One page of the register, with how many rulings match."""

    sought: Sought
    page: Page[RulingRow]
    matching: str


def read_sought(said: Mapping[str, str]) -> Sought:
    """Read filters from an address; what can't be one is left out rather than refused."""
    year, topic = said.get("year", "").strip(), said.get("topic", "")
    printable = "".join(letter if letter.isprintable() else " " for letter in said.get("words", ""))
    return Sought(
        words=" ".join(printable.split())[:_LONGEST],
        offence_class=number_key(said.get("class", ""))[:10],
        rule="-".join(said.get("rule", "").upper().replace("-", " ").split())[:12],
        year=year if year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS else "",
        topic=topic if topic in set(Topic) else "",
    )


def register(session: Session, sought: Sought, *, after: str = "", before: str = "") -> Register:
    """Return one page of the register, in two statements however long it is."""
    cursor = _ORDER.place(read_cursor(after, before))
    wanted = and_(true(), *_conditions(sought))
    ids = page_of_ids((wanted,), _ORDER, cursor).subquery("page")
    down = _ORDER.by(cursor)
    rows = session.execute(
        rows_statement(ids.c.moment)
        .join(ids, ids.c.id == Ruling.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    ).all()
    page = cut([(Cursor(row.moment, row.id), row_of(row)) for row in rows], cursor)
    some = select(Ruling.id).where(wanted).limit(MOST_COUNTED + 1).subquery()
    number = session.scalar(select(func.count()).select_from(some)) or 0
    matching = f"{number:,}" if number <= MOST_COUNTED else f"{MOST_COUNTED:,}+"
    return Register(sought=sought, page=page, matching=matching)


def rows_statement(moment: Any = Ruling.made_at) -> Any:
    """Return the statement that reads what a row shows, to be narrowed and ordered."""
    later = aliased(Ruling)
    title = (
        select(func.min(Offence.class_title))
        .where(Offence.offence_class == Ruling.offence_class)
        .correlate(Ruling)
        .scalar_subquery()
    )
    return (
        select(
            moment.label("moment"),
            Ruling.id,
            Ruling.year,
            Ruling.serial,
            Ruling.question,
            Ruling.topic,
            Ruling.offence_class,
            Ruling.ruling,
            Ruling.made_at,
            Person.name.label("made_by"),
            title.label("class_title"),
            later.year.label("later_year"),
            later.serial.label("later_serial"),
        )
        .select_from(Ruling)
        .join(Person, Person.id == Ruling.made_by_id)
        .outerjoin(later, later.supersedes_id == Ruling.id)
    )


def row_of(row: Any) -> RulingRow:
    """Return a row of :func:`rows_statement` as it is shown."""
    return RulingRow(
        year=row.year,
        serial=row.serial,
        question=row.question,
        topic=Topic(row.topic),
        offence_class=row.offence_class,
        class_title=row.class_title or "",
        made_at=row.made_at,
        made_by=row.made_by,
        superseded_by=ruling_number(row.later_year, row.later_serial) if row.later_year else "",
        ruling=row.ruling,
    )


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    for word in words_of(sought.words)[:_MOST_WORDS]:
        after = word[:-1] + chr(ord(word[-1]) + 1)
        found = select(RulingWord.ruling_id).where(RulingWord.word >= word, RulingWord.word < after)
        yield Ruling.id.in_(found)
    if sought.offence_class:
        yield Ruling.offence_class == sought.offence_class
    if sought.rule:
        yield Ruling.id.in_(select(RulingRule.ruling_id).where(RulingRule.rule == sought.rule))
    if sought.year:
        yield Ruling.year == int(sought.year)
    if sought.topic:
        yield Ruling.topic == sought.topic


def standing_rulings(session: Session, crime_id: int) -> tuple[RulingFacts, ...]:
    """Return the rulings that were applied to a crime and still stand."""
    later = aliased(Ruling)
    rows = session.execute(
        rows_statement().where(
            exists().where(RulingLink.ruling_id == Ruling.id, RulingLink.crime_id == crime_id),
            ~exists().where(later.supersedes_id == Ruling.id),
        )
    )
    return tuple(
        RulingFacts(number=ruling_number(row.year, row.serial), offence_class=row.offence_class)
        for row in rows
    )
