"""Imports of crimes and of reports: choose a file, say what its columns are, try it, take it."""

from flask import (
    Blueprint,
    Response as FlaskResponse,
    current_app,
    flash,
    make_response,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import BadFile
from fcr_app.reports.import_problems import problems_csv, problems_file_name
from fcr_app.services.imports import worker
from fcr_app.services.imports.kinds import CRIMES, KINDS
from fcr_app.services.imports.mappings import find_mapping, mapping_names
from fcr_app.services.imports.run_views import (
    count_problems,
    list_runs,
    see_problems,
    see_run,
    take_problems,
)
from fcr_app.services.imports.runs import Wanted, begin, wake
from fcr_app.services.imports.upload import keep_file, open_file
from fcr_app.services.paging import MOST_COUNTED, read_cursor
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, problems_of, see_other
from fcr_app.web.import_forms import UploadForm

bp = Blueprint("imports", __name__, url_prefix="/imports")

Page = str | Response | tuple[str, int]

#: How often the page of a running import looks again, in seconds.
LOOK_AGAIN = 3


@bp.get("")
@requires(Permission.IMPORT_CRIMES)
def index() -> str:
    """List the imports there were."""
    cursor = read_cursor(request.args.get("after", ""), request.args.get("before", ""))
    with transaction() as session:
        page = list_runs(session, cursor, now=clock.now())
    return render_template(
        "imports/index.html",
        page=page,
        before=url_for(".index", before=page.before) if page.before else "",
        after=url_for(".index", after=page.after) if page.after else "",
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.IMPORT_CRIMES)
def new() -> Page:
    """Ask for a file, and keep it."""
    form = UploadForm()
    with transaction() as session:
        form.offer({key: mapping_names(session, key) for key in KINDS})
    if request.method == "GET":
        return _upload_page(form)
    if not form.validate():
        return _upload_page(form), BAD_INPUT
    try:
        with transaction() as session:
            file_id = keep_file(
                session,
                current_actor(),
                form.file.data.filename,
                form.file.data.read(),
                now=clock.now(),
            )
    except BadFile as error:
        form.file.errors = [str(error)]
        return _upload_page(form), BAD_INPUT
    if not form.mapping.data:
        kind = form.kind.data if form.kind.data != CRIMES.key else None
        return see_other(url_for("import_columns.choose", file_id=file_id, kind=kind))
    return see_other(url_for(".check", file_id=file_id, mapping=form.mapping.data))


def _upload_page(form: UploadForm) -> str:
    return render_template("imports/new.html", form=form, problems=problems_of(form))


@bp.get("/files/<int:file_id>")
@requires(Permission.IMPORT_CRIMES)
def check(file_id: int) -> Page:
    """Show what would be read from a file, before anything is done with it."""
    name = request.args.get("mapping", "")
    with transaction() as session:
        file = open_file(session, file_id)
        mapping = find_mapping(session, name)
    problem = ""
    try:
        mapping.check_headings(file.headings)
    except BadFile as error:
        problem = str(error)
    page = render_template(
        "imports/check.html",
        file=file,
        file_id=file_id,
        name=name,
        unused=[heading for heading in file.headings if heading not in mapping.headings()],
        mapping=mapping,
        problem=problem,
    )
    return (page, BAD_INPUT) if problem else page


@bp.post("/files/<int:file_id>")
@requires(Permission.IMPORT_CRIMES)
def run(file_id: int) -> Response:
    """Begin an import, or a trial of one."""
    actor, name = current_actor(), request.form.get("mapping", "")
    with transaction() as session:
        wanted = Wanted(
            file=open_file(session, file_id),
            mapping_name=name,
            mapping=find_mapping(session, name),
            dry_run=request.form.get("dry_run") == "yes",
            file_id=file_id,
        )
        run_id = begin(session, actor, wanted, now=clock.now())
    worker.start(current_app.app_context, run_id, actor)
    return see_other(url_for(".show", run_id=run_id))


@bp.get("/<int:run_id>")
@requires(Permission.IMPORT_CRIMES)
def show(run_id: int) -> FlaskResponse:
    """Show how far an import is, and what it could not take."""
    now = clock.now()
    after, before = (request.args.get(key, 0, type=int) for key in ("after", "before"))
    with transaction() as session:
        seen = see_run(session, run_id, now=now)
        problems = see_problems(
            session, current_actor(), run_id, after=after, before=before, now=now
        )
        count = count_problems(session, run_id, most=MOST_COUNTED)
    counted = f"{min(count, MOST_COUNTED):,}" + ("+" if count > MOST_COUNTED else "")
    page = make_response(
        render_template(
            "imports/show.html", run=seen, problems=problems, count=counted, again=LOOK_AGAIN
        )
    )
    if not seen.over and not seen.stopped:
        page.headers["Refresh"] = str(LOOK_AGAIN)
    return page


@bp.post("/<int:run_id>")
@requires(Permission.IMPORT_CRIMES)
def go_on(run_id: int) -> Response:
    """Go on with an import that stands still."""
    with transaction() as session:
        open_file(session, see_run(session, run_id, now=clock.now()).file_id)
        wake(session, run_id, now=clock.now())
    worker.start(current_app.app_context, run_id, current_actor())
    flash("The import goes on where it stopped.", "info")
    return see_other(url_for(".show", run_id=run_id))


@bp.get("/<int:run_id>/problems.csv")
@requires(Permission.IMPORT_CRIMES)
def problems(run_id: int) -> FlaskResponse:
    """Hand over the list of what could not be taken."""
    with transaction() as session:
        found = take_problems(session, current_actor(), run_id, now=clock.now())
        content = "".join(problems_csv(found))
    response = make_response(content)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{problems_file_name(run_id)}"'
    return response
