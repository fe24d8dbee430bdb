"""Counts of decisions by group, as the database gives them, and the totals a table needs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.statistics import Counted

#: The group of those of whom the characteristic is not known, whatever the reason.
NOT_KNOWN = ""
#: Every group together, the not known included.
ALL = "*"


@dataclass(frozen=True, kw_only=True)
class ReportTally:
    """Closed reports of one group, about one thing, that came in by one route.

    Attributes:
        is_rape: Opened as rape; the N100 of others are among the unrecorded only.
    """

    group: str
    about: str
    route: str
    is_rape: bool
    in_time: int = 0
    late: int = 0
    n100: int = 0
    other_unrecorded: int = 0


@dataclass(frozen=True, kw_only=True)
class CrimeTally:
    """Victims of recorded crimes, of one group and one offence group."""

    group: str
    offence_group: str
    cancelled: int
    standing: int


Cells = Mapping[tuple[str, str], Counted]


@dataclass(frozen=True)
class Tallies:
    """The four measures by group and stratum.

    Attributes:
        rape_not_recorded: By group, reports of rape closed without a crime and not as N100. No
            table shows them; disclosure control has to know.
    """

    by_measure: Mapping[UseMeasure, Cells]
    rape_not_recorded: Mapping[str, int]

    def rape_left(self, group: str) -> int:
        """Return the reports of rape of a group, or of all, closed in neither of the usual ways."""
        return sum(one for of, one in self.rape_not_recorded.items() if group in (of, ALL))

    def counted(self, measure: UseMeasure, group: str) -> Counted:
        """Return one group's share, or everybody's (``ALL``), over all strata."""
        return _sum(one for (of, _), one in self.by_measure[measure].items() if group in (of, ALL))

    def strata(self, measure: UseMeasure) -> tuple[str, ...]:
        """Return the strata, in a fixed order."""
        return tuple(sorted({stratum for _, stratum in self.by_measure[measure]}))

    def among(self, measure: UseMeasure, groups: Iterable[str], stratum: str) -> Counted:
        """Return the share of some groups together, in one stratum."""
        cells = self.by_measure[measure]
        nothing = Counted(0, 0)
        return _sum(cells.get((group, stratum), nothing) for group in groups)


def tally(reports: Iterable[ReportTally], crimes: Iterable[CrimeTally]) -> Tallies:
    """Return the four measures."""
    found: dict[UseMeasure, dict[tuple[str, str], list[int]]] = {
        measure: defaultdict(lambda: [0, 0]) for measure in UseMeasure
    }
    rape_left: dict[str, int] = defaultdict(int)

    def add(measure: UseMeasure, group: str, stratum: str, event: int, others: int) -> None:
        cell = found[measure][group, stratum]
        cell[0] += event
        cell[1] += event + others

    for one in reports:
        recorded, unrecorded = one.in_time + one.late, one.n100 + one.other_unrecorded
        add(UseMeasure.UNRECORDED, one.group, one.about, unrecorded, recorded)
        add(UseMeasure.LATE, one.group, one.about, one.late, one.in_time)
        if one.is_rape:
            rest = recorded + one.other_unrecorded
            add(UseMeasure.N100, one.group, one.route, one.n100, rest)
            rape_left[one.group] += one.other_unrecorded
    for crime in crimes:
        add(UseMeasure.CANCELLED, crime.group, crime.offence_group, crime.cancelled, crime.standing)
    return Tallies(
        {
            measure: {key: _share(k, n) for key, (k, n) in cells.items()}
            for measure, cells in found.items()
        },
        dict(rape_left),
    )


def _share(k: int, n: int) -> Counted:
    """Return a share; what was saved between two statements must not make one impossible."""
    return Counted(max(0, k), max(0, k, n))


def _sum(shares: Iterable[Counted]) -> Counted:
    every = list(shares)
    return Counted(sum(one.k for one in every), sum(one.n for one in every))
