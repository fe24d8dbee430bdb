"""The lowest and the highest value of each unknown count that the known ones allow.

Linear programming by the simplex method, over counts that are never below nought. The unknowns
of one table are few, so a tableau without its noughts and the plainest rule that can't go round in
circles (Bland's) are enough. In sums of counts every number in the tableau is a small whole one,
which a float holds exactly.

Source: R. G. Bland, Mathematics of Operations Research 2 (1977), 103–107.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

#: What a count is called by.
Key = tuple[str, ...]
_NOUGHT = 1e-9


@dataclass(frozen=True)
class Equation:
    """Unknown counts, each times a factor, that add up to a known number."""

    factors: Mapping[Key, int]
    equals: int


class Possible:
    """What unknowns may be. Each is worked out when it is asked for, and not before."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self._part_of: dict[Key, list[Equation]] = {}
        for part in _apart(equations):
            self._part_of |= {key: part for one in part for key in one.factors}
        self._tableaux: dict[int, tuple[_Tableau, list[Key]]] = {}

    def ends(self, key: Key, count: int) -> tuple[float, float]:
        """Return the lowest and the highest value of an unknown.

        Args:
            count: Its true value: one way in which the equations hold.
        """
        part = self._part_of.get(key)
        if part is None:  # nothing is said of it
            return 0.0, inf
        if id(part) not in self._tableaux:
            unknowns = sorted({name for one in part for name in one.factors})
            self._tableaux[id(part)] = _Tableau(part, unknowns), unknowns
        tableau, unknowns = self._tableaux[id(part)]
        place = unknowns.index(key)
        low, high = -tableau.most(place, -1), tableau.most(place, 1)
        # The truth is possible; a float may miss it by a hair.
        return min(low, count), max(high, count)


def _apart(equations: Sequence[Equation]) -> Iterator[list[Equation]]:
    """Yield the equations in parts that share no unknown, which can be solved alone."""
    left = list(equations)
    while left:
        part = [left.pop()]
        keys = set(part[0].factors)
        while more := [one for one in left if keys & one.factors.keys()]:
            for one in more:
                left.remove(one)
                keys |= one.factors.keys()
            part += more
        yield part


class _Tableau:
    """Equations in a form that shows one solution; ``most`` walks to the best one.

    A row is what stands in it beside noughts, by column: most are noughts.
    """

    def __init__(self, equations: Sequence[Equation], unknowns: Sequence[Key]) -> None:
        self.width = len(unknowns)
        place = {key: number for number, key in enumerate(unknowns)}
        self.rows: list[dict[int, float]] = []
        self.values: list[float] = []
        for number, one in enumerate(equations):
            sign = -1.0 if one.equals < 0 else 1.0
            row = {place[key]: sign * factor for key, factor in one.factors.items()}
            row[self.width + number] = 1.0  # a stand-in, driven out below
            self.rows.append(row)
            self.values.append(sign * one.equals)
        self.basis = [self.width + number for number in range(len(equations))]
        self._drive_out_the_stand_ins()

    def _drive_out_the_stand_ins(self) -> None:
        self._walk({self.width + number: -1.0 for number in range(len(self.rows))})
        for number in reversed(range(len(self.rows))):
            if self.basis[number] < self.width:
                continue
            column = min((c for c in self.rows[number] if c < self.width), default=None)
            if column is None:  # it says what others say already
                del self.rows[number], self.values[number], self.basis[number]
            else:
                self._pivot(number, column)
        self.rows = [{c: its for c, its in row.items() if c < self.width} for row in self.rows]

    def most(self, place: int, sign: int) -> float:
        """Return the most that an unknown, or its negative, can be."""
        if not self._walk({place: float(sign)}):
            return inf
        value = next((self.values[n] for n, b in enumerate(self.basis) if b == place), 0.0)
        return sign * value

    def _walk(self, goal: Mapping[int, float]) -> bool:
        """Walk to where the goal is greatest; return False where it has no end."""
        # What a step along each column gains. Kept up to date as one more row, since working it
        # out anew each time would cost more than all the rest.
        gains = dict(goal)
        for base, row in zip(self.basis, self.rows, strict=True):
            if price := goal.get(base):
                _take(gains, row, price)
        while True:
            column = min((c for c, gain in gains.items() if gain > _NOUGHT), default=None)
            if column is None:
                return True
            ratios = [
                (self.values[number] / row[column], self.basis[number], number)
                for number, row in enumerate(self.rows)
                if row.get(column, 0.0) > _NOUGHT
            ]
            if not ratios:
                return False
            number = min(ratios)[2]
            self._pivot(number, column)
            _take(gains, self.rows[number], gains[column])

    def _pivot(self, number: int, column: int) -> None:
        factor = self.rows[number][column]
        pivot = {c: its / factor for c, its in self.rows[number].items()}
        self.rows[number] = pivot
        self.values[number] /= factor
        for other, row in enumerate(self.rows):
            if other != number and (times := row.get(column)):
                _take(row, pivot, times)
                self.values[other] -= times * self.values[number]
        self.basis[number] = column


def _take(row: dict[int, float], from_it: Mapping[int, float], times: float) -> None:
    """Take so many times another row from a row."""
    for column, its in from_it.items():
        left = row.get(column, 0.0) - times * its
        if abs(left) > _NOUGHT:
            row[column] = left
        else:
            row.pop(column, None)
