"""Turns every error into problem details (RFC 9457). The only place that knows their types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, g, json, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from fcr_app import errors
from fcr_app.errors import FcrError, Refusal

MEDIA_TYPE = "application/problem+json"
#: The page that says what each type means; written into every problem.
DOCUMENTED_AT = "/help/api"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One type of problem.

    Attributes:
        slug: The end of its address.
        meaning: What happened, and what a program should do.
    """

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def type(self) -> str:
        """The problem's type: the address of its explanation."""
        return f"{DOCUMENTED_AT}#{self.slug}"


UNREADABLE = Kind(
    slug="unreadable",
    status=400,
    title="The request can’t be read",
    meaning="The body is not what the operation takes, such as JSON. Nothing was changed.",
)
NO_TOKEN = Kind(
    slug="no-token",
    status=401,
    title="No token that is in force",
    meaning="Send “Authorization: Bearer” and a token that has neither expired nor been revoked.",
)
NOT_ALLOWED = Kind(
    slug="not-allowed",
    status=403,
    title="Your roles do not allow this",
    meaning="None of the roles and accreditations that the person holds today allows it.",
)
SCOPE_MISSING = Kind(
    slug="scope-missing",
    status=403,
    title="The token was not made for this",
    meaning=(
        "The token was made for less: to look where this changes something, or to change things "
        "where this manages accounts, access or settings. Make one for that."
    ),
)
NOT_FOUND = Kind(
    slug="not-found",
    status=404,
    title="Not found",
    meaning="There is no such thing, or the person may not know that there is.",
)
METHOD = Kind(
    slug="method-not-allowed",
    status=405,
    title="Not with this method",
    meaning="The address exists; the header Allow says what it takes.",
)
NOT_NOW = Kind(
    slug="not-now",
    status=409,
    title="Not as things stand",
    meaning="The case is in a state that has no such step. Read its steps again.",
)
CONFLICT = Kind(
    slug="conflict",
    status=409,
    title="Somebody else was first",
    meaning="Somebody else changed or holds it. Read it again before you decide what to do.",
)
ALREADY_DONE = Kind(
    slug="already-done",
    status=409,
    title="Already done",
    meaning="The same was done before. It counts once; nothing was done twice.",
)
AT_WORK = Kind(
    slug="same-at-work",
    status=409,
    title="The same request is being done",
    meaning="A request with this Idempotency-Key has begun and has no answer yet. Wait, then look.",
)
OUTDATED = Kind(
    slug="outdated",
    status=412,
    title="Changed since you read it",
    meaning="If-Match names an older version. Read it again and look at what changed.",
)
TOO_LARGE = Kind(
    slug="too-large",
    status=413,
    title="The request is too large",
    meaning="A body may have one megabyte, and a file to import twenty.",
)
NOT_JSON = Kind(
    slug="not-json",
    status=415,
    title="The body must be of the right type",
    meaning="Send JSON with “Content-Type: application/json”; a file to import, with “text/csv”.",
)
INVALID = Kind(
    slug="invalid",
    status=422,
    title="Some values can’t be used",
    meaning="Each entry of refusals names a field and says what is wrong with it.",
)
REFUSED = Kind(
    slug="refused",
    status=422,
    title="The rules do not allow that",
    meaning=(
        "Each entry of refusals names a rule with its source and page, or a question that was not "
        "answered. All of them are named at once. Nothing was changed."
    ),
)
KEY_USED = Kind(
    slug="key-used",
    status=422,
    title="The Idempotency-Key was used before",
    meaning="It came with another request. Use a new key for each write.",
)
VERSION_NEEDED = Kind(
    slug="version-needed",
    status=428,
    title="Say which version you read",
    meaning="This would overwrite. Send If-Match with the ETag of what you read.",
)
SLOW_DOWN = Kind(
    slug="slow-down",
    status=429,
    title="Too many wrong tokens or passwords",
    meaning="Too many requests came with a wrong token or a wrong password. Wait 15 minutes.",
)
FAILED = Kind(
    slug="failed",
    status=500,
    title="Something went wrong here",
    meaning="Nothing was changed. Send it again later; if it goes on, tell whoever runs this.",
)

#: Every type there is, as the documentation lists them.
KINDS = tuple(value for value in list(globals().values()) if isinstance(value, Kind))

#: A child not named here is its parent's kind.
_OF_ERRORS: Mapping[type[FcrError], Kind] = {
    FcrError: INVALID,
    errors.NotFound: NOT_FOUND,
    errors.PermissionRefused: NOT_ALLOWED,
    errors.ScopeMissing: SCOPE_MISSING,
    errors.StepNotAvailable: NOT_NOW,
    errors.StepRefused: REFUSED,
    errors.SomeoneElseChangedIt: CONFLICT,
    errors.AlreadyDone: ALREADY_DONE,
    errors.SameAtWork: AT_WORK,
    errors.KeyUsedForAnother: KEY_USED,
    errors.VersionNeeded: VERSION_NEEDED,
    errors.TokenRefused: NO_TOKEN,
    errors.TooManyAttempts: SLOW_DOWN,
    errors.AppendOnly: FAILED,
    errors.HistoryBroken: FAILED,
}
_OF_STATUSES = {
    kind.status: kind
    for kind in (UNREADABLE, NO_TOKEN, NOT_FOUND, METHOD, TOO_LARGE, NOT_JSON, INVALID, FAILED)
}
#: What services call a field, and what a program does.
_FIELDS = {
    "offence": "offence_id",
    "unit": "unit_id",
    "oic": "oic_id",
    "person": "person_id",
    "officer": "officer_id",
    "received_by": "received_by_id",
    "found_in": "found_in_crime_id",
    "deputy": "deputy_id",
    "q": "words",
}


def kind_of(error: FcrError) -> Kind:
    """Return which type of problem one of our errors is."""
    if isinstance(error, errors.SomeoneElseChangedIt) and "version_read" in g:
        return OUTDATED  # the program said which version it had read
    return next(_OF_ERRORS[kind] for kind in type(error).__mro__ if kind in _OF_ERRORS)


def for_our_error(error: FcrError) -> Response:
    """Answer one of our own errors; its message was written to be read."""
    kind = kind_of(error)
    if kind is FAILED:
        return problem(kind, kind.meaning)
    answer = problem(kind, str(error), _refusals(error))
    if kind in (NO_TOKEN, SCOPE_MISSING):
        code = "invalid_token" if kind is NO_TOKEN else "insufficient_scope"
        answer.headers["WWW-Authenticate"] = f'Bearer realm="FCR Casework", error="{code}"'
    return answer


def for_http_error(error: HTTPException) -> Response:
    """Answer an error that HTTP or the reading of the request brings."""
    status = error.code or InternalServerError.code
    if status < 400:  # noqa: PLR2004 - a redirect says by itself where to go
        return Response(status=status, headers=dict(error.get_headers(request.environ)))
    kind = _OF_STATUSES.get(status, UNREADABLE if status < FAILED.status else FAILED)
    messages = getattr(error, "data", {}).get("messages", {})
    answer = problem(kind, kind.meaning, list(_shape_refusals(messages)))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def problem(kind: Kind, detail: str, refusals: list[dict[str, str]] | None = None) -> Response:
    """Return problem details of a kind."""
    said = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": quote(request.path),
        "refusals": refusals or [],
    }
    return Response(json.dumps(said, sort_keys=False), status=kind.status, mimetype=MEDIA_TYPE)


def refusal(found: Refusal) -> dict[str, str]:
    """Return one reason with the rule's source and page."""
    return {
        "rule": found.rule,
        "source": found.source,
        "page": found.page,
        "reason": found.reason,
        "field": found.field,
    }


def _refusals(error: FcrError) -> list[dict[str, str]]:
    if isinstance(error, errors.StepRefused):
        return [refusal(found) for found in error.refusals]
    if isinstance(error, errors.InvalidValues):
        return [_about(one) for one in error.problems]
    return [_about(error)] if isinstance(error, errors.InvalidValue) else []


def _about(error: errors.InvalidValue) -> dict[str, str]:
    field = _FIELDS.get(error.field, error.field)
    return refusal(Refusal(rule="", reason=str(error), field=field))


def _shape_refusals(messages: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield what is wrong with the shape of a request, each with the path to it."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            # The first name says where in the request: body, query.
            yield from _shape_refusals(inner, (*path, str(name)))
        return
    for text in messages if isinstance(messages, list) else [messages]:
        if isinstance(text, Mapping):
            yield from _shape_refusals(text, path)
        else:
            field = ".".join(part for part in path[1:] if part != "_schema")
            yield refusal(Refusal(rule="", reason=str(text), field=field))
