"""One row of an extract while it is read: what it says, what it means, what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fcr_app.errors import InvalidValue
from fcr_app.services.imports.file import Record
from fcr_app.services.imports.mapping import FileMapping

M = TypeVar("M", bound=FileMapping)

#: How much of a value, and of a heading, a problem quotes.
LONGEST_QUOTE = 200
LONGEST_HEADING = 80


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One value that could not be taken."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(kw_only=True)
class Reading(Generic[M]):
    """A row while it is read.

    Attributes:
        places: Where in the row each heading's value stands.
        values: What was found so far, by column of ours.
        notes: What was assumed about times.
        refused: The row can't be taken.
    """

    record: Record
    mapping: M
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
