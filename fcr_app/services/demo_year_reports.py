"""A year of the demonstration's closed reports, so that figures by group can be seen.

Put in as rows and not played through the services: a thousand reports with their crimes, victims
and answers would take a minute. All are long settled, nothing of them waits for anybody. Drawn by
chance with a fixed seed, about nobody. In one group more reports than elsewhere end without a
crime: that the figures show it can then be seen, and nothing else can be read from it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.age import band_of, from_birth
from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.ethnicity import BLACK
from fcr_app.domain.equality.items import NEEDED, Item
from fcr_app.domain.equality.lists import code_list
from fcr_app.domain.equality_figures.period import last_twelve_months
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import ReporterType, Route
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import name_key
from fcr_app.models import (
    Crime,
    CrimePerson,
    EqualityAnswer,
    EqualityRecord,
    Incident,
    IncidentCrime,
    LateRecord,
    Offence,
    Person,
    Victim,
)
from fcr_app.services.bulk import Batch, last_id, settle
from fcr_app.services.equality.answers import YEARS

REPORTS = 1000
SOURCE = "demonstration"
_SEED = 149
#: What reports are about, with the class that is recorded, the likelier the more often.
_ABOUT = (
    *[(OpeningCode.VIOLENCE, "8N")] * 7, *[(OpeningCode.ROBBERY, "34B")] * 2,
    *[(OpeningCode.DAMAGE, "58C")] * 4, *[(OpeningCode.THEFT, "46")] * 4,
    *[(OpeningCode.PUBLIC_ORDER, "9A")] * 2, (OpeningCode.RAPE, "19C"),
)  # fmt: skip
_ROUTES = (Route.EMERGENCY, Route.NON_EMERGENCY, Route.NON_EMERGENCY, Route.ONLINE)
#: Of a hundred victims, of how many it is known.
_KNOWN = {Item.AGE: 98, Item.SEX: 98, Item.ETHNICITY: 87, Item.DISABILITY: 62}
_SELDOM_KNOWN = 30
_LIKELY = {
    Item.ETHNICITY: ("W1",) * 12 + ("W9", "M1", "A1", "A2", "A9", "B1", "B2", "B2", "O9"),
    Item.DISABILITY: ("no",) * 5,
    Item.RELIGION: ("none", "christian", "christian", "muslim"),
    Item.ORIENTATION: ("heterosexual",) * 12,
    Item.GENDER_IDENTITY: ("same",) * 20,
    Item.MARRIAGE: ("single", "married"),
}
#: The share of victims of whom everything was at least asked; the rest is left on the worklist.
_ASKED_ALL = 0.96
_UNRECORDED, _UNRECORDED_MORE = 0.09, 0.2
_LATE, _N100, _CANCELLED = 0.08, 0.2, 0.04


@dataclass(frozen=True)
class _Told:
    """One report, for what hangs on it."""

    id: int
    at: datetime
    officer: Person
    record_id: int
    group: str


def add_reports(session: Session, *, now: datetime) -> int:
    """Add the closed reports of the twelve whole months before; return how many."""
    made = _Reports(session, now)
    for number in range(REPORTS):
        made.add(number)
    made.batch.send(session)
    settle(session, (Incident, Crime, Victim, CrimePerson, EqualityRecord, EqualityAnswer))
    return REPORTS


class _Reports:
    def __init__(self, session: Session, now: datetime) -> None:
        self.rng = Random(_SEED)  # noqa: S311 - a demonstration, no secret
        self.batch = Batch()
        period = last_twelve_months(to_london(now).date())
        self.begins = period.starts_at
        self.step = (period.ends_at - timedelta(days=4) - self.begins) / REPORTS
        self.officers = session.scalars(
            select(Person).where(Person.staff_number.like("DEMO1%")).order_by(Person.id)
        ).all()
        self.registrar_id = session.scalars(
            select(Person.id).where(Person.email == "fcr@demo.example")
        ).one()
        self.offences = {
            found.offence_class: found.id
            for found in session.scalars(select(Offence).order_by(Offence.id.desc()))
        }
        self.last = {model: last_id(session, model) for model in (Incident, Crime, EqualityRecord)}

    def add(self, number: int) -> None:
        """Add one report with all that came of it."""
        rng, at = self.rng, (self.begins + self.step * number).replace(second=0, microsecond=0)
        opening, offence_class = rng.choice(_ABOUT)
        told = _Told(
            id=self.last[Incident] + number + 1,
            at=at,
            officer=rng.choice(self.officers),
            record_id=self.last[EqualityRecord] + number + 1,
            group=self._victim(self.last[EqualityRecord] + number + 1, at),
        )
        unlikely = rng.random() < (_UNRECORDED_MORE if told.group == BLACK else _UNRECORDED)
        if opening is OpeningCode.RAPE:
            unlikely = rng.random() < _N100
        closed = (
            (ClosingCode.N100 if opening is OpeningCode.RAPE else ClosingCode.NOT_RECORDED)
            if unlikely
            else ClosingCode.CRIME_RECORDED
        )
        is_late = not unlikely and rng.random() < _LATE
        settled_at = at + timedelta(
            hours=rng.randrange(26, 60) if is_late else rng.randrange(1, 22)
        )
        self._report(told, number, opening, closed, settled_at)
        if not unlikely:
            self._crime(told, number, self.offences[offence_class], settled_at, is_late=is_late)

    def _report(
        self, told: _Told, number: int, opening: OpeningCode, closed: ClosingCode, at: datetime
    ) -> None:
        reference, name = f"DCY-INC-{number + 1:04}", f"Demo Caller {number + 1}"
        self.batch.add(
            Incident, id=told.id, reference=reference, reference_key=reference,
            first_reported_at=told.at, record_by_at=told.at + timedelta(hours=24), time_note="",
            received_by_id=told.officer.id, entered_by_id=told.officer.id,
            officer_id=told.officer.id, unit_id=told.officer.unit_id,
            route=self.rng.choice(_ROUTES).value, sarc_case="", other_force="",
            other_force_reference="", found_in_crime_id=None,
            reporter_type=ReporterType.VICTIM.value, reporter="", victim_name=name,
            victim_key=name_key(name), victim_traced="yes", victim_confirmed="yes",
            victim_willing="yes", account="A report of the demonstration year.", location="",
            opening_code=opening.value, rape_disclosed_at=None, closing_code=closed.value,
            duplicate_of_id=None, settled_at=at, source=SOURCE, row_hash="", created_at=told.at,
            version=1,
        )  # fmt: skip

    def _crime(
        self, told: _Told, number: int, offence_id: int, at: datetime, *, is_late: bool
    ) -> None:
        crime_id, reference = self.last[Crime] + number + 1, f"DCY/{number + 1:04}"
        cancelled = self.rng.random() < _CANCELLED
        self.batch.add(
            Crime, id=crime_id, crime_number=reference, number_key=reference,
            incident_reference=f"DCY-INC-{number + 1:04}",
            incident_key=f"DCY-INC-{number + 1:04}", reported_at=told.at, recorded_at=at,
            recorded_month=to_london(at).date().replace(day=1), time_note="",
            offence_id=offence_id, first_offence_id=offence_id, offence_text="",
            unit_id=told.officer.unit_id, oic_id=told.officer.id, location="",
            summary="A crime of the demonstration year.",
            status="cancelled" if cancelled else "recorded",
            removal_code="C2" if cancelled else None,
            removed_at=at + timedelta(days=9) if cancelled else None, source=SOURCE, row_hash="",
            created_at=at, version=1,
        )  # fmt: skip
        self.batch.add(
            CrimePerson, crime_id=crime_id, person_id=told.officer.id, part="oic",
            since_on=to_london(at).date(),
        )  # fmt: skip
        name = f"Demo Caller {number + 1}"
        self.batch.add(
            Victim, crime_id=crime_id, kind="person", name=name, name_key=name_key(name),
            is_child=False, speaks_for="", address="", enhanced_ground="", prefers_language="en",
            equality_record_id=told.record_id,
        )  # fmt: skip
        self.batch.add(
            IncidentCrime, incident_id=told.id, crime_id=crime_id, linked_at=at,
            linked_by_id=told.officer.id,
        )  # fmt: skip
        if is_late:
            self.batch.add(
                LateRecord, incident_id=told.id, crime_id=crime_id,
                limit_at=told.at + timedelta(hours=24), recorded_at=at,
                reason="The officer was on leave and nobody took it on.",
                given_by_id=told.officer.id, verdict="not_accepted", remark="Leave is no reason.",
                reviewed_by_id=self.registrar_id, reviewed_at=at + timedelta(days=2),
            )  # fmt: skip

    def _victim(self, record_id: int, at: datetime) -> str:
        """Add a record with its answers; return the group of the ethnicity, empty if not known."""
        rng, day, ethnic_group = self.rng, to_london(at).date(), ""
        asked_all, answered_at = rng.random() < _ASKED_ALL, at + timedelta(hours=2)
        is_complete = True
        for item in NEEDED:
            is_known = rng.randrange(100) < _KNOWN.get(item, _SELDOM_KNOWN)
            is_complete = is_complete and (is_known or asked_all)
            if not is_known and not asked_all and rng.random() < 0.5:  # noqa: PLR2004 - a share
                continue  # blank: nobody wrote down even why
            missing = "" if is_known else (Missing.DECLINED if asked_all else Missing.NOT_ASKED)
            value, group, listed = self._value(item, day)
            if item is Item.ETHNICITY and is_known:
                ethnic_group = group
            self.batch.add(
                EqualityAnswer, record_id=record_id, item=item.value,
                value=value if is_known else "", group=group if is_known else "", detail="",
                source=AnswerSource.SELF.value, missing_reason=str(missing), given_on=day,
                code_list=listed, entered_by_id=rng.choice(self.officers).id,
                entered_at=answered_at, superseded_at=None,
            )  # fmt: skip
        self.batch.add(
            EqualityRecord, id=record_id, incident_id=record_id - self.last[EqualityRecord]
            + self.last[Incident], opened_at=at, counted_on=day,
            completed_at=answered_at if is_complete else None, version=1,
        )  # fmt: skip
        return ethnic_group

    def _value(self, item: Item, day: date) -> tuple[str, str, str]:
        if item is Item.AGE:
            years = self.rng.randrange(17, 84)
            return (
                from_birth(day.replace(year=day.year - years, day=1), day),
                band_of(years).key,
                YEARS,
            )
        listed = code_list(item, day)
        likely = _LIKELY.get(item)
        wanted = self.rng.choice(likely) if likely and self.rng.random() < 0.9 else ""  # noqa: PLR2004 - a share
        code = next((one for one in listed.codes if one.code == wanted), None)
        code = code or self.rng.choice(listed.codes)
        return code.code, code.group, listed.version
