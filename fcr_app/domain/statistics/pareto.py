"""Causes from the most frequent down, and which few of them make up most."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

#: The usual reading of Pareto's rule: a few causes make up about four fifths.
MOST = 0.8


@dataclass(frozen=True, kw_only=True)
class Cause(Generic[Key]):
    """One cause among all.

    Attributes:
        rate: Its share of all, from 0 to 1.
        so_far: What it and those before it make up together.
        is_of_the_most: One of the fewest causes that together make up four fifths.
    """

    key: Key
    count: int
    rate: float
    so_far: float
    is_of_the_most: bool


def pareto(counts: Mapping[Key, int]) -> tuple[Cause[Key], ...]:
    """Return causes by how often each was counted; equal ones in the order given, none unseen.

    Source: J. M. Juran, Quality Control Handbook (1951), after V. Pareto.

    Raises:
        ValueError: If a count is below nought.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("A cause is not counted fewer than nought times.")
    total = sum(counts.values())
    before = 0
    causes = []
    for key, count in sorted(counts.items(), key=lambda item: -item[1]):
        if count:
            causes.append(
                Cause(
                    key=key,
                    count=count,
                    rate=count / total,
                    so_far=(before + count) / total,
                    is_of_the_most=before < MOST * total,
                )
            )
        before += count
    return tuple(causes)
