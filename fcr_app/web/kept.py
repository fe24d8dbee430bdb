"""Gives people back what they had typed when their sign-in ended.

A form that arrives after a time-out is kept, for the person whose sign-in it was. When they sign
in again they are led to the page, which asks :func:`kept_form` for its fields.
"""

from flask import Flask, Response, current_app, flash, g, request, session as cookie
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from fcr_app import clock
from fcr_app.extensions import from_a_program
from fcr_app.services import kept_words
from fcr_app.services.sign_in import Over
from fcr_app.services.transaction import transaction

#: The cookie remembers where the person was going.
AFTER_SIGN_IN = "after_sign_in"
#: The cookie remembers which words the person was led back to.
_OFFERED = "kept"

TOLD = (
    "You were signed out before this was sent, so nothing was done. What you typed is still "
    "here: check it, then send it again."
)
TOLD_WITHOUT_WORDS = (
    "You were signed out before that was done, so nothing was changed. Do it again if you still "
    "want to."
)
#: Stands for "there were no words to keep".
_NO_WORDS = 0


def kept_form() -> MultiDict[str, str] | None:
    """Return the fields that the signed-in person had typed on this page, to fill it again.

    Only on a GET with ``?kept=<id>``, and only if the words are theirs and this path's.
    """
    found: MultiDict[str, str] | None = g.get("kept_form")
    return found


def load_kept_form() -> None:
    """Find the words that an address asks for, before the page opens its own transaction."""
    if from_a_program():
        return
    kept_id = request.args.get("kept", type=int)
    if kept_id is None or request.method != "GET" or not current_user.is_authenticated:
        return
    with transaction() as session:
        fields = kept_words.find(
            session, current_user.actor.id, kept_id, request.path, now=clock.now()
        )
    if fields is not None:
        g.kept_form = MultiDict(
            (name, value) for name, values in fields.items() for value in values
        )


def keep_what_was_sent(over: Over) -> None:
    """Keep the form that arrived too late, and remember where to lead its owner.

    The anti-forgery token was checked before this, so the words are from our own page.
    """
    can_be_opened = _can_be_opened(request.path)
    path = request.path if can_be_opened else "/"
    cookie[AFTER_SIGN_IN] = path
    if over.person_id is None:
        return
    kept_id = _keep(over.person_id, path) if can_be_opened else _NO_WORDS
    cookie[_OFFERED] = [kept_id, path, over.person_id]


def _keep(person_id: int, path: str) -> int:
    fields = {
        name: values
        for name, values in request.form.lists()
        if name != "csrf_token" and "password" not in name
    }
    with transaction() as session:
        kept_id = kept_words.keep(session, person_id, path, fields, now=clock.now())
    return kept_id or _NO_WORDS


def way_back(person_id: int, offered: object) -> str | None:
    """Return the page that the person's kept words belong to, and say why they are led there.

    Args:
        offered: What the cookie held before the new sign-in; nothing if it belonged to others.
    """
    if not isinstance(offered, list):
        return None
    kept_id, path, owner_id = offered
    if owner_id != person_id:
        return None
    if kept_id == _NO_WORDS:
        flash(TOLD_WITHOUT_WORDS, "info")
        return str(path)
    with transaction() as session:
        if kept_words.find(session, person_id, kept_id, path, now=clock.now()) is None:
            return None
    cookie[_OFFERED] = offered
    flash(TOLD, "info")
    return f"{path}?kept={kept_id}"


def offered() -> object:
    """Return what the cookie says was kept, before a new sign-in clears it."""
    return cookie.get(_OFFERED)


def forget_once_sent(response: Response) -> Response:
    """Delete kept words when their page has been sent with success."""
    if from_a_program():
        return response
    mine = cookie.get(_OFFERED)
    sent = request.method == "POST" and response.status_code in {302, 303}
    if mine and sent and mine[1] == request.path and current_user.is_authenticated:
        with transaction() as session:
            kept_words.forget(session, current_user.actor.id, mine[0])
        cookie.pop(_OFFERED)
    return response


def _can_be_opened(path: str) -> bool:
    """Say whether a path is a page, and not only a place to send forms to."""
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr] # a request always has one
    except HTTPException:
        return False
    return True


def register(app: Flask) -> None:
    """Find kept words before a page is made, and forget them after it is sent."""
    app.before_request(load_kept_form)
    app.after_request(forget_once_sent)
