"""What the victims of a loaded force were asked: enough rows to measure lists and statistics on."""

from collections.abc import Mapping
from datetime import date, datetime
from random import Random

from fcr_app.domain.equality.age import band_of, from_birth
from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.items import NEEDED, Item
from fcr_app.domain.equality.lists import code_list
from fcr_app.domain.london import to_london
from fcr_app.models import EqualityAnswer, EqualityRecord, Victim
from fcr_app.services.bulk import Batch
from fcr_app.services.demo_load_crimes import LoadedCrime
from fcr_app.services.equality.answers import YEARS

#: Of a hundred victims, how many gave a value and how many a reason, unless all was asked.
_TOLD: Mapping[Item, tuple[int, int]] = {
    Item.AGE: (96, 2),
    Item.SEX: (98, 1),
    Item.ETHNICITY: (62, 25),
    Item.DISABILITY: (20, 10),
}
_LITTLE = (8, 10)
_ASKED_ALL = 0.3


class EqualityMaker:
    """Makes the records of the victims of one crime after the other."""

    def __init__(self, *, last_record_id: int, seed: int) -> None:
        # Its own chance, so that the crimes are those that the seed made before.
        self.rng = Random(seed)  # noqa: S311 - the same seed has to make the same force
        self.record_id = last_record_id

    def make(self, batch: Batch, crime: LoadedCrime) -> None:
        """Add a record with answers for each victim of a crime."""
        # A crime's victims are the last that were added.
        added = batch.rows[Victim][-len(crime.victim_ids) :] if crime.victim_ids else []
        for victim in added:
            self.add(batch, crime.recorded_at, crime.officer.id)
            victim["equality_record_id"] = self.record_id

    def add(
        self, batch: Batch, at: datetime, officer_id: int, *, incident_id: int | None = None
    ) -> None:
        """Add a record with the answers that an officer was given at a moment."""
        self.record_id += 1
        asked_all = self.rng.random() < _ASKED_ALL
        batch.add(
            EqualityRecord,
            id=self.record_id,
            incident_id=incident_id,
            opened_at=at,
            counted_on=to_london(at).date(),
            completed_at=at if asked_all else None,
            version=1,
        )
        for item in NEEDED:
            self._answer(batch, at, officer_id, item, asked_all=asked_all)

    def _answer(
        self, batch: Batch, at: datetime, officer_id: int, item: Item, *, asked_all: bool
    ) -> None:
        day = to_london(at).date()
        values, reasons = (88, 12) if asked_all else _TOLD.get(item, _LITTLE)
        drawn = self.rng.randrange(100)
        if drawn >= values + reasons:
            return
        missing = ""
        if drawn >= values:
            missing = (Missing.DECLINED if asked_all else Missing.NOT_ASKED).value
        value, group, listed = self._value(day, item)
        batch.add(
            EqualityAnswer,
            record_id=self.record_id,
            item=item.value,
            value="" if missing else value,
            group="" if missing else group,
            detail="",
            source=AnswerSource.SELF.value,
            missing_reason=missing,
            given_on=day,
            code_list=listed,
            entered_by_id=officer_id,
            entered_at=at,
            superseded_at=None,
        )

    def _value(self, day: date, item: Item) -> tuple[str, str, str]:
        if item is Item.AGE:
            years = self.rng.randrange(17, 90)
            born_on = day.replace(year=day.year - years, day=1)
            return from_birth(born_on, day), band_of(years).key, YEARS
        listed = code_list(item, day)
        # The first code of a list is the commonest, as it is in life.
        code = listed.codes[0] if self.rng.random() < 0.5 else self.rng.choice(listed.codes)  # noqa: PLR2004 - a share
        return code.code, code.group, listed.version
