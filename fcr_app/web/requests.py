"""Asking for a crime to be removed: one guided flow, saved as it goes."""

from collections.abc import Mapping, Sequence
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import Question
from fcr_app.errors import AlreadyDone, Refusal, StepNotAvailable, StepRefused
from fcr_app.services.cases import save_draft, take_step
from fcr_app.services.offence_answers import name_offences
from fcr_app.services.request_flow import RequestView, request_view
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.cases import REFUSED, Error
from fcr_app.web.kept import kept_form
from fcr_app.web.question_form import Typed

bp = Blueprint("requests", __name__, url_prefix="/cases/<string:reference>/request")

NOTHING_TO_SHOW = 204
Page = str | Response | tuple[str, int]


def _view(reference: str) -> RequestView:
    with transaction() as session:
        return request_view(session, current_actor(), reference, now=clock.now())


def _read_and_save(view: RequestView, questions: Sequence[Question]) -> Typed:
    """Keep what was typed, right or wrong, before anything is said about it."""
    typed = question_form.read(questions, request.form)
    with transaction() as session:
        answers, unknown = name_offences(session, questions, typed.answers)
        save_draft(session, current_actor(), view.reference, answers, now=clock.now())
    return Typed(typed.fields, answers, (*typed.problems, *unknown))


@bp.get("/reason")
@requires(Permission.ENTER_CRIMES)
def reason(reference: str) -> Page:
    """Ask what shows that the crime should not stay recorded."""
    view = _view(reference)
    fields = kept_form() or question_form.fill(view.first, view.answers)
    return _ask(view, view.first, "requests/reason.html", fields)


@bp.post("/reason")
@requires(Permission.ENTER_CRIMES)
def save_reason(reference: str) -> Page:
    """Keep the reason and ask what it needs."""
    view = _view(reference)
    typed = _read_and_save(view, view.first)
    problems = [*typed.problems, *(p for q in view.first if (p := q.problem(typed.answers)))]
    if problems:
        page = _ask(view, view.first, "requests/reason.html", typed.fields, problems)
        return page, REFUSED
    return redirect(url_for("requests.details", reference=reference), 303)


@bp.get("/details")
@requires(Permission.ENTER_CRIMES)
def details(reference: str) -> Page:
    """Ask what the chosen reason needs, and only that."""
    view = _view(reference)
    if not view.reason_given:
        return redirect(url_for("requests.reason", reference=reference))
    fields = kept_form() or question_form.fill(view.all_rest, view.answers)
    return _ask(view, view.rest, "requests/details.html", fields)


@bp.post("/details")
@requires(Permission.ENTER_CRIMES)
def save_details(reference: str) -> Page:
    """Keep the details; ask again for what is missing, or show it all for checking."""
    view = _view(reference)
    typed = _read_and_save(view, view.all_rest)
    if "quietly" in request.form:  # sent by a script, while it is written
        return "", NOTHING_TO_SHOW
    if "later" in request.form:
        flash("Your draft is saved. You find it under My work.", "success")
        return redirect(url_for("cases.show", reference=reference), 303)
    now_known = _view(reference)
    unread = {problem.field for problem in typed.problems}
    problems = [
        *typed.problems,
        *(p for q in now_known.rest if q.name not in unread and (p := q.problem(typed.answers))),
    ]
    if problems:
        page = _ask(now_known, now_known.rest, "requests/details.html", typed.fields, problems)
        return page, REFUSED
    return redirect(url_for("requests.check", reference=reference), 303)


@bp.get("/check")
@requires(Permission.ENTER_CRIMES)
def check(reference: str) -> Page:
    """Show the request as it will be sent, with every rule it has to meet."""
    view = _view(reference)
    if not view.reason_given:
        return redirect(url_for("requests.reason", reference=reference))
    return _check_page(view, said=kept_form())


@bp.post("/check")
@requires(Permission.ENTER_CRIMES)
def send(reference: str) -> Page:
    """Send the request for decision."""
    view = _view(reference)
    said = question_form.read(view.warning_question, request.form).answers
    try:
        with transaction() as session:
            outcome = take_step(
                session,
                current_actor(),
                reference,
                view.trigger,
                {**view.answers, **said},
                now=clock.now(),
                form_key=request.form.get("form_key") or None,
                version=request.form.get("version", type=int),
            )
    except StepRefused as refused:
        return _check_page(view, refused.refusals, said), REFUSED
    except (AlreadyDone, StepNotAvailable) as done:
        flash(str(done), "info")
        return redirect(url_for("cases.show", reference=reference), 303)
    flash(outcome.step.outcome, "success")
    return redirect(url_for("cases.show", reference=reference), 303)


def _ask(
    view: RequestView,
    questions: Sequence[Question],
    template: str,
    fields: Mapping[str, str],
    problems: Sequence[Refusal] = (),
) -> str:
    named = {question.name: question for question in view.all_questions}
    errors = [
        Error(p.reason, f"#{question_form.first_field(named[p.field])}", p.field) for p in problems
    ]
    return render_template(template, view=view, questions=questions, fields=fields, errors=errors)


def _check_page(
    view: RequestView, refusals: Sequence[Refusal] = (), said: Mapping[str, str] | None = None
) -> str:
    warning = view.warning_question[0].name
    errors = [
        Error(
            f"{r.reason} ({r.rule})" if r.rule else r.reason,
            f"#{warning}" if r.field == warning else "#rules",
            r.field,
        )
        for r in refusals
    ]
    return render_template(
        "requests/check.html", view=view, errors=errors, fields=said or {}, form_key=token_hex(16)
    )
