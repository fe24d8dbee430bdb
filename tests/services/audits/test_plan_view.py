"""A plan as people see it: its audits, its hours, what it changes, what can be done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from fcr_app.domain.audits.line_words import ChangeKind
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import AuditPlan
from fcr_app.services.audits.line_changes import add_line, change_line, take_out
from fcr_app.services.audits.line_status import suspend
from fcr_app.services.audits.line_view import line_page
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.plan_editions import editions, usual_plan
from fcr_app.services.audits.plan_lines import given_of, lines_of
from fcr_app.services.audits.plan_view import plan_page
from fcr_app.services.audits.plans import move_plan
from tests.audit_builders import a_run
from tests.builders import NOW, a_person, as_actor
from tests.statements import statements

APRIL = date(2026, 4, 1)
FIRST = PlanBegun(starts_on=APRIL, monthly_hours=200)
WHY = "A new control room system came in over the summer."


@pytest.fixture
def people(session: Session) -> Mapping[str, Actor]:
    roles = {
        "fcr": Role.FCR, "auditor": Role.AUDITOR, "chief": Role.CHIEF_OFFICER, "ddm": Role.DDM,
    }  # fmt: skip
    return {
        key: as_actor(session, a_person(session, name=f"Demo {key}", roles=[role]))
        for key, role in roles.items()
    }


def approved(session: Session, people: Mapping[str, Actor], begun: PlanBegun = FIRST) -> AuditPlan:
    plan = begin_plan(session, people["fcr"], begun, now=NOW)
    move_plan(session, people["fcr"], plan.id, "approve_for_fcr", {}, now=NOW)
    move_plan(session, people["chief"], plan.id, "approve", {}, now=NOW)
    return plan


def test_a_plan_shows_its_audits_with_the_next_day_and_the_hours_of_each_month(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = approved(session, people)
    line = lines_of(session, plan.id)[0]
    a_run(session, line, due_on=date(2026, 11, 6), state="signed_off", hours_spent=44.5)
    a_run(
        session, line, due_on=date(2026, 10, 6), state="signed_off", hours=40.0,
        period_starts_on=date(2026, 9, 1), period_ends_on=date(2026, 9, 30),
    )  # fmt: skip

    view = plan_page(session, people["auditor"], plan.id, now=NOW)

    row = view.lines[0]
    assert (row.code, row.every, row.next_due_on) == ("A1", "Every month", date(2026, 12, 6))
    assert row.sample == "At random, to plus or minus 5 points, from each opening code"
    assert row.auditors == ("Demo auditor",)
    november = next(month for month in view.months if month.month == date(2026, 11, 1))
    october = next(month for month in view.months if month.month == date(2026, 10, 1))
    assert (november.done, november.available) == (44.5, 200)
    # Nobody said how long it took, so it counts as planned.
    assert october.done == 40
    assert view.over
    assert (view.steps, view.changes, view.may_write) == ((), (), False)


def test_what_stands_in_the_way_of_a_step_is_shown_with_it(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    line = lines_of(session, plan.id)[0]
    change_line(session, people["fcr"], line.id, replace(given_of(line), auditor_ids=()), now=NOW)

    view = plan_page(session, people["fcr"], plan.id, now=NOW)

    reasons = {step.trigger: step.reasons for step in view.steps}
    assert "Name an auditor" in reasons["approve_for_fcr"][0]
    # What is only not answered yet is no reason.
    assert reasons["withdraw"] == ()
    assert plan_page(session, people["chief"], plan.id, now=NOW).steps == ()


def test_an_edition_shows_what_it_changes_of_the_one_before(
    session: Session, people: Mapping[str, Actor]
) -> None:
    approved(session, people)
    second = begin_plan(session, people["fcr"], replace(FIRST, why=WHY), now=NOW)
    lines = {line.line_key: line for line in lines_of(session, second.id)}
    rape = lines["A2-1"]
    change_line(session, people["fcr"], rape.id, replace(given_of(rape), hours=50), now=NOW)
    theme = given_of(lines["A14-1"])
    add_line(session, people["fcr"], second.id, replace(theme, title="Theme: arson"), now=NOW)
    take_out(session, people["fcr"], lines["A14-2"].id, now=NOW)

    changes = plan_page(session, people["chief"], second.id, now=NOW).changes

    assert [(one.line_key, one.kind) for one in changes] == [
        ("A2-1", ChangeKind.CHANGED),
        ("A14-2", ChangeKind.TAKEN_OUT),
        ("A14-8", ChangeKind.ADDED),
    ]
    assert [(one.title, one.before, one.after) for one in changes[0].changed] == [
        ("Hours each time", "35", "50")
    ]


def test_the_plan_that_is_meant_is_the_one_in_force_this_year(
    session: Session, people: Mapping[str, Actor]
) -> None:
    assert usual_plan(session, people["fcr"], now=NOW) is None
    next_year = begin_plan(session, people["fcr"], PlanBegun(starts_on=date(2027, 4, 1)), now=NOW)
    assert usual_plan(session, people["fcr"], now=NOW) == next_year.id
    draft = begin_plan(session, people["fcr"], FIRST, now=NOW)
    assert usual_plan(session, people["fcr"], now=NOW) == draft.id
    move_plan(session, people["fcr"], draft.id, "approve_for_fcr", {}, now=NOW)
    move_plan(session, people["chief"], draft.id, "approve", {}, now=NOW)
    begin_plan(session, people["fcr"], replace(FIRST, why=WHY), now=NOW)

    assert usual_plan(session, people["auditor"], now=NOW) == draft.id
    assert usual_plan(session, people["ddm"], now=NOW) is None
    assert [row.plan.edition for row in editions(session, people["chief"])] == [2, 1, 1]
    assert editions(session, people["ddm"]) == []


def test_whoever_does_not_see_audits_finds_no_plan(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = approved(session, people)
    line = lines_of(session, plan.id)[0]

    with pytest.raises(NotFound):
        plan_page(session, people["ddm"], plan.id, now=NOW)
    with pytest.raises(NotFound):
        line_page(session, people["ddm"], line.id, now=NOW)


def test_an_audit_shows_what_was_drawn_for_its_key_in_whatever_edition(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = approved(session, people)
    old = lines_of(session, first.id)[0]
    run = a_run(session, old, state="signed_off")
    suspend(session, people["fcr"], old.id, "Two auditors are away.", now=NOW)
    second = approved(session, people, replace(FIRST, why=WHY))
    line = lines_of(session, second.id)[0]

    view = line_page(session, people["fcr"], line.id, now=NOW)

    assert [(one.reference, one.period, one.state_label) for one in view.runs] == [
        (run.reference, "October 2026", "Signed off")
    ]
    assert (view.may_suspend, view.may_resume, view.may_ask_to_drop) == (False, True, True)
    assert (view.may_change, view.may_approve_drop) == (False, False)
    assert view.row.next_due_on is None
    titles = [title for title, _ in view.facts]
    assert (titles[0], titles[-1], "Shared" in titles) == ("Records", "Auditors", True)
    assert [step.trigger for step in view.history] == ["suspend"]


def test_a_plan_takes_as_many_statements_however_many_audits_it_has(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    session.commit()
    with statements(session) as many:
        plan_page(session, people["fcr"], plan.id, now=NOW)
    for line in lines_of(session, plan.id)[1:]:
        take_out(session, people["fcr"], line.id, now=NOW)
    session.commit()
    with statements(session) as few:
        plan_page(session, people["fcr"], plan.id, now=NOW)

    assert len(many) == len(few)
