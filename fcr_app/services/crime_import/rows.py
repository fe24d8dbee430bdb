"""Turns the rows of a file into crimes, or says what about them can't be taken and why."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from fcr_app.services.crime_import.crime_values import (
    read_number,
    read_offence,
    read_status,
    read_texts,
    read_times,
)
from fcr_app.services.crime_import.file import Record
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.crime_import.people_values import (
    read_flags,
    read_people,
    read_unit,
    read_victims,
)
from fcr_app.services.crime_import.reading import CrimeRow, Lookups, Problem, Reading


class RowReader:
    """Reads the rows of one file by one mapping.

    It remembers the crime numbers it has seen: a number comes once in a file.
    """

    def __init__(
        self, mapping: ColumnMapping, headings: Sequence[str], lookups: Lookups, *, now: datetime
    ) -> None:
        self.mapping = mapping
        self.width = len(headings)
        self.lookups = lookups
        self.now = now
        self.places = {heading: n for n, heading in reversed(list(enumerate(headings)))}
        self.first_lines: dict[str, int] = {}

    def read(self, record: Record) -> tuple[CrimeRow | None, Sequence[Problem]]:
        """Return the crime of a row, None if it can't be taken, and what is wrong with it."""
        row = Reading(record=record, mapping=self.mapping, places=self.places)
        if not self._is_whole(row):
            return None, row.problems
        read_number(row)
        self._check_repeat(row)
        read_texts(row)
        read_times(row, self.now)
        read_offence(row, self.lookups)
        read_status(row, self.now)
        read_unit(row, self.lookups)
        people = read_people(row, self.lookups)
        victims = read_victims(row)
        flags = read_flags(row)
        if row.refused:
            return None, row.problems
        told = (sorted(row.values.items()), people, victims, flags and sorted(flags))
        crime = CrimeRow(
            line=record.line,
            key=row.values["number_key"],
            values=row.values,
            people=people,
            victims=victims,
            flags=flags,
            digest=hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest(),
        )
        return crime, row.problems

    def skip(self, record: Record) -> None:
        """Remember a row that was dealt with before, without reading it again."""
        row = Reading(record=record, mapping=self.mapping, places=self.places)
        if self._is_whole(row):
            read_number(row)
            self._check_repeat(row)

    def _check_repeat(self, row: Reading) -> None:
        key = row.values["number_key"]
        first = self.first_lines.setdefault(key, row.record.line)
        if key and first != row.record.line:
            row.refuse(
                row.heading("crime_number"),
                row.values["crime_number"],
                f"The same number is on line {first:,}. Only the first is taken.",
            )

    def _is_whole(self, row: Reading) -> bool:
        cells = row.record.cells
        extra = [cell for cell in cells[self.width :] if cell.strip()]
        if row.record.problem:
            row.refuse("", " ".join(cells), row.record.problem)
        elif extra:
            row.refuse(
                "",
                extra[0],
                f"The row has {len(cells)} values but there are {self.width} columns. A value that "
                "holds a separator needs quotation marks round it.",
            )
        elif any("\0" in cell for cell in cells):
            row.refuse(
                "",
                " ".join(cells),
                "The row holds a character that is not text (NUL). Export the file again.",
            )
        return not row.refused
