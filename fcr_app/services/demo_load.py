"""Fills a database with a force of any size, the same every time, to try and to measure on."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import from_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotADemonstration
from fcr_app.models import (
    BankHoliday,
    Case,
    Crime,
    Decision,
    EqualityRecord,
    Incident,
    Person,
    Unit,
    Victim,
)
from fcr_app.services.bulk import Batch, last_id, settle
from fcr_app.services.demo_force import DEMO_PASSWORD, add_force, require_demonstration
from fcr_app.services.demo_load_cases import CaseMaker
from fcr_app.services.demo_load_crimes import SOURCE, CrimeMaker, number_of, offence_mix
from fcr_app.services.demo_load_equality import EqualityMaker
from fcr_app.services.demo_load_people import Staffing
from fcr_app.services.demo_load_reports import ReportMaker
from fcr_app.services.demo_load_story import Ids
from fcr_app.services.log import Record, record_change
from fcr_app.services.offences import load_shipped
from fcr_app.services.passwords import hash_password

#: Crimes put in at a time: enough to be fast, little enough for the memory.
AT_A_TIME = 2_000
#: Of the crimes that nobody asks about now, one in so many was asked about before.
SETTLED_ONE_IN = 5
#: The load's day ends at this hour: whatever happened, happened before.
DAY_ENDS_AT = time(8)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to load. The same plan makes the same rows in the same empty database.

    Attributes:
        on: The day on which the force is as it is.
    """

    crimes: int
    open_cases: int
    seed: int
    on: date


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How far a load has come."""

    crimes: int
    rows: int


def load(session: Session, actor: Actor, plan: Plan, *, now: datetime) -> Iterator[Loading]:
    """Load a force.

    Yields:
        How far it has come, after every few thousand crimes.

    Raises:
        NotADemonstration: If the database holds a real force, or a load already.
    """
    force = require_demonstration(session)
    if session.scalar(select(Crime.id).where(Crime.source == SOURCE).limit(1)):
        raise NotADemonstration(
            "This database holds a loaded force already. Load into a new database."
        )
    if force is None:
        add_force(session, plan.on)
    load_shipped(session, actor, now=now)
    yield from _Load(session, plan).run()
    record_change(
        session, actor, "demo:load", Record.FORCE, 1, now=now, verb="collection",
        detail=f"{plan.crimes} crimes, {plan.open_cases} open cases, seed {plan.seed}",
    )  # fmt: skip
    session.flush()
    settle(session, (Unit, Person, Crime, Incident, EqualityRecord, Victim, Case, Decision))


class _Load:
    def __init__(self, session: Session, plan: Plan) -> None:
        self.session = session
        self.plan = plan
        # Not for secrets: the same seed has to make the same force.
        self.rng = Random(plan.seed)  # noqa: S311
        self.until = from_london(datetime.combine(plan.on, DAY_ENDS_AT))
        self.first_id = last_id(session, Crime) + 1
        self.open_places, self.settled_places, self.free_places = self._places()

    def _places(self) -> tuple[frozenset[int], frozenset[int], list[int]]:
        """Choose which crimes are asked about now, which were before, and which never."""
        places = range(self.plan.crimes)
        open_places = frozenset(self.rng.sample(places, self.plan.open_cases))
        rest = [place for place in places if place not in open_places]
        settled = frozenset(self.rng.sample(rest, len(rest) // SETTLED_ONE_IN))
        return open_places, settled, [place for place in rest if place not in settled]

    def run(self) -> Iterator[Loading]:
        session, plan, rng = self.session, self.plan, self.rng
        staffing = Staffing(session, hash_password(DEMO_PASSWORD), self.until, rng)
        staff = staffing.make(plan.crimes)
        rows = staffing.batch.send(session)
        crimes = CrimeMaker(
            staff,
            offence_mix(session),
            count=plan.crimes,
            # A day's room for what happens to the last crime.
            until=self.until - timedelta(days=1),
            rng=rng,
            last_victim_id=last_id(session, Victim),
        )
        cases = CaseMaker(
            staff,
            Ids(case=last_id(session, Case), decision=last_id(session, Decision)),
            holidays=frozenset(session.scalars(select(BankHoliday.on_date))),
            rng=rng,
            until=self.until,
        )
        equality = EqualityMaker(last_record_id=last_id(session, EqualityRecord), seed=plan.seed)
        reports = ReportMaker(staff, equality, last_id=last_id(session, Incident), seed=plan.seed)
        batch = Batch()
        for place in range(plan.crimes):
            crime = crimes.make(batch, self.first_id + place, place)
            equality.make(batch, crime)
            reports.make(batch, crime)
            if place in self.open_places or place in self.settled_places:
                is_open = place in self.open_places
                cases.make(batch, crime, self._survivor(place), is_open=is_open)
            if (place + 1) % AT_A_TIME == 0 or place + 1 == plan.crimes:
                rows += batch.send(session)
                yield Loading(crimes=place + 1, rows=rows)

    def _survivor(self, place: int) -> tuple[int, str] | None:
        """Return an earlier crime that nobody asks about, with its number."""
        earlier = bisect_left(self.free_places, place)
        if not earlier:
            return None
        crime_id = self.first_id + self.free_places[self.rng.randrange(earlier)]
        return crime_id, number_of(crime_id)
