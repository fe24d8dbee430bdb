"""Imports of crimes and of reports: hand over a file, say how to read it, try it, take it.

The work goes on in the background; ask the import how far it is.
"""

from typing import Any

from flask import Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.http import parse_options_header

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, CSV, ROOT, Area, file_reply, reply
from fcr_app.api.schemas.imports import (
    CheckAsked,
    FileAnswer,
    MappingAnswer,
    MappingAsked,
    MappingGiven,
    MappingsAnswer,
    MappingsAsked,
    ProblemsAnswer,
    ProblemsAsked,
    RunAnswer,
    RunGiven,
    RunsAnswer,
    RunsAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.errors import BadFile, InvalidValue
from fcr_app.reports.import_problems import problems_csv, problems_file_name
from fcr_app.services.imports import worker
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.kinds import KINDS
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.mappings import find_mapping, keep_mapping, mapping_names
from fcr_app.services.imports.run_views import list_runs, see_problems, see_run, take_problems
from fcr_app.services.imports.runs import Wanted, begin, wake
from fcr_app.services.imports.upload import keep_file, open_file
from fcr_app.services.paging import read_cursor
from fcr_app.services.transaction import transaction

area = Area("Imports", "Files of crimes and of reports from other systems.")

IMPORT = Permission.IMPORT_CRIMES
UNNAMED = "import.csv"


@area.reads("/imports", needs=IMPORT, asks=RunsAsked, gives=RunsAnswer)
def find(asked: dict[str, str]) -> Response:
    """Read a page of the imports there were, the newest first."""
    with transaction() as session:
        page = list_runs(session, read_cursor(asked["after"], asked["before"]), now=clock.now())
    return reply(RunsAnswer, page)


@area.reads("/imports/mappings", needs=IMPORT, asks=MappingsAsked, gives=MappingsAnswer)
def mappings(asked: dict[str, str]) -> Response:
    """Read which mappings there are for a kind of file."""
    with transaction() as session:
        names = mapping_names(session, asked["kind"])
    return reply(MappingsAnswer, {"kind": asked["kind"], "names": names})


@area.reads("/imports/mapping", needs=IMPORT, asks=MappingAsked, gives=MappingAnswer)
def mapping(asked: dict[str, str]) -> Response:
    """Read one mapping by its name."""
    with transaction() as session:
        return _mapping(asked["name"], find_mapping(session, asked["name"]))


@area.writes(
    "/imports/mappings", needs=IMPORT, takes=MappingGiven, gives=MappingAnswer, status=CREATED
)
def keep(given: dict[str, Any]) -> Response:
    """Keep a mapping under a name, for this import and those to come."""
    kept, name = KINDS[given["kind"]].mapping.from_json(given["mapping"]), given["name"].strip()
    with transaction() as session:
        if not given["replaces"] and name in mapping_names(session, given["kind"]):
            raise InvalidValue(
                "There is a mapping of this name. Choose another, or say that this replaces it.",
                field="name",
            )
        keep_mapping(session, current_actor(), name, kept, now=clock.now())
    return _mapping(name, kept, CREATED)


@area.uploads("/imports/files", needs=IMPORT, takes=CSV, gives=FileAnswer, status=CREATED)
def upload() -> Response:
    """Hand over a file as it comes; it is kept for a day."""
    if request.mimetype != CSV.type:
        raise UnsupportedMediaType
    with transaction() as session:
        file_id = keep_file(
            session, current_actor(), _file_name(), request.get_data(), now=clock.now()
        )
        file = open_file(session, file_id)
    place = f"{ROOT}/imports/files/{file_id}"
    return reply(FileAnswer, _file(file_id, file, None), status=CREATED, place=place)


@area.reads("/imports/files/<id:file_id>", needs=IMPORT, asks=CheckAsked, gives=FileAnswer)
def check(asked: dict[str, str], file_id: int) -> Response:
    """Read what a file’s columns are, and what a mapping would read of it."""
    with transaction() as session:
        file = open_file(session, file_id)
        named = find_mapping(session, asked["mapping"]) if asked["mapping"] else None
    return reply(FileAnswer, _file(file_id, file, named))


@area.writes("/imports", needs=IMPORT, takes=RunGiven, gives=RunAnswer, status=CREATED)
def run(given: dict[str, Any]) -> Response:
    """Begin an import, or a trial of one. It goes on in the background."""
    now, name = clock.now(), given["mapping"]
    with transaction() as session:
        wanted = Wanted(
            file=open_file(session, given["file_id"]),
            mapping_name=name,
            mapping=find_mapping(session, name),
            dry_run=given["dry_run"],
            file_id=given["file_id"],
        )
        run_id = begin(session, current_actor(), wanted, now=now)
    answer = _run(run_id, CREATED)
    worker.start(current_app.app_context, run_id, current_actor())
    return answer


@area.reads("/imports/<id:run_id>", needs=IMPORT, gives=RunAnswer)
def show(run_id: int) -> Response:
    """Read how far an import is, and what came of it."""
    return _run(run_id)


@area.writes("/imports/<id:run_id>/going-on", needs=IMPORT, gives=RunAnswer)
def go_on(run_id: int) -> Response:
    """Go on with an import that stands still, where it stopped."""
    with transaction() as session:
        open_file(session, see_run(session, run_id, now=clock.now()).file_id)
        wake(session, run_id, now=clock.now())
    answer = _run(run_id)
    worker.start(current_app.app_context, run_id, current_actor())
    return answer


@area.reads("/imports/<id:run_id>/problems", needs=IMPORT, asks=ProblemsAsked, gives=ProblemsAnswer)
def problems(asked: dict[str, int], run_id: int) -> Response:
    """Read what an import could not take, with the line and the column of each value."""
    now = clock.now()
    with transaction() as session:
        see_run(session, run_id, now=now)
        found = see_problems(session, current_actor(), run_id, now=now, **asked)
    return reply(ProblemsAnswer, found)


@area.reads("/imports/<id:run_id>/problems.csv", needs=IMPORT, gives=CSV)
def problems_as_csv(run_id: int) -> Response:
    """Take the whole list of what an import could not take, to mend the extract with."""
    with transaction() as session:
        found = take_problems(session, current_actor(), run_id, now=clock.now())
        content = "".join(problems_csv(found))
    return file_reply(content, CSV, problems_file_name(run_id))


def _file_name() -> str:
    _, said = parse_options_header(request.headers.get("Content-Disposition", ""))
    return "".join(filter(str.isprintable, said.get("filename", ""))).strip() or UNNAMED


def _file(file_id: int, file: CsvFile, named: FileMapping | None) -> dict[str, Any]:
    problem = ""
    try:
        if named:
            named.check_headings(file.headings)
    except BadFile as error:
        problem = str(error)
    read = named.headings() if named else []
    return {
        "id": file_id,
        "name": file.name,
        "encoding": file.encoding,
        "separator": file.separator,
        "columns": [{"heading": heading, "value": value} for heading, value in file.samples()],
        "problem": problem,
        "unused": [heading for heading in file.headings if heading not in read],
        "remarks": named.remarks() if named else [],
    }


def _mapping(name: str, kept: FileMapping, status: int = 200) -> Response:
    said = {"name": name, "kind": kept.kind, "mapping": kept.to_json()}
    place = f"{ROOT}/imports/mappings" if status == CREATED else ""
    return reply(MappingAnswer, said, status=status, place=place)


def _run(run_id: int, status: int = 200) -> Response:
    with transaction() as session:
        found = see_run(session, run_id, now=clock.now())
    place = f"{ROOT}/imports/{run_id}" if status == CREATED else ""
    return reply(RunAnswer, found, status=status, place=place)
