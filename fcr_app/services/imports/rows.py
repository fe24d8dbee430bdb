"""Reads the rows of a file one by one, whatever they are about."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from fcr_app.services.imports.file import Record
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.reading import Problem, Reading

M = TypeVar("M", bound=FileMapping)
R = TypeVar("R")


class RowReader(ABC, Generic[M, R]):
    """Reads the rows of one file by one mapping.

    It remembers the numbers it has seen: a number comes once in a file.

    Attributes:
        number: Our field that identifies a row.
    """

    number: str

    def __init__(self, mapping: M, headings: Sequence[str]) -> None:
        self.mapping = mapping
        self.width = len(headings)
        self.places = {heading: n for n, heading in reversed(list(enumerate(headings)))}
        self.first_lines: dict[str, int] = {}

    @abstractmethod
    def read_number(self, row: Reading[M]) -> str:
        """Read what identifies a row, and return it as it is compared; empty if it has none."""

    @abstractmethod
    def read_rest(self, row: Reading[M]) -> R:
        """Read everything else a row says."""

    def read(self, record: Record) -> tuple[R | None, Sequence[Problem]]:
        """Return what a row says, None if it can't be taken, and what is wrong with it."""
        row = Reading(record=record, mapping=self.mapping, places=self.places)
        if not self._is_whole(row):
            return None, row.problems
        self._check_repeat(row, self.read_number(row))
        found = self.read_rest(row)
        return (None if row.refused else found), row.problems

    def skip(self, record: Record) -> None:
        """Remember a row that was dealt with before, without reading it again."""
        row = Reading(record=record, mapping=self.mapping, places=self.places)
        if self._is_whole(row):
            self._check_repeat(row, self.read_number(row))

    def _check_repeat(self, row: Reading[M], key: str) -> None:
        first = self.first_lines.setdefault(key, row.record.line)
        if key and first != row.record.line:
            row.refuse(
                row.heading(self.number),
                row.said(self.number),
                f"The same number is on line {first:,}. Only the first is taken.",
            )

    def _is_whole(self, row: Reading[M]) -> bool:
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


def digest_of(told: Any) -> str:
    """Return what tells a changed row from a repeat."""
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
