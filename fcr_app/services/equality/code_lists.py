"""Which values an item has: the lists of the rules, and what was added to them as data.

A new national code, as one for Roma would be, is added with its dates by an operator
(``flask fcr equality add-code``) and can be chosen from its day on, without a release.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.codes import Code, CodeList, with_added
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.lists import code_list
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import EqualityCode
from fcr_app.services.log import Record, record_change

LONGEST_CODE = 20
LONGEST_LABEL = 120
LONGEST_SOURCE = 200


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """A value to be added to a list.

    Attributes:
        until_on: The last day it may be used; None while it has no end.
        source: Who decided it, and where.
    """

    item: Item
    code: str
    label: str
    label_cy: str
    group: str
    since_on: date
    until_on: date | None = None
    write_in: bool = False
    source: str


def values_on(session: Session, item: Item, day: date) -> CodeList:
    """Return what the answer to an item may be on a day."""
    return with_added(code_list(item, day), _added(session, item), day)


def _added(session: Session, item: Item) -> list[Code]:
    found = session.scalars(
        select(EqualityCode).where(EqualityCode.item == item).order_by(EqualityCode.id)
    )
    return [
        Code(
            code=one.code,
            label=one.label,
            label_cy=one.label_cy,
            group=one.group,
            write_in=one.write_in,
            since=one.since_on,
            until=one.until_on,
        )
        for one in found
    ]


def add_code(session: Session, actor: Actor, new: NewCode, *, now: datetime) -> None:
    """Add a value to a list.

    Raises:
        InvalidValues: If something about it can't be so; names every field at once.
    """
    problems = [*_problems(new)]
    if problems:
        raise InvalidValues(problems)
    row = EqualityCode(
        item=new.item.value,
        code=new.code.strip(),
        label=new.label.strip(),
        label_cy=new.label_cy.strip(),
        group=new.group,
        write_in=new.write_in,
        since_on=new.since_on,
        until_on=new.until_on,
        source=new.source.strip(),
        added_by_id=actor.id or None,
        added_at=now,
    )
    session.add(row)
    session.flush()
    record_change(
        session,
        actor,
        "equality:add-code",
        Record.REFERENCE,
        row.id,
        now=now,
        verb="collection",
        detail=f"{new.item.value}: {row.code}",
    )


def _problems(new: NewCode) -> Iterator[InvalidValue]:
    if new.item is Item.AGE:
        yield InvalidValue("Age has no list of values.", field="item")
    for name, text, longest in (
        ("code", new.code, LONGEST_CODE),
        ("label", new.label, LONGEST_LABEL),
        ("label_cy", new.label_cy, LONGEST_LABEL),
        ("source", new.source, LONGEST_SOURCE),
    ):
        if not text.strip():
            yield InvalidValue(f"Give the {name.replace('_', ' ')}.", field=name)
        elif len(text.strip()) > longest:
            yield InvalidValue(f"The {name} must be {longest} characters or fewer.", field=name)
    if new.group not in GROUP_LABELS[new.item]:
        known = ", ".join(GROUP_LABELS[new.item])
        yield InvalidValue(f"The group must be one of: {known}.", field="group")
    if new.until_on and new.until_on < new.since_on:
        yield InvalidValue("The last day must not be before the first.", field="until_on")
