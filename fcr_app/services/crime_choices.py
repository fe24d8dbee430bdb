"""Finding what a person means by the words they typed: an offence, a colleague, a unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.numbers import name_key, number_key
from fcr_app.domain.roles import Actor
from fcr_app.models import Crime, Offence, Person, Unit
from fcr_app.services.visibility import visible_crimes

#: As many as a person can choose from by reading them.
MOST_CHOICES = 20
#: A shorter beginning is of too many numbers.
SHORTEST_NUMBER = 3
_CLASS_AND_CODE = re.compile(r"(?:([0-9A-Z/]+)\s+)?(\d{1,3}/\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something a person may have meant."""

    id: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found; with ``more``, there is too much to show."""

    choices: Sequence[Choice]
    more: bool = False

    @property
    def only(self) -> Choice | None:
        """The one thing it can be, if it can be only one."""
        return self.choices[0] if len(self.choices) == 1 else None


def offence_label(offence_class: str, offence_code: str, class_title: str, title: str) -> str:
    """Return an offence as people say it: "34B 034/01 Robbery of personal property"."""
    said = f"{offence_class} {offence_code} {class_title}".strip()
    return said if title.casefold() == class_title.casefold() else f"{said}: {title}"


def find_offences(session: Session, typed: str) -> Found:
    """Find offences in force by class and code, by code, by class, or by words of their titles."""
    words = typed.split()
    if not words:
        return Found(choices=())
    wanted = select(Offence).where(Offence.current, ~Offence.reported_incident)
    numbers = _CLASS_AND_CODE.fullmatch(" ".join(words))
    if numbers:
        offence_class, code = numbers.groups()
        wanted = wanted.where(Offence.offence_code == normal_code(code))
        if offence_class:
            wanted = wanted.where(Offence.offence_class == normal_class(offence_class))
    else:
        for word in words:
            wanted = wanted.where(
                or_(
                    Offence.title.icontains(word, autoescape=True),
                    Offence.class_title.icontains(word, autoescape=True),
                    func.upper(Offence.offence_class) == word.upper(),
                )
            )
    rows = session.scalars(
        wanted.order_by(Offence.offence_code, Offence.offence_class).limit(MOST_CHOICES + 1)
    ).all()
    choices = [
        Choice(
            id=o.id, label=offence_label(o.offence_class, o.offence_code, o.class_title, o.title)
        )
        for o in rows[:MOST_CHOICES]
    ]
    return Found(choices=choices, more=len(rows) > MOST_CHOICES)


def normal_class(offence_class: str) -> str:
    """Return a class as the published list writes it: "08n" is 8N."""
    return offence_class.strip().upper().replace(" ", "").lstrip("0")


def normal_code(code: str) -> str:
    """Return a code as the published list writes it: "8/6" is 008/06."""
    offence, _, sub = code.strip().partition("/")
    return f"{offence.zfill(3)}/{sub.zfill(2)}" if sub else code.strip()


def find_people(session: Session, typed: str) -> Found:
    """Find colleagues who have not left, by staff number, e-mail address or name."""
    words = " ".join(typed.split())
    if not words:
        return Found(choices=())
    exact = session.execute(
        select(Person.id, Person.name, Person.staff_number).where(
            Person.active,
            or_(func.upper(Person.staff_number) == words.upper(), Person.email == words.lower()),
        )
    ).all()
    rows = (
        exact
        or session.execute(
            select(Person.id, Person.name, Person.staff_number)
            .where(
                Person.active,
                or_(
                    Person.name_key == name_key(words),
                    Person.name.icontains(words, autoescape=True),
                ),
            )
            .order_by(Person.name_key, Person.id)
            .limit(MOST_CHOICES + 1)
        ).all()
    )
    choices = [Choice(id=r.id, label=f"{r.name} ({r.staff_number})") for r in rows[:MOST_CHOICES]]
    return Found(choices=choices, more=len(rows) > MOST_CHOICES)


def find_crimes(session: Session, actor: Actor, typed: str) -> Found:
    """Find a crime that a person may see by its number, or numbers that begin so."""
    key = number_key(typed)
    if not key:
        return Found(choices=())
    exact = select(Crime.id, Crime.crime_number).where(visible_crimes(actor))
    rows = session.execute(exact.where(Crime.number_key == key)).all()
    if not rows and len(key) >= SHORTEST_NUMBER:
        after = key[:-1] + chr(ord(key[-1]) + 1)
        begins = (Crime.number_key >= key, Crime.number_key < after)
        rows = session.execute(
            exact.where(*begins).order_by(Crime.number_key).limit(MOST_CHOICES + 1)
        ).all()
    choices = [Choice(id=row.id, label=row.crime_number) for row in rows[:MOST_CHOICES]]
    return Found(choices=choices, more=len(rows) > MOST_CHOICES)


def staff_number(session: Session, person_id: int) -> str:
    """Return a person's staff number."""
    return session.scalar(select(Person.staff_number).where(Person.id == person_id)) or ""


def units(session: Session) -> list[Choice]:
    """Return the units in use, each with the units it is part of: "North / Team 4"."""
    return unit_choices(session.execute(select(Unit.id, Unit.name, Unit.path, Unit.active)).all())


def unit_choices(rows: Sequence[Any]) -> list[Choice]:
    """Return the units in use out of all of them; each row with id, name, path and active."""
    names = {row.id: row.name for row in rows}
    choices = [
        Choice(
            id=row.id,
            label=" / ".join(names[int(part)] for part in row.path.split("/") if part),
        )
        for row in rows
        if row.active
    ]
    return sorted(choices, key=lambda choice: choice.label)
