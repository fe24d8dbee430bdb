"""The report on the plan: what was planned against what was done, the same bytes twice."""

import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.actions import ActionMove, ActionWords
from fcr_app.domain.audits.report_periods import ReportPeriod, read_period
from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.roles import Role
from fcr_app.jobs.ask_plan_reports import ask_plan_reports
from fcr_app.jobs.make_reports import make_reports
from fcr_app.models import AuditLine, AuditPlan, AuditPlanMonth, AuditReport, AuditRun, Person
from fcr_app.reports.audits.plan_report import make_plan_report
from fcr_app.services.audits.actions import NewAuditAction, add_action, move_action
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.plan_material import PlanMaterial, plan_material
from fcr_app.services.audits.report_asking import subject_of
from fcr_app.services.audits.report_queue import ask_for_report
from tests.audit_builders import YEAR_STARTS, a_line, a_plan, a_run
from tests.audited_run import Examined, Found, an_audit
from tests.builders import a_person, as_actor
from tests.reports.pdf_reading import tags_of, text_of
from tests.statements import statements

ROOT = Path(__file__).parent.parent.parent.parent
SECTIONS = (
    "In short", "Planned and done", "Hours", "Results by audit and quarter", "Actions",
    "What changed in the risk", "How it was counted",
)  # fmt: skip
WHY_CHANGED = "Demo Auditor Nine went to another unit in August."
SAID = "The letter is sent by the system since July."


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=UTC)


def no_progress(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def quarter() -> ReportPeriod:
    found = read_period(ReportKind.PLAN_QUARTERLY, "2026-Q3")
    assert found
    return found


@pytest.fixture
def fcr_id(session: Session) -> int:
    """Give a year in which a quarter's audits were due, some done, and the plan was changed."""
    fcr = a_person(session, name="Demo Registrar", roles=[Role.FCR])
    chief = a_person(session, name="Demo Chief", roles=[Role.CHIEF_OFFICER])
    first = a_plan(session, fcr, state="replaced", approved_at=at(3, 20), approved_by_id=chief.id)
    second = a_plan(
        session, fcr, edition=2, why=WHY_CHANGED, approved_at=at(9, 10), approved_by_id=chief.id
    )
    for plan, trend in ((first, 0), (second, 2)):
        a_line(
            session,
            plan,
            line_key="A1-1",
            title="Reports",
            every_months=3,
            first_due_on=date(2026, 7, 1),
            risk_rate=1,
            impact_victims=2,
            risk_trend=trend,
        )
        a_line(session, plan, line_key="A3-1", code="A3", title="Cancelled crimes", hours=6.5)
        a_line(
            session,
            plan,
            line_key="A6-1",
            code="A6",
            title="Modern slavery",
            status="suspended",
            status_reason="Demo Auditor Nine is away.",
        )
    session.add(AuditPlanMonth(plan_id=second.id, month=date(2026, 7, 1), hours=12.0))
    found = [Examined(crimes=[Found()])] * 38 + [
        Examined(crimes=[Found(verdict="missing", error="E04")])
    ] * 2
    run = an_audit(session, found, line_key="A1-1")
    run.due_on, run.opened_at, run.signed_off_at, run.hours_spent = (
        date(2026, 7, 1), at(7, 1), at(8, 5), 14.5,
    )  # fmt: skip
    line = session.scalars(
        select(AuditLine).where(AuditLine.plan_id == second.id, AuditLine.line_key == "A3-1")
    ).one()
    a_run(
        session, line, due_on=YEAR_STARTS.replace(month=8), opened_at=at(8, 5), late_days=4,
        state="reviewing", period_starts_on=date(2026, 7, 1), period_ends_on=date(2026, 7, 31),
    )  # fmt: skip
    owner = a_person(session, name="Demo Owner", roles=[Role.SUPERVISOR])
    for due_on, closed in ((date(2026, 8, 1), False), (date(2026, 9, 1), True)):
        words = ActionWords(
            recommended="Tell every victim of a cancelled crime.", measure="", source="Inspection",
            due_on=due_on,
        )  # fmt: skip
        new = NewAuditAction(words=words, owner_id=owner.id)
        action = add_action(session, as_actor(session, fcr), new, now=at(5, 4))
        if closed:
            for who, move, when in (
                (owner, ActionMove.FINISH, at(8, 1)), (fcr, ActionMove.CLOSE, at(8, 20)),
            ):  # fmt: skip
                move_action(session, as_actor(session, who), action.id, move, SAID, now=when)
    session.commit()
    return fcr.id


def made_of(session: Session) -> tuple[PlanMaterial, MadeReport]:
    material = plan_material(session, quarter())
    session.commit()
    return material, make_plan_report(material, tell=no_progress)


@pytest.mark.usefixtures("fcr_id")
def test_it_says_what_was_planned_and_done_and_what_is_overdue(session: Session) -> None:
    material, made = made_of(session)

    assert [(one.code, one.is_drawn, one.is_done) for one in material.due_in_period] == [
        ("A1", True, True), ("A3", False, False), ("A3", True, False), ("A3", False, False),
    ]  # fmt: skip
    text = text_of(made.public_pdf)
    for title in SECTIONS:
        assert title in made.public_html
        assert title in text
    assert "1 of 4" in text
    assert "1 audit was drawn late, by 4 days at most." in text
    assert "38 of 40" in text
    assert "Apr to Jun 2026" in text
    assert "60" in text
    assert "Trend: steady or better, now clearly worse than last time" in text
    assert "1 action is open, 1 overdue. In this period 0 came in and 1 was closed." in text
    by_month = next(one for one in made.tables if one["rows"][0][0] == "April 2026")
    assert by_month["rows"][3] == ["July 2026", "2", "1", "0", "1"]
    assert by_month["rows"][4] == ["August 2026", "1", "1", "1", "0"]
    assert len(by_month["rows"]) == 6
    tags = tags_of(made.public_pdf)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= {tag.name for tag in tags}
    assert all(tag.alt for tag in tags if tag.name == "/Figure")


@pytest.mark.usefixtures("fcr_id")
def test_people_and_reasons_stand_in_the_annex_alone(session: Session) -> None:
    _, made = made_of(session)

    for word in ("Demo Owner", "Demo Chief", WHY_CHANGED, "Demo Auditor Nine is away."):
        assert word in made.annex_html
        assert word not in made.public_html
        assert word not in str(made.tables)
    assert "OFFICIAL-SENSITIVE" not in text_of(made.public_pdf)
    assert "OFFICIAL-SENSITIVE" in text_of(made.annex_pdf)


@pytest.mark.usefixtures("fcr_id")
def test_a_report_that_is_made_late_says_how_things_stood_then(session: Session) -> None:
    before, made = made_of(session)
    run = session.scalars(select(AuditRun).where(AuditRun.state == "reviewing")).one()
    run.state, run.signed_off_at, run.signed_off_by_id = "signed_off", at(10, 20), 1
    owner = as_actor(session, a_person(session, name="Demo Second FCR", roles=[Role.DEPUTY_FCR]))
    overdue = before.actions.overdue[0]
    move_action(session, owner, 1, ActionMove.FINISH, SAID, now=at(10, 21))
    session.commit()

    after, again = made_of(session)

    assert after.actions.overdue == (overdue,)
    assert again.public_pdf == made.public_pdf
    assert again.annex_pdf == made.annex_pdf
    assert again.spreadsheet == made.spreadsheet


@pytest.mark.usefixtures("fcr_id")
def test_another_process_makes_the_same_bytes(session: Session, database_url: str) -> None:
    _, made = made_of(session)
    program = (
        "import hashlib, sys\n"
        "from fcr_app.domain.audits.report_periods import read_period\n"
        "from fcr_app.domain.audits.words import ReportKind\n"
        "from fcr_app.extensions import db\n"
        "from fcr_app.reports.audits.plan_report import make_plan_report\n"
        "from fcr_app.services.audits.plan_material import plan_material\n"
        "from tests.databases import application\n"
        "with application(sys.argv[1]).app_context():\n"
        "    period = read_period(ReportKind.PLAN_QUARTERLY, '2026-Q3')\n"
        "    made = make_plan_report(plan_material(db.session(), period), tell=lambda *_: None)\n"
        "    for part in (made.public_pdf, made.annex_pdf, made.spreadsheet):\n"
        "        print(hashlib.sha256(part).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, database_url], cwd=ROOT, capture_output=True, text=True,
        check=True, env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    parts = (made.public_pdf, made.annex_pdf, made.spreadsheet)
    assert done.stdout.split() == [sha256(part).hexdigest() for part in parts]


def kept(session: Session) -> list[tuple[str, int]]:
    session.commit()
    found = session.execute(
        select(AuditReport.subject_key, AuditReport.edition).order_by(AuditReport.id)
    )
    return [(key, edition) for key, edition in found]


@pytest.mark.usefixtures("fcr_id")
def test_the_timetable_makes_each_period_s_report_once(session: Session) -> None:
    with time_machine.travel(at(10, 1), tick=True):
        assert ask_plan_reports(at(10, 1)) == (
            "Asked for the report on the plan of September 2026 and of July 2026 to September 2026."
        )
        assert ask_plan_reports(at(10, 1)) == "No report on the plan was due."
        assert make_reports(at(10, 1)) == "2 reports made."
        assert ask_plan_reports(at(10, 2)) == "No report on the plan was due."
    assert kept(session) == [("2026-09", 1), ("2026-Q3", 1)]
    # Missed for a month, it is caught up with the next month alone.
    with time_machine.travel(at(11, 20), tick=True):
        assert ask_plan_reports(at(11, 20)) == "Asked for the report on the plan of October 2026."
        assert make_reports(at(11, 20)) == "1 reports made."
    assert kept(session) == [("2026-09", 1), ("2026-Q3", 1), ("2026-10", 1)]


def test_another_edition_is_kept_only_where_it_differs(session: Session, fcr_id: int) -> None:
    def again(day: int) -> str:
        with time_machine.travel(at(11, day), tick=True):
            who = as_actor(session, session.get_one(Person, fcr_id))
            subject = subject_of(session, ReportKind.PLAN_QUARTERLY, "2026-Q3")
            why = "An auditor entered hours that were missing."
            ask_for_report(session, who, subject, why=why, now=at(11, day))
            session.commit()
            return make_reports(at(11, day))

    again(1)
    again(2)
    assert kept(session) == [("2026-Q3", 1)]
    run = session.scalars(select(AuditRun).where(AuditRun.hours_spent == 14.5)).one()
    run.hours_spent = 15.5
    session.commit()
    again(3)
    assert kept(session) == [("2026-Q3", 1), ("2026-Q3", 2)]
    again(4)
    assert kept(session) == [("2026-Q3", 1), ("2026-Q3", 2)]


def test_it_takes_as_many_statements_however_long_the_plan_is(
    session: Session, fcr_id: int
) -> None:
    def taken() -> int:
        session.expire_all()
        with statements(session) as sent:
            plan_material(session, quarter())
        session.rollback()
        return len(sent)

    few = taken()
    plan = session.scalars(select(AuditPlan).where(AuditPlan.edition == 2)).one()
    for number in range(15):
        a_line(session, plan, line_key=f"A9-{number}", code="A9", owner_id=fcr_id)
    for number in range(5):
        an_audit(session, [Examined(crimes=[Found()])], line_key=f"A9-{number}")
    session.commit()

    assert taken() == few
