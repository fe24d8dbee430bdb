"""The report of an audit, from asking to keeping: the same audit, the same bytes, once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.roles import Role
from fcr_app.jobs.make_reports import make_reports
from fcr_app.models import AuditReport, AuditReportRequest, AuditRun, AuditStep
from fcr_app.services.audits.report_asking import subject_of
from fcr_app.services.audits.report_queue import ask_for_report
from tests.audited_run import Examined, Found, an_audit
from tests.builders import a_person, as_actor

WHY = "A finding was put right after the report."


def ask_and_make(session: Session, run: AuditRun, why: str = "") -> AuditReportRequest:
    fcr = a_person(session, roles=[Role.FCR])
    subject = subject_of(session, ReportKind.RUN, run.reference)
    asked = ask_for_report(session, as_actor(session, fcr), subject, why=why, now=clock.now())
    session.commit()
    make_reports(clock.now())
    session.refresh(asked)
    return asked


def test_the_same_audit_gives_the_same_pdf_and_its_hash_stands_in_the_history(
    session: Session,
) -> None:
    records = [Examined(crimes=[Found()])] * 30 + [
        Examined(crimes=[Found(verdict="missing", error="E04")])
    ]
    run = an_audit(session, records)
    session.commit()

    first = ask_and_make(session, run)
    assert (first.state, first.parts_done) == ("done", first.parts)
    again = ask_and_make(session, run, why=WHY)

    assert again.report_id == first.report_id
    assert again.problem == "Nothing has changed since edition 1: it is the same, byte for byte."
    report = session.scalars(select(AuditReport)).one()
    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "report")).one()
    assert (step.kind, step.subject_id) == ("run", run.id)
    assert [after for _, _, after in step.changed] == [
        report.public_hash, report.annex_hash, report.spreadsheet_hash,
    ]  # fmt: skip

    run.conclusion = "It shows that one report in thirty was not recorded."
    run.signed_off_at = clock.now() - timedelta(hours=1)
    session.commit()
    changed = ask_and_make(session, run, why=WHY)
    newest = session.get_one(AuditReport, changed.report_id)
    assert (newest.edition, newest.why) == (2, WHY)
    assert WHY in newest.public_html
    assert newest.public_hash != report.public_hash
    assert ask_and_make(session, run, why=WHY).report_id == newest.id
