"""The crimes of a loaded force: an everyday mix of offences, spread over a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from string import ascii_uppercase

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import EnhancedGround, Flag
from fcr_app.domain.facts import Part
from fcr_app.domain.numbers import name_key
from fcr_app.models import Crime, CrimeFlag, CrimePerson, Offence, Victim
from fcr_app.services.bulk import Batch, Row
from fcr_app.services.demo_load_people import Officer, Staff

#: How a loaded crime says where it came from.
SOURCE = "demonstration load"
OVER = timedelta(days=365)
#: Class and code, and how many in a hundred; the rest is spread over the first ones.
MIX: Mapping[tuple[str, str], int] = {
    ("46", "046/00"): 14, ("49", "049/03"): 13, ("105A", "105/01"): 12, ("8N", "008/06"): 9,
    ("8L", "195/94"): 8, ("58C", "149/00"): 8, ("28I", "028/03"): 7, ("48", "048/01"): 6,
    ("39", "039/00"): 6, ("8R", "008/72"): 5, ("34B", "034/01"): 3, ("8Q", "195/12"): 3,
    ("92D", "092/50"): 2, ("10D", "008/26"): 1, ("19C", "019/08"): 2, ("20A", "020/05"): 1,
}  # fmt: skip


@dataclass(frozen=True)
class LoadedOffence:
    """What the load has to know of an offence."""

    id: int
    offence_class: str
    offence_code: str
    has_victim: bool


@dataclass(frozen=True, kw_only=True)
class LoadedCrime:
    """A crime as the cases about it see it. Its row may still be changed."""

    row: Row
    number: str
    offence: LoadedOffence
    officer: Officer
    recorded_at: datetime
    victim_ids: tuple[int, ...]
    enhanced: bool


def offence_mix(session: Session) -> tuple[Sequence[LoadedOffence], Sequence[int]]:
    """Return the offences to draw from, and their weights."""
    found = {
        (row.offence_class, row.offence_code): LoadedOffence(
            row.id, row.offence_class, row.offence_code, "V" in row.victim_or_state.split("/")
        )
        for row in session.execute(
            select(Offence.id, Offence.offence_class, Offence.offence_code, Offence.victim_or_state)
        )
    }
    return [found[key] for key in MIX], list(MIX.values())


def number_of(crime_id: int) -> str:
    """Return the number of a loaded crime."""
    return f"LD/{crime_id:07}"


class CrimeMaker:
    """Makes crimes one after the other, in the order they were recorded."""

    def __init__(  # noqa: PLR0913 - what every crime is made from
        self,
        staff: Staff,
        mix: tuple[Sequence[LoadedOffence], Sequence[int]],
        *,
        count: int,
        until: datetime,
        rng: Random,
        last_victim_id: int,
    ) -> None:
        self.staff = staff
        self.offences, self.weights = mix
        self.began_at = until - OVER
        self.step = OVER / count
        self.rng = rng
        self.victim_id = last_victim_id

    def make(self, batch: Batch, crime_id: int, place: int) -> LoadedCrime:
        """Add one crime with its victims, flags and people to the batch.

        Args:
            place: Its place in the order of recording, from 0.
        """
        rng = self.rng
        offence = rng.choices(self.offences, self.weights)[0]
        officer = rng.choice(self.staff.officers)
        recorded_at = self.began_at + self.step * (place + rng.random())
        recorded_at = recorded_at.replace(second=0, microsecond=0)
        number, incident = number_of(crime_id), f"LDI-{crime_id:08}"
        row = batch.add(
            Crime,
            id=crime_id,
            crime_number=number,
            number_key=number,
            incident_reference=incident,
            incident_key=incident,
            reported_at=recorded_at - timedelta(minutes=rng.randrange(10, 1400)),
            recorded_at=recorded_at,
            recorded_month=recorded_at.date().replace(day=1),
            offence_id=offence.id,
            first_offence_id=offence.id,
            unit_id=officer.unit_id,
            oic_id=officer.id,
            location=f"{rng.randrange(1, 200)} Demo Street",
            summary="A loaded demonstration crime.",
            status="recorded",
            removal_code=None,
            removed_at=None,
            source=SOURCE,
            created_at=recorded_at,
        )
        self._people(batch, crime_id, officer)
        victim_ids, enhanced = self._victims(batch, crime_id, offence)
        if offence.has_victim and rng.random() < 0.15:  # noqa: PLR2004 - one in seven
            batch.add(CrimeFlag, crime_id=crime_id, flag=Flag.DOMESTIC_ABUSE.value)
        return LoadedCrime(
            row=row,
            number=number,
            offence=offence,
            officer=officer,
            recorded_at=recorded_at,
            victim_ids=victim_ids,
            enhanced=enhanced,
        )

    def _people(self, batch: Batch, crime_id: int, officer: Officer) -> None:
        def add(person_id: int, part: Part) -> None:
            batch.add(CrimePerson, crime_id=crime_id, person_id=person_id, part=part.value)

        add(officer.id, Part.OFFICER_IN_CASE)
        if self.rng.random() < 0.3:  # noqa: PLR2004 - supervisors look closely at some
            add(officer.supervisor_id, Part.SUPERVISOR)
        former = self.rng.choice(self.staff.officers)
        if former.id != officer.id and self.rng.random() < 0.05:  # noqa: PLR2004 - few change hands
            add(former.id, Part.FORMER_OFFICER_IN_CASE)

    def _victims(
        self, batch: Batch, crime_id: int, offence: LoadedOffence
    ) -> tuple[tuple[int, ...], bool]:
        """Add the victims; return their ids, and whether any has enhanced rights."""
        if not offence.has_victim:
            return (), False
        rng = self.rng
        enhanced_any = False
        first = self.victim_id + 1
        for _ in range(1 + (rng.random() < 0.1)):  # noqa: PLR2004 - one in ten has two
            self.victim_id += 1
            # A surname that some hundred share, as in life.
            surname = f"Victim-{rng.choice(ascii_uppercase)}{rng.choice(ascii_uppercase)}"
            name = f"Demo {self.victim_id:07} {surname}"
            enhanced = rng.random() < 0.15  # noqa: PLR2004 - one in seven
            enhanced_any = enhanced_any or enhanced
            batch.add(
                Victim,
                id=self.victim_id,
                crime_id=crime_id,
                kind="person",
                name=name,
                name_key=name_key(name),
                address=f"{rng.randrange(1, 200)} Demo Street\nDemonstration Town",
                enhanced_ground=EnhancedGround.VULNERABLE.value if enhanced else "",
            )
        return tuple(range(first, self.victim_id + 1)), enhanced_any
