"""A rate with its interval, or with why it has none."""

from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.statistics import (
    Interval,
    clopper_pearson,
    half_up,
    per_cent,
    simple_rate,
    wald,
)
from fcr_app.domain.statistics.finite import WILSON

#: Below this the exact interval is given, which is never narrower than it says, and the
#: inspectorate's is not: at 18 of 20 it runs past 100% (reference, sections 1.5 and 3).
SMALL = 30


class Basis(StrEnum):
    """What the records stand for, on which it depends whether there is an interval."""

    SAMPLE = "sample"
    CENSUS = "census"
    CHOSEN = "chosen"

    @property
    def said(self) -> str:
        """What is printed in place of an interval; nothing for a sample."""
        return {
            "sample": "",
            "census": "All records examined",
            "chosen": "Chosen by hand: no interval",
        }[self.value]


class Method(StrEnum):
    """How an interval was worked out. Used in addresses."""

    WILSON = "wilson"
    WALD = "wald"
    WILSON_FINITE = "wilson_finite"
    EXACT = "exact"
    STRATIFIED = "stratified"

    @property
    def label(self) -> str:
        """The method in words."""
        return {
            "wilson": "Wilson",
            "wald": "Wald, as the inspectorate prints it",
            "wilson_finite": "Wilson, corrected for the size of the frame",
            "exact": "Clopper–Pearson",
            "stratified": "Stratified",
        }[self.value]

    @property
    def link_label(self) -> str:
        """What leads to figures with it."""
        name, _, more = self.label.partition(",")
        return f"{name} intervals{', as the inspectorate prints them' if more else ''}"


#: What can be asked for.
CHOICES = (Method.WILSON, Method.WALD, Method.EXACT)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of how many, with the interval that the records allow.

    Attributes:
        value: From 0 to 1; None where there was nothing to count. For a stratified sample it is
            weighted, so it is not k/n.
        interval: None where the basis allows none.
        method: By which the interval was worked out.
        effective_n: For a stratified sample: the size of a simple one that would be as precise.
        design_effect: For a stratified sample: n over the effective n.
    """

    k: int
    n: int
    value: float | None
    basis: Basis = Basis.SAMPLE
    interval: Interval | None = None
    method: Method | None = None
    effective_n: float | None = None
    design_effect: float | None = None

    @property
    def counts(self) -> str:
        """The counts in words: 459 of 524."""
        return f"{self.k:,} of {self.n:,}"

    @property
    def printed(self) -> str:
        """The rate as a percentage; a dash where there is none."""
        return "–" if self.value is None else per_cent(self.value)

    @property
    def range_printed(self) -> str:
        """The interval as it is printed, or why there is none."""
        if self.value is None:
            return "Nothing to count"
        if self.interval is None:
            return self.basis.said
        if self.method is Method.WALD:
            return f"± {half_up(self.half * 100, 2)}"
        return f"{per_cent(self.interval.low)} to {per_cent(self.interval.high)}"

    @property
    def half(self) -> float:
        """Half the width of the interval, 0 where there is none."""
        return (self.interval.high - self.interval.low) / 2 if self.interval else 0.0

    @property
    def method_printed(self) -> str:
        """How the interval was worked out, in words; empty where there is none."""
        return self.method.label if self.method else ""


def rate_of(
    k: int,
    n: int,
    basis: Basis,
    wanted: Method = Method.WILSON,
    *,
    population: int | None = None,
) -> Rate:
    """Return a single rate, with the interval wanted where the basis allows one.

    For fewer than :data:`SMALL` it is Clopper and Pearson's, whatever was wanted.

    Args:
        population: Units that the n were drawn from: where more than 5% were drawn, Wilson's
            interval is corrected for that.
    """
    if not n:
        return Rate(k=k, n=n, value=None, basis=basis)
    if basis is not Basis.SAMPLE:
        return Rate(k=k, n=n, value=k / n, basis=basis)
    method = Method.EXACT if n < SMALL else wanted
    if method is Method.WILSON:
        found = simple_rate(k, n, population)
        if found.interval is None:
            return Rate(k=k, n=n, value=k / n, basis=Basis.CENSUS)
        corrected = found.method != WILSON
        method = Method.WILSON_FINITE if corrected else method
        return Rate(k=k, n=n, value=k / n, interval=found.interval, method=method)
    interval = wald(k, n) if method is Method.WALD else clopper_pearson(k, n)
    return Rate(k=k, n=n, value=k / n, interval=interval, method=method)
