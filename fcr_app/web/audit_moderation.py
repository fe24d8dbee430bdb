"""Where two auditors differ: the records, what each says, and what the FCR says counts."""

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import ReviewKind
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services.audits.agreement import run_agreement
from fcr_app.services.audits.moderation import adopted, moderate, to_moderate
from fcr_app.services.audits.moderation_page import (
    ModerationPage,
    moderation_page,
    next_difference,
)
from fcr_app.services.audits.review_page import item_at, run_by_reference
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_review import WORDS, read_words
from fcr_app.web.audit_review_form import read_review, with_another, without, without_blanks
from fcr_app.web.forms import BAD_INPUT, see_other

bp = Blueprint("audit_moderation", __name__, url_prefix="/audits/runs/<string:reference>")

Page = str | Response | tuple[str, int]
#: Which review is to count; anything else is said anew.
ADOPTED = {"first": ReviewKind.FIRST, "second": ReviewKind.SECOND}


@bp.get("/differences")
@requires(Permission.RUN_AUDITS)
def index(reference: str) -> str:
    """List the records on which two reviews differ and nobody said yet what counts."""
    with transaction() as session:
        run = run_by_reference(session, reference)
        items = to_moderate(session, run.id)
        found = run_agreement(session, run.id)
    return render_template("audit_moderation/index.html", run=run, items=items, found=found)


@bp.get("/agreement")
@requires(Permission.SEE_AUDITS)
def agreement(reference: str) -> str:
    """Show how far the second auditors agree with the first, question by question."""
    with transaction() as session:
        run = run_by_reference(session, reference)
        found = run_agreement(session, run.id)
    return render_template("audit_moderation/agreement.html", run=run, found=found)


@bp.get("/differences/<int:position>")
@requires(Permission.RUN_AUDITS)
def show(reference: str, position: int) -> str:
    """Show a record with what each auditor says of it."""
    with transaction() as session:
        page = _page(session, reference, position)
    return _shown(page, page.begun_with, anew="anew" in request.args)


@bp.post("/differences/<int:position>")
@requires(Permission.RUN_AUDITS)
def save(reference: str, position: int) -> Page:
    """Keep what counts, and go on to the next record."""
    if "add" in request.form or "remove" in request.form:
        return _with_more_or_less(reference, position)
    try:
        with transaction() as session:
            place = _save(session, reference, position)
    except (InvalidValue, InvalidValues) as error:
        return _again(reference, position, error), BAD_INPUT
    if place is None:
        flash("Every difference is settled. The audit can be signed off.", "success")
        return see_other(url_for(".index", reference=reference))
    return see_other(url_for(".show", reference=reference, position=place))


def _page(session: Session, reference: str, position: int) -> ModerationPage:
    item = item_at(session, run_by_reference(session, reference), position)
    return moderation_page(session, current_actor(), item.id, now=clock.now())


def _save(session: Session, reference: str, position: int) -> int | None:
    actor = current_actor()
    run = run_by_reference(session, reference)
    item = item_at(session, run, position)
    chosen = request.form.get("which", "")
    why = request.form.get("note", "").replace("\0", "")
    if chosen == "anew":
        given = without_blanks(read_words(session, request.form))
    elif chosen in ADOPTED:
        given = adopted(session, item, ADOPTED[chosen], why)
    else:
        raise InvalidValue("Select which review is right.", field="which")
    version = request.form.get("version", type=int)
    moderate(session, actor, item.id, given, now=clock.now(), version=version)
    session.flush()
    return next_difference(session, run.id, position)


def _with_more_or_less(reference: str, position: int) -> str:
    """Give the page back with a crime more or less, and everything that was typed."""
    with transaction() as session:
        page = _page(session, reference, position)
        given = read_review(request.form, lambda _typed: -1)
    removed = request.form.get("remove", type=int)
    return _shown(page, without(given, removed) if removed else with_another(given), anew=True)


def _again(reference: str, position: int, error: InvalidValue | InvalidValues) -> str:
    problems = error.problems if isinstance(error, InvalidValues) else (error,)
    anew = request.form.get("which") == "anew"
    with transaction() as session:
        page = _page(session, reference, position)
    said = read_review(request.form, lambda _typed: -1) if anew else page.begun_with
    note = request.form.get("note", "")
    given = ReviewGiven(answers=said.answers, crimes=said.crimes, note=note)
    return _shown(page, given, anew=anew, problems=problems)


def _shown(
    page: ModerationPage,
    given: ReviewGiven,
    *,
    anew: bool,
    problems: tuple[InvalidValue, ...] = (),
) -> str:
    return render_template(
        "audit_moderation/show.html",
        page=page,
        run=page.run,
        item=page.item,
        given=given,
        anew=anew,
        kinds=ReviewKind,
        typed=request.form,
        wrong={one.field: str(one) for one in problems},
        problems=[{"text": str(one), "href": f"#{one.field}"} for one in problems],
        units=[(one.id, one.label) for one in page.units],
        **WORDS,
    )
