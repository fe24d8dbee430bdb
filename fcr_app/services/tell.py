"""The one way to tell people something: in their notices, and by e-mail as each prefers.

Both are written in the transaction of the change they tell of, so they are saved with it or not at
all. Sending comes later (``services/outbox.py``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Insert, Select, String, literal, select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from fcr_app.domain.mail import Delivery, Letter, MailChoice, Topic, single_letter
from fcr_app.extensions import Base
from fcr_app.models import Message, Notice, Person

#: As many characters as a notice holds.
LONGEST_NOTICE = 300
_COPIED = (
    "key", "person_id", "case_id", "channel", "subject", "body", "created_at", "send_after",
    "status", "attempts", "last_error",
)  # fmt: skip
_AT_ONCE = Person.mail_choice == MailChoice.AT_ONCE.value
#: SQLite joins no more than 500 queries into one.
_MOST_IN_ONE = 400


@dataclass(frozen=True, kw_only=True)
class Mail:
    """An e-mail to some people, for those of them who want e-mails at once.

    Attributes:
        key: What it tells: of one key each person gets one e-mail, the first that is written.
    """

    people: Iterable[int]
    message: str
    about: Topic | None = None
    key: str = ""


def tell(  # noqa: PLR0913 - whom, what, about what, when, and how it is marked
    session: Session,
    people: Iterable[int],
    message: str,
    about: Topic | None = None,
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
    note(session, whom, message, about, now=now, level=level)
    mail_all(session, [Mail(people=whom, message=message, about=about, key=key)], now=now)


def note(  # noqa: PLR0913 - whom, what, about what, when, and how it is marked
    session: Session,
    people: Iterable[int],
    message: str,
    about: Topic | None = None,
    *,
    now: datetime,
    level: str = "",
) -> None:
    """Write the notices alone, for who writes many e-mails in one statement afterwards."""
    elsewhere = about if about and about.case_id is None else None
    session.add_all(
        Notice(
            person_id=person,
            case_id=about.case_id if about else None,
            about=elsewhere.name if elsewhere else "",
            path=elsewhere.path if elsewhere else "",
            level=level,
            message=message[:LONGEST_NOTICE],
            created_at=now,
        )
        for person in sorted(set(people))
    )


def mail_all(session: Session, mails: Iterable[Mail], *, now: datetime) -> None:
    """Write e-mails, each to those who want them at once. Takes one statement.

    Alone it is for what people find elsewhere than among their notices, such as feedback.
    """
    rows = [
        _addressed(
            single_letter(mail.message, mail.about),
            (Person.id.in_(sorted(set(mail.people))), _AT_ONCE),
            now=now,
            key=mail.key or uuid4().hex,
            case_id=mail.about.case_id if mail.about else None,
        )
        for mail in mails
        if mail.people
    ]
    for some in range(0, len(rows), _MOST_IN_ONE):
        _write(session, rows[some : some + _MOST_IN_ONE])


def post(
    session: Session, letter: Letter, wanted: Iterable[Any], *, now: datetime, key: str
) -> int:
    """Write a letter to the people in post who meet some conditions. Says to how many."""
    return _write(session, [_addressed(letter, wanted, now=now, key=key)])


def _addressed(
    letter: Letter,
    wanted: Iterable[Any],
    *,
    now: datetime,
    key: str,
    case_id: int | None = None,
) -> Select[Any]:
    """Return a letter’s rows of the outbox, one for each person it goes to."""
    value = Message.__table__.c
    return select(
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


def _write(session: Session, rows: list[Select[Any]]) -> int:
    found = rows[0] if len(rows) == 1 else union_all(*rows)
    # Flushing now would write a case twice: once here, and again when its step is over.
    with session.no_autoflush:
        done: Any = session.execute(
            insert_once(session, Message).from_select(_COPIED, found),
            execution_options={"preserve_rowcount": True},
        )
    return int(done.rowcount)


def insert_once(session: Session, table: type[Base]) -> Any:
    """Return an INSERT that leaves out what is there already, on either database."""
    name = session.get_bind().dialect.name
    insert: Any = postgresql.insert if name == "postgresql" else sqlite.insert
    statement: Insert = insert(table).on_conflict_do_nothing()
    return statement
