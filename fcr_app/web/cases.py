"""One case: its page, the decision, its other steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.workflow import About
from fcr_app.errors import (
    AlreadyDone,
    FcrError,
    PermissionRefused,
    Refusal,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.services.case_view import CaseView, StepView, case_view
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.claims import claim_next
from fcr_app.services.offence_answers import offences_in_full
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.kept import kept_form
from fcr_app.web.question_form import Typed
from fcr_app.workflows import workflow_about, workflow_of

bp = Blueprint("cases", __name__)

REFUSED = 422
CONFLICT = 409
#: Steps with a page of their own, which shows more than questions.
OWN_PAGES = {
    ("DIA", trigger): "booking.show" for trigger in ("book", "book_late", "rebook", "rebook_late")
}


@dataclass(frozen=True)
class Error:
    """One line of the error summary.

    Attributes:
        href: The field it leads to, or the list of rules.
        field: The question it belongs to; empty for a rule.
    """

    text: str
    href: str
    field: str = ""


@bp.app_template_filter("error_item")
def error_item(error: Error) -> dict[str, str]:
    """Return an error as the error summary component wants it."""
    return {"text": error.text, "href": error.href}


@bp.get("/cases/<string:reference>")
@requires(Permission.WORK_ON_CASES)
def show(reference: str) -> str:
    """Show a case; to somebody who may decide it, with the decision beside it."""
    with transaction() as session:
        view = case_view(session, current_actor(), reference, now=clock.now())
        return case_page(view, kept_form() or _held(view))


@bp.post("/cases/<string:reference>")
@requires(Permission.WORK_ON_CASES)
def decide(reference: str) -> str | Response | tuple[str, int]:
    """Take the decision that was chosen on the case page."""
    trigger = request.form.get("trigger", "")
    return _take(reference, trigger, prefix=f"{trigger}-", from_case_page=True)


@bp.get("/cases/<string:reference>/<string:trigger>")
@requires(Permission.WORK_ON_CASES)
def step(reference: str, trigger: str) -> str | Response:
    """Ask what a step needs to know."""
    with transaction() as session:
        view = case_view(session, current_actor(), reference, now=clock.now())
        taking = find(view, trigger.replace("-", "_"))
        own = OWN_PAGES.get((view.loaded.workflow.prefix, taking.trigger))
        if own:
            return redirect(url_for(own, reference=reference))
        if taking.decision:
            return redirect(url_for("cases.show", reference=reference))
        held = question_form.fill(taking.questions, view.loaded.case.answers)
        return step_page(view, taking, kept_form() or held)


@bp.post("/cases/<string:reference>/<string:trigger>")
@requires(Permission.WORK_ON_CASES)
def take(reference: str, trigger: str) -> str | Response | tuple[str, int]:
    """Take a step."""
    return _take(reference, trigger.replace("-", "_"), prefix="", from_case_page=False)


@bp.post("/crimes/<int:crime_id>/request")
@requires(Permission.ENTER_CRIMES)
def start(crime_id: int) -> Response:
    """Open a request about a crime and lead on to its first question."""
    kind = workflow_about(About.CRIME, request.args.get("workflow", "cancellation"))
    with transaction() as session:
        case = open_case(session, current_actor(), kind.key, crime_id, now=clock.now())
        session.flush()
        reference = case.reference
    return redirect(url_for("requests.reason", reference=reference), 303)


def where_to_begin(reference: str) -> str:
    """Return the page a new case begins on: its first question, where it has a guided flow."""
    workflow = workflow_of(reference)
    guided = any(step.sets_request for step in workflow.steps_from(workflow.initial))
    return "requests.reason" if guided else "cases.show"


def _take(
    reference: str, trigger: str, *, prefix: str, from_case_page: bool
) -> str | Response | tuple[str, int]:
    """Take a step with what was typed; whatever goes wrong, give the words back."""
    form = StepForm(reference, trigger, prefix, from_case_page=from_case_page)
    try:
        typed = form.read()
        with transaction() as session:
            outcome = take_step(
                session,
                current_actor(),
                reference,
                trigger,
                offences_in_full(session, form.questions, typed.answers),
                now=clock.now(),
                form_key=request.form.get("form_key") or None,
                version=request.form.get("version", type=int),
            )
    except StepRefused as refused:
        return form.refused(refused.refusals), REFUSED
    except AlreadyDone as done:
        flash(str(done), "info")
        return redirect(url_for("cases.show", reference=reference), 303)
    except (SomeoneElseChangedIt, StepNotAvailable, PermissionRefused) as error:
        return form.overtaken(error), CONFLICT
    flash(outcome.step.outcome, "success")
    if "next" in request.form:
        return _on_to_the_next()
    return redirect(url_for("cases.show", reference=reference), 303)


def _on_to_the_next() -> Response:
    """Claim the next case that the person can decide, and lead to it."""
    with transaction() as session:
        reference = claim_next(session, current_actor(), now=clock.now())
    if reference is None:
        flash("Nothing else waits for your decision.", "info")
        return redirect(url_for("worklist.show"), 303)
    return redirect(url_for("cases.show", reference=reference), 303)


class StepForm:
    """A step's form that was sent, and how it comes back when the step is not taken."""

    def __init__(self, reference: str, trigger: str, prefix: str, *, from_case_page: bool) -> None:
        self.reference = reference
        self.trigger = trigger
        self.prefix = prefix
        self.from_case_page = from_case_page
        self.questions = workflow_of(reference).may_be_asked(trigger)
        self.typed = question_form.read(self.questions, request.form, prefix)

    def read(self) -> Typed:
        """Return what was typed.

        Raises:
            StepRefused: If nothing was chosen, or a date can't be read.
        """
        if not self.trigger:
            raise StepRefused([Refusal(rule="", reason="Select your decision.", field="trigger")])
        if self.typed.problems:
            raise StepRefused(self.typed.problems)
        return self.typed

    def refused(self, refusals: Sequence[Refusal]) -> str:
        """Show the page again with every reason and the words as they were typed."""
        said = {name: text for name, text in self.typed.answers.items() if text}
        with transaction() as session:
            view = case_view(session, current_actor(), self.reference, now=clock.now(), said=said)
            if self.from_case_page:
                fields = {**self.typed.fields, "trigger": self.trigger}
                return case_page(view, fields, self._errors(refusals))
            return step_page(
                view, find(view, self.trigger), self.typed.fields, self._errors(refusals)
            )

    def overtaken(self, error: FcrError) -> str:
        """Show what happened meanwhile, with the words, so that none are lost."""
        with transaction() as session:
            view = case_view(session, current_actor(), self.reference, now=clock.now())
            return render_template(
                "cases/overtaken.html",
                view=view,
                heading=(
                    "You may not take this step"
                    if isinstance(error, PermissionRefused)
                    else "This case changed while you were writing"
                ),
                message=str(error),
                last=view.timeline[-1],
                words=[
                    (question.title, question.shown(self.typed.answers))
                    for question in self.questions
                    if self.typed.answers.get(question.name)
                ],
                again=any(step.trigger == self.trigger and step.available for step in view.steps),
                hidden={**self.typed.fields, "trigger": self.trigger},
                form_key=token_hex(16),
                action=request.path,
            )

    def _errors(self, refusals: Sequence[Refusal]) -> list[Error]:
        fields = {q.name: question_form.first_field(q, self.prefix) for q in self.questions}
        fields["trigger"] = "trigger"
        return [
            Error(
                text=f"{refusal.reason} ({refusal.rule})" if refusal.rule else refusal.reason,
                href=f"#{fields.get(refusal.field, 'rules')}",
                field=refusal.field,
            )
            for refusal in refusals
        ]


def _held(view: CaseView) -> dict[str, str]:
    """Return what the case holds already as the answers to what a decision asks again."""
    held: dict[str, str] = {}
    for step_view in view.decisions:
        prefix = f"{step_view.trigger}-"
        held |= question_form.fill(step_view.questions, view.loaded.case.answers, prefix)
    return held


def case_page(view: CaseView, fields: Mapping[str, str], errors: Sequence[Error] = ()) -> str:
    """Render the case page, with the decision beside it for somebody who may decide."""
    return render_template(
        "cases/show.html",
        view=view,
        case=view.loaded.case,
        crime=view.loaded.crime,
        fields=fields,
        errors=errors,
        form_key=token_hex(16),
    )


def step_page(
    view: CaseView, step: StepView, fields: Mapping[str, str], errors: Sequence[Error] = ()
) -> str:
    """Render the page of one step."""
    return render_template(
        "cases/step.html",
        bulletins=[one for one in view.bulletins if one.bears_on(step.trigger)],
        view=view,
        case=view.loaded.case,
        step=step,
        fields=fields,
        errors=errors,
        form_key=token_hex(16),
    )


def find(view: CaseView, trigger: str) -> StepView:
    """Return one of the steps the person's role has now.

    Raises:
        StepNotAvailable: If it is not one of them.
    """
    for step_view in view.steps:
        if step_view.trigger == trigger and not step_view.request:
            return step_view
    raise StepNotAvailable("That can’t be done to this case now.")
