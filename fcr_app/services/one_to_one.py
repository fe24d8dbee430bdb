"""Notes of talks between a supervisor and one of their people: seen by the two, by nobody else.

They are staff data: each look is logged, and what was wrong is put right by another note.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import OneToOneNote, Person
from fcr_app.services.log import Record, record_change, record_view
from fcr_app.services.tell import note as write_notice

PER_PAGE = 25
SHORTEST_NOTE, LONGEST_NOTE = 10, 4000
NOT_THERE = "There is no such note, or it is not yours to see."


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A note, as one of the two sees it.

    Attributes:
        corrects: The day and the first words of the note that it puts right; empty if none.
        corrected: Whether another note puts this one right.
    """

    id: int
    author: str
    held_on: date
    text: str
    created_at: datetime
    corrects_id: int | None
    corrected: bool
    may_correct: bool


@dataclass(frozen=True, kw_only=True)
class NotePage:
    """Some notes, the newest first.

    Attributes:
        next_before: What to ask for next; None on the last page.
    """

    notes: tuple[NoteView, ...]
    next_before: int | None


def is_between_them(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``OneToOneNote`` that somebody may read it: one of the two."""
    return or_(OneToOneNote.author_id == actor.id, OneToOneNote.person_id == actor.id)


def notes_about(
    session: Session, actor: Actor, person_id: int, *, now: datetime, before: int | None = None
) -> NotePage:
    """Return a page of the notes about a person that somebody wrote, or that are about them.

    Args:
        before: Only notes older than the one with this id.
    """
    later = aliased(OneToOneNote)
    found = (
        select(OneToOneNote, Person.name, later.id.label("later_id"))
        .join(Person, Person.id == OneToOneNote.author_id)
        .outerjoin(later, later.corrects_id == OneToOneNote.id)
        .where(OneToOneNote.person_id == person_id, is_between_them(actor))
        .order_by(OneToOneNote.id.desc())
        .limit(PER_PAGE + 1)
    )
    if before is not None:
        found = found.where(OneToOneNote.id < before)
    rows = session.execute(found).all()
    if rows:
        record_view(session, actor, "one-to-one:read", Record.PERSON, person_id, now=now)
    notes = tuple(
        NoteView(
            id=row.OneToOneNote.id,
            author=row.name,
            held_on=row.OneToOneNote.held_on,
            text=row.OneToOneNote.text,
            created_at=row.OneToOneNote.created_at,
            corrects_id=row.OneToOneNote.corrects_id,
            corrected=row.later_id is not None,
            may_correct=row.later_id is None and row.OneToOneNote.author_id == actor.id,
        )
        for row in rows[:PER_PAGE]
    )
    return NotePage(notes=notes, next_before=notes[-1].id if len(rows) > PER_PAGE else None)


def may_write_about(session: Session, actor: Actor, person_id: int) -> bool:
    """Say whether somebody is the supervisor of a person who is still here."""
    theirs = select(Person.id).where(
        Person.id == person_id, Person.active, Person.supervisor_id == actor.id
    )
    return actor.has(Role.SUPERVISOR) and session.scalar(theirs) is not None


def write_note(  # noqa: PLR0913 - who, about whom, of which day, saying what, when
    session: Session,
    actor: Actor,
    person_id: int,
    held_on: date | None,
    text: str,
    *,
    now: datetime,
) -> int:
    """Keep what a supervisor and one of their people talked about. The person is told.

    Returns:
        The note's id.

    Raises:
        PermissionRefused: If the writer is not the person's supervisor.
        InvalidValues: If it says too little, or of a day to come.
    """
    if not may_write_about(session, actor, person_id):
        raise PermissionRefused("Only a person’s supervisor writes notes of their talks.")
    return _write(session, actor, person_id, held_on, text, corrects_id=None, now=now)


def correct_note(  # noqa: PLR0913 - who, which, of which day, saying what, when
    session: Session, actor: Actor, note_id: int, held_on: date | None, text: str, *, now: datetime
) -> int:
    """Put a note right with another; both stay. Only whoever wrote it may.

    Raises:
        NotFound: If there is no such note of theirs.
        InvalidValues: If it was put right before, says too little, or is of a day to come.
    """
    note = own_note(session, actor, note_id)
    again = select(OneToOneNote.id).where(OneToOneNote.corrects_id == note_id)
    if session.scalar(again) is not None:
        raise InvalidValue("This note was put right already. Put that one right.", field="text")
    return _write(session, actor, note.person_id, held_on, text, corrects_id=note_id, now=now)


def own_note(session: Session, actor: Actor, note_id: int) -> OneToOneNote:
    """Return a note that somebody wrote.

    Raises:
        NotFound: If there is no such note of theirs.
    """
    found = session.scalar(
        select(OneToOneNote).where(OneToOneNote.id == note_id, OneToOneNote.author_id == actor.id)
    )
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def _write(  # noqa: PLR0913 - as its callers
    session: Session,
    actor: Actor,
    person_id: int,
    held_on: date | None,
    text: str,
    *,
    corrects_id: int | None,
    now: datetime,
) -> int:
    problems = []
    if held_on is None or not date(2000, 1, 1) <= held_on <= to_london(now).date():
        problems.append(InvalidValue("Enter a day that is not to come.", field="held_on"))
    if not SHORTEST_NOTE <= len(text.strip()) <= LONGEST_NOTE:
        said = f"Say it in {SHORTEST_NOTE} to {LONGEST_NOTE:,} characters."
        problems.append(InvalidValue(said, field="text"))
    if problems or held_on is None:
        raise InvalidValues(problems)
    kept = OneToOneNote(
        person_id=person_id,
        author_id=actor.id,
        held_on=held_on,
        text=text.strip(),
        corrects_id=corrects_id,
        created_at=now,
    )
    session.add(kept)
    session.flush()
    # In the service alone: that somebody was talked to is nothing for an e-mail.
    message = "Your supervisor wrote a note of a talk with you. Only the two of you can read it."
    about = Topic(name="My learning", path="/my-learning")
    write_notice(session, [person_id], message, about, now=now)
    what = "one-to-one:corrected" if corrects_id else "one-to-one:written"
    record_change(session, actor, what, Record.PERSON, person_id, now=now, verb="collection")
    return kept.id
