"""Who looked at a case and who changed it, for the registrar."""

from flask import Blueprint, Response, render_template, request
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.reports.log_copy import log_csv, log_file_name
from fcr_app.services.logs_view import LogEntry, Shown, case_log, export_case_log
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of

bp = Blueprint("logs", __name__, url_prefix="/cases/<string:reference>")

TABS = {
    Shown.ALL: "Everything",
    Shown.LOOKS: "Looks",
    Shown.COPIES: "Copies given out",
    Shown.CHANGES: "Changes",
}


class ExportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who gets a copy of the log."""

    recipient = StringField(
        "Who gets this copy?",
        description="A name and an office, for example Professional Standards. It is logged.",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-two-thirds"}},
    )


@bp.get("/log")
@requires(Permission.SEE_LOGS)
def case(reference: str) -> str:
    """Show a page of the log."""
    return _page(reference, opened(ExportForm))


@bp.post("/log")
@requires(Permission.SEE_LOGS)
def export(reference: str) -> Response | tuple[str, int]:
    """Give out the whole log as a file, and log who gets it."""
    form = ExportForm()
    entries: list[LogEntry] = []
    if not done(
        form,
        lambda session: entries.extend(
            export_case_log(
                session,
                current_actor(),
                reference,
                form.recipient.data or "",
                now=clock.now(),
            )
        ),
    ):
        return _page(reference, form), BAD_INPUT
    return Response(
        log_csv(entries),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{log_file_name(reference)}"'},
    )


def _page(reference: str, form: ExportForm) -> str:
    asked = request.args.get("show", "")
    shown = Shown(asked) if asked in set(Shown) else Shown.ALL
    after = request.args.get("after", "")
    with transaction() as session:
        page = case_log(
            session, current_actor(), reference, now=clock.now(), shown=shown, after=after
        )
    return render_template(
        "logs/case.html",
        page=page,
        tabs=TABS,
        is_first=not after,
        form=form,
        problems=problems_of(form),
    )
