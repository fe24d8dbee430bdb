"""The tables of decisions by group as counts and sums, for disclosure control to go through.

The tables are linked: what was recorded and what was not make up what was closed, what was late is
a part of what was recorded, and reports of rape are a part of all. So they are protected together,
and so are the tables of all characteristics that are published together, whose totals are the same.
"""

from collections.abc import Iterator, Mapping, Sequence

from fcr_app.domain.disclosure import Key, Publication, Row, Sum
from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.equality_figures.tallies import ALL, NOT_KNOWN, Tallies

#: The counts of a measure: those it happened to, the others, and both.
EVENT, REST, BOTH = "event", "rest", "both"


def key_of(item: str, measure: UseMeasure, group: str, column: str) -> Key:
    """Return what a count is called; the totals belong to no characteristic."""
    if (measure, column) == (UseMeasure.LATE, BOTH):
        # Only what is recorded can be late, so it is one count in two tables.
        measure, column = UseMeasure.UNRECORDED, REST
    return ("" if group == ALL else item, measure.value, group, column)


def publication(tallies: Mapping[str, Tallies], groups: Mapping[str, Sequence[str]]) -> Publication:
    """Return the tables of several characteristics that are published together.

    Args:
        tallies: By characteristic.
        groups: The rows of each characteristic's tables, the not known among them.
    """
    counts: dict[Key, int] = {}
    sums: dict[Sum, None] = {}
    rows: list[Row] = []
    unshown: set[Key] = set()
    for item, tallied in tallies.items():
        for group in (*groups[item], ALL):
            counts |= _counts(item, tallied, group)
            sums |= dict.fromkeys(_sums_of(item, group))
            unshown |= {_hidden(item, group, name) for name in HIDDEN}
            if group not in (ALL, NOT_KNOWN):
                rows += _rows(item, tallied, group)
        for total in [key for key in counts if key[2] == ALL]:
            parts = tuple((item, total[1], group, total[3]) for group in groups[item])
            sums[Sum(total, parts)] = None
    return Publication(
        counts=counts,
        sums=tuple(sums),
        rows=tuple(rows),
        unshown=frozenset(unshown),
        worth={key: _worth(key) for key in counts},
    )


def _worth(key: Key) -> int:
    """Return how much rather a count is kept: totals, then the not known, then groups.

    Without the not known nobody can be compared with all others.
    """
    _, _, group, column = key
    if group == ALL:
        return 3
    if group == NOT_KNOWN:
        return 2
    return int(column == BOTH)


def _counts(item: str, tallied: Tallies, group: str) -> Iterator[tuple[Key, int]]:
    found = {measure: tallied.counted(measure, group) for measure in UseMeasure}
    for measure, one in found.items():
        yield key_of(item, measure, group, EVENT), one.k
        yield key_of(item, measure, group, REST), one.n - one.k
        yield key_of(item, measure, group, BOTH), one.n
    unrecorded, n100 = found[UseMeasure.UNRECORDED], found[UseMeasure.N100]
    left, recorded = tallied.rape_left(group), unrecorded.n - unrecorded.k
    hidden = {
        "rape_left": left,
        "rape_recorded": n100.n - n100.k - left,
        "other_left": unrecorded.k - n100.k - left,
        "other_recorded": recorded - (n100.n - n100.k - left),
        "left": unrecorded.k - n100.k,
        "other": unrecorded.n - n100.n,
    }
    yield from ((_hidden(item, group, name), count) for name, count in hidden.items())


def _sums_of(item: str, group: str) -> Iterator[Sum]:
    for measure in UseMeasure:
        whole = key_of(item, measure, group, BOTH)
        yield Sum(whole, tuple(key_of(item, measure, group, part) for part in (EVENT, REST)))
    closed, n100 = UseMeasure.UNRECORDED, UseMeasure.N100

    def made_of(whole: Key, *parts: str) -> Sum:
        return Sum(whole, tuple(_hidden(item, group, part) for part in parts))

    recorded = key_of(item, closed, group, REST)
    yield made_of(recorded, "rape_recorded", "other_recorded")
    # An N100 is unrecorded. What was not recorded otherwise is told by no table, but follows.
    unrecorded, without = key_of(item, closed, group, EVENT), key_of(item, n100, group, EVENT)
    yield Sum(unrecorded, (without, _hidden(item, group, "left")))
    yield made_of(_hidden(item, group, "left"), "rape_left", "other_left")
    yield made_of(key_of(item, n100, group, REST), "rape_left", "rape_recorded")
    every, rape = key_of(item, closed, group, BOTH), key_of(item, n100, group, BOTH)
    yield Sum(every, (rape, _hidden(item, group, "other")))
    yield made_of(_hidden(item, group, "other"), "other_left", "other_recorded")


#: Counts that follow from the tables, or might, though none shows them.
HIDDEN = ("rape_left", "rape_recorded", "other_left", "other_recorded", "left", "other")


def _hidden(item: str, group: str, name: str) -> Key:
    return ("" if group == ALL else item, name, group, "hidden")


def _rows(item: str, tallied: Tallies, group: str) -> Iterator[Row]:
    """Yield the rows of a group in which everybody in one cell would tell of each of them.

    Not where everybody of all groups is in that cell: that the total says already. Nor of the not
    known: nobody knows who they are.
    """
    for measure in UseMeasure:
        every = tallied.counted(measure, ALL)
        if 0 < every.k < every.n:
            cells = tuple(key_of(item, measure, group, part) for part in (EVENT, REST))
            yield Row(key_of(item, measure, group, BOTH), cells)
