"""Reads what a row says about a report, by the same rules as a report that is typed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import number_key
from fcr_app.errors import InvalidValue
from fcr_app.services.equality.columns import COLUMNS, CodeLists, Said, read_columns
from fcr_app.services.imports.mapping import FALSE_WORDS, TRUE_WORDS
from fcr_app.services.imports.reading import LONGEST_QUOTE, Reading
from fcr_app.services.imports.times import read_time
from fcr_app.services.incident_import.mapping import CLOSED, FIELDS, NEEDED, IncidentMapping
from fcr_app.services.incidents import LONGEST_REFERENCE, NewIncident, shape_problems

IncidentReading = Reading[IncidentMapping]
Word = TypeVar("Word", bound=StrEnum)

TAKEN_WITHOUT = "The report was taken without it."
LONGEST = {"location": 300, "other_force_reference": 60, "account": 20_000}
#: Stands for a crime whose number is looked up when the batch is written.
LATER = -1
_YES_OR_NO = dict.fromkeys(TRUE_WORDS, "yes") | dict.fromkeys(FALSE_WORDS, "no")


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """What the values of a file are looked up in, read once.

    Attributes:
        people: Id by staff number in capitals and by e-mail address in lower case.
        units: Id by name in lower case.
        equality: The values of each item about equality.
    """

    people: Mapping[str, int]
    units: Mapping[str, int]
    equality: CodeLists = field(default_factory=dict)


def read_reference(row: IncidentReading) -> str:
    """Read the reference, which every row must have; return it as it is compared."""
    said = row.said("reference")
    key = number_key(said)
    if not key:
        row.refuse(row.heading("reference"), "", "The row has no reference.")
    elif max(len(key), len(said)) > LONGEST_REFERENCE:
        row.refuse(
            row.heading("reference"),
            said,
            f"The reference has more than {LONGEST_REFERENCE} characters.",
        )
    row.values |= {"reference": said, "reference_key": key}
    return key


def read_report(row: IncidentReading, lookups: Lookups, now: datetime) -> NewIncident | None:
    """Read a whole report; None where something it needs can't be read.

    Its row may have been refused all the same, for something else.
    """
    for name in NEEDED:
        if name != "reference" and not row.said(name):
            row.refuse(row.heading(name), "", f"The row has no “{FIELDS[name]}”.")
    if row.said("first_reported_at"):
        row.attempt("first_reported_at", row.said("first_reported_at"), partial(_read_time, row))
    route = _word(row, "route", Route)
    opening = _word(row, "opening_code", OpeningCode)
    reporter = _word(row, "reporter_type", ReporterType)
    if row.refused or route is None or opening is None or reporter is None:
        return None  # what is missing was told above
    _read_lengths(row)
    new = NewIncident(
        reference=row.said("reference"),
        first_reported_at=row.values["first_reported_at"],
        time_note=" ".join(row.notes)[:LONGEST_QUOTE],
        received_by_id=_person(row, lookups, "received_by"),
        officer_id=_person(row, lookups, "officer"),
        unit_id=_unit(row, lookups),
        route=route,
        sarc_case=_word(row, "sarc_case", SarcCase),
        other_force=row.said("other_force"),
        other_force_reference=row.said("other_force_reference"),
        found_in_crime_id=LATER if row.said("found_in") else None,
        reporter_type=reporter,
        reporter=row.said("reporter"),
        victim_name=row.said("victim_name"),
        victim_traced=_known(row, "victim_traced"),
        victim_confirmed=_known(row, "victim_confirmed"),
        victim_willing=_known(row, "victim_willing"),
        account=row.said("account"),
        location=row.said("location"),
        opening_code=opening,
        vulnerabilities=_vulnerabilities(row),
    )
    for problem in shape_problems(new, now):
        row.refuse(row.heading(problem.field), row.said(problem.field), str(problem))
    return new


def read_equality(row: IncidentReading, lookups: Lookups) -> Said:
    """Read what a row says about the victim’s equality."""

    def leave_out(name: str, value: str, reason: str) -> None:
        row.leave_out(row.heading(f"victim_{name}"), value, reason)

    return read_columns(
        {name: row.said(f"victim_{name}") for name in COLUMNS},
        lookups.equality,
        tuple(row.mapping.date_formats),
        to_london(row.values["first_reported_at"]).date(),
        leave_out,
    )


def _read_time(row: IncidentReading, said: str) -> None:
    read = read_time(said, row.mapping.date_formats)
    if read.at is None:
        raise InvalidValue("The clock needs the time of day as well as the day.")
    if read.note:
        row.notes.append(read.note)
    row.values["first_reported_at"] = read.at


def _word(row: IncidentReading, name: str, known: type[Word]) -> Word | None:
    """Read one of a few values: as the mapping calls it, or by our own words for it."""
    said = row.said(name)
    if not said:
        return None
    found = _meant(row, name, said)
    if found is None:
        row.refuse(
            row.heading(name),
            said,
            f"Not one of the values of “{FIELDS[name]}”. Add a line for it to the mapping.",
        )
        return None
    return known(found)


def _meant(row: IncidentReading, name: str, said: str) -> str | None:
    word = said.strip().lower()
    ours = {one.value: one.value for one in CLOSED[name]}
    ours |= {one.label.lower(): one.value for one in CLOSED[name]}  # type: ignore[attr-defined] # each has one
    if CLOSED[name] is Known:
        ours |= _YES_OR_NO
    return row.mapping.words.get(name, {}).get(word) or ours.get(word)


def _known(row: IncidentReading, name: str) -> Known:
    return _word(row, name, Known) or Known.UNKNOWN


def _vulnerabilities(row: IncidentReading) -> frozenset[Vulnerability]:
    found = set()
    for said in re.split(r"[;,|]", row.said("vulnerabilities")):
        meant = _meant(row, "vulnerabilities", said)
        if meant:
            found.add(Vulnerability(meant))
        elif said.strip():
            row.leave_out(
                row.heading("vulnerabilities"),
                said.strip(),
                f"Not a vulnerability that the mapping knows. {TAKEN_WITHOUT}",
            )
    return frozenset(found)


def _person(row: IncidentReading, lookups: Lookups, name: str) -> int | None:
    said = row.said(name)
    person = lookups.people.get(said.upper()) or lookups.people.get(said.lower())
    if said and person is None:
        row.leave_out(
            row.heading(name),
            said,
            "Nobody here has this staff number or e-mail address. The report was taken without "
            "them.",
        )
    return person


def _unit(row: IncidentReading, lookups: Lookups) -> int | None:
    said = row.said("unit")
    unit = lookups.units.get(said.lower())
    if said and unit is None:
        row.leave_out(row.heading("unit"), said, f"There is no such unit. {TAKEN_WITHOUT}")
    return unit


def _read_lengths(row: IncidentReading) -> None:
    for name, longest in LONGEST.items():
        if len(row.said(name)) > longest:
            row.refuse(
                row.heading(name), row.said(name), f"The text has more than {longest:,} characters."
            )
