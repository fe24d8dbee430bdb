"""The records of an audit: replacing one, giving some to another auditor, giving the audit up."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.words import ReviewKind
from fcr_app.domain.permissions import Permission
from fcr_app.errors import StepRefused
from fcr_app.services.audits.assigning import Given, examiners, give_records
from fcr_app.services.audits.replacing import item_of, replace_item, require_replaceable
from fcr_app.services.audits.run_steps import move_run, step_of_run
from fcr_app.services.audits.run_view import RunView, run_of, run_view
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_plan import REFUSED, Problem
from fcr_app.web.audit_run_forms import GiveForm, ReplaceForm
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.workflows.audit_run import AUDIT_RUN

bp = Blueprint("audit_records", __name__, url_prefix="/audits/runs/<string:reference>")

Page = str | Response | tuple[str, int]
RUN = Permission.RUN_AUDITS
NOBODY = "nobody"


@bp.route("/records/<int:item_id>/replace", methods=["GET", "POST"])
@requires(RUN)
def replace(reference: str, item_id: int) -> Page:
    """Replace a record that can't be examined by the next reserve."""
    with transaction() as session:
        run = run_of(session, reference)
        item = item_of(session, run, item_id)
        require_replaceable(session, run, item)
        page = {
            "heading": f"Replace record {item.position}, {item.label}",
            "caption": f"{run.reference}: {run.title}",
            "note": "The next reserve of its stratum takes its place. Nobody chooses which. The "
            "reason stands in the report.",
            "button": "Replace the record",
            "back": url_for("audits.records", reference=run.reference),
            "version": item.version,
        }
    if request.method == "GET":
        return form_page(opened(ReplaceForm), **page)
    form, seen = ReplaceForm(), request.form.get("version", type=int)
    placed: list[int] = []

    def replace_it(session: Session) -> None:
        found = replace_item(
            session, current_actor(), run_of(session, reference), item_id, form.reason.data or "",
            now=clock.now(), version=seen,
        )  # fmt: skip
        placed.append(found.position)

    if not done(form, replace_it):
        return form_page(form, **{**page, "version": seen}), BAD_INPUT
    flash(f"Reserve {placed[-1]} takes its place.", "success")
    return see_other(str(page["back"]))


@bp.route("/give", methods=["GET", "POST"])
@requires(RUN)
def give(reference: str) -> Page:
    """Give records that were not begun to another auditor."""
    form = opened(GiveForm) if request.method == "GET" else GiveForm()
    now = clock.now()
    with transaction() as session:
        view = run_view(session, current_actor(), reference, now=now)
        form.to.choices = choices(examiners(session, now))
    form.whose.choices = choices(_whose(view))
    page = {
        "heading": "Give records to another auditor",
        "caption": f"{view.run.reference}: {view.run.title}",
        "note": "Only what was not begun. Records that they had a part in stay where they are.",
        "button": "Give the records",
        "back": url_for("audits.show", reference=view.run.reference),
    }
    if request.method == "GET":
        return form_page(form, **page)
    given: list[Given] = []

    def give_them(session: Session) -> None:
        whose = None if form.whose.data == NOBODY else int(form.whose.data)
        given.append(
            give_records(
                session,
                current_actor(),
                run_of(session, reference),
                whose,
                form.to.data,
                kind=ReviewKind(form.kind.data),
                now=now,
            )
        )

    if not done(form, give_them):
        return form_page(form, **page), BAD_INPUT
    flash(_said(given[-1]), "success")
    return see_other(page["back"])


@bp.route("/steps/<string:trigger>", methods=["GET", "POST"])
@requires(Permission.REVIEW_AUDITS)
def step(reference: str, trigger: str) -> Page:
    """Take a step of the audit as a whole: give it up; go on where nothing was drawn."""
    name = trigger.replace("-", "_")
    if request.method == "GET":
        return _step_page(reference, name)
    typed = question_form.read(AUDIT_RUN.may_be_asked(name), request.form)
    try:
        with transaction() as session:
            outcome = move_run(
                session, current_actor(), reference, name, typed.answers, now=clock.now(),
                version=request.form.get("version", type=int),
            )  # fmt: skip
    except StepRefused as refused:
        found = [
            Problem(one.reason, f"#{one.field or 'step'}", one.field) for one in refused.refusals
        ]
        return _step_page(reference, name, typed.fields, found), REFUSED
    flash(outcome.step.outcome, "success")
    return see_other(url_for("audits.show", reference=reference))


def _step_page(
    reference: str,
    trigger: str,
    fields: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> str:
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        run = run_of(session, reference)
        offered = step_of_run(session, actor, run, trigger, now=now)
    return render_template(
        "audits/runs/step.html", run=run, step=offered, fields=fields or {}, problems=problems
    )


def _whose(view: RunView) -> list[tuple[str, str]]:
    names = {one.person_id: one.name for one in view.progress}
    return [(str(id_ or NOBODY), name) for id_, name in names.items()]


def _said(given: Given) -> str:
    said = f"{given.count:,} records were given. They were told."
    if given.kept_back:
        said += f" {given.kept_back:,} stay, because they had a part in them."
    return said
