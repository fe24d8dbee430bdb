"""A write that carries an Idempotency-Key is done once, however often it is sent."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Response, json, request

from fcr_app import clock
from fcr_app.api.access import current_token
from fcr_app.errors import InvalidValue
from fcr_app.services import kept_answers
from fcr_app.services.kept_answers import KeptAnswer
from fcr_app.services.transaction import transaction

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
PATTERN = "^[!-~]{1,100}$"
#: What a kept answer says besides its body.
_KEPT_HEADERS = ("ETag", "Location")


def once(view: Callable[..., Response], *, shown_once: str = "") -> Callable[..., Response]:
    """Make a view do the same write once, where the program sends a key with it.

    Args:
        shown_once: A field of the answer that is secret, and never kept.
    """

    @wraps(view)
    def doing(*arguments: Any, **named: Any) -> Response:
        key = _key()
        if not key:
            return view(*arguments, **named)
        token_id = current_token().token_id
        with transaction() as session:
            kept = kept_answers.claim(session, token_id, key, _fingerprint(), now=clock.now())
        if kept:
            return _again(kept)
        try:
            answer = view(*arguments, **named)
        except BaseException:
            _let_go(token_id, key)
            raise
        with transaction() as session:
            kept_answers.keep(session, token_id, key, _kept(answer, shown_once))
        return answer

    return doing


def form_key() -> str | None:
    """Return what makes a step count once even if its answer was never kept."""
    key = _key()
    said = f"{current_token().token_id} {key}"
    return sha256(said.encode()).hexdigest()[:32] if key else None


def _key() -> str:
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not re.fullmatch(PATTERN, key):
        raise InvalidValue(
            "An Idempotency-Key has 1 to 100 letters, digits and signs, and no space.",
            field=HEADER,
        )
    return key


def _fingerprint() -> str:
    parts = (request.method, request.path, request.headers.get("If-Match", ""))
    return sha256("\n".join(parts).encode() + b"\n" + request.get_data()).hexdigest()


def _kept(answer: Response, shown_once: str) -> KeptAnswer:
    body = answer.get_data(as_text=True)
    if shown_once:
        body = json.dumps({**json.loads(body), shown_once: ""}, sort_keys=False)
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    return KeptAnswer(status=answer.status_code, headers=json.dumps(headers), body=body)


def _again(kept: KeptAnswer) -> Response:
    headers = {**json.loads(kept.headers), REPLAYED: "true"}
    return Response(kept.body, kept.status, headers, mimetype="application/json")


def _let_go(token_id: int, key: str) -> None:
    with transaction() as session:
        kept_answers.let_go(session, token_id, key)
