"""The list of what an import could not take, as a file to mend the extract with."""

from collections.abc import Iterable, Iterator

from fcr_app.reports.csv_export import csv_lines
from fcr_app.services.imports.reading import Problem

HEADING = ("Line", "Column", "Value", "Problem")


def problems_csv(problems: Iterable[Problem]) -> Iterator[str]:
    """Give the lines of the file."""
    return csv_lines(HEADING, ((p.line, p.column, p.value, p.reason) for p in problems))


def problems_file_name(run_id: int) -> str:
    """Return what the file is called; it quotes the extract, so it is marked."""
    return f"OFFICIAL-SENSITIVE-import-{run_id}-problems.csv"
