"""A report on the plan in the browser: asked for, watched, read, taken; actions followed up."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from fcr_app import clock
from fcr_app.domain.audits.report_periods import last_over
from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.jobs.make_reports import make_reports
from fcr_app.services.demo import seed
from fcr_app.services.demo_audit_actions import add_audit_actions
from fcr_app.services.demo_audits_plan import add_plan
from fcr_app.services.demo_force import DEMO_PASSWORD
from fcr_app.services.transaction import transaction
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

SAID = "The guide is finished and both teams were trained on 18 November."


@pytest.fixture(autouse=True)
def _demonstration(app: Flask) -> None:
    now = clock.now()
    with app.app_context(), transaction() as session:
        seed(session, SYSTEM_ACTOR, now=now)
        add_plan(session, now=now)
        add_audit_actions(session, now=now)


def looks_right(page: Page) -> None:
    """Check a page wide and narrow."""
    check_accessibility(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        check_width(page)


def test_a_report_is_asked_for_watched_read_and_taken(app: Flask, sign_in: SignIn) -> None:
    quarter = last_over(ReportKind.PLAN_QUARTERLY, to_london(clock.now()).date())
    page = sign_in("fcr@demo.example", password=DEMO_PASSWORD)
    page.goto("/audits/reports")
    looks_right(page)
    follow(page.get_by_role("button", name="Ask for a report"))
    looks_right(page)
    page.get_by_label("Audit-plan report, quarterly").check()
    page.get_by_label("Which audit, or which period?").fill(quarter.key)
    follow(page.get_by_role("button", name="Ask for the report"))
    assert "Waiting" in page.inner_text("main")
    looks_right(page)

    with app.app_context():
        assert make_reports(clock.now()) == "1 reports made."
    page.wait_for_url("**/audits/reports/1")  # it leads on by itself
    assert "Audit plan" in page.inner_text("h1")
    looks_right(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the PDF").click()
    assert taken.value.suggested_filename == f"audit-plan-report-{quarter.key}-edition-1.pdf"
    follow(page.get_by_role("link", name="Restricted annex"))
    assert "Demo Deputy FCR One" in page.inner_text("main")
    looks_right(page)
    page.goto("/notices")
    assert "A report on audits is ready." in page.inner_text("main")


def test_an_owner_shows_that_an_action_is_done_and_another_closes_it(sign_in: SignIn) -> None:
    owner = sign_in("deputy@demo.example", password=DEMO_PASSWORD)
    owner.goto("/audits/actions?list=mine")
    looks_right(owner)
    follow(owner.get_by_role("link", name="Ensure that classification N100 is used correctly."))
    looks_right(owner)
    follow(owner.get_by_role("button", name="Say that it is done"))
    owner.get_by_label("What shows that it is done").fill(SAID)
    looks_right(owner)
    follow(owner.get_by_role("button", name="Say that it is done"))
    assert owner.get_by_role("button", name="Close it").count() == 0

    fcr = sign_in("fcr@demo.example", password=DEMO_PASSWORD)
    fcr.goto("/audits/actions?list=to_check")
    follow(fcr.get_by_role("link", name="Ensure that classification N100 is used correctly."))
    assert SAID in fcr.inner_text("main")
    follow(fcr.get_by_role("button", name="Close it"))
    fcr.get_by_label("What did you look at").fill("I read the guide and the list of those trained.")
    follow(fcr.get_by_role("button", name="Close it"))
    assert "Closed" in fcr.inner_text("main")
    looks_right(fcr)
