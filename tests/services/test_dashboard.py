"""An overview: whose work it counts, that each number has its records behind it, and how fast."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Band
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import (
    AuditAction,
    AuditFinding,
    AuditItem,
    Case,
    CaseStep,
    Decision,
    LateRecord,
    Person,
    ReportedIncident,
    Unit,
)
from fcr_app.services.audits.action_list import action_page, read_filters, read_listed
from fcr_app.services.audits.run_list import read_runs_listed, run_page
from fcr_app.services.incident_filters import read_asked as read_reports_asked
from fcr_app.services.incident_list import incident_list
from fcr_app.services.late_records import Listed, late_list
from fcr_app.services.overview.behind import Sought, records_behind
from fcr_app.services.overview.figures import DECISIONS, FEEDBACK, N100S, Figure
from fcr_app.services.overview.lens import Lens, View, lens_of, views_of
from fcr_app.services.overview.page import Overview, overview
from fcr_app.services.overview.waiting import List, Waiting
from fcr_app.services.worklist import read_asked, worklist
from tests.audited_run import Examined, Found, an_audit
from tests.builders import (
    NOW,
    a_case,
    a_crime,
    a_person,
    a_unit,
    an_incident,
    as_actor,
)
from tests.feedback_builders import some_feedback
from tests.statements import statements

#: In the month before this one.
OCTOBER = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
LONG_BEFORE = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
REPORT = timedelta(hours=20)
#: However much there is.
MOST_STATEMENTS = 32
People = dict[str, Person]


@pytest.fixture
def people(session: Session) -> People:
    north, south = a_unit(session, name="Demo North"), a_unit(session, name="Demo South")
    sergeant = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR], unit=north)
    course, register = [AccreditationKind.DDM_COURSE], [AccreditationKind.REGISTER]
    return {
        "fcr": a_person(session, name="Demo FCR", roles=[Role.FCR], accreditations=register),
        "chief": a_person(session, name="Demo Chief", roles=[Role.CHIEF_OFFICER]),
        "sergeant": sergeant,
        "officer": a_person(session, name="Demo Alpha", supervisor=sergeant, unit=north),
        "stranger": a_person(session, name="Demo Stranger", unit=south),
        "ddm": a_person(session, name="Demo DDM", roles=[Role.DDM], accreditations=course),
        "other": a_person(session, name="Demo Other", roles=[Role.DDM], accreditations=course),
    }


def looks(session: Session, people: People, who: str, view: str = "", months: int = 6) -> Lens:
    return lens_of(as_actor(session, people[who]), view, months, now=NOW)


def a_decision(
    session: Session,
    case: Case,
    by: Person,
    outcome: str,
    *,
    at: datetime = OCTOBER,
    after: Decision | None = None,
) -> Decision:
    made = Decision(
        case_id=case.id, outcome=outcome, code="C2", rationale="Demonstration",
        decided_by_id=by.id, decided_at=at, authority="Demonstration", by_registrar=False,
        rule_set="test", supersedes_id=after.id if after else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def an_n100(
    session: Session, unit: Unit | None, verdict: str, by: Person, at: datetime = OCTOBER
) -> None:
    case = a_case(session, crime=a_crime(session, unit=unit), state="refused", opened_at=at)
    case.workflow = "n100"
    session.add(
        ReportedIncident(
            case_id=case.id,
            kind="n100",
            code="100/01",
            first_code="100/01",
            coded_at=at,
            verdict=verdict,
            reviewed_at=at if verdict else None,
            reviewed_by_id=by.id if verdict else None,
        )
    )
    session.flush()


def returned(session: Session, case: Case, by: Person) -> None:
    session.add(
        CaseStep(
            case_id=case.id,
            position=1,
            trigger="return",
            from_state="submitted",
            to_state="returned",
            actor_id=by.id,
            actor_roles="ddm",
            authority="Demonstration",
            rule_set="test",
            at=OCTOBER - timedelta(days=1),
            answers={},
            rules=[],
            previous_hash="",
            hash="0" * 64,
        )
    )
    session.flush()


@pytest.fixture
def much(session: Session, people: People) -> People:
    """Add some of everything, in the north, in the south, and before the months looked at."""
    north, south = (session.get(Unit, people[who].unit_id) for who in ("officer", "stranger"))
    fcr, ddm, other = people["fcr"], people["ddm"], people["other"]
    for unit, verdict in ((north, "recoded"), (north, ""), (south, "recorded"), (south, "agreed")):
        an_n100(session, unit, verdict, fcr)
    an_n100(session, north, "recoded", fcr, LONG_BEFORE)
    for unit in (north, south):
        approved = a_case(session, crime=a_crime(session, unit=unit), state="reinstated")
        first = a_decision(session, approved, ddm, "approved")
        a_decision(session, approved, other, "reinstated", after=first)
        refused = a_case(session, crime=a_crime(session, unit=unit), state="refused")
        returned(session, refused, ddm)
        a_decision(session, refused, other, "refused")
        a_decision(session, refused, other, "refused", at=LONG_BEFORE)
        appealed = a_case(session, crime=a_crime(session, unit=unit), state="refused")
        appealed.workflow = "not_recorded"
        no_record = a_decision(session, appealed, ddm, "not_recorded", at=LONG_BEFORE)
        a_decision(session, appealed, other, "upheld", after=no_record)
        for late in (REPORT, timedelta(days=2), timedelta(days=6), timedelta(days=60)):
            a_crime(session, unit=unit, recorded_at=OCTOBER, reported_at=OCTOBER - late)
    for to in (people["officer"], people["stranger"]):
        some: dict[str, Any] = {"at": OCTOBER, "due_at": OCTOBER + timedelta(days=3)}
        done: dict[str, Any] = {
            "state": "feedback_closed",
            "acknowledged_at": OCTOBER,
            "closed_at": OCTOBER,
        }
        some_feedback(session, to, fcr, error_type="E06", **some, **done)
        some_feedback(session, to, ddm, error_type="E13", **some)
        some_feedback(session, to, fcr, error_type="E06", **some, set_aside_at=OCTOBER)
    session.flush()
    return people


def everything(found: Overview) -> Iterator[tuple[Sought, int, bool]]:
    """Yield each number over months, with what is sought behind it."""
    for one in (*found.n100s, *found.decisions, *found.feedback):
        yield Sought(figure=one.figure), one.count, one.listed
    for cause in found.causes:
        yield Sought(figure=Figure.ERRORS, error=cause.error), cause.in_feedback, cause.listed
    for month in found.recorded:
        yield Sought(figure=Figure.RECORDED, month=month.month), month.total, True
        for band, count in month.counts.items():
            sought = Sought(figure=Figure.RECORDED, month=month.month, band=band)
            yield sought, count, True


@pytest.mark.parametrize(
    ("who", "view"),
    [("fcr", "force"), ("fcr", "own"), ("chief", ""), ("sergeant", ""), ("ddm", ""), ("other", "")],
)
def test_behind_each_number_are_as_many_records(
    session: Session, much: People, who: str, view: str
) -> None:
    lens = looks(session, much, who, view)
    found = overview(session, lens)

    for sought, count, listed in everything(found):
        if not listed:
            with pytest.raises(NotFound):
                records_behind(session, lens, sought)
            continue
        shown = records_behind(session, lens, sought)
        assert (len(shown.page.rows), shown.count) == (count, str(count)), sought
    assert sum(count for _, count, _ in everything(found)) > len(Figure)


def of(found: Overview, figure: Figure) -> int:
    every = (*found.n100s, *found.decisions, *found.feedback)
    return next(one.count for one in every if one.figure is figure)


def test_the_force_counts_all_and_a_team_its_own(session: Session, much: People) -> None:
    force = overview(session, looks(session, much, "fcr"))
    team = overview(session, looks(session, much, "sergeant"))

    for figure, all_of_them, of_the_team in (
        (Figure.N100_GIVEN, 4, 2),
        (Figure.N100_RECODED, 1, 1),
        (Figure.N100_RECORDED, 1, 0),
        (Figure.N100_NOT_SEEN, 1, 1),
        (Figure.DECIDED, 4, 2),
        (Figure.APPROVED, 2, 1),
        (Figure.REFUSED, 2, 1),
        (Figure.RETURNED, 2, 1),
        (Figure.REINSTATED, 2, 1),
        (Figure.APPEALS, 2, 1),
        (Figure.APPEALS_UPHELD, 2, 1),
        (Figure.FEEDBACK, 4, 2),
        (Figure.FEEDBACK_IN_TIME, 2, 1),
        (Figure.FEEDBACK_OVERDUE, 2, 1),
    ):
        assert (of(force, figure), of(team, figure)) == (all_of_them, of_the_team), figure
    assert [(one.error, one.in_feedback) for one in team.causes] == [
        (ErrorType.E06, 1),
        (ErrorType.E13, 1),
    ]
    assert (force.recorded[-2].month, force.recorded[-2].total) == (date(2026, 10, 1), 8)
    assert dict(team.recorded[-2].counts) == {
        Band.IN_TIME: 1, Band.TO_72_HOURS: 1, Band.TO_7_DAYS: 1, Band.LATER: 1, Band.UNKNOWN: 0,
    }  # fmt: skip


def test_a_decision_maker_counts_decisions_of_theirs_and_what_became_of_them(
    session: Session, much: People
) -> None:
    first, second = (overview(session, looks(session, much, who)) for who in ("ddm", "other"))

    for figure, of_the_first, of_the_second in (
        (Figure.APPROVED, 2, 0),
        (Figure.REFUSED, 0, 2),
        (Figure.REINSTATED, 2, 0),
        (Figure.APPEALS_UPHELD, 2, 0),
        (Figure.FEEDBACK, 2, 0),
    ):
        assert (of(first, figure), of(second, figure)) == (of_the_first, of_the_second), figure


def test_exactly_at_its_limit_a_crime_was_recorded_in_time(
    session: Session, people: People
) -> None:
    moment = timedelta(seconds=1)
    for hours, more in (
        (24, False),
        (24, True),
        (72, False),
        (72, True),
        (168, False),
        (168, True),
    ):
        late = timedelta(hours=hours) + (moment if more else timedelta())
        a_crime(session, recorded_at=OCTOBER, reported_at=OCTOBER - late)
    unknown = a_crime(session, recorded_at=OCTOBER)
    unknown.reported_at = None
    session.flush()

    october = overview(session, looks(session, people, "fcr")).recorded[-2]

    assert list(october.counts.values()) == [1, 2, 2, 1, 1]
    assert october.in_time_rate == pytest.approx(1 / 6)


def an_action(session: Session, owner: Person | None, due_on: date, state: str) -> None:
    closed_at = NOW if state == "closed" else None
    action = AuditAction(
        reference=f"ACT-2026-{session.query(AuditAction).count() + 1:04}", source="Demonstration",
        recommended="Demonstration", owner_id=owner.id if owner else None, due_on=due_on,
        state=state, evidence="Demonstration", opened_at=NOW, closed_at=closed_at,
    )  # fmt: skip
    session.add(action)
    session.flush()


def of_list(session: Session, actor: Actor, one: Waiting, query: dict[str, str]) -> int:
    """Return how many the list shows that a number leads to."""
    if one.listed_in is List.CASES:
        return len(worklist(session, actor, read_asked(query, actor), now=NOW).page.rows)
    if one.listed_in is List.REPORTS:
        asked = read_reports_asked(query)
        return len(incident_list(session, actor, asked, now=NOW).page.rows)
    if one.listed_in is List.AUDITS:
        return len(run_page(session, read_runs_listed(query)).page.rows)
    if one.listed_in is List.ACTIONS:
        listed, filters = read_listed(query), read_filters(query)
        return len(action_page(session, actor, listed, filters, now=NOW).page.rows)
    return len(late_list(session, actor, Listed.WAITING).page.rows)


@pytest.mark.parametrize("who", ["fcr", "chief", "sergeant", "ddm"])
def test_what_waits_and_what_is_late_is_what_the_lists_show(
    session: Session, people: People, who: str
) -> None:
    north = session.get(Unit, people["officer"].unit_id)
    due = (NOW - timedelta(days=3), NOW - timedelta(days=2), NOW + timedelta(days=1), None)
    for unit in (north, None):
        for due_at in due:
            a_case(session, crime=a_crime(session, unit=unit), due_at=due_at)
        a_case(session, crime=a_crime(session, unit=unit), state="returned", due_at=due[0])
        an_incident(session, unit=unit)
        an_incident(session, unit=unit, first_reported_at=NOW - timedelta(days=2))
    late = an_incident(session, unit=a_unit(session), first_reported_at=NOW - timedelta(days=2))
    late.settled_at, late.closing_code = NOW - timedelta(days=1), "crime_recorded"
    session.add(
        LateRecord(
            incident_id=late.id,
            crime_id=a_crime(session).id,
            reason="Demonstration",
            limit_at=NOW - timedelta(days=2),
            recorded_at=NOW - timedelta(days=1),
        )
    )
    for month, run_state in enumerate(("drawn", "reviewing", "moderating", "signed_off"), 1):
        period = (date(2026, month, 1), date(2026, month, 28))
        an_audit(session, [Examined()], state=run_state, period=period)
    for owner in (people[who], people["stranger"], None):
        for days, action_state in ((-1, "open"), (0, "in_progress"), (-9, "done"), (-5, "closed")):
            an_action(session, owner, NOW.date() + timedelta(days=days), action_state)
    lens = looks(session, people, who)

    waits = overview(session, lens).waiting

    for one in waits:
        assert of_list(session, lens.actor, one, dict(one.query)) == one.count, one
        if one.late is not None:
            assert of_list(session, lens.actor, one, dict(one.late_query)) == one.late, one
    found = {one.what: (one.count, one.late, one.oldest_at) for one in waits}
    team = who == "sergeant"
    if who == "ddm":
        assert found["For you to decide"] == (8, 4, due[0])
    else:
        assert found["Waiting for a decision"] == ((4, 2) if team else (8, 4)) + (due[0],)
        assert found["Returned for more"][:2] == ((1, 1) if team else (2, 2))
        assert found["Reports of crime to be recorded"][:2] == ((2, 1) if team else (4, 2))
    assert ("Audits under way" in found) == (who in ("fcr", "chief"))
    own, every = (3, 1), (9, 3)
    expected = every if who in ("fcr", "chief") else own
    assert found["Actions that audits led to"][:2] == expected
    assert ("Late records whose reason is to be looked at" in found) == (who == "fcr")


def test_an_error_that_only_an_audit_found_is_a_cause_without_a_list(
    session: Session, people: People
) -> None:
    run = an_audit(session, [Examined(crimes=[Found()])])
    item_id = session.scalars(select(AuditItem.id).where(AuditItem.run_id == run.id)).one()
    finding = AuditFinding(
        run_id=run.id, item_id=item_id, error_type="E02", severity="low",
        correction="none", opened_at=OCTOBER, due_on=date(2026, 11, 1),
    )  # fmt: skip
    session.add(finding)
    session.flush()

    (cause,) = overview(session, looks(session, people, "fcr")).causes
    assert (cause.error, cause.in_feedback, cause.by_audits) == (ErrorType.E02, 0, 1)
    assert not overview(session, looks(session, people, "sergeant")).causes


def test_rates_over_time_come_from_audits_that_were_signed_off_line_by_line(
    session: Session, people: People
) -> None:
    good, bad = Examined(crimes=[Found()]), Examined(crimes=[Found(verdict="missing")])
    for month in (5, 6, 7):
        period = (date(2026, month, 1), date(2026, month, 28))
        an_audit(session, [good] * 9 + [bad], period=period)
    an_audit(session, [good], period=(date(2026, 8, 1), date(2026, 8, 31)), line_key="A1-2")
    an_audit(session, [bad], state="reviewing")

    rates = overview(session, looks(session, people, "chief")).rates

    assert [(rate.line_key, len(rate.points)) for rate in rates] == [("A1-1", 3), ("A1-2", 1)]
    assert rates[0].limits.centre == pytest.approx(0.9)


def test_the_latest_audit_of_n100s_says_how_many_were_given_and_were_right(
    session: Session, people: People
) -> None:
    answers = ([("yes", "yes")] * 6) + ([("yes", "no")] * 2) + ([("rape", "yes")] * 3)
    records = [Examined(answers={"n100_due": due, "n100_exists": there}) for due, there in answers]
    an_audit(session, records, code="A2", line_key="A2-1")
    an_audit(session, [Examined(crimes=[Found()])], code="A2", line_key="A2-2")

    found = overview(session, looks(session, people, "ddm")).audited_n100s

    assert found
    assert [rate.counts for _, rate in found.rows] == ["6 of 8", "6 of 9", "3 of 9"]


def test_only_those_who_may_see_figures_about_victims_see_how_much_is_known(
    session: Session, people: People
) -> None:
    for who, view, seen in (
        ("fcr", "force", True), ("fcr", "own", False), ("chief", "", True),
        ("sergeant", "", False), ("ddm", "", False),
    ):  # fmt: skip
        found = overview(session, looks(session, people, who, view))
        assert (found.known is not None) == seen, (who, view)


def test_a_person_has_the_views_of_their_roles_and_no_other(
    session: Session, people: People
) -> None:
    views = {who: views_of(as_actor(session, person)) for who, person in people.items()}

    assert views["fcr"] == (View.FORCE, View.OWN)
    assert views["chief"] == (View.FORCE,)
    assert views["sergeant"] == (View.TEAM,)
    assert views["ddm"] == (View.OWN,)
    assert views["officer"] == ()
    with pytest.raises(InvalidValue):
        looks(session, people, "sergeant", "force")
    with pytest.raises(InvalidValue):
        looks(session, people, "fcr", months=5)


def some_audits(session: Session, months: range) -> None:
    asked = Examined(answers={"n100_due": "yes", "n100_exists": "yes"}, crimes=[Found()])
    right = Examined(answers={"cancelled_rightly": "yes"})
    for month in months:
        period = (date(2026, month, 1), date(2026, month, 28))
        an_audit(session, [Examined(crimes=[Found()])], period=period)
        an_audit(session, [asked], code="A2", line_key="A2-1", period=period)
        an_audit(session, [right], code="A3", counted_as="cancellation", line_key="A3-2",
                 period=period)  # fmt: skip


@pytest.mark.parametrize("who", ["fcr", "sergeant", "ddm"])
def test_an_overview_takes_as_many_statements_however_much_there_is(
    session: Session, people: People, request: pytest.FixtureRequest, who: str
) -> None:
    some_audits(session, range(1, 2))
    lens = looks(session, people, who)
    with statements(session) as before:
        overview(session, lens)
    request.getfixturevalue("much")
    some_audits(session, range(2, 5))
    session.expire_all()
    with statements(session) as after:
        overview(session, lens)

    assert len(after) == len(before)
    assert len(after) <= MOST_STATEMENTS


def test_every_figure_is_counted_somewhere() -> None:
    others = {Figure.RECORDED, Figure.ERRORS}

    assert {*N100S, *DECISIONS, *FEEDBACK, *others} == set(Figure)
