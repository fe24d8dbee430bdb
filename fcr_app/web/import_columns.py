"""Choosing what the columns of a file are, and keeping that under a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import Part
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.services.crime_import.mapping import FIELDS, VICTIM_FIELDS
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.kinds import CRIMES, INCIDENTS, KINDS, ImportKind
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.mappings import find_mapping, keep_mapping
from fcr_app.services.imports.upload import open_file
from fcr_app.services.incident_import.mapping import (
    FIELDS as REPORT_FIELDS,
    NEEDED as REPORT_NEEDED,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, see_other
from fcr_app.web.import_forms import KEPT, fields_of, guessed, read_mapping
from fcr_app.web.import_report_forms import (
    fields_of_report,
    guessed_report,
    read_report_mapping,
)
from fcr_app.web.kept import kept_form

bp = Blueprint("import_columns", __name__, url_prefix="/imports/files/<int:file_id>/columns")

Page = str | Response | tuple[str, int]

#: Where an error of the mapping itself leads.
_BOXES = {
    "victim_name": "victim-name",
    **{name: f"column-{name}" for name in ("crime_number", *REPORT_NEEDED)},
}


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
REPORT_GROUPS = (
    Group(
        "The report",
        "column",
        REPORT_FIELDS,
        (
            "Needed are the reference, the time, what it is opened as, how it came in, who reports "
            "it and what was reported. What is the same in every row can be given below instead."
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Asks:
    """How the columns of one kind of file are asked for."""

    groups: tuple[Group, ...]
    guess: Callable[[Sequence[str]], dict[str, str]]
    fields: Callable[[Any], dict[str, str]]
    read: Callable[[Mapping[str, str], Any], FileMapping]


ASKS = {
    CRIMES.key: Asks(groups=GROUPS, guess=guessed, fields=fields_of, read=read_mapping),
    INCIDENTS.key: Asks(
        groups=REPORT_GROUPS,
        guess=guessed_report,
        fields=fields_of_report,
        read=read_report_mapping,
    ),
}


@bp.get("")
@requires(Permission.IMPORT_CRIMES)
def choose(file_id: int) -> str:
    """Ask what the columns of a file are."""
    name = request.args.get("mapping", "")
    with transaction() as session:
        file = open_file(session, file_id)
        base = find_mapping(session, name) if name else None
    kind = _kind(base.kind if base else request.args.get("kind", ""))
    asks = ASKS[kind.key]
    shown = asks.fields(base) if base else asks.guess(file.headings)
    fields = kept_form() or {**shown, "name": name, "base": name}
    return _page(file_id, file, fields, base, kind=kind)


@bp.post("")
@requires(Permission.IMPORT_CRIMES)
def keep(file_id: int) -> Page:
    """Keep what the columns are under a name."""
    base_name, name = request.form.get("base", ""), request.form.get("name", "").strip()
    with transaction() as session:
        file = open_file(session, file_id)
    base = _found(base_name)
    kind = _kind(base.kind if base else request.form.get("kind", ""))
    try:
        mapping = ASKS[kind.key].read(request.form, base)
        with transaction() as session:
            keep_mapping(session, current_actor(), name, mapping, now=clock.now())
    except InvalidValue as error:
        problem = {"text": str(error), "href": f"#{_BOXES.get(error.field, error.field)}"}
        return _page(file_id, file, request.form, base, problem, kind=kind), BAD_INPUT
    return see_other(url_for("imports.check", file_id=file_id, mapping=name))


def _kind(key: str) -> ImportKind:
    return KINDS.get(key, CRIMES)


def _found(name: str) -> FileMapping | None:
    """Return the mapping that a page was opened with, if it is still there."""
    with transaction() as session:
        try:
            return find_mapping(session, name) if name else None
        except NotFound:
            return None


def _page(  # noqa: PLR0913 - a page has this many sides
    file_id: int,
    file: CsvFile,
    fields: Mapping[str, str],
    base: FileMapping | None,
    problem: dict[str, str] | None = None,
    *,
    kind: ImportKind,
) -> str:
    asks = ASKS[kind.key]
    return render_template(
        "imports/columns.html",
        file_id=file_id,
        file=file,
        samples=file.samples(),
        groups=asks.groups,
        fields=fields,
        kept_dates=asks.fields(base).get("date-style") == KEPT,
        problem=problem,
        kind=kind,
    )
