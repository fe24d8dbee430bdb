"""What was drawn from what, and the rate of all where strata were drawn from unlike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.rates import Basis
from fcr_app.domain.audit_sampling import Method as SampleMethod


@dataclass(frozen=True, kw_only=True)
class StratumSize:
    """One stratum: its records in the frame, those drawn, and those examined.

    Attributes:
        examined: Those with a review that counts.
    """

    name: str
    population: int
    drawn: int
    examined: int


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """The frame and the sample of an audit.

    Attributes:
        replaced: Records that a reserve took the place of.
    """

    method: SampleMethod
    strata: tuple[StratumSize, ...]
    replaced: int

    @property
    def population(self) -> int:
        """Records in the frame."""
        return sum(one.population for one in self.strata)

    @property
    def drawn(self) -> int:
        """Records in the sample."""
        return sum(one.drawn for one in self.strata)

    @property
    def examined(self) -> int:
        """Records that were examined."""
        return sum(one.examined for one in self.strata)

    @property
    def basis(self) -> Basis:
        """What the records stand for."""
        if self.method is SampleMethod.DIP:
            return Basis.CHOSEN
        if self.method is SampleMethod.CENSUS or (self.drawn and self.drawn >= self.population):
            return Basis.CENSUS
        return Basis.SAMPLE

    def basis_of(self, size: StratumSize) -> Basis:
        """Return what the records of one stratum stand for."""
        is_all = size.drawn and size.drawn >= size.population
        return Basis.CENSUS if is_all and self.basis is Basis.SAMPLE else self.basis

    @property
    def is_weighted(self) -> bool:
        """Whether strata were drawn from separately, so that each has its own weight."""
        apart = self.method in {SampleMethod.STRATIFIED, SampleMethod.FIXED}
        return apart and len(self.strata) > 1 and self.basis is Basis.SAMPLE


def sampled(
    method: SampleMethod,
    populations: Mapping[str, int],
    found: Sequence[tuple[str, int, int]],
    replaced: int,
) -> Sampled:
    """Return what was drawn from what.

    Args:
        populations: Records of each stratum of the frame.
        found: Stratum, records drawn and records examined.
    """
    drawn = {name: (in_sample, examined) for name, in_sample, examined in found}
    return Sampled(
        method=method,
        strata=tuple(
            StratumSize(
                name=name, population=populations.get(name, 0), drawn=sizes[0], examined=sizes[1]
            )
            for name in sorted({*populations, *drawn})
            for sizes in [drawn.get(name, (0, 0))]
        ),
        replaced=replaced,
    )
