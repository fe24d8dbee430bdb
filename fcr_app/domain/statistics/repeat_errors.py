"""Is the same error seen less often after feedback than before: one person and kind at a time.

The design is made so that people are not chosen for what is then counted. A day is fixed in
advance. What somebody did wrong before it is the count before. Whoever is then given feedback, on
an error made after that day, is looked at from the moment of that feedback for the same length of
time: the count after. The feedback itself is in neither. If nothing changed, an error is as likely
to fall in one window as in the other, however careful or unlucky the person is, so people with
many errors and people with few can be put together.

Counting back from the feedback itself would not do: with each item as its own starting point every
repeat is counted once before and once after, and with a person's first or third item as the
starting point the count before is nought, or at least two, by choice.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, inf, sqrt
from typing import TypeVar

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for
from fcr_app.domain.statistics.proportion import clopper_pearson

Key = TypeVar("Key", bound=Hashable)

#: With more repeats than this, and exposures that differ, the score interval is as good.
MOST_EXACT = 150
_HALVINGS = 60
#: Logarithms of the least and the greatest ratio that is looked for.
_LEAST, _GREATEST = -12.0, 12.0


@dataclass(frozen=True, kw_only=True)
class MadeError:
    """An error that somebody made, and when they were told."""

    person_id: int
    kind: str
    unit_id: int | None
    made_at: datetime
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class Windows:
    """When is before, and when is after.

    Attributes:
        until: The present.
        length: Of the window before, and of each person's window after.
        told_during: Of the time in which somebody has to be given feedback to be looked at.
        found_within: How soon an error has to be found to count, in both windows alike, so that
            the window after is not the emptier because not all was found yet.
    """

    until: datetime
    length: timedelta
    told_during: timedelta
    found_within: timedelta

    @property
    def fixed_at(self) -> datetime:
        """The moment at which the count before ends and looking for feedback begins."""
        return self.until - self.found_within - self.length - self.told_during

    @property
    def begins_at(self) -> datetime:
        """The moment at which the count before begins."""
        return self.fixed_at - self.length

    @property
    def told_until(self) -> datetime:
        """The moment at which looking for feedback ends; all of after fits behind it."""
        return self.fixed_at + self.told_during


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One person and one kind of error: how often before, and how often after feedback.

    Attributes:
        told_at: When they were given feedback; the window after begins here.
        exposure_before: What there was to get wrong, such as records dealt with; for windows of
            equal time alone, 1 in both.
    """

    person_id: int
    kind: str
    unit_id: int | None
    told_at: datetime
    before: int
    after: int
    exposure_before: float = 1.0
    exposure_after: float = 1.0


@dataclass(frozen=True)
class RepeatRatio:
    """How many times as often as before an error is seen after feedback.

    Attributes:
        value: None where there was nothing before, so that there is no ratio.
        interval: Its upper end is infinite where there was nothing before.
    """

    value: float | None
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class Group:
    """Observations put together.

    Attributes:
        keys: What they have in common: one kind or unit, or several that are each too small.
        people: How many different people.
        ratio: None where there are too few repeats to say.
    """

    keys: tuple[Hashable, ...]
    people: int
    observations: int
    before: int
    after: int
    ratio: RepeatRatio | None


def observations(errors: Iterable[MadeError], windows: Windows) -> list[Observation]:
    """Return who was given feedback on which kind of error, with their counts."""
    apart: dict[tuple[int, str], list[MadeError]] = {}
    for error in errors:
        apart.setdefault((error.person_id, error.kind), []).append(error)
    found = (_observe(same, windows) for same in apart.values())
    return [one for one in found if one is not None]


def _observe(same: Sequence[MadeError], windows: Windows) -> Observation | None:
    """Look at all the errors of one kind of one person."""
    told = [
        error
        for error in same
        if error.made_at >= windows.fixed_at and error.told_at < windows.told_until
    ]
    if not told:
        return None
    first = min(told, key=lambda error: error.told_at)
    end = first.told_at + windows.length
    soon = [error for error in same if error.told_at - error.made_at <= windows.found_within]
    return Observation(
        person_id=first.person_id,
        kind=first.kind,
        unit_id=first.unit_id,
        told_at=first.told_at,
        before=sum(windows.begins_at <= error.made_at < windows.fixed_at for error in soon),
        after=sum(first.told_at < error.made_at <= end for error in soon),
    )


def repeat_ratio(found: Sequence[Observation], level: float = USUAL_LEVEL) -> RepeatRatio | None:
    """Return the ratio of the two rates, each person compared with themselves.

    Given how many errors a person made in both windows, how many of those fall after is binomial
    with the share p = θ·e₂/(θ·e₂ + e₁), where θ is the ratio and e₁, e₂ are the exposures: how
    careful the person is drops out. θ is where the sum over all people of what is expected after
    equals what was seen. The interval is exact: its ends are where as much as was seen, or as
    little, has a probability of α/2. With equal exposures these are the ends p of Clopper and
    Pearson's interval as odds, p/(1−p). With many repeats and unequal exposures it is the score
    interval, (seen − expected)² = z²·Σ n·p·(1−p).

    Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940), 313–323; H. J. Whitaker, C. P.
    Farrington, B. Spiessens and P. Musonda, Statistics in Medicine 25 (2006), 1768–1797 (each
    person as their own control).

    Returns:
        None where nobody made the error in either window.
    """
    seen = [one for one in found if one.before + one.after]
    if not seen:
        return None
    after = sum(one.after for one in seen)
    total = after + sum(one.before for one in seen)
    if _is_even(seen):
        share = clopper_pearson(after, total, level)
        scale = seen[0].exposure_before / seen[0].exposure_after
        value = scale * after / (total - after) if after < total else None
        return RepeatRatio(value, Interval(scale * _odds(share.low), scale * _odds(share.high)))
    value = _where(lambda ratio: _expected(seen, ratio) >= after) if after else 0.0
    tail = (1 - level) / 2
    low, high = (
        _exact_ends(seen, after, tail) if total <= MOST_EXACT else _score_ends(seen, after, level)
    )
    is_all = after == total
    return RepeatRatio(
        None if is_all else value, Interval(low if after else 0.0, inf if is_all else high)
    )


def _is_even(seen: Sequence[Observation]) -> bool:
    """Say whether the exposures stand to each other alike for everybody."""
    first = seen[0]
    return all(
        one.exposure_after * first.exposure_before == first.exposure_after * one.exposure_before
        for one in seen
    )


def _odds(share: float) -> float:
    return inf if share == 1 else share / (1 - share)


def _share(one: Observation, ratio: float) -> float:
    weighed = ratio * one.exposure_after
    return weighed / (weighed + one.exposure_before)


def _expected(seen: Sequence[Observation], ratio: float) -> float:
    return sum((one.before + one.after) * _share(one, ratio) for one in seen)


def _where(is_over: Callable[[float], bool]) -> float:
    """Return the ratio from which on something that only ever turns true is true."""
    low, high = _LEAST, _GREATEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if is_over(exp(middle)):
            high = middle
        else:
            low = middle
    return exp((low + high) / 2)


def _exact_ends(seen: Sequence[Observation], after: int, tail: float) -> tuple[float, float]:
    low = _where(lambda ratio: sum(_chances(seen, ratio)[after:]) >= tail)
    high = _where(lambda ratio: sum(_chances(seen, ratio)[: after + 1]) <= tail)
    return low, high


def _chances(seen: Sequence[Observation], ratio: float) -> list[float]:
    """Return how probable each number of errors after is: a sum of unlike yes-or-no trials."""
    chances = [1.0]
    for one in seen:
        share = _share(one, ratio)
        for _ in range(one.before + one.after):
            stays = [chance * (1 - share) for chance in (*chances, 0.0)]
            moves = [chance * share for chance in (0.0, *chances)]
            chances = [a + b for a, b in zip(stays, moves, strict=True)]
    return chances


def _score_ends(seen: Sequence[Observation], after: int, level: float) -> tuple[float, float]:
    z = z_for(level)

    def apart(ratio: float) -> float:
        shares = [(one.before + one.after, _share(one, ratio)) for one in seen]
        spread = sqrt(sum(count * share * (1 - share) for count, share in shares))
        return (after - sum(count * share for count, share in shares)) / spread

    return _where(lambda ratio: apart(ratio) <= z), _where(lambda ratio: apart(ratio) <= -z)


def grouped(
    found: Sequence[Observation],
    key: Callable[[Observation], Key],
    *,
    fewest_people: int,
    fewest_repeats: int,
) -> list[Group]:
    """Return observations by what they have in common, none about fewer people than allowed.

    What is too small stands together in one group at the end. Where that is too small itself the
    smallest of the others joins it, so that nothing left out can be worked out from the whole.
    Nothing is returned where all of it together is too small.
    """
    apart: dict[Key, list[Observation]] = {}
    for one in found:
        apart.setdefault(key(one), []).append(one)
    by_size = sorted(apart, key=lambda name: (-_people(apart[name]), str(name)))
    alone = [name for name in by_size if _people(apart[name]) >= fewest_people]
    rest = [name for name in by_size if name not in alone]
    while rest and alone and _people(_all(apart, rest)) < fewest_people:
        rest.insert(0, alone.pop())
    if rest and _people(_all(apart, rest)) < fewest_people:
        return []
    groups = [_group((name,), apart[name], fewest_repeats) for name in alone]
    return groups + ([_group(tuple(rest), _all(apart, rest), fewest_repeats)] if rest else [])


def _all(apart: dict[Key, list[Observation]], names: Iterable[Key]) -> list[Observation]:
    return [one for name in names for one in apart[name]]


def _people(found: Iterable[Observation]) -> int:
    return len({one.person_id for one in found})


def _group(keys: tuple[Hashable, ...], found: Sequence[Observation], fewest_repeats: int) -> Group:
    before, after = sum(one.before for one in found), sum(one.after for one in found)
    return Group(
        keys=keys,
        people=_people(found),
        observations=len(found),
        before=before,
        after=after,
        ratio=repeat_ratio(found) if before + after >= fewest_repeats else None,
    )
