"""Which person the browser belongs to. Its cookie holds a random token and nothing about them."""

from datetime import datetime, timedelta

from flask import Flask, current_app, g, request, session as cookie
from flask_login import UserMixin, current_user, login_user, logout_user

from fcr_app import clock
from fcr_app.extensions import login_manager
from fcr_app.services import sign_in
from fcr_app.services.sign_in import Limits, Over, Resumed
from fcr_app.services.transaction import transaction

#: As long as an IPv6 address can be.
LONGEST_ADDRESS = 45


class BrowserUser(UserMixin):  # type: ignore[misc] # Flask-Login publishes no types
    """The signed-in person, as Flask-Login wants it: known by the token, not by their id."""

    def __init__(self, token: str, resumed: Resumed) -> None:
        self.token = token
        self.sign_in_id = resumed.sign_in_id
        self.actor = resumed.actor
        self.must_change_password = resumed.must_change_password
        self.ends_at: datetime = resumed.ends_at
        self.unread_count = resumed.unread_count

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return self.token


def address() -> str:
    """Return where the request comes from, for the logs."""
    return (request.remote_addr or "unknown")[:LONGEST_ADDRESS]


def limits() -> Limits:
    """Return how long a sign-in lasts here."""
    return Limits(
        idle=timedelta(minutes=int(current_app.config["FCR_SESSION_IDLE_MINUTES"])),
        absolute=timedelta(hours=int(current_app.config["FCR_SESSION_ABSOLUTE_HOURS"])),
    )


def load_person(token: str) -> BrowserUser | None:
    """Return who the browser's token stands for; None, as Flask-Login wants it, for nobody."""
    now = clock.now()
    with transaction() as session:
        found = sign_in.resume(session, token, limits=limits(), address=address(), now=now)
    if isinstance(found, Over):
        g.over = found
        return None
    user = BrowserUser(token, found)
    if found.seen_is_old:
        # In a transaction of its own, so that SQLite need not turn a reader into a writer.
        with transaction() as session:
            sign_in.touch(session, found.sign_in_id, now=now)
        user.ends_at = found.ends_at_if_seen
    return user


def enter(token: str) -> None:
    """Make the browser hold a new sign-in, and nothing from before that another could have planted.

    The anti-forgery token outlives a time-out of the same person, so that a page they left open
    in another tab can still be sent.
    """
    kept = cookie.get("csrf_token") if _same_person_as_before(token) else None
    cookie.clear()
    if kept:
        cookie["csrf_token"] = kept
    user = load_person(token)
    login_user(user)


def _same_person_as_before(token: str) -> bool:
    before = cookie.get("_user_id")
    if not before:
        return False
    with transaction() as session:
        return sign_in.same_person(session, str(before), token)


def leave() -> None:
    """End the browser's sign-in."""
    if current_user.is_authenticated:
        with transaction() as session:
            sign_in.end(session, current_user.sign_in_id, now=clock.now())
    logout_user()
    cookie.clear()


def register(_app: Flask) -> None:
    """Tell Flask-Login how to find a person."""
    # The row in the table decides, not a fingerprint of the browser that changes on a train.
    login_manager.session_protection = None
    login_manager.user_loader(load_person)
