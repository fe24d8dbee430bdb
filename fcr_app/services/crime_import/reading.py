"""One row of an extract while it is read: what it says, what it means, what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fcr_app.domain.facts import Part
from fcr_app.errors import InvalidValue
from fcr_app.services.crime_import.file import Record
from fcr_app.services.crime_import.mapping import ColumnMapping

#: How much of a value, and of a heading, a problem quotes.
LONGEST_QUOTE = 200
LONGEST_HEADING = 80
TAKEN_WITHOUT = "The crime was taken without it."


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One value that could not be taken."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """What the values of an extract are looked up in, read once for a whole file.

    Attributes:
        people: Id by staff number in capitals and by e-mail address in lower case.
        units: Id by name in lower case.
        offences: Id by class and code; None for a reported incident, which is no crime.
        classes: The classes that a code stands in.
    """

    people: Mapping[str, int]
    units: Mapping[str, int]
    offences: Mapping[tuple[str, str], int | None]
    classes: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class CrimeRow:
    """A crime as a row gives it, ready to be stored.

    Attributes:
        values: Columns of ``Crime`` that the row says something about; a blank says nothing.
        flags: None where the extract has no flags.
        digest: Tells a changed row from a repeat.
    """

    line: int
    key: str
    values: Mapping[str, Any]
    people: Sequence[tuple[Part, int]]
    victims: Sequence[Mapping[str, Any]]
    flags: frozenset[str] | None
    digest: str


@dataclass(kw_only=True)
class Reading:
    """A row while it is read.

    Attributes:
        places: Where in the row each heading's value stands.
        values: Columns of ``Crime`` found so far.
        notes: What was assumed about times.
        refused: The row can't be taken.
    """

    record: Record
    mapping: ColumnMapping
    places: Mapping[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False

    def cell(self, heading: str) -> str:
        """Return what stands under a heading; nothing where the row ends before it."""
        place = self.places[heading]
        return self.record.cells[place].strip() if place < len(self.record.cells) else ""

    def said(self, name: str) -> str:
        """Return what the row, or the mapping for every row, says about one of our fields."""
        heading = self.mapping.columns.get(name)
        found = self.cell(heading) if heading else ""
        return found or self.mapping.constants.get(name, "")

    def heading(self, name: str) -> str:
        """Return the heading that one of our fields is under, for a problem to name."""
        return self.mapping.columns.get(name, f"{name} (the same in every row)")

    def refuse(self, heading: str, value: str, reason: str) -> None:
        """Note that the row can't be taken."""
        self.leave_out(heading, value, reason)
        self.refused = True

    def leave_out(self, heading: str, value: str, reason: str) -> None:
        """Note that the row is taken without a value."""
        self.problems.append(
            Problem(
                line=self.record.line,
                column=heading[:LONGEST_HEADING],
                value=value.replace("\0", "␀")[:LONGEST_QUOTE],
                reason=reason,
            )
        )

    def attempt(self, name: str, said: str, read: Callable[[str], None]) -> None:
        """Read a value; refuse the row if it can't be."""
        try:
            read(said)
        except InvalidValue as error:
            self.refuse(self.heading(name), said, str(error))
