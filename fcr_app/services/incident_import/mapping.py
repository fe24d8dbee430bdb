"""Which column of a file of reports is which of ours; kept under a name as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Self

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.errors import InvalidValue
from fcr_app.services.equality.columns import COLUMNS
from fcr_app.services.imports.mapping import (
    DATE_FORMATS,
    FileMapping,
    check_format,
    listed,
    texts,
)

#: What a column may hold, in the order a page asks for them.
FIELDS: Mapping[str, str] = {
    "reference": "Reference",
    "first_reported_at": "First reported at",
    "opening_code": "Opened as",
    "route": "How it came in",
    "sarc_case": "What the referral centre passed on",
    "other_force": "Other force",
    "other_force_reference": "Other force’s reference",
    "found_in": "Crime under investigation",
    "reporter_type": "Who reports it",
    "reporter": "Name of whoever reports it",
    "victim_name": "Victim’s name",
    "victim_traced": "Victim traced",
    "victim_confirmed": "Victim confirms it",
    "victim_willing": "Victim supports an investigation",
    **{
        f"victim_{name}": f"Victim: {label[:1].lower()}{label[1:]}"
        for name, label in COLUMNS.items()
    },
    "vulnerabilities": "What makes the victim vulnerable",
    "account": "What was reported",
    "location": "Where",
    "received_by": "Received by",
    "officer": "Dealt with by",
    "unit": "Unit",
    "crime_number": "Crime recorded from it",
    "late_reason": "Why that was recorded late",
}
#: Fields whose values are among a few, with the words of ours that stand for each.
CLOSED: Mapping[str, type[StrEnum]] = {
    "opening_code": OpeningCode,
    "route": Route,
    "sarc_case": SarcCase,
    "reporter_type": ReporterType,
    "victim_traced": Known,
    "victim_confirmed": Known,
    "victim_willing": Known,
    "vulnerabilities": Vulnerability,
}
#: A row can’t be taken without these; a mapping may say the same of every row.
NEEDED = ("reference", "first_reported_at", "opening_code", "route", "reporter_type", "account")

NO_VICTIMS = "Nothing on victims: whether one was traced or confirms it is not known yet."
NO_OFFICERS = "No officers: nobody deals with these reports until somebody is entered."
NO_CRIMES = "No crime numbers: these reports wait until a crime is recorded or linked."


@dataclass(frozen=True, kw_only=True)
class IncidentMapping(FileMapping):
    """Where in a file of reports each thing is.

    Attributes:
        words: What the file calls our values, in lower case, by our field.
    """

    kind: ClassVar[str] = "incidents"

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read a mapping as it is kept.

        Raises:
            InvalidValue: If it says something that no mapping says; names what.
        """
        try:
            mapping = cls(
                columns=texts(stored.get("columns", {})),
                constants=texts(stored.get("constants", {})),
                date_formats=listed(stored.get("date_formats", DATE_FORMATS)),
                words={
                    str(name): {word.lower(): CLOSED[name](v).value for word, v in texts(w).items()}
                    for name, w in stored.get("words", {}).items()
                },
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InvalidValue(f"The mapping can’t be read: {error}.") from error
        mapping.check()
        return mapping

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as it is kept."""
        return {
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "date_formats": list(self.date_formats),
            "words": {name: dict(words) for name, words in self.words.items()},
        }

    def check(self) -> None:
        """Refuse a mapping that could take no report.

        Raises:
            InvalidValue: If it names a field there is not, or lacks one that is needed.
        """
        unknown = [name for name in (*self.columns, *self.constants) if name not in FIELDS]
        if unknown:
            raise InvalidValue(f"The mapping names {unknown[0]!r}, which is no field of a report.")
        for name in NEEDED:
            if not self.has(name):
                raise InvalidValue(
                    f"Choose the column that holds “{FIELDS[name]}”. A report can’t be taken "
                    "without it.",
                    field=name,
                )
        for text in self.date_formats:
            check_format(text)

    def headings(self) -> list[str]:
        """Return every heading that the mapping reads."""
        return list(dict.fromkeys(self.columns.values()))

    def remarks(self) -> list[str]:
        """Say what the file does not hold and what that means; nothing is invented for it."""
        said = (
            (self.has("victim_traced", "victim_confirmed"), NO_VICTIMS),
            (self.has("officer"), NO_OFFICERS),
            (self.has("crime_number"), NO_CRIMES),
        )
        return [sentence for held, sentence in said if not held]
