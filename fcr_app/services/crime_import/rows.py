"""Turns the rows of a file into crimes, or says what about them can't be taken and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fcr_app.services.crime_import.crime_row import CrimeReading, CrimeRow, Lookups
from fcr_app.services.crime_import.crime_values import (
    read_number,
    read_offence,
    read_status,
    read_texts,
    read_times,
)
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.crime_import.people_values import (
    read_equality,
    read_flags,
    read_people,
    read_unit,
    read_victims,
)
from fcr_app.services.imports.rows import RowReader, digest_of


class CrimeReader(RowReader[ColumnMapping, CrimeRow]):
    """Reads the rows of one file of crimes."""

    number = "crime_number"

    def __init__(
        self, mapping: ColumnMapping, headings: Sequence[str], lookups: Lookups, *, now: datetime
    ) -> None:
        super().__init__(mapping, headings)
        self.lookups = lookups
        self.now = now

    def read_number(self, row: CrimeReading) -> str:
        """Read the crime number."""
        read_number(row)
        return str(row.values["number_key"])

    def read_rest(self, row: CrimeReading) -> CrimeRow:
        """Read everything else that a row says about its crime."""
        read_texts(row)
        read_times(row, self.now)
        read_offence(row, self.lookups)
        read_status(row, self.now)
        read_unit(row, self.lookups)
        people = read_people(row, self.lookups)
        victims = read_victims(row)
        flags = read_flags(row)
        equality = read_equality(row, self.lookups, self.now)
        told: tuple[Any, ...] = (
            sorted(row.values.items()),
            people,
            victims,
            flags and sorted(flags),
        )
        if equality:  # so that files without it keep the digest they had
            told = (*told, sorted((key, sorted(said.items())) for key, said in equality.items()))
        return CrimeRow(
            line=row.record.line,
            key=row.values["number_key"],
            values=row.values,
            people=people,
            victims=victims,
            equality=equality,
            flags=flags,
            digest=digest_of(told),
        )
