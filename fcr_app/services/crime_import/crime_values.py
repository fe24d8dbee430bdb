"""Reads what a row says about the crime itself: number, words, times, offence, status."""

import re
from datetime import datetime
from functools import partial

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.london import from_london
from fcr_app.domain.numbers import number_key
from fcr_app.domain.removal import RemovalCode
from fcr_app.errors import InvalidValue
from fcr_app.services.crime_choices import normal_class, normal_code
from fcr_app.services.crime_import.crime_row import CrimeReading, Lookups
from fcr_app.services.crimes import LONGEST_NUMBER, month_of, time_problems
from fcr_app.services.imports.reading import LONGEST_QUOTE
from fcr_app.services.imports.times import read_month, read_time

#: Longest text, by column of ``Crime``.
LONGEST = {"offence_text": 200, "location": 300, "summary": 20_000}
#: Only a registrar here moves a rape to N100, so no file can say that of a crime.
_STATUSES = {
    status.value: status for status in CrimeStatus if status is not CrimeStatus.MOVED_TO_N100
}
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


def read_number(row: CrimeReading) -> None:
    """Read the crime number, which every row must have."""
    said = row.said("crime_number")
    key = number_key(said)
    heading = row.heading("crime_number")
    if not key:
        row.refuse(heading, "", "The row has no crime number.")
    elif max(len(key), len(said)) > LONGEST_NUMBER:
        row.refuse(heading, said, f"The number has more than {LONGEST_NUMBER} characters.")
    elif _SHORTENED.fullmatch(said):
        row.refuse(heading, said, "A spreadsheet has shortened this number. Export it as text.")
    row.values |= {"crime_number": said, "number_key": key}


def read_texts(row: CrimeReading) -> None:
    """Read what is kept as it is."""
    for name, longest in LONGEST.items():
        said = row.said(name)
        if len(said) > longest:
            row.refuse(row.heading(name), said, f"The text has more than {longest:,} characters.")
        elif said:
            row.values[name] = said
    incident = row.said("incident_reference")
    key = number_key(incident)
    if max(len(incident), len(key)) > LONGEST_NUMBER:
        row.refuse(
            row.heading("incident_reference"),
            incident,
            f"The reference has more than {LONGEST_NUMBER} characters.",
        )
    elif incident:
        row.values |= {"incident_reference": incident, "incident_key": key}


def read_times(row: CrimeReading, now: datetime) -> None:
    """Read when the crime was reported and recorded, as far as the row says."""
    month = row.said("recorded_month")
    if month:
        row.attempt("recorded_month", month, partial(_read_month, row, now))
    for name in ("reported_at", "recorded_at"):
        said = row.said(name)
        if said:
            row.attempt(name, said, partial(_read_time, row, name))
    for problem in time_problems(row.values.get("reported_at"), row.values.get("recorded_at"), now):
        row.refuse(row.heading(problem.field), row.said(problem.field), str(problem))
    if row.notes:
        row.values["time_note"] = " ".join(row.notes)[:LONGEST_QUOTE]


def _read_month(row: CrimeReading, now: datetime, said: str) -> None:
    month = read_month(said, row.mapping.date_formats)
    if month > month_of(now):
        raise InvalidValue("The month is in the future.")
    row.values["recorded_month"] = month


def _read_time(row: CrimeReading, name: str, said: str) -> None:
    read = read_time(said, row.mapping.date_formats)
    verb = name.removesuffix("_at")
    if read.at is None:
        row.notes.append(f"Only the day it was {verb} is known: {read.day:%-d %B %Y}.")
    else:
        row.values[name] = read.at
    if read.note:
        row.notes.append(f"{verb.capitalize()}: {read.note}")
    if name == "recorded_at":
        row.values["recorded_month"] = month_of(read.at) if read.at else read.day.replace(day=1)


def read_offence(row: CrimeReading, lookups: Lookups) -> None:
    """Find the offence that the row's class and code mean."""
    offence_class = normal_class(row.said("offence_class"))
    code = normal_code(row.said("offence_code"))
    if code:
        row.attempt("offence_code", code, partial(_find_offence, row, lookups, offence_class))
    elif offence_class:
        row.refuse(
            row.heading("offence_class"), offence_class, "The row gives a class without its code."
        )


def _find_offence(row: CrimeReading, lookups: Lookups, offence_class: str, code: str) -> None:
    classes = lookups.classes.get(code, ())
    if not offence_class and len(classes) > 1:
        raise InvalidValue(f"{code} stands in classes {', '.join(classes)}: give the class too.")
    key = (offence_class or "".join(classes), code)
    if key not in lookups.offences:
        raise InvalidValue(
            f"No offence has code {code} in class {offence_class or '(not given)'}. Correct it, or "
            "load the Home Office offence list first."
        )
    offence_id = lookups.offences[key]
    if offence_id is None:
        raise InvalidValue(f"{key[0]} is a reported incident, not a recorded crime.")
    row.values["offence_id"] = offence_id


def read_status(row: CrimeReading, now: datetime) -> None:
    """Read whether the crime still counts, and if not, by which code it left and when."""
    said = row.said("status")
    status = row.mapping.status_words.get(said.lower()) or _STATUSES.get(said.lower())
    if said and status is None:
        row.refuse(
            row.heading("status"),
            said,
            "The mapping does not say whether this means recorded, transferred or cancelled.",
        )
    if status is None:
        return
    row.values["status"] = status.value
    if status is not CrimeStatus.RECORDED:
        _read_removal(row, now)


def _read_removal(row: CrimeReading, now: datetime) -> None:
    code, said = row.said("removal_code").upper(), row.said("removed_at")
    if code not in set(RemovalCode):
        row.refuse(row.heading("removal_code"), code, "A removed crime needs its code, C1 to C5.")
    row.values["removal_code"] = code
    if said:
        row.attempt("removed_at", said, partial(_read_removed_at, row, now))
    else:
        row.refuse(row.heading("removed_at"), "", "A removed crime needs the day it was removed.")


def _read_removed_at(row: CrimeReading, now: datetime, said: str) -> None:
    read = read_time(said, row.mapping.date_formats)
    midnight = datetime(read.day.year, read.day.month, read.day.day)  # noqa: DTZ001 - London
    row.values["removed_at"] = read.at or from_london(midnight)
    if row.values["removed_at"] > now:
        raise InvalidValue("The time it was removed must be in the past.")
