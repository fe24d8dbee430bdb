"""How long people have in a state, and when that runs out."""

from collections.abc import Callable, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from fcr_app.domain.citations import Citation
from fcr_app.domain.escalation import ESCALATION, Ladder
from fcr_app.domain.facts import Facts
from fcr_app.domain.rules import Rule
from fcr_app.domain.working_days import end_of_working_day

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, kw_only=True)
class Deadline(Generic[F]):
    """The time allowed in one state.

    Attributes:
        state: The state the clock runs in.
        what: What has to happen by then, in words: "decide the request".
        working_days: How many, for a case as it stands on entering the state.
        lengths: The dated rules that the number comes from, which the policy page prints.
        escalation: When the clock speaks, and to whom.
    """

    state: StrEnum
    what: str
    working_days: Callable[[F], int]
    lengths: tuple[Rule[int], ...]
    cite: Citation
    escalation: Ladder = ESCALATION

    def due_at(self, facts: F, holidays: AbstractSet[date]) -> datetime:
        """Return the moment, in UTC, when the time has run out.

        Args:
            facts: The case; its ``now`` is the moment of entering the state.
            holidays: Bank holidays in England and Wales.
        """
        return end_of_working_day(facts.now, self.working_days(facts), holidays)
