"""The one way to tell people something: in their notices, and by e-mail as each prefers.

Both are written in the transaction of the change they tell of, so they are saved with it or not at
all. Sending comes later (``services/outbox.py``).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Insert, String, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from fcr_app.domain.mail import About, Delivery, Letter, MailChoice, single_letter
from fcr_app.extensions import Base
from fcr_app.models import Message, Notice, Person

#: As many characters as a notice holds.
LONGEST_NOTICE = 300
_COPIED = (
    "key", "person_id", "case_id", "channel", "subject", "body", "created_at", "send_after",
    "status", "attempts", "last_error",
)  # fmt: skip


def tell(  # noqa: PLR0913 - whom, what, about what, when, and how it is marked
    session: Session,
    people: Iterable[int],
    message: str,
    about: About | None = None,
    *,
    now: datetime,
    key: str = "",
    level: str = "",
) -> None:
    """Tell people something: a notice for each, and an e-mail for whoever wants them at once.

    Whoever has one e-mail a day finds it in that one, because it stands in their notices.

    Args:
        message: Fixed words and references. It leaves the building: never a name of a victim, nor
            a word of what a case holds.
        key: What it tells, where the same must not be sent twice to anybody.
        level: How urgent a clock is, as its notice shows; empty for the rest.
    """
    whom = sorted(set(people))
    is_case = about is not None and about.case_id is not None
    session.add_all(
        Notice(
            person_id=person,
            case_id=about.case_id if about else None,
            about="" if about is None or is_case else about.name,
            path="" if about is None or is_case else about.path,
            level=level,
            message=message[:LONGEST_NOTICE],
            created_at=now,
        )
        for person in whom
    )
    mail(session, whom, message, about, now=now, key=key)


def mail(  # noqa: PLR0913 - whom, what, about what, when
    session: Session,
    people: Iterable[int],
    message: str,
    about: About | None = None,
    *,
    now: datetime,
    key: str = "",
) -> None:
    """Write an e-mail alone, to whoever wants them at once. Takes one statement.

    For what people find elsewhere than among their notices, such as feedback.
    """
    whom = sorted(set(people))
    if whom:
        letter, case_id = single_letter(message, about), about.case_id if about else None
        wanted = (Person.id.in_(whom), Person.mail_choice == MailChoice.AT_ONCE.value)
        post(session, letter, wanted, now=now, key=key or uuid4().hex, case_id=case_id)


def post(  # noqa: PLR0913 - what, to whom, when
    session: Session,
    letter: Letter,
    wanted: Iterable[Any],
    *,
    now: datetime,
    key: str,
    case_id: int | None = None,
) -> int:
    """Put a letter into the outbox for the people in post who meet some conditions.

    Of one key each person gets one; whoever writes it second writes nothing.

    Returns:
        How many were written.
    """
    value = Message.__table__.c
    rows = select(
        literal(f"{key} for ").op("||")(Person.id.cast(String)),
        Person.id,
        literal(case_id, value.case_id.type),
        literal("e-mail"),
        literal(letter.subject),
        literal(letter.body),
        literal(now, value.created_at.type),
        literal(now, value.send_after.type),
        literal(Delivery.WAITING.value),
        literal(0),
        literal(""),
    ).where(Person.active, *wanted)
    done: Any = session.execute(insert_once(session, Message).from_select(_COPIED, rows))
    return int(done.rowcount)


def insert_once(session: Session, table: type[Base]) -> Any:
    """Return an INSERT that leaves out what is there already, on either database."""
    name = session.get_bind().dialect.name
    insert: Any = postgresql.insert if name == "postgresql" else sqlite.insert
    statement: Insert = insert(table).on_conflict_do_nothing()
    return statement
