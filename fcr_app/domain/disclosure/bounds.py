"""The lowest and the highest value of each unknown count that the known ones allow.

Linear programming by the simplex method, over counts that are never below nought. The unknowns
of one table are few, so a dense tableau and the plainest rule that can't go round in circles
(Bland's) are enough. In sums of counts every number in the tableau is a small whole one, which a
float holds exactly.

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
    """Equations in a form that shows one solution; ``most`` walks to the best one."""

    def __init__(self, equations: Sequence[Equation], unknowns: Sequence[Key]) -> None:
        self.width = len(unknowns)
        place = {key: number for number, key in enumerate(unknowns)}
        self.rows: list[list[float]] = []
        for number, one in enumerate(equations):
            sign = -1.0 if one.equals < 0 else 1.0
            row = [0.0] * (self.width + len(equations) + 1)
            for key, factor in one.factors.items():
                row[place[key]] = sign * factor
            row[self.width + number] = 1.0  # a stand-in, driven out below
            row[-1] = sign * one.equals
            self.rows.append(row)
        self.basis = [self.width + number for number in range(len(equations))]
        self._drive_out_the_stand_ins()

    def _drive_out_the_stand_ins(self) -> None:
        size = self.width + len(self.rows)
        self._walk([0.0] * self.width + [-1.0] * len(self.rows), size)
        for number in reversed(range(len(self.rows))):
            if self.basis[number] < self.width:
                continue
            row = self.rows[number]
            column = next((c for c in range(self.width) if abs(row[c]) > _NOUGHT), None)
            if column is None:  # it says what others say already
                del self.rows[number], self.basis[number]
            else:
                self._pivot(number, column)
        self.rows = [[*row[: self.width], row[-1]] for row in self.rows]

    def most(self, place: int, sign: int) -> float:
        """Return the most that an unknown, or its negative, can be."""
        goal = [0.0] * self.width
        goal[place] = float(sign)
        if not self._walk(goal, self.width):
            return inf
        value = next((self.rows[n][-1] for n, b in enumerate(self.basis) if b == place), 0.0)
        return sign * value

    def _walk(self, goal: Sequence[float], size: int) -> bool:
        """Walk to where the goal is greatest; return False where it has no end."""
        while True:
            priced = [
                (goal[b], row) for b, row in zip(self.basis, self.rows, strict=True) if goal[b]
            ]
            column = next(
                (
                    c
                    for c in range(size)
                    if goal[c] - sum(price * row[c] for price, row in priced) > _NOUGHT
                ),
                None,
            )
            if column is None:
                return True
            ratios = [
                (row[-1] / row[column], self.basis[number], number)
                for number, row in enumerate(self.rows)
                if row[column] > _NOUGHT
            ]
            if not ratios:
                return False
            self._pivot(min(ratios)[2], column)

    def _pivot(self, number: int, column: int) -> None:
        pivot = self.rows[number]
        factor = pivot[column]
        pivot[:] = [value / factor for value in pivot]
        for other, row in enumerate(self.rows):
            if other != number and (times := row[column]):
                row[:] = [mine - times * its for mine, its in zip(row, pivot, strict=True)]
        self.basis[number] = column
