"""Which records are drawn, and which are held in reserve."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fcr_app.domain.audit_sampling.allocation import Spread, allocate
from fcr_app.domain.audit_sampling.frame import FrameRow
from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audit_sampling.order import ALGORITHM, BY_HAND, in_order


@dataclass(frozen=True)
class Pick:
    """One record that was drawn, or is a reserve.

    Attributes:
        inclusion_probability: How likely it was to be drawn, above 0 and at most 1; of a reserve,
            that of the records of its stratum, which it has once it replaces one. None where
            somebody chose it.
        position: From 1, in the order drawn; reserves come after.
    """

    identifier: str
    stratum: str
    inclusion_probability: float | None
    position: int


@dataclass(frozen=True)
class Drawn:
    """A sample, its reserves, and how it was drawn."""

    selected: tuple[Pick, ...]
    reserves: tuple[Pick, ...]
    algorithm: str = ALGORITHM

    @property
    def examines_all(self) -> bool:
        """Whether each record of the frame was drawn, so that there is nothing to estimate."""
        return all(pick.inclusion_probability == 1 for pick in self.selected)


@dataclass(frozen=True, kw_only=True)
class DrawRule:
    """How a sample is drawn.

    Attributes:
        size: Records in all; for a fixed number, records from each stratum; of no account where
            all are examined.
        reserves: Records held in reserve in all, shared among strata as the sample is, rounded up.
        spread: For a stratified sample.
    """

    method: Method
    size: int = 0
    reserves: int = 0
    spread: Spread = field(default_factory=Spread)


def draw(frame: Iterable[FrameRow], rule: DrawRule, seed: str) -> Drawn:
    """Draw a sample: the records that come first in the seed's order (``order.py``).

    A simple sample takes no notice of strata. The reserves are those that come next: of the frame
    for a simple sample, of each stratum for the others. Drawn records are listed in the seed's
    order whatever their stratum, so that whoever stops early has examined some of each.

    Args:
        seed: 32 hex digits in lower case.

    Raises:
        ValueError: If the seed or the size is none, an identifier comes twice, or the records of
            a dip sample are to be drawn.
    """
    if rule.method is Method.DIP:
        raise ValueError("The records of a dip sample are chosen by hand.")
    if min(rule.size, rule.reserves) < 0:
        raise ValueError("A sample has no fewer than nought records.")
    rows = list(frame)
    rows_by_identifier = {row.identifier: row for row in rows}
    ordered = [rows_by_identifier[one] for one in in_order((row.identifier for row in rows), seed)]
    populations = Counter(_drawn_with(row, rule) for row in ordered)
    sizes = _sizes(populations, rule)
    spare = _spare(sizes, rule.reserves)
    selected: list[FrameRow] = []
    reserves: list[FrameRow] = []
    seen: Counter[str] = Counter()
    for row in ordered:
        stratum = _drawn_with(row, rule)
        seen[stratum] += 1
        if seen[stratum] <= sizes[stratum]:
            selected.append(row)
        elif seen[stratum] <= sizes[stratum] + spare[stratum]:
            reserves.append(row)
    likely = {stratum: sizes[stratum] / count for stratum, count in populations.items()}
    picks = tuple(
        Pick(row.identifier, row.stratum, likely[_drawn_with(row, rule)], position)
        for position, row in enumerate(selected + reserves, 1)
    )
    return Drawn(picks[: len(selected)], picks[len(selected) :])


def picked_by_hand(frame: Iterable[FrameRow], identifiers: Sequence[str]) -> Drawn:
    """Return a dip sample: the records somebody chose, in the order they gave.

    It says nothing of the rest of the frame, so no record has a chance it was drawn with.

    Raises:
        ValueError: If a record is chosen twice, or is not in the frame.
    """
    strata = {row.identifier: row.stratum for row in frame}
    if len(set(identifiers)) != len(identifiers):
        raise ValueError("A record is chosen twice.")
    if not set(identifiers) <= set(strata):
        raise ValueError("A record that was chosen is not in the frame.")
    return Drawn(
        tuple(Pick(one, strata[one], None, at) for at, one in enumerate(identifiers, 1)),
        (),
        BY_HAND,
    )


def replacement(
    reserves: Iterable[Pick], used: Collection[str], *, method: Method, stratum: str
) -> Pick | None:
    """Return the reserve that takes the place of a record, or None where there is none left.

    It is the first in the order drawn that was not used yet: of the same stratum, unless the
    sample took no notice of strata. Nobody chooses among reserves.
    """
    for pick in sorted(reserves, key=lambda one: one.position):
        if pick.identifier not in used and (method is Method.SIMPLE or pick.stratum == stratum):
            return pick
    return None


def _drawn_with(row: FrameRow, rule: DrawRule) -> str:
    """Return the stratum that a record is drawn within; all are one for a simple sample."""
    return "" if rule.method is Method.SIMPLE else row.stratum


def _sizes(populations: Mapping[str, int], rule: DrawRule) -> dict[str, int]:
    match rule.method:
        case Method.CENSUS:
            return dict(populations)
        case Method.FIXED:
            return {stratum: min(rule.size, count) for stratum, count in populations.items()}
        case _:
            return allocate(populations, rule.size, rule.spread)


def _spare(sizes: Mapping[str, int], reserves: int) -> dict[str, int]:
    """Share the reserves as the sample is shared, rounded up so that each stratum has some."""
    total = sum(sizes.values())
    return {
        stratum: -(-reserves * size // total) if total else 0 for stratum, size in sizes.items()
    }
