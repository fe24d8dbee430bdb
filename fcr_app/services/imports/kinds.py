"""What can be imported: of each kind, how its mapping is kept, its rows read and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.crime_import.rows import CrimeReader
from fcr_app.services.crime_import.store import read_lookups as crime_lookups, store as store_crimes
from fcr_app.services.imports.batch import Origin, Stored
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.rows import RowReader
from fcr_app.services.incident_import.mapping import IncidentMapping
from fcr_app.services.incident_import.rows import IncidentReader
from fcr_app.services.incident_import.store import (
    read_lookups as incident_lookups,
    store as store_incidents,
)


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """One kind of record that is imported.

    Attributes:
        label: What they are, for people: "Crimes".
    """

    key: str
    label: str
    mapping: type[FileMapping]
    open_reader: Callable[[Session, Any, Sequence[str], datetime], RowReader[Any, Any]]
    store: Callable[[Session, Sequence[Any], Origin], Stored]


def _crime_reader(
    session: Session, mapping: ColumnMapping, headings: Sequence[str], now: datetime
) -> CrimeReader:
    return CrimeReader(mapping, headings, crime_lookups(session, now), now=now)


def _incident_reader(
    session: Session, mapping: IncidentMapping, headings: Sequence[str], now: datetime
) -> IncidentReader:
    return IncidentReader(mapping, headings, incident_lookups(session, now), now=now)


CRIMES = ImportKind(
    key=ColumnMapping.kind,
    label="Crimes",
    mapping=ColumnMapping,
    open_reader=_crime_reader,
    store=store_crimes,
)
INCIDENTS = ImportKind(
    key=IncidentMapping.kind,
    label="Reports of crime",
    mapping=IncidentMapping,
    open_reader=_incident_reader,
    store=store_incidents,
)
KINDS: Mapping[str, ImportKind] = {kind.key: kind for kind in (CRIMES, INCIDENTS)}
