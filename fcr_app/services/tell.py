"""The one way to tell people something: in their notices, and by e-mail as each prefers.

Both are written in the transaction of the change they tell of, so they are saved with it or not at
all. Sending comes later (``services/outbox.py``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Insert, Integer, String, bindparam, insert, literal, select, union_all
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
_NOTICED = ("person_id", "about", "path", "level", "message", "created_at")
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
    sent = [mail for mail in mails if mail.people]
    for some in range(0, len(sent), _MOST_IN_ONE):
        _mail_some(session, sent[some : some + _MOST_IN_ONE], now)


def _mail_some(session: Session, mails: Sequence[Mail], now: datetime) -> None:
    values: dict[str, Any] = {"now": now}
    for place, mail in enumerate(mails):
        letter = single_letter(mail.message, mail.about)
        values[f"key{place}"] = f"{mail.key or uuid4().hex} for "
        values[f"people{place}"] = sorted(set(mail.people))
        values[f"case{place}"] = mail.about.case_id if mail.about else None
        values[f"subject{place}"], values[f"body{place}"] = letter.subject, letter.body
    # Flushing now would write a case twice: once here, and again when its step is over.
    with session.no_autoflush:
        session.execute(_mailing(session.get_bind().dialect.name, len(mails)), values)


@cache
def _mailing(dialect: str, count: int) -> Insert:
    """Write some e-mails at once, each to whoever of its people wants them at once.

    Built once: building it takes longer than either database takes to run it. Values, each with
    the mail's place: ``key``, ``people``, ``case``, ``subject``, ``body``; and ``now``.
    """
    value = Message.__table__.c
    now = bindparam("now", type_=value.created_at.type)
    rows = [
        select(
            bindparam(f"key{place}", type_=String).op("||")(Person.id.cast(String)),
            Person.id,
            bindparam(f"case{place}", type_=value.case_id.type),
            literal("e-mail"),
            bindparam(f"subject{place}", type_=String),
            bindparam(f"body{place}", type_=String),
            now,
            now,
            literal(Delivery.WAITING.value),
            literal(0),
            literal(""),
        ).where(
            Person.active,
            Person.id.in_(bindparam(f"people{place}", type_=Integer, expanding=True)),
            _AT_ONCE,
        )
        for place in range(count)
    ]
    found = rows[0] if count == 1 else union_all(*rows)
    made: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Insert = made(Message.__table__).on_conflict_do_nothing()
    return statement.from_select(_COPIED, found)


def announce(  # noqa: PLR0913 - whom, what, about what, when, and which telling it is
    session: Session,
    wanted: Iterable[Any],
    message: str,
    about: Topic,
    *,
    now: datetime,
    key: str,
) -> int:
    """Tell all the people in post who meet some conditions, however many, in two statements.

    Args:
        wanted: Conditions on ``Person``.
        message: Fixed words and references, as for :func:`tell`.
        key: What it tells: of one key each person gets one e-mail.

    Returns:
        How many were told.
    """
    wanted = tuple(wanted)
    value = Notice.__table__.c
    found = select(
        Person.id,
        literal(about.name, value.about.type),
        literal(about.path, value.path.type),
        literal("", value.level.type),
        literal(message[:LONGEST_NOTICE], value.message.type),
        literal(now, value.created_at.type),
    ).where(Person.active, *wanted)
    session.flush()
    done: Any = session.execute(
        insert(Notice).from_select(_NOTICED, found),
        execution_options={"preserve_rowcount": True},
    )
    post(session, single_letter(message, about), (*wanted, _AT_ONCE), now=now, key=key)
    return int(done.rowcount)


def post(
    session: Session, letter: Letter, wanted: Iterable[Any], *, now: datetime, key: str
) -> int:
    """Write a letter to the people in post who meet some conditions. Says to how many."""
    value = Message.__table__.c
    found = select(
        literal(f"{key} for ").op("||")(Person.id.cast(String)),
        Person.id,
        literal(None, value.case_id.type),
        literal("e-mail"),
        literal(letter.subject),
        literal(letter.body),
        literal(now, value.created_at.type),
        literal(now, value.send_after.type),
        literal(Delivery.WAITING.value),
        literal(0),
        literal(""),
    ).where(Person.active, *wanted)
    with session.no_autoflush:
        done: Any = session.execute(
            insert_once(session, Message).from_select(_COPIED, found),
            execution_options={"preserve_rowcount": True},
        )
    return int(done.rowcount)


def insert_once(session: Session, table: type[Base]) -> Any:
    """Return an INSERT that leaves out what is there already, on either database."""
    name = session.get_bind().dialect.name
    made: Any = postgresql.insert if name == "postgresql" else sqlite.insert
    statement: Insert = made(table).on_conflict_do_nothing()
    return statement
