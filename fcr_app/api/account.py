"""One's own account: details, e-mails, password, deputies, tokens, addresses for calendars.

What lends a way in, or outlives the token, needs one made for that: see decision 11. What closes
a way in needs no more than one that may change things.
"""

from typing import Any

from flask import Response, url_for

from fcr_app import clock
from fcr_app.api.access import current_actor, current_token
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.account import (
    CalendarMadeAnswer,
    CalendarsAnswer,
    MailChoiceGiven,
    OwnPasswordGiven,
    TokenGiven,
    TokenMadeAnswer,
)
from fcr_app.api.schemas.accounts import AccountAnswer, DeputyGiven, TokensAnswer
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.domain.permissions import Permission
from fcr_app.services import api_tokens, calendar_feed, own_password
from fcr_app.services.deputies import appoint, end_cover
from fcr_app.services.mail_choice import choose_mail
from fcr_app.services.person_view import person_view
from fcr_app.services.transaction import transaction

area = Area("Account", "One’s own account: e-mails, password, deputies, tokens, calendars.")

WORK = Permission.WORK_ON_CASES
DONE = {"done": True}


@area.reads("/account", needs=None, gives=AccountAnswer, versioned=True)
def show() -> Response:
    """Read what the service knows about oneself."""
    return _own_account()


@area.writes(
    "/account/e-mails",
    method="PUT",
    needs=None,
    takes=MailChoiceGiven,
    gives=AccountAnswer,
    versioned=True,
)
def mail(given: dict[str, Any]) -> Response:
    """Choose when e-mails come."""
    with transaction() as session:
        choose_mail(session, current_actor(), given["choice"].value, now=clock.now())
    return _own_account()


# With PUT there is no key, so nothing that could be guessed from is kept of what was sent.
@area.manages(
    "/account/password", method="PUT", needs=None, takes=OwnPasswordGiven, gives=DoneAnswer
)
def change_password(given: dict[str, str]) -> Response:
    """Change one's own password, and sign oneself out everywhere."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        own = own_password.own_password(session, actor, now=now)
    # Between two transactions: hashing takes long, and would hold SQLite's only write lock.
    new = given["new_password"]
    hashed = own.replaced(given["current_password"], new, new)
    with transaction() as session:
        own_password.change_own_password(session, actor, own, hashed, now=now)
    return reply(DoneAnswer, DONE)


@area.manages(
    "/account/deputies",
    needs=None,
    takes=DeputyGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def cover(given: dict[str, Any]) -> Response:
    """Let somebody cover for oneself. A deputy sees the work; it lends no authority."""
    actor = current_actor()
    with transaction() as session:
        appoint(session, actor, actor.id, now=clock.now(), **given)
    return _own_account(CREATED)


@area.writes("/account/deputies/<id:cover_id>/end", needs=None, gives=DoneAnswer)
def end_of_cover(cover_id: int) -> Response:
    """End one's own cover at once."""
    with transaction() as session:
        end_cover(session, current_actor(), cover_id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads("/account/tokens", needs=None, gives=TokensAnswer)
def tokens() -> Response:
    """Read which tokens one has or had; never a token itself."""
    with transaction() as session:
        found = api_tokens.tokens_of(session, current_actor().id, now=clock.now())
    return reply(TokensAnswer, {"items": found})


@area.manages(
    "/account/tokens",
    needs=None,
    takes=TokenGiven,
    gives=TokenMadeAnswer,
    status=CREATED,
    shown_once="token",
)
def make_token(given: dict[str, Any]) -> Response:
    """Make a token, which ends before the one it was made with."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        token = api_tokens.create(session, actor, now=now, made_with=current_token(), **given)
        session.flush()
        made = api_tokens.tokens_of(session, actor.id, now=now)[0]
    said = {**vars(made), "token": token}
    return reply(TokenMadeAnswer, said, status=CREATED, place=f"{ROOT}/account/tokens")


@area.writes("/account/tokens/<id:token_id>/revoke", needs=None, gives=DoneAnswer)
def revoke(token_id: int) -> Response:
    """Make one of one's tokens worthless at once; it may be the one that is used."""
    actor = current_actor()
    with transaction() as session:
        api_tokens.revoke(session, actor, token_id, person_id=actor.id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads("/account/calendars", needs=WORK, gives=CalendarsAnswer)
def calendars() -> Response:
    """Read which addresses one has for calendars; never an address itself."""
    with transaction() as session:
        found = calendar_feed.my_feeds(session, current_actor())
    return reply(CalendarsAnswer, {"items": found})


@area.manages(
    "/account/calendars",
    needs=WORK,
    gives=CalendarMadeAnswer,
    status=CREATED,
    shown_once="address",
)
def make_calendar() -> Response:
    """Make an address at which one's own calendar reads the diary."""
    with transaction() as session:
        secret = calendar_feed.make_feed(session, current_actor(), now=clock.now())
        made = calendar_feed.my_feeds(session, current_actor())[0]
    address = url_for("diary_feed.read", secret=secret, _external=True)
    said = {**vars(made), "address": address}
    return reply(CalendarMadeAnswer, said, status=CREATED, place=f"{ROOT}/account/calendars")


@area.writes("/account/calendars/<id:feed_id>/end", needs=WORK, gives=DoneAnswer)
def end_calendar(feed_id: int) -> Response:
    """End an address, so that calendars read nothing more there."""
    with transaction() as session:
        calendar_feed.end_feed(session, current_actor(), feed_id, now=clock.now())
    return reply(DoneAnswer, DONE)


def _own_account(status: int = 200) -> Response:
    with transaction() as session:
        person = person_view(session, current_actor().id, now=clock.now())
    place = f"{ROOT}/account" if status == CREATED else ""
    return reply(AccountAnswer, person, status=status, version=person.version, place=place)
