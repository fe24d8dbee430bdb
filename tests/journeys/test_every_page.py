"""Every page that a role has, on the demonstration force: accessible, and no wider than a phone."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import Case, Crime, Incident, Person, Victim
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.plan_lines import lines_of
from fcr_app.services.demo import seed
from fcr_app.services.demo_audits_plan import add_plan
from fcr_app.services.demo_force import DEMO_PASSWORD
from fcr_app.services.transaction import transaction
from fcr_app.workflows import POLICIES
from tests.audited_run import Examined, Found, an_audit
from tests.journeys.conftest import check_accessibility, check_width, follow

EVERYBODY = (
    "/account",
    "/account/password",
    "/help",
    "/help/glossary",
    "/accessibility",
    "/privacy",
)
WORK = (
    "/work", "/work?tab=all", "/search", "/search?q=CAN-26", "/feedback", "/feedback?list=closed",
    "/notices", "/policy",
    "/incidents", "/diary", "/rulings", "/bulletins", "/bulletins?list=standing", "/themes/rec-08",
    "/my-learning", "/learning",
)  # fmt: skip
FIGURES = (
    "/figures/equality/completeness", "/figures/equality/use", "/figures/equality/reports",
)  # fmt: skip
PLAN = ("/audits/plan", "{plan in force}", "/audits/plan/editions")
REPORTS = ("/incidents?tab=all", "{every report}")
QUESTIONS = ("", "/ask", "/ask?lang=cy", "/gender-identity")
DONE_TO_A_REPORT = ("crimes/new", "crimes/link", "victim", "officer", "close")
PAGES = {
    "officer1@demo.example": (
        *EVERYBODY, *WORK, "/crimes/new", "/account/deputies/new", "/incidents/new",
        "/equality", "{every question}", "/equality/paper", "/equality/paper?lang=cy",
    ),
    "supervisor1@demo.example": (
        *WORK, "/team", "/equality?list=team", "/work?tab=team", "/diary?view=day", "/diary/daily",
        "/overview",
    ),
    "ddm1@demo.example": (*WORK, "/overview", "{every policy}", "/policy/coverage", "{crime}"),
    "fcr@demo.example": (
        *WORK, "/overview", "/overview?view=own&months=12", "/overview/records?figure=feedback",
        "/team", "/learning/thresholds", "{every case}", "{log}", "{letter}", *FIGURES,
        "/figures/equality/use?small=shown", "/figures/equality/reports/new",
        "/audits", "/audits/open", "/audits/lists/new", "/audits/size?population=5000&size=200",
        "{figures}",
    ),
    "deputy@demo.example": (
        *REPORTS, "{report}", "/late-records", "/late-records/1", "/imports", "/imports/new",
        "/reviews", "/rulings/new", "/bulletins/new", "/bulletins/1", "/bulletins/2",
        "/bulletins/1/receipts", "/bulletins/1/edit", "/bulletins/1/withdraw", "/themes",
        "/themes/e15", "/themes/e15/examples/new", "/diary/daily", "/diary/feeds", "/help/api",
        *PLAN, "/audits/plan/new", "{writing a plan}", "{stopping an audit}",
    ),
    "auditor@demo.example": (
        *WORK, "/imports", "/equality", "/equality/1", "/audits/to-examine",
        *FIGURES, "/audits", "/audits?list=all&type=A1", "/audits/lists", "/audits/size",
    ),
    "chief@demo.example": (
        *WORK, "/feedback-effect", *FIGURES, "/overview", "/overview/records?figure=recorded",
        *PLAN, "{dropping an audit}",
    ),
    "admin@demo.example": (
        "/people", "/people/new", "/people/1", "/people/1/edit", "/people/1/roles/new",
        "/people/1/accreditations/new", "/people/1/deputies/new", "/people/1/password",
        "/units", "/units/new", "/force", "/force/edit", "/policy",
    ),
}  # fmt: skip


def audit_pages(session: Session) -> dict[str, list[str]]:
    """Add the demonstration's audit plan and the one of next year; find their pages."""
    now = clock.now()
    plan = add_plan(session, now=now)
    lines = {line.line_key: line.id for line in lines_of(session, plan.id)}
    fcr = session.scalars(select(Person.id).where(Person.email == "fcr@demo.example")).one()
    actor = load_actor(session, fcr, today=now.date())
    begun = PlanBegun(starts_on=plan.ends_on + timedelta(days=1), from_last=True)
    draft = begin_plan(session, actor, begun, now=now)
    written = lines_of(session, draft.id)[0].id
    # A12 waits for a drop to be approved; A1 runs.
    asked, running = f"/audits/plan/lines/{lines['A12-1']}", f"/audits/plan/lines/{lines['A1-1']}"
    records = [Examined(crimes=[Found(verdict=one)]) for one in ["recorded"] * 9 + ["missing"]]
    signed, open_ = (
        an_audit(session, records, state=one, line_key=one) for one in ("signed_off", "moderating")
    )
    return {
        "{figures}": [
            f"/audits/runs/{signed.reference}/figures",
            f"/audits/runs/{signed.reference}/figures?interval=wald",
            f"/audits/runs/{signed.reference}/reopen",
            f"/audits/runs/{open_.reference}/figures/year",
            f"/audits/runs/{open_.reference}/sign-off",
            f"/audits/runs/{open_.reference}/differences",
            f"/audits/runs/{signed.reference}/agreement",
            f"/audits/runs/{signed.reference}/findings",
        ],
        "{plan in force}": [
            f"/audits/plan/{plan.id}", f"/audits/plan/{plan.id}/calendar", asked, running,
        ],
        "{writing a plan}": [
            f"/audits/plan/{plan.id}/editions/new", f"/audits/plan/{draft.id}",
            f"/audits/plan/{draft.id}/hours", f"/audits/plan/{draft.id}/lines/new",
            f"/audits/plan/{draft.id}/auditors",
            f"/audits/plan/{draft.id}/steps/withdraw", f"/audits/plan/lines/{written}/change",
            f"/audits/plan/lines/{written}/removal",
        ],
        "{stopping an audit}": [f"{running}/suspension", f"{running}/drop", f"{asked}/resumption"],
        "{dropping an audit}": [f"{asked}/drop-approval", f"{asked}/drop-refusal"],
    }  # fmt: skip


@pytest.fixture
def known(app: Flask) -> dict[str, list[str]]:
    """Seed the demonstration force, and find the addresses that depend on it."""
    with app.app_context(), transaction() as session:
        seed(session, SYSTEM_ACTOR, now=clock.now())
        # One case in each state: the page differs by state, not by case.
        cases = dict(session.execute(select(Case.state, Case.reference)).all())
        removed = session.scalars(select(Case).where(Case.state == "removed").limit(1)).one()
        victim = session.scalars(
            select(Victim).where(Victim.crime_id == removed.crime_id).limit(1)
        ).one()
        officer = select(Person.id).where(Person.email == "officer1@demo.example")
        own = session.scalars(
            select(Victim.equality_record_id)
            .join(Crime, Crime.id == Victim.crime_id)
            .where(Crime.oic_id.in_(officer), Victim.equality_record_id.is_not(None))
            .limit(1)
        ).one()
        return {
            **audit_pages(session),
            "{every policy}": [f"/policy/{workflow.key}" for workflow in POLICIES],
            "{every case}": [f"/cases/{reference}" for reference in cases.values()],
            "{every report}": [
                f"/incidents/{incident_id}" for incident_id in session.scalars(select(Incident.id))
            ],
            "{report}": [f"/incidents/1/{page}" for page in DONE_TO_A_REPORT],
            "{crime}": [f"/crimes/{removed.crime_id}"],
            "{log}": [f"/cases/{removed.reference}/log"],
            "{every question}": [f"/equality/{own}{page}" for page in QUESTIONS],
            "{letter}": [f"/cases/{removed.reference}/letter/{victim.id}"],
        }


def visit(page: Page, path: str) -> None:
    """Open a page and check it wide and narrow."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    page.set_viewport_size({"width": 1280, "height": 900})
    check_width(page)
    check_accessibility(page)
    page.set_viewport_size({"width": 390, "height": 844})
    check_width(page)


@pytest.mark.timeout(600)  # there are some sixty states of cases
@pytest.mark.parametrize("email", PAGES)
def test_every_page_of_a_role_is_accessible_and_fits_a_phone(
    browser: Browser, address: str, known: dict[str, list[str]], email: str
) -> None:
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    page.goto("/sign-in")
    check_accessibility(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    assert "/sign-in" not in page.url
    for path in PAGES[email]:
        for found in known.get(path, [path]):
            visit(page, found)
    context.close()
