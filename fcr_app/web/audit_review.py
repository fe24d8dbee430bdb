"""The auditor's screen: one record at a time, its source beside the questions, saved as it goes."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.comparing import crime_words
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import Band, Group, Safeguarding, Severity
from fcr_app.domain.permissions import Permission
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services.audits.review_page import (
    ReviewPage,
    beside,
    item_at,
    kind_for,
    my_audits,
    resume_at,
    review_page,
    run_by_reference,
)
from fcr_app.services.audits.reviewing import save_review
from fcr_app.services.crime_choices import find_people
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_review_form import read_review, with_another, without, without_blanks
from fcr_app.web.forms import BAD_INPUT, see_other
from fcr_app.web.kept import kept_form

bp = Blueprint("audit_review", __name__, url_prefix="/audits")

Page = str | Response | tuple[str, int] | tuple[dict[str, Any], int] | dict[str, Any]
#: Where the record begins, so that one goes from record to record without scrolling.
RECORD = "record"
#: The words that the page chooses from, each stored and shown.
WORDS: dict[str, Any] = {
    "groups": [(one.value, one.label) for one in Group],
    "bands": [(one.value, one.label) for one in Band],
    "severities": [(one.value, one.label) for one in Severity],
    "safeguardings": [(one.value, one.label) for one in Safeguarding],
    "errors_known": [(one.value, one.full_label) for one in ErrorType],
    "crime_words": crime_words,
}


@bp.get("/to-examine")
@requires(Permission.REVIEW_AUDITS)
def mine() -> str:
    """List the audits in which the person has records to examine."""
    with transaction() as session:
        audits = my_audits(session, current_actor())
    return render_template("audit_review/mine.html", audits=audits)


@bp.get("/runs/<string:reference>/review")
@requires(Permission.REVIEW_AUDITS)
def resume(reference: str) -> Response:
    """Lead to where the person was in an audit."""
    return _lead_on(reference, 0)


@bp.get("/runs/<string:reference>/review/<int:position>")
@requires(Permission.REVIEW_AUDITS)
def show(reference: str, position: int) -> str:
    """Show one record with its questions."""
    with transaction() as session:
        page = _page(session, reference, position)
        words = kept_form()
        given = read_words(session, words) if words is not None else page.given
    return _shown(page, given)


@bp.post("/runs/<string:reference>/review/<int:position>")
@requires(Permission.REVIEW_AUDITS)
def save(reference: str, position: int) -> Page:
    """Keep what was said: as far as it is written, or done and on to the next record."""
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        with transaction() as session:
            version = _save(session, reference, position)
    except (InvalidValue, InvalidValues) as error:
        if by_script:
            return {"problem": str(error)}, BAD_INPUT
        return _again(reference, position, error), BAD_INPUT
    if by_script:
        return {"version": version}
    if "done" in request.form:
        return _lead_on(reference, position)
    return see_other(url_for(".show", reference=reference, position=position, _anchor=_where()))


@bp.get("/runs/<string:reference>/review/<int:position>/next")
@requires(Permission.REVIEW_AUDITS)
def following(reference: str, position: int) -> Response:
    """Lead to the person's next record, done or not."""
    return _beside(reference, position, backwards=False)


@bp.get("/runs/<string:reference>/review/<int:position>/previous")
@requires(Permission.REVIEW_AUDITS)
def previous(reference: str, position: int) -> Response:
    """Lead to the person's record before, done or not."""
    return _beside(reference, position, backwards=True)


def _page(session: Session, reference: str, position: int) -> ReviewPage:
    item = item_at(session, run_by_reference(session, reference), position)
    return review_page(session, current_actor(), item.id, now=clock.now())


def _save(session: Session, reference: str, position: int) -> int:
    actor = current_actor()
    item = item_at(session, run_by_reference(session, reference), position)
    done = "done" in request.form
    review = save_review(
        session,
        actor,
        item.id,
        kind_for(actor, item),
        _asked_for(read_words(session, request.form), done=done),
        now=clock.now(),
        version=request.form.get("version", type=int),
        done=done,
    )
    session.flush()
    return review.version


def _asked_for(given: ReviewGiven, *, done: bool) -> ReviewGiven:
    """Return a review with the crime more or less that a button asked for."""
    if done:
        return without_blanks(given)
    if "add" in request.form:
        return with_another(given)
    removed = request.form.get("remove", type=int)
    return without(given, removed) if removed else given


def read_words(session: Session, words: MultiDict[str, str]) -> ReviewGiven:
    """Return what the fields of a review say, with the people they name."""

    def find(typed: str) -> int | None:
        found = find_people(session, typed).only
        return found.id if found else None

    return read_review(words, find)


def _again(reference: str, position: int, error: InvalidValue | InvalidValues) -> str:
    problems = error.problems if isinstance(error, InvalidValues) else (error,)
    with transaction() as session:
        page = _page(session, reference, position)
        given = read_review(request.form, lambda _typed: -1)
    return _shown(page, without_blanks(given), problems)


def _shown(page: ReviewPage, given: ReviewGiven, problems: tuple[InvalidValue, ...] = ()) -> str:
    return render_template(
        "audit_review/show.html",
        page=page,
        run=page.run,
        item=page.item,
        given=given,
        typed=request.form,
        wrong={one.field: str(one) for one in problems},
        problems=[{"text": str(one), "href": f"#{one.field}"} for one in problems],
        units=[(one.id, one.label) for one in page.units],
        **WORDS,
    )


def _where() -> str | None:
    """Return the part of the page to go on with after a crime was added or taken away."""
    if "add" in request.form:
        return f"crime-{request.form.get('crimes', 0, int) + 1}"
    return "crimes" if "remove" in request.form else None


def _lead_on(reference: str, after: int) -> Response:
    with transaction() as session:
        run = run_by_reference(session, reference)
        found = resume_at(session, current_actor(), run.id, after=after)
        place = found.position if found else None
    if place is None:
        flash("You have examined every record of this audit that is yours.", "success")
        return see_other(url_for(".mine"))
    return see_other(url_for(".show", reference=reference, position=place, _anchor=RECORD))


def _beside(reference: str, position: int, *, backwards: bool) -> Response:
    with transaction() as session:
        run = run_by_reference(session, reference)
        found = beside(session, current_actor(), run.id, position, backwards=backwards)
        place = found.position if found else position
    if found is None:
        flash("There is none before that." if backwards else "That was the last one.", "info")
        return see_other(url_for(".show", reference=reference, position=place))
    return see_other(url_for(".show", reference=reference, position=place, _anchor=RECORD))
