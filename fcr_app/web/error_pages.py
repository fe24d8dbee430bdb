"""Turns every error into a plain page. The only place that knows which HTTP status is which."""

from dataclasses import dataclass

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from fcr_app import errors
from fcr_app.errors import FcrError
from fcr_app.web.navigation import use_bare_shell


@dataclass(frozen=True)
class ErrorPage:
    """The status and heading of a page about an error."""

    status: int
    heading: str


#: A child not named here uses its parent's page.
PAGES: dict[type[FcrError], ErrorPage] = {
    FcrError: ErrorPage(400, "That can’t be done"),
    errors.NotFound: ErrorPage(404, "Page not found"),
    errors.PermissionRefused: ErrorPage(403, "You may not open this page"),
    errors.StepNotAvailable: ErrorPage(409, "That can’t be done now"),
    errors.StepRefused: ErrorPage(422, "The rules do not allow that"),
    errors.SomeoneElseChangedIt: ErrorPage(409, "Somebody else changed this first"),
    errors.AlreadyDone: ErrorPage(409, "That was already done"),
    errors.AppendOnly: ErrorPage(500, "Something went wrong"),
    errors.RuleNotInForce: ErrorPage(400, "No rule applied on that day"),
    errors.BadFile: ErrorPage(400, "The file can’t be read"),
    errors.InvalidValue: ErrorPage(400, "There is a problem with what was entered"),
    errors.InvalidValues: ErrorPage(400, "There is a problem with what was entered"),
    errors.SignInRefused: ErrorPage(401, "Sign-in failed"),
    errors.TooManyAttempts: ErrorPage(429, "Too many sign-ins failed"),
    errors.TokenRefused: ErrorPage(401, "The token lets nobody in"),
    errors.ScopeMissing: ErrorPage(403, "The token was not made for this"),
    errors.VersionNeeded: ErrorPage(428, "The version is missing"),
    errors.KeyUsedForAnother: ErrorPage(422, "The key was used before"),
    errors.SameAtWork: ErrorPage(409, "The same is being done"),
    errors.HistoryBroken: ErrorPage(500, "The history of a case does not verify"),
}

#: Errors that HTTP itself brings, each with what went wrong and what to do.
HTTP_PAGES: dict[int, tuple[str, str]] = {
    400: ("That can’t be read", "The request was not complete. Go back, and try again."),
    403: ("You may not open this page", "If you think you should, ask an administrator."),
    404: (
        "Page not found",
        "Check the address. The page may not exist, or you may not be allowed to see it.",
    ),
    405: (
        "That page can’t be opened like this",
        "It only takes forms. Go to your work and open it from there.",
    ),
    413: ("The file is too big", "Send a file of 20 MB or less, or split it."),
    429: ("Too many requests", "Wait a few minutes, then try again."),
    500: (
        "Something went wrong",
        (
            "Nothing was changed. Try again in a few minutes. If it goes on, tell whoever looks "
            "after this service what you were doing, and when."
        ),
    ),
}

CSRF_TEXT = (
    "The page you sent was opened in another sign-in, or too long ago. Go back, copy anything "
    "you typed, open the page again, and send it again. Nothing was changed."
)


def page_for(error: FcrError) -> ErrorPage:
    """Return the page of an error, or of the nearest parent that has one."""
    return next(PAGES[kind] for kind in type(error).__mro__ if kind in PAGES)


def show_fcr_error(error: FcrError) -> tuple[str, int]:
    """Show one of our own errors; its message was written to be read."""
    page = page_for(error)
    # What went wrong inside is for the log, not for the person.
    message = HTTP_PAGES[500][1] if page.status >= InternalServerError.code else str(error)
    return _render(page.heading, message, page.status)


def show_http_error(error: HTTPException) -> tuple[str, int]:
    """Show an error that HTTP brings. Redirects never come here."""
    status = error.code or InternalServerError.code
    heading, message = HTTP_PAGES.get(
        status, HTTP_PAGES[400 if status < InternalServerError.code else 500]
    )
    return _render(heading, message, status)


def show_csrf_error(_error: CSRFError) -> tuple[str, int]:
    """Tell a person whose form is not of this sign-in, without blaming them."""
    return _render("This page is out of date", CSRF_TEXT, 400)


def _render(heading: str, message: str, status: int) -> tuple[str, int]:
    if status >= InternalServerError.code:
        use_bare_shell()
    return render_template("error.html", heading=heading, message=message), status


def register(app: Flask) -> None:
    """Show a page of ours for every error."""
    app.register_error_handler(FcrError, show_fcr_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(HTTPException, show_http_error)
