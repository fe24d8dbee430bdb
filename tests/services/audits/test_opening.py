"""Opening an audit: the frozen frame, the stored draw, who examines what, and once only."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import DrawRule, FrameRow, Method, draw, frame_hash
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import AlreadyDone, InvalidValue, PermissionRefused, StepNotAvailable
from fcr_app.models import (
    AuditFrame,
    AuditItem,
    AuditLine,
    AuditLineAuditor,
    AuditPlan,
    AuditRun,
    AuditStep,
    Decision,
    Incident,
    IncidentChange,
    IncidentCrime,
    Notice,
    Person,
)
from fcr_app.services.audits.conflicts import may_examine
from fcr_app.services.audits.due import lines_due
from fcr_app.services.audits.freezing import is_as_it_was, thawed
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.preparing import prepare_run
from fcr_app.services.audits.steps import steps_of
from tests.audit_builders import a_line, a_plan
from tests.builders import NOW, TODAY, a_case, a_crime, a_person, an_incident, as_actor

#: In October, which an audit due in November is about.
OCTOBER = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
DUE = date(2026, 11, 6)
SEED = "0123456789abcdef0123456789abcdef"


def reports(session: Session, count: int, *, officer: Person | None = None) -> None:
    """Add reports of October, by turns of violence and of robbery."""
    codes = (OpeningCode.VIOLENCE, OpeningCode.ROBBERY)
    for number in range(count):
        an_incident(
            session,
            first_reported_at=OCTOBER + timedelta(minutes=number),
            opening_code=codes[number % 2],
            officer=officer,
        )


def a_due_line(session: Session, *auditors: Person, **columns: object) -> AuditLine:
    """Add a line of an approved plan that has been due since 6 November."""
    fcr = a_person(session, name="Demo Planner", roles=[Role.CHIEF_OFFICER])
    line = a_line(
        session, a_plan(session, fcr), **{"first_due_on": DUE, "fixed_size": 20, **columns}
    )
    session.add_all(AuditLineAuditor(line_id=line.id, person_id=one.id) for one in auditors)
    session.flush()
    return line


def plan_of(session: Session, line: AuditLine) -> AuditPlan:
    return session.get_one(AuditPlan, line.plan_id)


@pytest.fixture
def registrar(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Registrar", roles=[Role.FCR]))


def an_auditor(session: Session, name: str) -> Person:
    return a_person(session, name=name, roles=[Role.AUDITOR])


def items_of(session: Session, run: AuditRun) -> list[AuditItem]:
    found = select(AuditItem).where(AuditItem.run_id == run.id).order_by(AuditItem.position)
    return list(session.scalars(found))


def test_a_run_keeps_its_frame_and_the_draw_can_be_repeated(session: Session) -> None:
    one, two = an_auditor(session, "Demo Auditor One"), an_auditor(session, "Demo Auditor Two")
    line = a_due_line(session, one, two)
    reports(session, 60)
    an_incident(session, first_reported_at=datetime(2026, 11, 1, 0, 0, tzinfo=UTC))

    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW, seed=SEED)

    frame = session.get_one(AuditFrame, run.frame_id)
    rows = thawed(frame.content)
    assert frame.row_count == len(rows) == 60
    assert frame.hash == frame_hash(rows)
    assert is_as_it_was(frame)
    assert "2026-09-30 23:00:00" in frame.query  # midnight in London, still summer
    assert "1 October 2026 to 31 October 2026" in frame.in_words
    again = draw(rows, DrawRule(method=Method.FIXED, size=20, reserves=5), SEED)
    items = items_of(session, run)
    assert [item.identifier for item in items] == [
        pick.identifier for pick in again.selected + again.reserves
    ]
    assert [item.in_sample for item in items] == [True] * 20 + [False] * 5
    assert {item.inclusion_probability for item in items} == {20 / 60}
    assert all(item.label.startswith("INC-26-") and item.incident_id for item in items)
    assert run.reference == f"AUD-2026-{run.id:04}"
    assert (run.state, run.statistical, run.size_wanted) == ("drawn", True, 20)


def test_records_are_shared_out_evenly_and_some_are_examined_twice(session: Session) -> None:
    one, two = an_auditor(session, "Demo Auditor One"), an_auditor(session, "Demo Auditor Two")
    line = a_due_line(session, one, two)
    reports(session, 60)

    items = items_of(session, open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW))

    drawn = [item for item in items if item.in_sample]
    assert Counter(item.auditor_id for item in drawn) == {one.id: 10, two.id: 10}
    twice = [item for item in drawn if item.second_auditor_id]
    assert len(twice) == 10
    assert all(item.second_auditor_id != item.auditor_id for item in twice)
    assert not any(item.second_auditor_id for item in items if item.is_reserve)


def test_nobody_is_given_a_record_that_they_dealt_with(session: Session) -> None:
    one, two = an_auditor(session, "Demo Auditor One"), an_auditor(session, "Demo Auditor Two")
    line = a_due_line(session, one, two)
    reports(session, 12, officer=one)

    items = items_of(session, open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW))

    assert {item.auditor_id for item in items} == {two.id}
    assert {item.second_auditor_id for item in items} == {None}


def recorded_the_crime(session: Session, person: Person, incident: Incident) -> None:
    crime = a_crime(session)
    session.add(
        IncidentCrime(
            incident_id=incident.id, crime_id=crime.id, linked_at=NOW, linked_by_id=person.id
        )
    )


def investigates_the_crime(session: Session, person: Person, incident: Incident) -> None:
    crime = a_crime(session, oic=person)
    session.add(IncidentCrime(incident_id=incident.id, crime_id=crime.id, linked_at=NOW))


def changed_the_report(session: Session, person: Person, incident: Incident) -> None:
    session.add(
        IncidentChange(
            incident_id=incident.id, at=NOW, person_id=person.id, what="closed", changed=[]
        )
    )


def decided_on_the_crime(session: Session, person: Person, incident: Incident) -> None:
    crime = a_crime(session)
    case = a_case(session, crime=crime)
    session.add(IncidentCrime(incident_id=incident.id, crime_id=crime.id, linked_at=NOW))
    session.add(
        Decision(
            case_id=case.id, outcome="refused", code="C2", rationale="", decided_by_id=person.id,
            decided_at=NOW, authority="", by_registrar=False, rule_set="",
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "had_a_hand",
    [recorded_the_crime, investigates_the_crime, changed_the_report, decided_on_the_crime],
)
def test_nobody_is_given_a_record_that_they_had_a_hand_in(
    session: Session, had_a_hand: Callable[[Session, Person, Incident], None]
) -> None:
    one, two = an_auditor(session, "Demo Auditor One"), an_auditor(session, "Demo Auditor Two")
    line = a_due_line(session, one, two)
    for _ in range(4):
        had_a_hand(session, one, an_incident(session, first_reported_at=OCTOBER))
    session.flush()

    items = items_of(session, open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW))

    assert [item.auditor_id for item in items] == [two.id] * 4
    for item in items:  # as examining sees it too
        assert may_examine(session, two.id, [item]) == {item.id}
        assert may_examine(session, one.id, [item]) == set()


def test_a_registrar_stands_in_where_no_auditor_may(session: Session, registrar: Actor) -> None:
    one = an_auditor(session, "Demo Auditor One")
    line = a_due_line(session, one)
    reports(session, 12, officer=one)

    items = items_of(session, open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW))

    assert {item.auditor_id for item in items} == {registrar.id}


def test_one_run_for_each_line_and_period(session: Session, registrar: Actor) -> None:
    line = a_due_line(session, an_auditor(session, "Demo Auditor One"))
    reports(session, 30)
    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)
    session.commit()

    with pytest.raises(AlreadyDone, match=f"{run.reference} audits October 2026 already"):
        open_run(session, registrar, line.id, TODAY, now=NOW)

    assert session.scalar(select(func.count()).select_from(AuditRun)) == 1


def test_a_later_edition_of_the_plan_does_not_draw_a_period_again(session: Session) -> None:
    line = a_due_line(session, an_auditor(session, "Demo Auditor One"))
    open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)
    plan_of(session, line).state = "replaced"
    session.flush()
    edition = a_plan(session, a_person(session), edition=2, why="More hours")
    a_line(session, edition, line_key=line.line_key, first_due_on=DUE)

    assert lines_due(session, TODAY) == []


def test_what_was_missed_is_late_and_says_so(session: Session) -> None:
    owner = a_person(session, name="Demo Owner", roles=[Role.DEPUTY_FCR])
    auditor = an_auditor(session, "Demo Auditor One")
    line = a_due_line(session, auditor, owner_id=owner.id)
    reports(session, 30)

    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)

    assert run.late_days == 18
    opened = steps_of(session, "run", run.id)[0]
    assert opened.reason == "Opened 18 days late: it was due on 6 November 2026."
    assert opened.said == "Froze 30 records, drew 20 and held 5 in reserve"
    told = dict(session.execute(select(Notice.person_id, Notice.message)).all())
    assert told[auditor.id] == (
        "Reports and their crimes, October 2026. You examine 20 records. "
        "Opened 18 days late: it was due on 6 November 2026."
    )
    assert "It was opened" in told[owner.id] or "again" in told[owner.id]


def test_every_missed_period_is_due_and_nothing_before_the_plan_was_in_force(
    session: Session,
) -> None:
    line = a_due_line(session, first_due_on=date(2026, 4, 6))
    plan_of(session, line).approved_at = datetime(2026, 8, 20, 9, 0, tzinfo=UTC)
    session.flush()

    due = lines_due(session, TODAY)

    assert [one.due_on for one in due] == [date(2026, 9, 6), date(2026, 10, 6), date(2026, 11, 6)]
    assert [one.span.label for one in due] == ["August 2026", "September 2026", "October 2026"]


def test_nothing_is_due_for_the_time_it_was_suspended(session: Session) -> None:
    line = a_due_line(session, first_due_on=date(2026, 9, 6))
    session.add(
        AuditStep(
            kind="line", subject_id=line.id, trigger="resume", said="", from_state="",
            to_state="", at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC), reason="", changed=[],
        )
    )  # fmt: skip
    session.flush()

    assert [one.due_on for one in lines_due(session, TODAY)] == [date(2026, 11, 6)]


def test_an_audit_is_not_opened_before_its_days_are_over(
    session: Session, registrar: Actor
) -> None:
    line = a_due_line(session)
    with pytest.raises(InvalidValue, match="not over yet"):
        open_run(session, registrar, line.id, date(2026, 12, 6), now=NOW)


def test_a_suspended_audit_is_not_opened(session: Session, registrar: Actor) -> None:
    line = a_due_line(session, status="suspended", status_reason="Vacancies in the team")
    with pytest.raises(StepNotAvailable, match="suspended"):
        open_run(session, registrar, line.id, DUE, now=NOW)
    assert lines_due(session, TODAY) == []


def test_auditors_do_not_open_audits(session: Session) -> None:
    auditor = an_auditor(session, "Demo Auditor One")
    line = a_due_line(session, auditor)
    with pytest.raises(PermissionRefused):
        open_run(session, as_actor(session, auditor), line.id, DUE, now=NOW)


def test_a_small_frame_is_examined_whole(session: Session) -> None:
    line = a_due_line(
        session,
        an_auditor(session, "Demo Auditor One"),
        method="simple",
        precision=0.05,
        census_below=100,
    )
    reports(session, 40)

    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)

    assert run.method == "census"
    assert run.size_why == "All 40 records are examined: the plan says so below 100."
    assert len(items_of(session, run)) == 40


def test_a_month_without_a_record_opens_an_audit_of_nothing(session: Session) -> None:
    line = a_due_line(session, method="census", frame=Frame.CANCELLATIONS.value)
    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)
    assert items_of(session, run) == []
    assert session.get_one(AuditFrame, run.frame_id).row_count == 0


def test_strata_are_kept_in_words_with_a_fixed_number_from_each(session: Session) -> None:
    line = a_due_line(
        session, an_auditor(session, "Demo Auditor One"), strata="opening_code", fixed_size=5
    )
    reports(session, 30)

    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)

    drawn = Counter(item.stratum for item in items_of(session, run) if item.in_sample)
    assert drawn == {"Violence": 5, "Robbery": 5}
    assert session.get_one(AuditFrame, run.frame_id).strata_counts == {
        "Robbery": 15,
        "Violence": 15,
    }


def test_a_dip_sample_is_chosen_and_not_statistical(session: Session, registrar: Actor) -> None:
    line = a_due_line(session, an_auditor(session, "Demo Auditor One"), method="dip")
    reports(session, 12)
    frame = prepare_rows(session, line)
    chosen = [frame[7].identifier, frame[2].identifier]

    with pytest.raises(InvalidValue, match="Choose the records"):
        open_run(session, registrar, line.id, DUE, now=NOW)
    with pytest.raises(InvalidValue, match="not among those"):
        open_run(session, registrar, line.id, DUE, now=NOW, picked=["incident:0"])
    run = open_run(session, registrar, line.id, DUE, now=NOW, picked=chosen)

    assert (run.method, run.statistical, run.algorithm) == ("dip", False, "by-hand")
    items = items_of(session, run)
    assert [item.identifier for item in items] == chosen
    assert {item.inclusion_probability for item in items} == {None}


def prepare_rows(session: Session, line: AuditLine) -> list[FrameRow]:
    line.method = "census"
    session.flush()
    rows = thawed(prepare_run(session, line.id, DUE, now=NOW).frame.content)
    line.method = "dip"
    session.flush()
    return rows


def test_closing_codes_and_repeats(session: Session) -> None:
    line = a_due_line(
        session,
        an_auditor(session, "Demo Auditor One"),
        frame_filter={"closing_codes": [ClosingCode.NOT_A_CRIME_REPORT.value]},
    )
    reports(session, 3)
    closed = an_incident(session, first_reported_at=OCTOBER)
    closed.closing_code, closed.settled_at = ClosingCode.NOT_A_CRIME_REPORT.value, NOW
    session.flush()

    items = items_of(session, open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW))

    assert [item.incident_id for item in items] == [closed.id]
