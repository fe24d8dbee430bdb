"""Reads what a row says about people: officers, victims, and the flags about them."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import Part
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import name_key
from fcr_app.services.crime_import.crime_row import TAKEN_WITHOUT, CrimeReading, Lookups
from fcr_app.services.crimes import LONGEST_NAME
from fcr_app.services.equality.columns import COLUMNS, Said, read_columns
from fcr_app.services.imports.mapping import FALSE_WORDS

_BUSINESS = {"business", "organisation", "organization", "company", "b", "o"}
_PERSON = {"", "person", "individual", "p"}
_FLAGS = {flag.value: flag for flag in Flag}
_GROUNDS = {ground.value: ground for ground in EnhancedGround} | {
    ground.label.lower(): ground for ground in EnhancedGround
}


def read_unit(row: CrimeReading, lookups: Lookups) -> None:
    """Find the unit that a row names."""
    said = row.said("unit")
    unit = lookups.units.get(said.lower())
    if said and unit is None:
        row.leave_out(row.heading("unit"), said, f"There is no such unit. {TAKEN_WITHOUT}")
    if unit is not None:
        row.values["unit_id"] = unit


def read_people(row: CrimeReading, lookups: Lookups) -> list[tuple[Part, int]]:
    """Find the officers that a row names; they are never invented."""
    found: list[tuple[Part, int]] = []
    for heading, part in row.mapping.people:
        for said in row.cell(heading).split(row.mapping.people_separator or None):
            name = said.strip()
            if name:
                _add_person(row, lookups, found, (heading, part, name))
    officers = [person for part, person in found if part is Part.OFFICER_IN_CASE]
    if officers:
        row.values["oic_id"] = officers[0]
    return found


def _add_person(
    row: CrimeReading, lookups: Lookups, found: list[tuple[Part, int]], named: tuple[str, Part, str]
) -> None:
    heading, part, name = named
    person = lookups.people.get(name.upper()) or lookups.people.get(name.lower())
    second = part is Part.OFFICER_IN_CASE and any(other is part for other, _ in found)
    if person is None:
        row.leave_out(
            heading,
            name,
            "Nobody here has this staff number or e-mail address. The crime was taken without "
            "them.",
        )
    elif (part, person) in found:
        return
    elif second:
        row.leave_out(heading, name, f"A crime has one officer in the case. {TAKEN_WITHOUT}")
    else:
        found.append((part, person))


def read_victims(row: CrimeReading) -> list[dict[str, Any]]:
    """Read the victims that a row names."""
    victims = []
    for columns in row.mapping.victims:
        said = {name: row.cell(heading) for name, heading in columns.items()}
        for name in ("name", "speaks_for"):
            if len(said.get(name, "")) > LONGEST_NAME:
                row.refuse(
                    columns[name], said[name], f"A name has more than {LONGEST_NAME} characters."
                )
        if said["name"]:
            victims.append(_victim(row, columns, said))
    return victims


def _victim(
    row: CrimeReading, columns: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, Any]:
    kind, ground = said.get("kind", "").lower(), said.get("enhanced_ground", "")
    is_child = "is_child" in said and _yes(row, columns["is_child"], said["is_child"])
    if kind not in _BUSINESS | _PERSON:
        row.leave_out(columns["kind"], kind, "Not a person or a business: a person was assumed.")
    known = _GROUNDS.get(ground.lower())
    if ground and known is None:
        row.leave_out(
            columns["enhanced_ground"], ground, f"Not a ground that is known. {TAKEN_WITHOUT}"
        )
    if is_child and known is None:
        known = EnhancedGround.UNDER_18
    return {
        "name": said["name"],
        "name_key": name_key(said["name"]),
        "kind": (VictimKind.BUSINESS if kind in _BUSINESS else VictimKind.PERSON).value,
        "is_child": is_child,
        "speaks_for": said.get("speaks_for", ""),
        "address": said.get("address", ""),
        "enhanced_ground": known.value if known else "",
    }


def read_equality(row: CrimeReading, lookups: Lookups, now: datetime) -> dict[str, Said]:
    """Read what a row says about equality, by key of the victim’s name."""
    reported: datetime = row.values.get("reported_at") or row.values.get("recorded_at") or now
    found: dict[str, Said] = {}
    for columns in row.mapping.victims:
        cells = {name: row.cell(columns[name]) for name in COLUMNS if name in columns}
        name = row.cell(columns["name"])
        if not name or row.cell(columns.get("kind", columns["name"])).lower() in _BUSINESS:
            continue
        said = read_columns(
            cells,
            lookups.equality,
            tuple(row.mapping.date_formats),
            to_london(reported).date(),
            partial(_left_out, row, columns),
        )
        if said:
            found[name_key(name)] = said
    return found


def _left_out(
    row: CrimeReading, columns: Mapping[str, str], name: str, value: str, reason: str
) -> None:
    row.leave_out(columns[name], value, reason)


def read_flags(row: CrimeReading) -> frozenset[str] | None:
    """Read the flags of a row; None where the extract has none."""
    mapping = row.mapping
    if not mapping.flags and not mapping.flag_list:
        return None
    found = {
        flag.value
        for flag, heading in mapping.flags.items()
        if _yes(row, heading, row.cell(heading))
    }
    if mapping.flag_list:
        words = _FLAGS | dict(mapping.flag_words)
        for said in re.split(r"[;,|]", row.cell(mapping.flag_list)):
            word = said.strip().lower()
            if word in words:
                found.add(words[word].value)
            elif word:
                row.leave_out(
                    mapping.flag_list, said, f"Not a flag that the mapping knows. {TAKEN_WITHOUT}"
                )
    return frozenset(found)


def _yes(row: CrimeReading, heading: str, said: str) -> bool:
    word = said.lower()
    if word and word not in (*row.mapping.true_words, *FALSE_WORDS):
        row.leave_out(heading, said, "Neither yes nor no: no was assumed.")
    return word in row.mapping.true_words
