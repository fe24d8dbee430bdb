"""How the comparison before and after feedback is said in words, and as a file."""

from collections.abc import Iterator, Sequence
from math import inf

from fcr_app.domain.statistics.printing import half_up
from fcr_app.domain.statistics.repeat_errors import RepeatRatio
from fcr_app.reports.csv_export import csv_lines
from fcr_app.services.repeat_errors import Effect, Line

HEADING = (
    "table", "line", "together", "people", "window_days", "repeats_before", "repeats_after",
    "ratio", "low_95", "high_95",
)  # fmt: skip


def ratio_words(ratio: RepeatRatio | None) -> str:
    """Return a ratio with its interval: "0.58 (0.41 to 0.80)"."""
    if ratio is None:
        return "too few repeats to say"
    if ratio.value is None:
        return f"none before; at least {half_up(ratio.interval.low, 2)}"
    high = half_up(ratio.interval.high, 2)
    return f"{half_up(ratio.value, 2)} ({half_up(ratio.interval.low, 2)} to {high})"


def verdict(line: Line | None) -> str:
    """Return what the whole can be taken to say, and no more than that."""
    if line is None or line.ratio is None:
        return "There is too little yet to say whether feedback works."
    interval = line.ratio.interval
    if interval.high < 1:
        return "After feedback the same error was seen less often than before."
    if interval.low > 1:
        return "After feedback the same error was seen more often than before."
    return "These figures do not show whether the same error is seen less often after feedback."


def effect_csv(effect: Effect) -> Iterator[str]:
    """Give the lines of a CSV file with everything that the page shows."""
    yield from csv_lines(HEADING, list(_rows(effect)))


def _rows(effect: Effect) -> Iterator[Sequence[object]]:
    tables = (
        ("all", [effect.total] if effect.total else []),
        ("by kind of error", effect.by_error),
        ("by unit", effect.by_unit),
    )
    for table, lines in tables:
        for line in lines:
            yield (
                table,
                line.label,
                "; ".join(line.together),
                line.people,
                effect.days,
                line.repeats_before,
                line.repeats_after,
                *_figures(line.ratio),
            )


def _figures(ratio: RepeatRatio | None) -> tuple[str, str, str]:
    if ratio is None:
        return "", "", ""
    ends = (ratio.value, ratio.interval.low, ratio.interval.high)
    value, low, high = ("" if end is None or end == inf else half_up(end, 3) for end in ends)
    return value, low, high
