"""Which column of another system's file is which of ours: what every kind of import shares."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from fcr_app.errors import BadFile, InvalidValue

TRUE_WORDS = ("y", "yes", "true", "1", "x")
FALSE_WORDS = ("n", "no", "false", "0")
#: Day before month, as this country writes; ISO is always understood as well.
DATE_FORMATS = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%d %b %Y %H:%M", "%Y-%m")
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class FileMapping:
    """Where in a file each thing is.

    Attributes:
        columns: Heading of the file, by our field.
        constants: A value that every row has, by our field; where there is no such column.
        date_formats: As ``strptime`` reads them, tried in order after ISO.
    """

    kind: ClassVar[str]

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    date_formats: Sequence[str] = DATE_FORMATS

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read a mapping as it is kept.

        Raises:
            InvalidValue: If it says something that no mapping says; names what.
        """
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as it is kept."""
        raise NotImplementedError

    def check(self) -> None:
        """Refuse a mapping by which nothing could be taken.

        Raises:
            InvalidValue: If it names a field there is not, or lacks one that is needed.
        """
        raise NotImplementedError

    def remarks(self) -> list[str]:
        """Say what the file does not hold and what that means; nothing is invented for it."""
        raise NotImplementedError

    def headings(self) -> list[str]:
        """Return every heading that the mapping reads."""
        raise NotImplementedError

    def has(self, *names: str) -> bool:
        """Say whether every row may have one of these fields."""
        return any(name in self.columns or name in self.constants for name in names)

    def check_headings(self, headings: Sequence[str]) -> None:
        """Refuse a file that lacks a column, or has two of the same name.

        Raises:
            BadFile: Names the columns.
        """
        missing = [name for name in self.headings() if name not in headings]
        if missing:
            raise BadFile(
                f"The file has no column called {_and(missing)}, which the mapping names. Choose "
                f"another mapping, or change this one. The file has: {', '.join(headings)}."
            )
        twice = [name for name in self.headings() if headings.count(name) > 1]
        if twice:
            raise BadFile(
                f"The file has more than one column called {_and(twice)}. Rename all but one."
            )


def check_format(text: str) -> None:
    """Refuse a way to write dates that is none.

    Raises:
        InvalidValue: Says which.
    """
    try:
        sample = datetime(2026, 11, 24, 14, 5).strftime(text)  # noqa: DTZ001 - only a sample
        datetime.strptime(sample, text)  # noqa: DTZ007 - likewise
    except (ValueError, re.error) as error:  # such as: the year twice
        raise InvalidValue(
            f"{text!r} is not a way to write dates.", field="date_formats"
        ) from error


def texts(value: Any) -> dict[str, str]:
    """Return texts by text, without those that are empty."""
    return {str(key): str(text) for key, text in value.items() if str(text)}


def listed(value: Any) -> list[str]:
    """Return a list of texts."""
    if isinstance(value, str):
        raise TypeError("a list was expected, not a text")
    return [str(item) for item in value]


def _and(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
