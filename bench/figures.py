"""What was measured, and the table of it."""

import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from os import cpu_count, sysconf
from pathlib import Path
from statistics import quantiles

GIBIBYTE = 1024**3


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: what of, how much, and what was aimed for."""

    what: str
    value: str
    aim: str = ""


def rate(count: int, seconds: float) -> str:
    """Return how many a second, without decimals that mean nothing."""
    return f"{count / seconds:,.0f} a second"


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile, in milliseconds."""
    cuts = quantiles(seconds, n=20)
    return cuts[9] * 1000, cuts[18] * 1000


def table(figures: dict[str, list[Figure]]) -> str:
    """Return the figures as a Markdown table, one column for each database."""
    engines = list(figures)
    lines = [
        f"| | {' | '.join(engines)} | aim |",
        f"|---|{'---|' * len(engines)}---|",
    ]
    first = figures[engines[0]]
    for figure in first:
        values = [
            next((f.value for f in figures[engine] if f.what == figure.what), "")
            for engine in engines
        ]
        lines.append(f"| {figure.what} | {' | '.join(values)} | {figure.aim} |")
    return "\n".join(lines)


def machine(postgresql: str, *, today: date) -> str:
    """Return what it was measured on, in a sentence."""
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / GIBIBYTE
    return (
        f"Measured on {today:%-d %B %Y} on {cpu_count()} cores of {_processor()} with "
        f"{memory:.0f} GiB of memory, Python {platform.python_version()}, SQLAlchemy "
        f"{version('sqlalchemy')}, SQLite {sqlite3.sqlite_version}"
        + (f", {postgresql}." if postgresql else ".")
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.machine()
