"""What people see of the diary: the week, the free slots, the daily list; in few statements."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.diary.clock import Band
from fcr_app.domain.diary.days import day_of, day_span
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.recording_clock import Light
from fcr_app.domain.roles import Actor, Role
from fcr_app.jobs.send_diary_list import send_diary_list
from fcr_app.models import AccessEntry, Appointment, Case, DiaryDay, Message, Notice, Person, Unit
from fcr_app.services.diary import Asked, View, diary, read_asked
from fcr_app.services.diary_booking import booking
from fcr_app.services.diary_daily import daily, every_row
from fcr_app.services.diary_slots import Wanted
from fcr_app.services.transaction import transaction
from tests.builders import a_person, a_unit, an_incident, as_actor
from tests.statements import statements

#: A Wednesday at noon in winter, when London time is UTC.
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR = timedelta(hours=1)
#: For a page of the diary, the log of the look included.
MOST_FOR_THE_DIARY = 6

MakeSlot = Callable[..., Appointment]


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit(session, name="Demo Unit North")


@pytest.fixture
def supervisor(session: Session, unit: Unit) -> Person:
    return a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR], unit=unit)


@pytest.fixture
def officer(session: Session, unit: Unit, supervisor: Person) -> Person:
    return a_person(session, unit=unit, supervisor=supervisor, staff_number="D1")


@pytest.fixture
def make_slot(session: Session, officer: Person) -> MakeSlot:
    """Add an appointment as it stands, without the steps that led there."""

    def make(  # what differs from one slot to the next
        starts_at: datetime,
        *,
        who: Person = officer,
        age: timedelta = 3 * HOUR,
        code: OpeningCode = OpeningCode.VIOLENCE,
        state: str = "booked",
        outcome: str = "",
        settled: bool = False,
        insufficient: str = "",
    ) -> Appointment:
        incident = an_incident(session, first_reported_at=NOW - age, officer=who, opening_code=code)
        if settled:
            incident.settled_at, incident.closing_code = NOW, "crime_recorded"
        number = session.scalar(select(func.count()).select_from(Case)) or 0
        case = Case(
            reference=f"DIA-26-{number + 1:06}",
            workflow="diary",
            state=state,
            open=True,
            incident_id=incident.id,
            unit_id=who.unit_id,
            opened_by_id=who.id,
            opened_at=NOW - age,
            entered_at=NOW - age,
        )
        session.add(case)
        session.flush()
        slot = Appointment(
            case_id=case.id,
            incident_id=incident.id,
            unit_id=who.unit_id,
            officer_id=who.id,
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            place="station",
            outcome=outcome,
            past_limit=bool(insufficient),
            insufficient=insufficient,
            changed_at=NOW,
        )
        session.add(slot)
        session.flush()
        return slot

    return make


def test_a_week_is_seen_day_by_day_with_the_clock_of_each_report(
    session: Session, supervisor: Person, make_slot: MakeSlot
) -> None:
    make_slot(NOW + 2 * HOUR, age=3 * HOUR)
    make_slot(NOW - 2 * HOUR, age=13 * HOUR)
    make_slot(NOW + 30 * HOUR, age=30 * HOUR, insufficient="Nothing is known yet about it.")
    make_slot(NOW + 26 * HOUR, age=30 * HOUR, settled=True)
    make_slot(NOW + timedelta(days=7))

    seen = diary(session, as_actor(session, supervisor, today=TODAY), Asked(on=TODAY), now=NOW)

    assert [len(slots) for slots in seen.by_day.values()] == [0, 0, 2, 2, 0, 0, 0]
    first, second, third, fourth = seen.slots
    assert [s.light for s in seen.slots] == [Light.AMBER, Light.GREEN, Light.RED, Light.RED]
    assert (first.starts_at, second.starts_at) == (NOW - 2 * HOUR, NOW + 2 * HOUR)
    assert (third.recorded, fourth.past_limit) == (True, True)


def test_nobody_sees_appointments_that_are_not_open_to_them(
    session: Session, officer: Person, make_slot: MakeSlot
) -> None:
    elsewhere = a_person(session, name="Demo Officer Two", unit=a_unit(session))
    make_slot(NOW + HOUR, who=elsewhere)
    mine = make_slot(NOW + HOUR)

    def seen(person: Person) -> list[int]:
        actor = as_actor(session, person, today=TODAY)
        return [slot.officer_id for slot in diary(session, actor, Asked(on=TODAY), now=NOW).slots]

    assert seen(officer) == [mine.officer_id]
    assert seen(elsewhere) == [elsewhere.id]
    assert seen(a_person(session, name="Demo Officer Three")) == []
    assert len(seen(a_person(session, name="Demo FCR", roles=[Role.FCR]))) == 2
    assert seen(a_person(session, name="Demo Administrator", roles=[Role.ADMINISTRATOR])) == []
    looks = session.scalars(select(AccessEntry.what)).all()
    assert set(looks) == {"diary:read"}


def test_the_diary_is_narrowed_to_a_unit_with_those_in_it_and_to_an_officer(
    session: Session, unit: Unit, officer: Person, make_slot: MakeSlot
) -> None:
    below = a_person(session, name="Demo Officer Two", unit=a_unit(session, parent=unit))
    other = a_person(session, name="Demo Officer Three", unit=a_unit(session))
    for who in (officer, below, other):
        make_slot(NOW + HOUR, who=who)
    fcr = as_actor(session, a_person(session, name="Demo FCR", roles=[Role.FCR]), today=TODAY)

    def seen(*, unit: int | None = None, officer: int | None = None) -> set[int]:
        found = diary(session, fcr, Asked(on=TODAY, unit=unit, officer=officer), now=NOW)
        return {slot.officer_id for slot in found.slots}

    assert seen() == {officer.id, below.id, other.id}
    assert seen(unit=unit.id) == {officer.id, below.id}
    assert seen(officer=other.id) == {other.id}
    assert seen(officer=other.id, unit=unit.id) == set()


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 10, 31)])
def test_both_hours_of_an_october_night_have_their_slots(
    session: Session, officer: Person, make_slot: MakeSlot, day: date
) -> None:
    midnight = day_span(day).start
    for n in (1, 2, 24):
        make_slot(midnight + n * HOUR)
    actor = as_actor(session, officer, today=TODAY)

    seen = diary(session, actor, Asked(view=View.DAY, on=day), now=NOW)

    busy = [hour.label for hour, slots in seen.by_hour if slots]
    assert busy == ["01:00 BST", "01:00 GMT", "23:00"]
    assert [day_of(slot.starts_at) for slot in seen.slots] == [day] * 3


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2027, 3, 28)])
def test_a_march_day_ends_after_23_hours(
    session: Session, officer: Person, make_slot: MakeSlot, day: date
) -> None:
    midnight = day_span(day).start
    make_slot(midnight + 22 * HOUR)
    make_slot(midnight + 23 * HOUR)
    actor = as_actor(session, officer, today=TODAY)

    seen = diary(session, actor, Asked(view=View.DAY, on=day), now=NOW)

    assert [hour.label for hour, slots in seen.by_hour if slots] == ["23:00"]
    assert "01:00" not in [hour.label for hour, _ in seen.by_hour]


def test_what_an_address_says_is_read_and_what_makes_no_sense_is_not() -> None:
    officer = Actor(id=7, name="Demo", roles=frozenset({Role.OFFICER}), unit_id=3)
    supervisor = Actor(id=8, name="Demo", roles=frozenset({Role.SUPERVISOR}), unit_id=3)

    assert read_asked({}, officer, TODAY) == Asked(on=TODAY, officer=7)
    assert read_asked({}, supervisor, TODAY) == Asked(on=TODAY, unit=3)
    said = {"view": "day", "on": "2026-10-25", "unit": "4", "officer": ""}
    assert read_asked(said, officer, TODAY) == Asked(view=View.DAY, on=date(2026, 10, 25), unit=4)
    for wrong in ({"on": "never"}, {"on": "0001-01-01"}, {"on": "9999-12-31"}, {"view": "year"}):
        assert read_asked(wrong, officer, TODAY) == Asked(on=TODAY, officer=7)
    assert read_asked({"unit": "x" * 20, "officer": "9" * 20}, officer, TODAY) == Asked(on=TODAY)


def test_the_diary_asks_little_of_the_database_however_full_the_week_is(
    session: Session, supervisor: Person, make_slot: MakeSlot
) -> None:
    for number in range(200):
        make_slot(day_span(date(2026, 11, 23)).start + number * HOUR / 2)
    actor = as_actor(session, supervisor, today=TODAY)
    session.commit()
    session.expunge_all()

    with statements(session) as sent, transaction():
        seen = diary(session, actor, Asked(on=TODAY), now=NOW)

    assert len(seen.slots) == 200
    assert not seen.more
    assert len(sent) <= MOST_FOR_THE_DIARY, sent


def test_free_slots_say_beforehand_whether_they_are_in_time(
    session: Session, officer: Person, make_slot: MakeSlot
) -> None:
    make_slot(NOW + 2 * HOUR)
    case = session.get_one(Case, make_slot(NOW - HOUR, age=3 * HOUR, outcome="missed").case_id)
    case.state = "missed"
    actor = as_actor(session, officer, today=TODAY)
    wanted = Wanted(whom=None, minutes=60, since=TODAY)

    found = booking(session, actor, case.reference, wanted, now=NOW)

    today, tomorrow = found.days[0].offers, found.days[1].offers
    starts = [offer.span.start for offer in today]
    assert NOW + HOUR in starts
    assert NOW + 2 * HOUR not in starts  # taken
    assert min(starts) > NOW
    limit = NOW + 21 * HOUR
    assert [offer.late for offer in tomorrow] == [o.span.start > limit for o in tomorrow]
    assert {offer.late for offer in tomorrow} == {False, True}
    assert all(offer.late for day in found.days[2:] for offer in day.offers)
    assert {offer.who.staff_number for offer in today} == {"D1"}


def test_anybody_of_the_unit_who_is_free_is_offered(
    session: Session, officer: Person, unit: Unit, make_slot: MakeSlot
) -> None:
    a_person(session, name="Demo Officer Two", unit=unit, staff_number="D2")
    make_slot(NOW + 2 * HOUR)
    case = session.get_one(Case, make_slot(NOW - HOUR, outcome="missed").case_id)
    case.state = "missed"
    actor = as_actor(session, officer, today=TODAY)

    found = booking(
        session, actor, case.reference, Wanted(whom="", minutes=60, since=TODAY), now=NOW
    )

    who = {offer.span.start: offer.who.staff_number for offer in found.days[0].offers}
    assert who[NOW + HOUR] == "D1"
    assert who[NOW + 2 * HOUR] != "D1"


def test_the_daily_list_holds_crimes_without_a_record_in_bands_of_age(
    session: Session, supervisor: Person, make_slot: MakeSlot
) -> None:
    for hours in (3, 11.99, 12, 24, 24.01, 60):
        make_slot(NOW + HOUR, age=hours * HOUR)
    make_slot(NOW + HOUR, code=OpeningCode.WELFARE)
    make_slot(NOW + HOUR, settled=True)
    actor = as_actor(session, supervisor, today=TODAY)

    found = daily(session, actor, now=NOW)

    assert found.counts == {Band.UNDER_12: 2, Band.TO_24: 2, Band.OVER_24: 2}
    assert [row.band for row in found.page.rows] == [
        Band.OVER_24, Band.OVER_24, Band.TO_24, Band.TO_24, Band.UNDER_12, Band.UNDER_12,
    ]  # fmt: skip
    assert len(every_row(session, actor, now=NOW)) == 6
    stranger = as_actor(session, a_person(session, name="Demo Officer Nine"), today=TODAY)
    assert daily(session, stranger, now=NOW).page.rows == ()


def test_the_daily_list_is_read_page_by_page_and_back(
    session: Session, supervisor: Person, make_slot: MakeSlot
) -> None:
    for hours in range(30):
        make_slot(NOW + HOUR, age=hours * HOUR)
    actor = as_actor(session, supervisor, today=TODAY)

    first = daily(session, actor, now=NOW).page
    second = daily(session, actor, now=NOW, after=first.after).page
    back = daily(session, actor, now=NOW, before=second.before).page

    assert (len(first.rows), len(second.rows)) == (25, 5)
    assert back.rows == first.rows
    assert {row.reference for row in first.rows}.isdisjoint(row.reference for row in second.rows)


def told(session: Session) -> dict[str, str]:
    """Return who was told what."""
    rows = session.execute(
        select(Person.name, Notice.message).join(Notice, Notice.person_id == Person.id)
    )
    return {row.name: row.message for row in rows}


SIX = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_in_the_morning_supervisors_are_told_and_the_fcr_has_a_copy_once_a_day(
    session: Session, make_slot: MakeSlot
) -> None:
    a_person(session, name="Demo FCR", roles=[Role.FCR])
    make_slot(NOW + HOUR, age=40 * HOUR)
    make_slot(NOW + HOUR, age=8 * HOUR)
    session.commit()

    assert "before six" in send_diary_list(SIX - timedelta(seconds=1))
    assert send_diary_list(SIX) == "2 appointments with no crime recorded; 2 people told."
    for later in (timedelta(0), timedelta(minutes=5), timedelta(hours=17)):
        assert send_diary_list(SIX + later).startswith("Nothing to do")

    assert told(session) == {
        "Demo Supervisor": (
            "To do: 2 diary appointments have no crime recorded: 1 over 24 hours, 1 under 12 "
            "hours. Have each recorded, or say which information is insufficient."
        ),
        "Demo FCR": (
            "Copy of today’s diary list: 2 diary appointments have no crime recorded: 1 over 24 "
            "hours, 1 under 12 hours. Have each recorded, or say which information is "
            "insufficient."
        ),
    }
    assert session.scalar(select(func.count()).select_from(Message)) == 2
    day = session.scalars(select(DiaryDay)).one()
    assert (day.under_12_count, day.to_24_count, day.over_24_count) == (1, 0, 1)
    session.commit()
    assert send_diary_list(SIX + timedelta(days=1)).startswith("2 appointments")


@pytest.mark.parametrize(
    "six",
    [datetime(2026, 7, 1, 5, tzinfo=UTC), datetime(2026, 12, 1, 6, tzinfo=UTC),
     datetime(2026, 3, 29, 5, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC),
     datetime(2027, 3, 28, 5, tzinfo=UTC), datetime(2027, 10, 31, 6, tzinfo=UTC)],
)  # fmt: skip
def test_six_is_six_in_london_whatever_the_season(session: Session, six: datetime) -> None:
    session.commit()

    assert send_diary_list(six - timedelta(minutes=1)).startswith("Nothing to do")
    assert send_diary_list(six).startswith("0 appointments")


def test_where_an_officer_has_no_supervisor_those_of_the_unit_are_told(
    session: Session, unit: Unit, supervisor: Person, make_slot: MakeSlot
) -> None:
    alone = a_person(session, name="Demo Officer Two", unit=a_unit(session, parent=unit))
    make_slot(NOW + HOUR, who=alone)
    session.commit()

    assert send_diary_list(NOW).startswith("1 appointments")
    assert list(told(session)) == [supervisor.name]
