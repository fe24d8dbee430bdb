"""A crime as a row of an extract gives it, and what its values are looked up in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fcr_app.domain.facts import Part
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.equality.columns import CodeLists, Said
from fcr_app.services.imports.reading import Reading

TAKEN_WITHOUT = "The crime was taken without it."

CrimeReading = Reading[ColumnMapping]


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """What the values of an extract are looked up in, read once for a whole file.

    Attributes:
        people: Id by staff number in capitals and by e-mail address in lower case.
        units: Id by name in lower case.
        offences: Id by class and code; None for a reported incident, which is no crime.
        classes: The classes that a code stands in.
        equality: The values of each item about equality.
    """

    people: Mapping[str, int]
    units: Mapping[str, int]
    offences: Mapping[tuple[str, str], int | None]
    classes: Mapping[str, Sequence[str]]
    equality: CodeLists = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CrimeRow:
    """A crime as a row gives it, ready to be stored.

    Attributes:
        values: Columns of ``Crime`` that the row says something about; a blank says nothing.
        equality: What the row says about each victim, by key of their name.
        flags: None where the extract has no flags.
        digest: Tells a changed row from a repeat.
    """

    line: int
    key: str
    values: Mapping[str, Any]
    people: Sequence[tuple[Part, int]]
    victims: Sequence[Mapping[str, Any]]
    equality: Mapping[str, Said]
    flags: frozenset[str] | None
    digest: str
