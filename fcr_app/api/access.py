"""Which program asks, for whom, and whether it may. Every operation says so, or nobody may.

Only the header Authorization counts. Cookies are never read, so no page of a stranger can make a
browser ask here in somebody's name, and a form's token is not needed.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Response, current_app, g, request

from fcr_app import clock
from fcr_app.api import problems
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.domain.scopes import Scope
from fcr_app.errors import PermissionRefused, ScopeMissing, TokenRefused
from fcr_app.extensions import from_a_program
from fcr_app.services import api_tokens
from fcr_app.services.api_tokens import Used
from fcr_app.services.transaction import transaction

#: More than any request needs, and little enough to be read at once.
LARGEST_BODY_BYTES = 1_000_000
LONGEST_ADDRESS = 45


@dataclass(frozen=True, kw_only=True)
class ApiAccess:
    """Who may use an operation.

    Attributes:
        scope: What the token must be made for; None where anybody may ask, with no token.
        needs: What the person's roles must allow; None where any role will do.
        large: The body may be as large as an upload to the pages.
    """

    scope: Scope | None = None
    needs: Permission | None = None
    large: bool = False


def access_of(app: Flask, endpoint: str) -> ApiAccess | None:
    """Return who may use an operation; None where its view says nothing."""
    return getattr(app.view_functions[endpoint], "fcr_api_access", None)


def current_token() -> Used:
    """Return the token that this request came with."""
    return cast("Used", g.token)


def current_actor() -> Actor:
    """Return the person for whom the program acts, with what they hold today."""
    return current_token().actor


def check_request() -> Response | None:
    """Refuse what this program may not do; answer here where there is nothing to do.

    Raises:
        TokenRefused: If no token came, or one that lets nobody in.
        ScopeMissing: If the token was not made for this.
        PermissionRefused: If the person's roles do not allow it.
    """
    if not from_a_program():
        return None
    if request.routing_exception is not None:  # no such address, or not with this method
        return problems.for_http_error(cast("Any", request.routing_exception))
    access = access_of(current_app, str(request.endpoint))
    if access is None:
        raise PermissionRefused("Nobody may do this: it does not say who may.")
    if not access.large:
        request.max_content_length = LARGEST_BODY_BYTES
    if access.scope is None:
        return None
    g.token = _identify(_presented())
    _check(access, g.token)
    return None


def _check(access: ApiAccess, token: Used) -> None:
    if access.scope and not token.scope.allows(access.scope):
        raise ScopeMissing(
            f"This token was made to: {token.scope.label.lower()}. Make one to: "
            f"{access.scope.label.lower()}."
        )
    if access.needs and not may(token.actor, access.needs):
        who = ", ".join(sorted(role.label for role in access.needs.roles))
        raise PermissionRefused(
            f"Your roles today do not let you {access.needs.label}. These do: {who}."
        )


def _presented() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise TokenRefused(
            "Send a token as “Authorization: Bearer …”. People make theirs on their account page."
        )
    return token.strip()


def _identify(token: str) -> Used:
    now, address = clock.now(), (request.remote_addr or "unknown")[:LONGEST_ADDRESS]
    try:
        with transaction() as session:
            used = api_tokens.use(session, token, address=address, now=now)
    except TokenRefused:
        with transaction() as session:
            api_tokens.note_failure(session, address=address, now=now)
        raise
    if used.used_is_old:
        # In a transaction of its own, so that SQLite need not turn a reader into a writer.
        with transaction() as session:
            api_tokens.note_use(session, used.token_id, address=address, now=now)
    return used


def register(app: Flask) -> None:
    """Check every request to the interface."""
    app.before_request(check_request)
