"""Turns the rows of a file into reports, or says what about them can't be taken and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fcr_app.domain.incident_rules import ReportFacts, entering_checks
from fcr_app.domain.numbers import number_key
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.services.equality.columns import Said
from fcr_app.services.imports.rows import RowReader, digest_of
from fcr_app.services.incident_import.mapping import IncidentMapping
from fcr_app.services.incident_import.values import (
    IncidentReading,
    Lookups,
    read_equality,
    read_reference,
    read_report,
)
from fcr_app.services.incidents import NewIncident, values_of


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """A report as a row gives it, ready to be stored.

    Attributes:
        values: Columns of ``Incident``.
        equality: What the row says about the victim.
        found_in, crime: Keys of crime numbers, looked up when the batch is written.
        headings: The headings of those two, for a problem to name.
        digest: Tells a changed row from a repeat.
    """

    line: int
    key: str
    values: Mapping[str, Any]
    flags: frozenset[str]
    equality: Said
    found_in: str
    crime: str
    headings: Mapping[str, str]
    late_reason: str
    digest: str


class IncidentReader(RowReader[IncidentMapping, IncidentRow | None]):
    """Reads the rows of one file of reports."""

    number = "reference"

    def __init__(
        self, mapping: IncidentMapping, headings: Sequence[str], lookups: Lookups, *, now: datetime
    ) -> None:
        super().__init__(mapping, headings)
        self.lookups = lookups
        self.now = now

    def read_number(self, row: IncidentReading) -> str:
        """Read the reference."""
        return read_reference(row)

    def read_rest(self, row: IncidentReading) -> IncidentRow | None:
        """Read everything else that a row says about its report."""
        new = read_report(row, self.lookups, self.now)
        if new is None:
            return None
        self._warn(row, new)
        values = {**values_of(new), "found_in_crime_id": None, "reference": new.reference.strip()}
        flags = frozenset(flag.value for flag in new.vulnerabilities)
        found_in, crime = number_key(row.said("found_in")), number_key(row.said("crime_number"))
        equality = read_equality(row, self.lookups)
        told: tuple[Any, ...] = (sorted(values.items(), key=str), sorted(flags), found_in, crime)
        if equality:  # so that files without it keep the digest they had
            told = (*told, sorted(equality.items()))
        return IncidentRow(
            line=row.record.line,
            key=row.values["reference_key"],
            values=values,
            flags=flags,
            equality=equality,
            found_in=found_in,
            crime=crime,
            headings={name: row.heading(name) for name in ("found_in", "crime_number")},
            late_reason=row.said("late_reason"),
            digest=digest_of(told),
        )

    def _warn(self, row: IncidentReading, new: NewIncident) -> None:
        """Tell what the rules warn of; nobody is there to give a reason for it."""
        facts = ReportFacts(
            actor=SYSTEM_ACTOR,
            now=self.now,
            opened_by_id=0,
            opening_code=new.opening_code,
            account=new.account,
        )
        for check in entering_checks(facts):
            if check.reason:
                reason = f"{check.reason} ({check.cite.rule}) The report was taken as it is."
                row.leave_out(row.heading("opening_code"), row.said("opening_code"), reason)
