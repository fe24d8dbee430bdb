"""How long people have in a state, and when that runs out."""

from collections.abc import Callable, Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
        until: The moment itself, where the report fixes it and no days are counted.
        lengths: The dated rules that the number comes from, which the policy page prints.
        escalation: When the clock speaks, and to whom.
    """

    state: StrEnum
    what: str
    lengths: tuple[Rule[int] | Rule[timedelta], ...]
    cite: Citation
    working_days: Callable[[F], int] | None = None
    until: Callable[[F], datetime | None] | None = None
    escalation: Ladder = ESCALATION

    def due_at(self, facts: F, holidays: AbstractSet[date]) -> datetime | None:
        """Return the moment, in UTC, when the time has run out; None if it never does.

        Args:
            facts: The case; its ``now`` is the moment of entering the state.
            holidays: Bank holidays in England and Wales.
        """
        if self.until is not None:
            return self.until(facts)
        assert self.working_days is not None  # noqa: S101 - one of the two is given
        return end_of_working_day(facts.now, self.working_days(facts), holidays)
