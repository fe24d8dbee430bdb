"""The findings of an audit: what puts each right, its feedback, and closing one by hand."""

from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.words import Severity
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.errors import InvalidValue, StepRefused
from fcr_app.services import kept_words
from fcr_app.services.audits.correcting import (
    Opened,
    Where,
    feedback_proposed,
    give_feedback_on,
    open_correction,
)
from fcr_app.services.audits.finding_closing import close_finding, to_act_on
from fcr_app.services.audits.finding_list import FindingPage, finding_page
from fcr_app.services.audits.finding_view import FindingView, finding_view
from fcr_app.services.audits.review_page import run_by_reference
from fcr_app.services.crime_choices import find_people, staff_number
from fcr_app.services.feedback_giving import Given
from fcr_app.services.feedback_subject import Subject
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.feedback_giving import NOTE, FeedbackForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("audit_findings", __name__, url_prefix="/audits")

Page = str | Response | tuple[str, int]
#: The page that each kind of correction opens, and what it is found by there.
PAGES = {
    Where.RECORD: ("incident_changes.record", "incident_id"),
    Where.REQUEST: ("requests.details", "reference"),
    Where.REINSTATE: ("cases.step", "reference"),
    Where.CASE: ("cases.show", "reference"),
    Where.CRIME: ("crimes.show", "crime_id"),
    Where.REPORT: ("incidents.show", "incident_id"),
}


@bp.get("/runs/<string:reference>/findings")
@requires(Permission.REVIEW_AUDITS)
def index(reference: str) -> str:
    """Show one page of the findings of an audit."""
    closed = request.args.get("list") == "closed"
    with transaction() as session:
        run = run_by_reference(session, reference)
        found = finding_page(
            session,
            run.id,
            closed=closed,
            today=to_london(clock.now()).date(),
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    name = "closed" if closed else "open"
    here = partial(url_for, ".index", reference=run.reference, list=name)
    return render_template(
        "audit_findings/index.html",
        run=run,
        found=found,
        rows=found.page.rows,
        tabs=_tabs(run.reference, found),
        before=here(before=found.page.before) if found.page.before else "",
        after=here(after=found.page.after) if found.page.after else "",
    )


@bp.get("/findings/<int:finding_id>")
@requires(Permission.REVIEW_AUDITS)
def show(finding_id: int) -> str:
    """Show a finding with what can be done about it."""
    return _shown(finding_id)


@bp.post("/findings/<int:finding_id>/correction")
@requires(Permission.RUN_AUDITS)
def correct(finding_id: int) -> Page:
    """Open what puts a finding right, filled in."""
    actor, now = current_actor(), clock.now()
    try:
        with transaction() as session:
            found = open_correction(session, actor, finding_id, now=now)
            address = _address(found)
            fields = {name: [text] for name, text in found.fields.items()}
            kept = kept_words.keep(session, actor.id, address, fields, now=now)
    except InvalidValue as error:
        return _shown(finding_id, str(error)), BAD_INPUT
    return see_other(f"{address}?kept={kept}" if kept else address)


@bp.route("/findings/<int:finding_id>/feedback", methods=["GET", "POST"])
@requires(Permission.RUN_AUDITS)
def feedback(finding_id: int) -> Page:
    """Give the feedback of a finding, which is filled in."""
    with transaction() as session:
        view = finding_view(session, current_actor(), finding_id, now=clock.now())
        finding = to_act_on(session, current_actor(), finding_id)
        proposed = feedback_proposed(session, finding)
        number = staff_number(session, proposed.to_id) if proposed.to_id else ""
    page = {
        "heading": "Give feedback",
        "caption": view.row.label,
        "note": NOTE,
        "button": "Give feedback",
        "back": url_for(".show", finding_id=finding_id),
    }
    if request.method == "GET":
        return form_page(_begun(proposed, number), **page)
    form = FeedbackForm()
    with transaction() as session:
        form.to.look_up(partial(find_people, session))
    try:
        if done(form, partial(_give, finding_id, form, proposed)):
            flash("The feedback was given, and the finding says so.", "success")
            return see_other(url_for(".show", finding_id=finding_id))
    except StepRefused as refused:
        form.correction.errors = [refusal.reason for refusal in refused.refusals]
    return form_page(form, **page), BAD_INPUT


@bp.post("/findings/<int:finding_id>/closing")
@requires(Permission.RUN_AUDITS)
def close(finding_id: int) -> Page:
    """Close a finding that nothing on the record can put right."""
    why = request.form.get("why", "").replace("\0", "")
    version = request.form.get("version", type=int)
    try:
        with transaction() as session:
            close_finding(
                session, current_actor(), finding_id, why, now=clock.now(), version=version
            )
    except InvalidValue as error:
        return _shown(finding_id, str(error), why), BAD_INPUT
    flash("The finding is closed.", "success")
    return see_other(url_for(".show", finding_id=finding_id))


def _shown(finding_id: int, problem: str = "", why: str = "") -> str:
    actor = current_actor()
    with transaction() as session:
        view: FindingView = finding_view(session, current_actor(), finding_id, now=clock.now())
    return render_template(
        "audit_findings/show.html",
        view=view,
        row=view.row,
        may_act=may(actor, Permission.RUN_AUDITS),
        severities=Severity,
        problem=problem,
        why=why,
    )


def _address(found: Opened) -> str:
    endpoint, name = PAGES[found.where]
    named: dict[str, str | int] = {name: found.reference or found.record_id}
    if found.where is Where.REINSTATE:
        named["trigger"] = "reinstate"
    return url_for(endpoint, **named)  # type: ignore[arg-type] # any names and values


def _begun(proposed: Given, number: str) -> FeedbackForm:
    form = opened(FeedbackForm)
    if not form.reasons.data:
        form.to.text, form.error.data = number, proposed.error.value if proposed.error else ""
        form.reasons.data, form.rule.data = proposed.reasons, proposed.rule_id
        form.right_decision.data, form.to_do.data = proposed.right_decision, proposed.to_do
        form.correction.data = proposed.correction.value
        form.harm.data = proposed.harm.value if proposed.harm else ""
    return form


def _give(finding_id: int, form: FeedbackForm, proposed: Given, session: Session) -> None:
    subject = Subject(
        number="",
        words=proposed.subject,
        crime_id=proposed.crime_id,
        incident_id=proposed.incident_id,
    )
    given = form.given(subject, proposed.source)
    give_feedback_on(session, current_actor(), finding_id, given, now=clock.now())


def _tabs(reference: str, found: FindingPage) -> list[dict[str, object]]:
    return [
        {
            "text": text,
            "href": url_for(".index", reference=reference, list=name),
            "active": found.closed is closed,
            "count": count,
        }
        for text, name, closed, count in (
            ("Open", "open", False, found.open_count),
            ("Closed", "closed", True, found.closed_count),
        )
    ]
