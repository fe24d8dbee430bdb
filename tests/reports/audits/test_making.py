"""Reports are made in the background: once, whatever stops; kept as they were; said how far."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.words import MakingState, ReportKind
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import (
    AppendOnly,
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
)
from fcr_app.models import AuditReport, AuditReportRequest, AuditRun, AuditStep, Notice, Person
from fcr_app.reports.audits.making import BROKEN, make_waiting
from fcr_app.services.audits.report_asking import ReportSubject, subject_of
from fcr_app.services.audits.report_keeping import keep_report
from fcr_app.services.audits.report_queue import (
    MOST_ATTEMPTS,
    SILENT,
    ask_for_report,
    claim_next,
    one_request,
    say_progress,
)
from fcr_app.services.transaction import transaction
from tests.audit_builders import a_line, a_plan, a_run
from tests.builders import NOW, a_person, as_actor
from tests.reports.audits.making_reports import Press, made

ROOT = Path(__file__).parent.parent.parent.parent
WHY = "The auditors found two more of the missing crimes."


@pytest.fixture
def fcr(session: Session) -> Person:
    return a_person(session, name="Demo FCR", roles=[Role.FCR])


@pytest.fixture
def run(session: Session, fcr: Person) -> AuditRun:
    """Give a signed-off audit, whose line has an owner, and a chief officer to be told."""
    a_person(session, name="Demo Chief", roles=[Role.CHIEF_OFFICER])
    owner = a_person(session, name="Demo Auditor", roles=[Role.AUDITOR])
    line = a_line(session, a_plan(session, fcr), owner_id=owner.id)
    run = a_run(session, line, state="signed_off", signed_off_at=NOW, signed_off_by_id=fcr.id)
    session.commit()
    return run


def actor(session: Session, fcr: Person) -> Actor:
    return as_actor(session, fcr)


def ask(session: Session, fcr: Person, run: AuditRun, why: str = "") -> AuditReportRequest:
    subject = subject_of(session, ReportKind.RUN, run.reference)
    request = ask_for_report(session, actor(session, fcr), subject, why=why, now=clock.now())
    session.commit()
    return request


def reports(session: Session) -> list[AuditReport]:
    session.commit()
    return list(session.scalars(select(AuditReport).order_by(AuditReport.edition)))


def state(session: Session, request_id: int) -> tuple[str, str]:
    session.commit()
    request = one_request(session, request_id)
    session.rollback()
    return request.state, request.problem


def test_a_report_that_is_asked_for_is_made_kept_and_told_of(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    request = ask(session, fcr, run)
    assert state(session, request.id)[0] == MakingState.WAITING

    press = Press()
    assert str(make_waiting(press.makers)) == "1 reports made."

    (report,) = reports(session)
    assert state(session, request.id) == (MakingState.DONE, "")
    assert (report.edition, report.public_html) == (1, made().public_html)
    assert press.asked[0].run_id == run.id
    told = session.scalars(
        select(Person.name).join(Notice, Notice.person_id == Person.id).order_by(Person.name)
    ).all()
    assert told == ["Demo Auditor", "Demo Chief", "Demo FCR"]
    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "report")).one()
    assert (step.kind, step.subject_id) == ("run", run.id)
    assert report.public_hash in str(step.changed)
    assert str(make_waiting(press.makers)) == "0 reports made."


def test_asking_twice_is_one_request(session: Session, fcr: Person, run: AuditRun) -> None:
    assert ask(session, fcr, run).id == ask(session, fcr, run).id


def test_the_same_facts_are_no_second_edition_and_it_says_so(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    ask(session, fcr, run)
    make_waiting(Press().makers)
    with pytest.raises(InvalidValue, match="Say why"):
        ask(session, fcr, run, why="Again")
    session.rollback()

    request = ask(session, fcr, run, why=WHY)
    make_waiting(Press().makers)

    (report,) = reports(session)
    assert state(session, request.id) == (
        "done",
        "Nothing has changed since edition 1: it is the same, byte for byte.",
    )
    assert request.report_id == report.id

    ask(session, fcr, run, why=WHY)
    make_waiting(Press(words="87.4 per cent").makers)
    first, second = reports(session)
    assert (second.edition, second.why) == (2, WHY)
    assert first.public_hash != second.public_hash


def test_a_kept_report_is_never_changed(session: Session, fcr: Person, run: AuditRun) -> None:
    ask(session, fcr, run)
    make_waiting(Press().makers)
    (report,) = reports(session)

    report.title = "Another"
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()


def test_what_can_not_be_made_says_why_and_can_be_asked_for_again(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    request = ask(session, fcr, run)
    make_waiting(Press(problem=NotFound("Its frame is not there.")).makers)
    assert state(session, request.id) == ("failed", "Its frame is not there.")
    assert not reports(session)

    request = ask(session, fcr, run)
    outcome = make_waiting(Press(problem=ZeroDivisionError("secret")).makers)
    assert str(outcome) == "0 reports made; 1 could not be made."
    assert state(session, request.id) == ("failed", BROKEN)

    ask(session, fcr, run)
    make_waiting(Press().makers)
    assert len(reports(session)) == 1


def test_only_registrars_ask_and_only_of_what_is_signed_off(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    subject = ReportSubject(kind=ReportKind.RUN, key=run.reference, run_id=run.id)
    auditor = as_actor(session, a_person(session, roles=[Role.AUDITOR]))
    with pytest.raises(PermissionRefused):
        ask_for_report(session, auditor, subject, now=NOW)
    begun = a_run(session, state="reviewing")
    with pytest.raises(InvalidValue, match="sign the audit off"):
        ask_for_report(
            session, actor(session, fcr),
            ReportSubject(kind=ReportKind.RUN, key=begun.reference, run_id=begun.id), now=NOW,
        )  # fmt: skip
    for kind, key, said in (
        (ReportKind.PLAN_MONTHLY, "2026-11", "not over"),
        (ReportKind.PLAN_QUARTERLY, "2019-Q1", "No plan was approved"),
    ):
        with pytest.raises(InvalidValue, match=said):
            ask_for_report(session, SYSTEM_ACTOR, subject_of(session, kind, key), now=NOW)
    for kind, key in (
        (ReportKind.RUN, "AUD-1999-0001"),
        (ReportKind.PLAN_MONTHLY, "2026-13"),
        (ReportKind.PLAN_QUARTERLY, "2026-5"),
    ):
        with pytest.raises(InvalidValue):
            subject_of(session, kind, key)


def test_how_far_it_is_can_be_seen_while_it_is_made(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    request = ask(session, fcr, run)
    claimed = claim_next(session, "one", now=NOW)
    session.commit()
    assert claimed
    assert claim_next(session, "two", now=NOW) is None

    say_progress(session, claimed, "Drawing the PDF", done=2, of=3, now=NOW)
    session.commit()

    session.refresh(request)
    assert (request.state, request.doing, request.parts_done, request.parts) == (
        "making", "Drawing the PDF", 2, 3,
    )  # fmt: skip
    # As long as it says a word now and then, nobody takes it from it.
    assert claim_next(session, "two", now=NOW + SILENT) is None
    later = NOW + SILENT + timedelta(seconds=1)
    again = claim_next(session, "two", now=later)
    session.commit()
    assert again
    assert again.attempt == 2


def test_a_maker_that_was_thought_gone_keeps_nothing(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    ask(session, fcr, run)
    slow = claim_next(session, "slow", now=NOW)
    session.commit()
    quick = claim_next(session, "quick", now=NOW + SILENT * 2)
    session.commit()
    assert slow
    assert quick

    with pytest.raises(SomeoneElseChangedIt):
        say_progress(session, slow, "Drawing", done=1, of=3, now=NOW)
    session.rollback()
    with pytest.raises(SomeoneElseChangedIt), transaction() as other:
        keep_report(other, slow, made("slow"), now=NOW, plan_id=None)
    with transaction() as other:
        keep_report(other, quick, made("quick"), now=NOW, plan_id=None)

    (report,) = reports(session)
    assert report.tables[0][2] == [["Violence", "quick"]]


def test_a_report_at_which_makers_die_is_given_up(
    session: Session, fcr: Person, run: AuditRun
) -> None:
    request = ask(session, fcr, run)
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert claim_next(session, "dies", now=now)
        session.commit()
        now += SILENT * 2
    assert claim_next(session, "next", now=now) is None
    session.commit()

    assert state(session, request.id)[0] == "failed"
    assert "3 times" in request.problem


@pytest.mark.parametrize("moment", ["drawing", "keeping"])
def test_a_maker_that_is_killed_leaves_its_request_to_the_next_and_one_report(
    session: Session, fcr: Person, run: AuditRun, database_url: str, moment: str
) -> None:
    request = ask(session, fcr, run)
    program = (
        "import os, signal, sys\n"
        "from fcr_app.reports.audits import making\n"
        "from tests.databases import application\n"
        "from tests.reports.audits.making_reports import Press\n"
        "def die(*_, **__):\n"
        "    print('at work', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "class Dying(Press):\n"
        "    def __call__(self, claimed, tell):\n"
        "        ready = super().__call__(claimed, tell)\n"
        "        return die() if sys.argv[2] == 'drawing' else ready\n"
        "from fcr_app.services.audits import report_keeping\n"
        "report_keeping._tell_readers = die\n"  # after the report was written, before it is saved
        "with application(sys.argv[1]).app_context():\n"
        "    making.make_waiting(Dying().makers)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, database_url, moment],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "at work\n"), killed.stderr
    assert state(session, request.id)[0] == "making"
    assert not reports(session)

    press = Press()
    assert str(make_waiting(press.makers)) == "0 reports made."
    long_ago = clock.now() - SILENT * 2
    session.execute(update(AuditReportRequest).values(alive_at=long_ago))
    session.commit()
    assert str(make_waiting(press.makers)) == "1 reports made; 1 taken up again after a stop."
    assert len(reports(session)) == 1
    assert state(session, request.id)[0] == "done"


def test_two_makers_at_once_make_each_report_once(
    session: Session, fcr: Person, run: AuditRun, database_url: str, app: Flask
) -> None:
    del app
    others = [
        a_run(session, state="signed_off", signed_off_at=NOW, signed_off_by_id=fcr.id)
        for _ in range(7)
    ]
    session.commit()
    for one in (run, *others):
        ask(session, fcr, one)
    program = (
        "import sys\n"
        "from fcr_app.reports.audits.making import make_waiting\n"
        "from tests.databases import application\n"
        "from tests.reports.audits.making_reports import Press\n"
        "with application(sys.argv[1]).app_context():\n"
        "    print(make_waiting(Press().makers))\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, database_url], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert len(reports(session)) == 1 + len(others)
    assert {one.edition for one in reports(session)} == {1}
