"""Rates in sentences and in cells of tables."""

from collections.abc import Sequence

from fcr_app.domain.audit_figures.rates import Method, Rate
from fcr_app.reports.spreadsheet import Cell, Share

#: What the inspectorate's interval is called wherever it is printed beside the usual one.
AS_INSPECTORATE = "As the inspectorate prints it"
INTERVALS = (
    "Intervals are at 95%: Wilson’s, or Clopper and Pearson’s for fewer than 30. "
    f"“{AS_INSPECTORATE}” is Wald’s, p ± 1.96 · √(p(1 − p)/n), to two decimal places; it is not "
    "given for fewer than 30, where it runs past 100%."
)


def rate_cell(rate: Rate) -> Cell:
    """Return a rate for a table; nothing where there is none."""
    return None if rate.value is None else Share(rate.value)


def inspectorate_cell(rate: Rate) -> str:
    """Return what the inspectorate would print, from a rate that was asked for with Wald's."""
    return f"{rate.printed} {rate.range_printed}" if rate.method is Method.WALD else "–"


def said(rate: Rate) -> str:
    """Return a rate in words: 459 of 524, 87.6% (95% interval 84.5% to 90.1%, Wilson)."""
    if rate.value is None:
        return "nothing to count"
    if rate.interval is None:
        return f"{rate.counts}, {rate.printed} ({rate.basis.said[0].lower()}{rate.basis.said[1:]})"
    how = rate.method_printed
    if rate.method is Method.WALD:
        return f"{rate.counts}, {rate.printed} {rate.range_printed} ({how})"
    return f"{rate.counts}, {rate.printed} (95% interval {rate.range_printed}, {how})"


def with_rate(label: str, counts: Sequence[Cell], usual: Rate, printed: Rate) -> list[Cell]:
    """Return a row of a table that ends with a rate, its interval and the inspectorate's."""
    return [label, *counts, rate_cell(usual), usual.range_printed, inspectorate_cell(printed)]
