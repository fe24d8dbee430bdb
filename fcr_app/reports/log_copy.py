"""The log of a case as a file to hand over."""

from collections.abc import Iterable, Iterator

from fcr_app.reports.csv_export import csv_lines
from fcr_app.services.logs_view import LogEntry

HEADING = (
    "When (UTC)",
    "Who",
    "Staff number",
    "Verb",
    "What",
    "Kind",
    "Recipient",
    "Detail",
    "From",
)


def log_csv(entries: Iterable[LogEntry]) -> Iterator[str]:
    """Give the lines of the file."""
    return csv_lines(HEADING, map(_cells, entries))


def log_file_name(reference: str) -> str:
    """Return what the file is called; it names people, so it is marked."""
    return f"OFFICIAL-SENSITIVE-log-{reference}.csv"


def _cells(entry: LogEntry) -> tuple[str, ...]:
    return (
        entry.at.isoformat(timespec="milliseconds"),
        entry.who,
        entry.staff_number,
        entry.verb,
        entry.what,
        entry.kind,
        entry.recipient,
        entry.detail,
        entry.address,
    )
