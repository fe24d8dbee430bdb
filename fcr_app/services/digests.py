"""One e-mail a day for whoever prefers that: what waits for them, and what they have not read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import MOST_LISTED, SITE, MailChoice, Part, digest
from fcr_app.domain.spoken_time import limit as limit_in_words
from fcr_app.models import Case, FeedbackItem, Message, Notice, Person
from fcr_app.services.tell import post
from fcr_app.services.visibility import OPEN_TO_ALL
from fcr_app.workflows import workflow_by_key
from fcr_app.workflows.feedback import State


@dataclass(frozen=True, kw_only=True)
class Written:
    """What one batch of people was written.

    Attributes:
        last_id: Where the next batch goes on; None after the last one.
    """

    count: int
    last_id: int | None


def write_digests(
    session: Session, *, now: datetime, limit: int, after: int | None = None
) -> Written:
    """Write the day's e-mail to some of the people who want one, each once a day.

    Whoever has nothing open and nothing unread gets none.
    """
    on = to_london(now).date()
    key = f"digest {on:%Y-%m-%d}"
    people = _people(session, key, limit, after)
    parts = (
        _cases(session, people, now),
        _notices(session, people),
    )
    feedback = _feedback(session, people)
    count = 0
    for person in people:
        mine = [part[person] for part in parts if person in part]
        if mine or person in feedback:
            letter = digest(on, mine, feedback.get(person, 0))
            count += post(session, letter, [Person.id == person], now=now, key=key)
    return Written(count=count, last_id=people[-1] if len(people) == limit else None)


def _people(session: Session, key: str, limit: int, after: int | None) -> list[int]:
    """Return people who want a digest and have not been written today’s."""
    written = select(Message.person_id).where(Message.key.startswith(f"{key} for "))
    found = (
        select(Person.id)
        .where(
            Person.active,
            Person.mail_choice == MailChoice.DAILY.value,
            Person.id.not_in(written),
        )
        .order_by(Person.id)
        .limit(limit)
    )
    if after is not None:
        found = found.where(Person.id > after)
    return list(session.scalars(found))


def _cases(session: Session, people: Sequence[int], now: datetime) -> dict[int, Part]:
    """Return the cases that wait for each person: theirs to decide, and theirs to mend."""
    columns = (Case.id, Case.reference, Case.workflow, Case.state, Case.due_at)
    mine = union_all(
        select(Case.claimed_by_id.label("person_id"), *columns).where(
            Case.open, Case.needs != "", Case.claimed_by_id.in_(people)
        ),
        select(Case.opened_by_id.label("person_id"), *columns).where(
            Case.open, Case.needs == "", Case.opened_by_id.in_(people), OPEN_TO_ALL
        ),
        # How much there is to acknowledge stands at the end, as one number.
        select(Case.addressee_id.label("person_id"), *columns).where(
            Case.open,
            Case.needs == "",
            Case.state != State.SENT.value,
            Case.addressee_id.in_(people),
        ),
    ).subquery()
    rows = session.execute(_first_of_each(select(mine), mine.c.due_at, mine.c.id))
    return _parts("Waiting for you", rows, lambda row: _case_line(row, now))


def _case_line(row: Row[Any], now: datetime) -> str:
    workflow = workflow_by_key(row.workflow)
    state = workflow.state(row.state)
    deadline = workflow.deadline(state)
    what = deadline.what if deadline else workflow.labels[state].lower()
    by = ""
    if row.due_at is not None:
        by = "late, was due by " if row.due_at <= now else "due by "
        by = f", {by}{limit_in_words(row.due_at)}"
    return f"{row.reference}: {what}{by}. {SITE}/cases/{row.reference}"


def _notices(session: Session, people: Sequence[int]) -> dict[int, Part]:
    """Return what each person has not read."""
    mine = (
        select(
            Notice.person_id, Notice.id, Notice.message, Notice.about, Notice.path, Case.reference
        )
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(Notice.person_id.in_(people), Notice.read_at.is_(None))
        .subquery()
    )
    rows = session.execute(_first_of_each(select(mine), mine.c.id.desc()))
    return _parts("Not read yet", rows, _notice_line)


def _notice_line(row: Row[Any]) -> str:
    about = f"Case {row.reference}" if row.reference else row.about
    path = f"/cases/{row.reference}" if row.reference else row.path or "/notices"
    return f"{f'{about}: ' if about else ''}{row.message} {SITE}{path}"


def _first_of_each(mine: Select[Any], *order: Any) -> Select[Any]:
    """Return the first rows of each person, with how many there are in all."""
    person = mine.selected_columns.person_id
    numbered = mine.add_columns(
        func.row_number().over(partition_by=person, order_by=order).label("number"),
        func.count().over(partition_by=person).label("total"),
    ).subquery()
    return (
        select(numbered)
        .where(numbered.c.number <= MOST_LISTED)
        .order_by(numbered.c.person_id, numbered.c.number)
    )


def _parts(heading: str, rows: Iterable[Row[Any]], line: Any) -> dict[int, Part]:
    lines: dict[int, list[str]] = {}
    totals: dict[int, int] = {}
    for row in rows:
        lines.setdefault(row.person_id, []).append(line(row))
        totals[row.person_id] = row.total
    return {
        person: Part(heading=heading, lines=said, count=totals[person])
        for person, said in lines.items()
    }


def _feedback(session: Session, people: Sequence[int]) -> dict[int, int]:
    """Return how much feedback each person has to acknowledge."""
    rows = session.execute(
        select(FeedbackItem.to_id, func.count())
        .where(
            FeedbackItem.to_id.in_(people),
            FeedbackItem.acknowledged_at.is_(None),
            FeedbackItem.closed_at.is_(None),
        )
        .group_by(FeedbackItem.to_id)
    )
    return dict(rows.all())
