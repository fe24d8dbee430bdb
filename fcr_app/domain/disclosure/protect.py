"""Which counts to leave out of a set of tables, so that the rest can't give them back.

All tables that share a total are given at once, as counts and the sums they form. Then:

1. Counts from 1 to 4 are left out, and rows too small in which everybody did the same.
2. For each gap the lowest and the highest value are worked out that the rest allows
   (:mod:`fcr_app.domain.disclosure.bounds`), as an attacker would who has everything published.
3. Where they lie too close together, or leave not all of 1 to 4 possible to a small count,
   one more count is left out, the least useful one near the gap; and again from 2.

It ends, because with everything left out everything is possible. What is printed of the counts that
stay (rounded, or as percentages and ratios of them) can tell no more than they do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fcr_app.domain.disclosure.bounds import Equation, Key, Possible
from fcr_app.domain.disclosure.thresholds import SMALLEST_SHOWN, WIDTH, Thresholds


@dataclass(frozen=True)
class Sum:
    """A total and what it is the sum of."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Row:
    """The people of one group, and what became of them: cells that add up to the total."""

    total: Key
    cells: tuple[Key, ...]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Tables that are published together.

    Attributes:
        counts: Every count, also those that are never shown.
        sums: How they add up.
        rows: Where everybody in one cell would tell of each of them.
        unshown: Counts that no table shows but that others give by subtraction.
        worth: What is kept rather than another count, the higher the rather; the rest is worth 0.
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum, ...]
    rows: tuple[Row, ...] = ()
    unshown: frozenset[Key] = field(default_factory=frozenset)
    worth: Mapping[Key, int] = field(default_factory=dict)


def protect(publication: Publication, thresholds: Thresholds) -> frozenset[Key]:
    """Return the counts to leave out: the small ones, and those that would give them back."""
    gaps = set(_revealing(publication, thresholds))
    # What can't be worked out stays so: every further gap leaves more possible, not less.
    safe: set[Key] = set()
    while exposed := _alone(publication, gaps) or _exposed(publication, gaps, safe):
        before = len(gaps)
        _cover(publication, exposed, gaps)
        # With all its sums unknown nothing is exposed.
        assert len(gaps) > before, f"{exposed!r} can't be protected."  # noqa: S101 - or it never ends
    return frozenset(gaps)


def _cover(publication: Publication, exposed: Iterable[Key], gaps: set[Key]) -> None:
    """Leave one more count out near each exposed gap, unless one was just left out beside it."""
    near: set[Key] = set()
    for key in exposed:
        if key not in near:
            added = _least_useful_near(publication, key, gaps)
            if added is None:  # those before it took all that was left, and this one is safe too
                continue
            gaps.add(added)
            near |= {member for one in _sums_with(publication, {added}) for member in _members(one)}


def is_protected(publication: Publication, gaps: frozenset[Key]) -> bool:
    """Say whether nobody can work out a gap, or come too near, from all that is published."""
    return not _exposed(publication, set(gaps), set())


def is_small(count: int) -> bool:
    """Say whether a count is one of those that are left out."""
    return 0 < count < SMALLEST_SHOWN


def _revealing(publication: Publication, thresholds: Thresholds) -> Iterator[Key]:
    """Yield what is left out for its own sake."""
    counts = publication.counts
    for key, count in counts.items():
        if is_small(count) and key not in publication.unshown:
            yield key
    for row in publication.rows:
        filled = [key for key in row.cells if counts[key]]
        if len(filled) == 1 and counts[row.total] < thresholds.per_cent_from:
            yield from row.cells


def _alone(publication: Publication, gaps: set[Key]) -> list[Key]:
    """Return gaps that are the only unknown of a sum: plain subtraction gives them back."""
    found: list[Key] = []
    unknown = gaps | publication.unshown
    for one in publication.sums:
        inside = _members(one) & unknown
        if len(inside) == 1 and inside & gaps:
            found += inside
    return found


def _exposed(publication: Publication, gaps: set[Key], safe: set[Key]) -> list[Key]:
    """Return the gaps that the rest gives away, the smallest count first.

    Args:
        safe: Gaps known not to be, to which this adds those it finds.
    """
    counts = publication.counts
    unknown = gaps | publication.unshown
    watched = {key for key in unknown - safe if key in gaps or is_small(counts[key])}
    possible = Possible(_equations(publication, unknown))
    found = []
    for key in sorted(watched, key=lambda key: (counts[key], key)):
        low, high = possible.ends(key, counts[key])
        told = is_small(counts[key]) and not (low <= 1 and high >= SMALLEST_SHOWN - 1)
        if told or high - low < WIDTH:
            found.append(key)
        else:
            safe.add(key)
    return found


def _equations(publication: Publication, unknown: set[Key]) -> list[Equation]:
    """Return what the published counts say of the unknown ones."""
    found = []
    for one in publication.sums:
        members = ((one.total, -1), *((part, 1) for part in one.parts))
        if any(key in unknown for key, _ in members):
            known = sum(
                sign * publication.counts[key] for key, sign in members if key not in unknown
            )
            found.append(Equation({k: sign for k, sign in members if k in unknown}, -known))
    return found


def _least_useful_near(publication: Publication, exposed: Key, gaps: set[Key]) -> Key | None:
    """Return one more count to leave out, from the sum that gives most away of the exposed gap.

    Rather what is worth less; rather one whose other sums have a gap already, so that nothing new
    is exposed; rather a small one. A nought can't get smaller, so it covers little. None where
    nothing is left.
    """
    counts, unknown = publication.counts, gaps | publication.unshown

    def usefulness(key: Key) -> tuple[object, ...]:
        opened = sum(1 for one in _sums_with(publication, {key}) if not _members(one) & unknown)
        return (publication.worth.get(key, 0), counts[key] == 0, opened, counts[key], key)

    near, looked = {exposed}, set[Key]()
    while near:
        found = [one for one in _sums_with(publication, near) if _members(one) - unknown]
        if found:
            tightest = min(found, key=lambda one: _room(one, counts, unknown))
            return min(_members(tightest) - unknown, key=usefulness)
        looked |= near
        near = {key for one in _sums_with(publication, near) for key in _members(one)} - looked
    return None


def _members(one: Sum) -> set[Key]:
    return {one.total, *one.parts}


def _sums_with(publication: Publication, keys: set[Key]) -> list[Sum]:
    return [one for one in publication.sums if _members(one) & keys]


def _room(one: Sum, counts: Mapping[Key, int], unknown: set[Key]) -> tuple[bool, int]:
    """Return how freely the unknown counts of a sum can trade places; a lone one can't at all."""
    inside = _members(one) & unknown
    return len(inside) > 1, sum(counts[key] for key in inside)
