"""Lets a program send a write again without it being done twice (Idempotency-Key).

The key is claimed before the work begins and in a transaction of its own, so that the same write
sent twice at one moment is done once. Only an answer that something was done is kept: after a
refusal nothing has changed, and the key is free again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fcr_app.errors import KeyUsedForAnother, SameAtWork
from fcr_app.models import ApiAnswer


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """An answer that was given before."""

    status: int
    headers: str
    body: str


def claim(
    session: Session, token_id: int, key: str, request_hash: str, *, now: datetime
) -> KeptAnswer | None:
    """Claim a key for a write about to be done; or return the answer that it had before.

    Raises:
        KeyUsedForAnother: If the key came with another request before.
        SameAtWork: If the same request is being done, or was broken off.
    """
    found = _find(session, token_id, key)
    if found is None:
        if _claimed(session, token_id, key, request_hash, now):
            return None
        found = _find(session, token_id, key)
    if found is None:  # claimed a moment ago, and let go again
        raise SameAtWork("The same request was just refused. Send it again.")
    if found.request_hash != request_hash:
        raise KeyUsedForAnother(
            "This Idempotency-Key came with another request before. Use a new key for each write."
        )
    if found.status is None:
        raise SameAtWork(
            "The same request is being done, or was broken off. Look whether it was done; if it "
            "was not, send it with a new key."
        )
    return KeptAnswer(status=found.status, headers=found.headers, body=found.body)


def keep(session: Session, token_id: int, key: str, answer: KeptAnswer) -> None:
    """Keep the answer to a write that was done."""
    session.execute(
        update(ApiAnswer)
        .where(ApiAnswer.token_id == token_id, ApiAnswer.key == key)
        .values(status=answer.status, headers=answer.headers, body=answer.body)
    )


def let_go(session: Session, token_id: int, key: str) -> None:
    """Free the key of a write that was not done."""
    session.execute(delete(ApiAnswer).where(ApiAnswer.token_id == token_id, ApiAnswer.key == key))


def _claimed(session: Session, token_id: int, key: str, request_hash: str, now: datetime) -> bool:
    """Claim a key, unless somebody did so a moment ago."""
    row = ApiAnswer(token_id=token_id, key=key, request_hash=request_hash, created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _find(session: Session, token_id: int, key: str) -> ApiAnswer | None:
    return session.scalar(
        select(ApiAnswer).where(ApiAnswer.token_id == token_id, ApiAnswer.key == key)
    )
