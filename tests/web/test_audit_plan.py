"""The audit plan on its pages: begun, changed, approved by two people, stopped in part."""

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.roles import Role
from fcr_app.models import AuditLine, AuditPlan
from tests.audit_builders import a_run
from tests.builders import PASSWORD, a_person

OK, BAD, NOT_ALLOWED, CONFLICT, REFUSED, SEE_OTHER = 200, 400, 403, 409, 422, 303
WHY = "A new control room system came in over the summer."
REASON = "Two auditors are away until March."


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    """Make whoever plans, approves and examines audits, and an officer."""
    roles = {
        "fcr": Role.FCR,
        "deputy": Role.DEPUTY_FCR,
        "auditor": Role.AUDITOR,
        "chief": Role.CHIEF_OFFICER,
        "officer": Role.OFFICER,
    }
    for key, role in roles.items():
        a_person(
            session, name=f"Demo {key}", email=f"{key}@demo.example", password=PASSWORD,
            roles=[role],
        )  # fmt: skip
    session.commit()


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def this_year() -> str:
    return year_of(clock.now().date()).starts_on.isoformat()


def begin(client: FlaskClient) -> str:
    """Begin this year's plan as the FCR; return its address."""
    sign_in(client, "fcr")
    said = {"starts_on": this_year(), "from_last": "no", "monthly_hours": "250"}
    answer = client.post("/audits/plan/new", data=said)
    assert answer.status_code == SEE_OTHER, answer.text
    return answer.location


def approve(client: FlaskClient, plan: str) -> None:
    sign_in(client, "fcr")
    assert client.post(f"{plan}/steps/approve-for-fcr").status_code == SEE_OTHER
    sign_in(client, "chief")
    assert client.post(f"{plan}/steps/approve").status_code == SEE_OTHER


def a_line(session: Session, plan: str, key: str = "A1-1") -> str:
    """Return the address of one audit of a plan."""
    plan_id = int(plan.rpartition("/")[2])
    found = select(AuditLine.id).where(AuditLine.plan_id == plan_id, AuditLine.line_key == key)
    line_id = session.scalars(found).one()
    session.commit()
    return f"/audits/plan/lines/{line_id}"


def typed(page: str) -> dict[str, str | list[str]]:
    """Return what a form holds as it is shown: boxes, choices and lists."""
    said: dict[str, str | list[str]] = {}
    for name, value in re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page):
        tag = next(t for t in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in t)
        if "checkbox" not in tag and "radio" not in tag:
            said[name] = value
    for tag in re.findall(r"<input[^>]*>", page):
        if ("checkbox" in tag or "radio" in tag) and " checked" in tag:
            name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
            assert name
            assert value
            kept = said.setdefault(name[1], [])
            assert isinstance(kept, list)
            kept.append(value[1])
    lists = re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    for name, body in lists:
        chosen = re.search(r'value="([^"]*)"[^>]*selected', body)
        said[name] = chosen[1] if chosen else ""
    return said


def test_a_plan_is_begun_from_the_starting_plan_and_approved_by_two_people(
    client: FlaskClient,
) -> None:
    sign_in(client, "chief")
    assert "No audit is planned yet" in client.get("/audits/plan").text
    plan = begin(client)

    page = client.get(plan).text
    assert "Being written" in page
    assert "Reports and the crimes they should have led to, by opening code" in page
    assert "Approve it for the FCR" in page
    assert client.get("/audits/plan").location == plan
    assert client.get(f"{plan}/steps/approve-for-fcr").status_code == OK
    assert client.post(f"{plan}/steps/approve").status_code == CONFLICT
    approve(client, plan)

    page = client.get(plan).text
    assert "In force" in page
    sign_in(client, "fcr")
    begun = client.get("/audits/plan/new")
    # Only next year has no plan.
    assert this_year() not in begun.text
    following = re.findall(r'<option value="([0-9-]+)"', begun.text)
    assert client.post("/audits/plan/new", data={
        "starts_on": following[0], "from_last": "yes", "monthly_hours": "",
    }).status_code == SEE_OTHER  # fmt: skip
    assert client.get("/audits/plan/new").location == "/audits/plan/editions"
    assert "Approved by the chief officer, Demo chief" in page
    assert "Demo fcr" in page


def test_a_plan_that_can_t_be_approved_says_why(client: FlaskClient, session: Session) -> None:
    plan = begin(client)
    address = f"{a_line(session, plan)}/change"
    said = {**typed(client.get(address).text), "auditors": []}
    assert client.post(address, data=said).status_code == SEE_OTHER

    page = client.get(plan).text
    refused = client.post(f"{plan}/steps/approve-for-fcr")
    naming = client.get(f"{plan}/auditors").text
    nobody = client.post(f"{plan}/auditors", data={"which": "yes"})
    auditor = re.search(r'name="auditors"[^>]*value="(\d+)"', naming)
    assert auditor
    named = client.post(f"{plan}/auditors", data={"which": "yes", "auditors": [auditor[1]]})

    assert "Before you can “Approve it for the FCR”: Name an auditor for Reports" in page
    assert refused.status_code == REFUSED
    assert "Name an auditor for Reports" in refused.text
    assert (nobody.status_code, "Select 1 to 20 auditors." in nobody.text) == (BAD, True)
    assert named.status_code == SEE_OTHER
    assert "named for 1 audit." in client.get(plan).text


def test_a_step_keeps_what_was_typed_where_it_is_refused_or_overtaken(
    client: FlaskClient,
) -> None:
    plan = begin(client)
    short = client.post(f"{plan}/steps/withdraw", data={"why_withdrawn": "No"})
    assert (short.status_code, ">No</textarea>" in short.text) == (REFUSED, True)

    said = {"why_withdrawn": "The year is planned elsewhere.", "version": "99"}
    overtaken = client.post(f"{plan}/steps/withdraw", data=said)

    assert overtaken.status_code == CONFLICT
    assert "The year is planned elsewhere." in overtaken.text
    assert "Somebody else changed this" in overtaken.text
    fresh = typed(overtaken.text)
    assert client.post(f"{plan}/steps/withdraw", data=fresh | {
        "why_withdrawn": said["why_withdrawn"]
    }).status_code == SEE_OTHER  # fmt: skip
    assert "Given up" in client.get(plan).text


def test_an_audit_is_changed_on_its_form_and_the_words_come_back_where_it_can_t_be(
    client: FlaskClient, session: Session
) -> None:
    plan = begin(client)
    line = a_line(session, plan)
    address = f"{line}/change"
    said = typed(client.get(address).text)
    assert (said["precision"], said["expected_rate"], said["hours"]) == ("5", "90", "40")

    wrong = client.post(
        address, data={**said, "hours": "many", "title": "Reports, by code", "precision": "90"}
    )
    assert wrong.status_code == BAD
    assert "Enter a number, such as 5 or 2.5." in wrong.text
    assert 'value="many"' in wrong.text
    assert 'value="Reports, by code"' in wrong.text
    too_much = client.post(address, data={**said, "precision": "90", "fixed_size": "1.5"})
    assert "Enter a whole number, such as 20." in too_much.text
    out = client.post(address, data={**said, "precision": "90"})
    assert "Enter a precision from 0.5 to 25 percentage points." in out.text
    narrowed = {**said, "groups": ["rape"]}
    assert "can’t be narrowed by that" in client.post(address, data=narrowed).text

    right = {**said, "hours": "32.5", "opening_codes": ["rape", "sexual"]}
    assert client.post(address, data=right).status_code == SEE_OTHER
    page = client.get(line).text
    assert "Opening codes: Rape or attempted rape, Other sexual offence" in page
    assert "<del>40</del> <ins>32.5</ins>" in page
    assert "FREQ=MONTHLY;INTERVAL=1" in page
    overtaken = client.post(address, data=right)
    assert overtaken.status_code == BAD
    assert "Somebody else changed this" in overtaken.text
    assert 'value="32.5"' in overtaken.text


def test_an_audit_is_added_and_taken_out(client: FlaskClient, session: Session) -> None:
    plan = begin(client)
    said = typed(client.get(f"{plan}/lines/new").text)
    year = this_year()[:4]
    said |= {
        "title": "Theme: stalking online", "code": "A14", "hours": "15",
        "first_due_on-day": "5", "first_due_on-month": "6", "first_due_on-year": year,
    }  # fmt: skip

    assert client.post(f"{plan}/lines/new", data={**said, "title": ""}).status_code == BAD
    assert client.post(f"{plan}/lines/new", data=said).status_code == SEE_OTHER

    added = a_line(session, plan, "A14-8")
    address = f"{added}/removal"
    assert client.get(address).status_code == OK
    assert client.post(address).status_code == SEE_OTHER
    page = client.get(plan).text
    assert "Took out A14 Theme: stalking online" in page
    assert added not in page


def test_a_change_is_a_new_edition_that_shows_what_it_changes(
    client: FlaskClient, session: Session
) -> None:
    plan = begin(client)
    approve(client, plan)
    sign_in(client, "fcr")
    line = a_line(session, plan)
    form = {"title": "Reports", "hours": "1"}
    for path in (f"{line}/change", f"{line}/removal", f"{plan}/lines/new", f"{plan}/hours"):
        assert client.get(path).status_code == CONFLICT
        assert client.post(path, data=form).status_code == CONFLICT
    short = client.post(f"{plan}/editions/new", data={"why": "Because"})
    assert (short.status_code, ">Because</textarea>" in short.text) == (BAD, True)

    second = client.post(f"{plan}/editions/new", data={"why": WHY}).location

    assert "A new edition is being written" in client.get(plan).text
    address = f"{a_line(session, second)}/change"
    said = {**typed(client.get(address).text), "hours": "20"}
    assert client.post(address, data=said).status_code == SEE_OTHER
    page = client.get(second).text
    assert "What this edition changes" in page
    assert WHY in page
    assert "<del>40</del><br><ins>20</ins>" in page
    approve(client, second)
    assert "Replaced" in client.get(plan).text
    editions = client.get("/audits/plan/editions").text
    assert (WHY in editions, "First edition" in editions) == (True, True)
    assert client.get("/audits/plan").location == second


def test_the_calendar_shows_what_is_due_and_where_the_hours_are_not_enough(
    client: FlaskClient,
) -> None:
    plan = begin(client)
    hours = typed(client.get(f"{plan}/hours").text)
    april = f"hours_{this_year()[:4]}_04"
    assert hours[april] == "250"

    wrong = client.post(f"{plan}/hours", data={**hours, april: "lots"})
    assert (wrong.status_code, 'value="lots"' in wrong.text) == (BAD, True)
    low = client.post(f"{plan}/hours", data={**hours, april: "-5"})
    assert "Enter hours from 0 to 10,000." in low.text
    assert client.post(f"{plan}/hours", data={**hours, april: "10"}).status_code == SEE_OTHER

    page = client.get(f"{plan}/calendar").text
    assert "<svg" in page
    assert "too many</strong>" in page
    assert "A2 Reports of rape, every N100 and rape crimes" in page
    assert "asks for more hours than there are in April" in client.get(plan).text


def test_an_audit_is_suspended_resumed_and_dropped_with_approval(
    client: FlaskClient, session: Session
) -> None:
    plan = begin(client)
    approve(client, plan)
    address = a_line(session, plan)
    sign_in(client, "fcr")
    assert client.get(f"{address}/suspension").status_code == OK
    short = client.post(f"{address}/suspension", data={"reason": "No"})
    assert (short.status_code, ">No</textarea>" in short.text) == (BAD, True)
    assert client.post(f"{address}/suspension", data={"reason": REASON}).status_code == SEE_OTHER
    assert REASON in client.get(address).text
    assert client.post(f"{address}/resumption", data={"reason": REASON}).status_code == SEE_OTHER

    assert client.post(f"{address}/drop", data={"reason": REASON}).status_code == SEE_OTHER
    # Who asks does not approve.
    assert client.post(f"{address}/drop-approval").status_code == NOT_ALLOWED
    sign_in(client, "auditor")
    assert client.post(f"{address}/drop-approval").status_code == NOT_ALLOWED
    sign_in(client, "chief")
    assert "Approve that it is dropped" in client.get(address).text
    assert client.get(f"{address}/drop-approval").status_code == OK
    assert client.get(f"{address}/drop-refusal").status_code == OK
    assert client.post(f"{address}/drop-approval").status_code == SEE_OTHER
    page = client.get(address).text
    assert "Dropped" in page
    assert "Approved that the audit is dropped" in page


@pytest.mark.parametrize(
    ("who", "sees", "writes"),
    [
        ("fcr", OK, OK),
        ("deputy", OK, OK),
        ("auditor", OK, NOT_ALLOWED),
        ("chief", OK, NOT_ALLOWED),
        ("officer", NOT_ALLOWED, NOT_ALLOWED),
    ],
)
def test_who_may_see_and_who_may_write(
    client: FlaskClient, session: Session, who: str, sees: int, writes: int
) -> None:
    plan = begin(client)
    line = a_line(session, plan)
    sign_in(client, who)

    seen = ("", "/calendar", "/editions")
    reads = {path: client.get(f"{plan}{path}").status_code for path in seen[:2]}
    reads["/editions"] = client.get("/audits/plan/editions").status_code
    written: Mapping[str, int] = {
        path: client.get(path).status_code
        for path in (
            "/audits/plan/new", f"{plan}/hours", f"{plan}/auditors", f"{plan}/lines/new",
            f"{plan}/editions/new",
            f"{line}/change", f"{line}/removal",
            f"{line}/suspension", f"{line}/drop",
        )
    }  # fmt: skip

    assert set(reads.values()) == {sees}
    assert set(written.values()) == {writes}
    assert session.scalars(select(AuditPlan)).one().state == "draft"


def test_an_audit_links_what_was_drawn_for_it(client: FlaskClient, session: Session) -> None:
    plan = begin(client)
    address = a_line(session, plan)
    line = session.get_one(AuditLine, int(address.rpartition("/")[2]))
    reference = a_run(session, line).reference
    session.commit()

    page = client.get(address).text

    assert f'href="/audits/runs/{reference}"' in page
    assert "Drawn, not begun" in page


def test_a_plan_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    sign_in(client, "fcr")
    for path in ("/audits/plan/99", "/audits/plan/99/calendar", "/audits/plan/lines/99"):
        assert client.get(path).status_code == 404
