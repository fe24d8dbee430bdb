"""Clocks speak once at each level of their ladder, to the people the policy names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.extensions import db
from fcr_app.jobs import tell_clocks as telling
from fcr_app.jobs.tell_clocks import NAME, tell_clocks
from fcr_app.models import Appointment, Case, ClockAlert, Message, Notice, Person
from fcr_app.services import timetable as ledger
from fcr_app.services.cases import open_incident_case, take_step
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_case, a_person, an_incident, as_actor
from tests.databases import application
from tests.jobs.late import TOO_LATE, a_late_case

#: The five working days from NOW end here: midnight after Tuesday 1 December.
LIMIT = datetime(2026, 12, 2, tzinfo=UTC)
LATE = "Late: decide the request. It was due by the end of 1 December 2026."
NOTHING = "0 clocks spoke; 0 notices written."


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where a job runs."""
    with app.app_context():
        yield


def told() -> list[tuple[str, str, str]]:
    """Return who was told what by a clock, and at which level."""
    with transaction() as session:
        rows = session.execute(
            select(Person.name, Notice.level, Notice.message)
            .join(Notice, Notice.person_id == Person.id)
            .where(Notice.level != "")
            .order_by(Notice.id)
        )
        return [(name, level, message) for name, level, message in rows]


def ran(at: datetime, outcome: str = NOTHING) -> None:
    """Enter that the job ran to its end."""
    with transaction() as session:
        ledger.skip_slot(session, NAME, at, now=at, why=outcome)


def test_a_clock_speaks_once_at_each_rung_of_its_ladder() -> None:
    with transaction() as session:
        case = a_late_case(session)
        holder = a_person(session, name="Demo DDM One", roles=[Role.DDM])
        case.claimed_by_id, case.claimed_at = holder.id, NOW
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
    last_morning = LIMIT - timedelta(hours=16)

    assert tell_clocks(last_morning - timedelta(seconds=1)) == NOTHING
    assert tell_clocks(last_morning) == "1 clocks spoke; 1 notices written."
    assert tell_clocks(LIMIT - timedelta(seconds=1)) == NOTHING
    assert tell_clocks(LIMIT) == "1 clocks spoke; 1 notices written."
    assert tell_clocks(LIMIT + timedelta(days=3)) == "1 clocks spoke; 2 notices written."
    assert tell_clocks(LIMIT + timedelta(days=300)) == NOTHING
    soon = "Due soon: decide the request. It is due by the end of 1 December 2026."
    still = (
        "Still late: decide the request. It was due by the end of 1 December 2026. "
        "The FCR is told as well."
    )
    assert told() == [
        ("Demo DDM One", "amber", soon),
        ("Demo DDM One", "red", LATE),
        ("Demo DDM One", "long_red", still),
        ("Demo Registrar", "long_red", still),
    ]


def test_a_late_case_is_told_to_the_requester_and_their_supervisor() -> None:
    with transaction() as session:
        a_late_case(session)

    tell_clocks(LIMIT)
    assert told() == [("Demo Supervisor", "red", LATE), ("Demo Officer One", "red", LATE)]


def test_that_nobody_holds_a_request_is_told_to_the_registrars_before_it_is_late() -> None:
    with transaction() as session:
        a_late_case(session)
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    tell_clocks(LIMIT - timedelta(hours=1))
    assert [(name, level) for name, level, _ in told()] == [("Demo Registrar", "amber")]


def test_each_state_that_runs_late_is_told_of() -> None:
    with transaction() as session:
        reference = a_late_case(session).reference
    tell_clocks(LIMIT)
    with transaction() as session:
        ddm = a_person(
            session,
            name="Demo DDM One",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
        )
        answers = {"to_mend": "Say where the recording is kept, please."}
        take_step(session, as_actor(session, ddm), reference, "return", answers, now=TOO_LATE)

    assert tell_clocks(TOO_LATE) == NOTHING
    tell_clocks(TOO_LATE + timedelta(days=15))
    of_the_case = [message for _, _, message in told() if "feedback" not in message]
    assert len(of_the_case) == 4
    assert of_the_case[-1].startswith("Late: answer the return.")


def test_where_everybody_has_left_the_registrars_are_told() -> None:
    with transaction() as session:
        a_late_case(session)
        for person in session.scalars(select(Person)):
            person.active = False
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    tell_clocks(LIMIT)
    assert [name for name, _, _ in told()] == ["Demo Registrar"]


def test_it_ends_though_there_is_nobody_at_all_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "AT_A_TIME", 1)
    with transaction() as session:
        a_late_case(session)
        a_late_case(session)
        for person in session.scalars(select(Person)):
            person.active = False

    assert tell_clocks(LIMIT) == "2 clocks spoke; 0 notices written."
    assert tell_clocks(LIMIT) == NOTHING


def test_many_are_told_in_batches_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "AT_A_TIME", 3)
    with transaction() as session:
        officer = a_person(session)
        for number in range(10):
            # Two at a time are due at the very same moment.
            a_case(session, opened_by=officer, due_at=NOW + timedelta(minutes=number // 2))

    assert tell_clocks(NOW + timedelta(hours=1)) == "10 clocks spoke; 10 notices written."
    assert len(told()) == 10


def test_a_clock_that_passed_several_rungs_unheard_speaks_at_the_latest_alone() -> None:
    with transaction() as session:
        a_late_case(session)

    tell_clocks(LIMIT + timedelta(days=4))
    assert {level for _, level, _ in told()} == {"long_red"}
    with transaction() as session:
        entered = session.execute(select(ClockAlert.level, ClockAlert.spoke)).all()
    assert sorted(entered) == [("amber", False), ("long_red", True), ("red", False)]
    assert tell_clocks(LIMIT + timedelta(days=4)) == NOTHING


def test_after_a_stop_it_catches_up_and_says_so() -> None:
    with transaction() as session:
        a_late_case(session)
    ran(LIMIT - timedelta(hours=17))

    outcome = tell_clocks(LIMIT + timedelta(hours=10))
    assert outcome == (
        "1 clocks spoke; 2 notices written. 1 caught up after a stop of 1 day 3 hours."
    )
    assert {message for _, _, message in told()} == {
        f"{LATE} You are told late because the service was stopped."
    }


def test_what_fell_due_just_now_is_not_called_late_after_a_stop() -> None:
    with transaction() as session:
        a_late_case(session)
    ran(LIMIT - timedelta(hours=17))

    assert "caught up" not in tell_clocks(LIMIT + timedelta(minutes=4))
    assert {message for _, _, message in told()} == {LATE}


def test_a_record_that_was_entered_late_is_not_blamed_on_a_stop() -> None:
    ran(LIMIT + timedelta(days=1))
    with transaction() as session:
        a_late_case(session)

    assert "caught up" not in tell_clocks(LIMIT + timedelta(days=2))
    assert {message for _, _, message in told()} == {LATE}


def test_a_run_that_failed_does_not_count_as_having_listened() -> None:
    with transaction() as session:
        a_late_case(session)
    ran(LIMIT - timedelta(days=1))
    ran(LIMIT + timedelta(hours=9), "Late: due then. Failed: OperationalError. See the log.")

    assert "1 caught up after a stop of" in tell_clocks(LIMIT + timedelta(hours=10))


def test_a_clock_speaks_to_the_second_on_the_day_the_clocks_go_back() -> None:
    """The Sunday has 25 hours; the case is due at the end of the Monday after it."""
    due_at = datetime(2026, 10, 27, tzinfo=UTC)  # midnight, winter time
    with transaction() as session:
        a_case(session, due_at=due_at, opened_at=datetime(2026, 10, 23, 9, tzinfo=UTC))
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
    morning = datetime(2026, 10, 26, 8, tzinfo=UTC)

    assert tell_clocks(morning - timedelta(seconds=1)) == NOTHING
    tell_clocks(morning)
    assert [message for _, _, message in told()] == [
        "Due soon: decide the request. It is due by the end of 26 October 2026."
    ]


@pytest.mark.parametrize(
    ("due_at", "morning", "day"),
    [
        # 2026 and 2027: the clocks go forward on 29 and 28 March, back on 25 and 31 October.
        ((2026, 3, 30, 23), (2026, 3, 30, 7), "30 March 2026"),
        ((2027, 3, 29, 23), (2027, 3, 29, 7), "29 March 2027"),
        ((2027, 11, 2, 0), (2027, 11, 1, 8), "1 November 2027"),
    ],
)
def test_it_is_eight_in_london_around_every_change_of_clocks(
    due_at: tuple[int, ...], morning: tuple[int, ...], day: str
) -> None:
    at = datetime(*morning, tzinfo=UTC)  # type: ignore[misc,arg-type] # four numbers
    with transaction() as session:
        a_case(session, due_at=datetime(*due_at, tzinfo=UTC))  # type: ignore[misc,arg-type]
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    assert tell_clocks(at - timedelta(seconds=1)) == NOTHING
    tell_clocks(at)
    assert [message for _, _, message in told()] == [
        f"Due soon: decide the request. It is due by the end of {day}."
    ]


def test_two_that_look_at_once_tell_everybody_once(database_url: str) -> None:
    with transaction() as session:
        officer = a_person(session)
        for number in range(60):
            a_case(session, opened_by=officer, due_at=NOW + timedelta(minutes=number))
    together, outcomes = Barrier(2), list[str]()

    def look(app: Flask) -> None:
        with app.app_context():
            together.wait(timeout=60)
            outcomes.append(tell_clocks(NOW + timedelta(hours=2)))
            db.session.remove()
            db.engine.dispose()

    # Made before they race, so that only the looking is concurrent.
    apps = [application(database_url) for _ in range(2)]
    threads = [Thread(target=look, args=[app]) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 2
    assert sum(int(outcome.split()[0]) for outcome in outcomes) == 60
    assert len(told()) == 60
    with transaction() as session:
        assert count(session, Message) == 60
        assert (
            session.scalar(select(func.count()).select_from(ClockAlert).where(ClockAlert.spoke))
            == 60
        )


def test_the_recording_clock_speaks_at_12_hours_and_at_its_limit_and_then_copies_the_fcr() -> None:
    reported_at = datetime(2026, 3, 28, 20, 30, tzinfo=UTC)  # the clocks go forward that night
    with transaction() as session:
        above = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])
        officer = a_person(session, supervisor=above)
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
        report = an_incident(session, officer=officer, first_reported_at=reported_at)
        reference, path = report.reference, f"/incidents/{report.id}"

    assert tell_clocks(reported_at + timedelta(hours=12, seconds=-1)) == NOTHING
    assert tell_clocks(reported_at + timedelta(hours=12)) == "1 clocks spoke; 2 notices written."
    assert tell_clocks(reported_at + timedelta(hours=24, seconds=-1)) == NOTHING
    assert tell_clocks(reported_at + timedelta(hours=24)) == "1 clocks spoke; 3 notices written."
    assert tell_clocks(reported_at + timedelta(days=60)) == NOTHING
    what = "record the crime, or decide why none is to be recorded"
    soon = f"12 hours after the report: {what}. The limit is 21:30 on 29 March 2026."
    late = f"Red: {what}. The limit was 21:30 on 29 March 2026. The FCR is told as well."
    assert sorted(told()) == [
        ("Demo Officer One", "amber", soon),
        ("Demo Officer One", "red", late),
        ("Demo Registrar", "red", late),
        ("Demo Supervisor", "amber", soon),
        ("Demo Supervisor", "red", late),
    ]
    with transaction() as session:
        notice = session.scalars(select(Notice)).first()
        assert notice is not None
        assert (notice.about, notice.path) == (f"Report {reference}", path)
        letter = session.scalars(select(Message)).first()
        assert letter is not None
        assert letter.subject.startswith(f"Report {reference}: 12 hours after the report")
        assert f"site:{path}" in letter.body


def test_the_recording_clock_is_silent_once_a_report_is_settled_or_where_no_limit_was() -> None:
    with transaction() as session:
        settled = an_incident(session)
        settled.settled_at, settled.closing_code = NOW, "recorded"
        an_incident(session, first_reported_at=datetime(2001, 1, 1, tzinfo=UTC))
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    assert tell_clocks(NOW + timedelta(days=3)) == NOTHING


def test_a_settled_case_and_one_without_a_clock_say_nothing() -> None:
    with transaction() as session:
        a_case(session, state="refused", due_at=NOW)
        a_case(session, state="draft", due_at=None)

    assert tell_clocks(NOW + timedelta(days=30)) == NOTHING


def test_a_new_limit_speaks_anew() -> None:
    with transaction() as session:
        case_id = a_late_case(session).id
    tell_clocks(LIMIT)
    with transaction() as session:
        session.get_one(Case, case_id).due_at = LIMIT + timedelta(days=1)

    tell_clocks(LIMIT + timedelta(days=1))
    assert len(told()) == 4


def count(session: Session, table: type[Message]) -> int:
    """Return how many rows there are."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_appointment_speaks_when_it_ends_and_its_report_at_12_and_24_hours() -> None:
    """At slot end, 12 and 24 hours: the officer and the supervisor, and at red the FCR (DIA-03)."""
    reported_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    ends_at = reported_at + timedelta(hours=20)
    with transaction() as session:
        above = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])
        officer = a_person(session, supervisor=above)
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
        report = an_incident(session, officer=officer, first_reported_at=reported_at)
        actor = as_actor(session, officer, today=reported_at.date())
        case = open_incident_case(session, actor, "diary", report.id, now=reported_at)
        starts_at = (ends_at - timedelta(hours=1)).isoformat()
        said = {"starts_at": starts_at, "length": "60", "place": "station"}
        take_step(session, actor, case.reference, "book", said, now=reported_at)
        reference = case.reference

    spoke = "1 clocks spoke; {} notices written."
    assert tell_clocks(reported_at + timedelta(hours=12)) == spoke.format(2)
    assert tell_clocks(ends_at - timedelta(seconds=1)) == NOTHING
    assert tell_clocks(ends_at) == spoke.format(2)
    assert tell_clocks(reported_at + timedelta(hours=24)) == spoke.format(3)
    assert tell_clocks(reported_at + timedelta(days=9)) == NOTHING
    ended = (
        "The appointment ended at 06:00 on 24 November 2026: say what came of it, and record the "
        "crime or say which information is still insufficient."
    )
    by_level = sorted((name, level) for name, level, message in told() if message != ended)
    assert by_level == [
        ("Demo Officer One", "amber"), ("Demo Officer One", "red"), ("Demo Registrar", "red"),
        ("Demo Supervisor", "amber"), ("Demo Supervisor", "red"),
    ]  # fmt: skip
    assert sorted(name for name, _, message in told() if message == ended) == [
        "Demo Officer One", "Demo Supervisor",
    ]  # fmt: skip
    with transaction() as session:
        assert session.scalar(select(Message.subject).where(Message.body.contains(reference)))


def test_at_12_and_24_hours_whoever_goes_to_the_appointment_is_told_too() -> None:
    """Another officer goes: they and their supervisor are told, each once (DIA-03)."""
    reported_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    with transaction() as session:
        above = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])
        other_above = a_person(session, name="Demo Sergeant Two", roles=[Role.SUPERVISOR])
        officer = a_person(session, supervisor=above)
        goes = a_person(session, name="Demo Officer Two", staff_number="P2", supervisor=other_above)
        same_team = a_person(
            session, name="Demo Officer Three", staff_number="P3", supervisor=above
        )
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
        report = an_incident(session, officer=officer, first_reported_at=reported_at)
        actor = as_actor(session, officer, today=reported_at.date())
        for number, person in enumerate((goes, same_team)):
            case = open_incident_case(session, actor, "diary", report.id, now=reported_at)
            starts_at = (reported_at + timedelta(hours=20 + number)).isoformat()
            said = {
                "starts_at": starts_at, "length": "30", "place": "station",
                "who_goes": person.staff_number,
            }  # fmt: skip
            take_step(session, actor, case.reference, "book", said, now=reported_at)
            session.get_one(Appointment, case.id).officer_id = person.id

    tell_clocks(reported_at + timedelta(hours=12))
    at_12 = [name for name, level, _ in told() if level == "amber"]
    assert sorted(at_12) == [
        "Demo Officer One", "Demo Officer Three", "Demo Officer Two", "Demo Sergeant Two",
        "Demo Supervisor",
    ]  # fmt: skip
    tell_clocks(reported_at + timedelta(hours=24))
    red = [name for name, level, message in told() if level == "red"]
    assert sorted(red) == sorted([*at_12, "Demo Registrar"])


def test_whoever_went_to_an_appointment_that_is_over_is_not_told_again() -> None:
    now = NOW
    with transaction() as session:
        officer = a_person(session)
        goes = a_person(session, name="Demo Officer Two", staff_number="P2")
        report = an_incident(session, officer=officer, first_reported_at=now)
        actor = as_actor(session, officer)
        case = open_incident_case(session, actor, "diary", report.id, now=now)
        said = {
            "starts_at": (now + timedelta(hours=1)).isoformat(), "length": "30", "place": "phone",
        }  # fmt: skip
        take_step(session, actor, case.reference, "book", said, now=now)
        session.get_one(Appointment, case.id).officer_id = goes.id
        case.open = False
        session.get_one(Appointment, case.id).outcome = "attended"
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    tell_clocks(now + timedelta(hours=12))
    assert [name for name, _, _ in told()] == ["Demo Officer One"]


def test_an_appointment_of_which_it_is_known_what_came_says_nothing_more() -> None:
    now = NOW
    with transaction() as session:
        officer = a_person(session)
        report = an_incident(session, officer=officer, first_reported_at=now)
        actor = as_actor(session, officer)
        case = open_incident_case(session, actor, "diary", report.id, now=now)
        starts_at = (now + timedelta(hours=1)).isoformat()
        said = {"starts_at": starts_at, "length": "30", "place": "phone"}
        take_step(session, actor, case.reference, "book", said, now=now)
        not_yet = {"enough": "no", "still_insufficient": "Nobody has said yet what was done."}
        take_step(session, actor, case.reference, "cancel", not_yet, now=now)

    assert tell_clocks(now + timedelta(hours=2)) == NOTHING
