"""Choosing what the columns of a file are, and keeping that under a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import Part
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.services.crime_import.file import CsvFile
from fcr_app.services.crime_import.mapping import FIELDS, VICTIM_FIELDS, ColumnMapping
from fcr_app.services.crime_import.mappings import find_mapping, keep_mapping
from fcr_app.services.crime_import.upload import open_file
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, see_other
from fcr_app.web.import_forms import KEPT, fields_of, guessed, read_mapping
from fcr_app.web.kept import kept_form

bp = Blueprint("import_columns", __name__, url_prefix="/imports/files/<int:file_id>/columns")

Page = str | Response | tuple[str, int]

#: Where an error of the mapping itself leads.
_BOXES = {"crime_number": "column-crime_number", "victim_name": "victim-name"}
LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class Group:
    """Columns that are asked for together."""

    heading: str
    prefix: str
    names: Mapping[str, str]
    hint: str = ""


GROUPS = (
    Group("The crime", "column", FIELDS, "Only the crime number is needed."),
    Group(
        "People",
        "part",
        {part.value: part.label for part in Part},
        "Staff numbers or e-mail addresses; several in one value stand between semicolons.",
    ),
    Group("The victim", "victim", VICTIM_FIELDS),
    Group(
        "Flags",
        "flag",
        {flag.value: flag.label for flag in Flag},
        "Columns that say yes or no. A column that lists several flags comes below.",
    ),
)


@bp.get("")
@requires(Permission.IMPORT_CRIMES)
def choose(file_id: int) -> str:
    """Ask what the columns of a file are."""
    name = request.args.get("mapping", "")
    with transaction() as session:
        file = open_file(session, file_id)
        base = find_mapping(session, name) if name else None
    shown = fields_of(base) if base else guessed(file.headings)
    fields = kept_form() or {**shown, "name": name, "base": name}
    return _page(file_id, file, fields, base)


@bp.post("")
@requires(Permission.IMPORT_CRIMES)
def keep(file_id: int) -> Page:
    """Keep what the columns are under a name."""
    base_name, name = request.form.get("base", ""), request.form.get("name", "").strip()
    with transaction() as session:
        file = open_file(session, file_id)
    base = _found(base_name)
    try:
        mapping = read_mapping(request.form, base)
        with transaction() as session:
            keep_mapping(session, current_actor(), name, mapping, now=clock.now())
    except InvalidValue as error:
        problem = {"text": str(error), "href": f"#{_BOXES.get(error.field, error.field)}"}
        return _page(file_id, file, request.form, base, problem), BAD_INPUT
    return see_other(url_for("imports.check", file_id=file_id, mapping=name))


def _found(name: str) -> ColumnMapping | None:
    """Return the mapping that a page was opened with, if it is still there."""
    with transaction() as session:
        try:
            return find_mapping(session, name) if name else None
        except NotFound:
            return None


def _page(
    file_id: int,
    file: CsvFile,
    fields: Mapping[str, str],
    base: ColumnMapping | None,
    problem: dict[str, str] | None = None,
) -> str:
    return render_template(
        "imports/columns.html",
        file_id=file_id,
        file=file,
        samples=_samples(file),
        groups=GROUPS,
        fields=fields,
        kept_dates=fields_of(base).get("date-style") == KEPT,
        problem=problem,
    )


def _samples(file: CsvFile) -> list[tuple[str, str]]:
    """Return each heading with the first value under it, to recognise the column by."""
    first = next(file.records(), None)
    cells = [*(first.cells if first else ()), *[""] * len(file.headings)]
    return [
        (heading, cell.strip()[:LONGEST_SAMPLE])
        for heading, cell in zip(file.headings, cells, strict=False)
    ]
