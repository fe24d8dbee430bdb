"""Where figures come from: the records as they are now, or the counts kept of each month.

Both say the same in the same shape; the tests compare them. What is kept is used only where
counting would make people wait (docs/decisions).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from fcr_app.domain.equality.items import Item


class Dimension(StrEnum):
    """What victims are broken down by."""

    MONTH = "month"
    ROUTE = "route"
    OFFENCE_GROUP = "offence_group"
    UNIT = "unit"


class ByKey(NamedTuple):
    """Victims of one line: with a value or a reason where answered, blank otherwise."""

    key: str
    is_answered: bool
    reason: str
    victims: int


class ByItem(NamedTuple):
    """Answers to one item: with a value where there is no reason."""

    item: str
    reason: str
    victims: int


class Reports(NamedTuple):
    """Closed reports of a group; of everybody where there is no item."""

    item: str
    group: str
    opening_code: str
    route: str
    in_time: int
    late: int
    n100: int
    every: int


class Crimes(NamedTuple):
    """Victims of recorded crimes of a group; of everybody where there is no item."""

    item: str
    group: str
    offence_group: str
    cancelled: int
    every: int


class Source(ABC):
    """Gives the counts of a period. Each method is one statement."""

    @abstractmethod
    def victims(self) -> int:
        """Return how many victims who are people there are."""

    @abstractmethod
    def children(self) -> int:
        """Return how many of them are known to be under 16."""

    @abstractmethod
    def answered(self) -> list[ByItem]:
        """Return the answers in force to every item."""

    @abstractmethod
    def broken_down(self, item: Item, by: Dimension) -> list[ByKey]:
        """Return the victims by something else and by whether an item is known."""

    @abstractmethod
    def reports(self, items: Sequence[Item]) -> list[Reports]:
        """Return closed reports by group of each item; of everybody where no item is given."""

    @abstractmethod
    def crimes(self, items: Sequence[Item]) -> list[Crimes]:
        """Return victims of crimes by group of each item; of everybody where none is given."""
