"""The diary through a browser and through a calendar: what it costs, shows, and gives away."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.diary.days import monday_of
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AccessEntry, Appointment, CalendarFeed, Case, Incident, Person
from fcr_app.services.calendar_feed import LASTS, MOST_MISSES
from fcr_app.services.cases import open_incident_case, take_step
from tests.builders import PASSWORD, a_person, an_incident, an_offence, as_actor
from tests.statements import statements

HOUR = timedelta(hours=1)
WHY = "Nobody has said yet who was there or what was done to whom."
SECRET_WORDS = "The victim told us her address and his name."
OFFICER, FCR = "officer@demo.example", "fcr@demo.example"
#: A week of 200 slots, as it goes over the line.
MOST_BYTES = 70_000
#: With who is signed in, and the force’s name.
MOST_STATEMENTS = 6


@pytest.fixture
def officer_id(session: Session) -> int:
    above = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])
    officer = a_person(
        session, supervisor=above, email=OFFICER, password=PASSWORD, staff_number="D1"
    )
    a_person(
        session, name="Demo FCR", roles=[Role.FCR], email=FCR, password=PASSWORD,
        accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    an_offence(session)
    officer_id = officer.id
    session.commit()  # and ask nothing more: the next statement would take the lock again
    return officer_id


MakeCase = Callable[..., str]


@pytest.fixture
def make_case(session: Session, officer_id: int) -> MakeCase:
    """Open an appointment about a report of some hours ago; book it where a slot is given."""

    def make(*, age: float = 2, slot: float | None = None) -> str:
        now = clock.now()
        officer = session.get_one(Person, officer_id)
        incident = an_incident(
            session, officer=officer, first_reported_at=now - age * HOUR, account=SECRET_WORDS
        )
        actor = as_actor(session, officer, today=to_london(now).date())
        case = open_incident_case(session, actor, "diary", incident.id, now=now)
        if slot is not None:
            said = {"starts_at": (now + slot * HOUR).isoformat(), "length": "60", "place": "phone"}
            take_step(session, actor, case.reference, "book", said, now=now)
        reference = case.reference
        session.commit()
        return reference

    return make


def sign_in(client: FlaskClient, email: str = OFFICER) -> None:
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


def state_of(session: Session, reference: str) -> str:
    session.rollback()
    state = session.scalars(select(Case.state).where(Case.reference == reference)).one()
    session.rollback()
    return state


def slots_in(page: str) -> list[tuple[str, bool]]:
    """Return the slots that can be picked, and whether each is marked as late."""
    found = re.findall(r'value="(\d{8}T\d{4}Z [^"]+)".*?(In time|After the)', page, re.DOTALL)
    return [(value, mark == "After the") for value, mark in found]


def test_a_late_slot_is_stopped_and_goes_to_the_fcr_with_its_reason(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case(age=20)
    sign_in(client)
    page = client.get(f"/diary/book/{reference}?since={clock.now():%Y-%m-%d}").text
    late = next(value for value, is_late in slots_in(page) if is_late)
    assert "After the 24-hour limit" in page

    form = {"slot": late, "place": "station", "insufficient": ""}
    stopped = client.post(f"/diary/book/{reference}", data=form)
    assert stopped.status_code == 422
    assert "after the limit to record" in stopped.text
    assert '<a href="#insufficient">' in stopped.text
    assert state_of(session, reference) == "to_book"

    booked = client.post(f"/diary/book/{reference}", data={**form, "insufficient": WHY})
    assert booked.status_code == 303
    assert state_of(session, reference) == "late_slot"
    sign_in(client, FCR)
    assert reference in client.get("/work?tab=decide").text
    assert WHY in client.get(f"/cases/{reference}").text


def test_a_slot_in_time_is_booked_and_leaves_the_list_of_free_ones(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference, other = make_case(age=0.5), make_case(age=0.5)
    sign_in(client)
    picked = next(
        value for value, late in slots_in(client.get(f"/diary/book/{reference}").text) if not late
    )

    client.post(f"/diary/book/{reference}", data={"slot": picked, "place": "station"})

    assert state_of(session, reference) == "booked"
    assert picked not in [v for v, _ in slots_in(client.get(f"/diary/book/{other}").text)]
    taken = client.post(f"/diary/book/{other}", data={"slot": picked, "place": "station"})
    assert "another appointment then" in taken.text


@pytest.mark.parametrize("slot", ["", "never", "20261399T9999Z D1"])
def test_without_a_slot_the_page_says_so(
    client: FlaskClient, make_case: MakeCase, slot: str
) -> None:
    reference = make_case()
    sign_in(client)

    answer = client.post(f"/diary/book/{reference}", data={"slot": slot, "place": "phone"})

    assert answer.status_code == 422
    assert "Select a slot." in answer.text


def test_a_missed_appointment_asks_again_and_is_booked_again(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case(age=20, slot=1)
    session.rollback()
    row = session.scalars(select(Appointment)).one()
    row.starts_at, row.ends_at = row.starts_at - 2 * HOUR, row.ends_at - 2 * HOUR
    session.commit()
    sign_in(client)

    asked = client.get(f"/cases/{reference}/missed").text
    assert "Is there enough information to record a crime now?" in asked
    said = {"enough": "no", "still_insufficient": ""}
    refused = client.post(f"/cases/{reference}/missed", data=said)
    assert "Say which information is still insufficient" in refused.text
    client.post(f"/cases/{reference}/missed", data={**said, "still_insufficient": WHY})
    assert state_of(session, reference) == "missed"

    assert client.get(f"/cases/{reference}/rebook").location == f"/diary/book/{reference}"
    page = client.get(f"/diary/book/{reference}").text
    late = next(value for value, is_late in slots_in(page) if is_late)
    form = {"slot": late, "place": "phone", "enough": "no", "still_insufficient": WHY}
    client.post(f"/diary/book/{reference}", data=form)
    assert state_of(session, reference) == "late_slot"
    incident = session.scalars(select(Incident)).one()
    assert incident.settled_at is None


def test_a_crime_recorded_with_the_slot_is_recorded_once(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case(age=20, slot=1)
    sign_in(client)
    page = client.get(f"/diary/book/{reference}").text
    late = next(value for value, is_late in slots_in(page) if is_late)
    form = {"slot": late, "place": "phone", "enough": "yes", "offence": "034/01", "form_key": "k"}

    for _ in range(2):
        assert client.post(f"/diary/book/{reference}", data=form).status_code == 303

    assert state_of(session, reference) == "booked"
    incident = session.scalars(select(Incident)).one()
    assert incident.closing_code == "crime_recorded"


def test_nothing_is_booked_in_a_case_that_is_no_appointment_or_is_over(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case()
    sign_in(client)
    client.post(f"/cases/{reference}/drop", data={})
    assert state_of(session, reference) == "not_booked"

    assert client.get(f"/diary/book/{reference}").status_code == 409
    assert client.get("/diary/book/CAN-26-000001").status_code == 404
    assert client.get("/diary/book/DIA-26-999999").status_code == 404


def test_a_week_of_200_slots_stays_light_for_the_database_and_the_line(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    make_case(slot=1)
    session.rollback()
    row = session.scalars(select(Appointment)).one()
    monday = monday_of(to_london(clock.now()).date())
    for number in range(199):
        case = Case(
            reference=f"DIA-26-9{number:05}", workflow="diary", state="booked", open=True,
            incident_id=row.incident_id, opened_by_id=row.officer_id, opened_at=clock.now(),
            entered_at=clock.now(),
        )  # fmt: skip
        session.add(case)
        session.flush()
        starts_at = row.starts_at.replace(day=monday.day, month=monday.month) + number * HOUR / 2
        session.add(
            Appointment(
                case_id=case.id, incident_id=row.incident_id, officer_id=row.officer_id,
                starts_at=starts_at, ends_at=starts_at + HOUR, place="phone",
                changed_at=clock.now(),
            )
        )  # fmt: skip
    session.commit()
    sign_in(client)
    client.get("/diary")

    with statements(session) as sent:
        page = client.get("/diary")

    assert len(page.data) < MOST_BYTES
    assert page.text.count('class="app-slot ') >= 190
    assert len(sent) <= MOST_STATEMENTS, sent


def test_days_lead_on_and_back_with_the_filters_kept(client: FlaskClient, officer_id: int) -> None:
    sign_in(client)

    page = client.get(f"/diary?view=day&on=2026-10-25&officer={officer_id}&unit=").text

    assert "Sunday 25 October 2026" in page
    kept = f"unit=&amp;officer={officer_id}"
    assert f"/diary?view=day&amp;on=2026-10-24&amp;{kept}" in page
    assert f"/diary?view=day&amp;on=2026-10-26&amp;{kept}" in page
    assert f"/diary?view=week&amp;on=2026-10-25&amp;{kept}" in page
    assert "28 December 2026 to 3 January 2027" in client.get("/diary?on=2026-12-30").text
    assert "26 October to 1 November 2026" in client.get("/diary?on=2026-10-26").text


def test_the_daily_list_is_shown_and_given_as_a_file(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case(age=30)
    sign_in(client)
    now = clock.now()
    page = client.get(f"/diary/book/{reference}").text
    late = slots_in(page)[0][0]
    form = {"slot": late, "place": "phone", "insufficient": "=1+1 is all that anybody said so far"}
    assert client.post(f"/diary/book/{reference}", data=form).status_code == 303

    shown = client.get("/diary/daily").text
    assert reference in shown
    assert "To compare: the 2018 inspection" in shown
    assert "301 of 459" in shown
    assert "188 of 325" in shown
    file = client.get("/diary/daily/list.csv")
    assert file.mimetype == "text/csv"
    assert f"diary-{now:%Y-%m-%d}.csv" in file.headers["Content-Disposition"]
    heading, row = csv.reader(io.StringIO(file.text.removeprefix("\N{BYTE ORDER MARK}")))
    found = dict(zip(heading, row, strict=True))
    assert (found["Age"], found["Appointment"]) == ("Over 24 hours", reference)
    assert found["Information said to be insufficient"].startswith("'=1+1")
    session.rollback()
    assert "disclosure" in session.scalars(select(AccessEntry.verb))


def new_feed(client: FlaskClient) -> str:
    """Make an address of a feed and return its path."""
    page = client.post("/diary/feeds").text
    found = re.search(r'value="http://localhost(/diary/feed/[^"]+\.ics)"', page)
    assert found
    return found[1]


def test_a_calendar_reads_appointments_back_in_london_time_and_nothing_else(
    client: FlaskClient, session: Session, make_case: MakeCase
) -> None:
    reference = make_case(slot=3)
    sign_in(client)
    path = new_feed(client)
    stranger = client.application.test_client()

    answer = stranger.get(path)

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.data)
    (event,) = calendar.walk("VEVENT")
    assert str(event["UID"]) == f"{reference}@fcr-casework"
    assert (str(event["SEQUENCE"]), str(event["STATUS"])) == ("0", "CONFIRMED")
    session.rollback()
    row = session.scalars(select(Appointment)).one()
    assert event.decoded("DTSTART") == row.starts_at.replace(microsecond=0)
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert str(event["SUMMARY"]) == f"{reference} (Booked)"
    assert str(event["URL"]).endswith(f"/cases/{reference}")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert calendar.walk("DAYLIGHT")
    assert calendar.walk("STANDARD")
    for word in ("victim", "Victim", "address", "Violence", "INC-"):
        assert word not in answer.text
    looks = session.execute(select(AccessEntry.what, AccessEntry.verb, AccessEntry.person_id))
    assert ("diary:feed", "disclosure", row.officer_id) in [tuple(look) for look in looks]


def test_a_change_raises_the_sequence_and_a_cancelled_one_says_so(
    client: FlaskClient, make_case: MakeCase
) -> None:
    reference = make_case(slot=3)
    sign_in(client)
    path = new_feed(client)
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    client.post(f"/cases/{reference}/cancel", data={"enough": "no", "still_insufficient": WHY})

    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    (event,) = Calendar.from_ical(second.data).walk("VEVENT")
    assert (str(event["SEQUENCE"]), str(event["STATUS"])) == ("1", "CANCELLED")
    assert str(event["UID"]) == f"{reference}@fcr-casework"
    assert second.headers["Cache-Control"].startswith("private, no-cache")


def test_an_address_is_kept_as_a_hash_ends_by_itself_and_can_be_ended(
    client: FlaskClient, session: Session, officer_id: int
) -> None:
    sign_in(client)
    path, other = new_feed(client), new_feed(client)
    secret = path.removeprefix("/diary/feed/").removesuffix(".ics")
    page = client.get("/diary/feeds").text
    assert secret not in page
    session.rollback()
    rows = session.scalars(select(CalendarFeed).order_by(CalendarFeed.id)).all()
    assert secret not in {row.token_hash for row in rows}
    assert [row.person_id for row in rows] == [officer_id, officer_id]
    first, second = rows
    first_id = first.id
    assert first.expires_at - first.made_at == LASTS
    second.made_at, second.expires_at = second.made_at - 2 * LASTS, clock.now()
    session.commit()

    assert client.get(other).status_code == 404  # it ran out
    assert client.get(path).status_code == 200
    assert client.post(f"/diary/feeds/{first_id}/end").status_code == 303
    assert client.get(path).status_code == 404
    assert client.post("/diary/feeds/999/end").status_code == 404


def test_an_address_is_worth_nothing_once_its_owner_has_left_or_has_no_role(
    client: FlaskClient, session: Session, officer_id: int
) -> None:
    sign_in(client)
    path = new_feed(client)
    session.rollback()
    session.get_one(Person, officer_id).active = False
    session.commit()

    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("officer_id")
def test_nobody_ends_the_address_of_somebody_else(client: FlaskClient, session: Session) -> None:
    sign_in(client)
    path = new_feed(client)
    session.rollback()
    feed_id = session.scalars(select(CalendarFeed.id)).one()
    session.rollback()
    sign_in(client, FCR)

    assert client.post(f"/diary/feeds/{feed_id}/end").status_code == 404
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("officer_id")
def test_guessing_addresses_is_slowed_down(client: FlaskClient) -> None:
    for _ in range(MOST_MISSES):
        wrong = client.get("/diary/feed/nobody.ics")
        assert wrong.status_code == 404
        assert wrong.headers["Cache-Control"] == "no-store"

    assert client.get("/diary/feed/nobody.ics").status_code == 429
