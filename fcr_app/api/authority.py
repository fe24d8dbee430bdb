"""What a person holds: roles, accreditations, deputies, tokens. An administrator's work.

What lends a way in needs a token made for it, besides the permission: see decision 11.
"""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.accounts import account
from fcr_app.api.area import CREATED, Area, reply
from fcr_app.api.schemas.accounts import (
    AccountAnswer,
    AccreditationGiven,
    DeputyGiven,
    EvidenceGiven,
    RoleGiven,
    TermGiven,
    TokensAnswer,
    version_of,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import require_same, version_read
from fcr_app.domain.permissions import Permission
from fcr_app.services import api_tokens, authority_records as service
from fcr_app.services.deputies import appoint, end_cover
from fcr_app.services.people import get_person
from fcr_app.services.person_view import one_of, person_view
from fcr_app.services.transaction import transaction

area = Area("Authority", "What people hold: roles, accreditations, deputies and tokens.")

PEOPLE = Permission.MANAGE_PEOPLE
DONE = {"done": True}


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
        service.grant_role(
            session, current_actor(), person_id, given["role"], given["term"], now=clock.now()
        )
    return account(person_id, CREATED)


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
        require_same(version, version_of(service.get_grant(session, grant_id)))
        service.change_role(session, current_actor(), grant_id, given["term"], now=now)
    return account(person_id)


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
        service.add_accreditation(
            session,
            current_actor(),
            person_id,
            given["kind"],
            given["term"],
            evidence=given["evidence"],
            now=clock.now(),
        )
    return account(person_id, CREATED)


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
        kept = service.get_accreditation(session, accreditation_id)
        require_same(version, version_of(kept))
        service.change_accreditation(
            session, current_actor(), accreditation_id, given["term"], evidence=evidence, now=now
        )
    return account(person_id)


@area.manages(
    "/accounts/<id:person_id>/deputies",
    needs=PEOPLE,
    takes=DeputyGiven,
    gives=AccountAnswer,
    status=CREATED,
    versioned=True,
)
def cover(given: dict[str, Any], person_id: int) -> Response:
    """Let somebody cover for a person. A deputy sees the work; it lends no service."""
    with transaction() as session:
        get_person(session, person_id)
        appoint(session, current_actor(), person_id, now=clock.now(), **given)
    return account(person_id, CREATED)


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
        get_person(session, person_id)
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
