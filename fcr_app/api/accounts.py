"""Accounts: joiners, movers and leavers, with their roles, accreditations and deputies.

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
    AccreditationGiven,
    DeputyGiven,
    DetailsGiven,
    EvidenceGiven,
    PasswordMadeAnswer,
    RoleGiven,
    TermGiven,
    TokensAnswer,
    version_of,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import require_same, version_read
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services import api_tokens, authority_records as authority, people as service
from fcr_app.services.deputies import appoint, end_cover
from fcr_app.services.own_password import give_password, temporary_password
from fcr_app.services.passwords import hash_password
from fcr_app.services.people_list import Sought, list_people
from fcr_app.services.person_details import Details
from fcr_app.services.person_view import one_of, person_view
from fcr_app.services.transaction import transaction

area = Area("Accounts", "People, with their roles, accreditations, deputies and tokens.")

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
    return _account(person_id, CREATED)


@area.reads("/accounts/<id:person_id>", needs=PEOPLE, gives=AccountAnswer, versioned=True)
def show(person_id: int) -> Response:
    """Read a person's details, roles, accreditations and deputies, with their dates."""
    return _account(person_id)


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
    return _account(person_id)


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


@area.manages(
    "/accounts/<id:person_id>/roles",
    needs=PEOPLE,
    takes=RoleGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def grant(given: dict[str, Any], person_id: int) -> Response:
    """Give somebody else a role for a time."""
    with transaction() as session:
        authority.grant_role(
            session, current_actor(), person_id, given["role"], given["term"], now=clock.now()
        )
    return _account(person_id, CREATED)


@area.manages(
    "/accounts/<id:person_id>/roles/<id:grant_id>",
    method="PUT",
    needs=PEOPLE,
    takes=TermGiven,
    gives=AccountAnswer,
    versioned=True,
    overwrites=True,
)
def change_grant(given: dict[str, Any], person_id: int, grant_id: int) -> Response:
    """Change the days of a role; a last day ends it. If-Match is the version of the entry."""
    version, now = version_read(), clock.now()
    with transaction() as session:
        one_of(person_view(session, person_id, now=now).roles, grant_id)
        require_same(version, version_of(authority.get_grant(session, grant_id)))
        authority.change_role(session, current_actor(), grant_id, given["term"], now=now)
    return _account(person_id)


@area.manages(
    "/accounts/<id:person_id>/accreditations",
    needs=PEOPLE,
    takes=AccreditationGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def accredit(given: dict[str, Any], person_id: int) -> Response:
    """Enter somebody's training or admission to the register."""
    with transaction() as session:
        authority.add_accreditation(
            session,
            current_actor(),
            person_id,
            given["kind"],
            given["term"],
            evidence=given["evidence"],
            now=clock.now(),
        )
    return _account(person_id, CREATED)


@area.manages(
    "/accounts/<id:person_id>/accreditations/<id:accreditation_id>",
    method="PUT",
    needs=PEOPLE,
    takes=EvidenceGiven,
    gives=AccountAnswer,
    versioned=True,
    overwrites=True,
)
def change_accreditation(given: dict[str, Any], person_id: int, accreditation_id: int) -> Response:
    """Change the days or the evidence. If-Match is the version of the entry."""
    version, now, evidence = version_read(), clock.now(), given["evidence"]
    with transaction() as session:
        one_of(person_view(session, person_id, now=now).accreditations, accreditation_id)
        kept = authority.get_accreditation(session, accreditation_id)
        require_same(version, version_of(kept))
        authority.change_accreditation(
            session, current_actor(), accreditation_id, given["term"], evidence=evidence, now=now
        )
    return _account(person_id)


@area.manages(
    "/accounts/<id:person_id>/deputies",
    needs=PEOPLE,
    takes=DeputyGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def cover(given: dict[str, Any], person_id: int) -> Response:
    """Let somebody cover for a person. A deputy sees the work; it lends no authority."""
    with transaction() as session:
        service.get_person(session, person_id)
        appoint(session, current_actor(), person_id, now=clock.now(), **given)
    return _account(person_id, CREATED)


@area.manages("/accounts/deputies/<id:cover_id>/end", needs=PEOPLE, gives=DoneAnswer)
def end_of_cover(cover_id: int) -> Response:
    """End somebody's cover at once."""
    with transaction() as session:
        end_cover(session, current_actor(), cover_id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads("/accounts/<id:person_id>/tokens", needs=PEOPLE, gives=TokensAnswer)
def tokens(person_id: int) -> Response:
    """Read which tokens a person has or had; never a token itself."""
    with transaction() as session:
        service.get_person(session, person_id)
        found = api_tokens.tokens_of(session, person_id, now=clock.now())
    return reply(TokensAnswer, {"items": found})


@area.manages(
    "/accounts/<id:person_id>/tokens/<id:token_id>/revoke", needs=PEOPLE, gives=DoneAnswer
)
def revoke(person_id: int, token_id: int) -> Response:
    """Make somebody's token worthless at once."""
    with transaction() as session:
        api_tokens.revoke(session, current_actor(), token_id, person_id=person_id, now=clock.now())
    return reply(DoneAnswer, DONE)


def _listed(sought: Sought) -> Response:
    with transaction() as session:
        page = list_people(session, sought, today=to_london(clock.now()).date())
    return reply(AccountsAnswer, page)


def _account(person_id: int, status: int = 200) -> Response:
    with transaction() as session:
        person = person_view(session, person_id, now=clock.now())
    place = f"{ROOT}/accounts/{person_id}" if status == CREATED else ""
    return reply(AccountAnswer, person, status=status, version=person.version, place=place)
