"""Which column of a file of crimes is which of ours; kept under a name as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.errors import InvalidValue
from fcr_app.services.equality.columns import COLUMNS
from fcr_app.services.imports.mapping import (
    DATE_FORMATS,
    TRUE_WORDS,
    FileMapping,
    check_format,
    listed,
    texts,
)

#: What a column may hold, in the order a page asks for them.
FIELDS: Mapping[str, str] = {
    "crime_number": "Crime number",
    "incident_reference": "Incident reference",
    "reported_at": "Reported at",
    "recorded_at": "Recorded at",
    "recorded_month": "Month recorded",
    "offence_class": "Offence class",
    "offence_code": "Offence code",
    "offence_text": "Offence in words",
    "unit": "Unit",
    "location": "Location",
    "summary": "Summary",
    "status": "Status",
    "removal_code": "Removal code",
    "removed_at": "Removed at",
}
VICTIM_FIELDS: Mapping[str, str] = {
    "name": "Name",
    "kind": "Person or business",
    "is_child": "Child",
    "speaks_for": "Parent, guardian or contact",
    "address": "Address",
    "enhanced_ground": "Ground for enhanced rights",
    **COLUMNS,
}

NO_REPORT_TIMES = (
    "No report times: “reported at” stays empty, and how soon these crimes were recorded can’t be "
    "worked out."
)
NO_RECORD_TIMES = "No times of recording: “recorded at” stays empty."
NO_OFFENCES = (
    "No offence class or code: a DDM or the FCR has to give a crime its class before anybody can "
    "ask to cancel it."
)
NO_OFFICERS = "No officers: nobody is noted as taking part."
NO_VICTIMS = "No victims: add a victim before one has to be told."


@dataclass(frozen=True, kw_only=True)
class ColumnMapping(FileMapping):
    """Where in a file of crimes each thing is.

    Attributes:
        people: Headings with the part that the people named there play.
        people_separator: Stands between several people in one value.
        victims: For each victim of a row: heading by field of a victim.
        flags: Heading by flag; the value says yes or no.
        flag_list: A heading whose values list flags.
        flag_words: What ``flag_list`` calls each flag, in lower case.
        true_words: What means yes, in lower case.
        status_words: What the file calls each status, in lower case.
    """

    kind: ClassVar[str] = "crimes"

    people: Sequence[tuple[str, Part]] = ()
    people_separator: str = ";"
    victims: Sequence[Mapping[str, str]] = ()
    flags: Mapping[Flag, str] = field(default_factory=dict)
    flag_list: str = ""
    flag_words: Mapping[str, Flag] = field(default_factory=dict)
    true_words: Sequence[str] = TRUE_WORDS
    status_words: Mapping[str, CrimeStatus] = field(default_factory=dict)

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
                people=[(str(e["column"]), Part(e["part"])) for e in stored.get("people", [])],
                people_separator=str(stored.get("people_separator", ";")),
                victims=[texts(victim) for victim in stored.get("victims", [])],
                flags={Flag(k): v for k, v in texts(stored.get("flags", {})).items()},
                flag_list=str(stored.get("flag_list", "")),
                flag_words={
                    k.lower(): Flag(v) for k, v in texts(stored.get("flag_words", {})).items()
                },
                true_words=[w.lower() for w in listed(stored.get("true_words", TRUE_WORDS))],
                status_words={
                    k.lower(): CrimeStatus(v)
                    for k, v in texts(stored.get("status_words", {})).items()
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
            "people": [{"column": column, "part": part.value} for column, part in self.people],
            "people_separator": self.people_separator,
            "victims": [dict(victim) for victim in self.victims],
            "flags": {flag.value: column for flag, column in self.flags.items()},
            "flag_list": self.flag_list,
            "flag_words": {word: flag.value for word, flag in self.flag_words.items()},
            "true_words": list(self.true_words),
            "status_words": {word: status.value for word, status in self.status_words.items()},
        }

    def check(self) -> None:
        """Refuse a mapping that could take no crime.

        Raises:
            InvalidValue: If it names a field there is not, or no crime number.
        """
        unknown = [name for name in (*self.columns, *self.constants) if name not in FIELDS]
        unknown += [name for victim in self.victims for name in victim if name not in VICTIM_FIELDS]
        if unknown:
            raise InvalidValue(f"The mapping names {unknown[0]!r}, which is no field of a crime.")
        if not self.columns.get("crime_number"):
            raise InvalidValue(
                "Choose the column that holds the crime number.", field="crime_number"
            )
        if any("name" not in victim for victim in self.victims):
            raise InvalidValue(
                "Choose the column that holds the victim’s name.", field="victim_name"
            )
        for text in self.date_formats:
            check_format(text)

    def headings(self) -> list[str]:
        """Return every heading that the mapping reads."""
        named = [*self.columns.values(), *(column for column, _ in self.people)]
        named += [column for victim in self.victims for column in victim.values()]
        named += [*self.flags.values(), *([self.flag_list] if self.flag_list else [])]
        return list(dict.fromkeys(named))

    def remarks(self) -> list[str]:
        """Say what the file does not hold and what that means; nothing is invented for it."""
        only_month = " Only the month is known." if self.has("recorded_month") else ""
        said = (
            (self.has("reported_at"), NO_REPORT_TIMES),
            (self.has("recorded_at"), NO_RECORD_TIMES + only_month),
            (self.has("offence_class", "offence_code"), NO_OFFENCES),
            (bool(self.people), NO_OFFICERS),
            (bool(self.victims), NO_VICTIMS),
        )
        return [sentence for held, sentence in said if not held]
