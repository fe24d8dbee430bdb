"""An audit comes due while the clock moves on: it is drawn, told of, looked at, mended."""

from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from fcr_app import clock
from fcr_app.domain.audits.recurrence import months_later
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.roles import Role
from fcr_app.jobs.open_audits import open_audits
from fcr_app.models import AuditItem, AuditLineAuditor, AuditRun
from fcr_app.services.transaction import transaction
from tests.audit_builders import a_line, a_plan
from tests.builders import PASSWORD, a_person, an_incident
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

EMAILS = {"fcr": "fcr@demo.example", "auditor": "auditor@demo.example"}
WHY = "It was merged into another report last week."


@pytest.fixture
def due_in_three_days(app: Flask) -> datetime:
    """Plan an audit that is due in three days, and one that waits for its list; return the day."""
    with app.app_context(), transaction() as session:
        people = {
            who: a_person(
                session, name=f"Demo {who.title()}", email=EMAILS[who], password=PASSWORD,
                roles=[role],
            )
            for who, role in (("fcr", Role.FCR), ("auditor", Role.AUDITOR))
        }  # fmt: skip
        now = clock.now()
        due = to_london(now).date() + timedelta(days=3)
        year = year_of(due)
        plan = a_plan(session, people["fcr"], starts_on=year.starts_on, ends_on=year.ends_on)
        for columns in (
            {"fixed_size": 6, "strata": "opening_code"},
            {"frame": Frame.LISTED.value, "code": "A11", "title": "Outcomes"},
        ):
            line = a_line(
                session, plan, first_due_on=due, owner_id=people["fcr"].id, every_months=0,
                **columns,
            )  # fmt: skip
            session.add(AuditLineAuditor(line_id=line.id, person_id=people["auditor"].id))
        first = from_london(datetime.combine(months_later(due.replace(day=1), -1), time(12)))
        codes = (OpeningCode.VIOLENCE, OpeningCode.DOMESTIC)
        for number in range(40):
            at = first + timedelta(minutes=number)
            an_incident(session, first_reported_at=at, opening_code=codes[number % 2])
        return now + timedelta(days=3)


def look(page: Page, path: str = "") -> None:
    """Look at a page as axe does, wide and narrow."""
    if path:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
    page.set_viewport_size({"width": 1280, "height": 900})
    check_accessibility(page)
    check_width(page)
    page.set_viewport_size({"width": 390, "height": 844})
    check_width(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_audit_comes_due_is_drawn_once_and_can_be_mended(
    app: Flask,
    sign_in: SignIn,
    due_in_three_days: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with app.app_context():
        assert open_audits(clock.now()) == "Audits opened: 0, late: 0, waiting: 0."
        moved, real = due_in_three_days - clock.now(), clock.now
        monkeypatch.setattr(clock, "now", lambda: real() + moved)
        assert open_audits(clock.now()) == "Audits opened: 1, late: 0, waiting: 1."
        assert open_audits(clock.now()) == "Audits opened: 0, late: 0, waiting: 1."
        with transaction() as session:
            reference = session.scalars(select(AuditRun.reference)).one()
            item = session.scalars(
                select(AuditItem).where(AuditItem.in_sample).order_by(AuditItem.position)
            ).first()
            assert item
            item_id = item.id

    auditor = sign_in(EMAILS["auditor"])
    auditor.goto("/notices")
    expect(auditor.get_by_text("You examine 12 records").first).to_be_visible()
    look(auditor, "/audits")
    follow(auditor.get_by_role("link", name=reference))
    look(auditor)
    expect(auditor.get_by_text("12 of 40")).to_be_visible()
    look(auditor, "/audits/size?population=5000&precision=3&size=200")
    expect(auditor.get_by_role("heading", name="357 records")).to_be_visible()

    look(auditor, f"/audits/runs/{reference}/check")
    expect(auditor.get_by_text("The same again")).to_be_visible()

    fcr = sign_in(EMAILS["fcr"])
    fcr.goto("/notices")
    expect(fcr.get_by_text("It waits for its list").first).to_be_visible()
    for path in ("/audits/open", "/audits/lists", f"/audits/runs/{reference}/give"):
        look(fcr, path)
    look(fcr, f"/audits/runs/{reference}/steps/abandon")
    fcr.goto(f"/audits/runs/{reference}/records")
    look(fcr)
    follow(fcr.get_by_role("link", name="Replace record 1", exact=True))
    look(fcr)
    fcr.get_by_label("Why can’t it be examined?").fill(WHY)
    follow(fcr.get_by_role("button", name="Replace the record"))
    fcr.goto(f"/audits/runs/{reference}/records?list=replaced")
    expect(fcr.get_by_text(WHY)).to_be_visible()
    assert fcr.goto(f"/audits/runs/{reference}/records/{item_id}/replace").status == 409  # type: ignore[union-attr]


def test_a_list_is_sent_in_and_its_audit_is_drawn_from_it(
    app: Flask,
    sign_in: SignIn,
    due_in_three_days: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved, real = due_in_three_days - clock.now(), clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + moved)
    fcr = sign_in(EMAILS["fcr"])
    fcr.goto("/audits/lists/new")
    fcr.get_by_label("A11,").check()

    def send(content: bytes) -> None:
        file = {"name": "outcomes.csv", "mimeType": "text/csv", "buffer": content}
        fcr.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type] # as documented
        follow(fcr.get_by_role("button", name="Keep the list"))

    send(b"Reference,About\nOUT-1,one\nOUT-1,again\n")
    expect(fcr.get_by_text("Line 3: the reference OUT-1 is on line 2 already.")).to_be_visible()
    look(fcr)
    send(b"Reference,About\nOUT-1,one\nOUT-2,another\n")
    expect(fcr.get_by_role("rowheader", name="outcomes.csv")).to_be_visible()
    look(fcr)
    with app.app_context():
        assert open_audits(clock.now()) == "Audits opened: 2, late: 0, waiting: 0."
    fcr.reload()
    follow(fcr.get_by_role("link", name="AUD-"))
    expect(fcr.get_by_text("outcomes.csv").first).to_be_visible()
