"""Reports on audits and on the plan: asked for, watched in the making, read, taken away."""

from flask import Blueprint, abort, flash, make_response, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.words import MakingState, ReportKind
from fcr_app.domain.permissions import Permission, may
from fcr_app.reports.audits.kept import as_kept, as_page
from fcr_app.services.audits.report_asking import subject_of
from fcr_app.services.audits.report_list import (
    PublicFile,
    editions_of,
    file_name,
    one_report,
    read_annex,
    report_page,
    take_annex_copy,
    take_public_copy,
)
from fcr_app.services.audits.report_queue import ask_for_report, one_request
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_report_forms import AskForm, RecipientForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, problems_of, see_other

bp = Blueprint("audit_reports", __name__, url_prefix="/audits/reports")

Page = str | Response | tuple[str, int]
SEE, ASK, ANNEX = Permission.SEE_AUDITS, Permission.RUN_AUDITS, Permission.REVIEW_AUDITS
#: How often the page of a report in the making looks again, in seconds.
LOOK_AGAIN = 3
NOT_FOUND = 404
PDF, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


@bp.get("")
@requires(SEE)
def index() -> str:
    """List the reports there are, and those that are being made."""
    run = request.args.get("run", "").strip().upper()[:20]
    with transaction() as session:
        found = report_page(
            session,
            run_reference=run,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    return render_template("audits/reports/index.html", found=found, run=run, kinds=ReportKind)


@bp.route("/new", methods=["GET", "POST"])
@requires(ASK)
def new() -> Page:
    """Ask for a report; it is made while the person goes on with other things."""
    page = {
        "heading": "Ask for a report",
        "note": "It is made in the background. The chief officer, the registrars and the owner of "
        "the audit are told when it is ready.",
        "button": "Ask for the report",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        asked = request.args.get("kind", "")
        kind = asked if asked in set(ReportKind) else ReportKind.RUN.value
        about = request.args.get("run", "")[:20]
        return form_page(opened(AskForm, kind=kind, key=about), **page)
    form = AskForm()
    made: list[int] = []

    def act(session: Session) -> None:
        subject = subject_of(session, ReportKind(form.kind.data), form.key.data or "")
        why = form.why.data or ""
        request_ = ask_for_report(session, current_actor(), subject, why=why, now=clock.now())
        made.append(request_.id)

    if not done(form, act):
        return form_page(form, **page), BAD_INPUT
    return see_other(url_for(".making", request_id=made[-1]))


@bp.get("/requests/<int:request_id>")
@requires(SEE)
def making(request_id: int) -> Response:
    """Show how far a report is; lead on to it once it is there."""
    with transaction() as session:
        asked = one_request(session, request_id)
    state = MakingState(asked.state)
    if state is MakingState.DONE:
        if asked.problem:
            flash(asked.problem, "info")
        return see_other(url_for(".show", report_id=asked.report_id))
    page = make_response(
        render_template(
            "audits/reports/making.html",
            asked=asked,
            kind=ReportKind(asked.kind),
            state=state,
            again=LOOK_AGAIN,
        )
    )
    if state is not MakingState.FAILED:
        page.headers["Refresh"] = str(LOOK_AGAIN)
    return page


@bp.get("/<int:report_id>")
@requires(SEE)
def show(report_id: int) -> str:
    """Show the publishable part of a report, with its editions and the files to take."""
    with transaction() as session:
        report = one_report(session, report_id)
        editions = editions_of(session, report)
    return render_template(
        "audits/reports/show.html",
        report=report,
        kind=ReportKind(report.kind),
        html=as_kept(report.public_html),
        editions=editions,
        files=PublicFile,
        may_see_annex=may(current_actor(), ANNEX),
    )


@bp.get("/<int:report_id>/files/<string:ending>")
@requires(SEE)
def copy(report_id: int, ending: str) -> Response:
    """Give out one file of the publishable part, and log who took it."""
    if ending not in set(PublicFile):
        abort(NOT_FOUND)
    file = PublicFile(ending)
    with transaction() as session:
        report = take_public_copy(session, current_actor(), report_id, file, now=clock.now())
    name = file_name(report, ending)
    if file is PublicFile.HTML:
        return _file(as_page(report.title, report.public_html), name, "text/html")
    content = report.public_pdf if file is PublicFile.PDF else report.spreadsheet
    return _file(content, name, PDF if file is PublicFile.PDF else XLSX)


@bp.get("/<int:report_id>/annex")
@requires(ANNEX)
def annex(report_id: int) -> str:
    """Show the restricted annex, which is logged."""
    return _annex_page(report_id, opened(RecipientForm))


@bp.post("/<int:report_id>/annex")
@requires(ANNEX)
def annex_copy(report_id: int) -> Page:
    """Give out the restricted annex as a file, and log who gets it."""
    form = RecipientForm()
    files: list[tuple[bytes, str]] = []

    def act(session: Session) -> None:
        recipient = form.recipient.data or ""
        report = take_annex_copy(session, current_actor(), report_id, recipient, now=clock.now())
        files.append((report.annex_pdf, file_name(report, "pdf", "-annex")))

    if not done(form, act):
        return _annex_page(report_id, form), BAD_INPUT
    content, name = files[-1]
    return _file(content, name, PDF)


def _annex_page(report_id: int, form: RecipientForm) -> str:
    with transaction() as session:
        report = read_annex(session, current_actor(), report_id, now=clock.now())
    return render_template(
        "audits/reports/annex.html",
        report=report,
        html=as_kept(report.annex_html),
        form=form,
        problems=problems_of(form),
    )


def _file(content: bytes | str, name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
