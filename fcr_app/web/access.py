"""Who may open which page. Every view says so, or nobody may open it.

Put exactly one of ``@public``, ``@signed_in`` or ``@requires(Permission.X)`` directly on a view,
below the route. The check runs before every request; a view that says nothing is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session as cookie, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import PermissionRefused
from fcr_app.extensions import from_a_program
from fcr_app.services.sign_in import Over
from fcr_app.web import kept

View = TypeVar("View", bound=Callable[..., Any])

#: Served by Flask itself, so it carries no mark: styles, scripts and icons hold nothing secret.
STATIC_ENDPOINT = "static"
#: All that a person may open before they have chosen a password of their own.
WITH_A_GIVEN_PASSWORD = frozenset({"account.password", "account.change_password"})
#: The cookie remembers that a sign-in ran out, so that the sign-in page can say so.
WAS_OVER = "was_over"


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may open a view. ``needs`` is None where being signed in is enough."""

    public: bool = False
    needs: Permission | None = None


def public(view: View) -> View:
    """Let anybody open a view, signed in or not."""
    return _mark(view, Access(public=True))


def signed_in(view: View) -> View:
    """Let anybody who is signed in open a view, whatever their role."""
    return _mark(view, Access())


def requires(permission: Permission) -> Callable[[View], View]:
    """Let only people with a permission open a view."""

    def mark(view: View) -> View:
        return _mark(view, Access(needs=permission))

    return mark


def _mark(view: View, access: Access) -> View:
    if hasattr(view, "fcr_access"):
        raise TypeError(f"{view.__qualname__} says twice who may open it.")
    view.fcr_access = access  # type: ignore[attr-defined] # a mark that access_of() reads
    return view


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Return who may open an endpoint; None where its view says nothing."""
    if endpoint == STATIC_ENDPOINT:
        return Access(public=True)
    return getattr(app.view_functions[endpoint], "fcr_access", None)


def current_actor() -> Actor:
    """Return the signed-in person, with the roles and accreditations in force today.

    Raises:
        PermissionRefused: If nobody is signed in.
    """
    if not current_user.is_authenticated:
        raise PermissionRefused("Sign in to do this.")
    return cast("Actor", current_user.actor)


def may_open(endpoint: str) -> bool:
    """Say whether a page exists and the signed-in person may open it. Templates ask this too."""
    if endpoint not in current_app.view_functions:
        return False
    access = access_of(current_app, endpoint)
    if access is None:
        return False
    if access.public or not current_user.is_authenticated:
        return access.public
    return access.needs is None or may(current_actor(), access.needs)


def check_access() -> Response | None:
    """Refuse a page that the person may not open; lead to sign-in where nobody is signed in.

    Raises:
        PermissionRefused: If none of their roles opens it.
    """
    endpoint = request.endpoint
    if endpoint is None or from_a_program():  # no page: routing or the interface says so
        return None
    access = access_of(current_app, endpoint)
    if access is None:
        raise PermissionRefused("Nobody may open this page: it does not say who may.")
    if access.public:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if current_user.must_change_password and endpoint not in WITH_A_GIVEN_PASSWORD:
        return redirect(url_for("account.password"), 303)
    if access.needs and not may(current_actor(), access.needs):
        raise PermissionRefused(_why_not(access.needs))
    return None


def _to_sign_in() -> Response:
    """Lead to the sign-in page and remember, in the browser's own cookie, where to go on.

    A form that came too late is kept for the person whose sign-in ran out.
    """
    over: Over | None = g.get("over")
    if over:
        cookie[WAS_OVER] = True
    if over and request.method == "POST":
        kept.keep_what_was_sent(over)
    elif request.method == "GET" and request.accept_mimetypes.best != "application/json":
        cookie[kept.AFTER_SIGN_IN] = request.full_path.rstrip("?")
    return redirect(url_for("sign_in.form"), 303)


def _why_not(permission: Permission) -> str:
    who = sorted(role.label for role in permission.roles)
    return (
        f"Your roles today do not let you {permission.label.replace('open to them', 'open to you')}"
        f". These do: {', '.join(who)}. If you should hold one, ask an administrator."
    )


def register(app: Flask) -> None:
    """Check every request, and let templates ask what a person may open."""
    app.before_request(check_access)
    app.add_template_global(may_open)
