"""An attacker who has everything that is published, and integer programming."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from fcr_app.domain.disclosure import Key, Publication, Row, Sum, Thresholds, protect
from fcr_app.domain.disclosure.thresholds import SMALLEST_SHOWN, WIDTH


def narrowed(
    publication: Publication, gaps: frozenset[Key], thresholds: Thresholds, most: int = 10_000
) -> dict[Key, tuple[int, int]]:
    """Return the least and the greatest whole number that each gap can be.

    The attacker knows the counts shown as they are printed (rounded, where they are), how the
    tables add up, and that no count is below nought. One greater than ``most`` is not looked for.
    """
    keys = list(publication.counts)
    place = {key: number for number, key in enumerate(keys)}
    low, high = np.zeros(len(keys)), np.full(len(keys), float(most))
    for key, count in publication.counts.items():
        if key not in gaps and key not in publication.unshown:
            low[place[key]], high[place[key]] = _as_printed(count, thresholds)
    adding = np.zeros((len(publication.sums), len(keys)))
    for number, one in enumerate(publication.sums):
        adding[number, place[one.total]] = -1
        for part in one.parts:
            adding[number, place[part]] = 1
    constraint = LinearConstraint(adding, 0, 0)
    found: dict[Key, tuple[int, int]] = {}
    for key in gaps:
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(keys))
            goal[place[key]] = sign
            result = milp(
                goal,
                constraints=constraint,
                integrality=np.ones(len(keys)),
                bounds=Bounds(low, high),
            )
            assert result.success, result.message
            ends.append(round(result.x[place[key]]))
        found[key] = (ends[0], ends[1])
    return found


def _as_printed(count: int, thresholds: Thresholds) -> tuple[int, int]:
    """Return which counts would be printed like this one."""
    if thresholds.round_to == 1:
        return count, count
    printed, half = thresholds.printed(count), thresholds.round_to // 2
    return max(0, printed - half), printed + half


def table(cells: Mapping[tuple[str, str], int], *, named: str = "") -> Publication:
    """Return a table of rows and columns with all its totals."""
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    counts: dict[Key, int] = {(named, *key): count for key, count in cells.items()}
    for row in rows:
        counts[(named, row, "all")] = sum(cells[row, column] for column in columns)
    for column in (*columns, "all"):
        counts[("all", column)] = sum(counts[(named, row, column)] for row in rows)
    sums = [Sum((named, r, "all"), tuple((named, r, c) for c in columns)) for r in rows]
    sums += [Sum(("all", c), tuple((named, r, c) for r in rows)) for c in (*columns, "all")]
    sums += [Sum(("all", "all"), tuple(("all", c) for c in columns))]
    people = tuple(Row((named, r, "all"), tuple((named, r, c) for c in columns)) for r in rows)
    worth = {key: key.count("all") for key in counts}
    return Publication(counts=counts, sums=tuple(sums), rows=people, worth=worth)


def check(
    publication: Publication, thresholds: Thresholds, also_known: tuple[Sum, ...] = ()
) -> None:
    """Attack what is published, and fail if anything comes out.

    Args:
        also_known: Sums that an attacker may use, though the defence did without.
    """
    gaps = protect(publication, thresholds)
    publication = replace(publication, sums=publication.sums + also_known)
    counts = publication.counts
    shown = {k: n for k, n in counts.items() if k not in gaps and k not in publication.unshown}
    assert not [key for key, count in shown.items() if 0 < count < SMALLEST_SHOWN]
    hidden = {key for key in publication.unshown if 0 < counts[key] < SMALLEST_SHOWN}
    for key, (low, high) in narrowed(publication, gaps | hidden, thresholds).items():
        assert low <= counts[key] <= high
        assert high - low >= WIDTH, f"{key} lies between {low} and {high}"
        if 0 < counts[key] < SMALLEST_SHOWN:
            assert low <= 1, f"{key} can't be 1"
            assert high >= SMALLEST_SHOWN - 1, f"{key} can't be 4"
