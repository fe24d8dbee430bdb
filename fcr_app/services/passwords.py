"""Keeping, checking and choosing passwords."""

from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from fcr_app.domain import passwords
from fcr_app.errors import InvalidValue

_DENIED_FILE = Path(__file__).parent.parent / "data" / "denied_passwords.txt"

#: argon2id at the least that OWASP's cheat sheet allows: 19 MiB, two passes, one lane. A stronger
#: setting is applied to each person as they next sign in.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    return _HASHER.hash(passwords.tidy(password))


def matches(stored: str | None, password: str) -> bool:
    """Say whether a password is the stored one. Takes as long where nothing is stored."""
    try:
        _HASHER.verify(stored or _nobodys_hash(), passwords.tidy(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_weaker_than_today(stored: str) -> bool:
    """Say whether a stored password was hashed with other settings than today's."""
    return _HASHER.check_needs_rehash(stored)


def require_good(password: str, *about: str, field: str) -> None:
    """Refuse a new password that is easy to guess.

    Args:
        about: What a guesser knows: the person's name, e-mail address, the force's name.

    Raises:
        InvalidValue: If it is too short, or made of words a guesser tries.
    """
    problem = passwords.fault(password, _common_words() | passwords.words_of(*about))
    if problem:
        raise InvalidValue(problem, field=field)


@lru_cache
def _common_words() -> frozenset[str]:
    lines = _DENIED_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache
def _nobodys_hash() -> str:
    """Return a hash to check against where there is no person, so that it takes as long."""
    return _HASHER.hash("nobody has this password")
