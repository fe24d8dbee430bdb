"""How the rate changed since the last audit of the same line of the plan."""

from dataclasses import dataclass

from fcr_app.domain.audit_figures.figures import RunFigures
from fcr_app.domain.audit_figures.rates import Basis, Rate
from fcr_app.domain.statistics import Comparison, Estimate, difference, half_up

CHOSEN = "One of the two was chosen by hand, so the two can’t be compared."


@dataclass(frozen=True, kw_only=True)
class Change:
    """The new rate less the old one.

    Attributes:
        comparison: None where the two can't be compared.
        why_not: Why, in words.
        is_exact: Both are of all records, so the difference has no interval.
    """

    reference: str
    period: str
    before: Rate
    comparison: Comparison | None
    why_not: str = ""
    is_exact: bool = False

    @property
    def printed(self) -> str:
        """The difference in percentage points, with its sign."""
        return points(self.comparison.value) if self.comparison else "–"

    @property
    def range_printed(self) -> str:
        """Its interval, or why there is none."""
        if self.comparison is None:
            return self.why_not
        if self.is_exact:
            return "All records examined, both times"
        ends = self.comparison.interval
        return f"{points(ends.low)} to {points(ends.high)}"

    @property
    def said(self) -> str:
        """Whether it is a change at all, in words."""
        if self.comparison is None:
            return self.why_not
        ends = self.comparison.interval
        if self.is_exact:
            return "That is the difference of two complete counts."
        if ends.low <= 0 <= ends.high:
            return "Chance alone can explain a difference of this size."
        return "Chance alone is a poor explanation of a difference of this size."


def points(value: float) -> str:
    """Return a difference in percentage points as it is printed, always with its sign."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{half_up(float(f'{abs(value) * 100:.12g}'))}"


def change_between(now: RunFigures, before: RunFigures) -> Change | None:
    """Return how the rate changed; None where one of the two has no rate.

    Both have to be counted with the usual interval, not with Wald's.
    """
    new, old = now.headline, before.headline
    if new.value is None or old.value is None:
        return None
    chosen = Basis.CHOSEN in (new.basis, old.basis)
    return Change(
        reference=before.run.reference,
        period=before.run.period.label,
        before=old,
        comparison=None if chosen else difference(_estimate(new), _estimate(old)),
        why_not=CHOSEN if chosen else "",
        is_exact=new.basis is old.basis is Basis.CENSUS,
    )


def _estimate(rate: Rate) -> Estimate:
    return Estimate(
        rate=rate.value or 0.0,
        k=rate.k,
        n=rate.n,
        variance=0.0,
        interval=rate.interval,
        design_effect=rate.design_effect,
        effective_n=rate.effective_n,
        method=rate.method_printed,
    )
