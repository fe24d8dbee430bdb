"""What each statistic means, and the sums behind it. Queries are in ``services/``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.citations import Citation, force_policy
from fcr_app.domain.facts import ExceptionState, VictimFacts
from fcr_app.domain.removal import TELL_FIRST, RemovalCode


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A statistic as it is published: its name, what it counts, and where that comes from."""

    name: str
    counts: str
    of: str
    cite: Citation


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many."""

    met_count: int
    counted_count: int

    @property
    def rate(self) -> float | None:
        """The share as a fraction from 0 to 1; None where there was nothing to count."""
        return self.met_count / self.counted_count if self.counted_count else None


@dataclass(frozen=True, kw_only=True)
class Removal:
    """A crime that left the statistics, and what its victims knew by then."""

    crime_number: str
    code: RemovalCode
    removed_at: datetime
    victims: tuple[VictimFacts, ...]


#: VIC-07. The example to compare with is another force's 26 of 29 in 2019 (handbook, 3.5).
VICTIMS_TOLD_FIRST = Measure(
    name="Victims told before removal",
    counts="removals whose every victim was told before the crime left the statistics",
    of="crimes removed under C1, C2 and C5 that had a victim who could be told",
    cite=force_policy("VIC-07"),
)


def counts_for_telling(removal: Removal) -> bool:
    """Say whether a removal is one whose victims had to be told first (VIC-07).

    Victims whom the FCR excused from being told are left out; where that leaves nobody, the
    removal is not counted.
    """
    return removal.code in TELL_FIRST and bool(_to_be_told(removal))


def told_before_removal(removal: Removal) -> bool:
    """Say whether every victim was told before the removal; told at that moment is too late."""
    return all(
        victim.told_at is not None and victim.told_at < removal.removed_at
        for victim in _to_be_told(removal)
    )


def victims_told_first(removals: Iterable[Removal]) -> Share:
    """Return the share of removals whose victims were told first (VIC-07)."""
    met = [told_before_removal(removal) for removal in removals if counts_for_telling(removal)]
    return Share(met_count=sum(met), counted_count=len(met))


def told_too_late(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """Return the removals that fail an audit: a victim told afterwards, or never (VIC-01)."""
    return tuple(
        removal
        for removal in removals
        if counts_for_telling(removal) and not told_before_removal(removal)
    )


def _to_be_told(removal: Removal) -> tuple[VictimFacts, ...]:
    return tuple(v for v in removal.victims if v.exception is not ExceptionState.APPROVED)
