"""Choosing a new password: one's own, or a first one for somebody else."""

from dataclasses import dataclass
from datetime import datetime
from secrets import choice

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, SignInRefused
from fcr_app.models import Force, Person
from fcr_app.services import api_tokens, passwords, sign_in
from fcr_app.services.log import Record, record_change
from fcr_app.services.password_sign_in import Claim, claim, forget_failures
from fcr_app.services.people import get_person

#: No letter or number that is taken for another when read aloud or from paper.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


@dataclass(frozen=True, kw_only=True)
class OwnPassword:
    """What is needed to check a change of password, read before the slow part.

    Attributes:
        about: What a guesser knows about the person.
    """

    claimed: Claim
    about: tuple[str, ...]

    def replaced(self, current: str, new: str, again: str) -> str:
        """Return the hash of the new password. Needs no database.

        Raises:
            InvalidValue: If the present one is wrong, or the new one no good; with its field.
        """
        try:
            self.claimed.require(current)
        except SignInRefused:
            raise InvalidValue(
                "This is not your present password. Check it, then try again.",
                field="current_password",
            ) from None
        if new == current:
            raise InvalidValue(
                "Choose a password that is not your present one.", field="new_password"
            )
        passwords.require_good(new, *self.about, field="new_password")
        if new != again:
            raise InvalidValue(
                "The two new passwords differ. Type the same one twice.", field="new_password_again"
            )
        return passwords.hash_password(new)


def own_password(session: Session, actor: Actor, *, now: datetime) -> OwnPassword:
    """Begin a change of one's own password; wrong guesses at the present one are counted.

    Raises:
        TooManyAttempts: If too many guesses were wrong lately.
    """
    person = get_person(session, actor.id)
    claimed = claim(session, person.email, address=actor.address, now=now)
    force = session.scalar(select(Force.name)) or ""
    return OwnPassword(claimed=claimed, about=(person.name, person.email, force))


def change_own_password(
    session: Session, actor: Actor, own: OwnPassword, new_hash: str, *, now: datetime
) -> None:
    """Save one's new password and end every sign-in."""
    forget_failures(session, own.claimed.email)
    _set_password(session, get_person(session, actor.id), new_hash, must_change=False, now=now)
    record_change(session, actor, "person:password-changed", Record.PERSON, actor.id, now=now)


def temporary_password() -> str:
    """Return a password made up at random, to be read out and changed at the first sign-in."""
    groups = ("".join(choice(_CLEAR) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def give_password(
    session: Session, actor: Actor, person_id: int, new_hash: str, *, now: datetime
) -> None:
    """Give somebody a password they must change at once; end their sign-ins and tokens.

    Raises:
        InvalidValue: If it is oneself, or somebody who has left.
        NotFound: If there is no such person.
    """
    if actor.id == person_id:
        raise InvalidValue("Change your own password on your account page.")
    person = get_person(session, person_id)
    if not person.active:
        raise InvalidValue("This person has left. Reactivate them before you give a password.")
    _set_password(session, person, new_hash, must_change=True, now=now)
    api_tokens.revoke_all(session, person_id, now=now)
    forget_failures(session, person.email)
    record_change(session, actor, "person:password-given", Record.PERSON, person_id, now=now)


def _set_password(
    session: Session, person: Person, new_hash: str, *, must_change: bool, now: datetime
) -> None:
    person.password_hash = new_hash
    person.must_change_password = must_change
    sign_in.end_all(session, person.id, now=now)
