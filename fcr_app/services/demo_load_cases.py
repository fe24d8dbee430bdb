"""The cases of a loaded force, each with its history chained as take_step would chain it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import TypeVar

from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.rules import SELF_DEFENCE_CLASSES, SELF_DEFENCE_OFFENCES
from fcr_app.domain.working_days import end_of_working_day
from fcr_app.services.bulk import Batch
from fcr_app.services.demo_load_crimes import LoadedCrime, LoadedOffence
from fcr_app.services.demo_load_people import Staff
from fcr_app.services.demo_load_scribe import Kind, Scribe
from fcr_app.services.demo_load_story import Ids, Story, Teller
from fcr_app.services.demo_load_words import WITH_RISK

T = TypeVar("T")

#: How a case stands that somebody still has to work on, and how many in a hundred.
OPEN_PATHS: Mapping[tuple[str, ...], int] = {
    (): 6,
    ("submit",): 60,
    ("submit", "return"): 12,
    ("submit", "approve"): 22,
}
SETTLED_PATHS: Mapping[tuple[str, ...], int] = {
    ("submit", "refuse"): 40,
    ("submit", "approve", "record_notice", "remove"): 50,
    ("submit", "withdraw"): 10,
}
CODES = {
    RemovalCode.C1: 8, RemovalCode.C2: 46, RemovalCode.C3: 22, RemovalCode.C4: 18,
    RemovalCode.C5: 6,
}  # fmt: skip
RISKS = {"low": 75, "medium": 17, "high": 8}
#: Nobody waits longer than this; most wait a few days.
LONGEST_AGE, USUAL_AGE = timedelta(days=60), 4.0
#: Out of ten requests for a transfer, how many have the other force's number.
WITH_NUMBER = 0.4


class CaseMaker:
    """Makes cases one after the other, in the order of their crimes."""

    def __init__(
        self,
        staff: Staff,
        ids: Ids,
        *,
        holidays: frozenset[date],
        rng: Random,
        until: datetime,
    ) -> None:
        self.rng = rng
        self.until = until
        self.teller = Teller(
            staff=staff,
            scribe=Scribe(until),
            ids=ids,
            rng=rng,
            due_on=cache(lambda day, days: end_of_working_day(_noon(day), days, holidays)),
        )

    def make(
        self, batch: Batch, crime: LoadedCrime, survivor: tuple[int, str] | None, *, is_open: bool
    ) -> None:
        """Add one case with everything that happened to it to the batch.

        Args:
            survivor: A crime that stays, for a duplicate; None while every crime is asked about.
        """
        kind = self._kind(crime, survivor)
        path = self._path(kind, crime, is_open=is_open)
        times = self._times(crime, len(path) + 1)
        story = Story(self.teller, batch, crime, kind, survivor)
        story.open(times[0])
        for trigger, at in zip(path, times[1:], strict=True):
            story.take(trigger, at)

    def _kind(self, crime: LoadedCrime, survivor: tuple[int, str] | None) -> Kind:
        code = self._draw(CODES)
        if code is RemovalCode.C3 and survivor is None:
            code = RemovalCode.C4
        if code is RemovalCode.C5 and not _self_defence_fits(crime.offence, self.until.date()):
            code = RemovalCode.C2
        risk = self._draw(RISKS)
        return Kind(code, risk if code in WITH_RISK else "", crime.offence, crime.enhanced)

    def _path(self, kind: Kind, crime: LoadedCrime, *, is_open: bool) -> tuple[str, ...]:
        steps: list[str] = []
        for trigger in self._draw(OPEN_PATHS if is_open else SETTLED_PATHS):
            if trigger == "record_notice":
                steps.extend([trigger] * len(crime.victim_ids))
            elif trigger == "approve" and kind.code is RemovalCode.C1:
                steps.append("approve_transfer")
                if not is_open or self.rng.random() < WITH_NUMBER:
                    steps.append("record_reference")
            else:
                steps.append(trigger)
        return tuple(steps)

    def _times(self, crime: LoadedCrime, count: int) -> list[datetime]:
        """Return when it was opened and when each step was taken, in order."""
        age = min(timedelta(days=self.rng.expovariate(1 / USUAL_AGE) * count), LONGEST_AGE)
        opened_at = max(crime.recorded_at + timedelta(hours=1), self.until - age)
        span = self.until - opened_at
        later = sorted(self.rng.random() for _ in range(count - 1))
        return [opened_at + span * share for share in (0.0, *later)]

    def _draw(self, weights: Mapping[T, int]) -> T:
        return self.rng.choices(list(weights), list(weights.values()))[0]


def _self_defence_fits(offence: LoadedOffence, day: date) -> bool:
    pair = (offence.offence_class, offence.offence_code)
    return offence.offence_class in SELF_DEFENCE_CLASSES.on(
        day
    ) or pair in SELF_DEFENCE_OFFENCES.on(day)


def _noon(day: date) -> datetime:
    """Return a moment that is on the same day in London, winter and summer."""
    return datetime.combine(day, time(12), UTC)
