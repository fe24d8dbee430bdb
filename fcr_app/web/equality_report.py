"""The yearly equality report: writing it, publishing it, and reading what was published."""

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.equality_figures.period import asked_period, last_twelve_months
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.errors import InvalidValue
from fcr_app.reports.equality_report import as_published, body, make, report_csv, report_of
from fcr_app.services.equality_figures.report import (
    begin as begin_report,
    check_to_publish,
    draft_of,
    file_name,
    next_edition,
    period_of,
    publish as publish_report,
    published,
    report_page,
    to_publish,
    words_of,
    write,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.equality_report_forms import CorrectionForm, PeriodForm, PublishForm, WordsForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("equality_report", __name__, url_prefix="/figures/equality/reports")

SEE, WRITE = Permission.SEE_EQUALITY_FIGURES, Permission.WRITE_EQUALITY_REPORT
Page = str | Response | tuple[str, int]


@bp.get("")
@requires(SEE)
def index() -> str:
    """Show what was published, and to registrars what is being written."""
    may_write = may(current_actor(), WRITE)
    with transaction() as session:
        found = report_page(session, drafts=may_write, after=request.args.get("after", type=int))
    return render_template(
        "equality_report/index.html", found=found, may_write=may_write, period_of=period_of
    )


@bp.get("/<int:report_id>")
@requires(SEE)
def show(report_id: int) -> str:
    """Show a published edition."""
    with transaction() as session:
        report = published(session, report_id)
    return render_template(
        "equality_report/show.html",
        report=report,
        period=period_of(report),
        html=as_published(report.html),
    )


@bp.get("/<int:report_id>/pdf")
@requires(SEE)
def as_pdf(report_id: int) -> Response:
    """Give out a published edition as it was printed."""
    with transaction() as session:
        report = published(session, report_id, with_pdf=True)
    return _file(report.pdf, file_name(report, "pdf"), "application/pdf")


@bp.get("/<int:report_id>/figures.csv")
@requires(SEE)
def as_file(report_id: int) -> Response:
    """Give out the tables of a published edition."""
    with transaction() as session:
        report = published(session, report_id)
    return _file("".join(report_csv(report.figures)), file_name(report, "csv"), "text/csv")


@bp.route("/new", methods=["GET", "POST"])
@requires(WRITE)
def new() -> Page:
    """Begin a report about whole months."""
    today = to_london(clock.now()).date()
    page = {
        "heading": "Write an equality report",
        "button": "Begin",
        "back": url_for(".index"),
        "note": "Choose whole months. A report that was begun about the same months is taken up.",
    }
    if request.method == "GET":
        usual = last_twelve_months(today)
        months = {"first": f"{usual.first:%Y-%m}", "last": f"{usual.last:%Y-%m}"}
        return form_page(opened(PeriodForm, **months), **page)
    form = PeriodForm()
    made: list[int] = []

    def act(session: Session) -> None:
        try:
            period = asked_period(form.first.data or "", form.last.data or "", today)
        except InvalidValue as error:
            # The figures' pages call the same two boxes from and to.
            name = {"from": "first", "to": "last"}.get(error.field, error.field)
            raise InvalidValue(str(error), field=name) from error
        made.append(begin_report(session, current_actor(), period, now=clock.now()).id)

    if not done(form, act):
        return form_page(form, **page), BAD_INPUT
    return see_other(url_for(".edit", draft_id=made[-1]))


@bp.route("/drafts/<int:draft_id>", methods=["GET", "POST"])
@requires(WRITE)
def edit(draft_id: int) -> Page:
    """Write what stands round the figures; kept as it is, finished or not."""
    with transaction() as session:
        draft = draft_of(session, draft_id)
        said, period, version = vars(words_of(draft)), period_of(draft), draft.version
    page = {
        "heading": "Equality report",
        "caption": period.label,
        "button": "Keep what I wrote",
        "back": url_for(".index"),
        "version": version,
        "note": "The figures are put in when you look at it and when you publish it. Name nobody, "
        "and nothing that somebody could be known by.",
    }
    if request.method == "GET":
        return form_page(opened(WordsForm, **said), **page)
    form = WordsForm()
    kept = done(
        form,
        lambda session: write(
            session,
            current_actor(),
            draft_id,
            form.words(),
            now=clock.now(),
            version=request.form.get("version", type=int),
        ),
    )
    if not kept:
        return form_page(form, **page), BAD_INPUT
    flash("What you wrote is kept. Nobody else sees it before you publish it.", "success")
    return see_other(url_for(".preview", draft_id=draft_id))


@bp.get("/drafts/<int:draft_id>/preview")
@requires(WRITE)
def preview(draft_id: int) -> str:
    """Show a report as it would be published now."""
    now = clock.now()
    with transaction() as session:
        report = report_of(to_publish(session, draft_id, now=now), now=now)
    return render_template(
        "equality_report/preview.html",
        report=report,
        html=as_published(body(report)),
        draft_id=draft_id,
    )


@bp.route("/drafts/<int:draft_id>/publish", methods=["GET", "POST"])
@requires(WRITE)
def publish(draft_id: int) -> Page:
    """Publish a report, once more looked at."""
    with transaction() as session:
        draft = draft_of(session, draft_id)
        period, version = period_of(draft), draft.version
        kind = PublishForm if next_edition(session, period) == 1 else CorrectionForm
    page = {
        "heading": "Publish the equality report",
        "caption": period.label,
        "button": "Publish it",
        "back": url_for(".preview", draft_id=draft_id),
        "version": version,
        "warning": "What is published is never changed: a correction is another edition.",
    }
    if request.method == "GET":
        return form_page(opened(kind), **page)
    form = kind()
    published_id = _published(form, draft_id, request.form.get("version", 0, type=int))
    if published_id is None:
        return form_page(form, **page), BAD_INPUT
    flash("The report is published.", "success")
    return see_other(url_for(".show", report_id=published_id))


def _published(form: PublishForm | CorrectionForm, draft_id: int, version: int) -> int | None:
    """Draw the report outside any transaction, since that takes a moment, then publish it.

    Returns:
        Its id; None where something is missing, which stands at the fields.
    """
    why = form.why.data or "" if isinstance(form, CorrectionForm) else ""
    if not done(form, lambda session: check_to_publish(session, draft_of(session, draft_id), why)):
        return None
    now = clock.now()
    with transaction() as session:
        written = to_publish(session, draft_id, now=now, version=version)
    drawn = make(report_of(written, now=now, why=why))
    made: list[int] = []

    def act(session: Session) -> None:
        made.append(
            publish_report(
                session, current_actor(), draft_id, drawn, why=why, now=now, version=version
            ).id
        )

    return made[0] if done(form, act) else None


def _file(content: bytes | str, name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
