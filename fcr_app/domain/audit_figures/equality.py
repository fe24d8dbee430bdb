"""Whether crimes against all groups of victims are recorded alike; never so that one is made out.

All that is left out, and what would give it back, is decided for all characteristics together
(docs/decisions, on suppression). The totals stand in the report anyway, so where they would have to
be left out as well there is no table at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fcr_app.domain.disclosure import PUBLIC, Key, Publication, Row, Sum, protect
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality.items import Item
from fcr_app.domain.statistics import half_up

#: The characteristics that are looked at: those known of enough victims to say anything.
SHOWN = (Item.SEX, Item.AGE, Item.ETHNICITY)
#: With fewer missing crimes, or fewer recorded ones, nothing is said of any group.
FEWEST = 20
LEFT_OUT, NOT_KNOWN = "Left out", ""
_ALL, _RECORDED, _MISSING, _BOTH = "all", "recorded", "missing", "both"


@dataclass(frozen=True, kw_only=True)
class EqualityCell:
    """Crimes that should exist against victims of one group; an empty group is not known."""

    item: Item
    group: str
    recorded: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class EqualityRow:
    """One group as it is printed.

    Attributes:
        crimes: Against its members, as a rounded number, or words.
        recorded: The share recorded, in whole per cents, or words.
    """

    item: str
    group: str
    crimes: str
    recorded: str


def equality_rows(cells: Sequence[EqualityCell]) -> tuple[EqualityRow, ...]:
    """Return the groups of each characteristic; nothing where too little can be shown."""
    by_item = {item: [cell for cell in cells if cell.item is item] for item in SHOWN}
    by_item = {item: mine for item, mine in by_item.items() if mine}
    if not by_item:
        return ()
    first = next(iter(by_item.values()))
    recorded, missing = sum(c.recorded for c in first), sum(c.missing for c in first)
    if min(recorded, missing) < FEWEST:
        return ()
    gaps = protect(_publication(by_item), PUBLIC)
    if any(key[1] == _ALL for key in gaps):
        return ()
    return tuple(
        _row(item, cell, gaps)
        for item, mine in by_item.items()
        for cell in mine
        if cell.recorded + cell.missing
    )


def _row(item: Item, cell: EqualityCell, gaps: frozenset[Key]) -> EqualityRow:
    keys = {column: (item.value, cell.group, column) for column in (_RECORDED, _MISSING, _BOTH)}
    total = cell.recorded + cell.missing
    shown = not gaps & set(keys.values())
    rate = f"{half_up(100 * cell.recorded / total, 0)}%"
    too_few = total < PUBLIC.per_cent_from
    return EqualityRow(
        item=item.label,
        group=GROUP_LABELS[item].get(cell.group, "Not known"),
        crimes=LEFT_OUT if keys[_BOTH] in gaps else f"{PUBLIC.printed(total):,}",
        recorded=rate if shown and not too_few else LEFT_OUT,
    )


def _publication(by_item: Mapping[Item, Sequence[EqualityCell]]) -> Publication:
    counts: dict[Key, int] = {}
    sums: dict[Sum, None] = {}
    rows: list[Row] = []
    for item, mine in by_item.items():
        for cell in mine:
            total, parts = _keys(item.value, cell.group)
            counts |= zip(parts, (cell.recorded, cell.missing), strict=True)
            counts[total] = cell.recorded + cell.missing
            sums[Sum(total, parts)] = None
            if cell.group != NOT_KNOWN:
                rows.append(Row(total, parts))
        for column, key in _totals():
            parts_of = tuple((item.value, cell.group, column) for cell in mine)
            counts[key] = sum(counts[part] for part in parts_of)
            sums[Sum(key, parts_of)] = None
    total, parts = _keys("", _ALL)
    sums[Sum(total, parts)] = None
    worth = {key: 3 if key[1] == _ALL else int(key[2] == _BOTH) for key in counts}
    return Publication(counts=counts, sums=tuple(sums), rows=tuple(rows), worth=worth)


def _keys(item: str, group: str) -> tuple[Key, tuple[Key, Key]]:
    return (item, group, _BOTH), ((item, group, _RECORDED), (item, group, _MISSING))


def _totals() -> Iterator[tuple[str, Key]]:
    for column in (_RECORDED, _MISSING, _BOTH):
        yield column, ("", _ALL, column)
