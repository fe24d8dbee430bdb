"""Deletes what is kept only for a while. Cases, crimes and logs are never among it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.mail import Delivery
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.extensions import Base
from fcr_app.models import (
    ApiAnswer,
    ApiFailure,
    ImportFile,
    JobRun,
    KeptWords,
    Message,
    SignIn,
    SignInAttempt,
)
from fcr_app.services.log import Record, record_change

#: After its last use, whether it ended or ran out: long enough to look into a strange sign-in.
SIGN_INS_KEPT = timedelta(days=30)
ATTEMPTS_KEPT = timedelta(days=7)
#: What somebody had typed when their session ran out. It may name victims; it outlasts a weekend.
WORDS_KEPT = timedelta(days=7)
#: An uploaded file whose import was given up.
FILES_KEPT = timedelta(days=7)
RUNS_KEPT = timedelta(days=90)
#: How long a program may send a write again and get the same answer.
ANSWERS_KEPT = timedelta(hours=24)
#: E-mails that went out, or never will: long enough to answer "I got no message".
MESSAGES_KEPT = timedelta(days=90)
_ON_THE_WAY = (Delivery.WAITING.value, Delivery.SENDING.value)


@dataclass(frozen=True, kw_only=True)
class Purged:
    """How much was deleted."""

    sign_in_count: int
    attempt_count: int
    kept_words_count: int
    file_count: int
    run_count: int
    answer_count: int
    message_count: int


def purge_old(session: Session, *, now: datetime) -> Purged:
    """Delete what has been kept long enough. The latest run of each job stays."""
    later = aliased(JobRun)
    latest = select(func.max(later.slot_at)).where(later.job == JobRun.job).scalar_subquery()
    purged = Purged(
        sign_in_count=_delete(session, SignIn, SignIn.seen_at < now - SIGN_INS_KEPT),
        attempt_count=_delete(session, SignInAttempt, SignInAttempt.at < now - ATTEMPTS_KEPT)
        + _delete(session, ApiFailure, ApiFailure.at < now - ATTEMPTS_KEPT),
        kept_words_count=_delete(session, KeptWords, KeptWords.kept_at < now - WORDS_KEPT),
        file_count=_delete(session, ImportFile, ImportFile.uploaded_at < now - FILES_KEPT),
        run_count=_delete(
            session, JobRun, and_(JobRun.slot_at < now - RUNS_KEPT, JobRun.slot_at < latest)
        ),
        answer_count=_delete(session, ApiAnswer, ApiAnswer.created_at < now - ANSWERS_KEPT),
        message_count=_delete(
            session,
            Message,
            and_(Message.created_at < now - MESSAGES_KEPT, Message.status.not_in(_ON_THE_WAY)),
        ),
    )
    # What people wrote and what forces sent may name victims, so its deletion is on record.
    for what, count in (
        ("kept-words:purged", purged.kept_words_count),
        ("import-file:purged", purged.file_count),
    ):
        if count:
            _log_erasure(session, what, count, now)
    return purged


def _delete(session: Session, table: type[Base], condition: ColumnElement[bool]) -> int:
    done: Any = session.execute(
        delete(table).where(condition).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def _log_erasure(session: Session, what: str, count: int, now: datetime) -> None:
    record_change(
        session,
        SYSTEM_ACTOR,
        what,
        Record.PERSON if what.startswith("kept") else Record.IMPORT,
        None,
        now=now,
        verb="erasure",
        detail=f"{count} kept past their time",
    )
