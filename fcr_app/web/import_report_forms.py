"""Choosing the columns of a file of reports: the fields of the page, from a mapping and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fcr_app.errors import InvalidValue
from fcr_app.services.imports.mapping import DATE_FORMATS
from fcr_app.services.incident_import.mapping import CLOSED, FIELDS, IncidentMapping
from fcr_app.web.import_forms import DAY_FIRST, KEPT, MONTH_FIRST, MONTH_FIRST_FORMATS

#: What other systems call things, in small letters without spaces; a later name counts for more.
GUESSES: Mapping[str, Sequence[str]] = {
    "reference": ("incident", "incidentno", "cad", "cadref", "log", "reference"),
    "first_reported_at": ("created", "calltime", "reported", "firstreported", "firstreportedat"),
    "opening_code": ("type", "incidenttype", "openingcode", "openedas"),
    "route": ("method", "source", "callsource", "route"),
    "reporter_type": ("callertype", "reportertype", "reporter"),
    "account": ("text", "details", "summary", "account"),
    "victim_name": ("victim", "victimname"),
    "location": ("place", "address", "location"),
    "officer": ("oic", "officer"),
    "unit": ("bcu", "team", "unit"),
    "crime_number": ("crime", "crimeno", "crimenumber"),
}


def guessed_report(headings: Sequence[str]) -> dict[str, str]:
    """Return what the headings of a file seem to be, for a person to put right."""
    bare = {"".join(filter(str.isalnum, heading)).lower(): heading for heading in headings}
    found = {
        f"column-{field}": bare[name]
        for field, names in GUESSES.items()
        for name in names
        if name in bare
    }
    return {"date-style": DAY_FIRST, **found}


def fields_of_report(mapping: IncidentMapping | None) -> dict[str, str]:
    """Return a mapping as the fields of the page that chooses columns."""
    if mapping is None:
        return {}
    fields = {f"column-{name}": heading for name, heading in mapping.columns.items()}
    fields["constants"] = "\n".join(f"{name} = {said}" for name, said in mapping.constants.items())
    fields["report-words"] = "\n".join(
        f"{name}: {theirs} = {ours}"
        for name, words in mapping.words.items()
        for theirs, ours in words.items()
    )
    styles = {tuple(DATE_FORMATS): DAY_FIRST, MONTH_FIRST_FORMATS: MONTH_FIRST}
    fields["date-style"] = styles.get(tuple(mapping.date_formats), KEPT)
    return fields


def read_report_mapping(form: Mapping[str, str], base: IncidentMapping | None) -> IncidentMapping:
    """Return the mapping that was chosen.

    Args:
        base: The mapping it was made from; what the page can't show is kept from it.

    Raises:
        InvalidValue: If it could take no report, or words in it are not understood.
    """
    style = form.get("date-style", DAY_FIRST)
    formats: Sequence[str] = MONTH_FIRST_FORMATS if style == MONTH_FIRST else DATE_FORMATS
    if style == KEPT and base:
        formats = base.date_formats
    mapping = replace(
        base or IncidentMapping(columns={}),
        columns={n: heading for n in FIELDS if (heading := form.get(f"column-{n}", ""))},
        constants=_constants(form),
        date_formats=formats,
        words=_words(form),
    )
    mapping.check()
    return mapping


def _constants(form: Mapping[str, str]) -> dict[str, str]:
    """Read lines such as "route = 101"."""
    found: dict[str, str] = {}
    for line in _lines(form, "constants"):
        name, _, said = (part.strip() for part in line.partition("="))
        if name not in FIELDS or not said:
            raise InvalidValue(
                f"Write each line like “field = value”. “{line}” is not one of those; the fields "
                f"are: {', '.join(FIELDS)}.",
                field="constants",
            )
        found[name] = said
    return found


def _words(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Read lines such as "route: Emergency call = 999"."""
    found: dict[str, dict[str, str]] = {}
    for line in _lines(form, "report-words"):
        name, _, rest = (part.strip() for part in line.partition(":"))
        theirs, _, ours = (part.strip().lower() for part in rest.rpartition("="))
        known = {one.value for one in CLOSED[name]} if name in CLOSED else set()
        if not theirs or ours not in known:
            raise InvalidValue(
                f"Write each line like “field: their word = our word”. “{line}” is not one of "
                f"those. {_ours(name)}",
                field="report-words",
            )
        found.setdefault(name, {})[theirs] = ours
    return found


def _ours(name: str) -> str:
    if name not in CLOSED:
        return f"The fields are: {', '.join(CLOSED)}."
    return f"Our words for {name} are: {', '.join(one.value for one in CLOSED[name])}."


def _lines(form: Mapping[str, str], field: str) -> list[str]:
    text = form.get(field, "").replace("\0", "")
    return [line.strip() for line in text.splitlines() if line.strip()]
