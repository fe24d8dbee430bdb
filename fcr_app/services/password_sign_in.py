"""Proving who somebody is with an e-mail address and a password, slowly if it keeps failing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.errors import SignInRefused, TooManyAttempts
from fcr_app.models import Person, SignInAttempt
from fcr_app.services import passwords

WINDOW = timedelta(minutes=15)
#: Failures within the window after which an e-mail address, or a place, has to wait.
MOST_FOR_EMAIL = 5
MOST_FOR_ADDRESS = 20

WRONG = (
    "The e-mail address or the password is not right. Check both, then try again. If you have "
    "forgotten your password, ask an administrator for a new one."
)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who somebody says they are, not yet proved.

    Attributes:
        person_id: None where nobody who may sign in has the address.
    """

    email: str
    person_id: int | None
    password_hash: str | None

    def require(self, password: str) -> int:
        """Return whose password it is. Needs no database, and takes as long for nobody.

        Raises:
            SignInRefused: If it is nobody's, in the same words whatever was wrong.
        """
        right = passwords.matches(self.password_hash, password)
        if not right or self.person_id is None:
            raise SignInRefused(WRONG)
        return self.person_id


def claim(session: Session, email: str, *, address: str, now: datetime) -> Claim:
    """Look up an e-mail address and count the attempt as failed until it succeeds.

    Counting first means that guesses sent at the same moment can't slip past the limit.

    Raises:
        TooManyAttempts: If too many have failed lately, for this e-mail or from this place.
    """
    email_key = _key(email)
    _require_patience(session, email_key, address, now)
    session.add(SignInAttempt(email_key=email_key, address=address, at=now))
    row = session.execute(
        select(Person.id, Person.password_hash).where(
            Person.email == email.strip().lower(), Person.active
        )
    ).one_or_none()
    return Claim(
        email=email,
        person_id=row.id if row else None,
        password_hash=row.password_hash if row else None,
    )


def succeeded(session: Session, proved: Claim, password: str) -> None:
    """Forget the failures of an e-mail address, and hash the password by today's settings."""
    forget_failures(session, proved.email)
    if proved.password_hash and passwords.is_weaker_than_today(proved.password_hash):
        person = session.get_one(Person, proved.person_id)
        person.password_hash = passwords.hash_password(password)


def forget_failures(session: Session, email: str) -> None:
    """Forget the failures of an e-mail address: its owner is known, or its password is new."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_key == _key(email)))


def _require_patience(session: Session, email_key: str, address: str, now: datetime) -> None:
    since = now - WINDOW
    for condition, most in (
        (SignInAttempt.email_key == email_key, MOST_FOR_EMAIL),
        (SignInAttempt.address == address, MOST_FOR_ADDRESS),
    ):
        count, oldest = session.execute(
            select(func.count(), func.min(SignInAttempt.at)).where(
                condition, SignInAttempt.at > since
            )
        ).one()
        if count >= most:
            again = to_london(oldest + WINDOW)
            raise TooManyAttempts(
                f"Too many sign-ins have failed. Try again after {again:%H:%M}, or ask an "
                "administrator for a new password."
            )


def _key(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()
