"""CSV files for people to open in a spreadsheet, which must not run what they hold."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: A spreadsheet takes a value that begins so for a formula, and would run it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give the lines of a CSV file; the first carries the mark that tells Excel it is UTF-8."""
    yield "\N{BYTE ORDER MARK}" + _line(heading)
    for row in rows:
        yield _line([guarded(str(value)) for value in row])


def guarded(text: str) -> str:
    """Return a text so that a spreadsheet shows it instead of running it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _line(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
