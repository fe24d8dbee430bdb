"""Accounts: joiners, movers and leavers.

What lends a way in needs a token made for it, besides the permission: see decision 11.
"""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.accounts import (
    AccountAnswer,
    AccountsAnswer,
    AccountsAsked,
    AccountsSought,
    DetailsGiven,
    PasswordMadeAnswer,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import version_read
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services import people as service
from fcr_app.services.own_password import give_password, temporary_password
from fcr_app.services.passwords import hash_password
from fcr_app.services.people_list import Sought, list_people
from fcr_app.services.person_details import Details
from fcr_app.services.person_view import person_view
from fcr_app.services.transaction import transaction

area = Area("Accounts", "Joiners, movers and leavers.")

PEOPLE = Permission.MANAGE_PEOPLE
DONE = {"done": True}


@area.reads("/accounts", needs=PEOPLE, asks=AccountsAsked, gives=AccountsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read a page of the people here, by surname."""
    return _listed(Sought(**asked))


@area.looks("/accounts/search", needs=PEOPLE, takes=AccountsSought, gives=AccountsAnswer)
def find_by_words(given: dict[str, Any]) -> Response:
    """Find people by the beginning of a name or an e-mail address, or by a staff number."""
    return _listed(Sought(**given))


@area.manages(
    "/accounts",
    needs=PEOPLE,
    takes=DetailsGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def add(details: Details) -> Response:
    """Add somebody who has joined. They need a role and a password next."""
    with transaction() as session:
        person_id = service.add_person(session, current_actor(), details, now=clock.now())
    return account(person_id, CREATED)


@area.reads("/accounts/<id:person_id>", needs=PEOPLE, gives=AccountAnswer, versioned=True)
def show(person_id: int) -> Response:
    """Read a person's details, roles, accreditations and deputies, with their dates."""
    return account(person_id)


@area.manages(
    "/accounts/<id:person_id>",
    method="PUT",
    needs=PEOPLE,
    takes=DetailsGiven,
    gives=AccountAnswer,
    versioned=True,
    overwrites=True,
)
def change(details: Details, person_id: int) -> Response:
    """Change a person's details."""
    version = version_read()
    with transaction() as session:
        service.change_person(
            session, current_actor(), person_id, details, version=version, now=clock.now()
        )
    return account(person_id)


@area.manages(
    "/accounts/<id:person_id>/password",
    needs=PEOPLE,
    gives=PasswordMadeAnswer,
    shown_once="password",
)
def password(person_id: int) -> Response:
    """Give somebody a password that they must change; it ends their sign-ins and tokens."""
    words = temporary_password()
    # Before the transaction: hashing takes long, and would hold SQLite's only write lock.
    hashed = hash_password(words)
    with transaction() as session:
        give_password(session, current_actor(), person_id, hashed, now=clock.now())
    return reply(PasswordMadeAnswer, {"password": words})


@area.manages("/accounts/<id:person_id>/ending", needs=PEOPLE, gives=DoneAnswer)
def end(person_id: int) -> Response:
    """Let a leaver in no more, from this moment. What they did stays theirs."""
    with transaction() as session:
        service.deactivate(session, current_actor(), person_id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.manages("/accounts/<id:person_id>/reopening", needs=PEOPLE, gives=DoneAnswer)
def reopen(person_id: int) -> Response:
    """Take somebody back. They need a new password."""
    with transaction() as session:
        service.reactivate(session, current_actor(), person_id, now=clock.now())
    return reply(DoneAnswer, DONE)


def _listed(sought: Sought) -> Response:
    with transaction() as session:
        page = list_people(session, sought, today=to_london(clock.now()).date())
    return reply(AccountsAnswer, page)


def account(person_id: int, status: int = 200) -> Response:
    """Answer with everything about one person."""
    with transaction() as session:
        person = person_view(session, person_id, now=clock.now())
    place = f"{ROOT}/accounts/{person_id}" if status == CREATED else ""
    return reply(AccountAnswer, person, status=status, version=person.version, place=place)
