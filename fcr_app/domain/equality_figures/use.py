"""Whether recording decisions are the same for all groups: shares, ratios, and when to say nothing.

A raw gap is no evidence of bias: groups differ in what they report, where and to whom. So each
group is compared within the same kind of crime (Mantel-Haenszel), only where enough people were
counted and enough is known of them, and what a gap means is for people to find out from the records
(as the Ministry of Justice says of its relative rate index, 2016).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fcr_app.domain.disclosure import Key, Thresholds
from fcr_app.domain.equality_figures.hiding import BOTH, EVENT, REST, key_of
from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.equality_figures.tallies import ALL, NOT_KNOWN, Tallies
from fcr_app.domain.rules import GROUPS_COMPARED_FROM, MOST_NOT_KNOWN_RATE
from fcr_app.domain.statistics import (
    Comparison,
    Counted,
    Homogeneity,
    Interval,
    Stratum,
    homogeneity,
    mantel_haenszel,
    risk_ratio,
    wilson,
)

#: People in a group, and in those it is compared with, before their shares are compared.
FEWEST_COMPARED = GROUPS_COMPARED_FROM.latest
#: Of how many the characteristic may be unknown at most (0..1) before nothing is compared.
MOST_UNKNOWN_RATE = MOST_NOT_KNOWN_RATE.latest
#: What a group is compared with: all others of whom it is known, or one group by its name.
OTHERS = "others"

NOT_KNOWN_LABEL = "Not known"
SMALL = "A small count is left out, or could be worked out from this."
TOO_FEW = f"Fewer than {FEWEST_COMPARED} in this group."
TOO_FEW_OTHERS = f"Fewer than {FEWEST_COMPARED} to compare with."
NO_STRATUM = "It happened to none of them."


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A group beside those it is compared with.

    Attributes:
        crude: The plain ratio to the reference.
        pooled: The ratio within the same kind of crime.
        strata: Whether that ratio is the same for each kind of crime.
        why_not: Why there is no ratio, in a sentence; empty where there is one, or none is due.
    """

    crude: Comparison | None = None
    pooled: Comparison | None = None
    strata: Homogeneity | None = None
    why_not: str = ""

    @property
    def stands_out(self) -> str:
        """Whether like compared with like still differs: "higher", "lower", or empty."""
        if self.pooled is None or self.pooled.interval.holds(1):
            return ""
        return "higher" if self.pooled.value > 1 else "lower"


@dataclass(frozen=True, kw_only=True)
class GroupFigure:
    """One group's line in a table.

    Attributes:
        event_count: None where it is left out; so are the others.
        rate: From 0 to 1; None also where too few were counted for a percentage.
    """

    group: str
    label: str
    event_count: int | None
    counted: int | None
    rate: float | None = None
    interval: Interval | None = None
    compared: Compared = Compared()


@dataclass(frozen=True, kw_only=True)
class UseTable:
    """One measure by the groups of one characteristic.

    Attributes:
        not_known_rate: Of how many the characteristic is not known (0..1); None where nobody was
            counted, or it would give a count back.
        why_not: Why nothing is compared at all, in a sentence; empty where it is.
    """

    measure: UseMeasure
    figures: tuple[GroupFigure, ...]
    total: GroupFigure
    not_known_rate: float | None
    why_not: str

    @property
    def known(self) -> tuple[GroupFigure, ...]:
        """The lines of groups, without the not known."""
        return tuple(one for one in self.figures if one.group != NOT_KNOWN)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a table is drawn from.

    Attributes:
        labels: The groups of the characteristic in order, with their words.
        gaps: Counts to leave out.
        thresholds: None where everything is shown.
    """

    item: str
    tallies: Tallies
    labels: Mapping[str, str]
    gaps: frozenset[Key]
    thresholds: Thresholds | None

    def is_shown(self, measure: UseMeasure, group: str) -> bool:
        """Say whether nothing of a line is left out."""
        keys = (key_of(self.item, measure, group, column) for column in (EVENT, REST, BOTH))
        return self.gaps.isdisjoint(keys)


def use_table(shown: Shown, measure: UseMeasure, reference: str) -> UseTable:
    """Return one table.

    Args:
        reference: ``OTHERS``, or the group that others are compared with.
    """
    not_known = _not_known_rate(shown, measure)
    why_not = _why_nothing(shown, measure, not_known)
    figures = tuple(
        _figure(shown, measure, group, "" if why_not else reference)
        for group in (*shown.labels, NOT_KNOWN)
    )
    return UseTable(
        measure=measure,
        figures=figures,
        total=_figure(shown, measure, ALL, ""),
        not_known_rate=not_known,
        why_not=why_not,
    )


def groups_of(labels: Mapping[str, str], tallies: Tallies) -> dict[str, str]:
    """Return the groups to show: those of the list, and any that came with data, by their codes."""
    found = {group for cells in tallies.by_measure.values() for group, _ in cells}
    return dict(labels) | {group: group for group in sorted(found - {NOT_KNOWN, *labels})}


def _not_known_rate(shown: Shown, measure: UseMeasure) -> float | None:
    every = shown.tallies.counted(measure, ALL)
    hidden = {key_of(shown.item, measure, group, BOTH) for group in (ALL, NOT_KNOWN)} & shown.gaps
    if not every.n or hidden:
        return None
    return shown.tallies.counted(measure, NOT_KNOWN).n / every.n


def _why_nothing(shown: Shown, measure: UseMeasure, not_known: float | None) -> str:
    if not shown.tallies.counted(measure, ALL).n:
        return "Nothing was counted in this time."
    if not_known is None:
        return "How many are not known is left out, so nothing is compared."
    if not_known > MOST_UNKNOWN_RATE:
        return (
            f"It is not known of {not_known:.0%} of them. Above {MOST_UNKNOWN_RATE:.0%} nothing "
            "is compared: those who are missing may be unlike those who are not."
        )
    return ""


def _figure(shown: Shown, measure: UseMeasure, group: str, reference: str) -> GroupFigure:
    counted = shown.tallies.counted(measure, group)
    hidden = {
        column
        for column in (EVENT, BOTH)
        if key_of(shown.item, measure, group, column) in shown.gaps
    }
    labels = {NOT_KNOWN: NOT_KNOWN_LABEL, ALL: "All", **shown.labels}
    thresholds = shown.thresholds
    rate = None
    whole = shown.is_shown(measure, group)
    if whole and counted.n >= (thresholds.per_cent_from if thresholds else 1):
        rate = counted.rate
    compared = _compared(shown, measure, group, reference) if reference else Compared()
    return GroupFigure(
        group=group,
        label=labels[group],
        event_count=None if EVENT in hidden else _printed(counted.k, thresholds),
        counted=None if BOTH in hidden else _printed(counted.n, thresholds),
        rate=rate,
        interval=wilson(counted.k, counted.n) if rate is not None else None,
        compared=compared,
    )


def _printed(count: int, thresholds: Thresholds | None) -> int:
    return thresholds.printed(count) if thresholds else count


def _compared(shown: Shown, measure: UseMeasure, group: str, reference: str) -> Compared:
    """Return the ratios of a group, or why there are none."""
    if group in (NOT_KNOWN, reference):
        return Compared()
    against = _against(shown, group, reference)
    ours, theirs = (_together(shown, measure, groups) for groups in ((group,), against))
    if ours.n < FEWEST_COMPARED:
        # Said before the small count is: of a group left out, not even its size is told.
        return Compared(why_not=TOO_FEW if shown.is_shown(measure, group) else SMALL)
    if theirs.n < FEWEST_COMPARED:
        return Compared(why_not=TOO_FEW_OTHERS)
    lines = (group, NOT_KNOWN, ALL) if reference == OTHERS else (group, reference)
    if not all(shown.is_shown(measure, line) for line in lines):
        return Compared(why_not=SMALL)
    strata = _strata(shown, measure, group, against)
    pooled = mantel_haenszel(strata)
    if pooled is None or not (ours.k or theirs.k):
        return Compared(why_not=NO_STRATUM)
    return Compared(crude=risk_ratio(ours, theirs), pooled=pooled, strata=homogeneity(strata))


def _against(shown: Shown, group: str, reference: str) -> Sequence[str]:
    if reference == OTHERS:
        return tuple(one for one in shown.labels if one != group)
    return (reference,)


def _together(shown: Shown, measure: UseMeasure, groups: Sequence[str]) -> Counted:
    every = [shown.tallies.counted(measure, group) for group in groups]
    return Counted(sum(one.k for one in every), sum(one.n for one in every))


def _strata(
    shown: Shown, measure: UseMeasure, group: str, against: Sequence[str]
) -> tuple[Stratum, ...]:
    tallies = shown.tallies
    return tuple(
        Stratum(tallies.among(measure, (group,), stratum), tallies.among(measure, against, stratum))
        for stratum in tallies.strata(measure)
    )
