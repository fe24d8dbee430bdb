"""The audit plan of a year: begun, written, approved twice, changed by a new edition."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.starting_plan import STARTING_PLAN
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import (
    FcrError,
    InvalidValue,
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.models import AuditLine, AuditPlan, AuditPlanMonth, AuditStep, Notice
from fcr_app.services.audits.line_changes import (
    add_line,
    change_line,
    line_of,
    set_hours,
    take_out,
)
from fcr_app.services.audits.line_status import suspend
from fcr_app.services.audits.plan_auditors import name_auditors
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan, years_to_begin
from fcr_app.services.audits.plan_lines import given_of, lines_of
from fcr_app.services.audits.plans import move_plan, plan_in_force
from fcr_app.services.transaction import transaction
from tests.audit_builders import a_plan
from tests.builders import NOW, TODAY, a_person, as_actor

APRIL = date(2026, 4, 1)
WHY = "A new control room system came in over the summer."
FIRST = PlanBegun(starts_on=APRIL)


@pytest.fixture
def people(session: Session) -> Mapping[str, Actor]:
    """Make everybody who plans, approves or examines audits, and somebody who does not."""
    wanted = {
        "fcr": [Role.FCR],
        "deputy": [Role.DEPUTY_FCR],
        "auditor": [Role.AUDITOR],
        "chief": [Role.CHIEF_OFFICER],
        "officer": [Role.OFFICER],
        "both": [Role.FCR, Role.CHIEF_OFFICER],
    }
    return {
        key: as_actor(
            session,
            a_person(
                session, name=f"Demo {key}", roles=roles,
                accreditations=[AccreditationKind.REGISTER] if key == "fcr" else [],
            ),
        )
        for key, roles in wanted.items()
    }  # fmt: skip


def approved(session: Session, people: Mapping[str, Actor], begun: PlanBegun = FIRST) -> AuditPlan:
    plan = begin_plan(session, people["fcr"], begun, now=NOW)
    move_plan(session, people["fcr"], plan.id, "approve_for_fcr", {}, now=NOW)
    move_plan(session, people["chief"], plan.id, "approve", {}, now=NOW)
    return plan


def steps(session: Session, kind: str, subject_id: int) -> list[str]:
    found = select(AuditStep.trigger).where(
        AuditStep.kind == kind, AuditStep.subject_id == subject_id
    )
    return list(session.scalars(found.order_by(AuditStep.id)))


def test_a_years_first_plan_is_the_starting_plan_with_its_hours_and_the_auditors_in_post(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], replace(FIRST, monthly_hours=300), now=NOW)

    assert (plan.starts_on, plan.ends_on) == (APRIL, date(2027, 3, 31))
    assert (plan.edition, plan.state, plan.why) == (1, "draft", "")
    lines = lines_of(session, plan.id)
    assert {line.line_key for line in lines} == {one.key for one in STARTING_PLAN}
    assert [line.code for line in lines][:3] == ["A1", "A1b", "A2"]
    assert all(given_of(line).auditor_ids == (people["auditor"].id,) for line in lines)
    assert {line.owner_id for line in lines} == {people["fcr"].id}
    waiting = [line for line in lines if line.status == LineStatus.SUSPENDED]
    assert [line.code for line in waiting] == ["A17"]
    assert waiting[0].status_reason.startswith("Waits until")
    hours = session.scalars(select(AuditPlanMonth.hours)).all()
    assert hours == [300] * 12
    assert steps(session, "plan", plan.id) == ["begin"]


@pytest.mark.parametrize("who", ["auditor", "chief", "officer"])
def test_only_registrars_write_a_plan(
    session: Session, people: Mapping[str, Actor], who: str
) -> None:
    with pytest.raises(PermissionRefused):
        begin_plan(session, people[who], FIRST, now=NOW)

    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    line = lines_of(session, plan.id)[0]
    given = replace(given_of(line), hours=1)
    refused = NotFound if who == "officer" else PermissionRefused
    with pytest.raises(refused):
        add_line(session, people[who], plan.id, given, now=NOW)
    with pytest.raises(refused):
        change_line(session, people[who], line.id, given, now=NOW)
    with pytest.raises(refused):
        take_out(session, people[who], line.id, now=NOW)
    with pytest.raises(refused):
        set_hours(session, people[who], plan.id, {APRIL: 1}, now=NOW)
    assert line.hours == 40


@pytest.mark.parametrize(
    ("begun", "field"),
    [
        (PlanBegun(starts_on=date(2026, 5, 1)), "starts_on"),
        (PlanBegun(starts_on=date(2028, 4, 1)), "starts_on"),
        (PlanBegun(starts_on=APRIL, monthly_hours=-1), "monthly_hours"),
        (PlanBegun(starts_on=APRIL, monthly_hours=float("nan")), "monthly_hours"),
    ],
)
def test_a_plan_is_for_a_year_that_is_near(
    session: Session, people: Mapping[str, Actor], begun: PlanBegun, field: str
) -> None:
    with pytest.raises(InvalidValues) as refused:
        begin_plan(session, people["fcr"], begun, now=NOW)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert session.scalars(select(AuditPlan)).all() == []


def test_one_edition_of_a_year_is_written_at_a_time(
    session: Session, people: Mapping[str, Actor]
) -> None:
    begin_plan(session, people["fcr"], FIRST, now=NOW)

    with pytest.raises(InvalidValues, match="is being written"):
        begin_plan(session, people["deputy"], replace(FIRST, why=WHY), now=NOW)


def test_the_fcr_and_then_the_chief_officer_approve_a_plan_and_it_is_in_force(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    assert plan_in_force(session, TODAY) is None
    with pytest.raises(StepNotAvailable):
        move_plan(session, people["chief"], plan.id, "approve", {}, now=NOW)

    move_plan(session, people["fcr"], plan.id, "approve_for_fcr", {}, now=NOW)

    assert (plan.state, plan.fcr_approved_by_id) == ("submitted", people["fcr"].id)
    told = session.scalars(select(Notice).where(Notice.person_id == people["chief"].id)).one()
    assert "2026/27 waits for your approval" in told.message
    assert told.path == f"/audits/plan/{plan.id}"
    with pytest.raises(PermissionRefused):
        move_plan(session, people["deputy"], plan.id, "approve", {}, now=NOW)

    move_plan(session, people["chief"], plan.id, "approve", {}, now=NOW)

    assert (plan.state, plan.approved_by_id, plan.approved_at) == (
        "approved", people["chief"].id, NOW,
    )  # fmt: skip
    assert plan_in_force(session, TODAY) is plan
    assert steps(session, "plan", plan.id) == ["begin", "approve_for_fcr", "approve"]
    asked = select(Notice.person_id).where(Notice.message.contains("approved edition 1"))
    assert people["auditor"].id in session.scalars(asked).all()


def test_nobody_approves_a_plan_for_both(session: Session, people: Mapping[str, Actor]) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    move_plan(session, people["both"], plan.id, "approve_for_fcr", {}, now=NOW)

    with pytest.raises(StepRefused, match="somebody else"):
        move_plan(session, people["both"], plan.id, "approve", {}, now=NOW)


def test_a_plan_with_an_audit_that_nobody_carries_out_is_not_approved(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    line = lines_of(session, plan.id)[0]
    change_line(session, people["fcr"], line.id, replace(given_of(line), auditor_ids=()), now=NOW)

    with pytest.raises(StepRefused, match="Name an auditor for Reports and the crimes"):
        move_plan(session, people["fcr"], plan.id, "approve_for_fcr", {}, now=NOW)


def test_what_is_sent_back_is_written_again_and_its_approval_is_gone(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    move_plan(session, people["fcr"], plan.id, "approve_for_fcr", {}, now=NOW)

    said = {"why_returned": "Too few hours for the rape audits."}
    move_plan(session, people["chief"], plan.id, "send_back", said, now=NOW)

    assert (plan.state, plan.fcr_approved_by_id, plan.fcr_approved_at) == ("draft", None, None)
    step = session.scalars(select(AuditStep).order_by(AuditStep.id.desc()).limit(1)).one()
    assert (step.trigger, step.reason) == ("send_back", said["why_returned"])


def test_an_approved_plan_is_never_edited(session: Session, people: Mapping[str, Actor]) -> None:
    plan = approved(session, people)
    line = lines_of(session, plan.id)[0]
    given = replace(given_of(line), hours=1)

    for act in (
        lambda: change_line(session, people["fcr"], line.id, given, now=NOW),
        lambda: add_line(session, people["fcr"], plan.id, given, now=NOW),
        lambda: take_out(session, people["fcr"], line.id, now=NOW),
        lambda: set_hours(session, people["fcr"], plan.id, {APRIL: 1}, now=NOW),
    ):
        with pytest.raises(StepNotAvailable, match="Begin a new edition"):
            act()
    assert line.hours == 40


def test_a_change_is_a_new_edition_with_a_reason_that_keeps_each_key_and_replaces_the_last(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = approved(session, people)
    with pytest.raises(InvalidValues, match="Say why the plan is changed"):
        begin_plan(session, people["fcr"], FIRST, now=NOW)

    second = begin_plan(session, people["fcr"], replace(FIRST, why=WHY), now=NOW)

    assert (second.edition, second.why, first.state) == (2, WHY, "approved")
    old, new = lines_of(session, first.id), lines_of(session, second.id)
    assert [line.line_key for line in new] == [line.line_key for line in old]
    assert [given_of(line) for line in new] == [given_of(line) for line in old]
    assert not {line.id for line in new} & {line.id for line in old}

    move_plan(session, people["fcr"], second.id, "approve_for_fcr", {}, now=NOW)
    move_plan(session, people["chief"], second.id, "approve", {}, now=NOW)

    assert (first.state, second.state) == ("replaced", "approved")
    assert plan_in_force(session, TODAY) is second
    assert steps(session, "plan", first.id)[-1] == "replace"


def test_a_refused_approval_leaves_the_edition_in_force_as_it_was(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = approved(session, people)
    second = begin_plan(session, people["fcr"], replace(FIRST, why=WHY), now=NOW)
    move_plan(session, people["both"], second.id, "approve_for_fcr", {}, now=NOW)
    session.commit()

    with pytest.raises(FcrError):
        move_plan(session, people["both"], second.id, "approve", {}, now=NOW)
    session.rollback()

    assert (first.state, second.state) == ("approved", "submitted")


def test_an_edition_that_comes_into_force_knows_what_was_suspended_meanwhile(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = approved(session, people)
    second = begin_plan(session, people["fcr"], replace(FIRST, why=WHY), now=NOW)
    line = lines_of(session, first.id)[0]
    suspend(session, people["fcr"], line.id, "Two auditors are away.", now=NOW)

    move_plan(session, people["fcr"], second.id, "approve_for_fcr", {}, now=NOW)
    move_plan(session, people["chief"], second.id, "approve", {}, now=NOW)

    same = lines_of(session, second.id)[0]
    assert (same.line_key, same.status) == (line.line_key, "suspended")
    assert same.status_reason == "Two auditors are away."


def test_next_years_plan_begins_from_this_years_on_the_days_of_that_year(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = approved(session, people, replace(FIRST, monthly_hours=111))
    begun = PlanBegun(starts_on=date(2027, 4, 1), from_last=True)

    plan = begin_plan(session, people["fcr"], begun, now=NOW)

    assert (plan.edition, plan.why) == (1, "")
    old = {line.line_key: line for line in lines_of(session, first.id)}
    for line in lines_of(session, plan.id):
        assert plan.starts_on <= line.first_due_on <= plan.ends_on
        before = old[line.line_key].first_due_on
        assert (line.first_due_on.month, line.first_due_on.day) == (before.month, before.day)
    kept = select(AuditPlanMonth.hours).where(AuditPlanMonth.plan_id == plan.id)
    assert set(session.scalars(kept)) == {111}


def test_an_audit_is_added_changed_and_taken_out_with_what_changed_in_words(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    source = next(line for line in lines_of(session, plan.id) if line.line_key == "A14-1")

    given = replace(given_of(source), title="Theme: stalking online", owner_id=None)
    line = add_line(session, people["fcr"], plan.id, given, now=NOW)

    assert line.line_key == "A14-8"
    auditors = (people["auditor"].id, people["deputy"].id)
    changed = replace(given, hours=22.5, auditor_ids=auditors)
    version = line.version
    change_line(session, people["fcr"], line.id, changed, now=NOW, version=version)
    step = session.scalars(
        select(AuditStep).where(AuditStep.kind == "line", AuditStep.trigger == "change")
    ).one()
    assert step.changed == [
        ["Hours each time", "15", "22.5"],
        ["Auditors", "Demo auditor", "Demo auditor, Demo deputy"],
    ]
    with pytest.raises(SomeoneElseChangedIt):
        change_line(session, people["deputy"], line.id, given, now=NOW, version=version)
    # Only who examines it changes, and that is another version too.
    version = line_of(session, people["fcr"], line.id).version
    change_line(session, people["fcr"], line.id, replace(changed, auditor_ids=()), now=NOW)
    assert line_of(session, people["fcr"], line.id).version > version

    take_out(session, people["fcr"], line.id, now=NOW)

    assert session.get(AuditLine, line.id) is None
    assert steps(session, "plan", plan.id)[-1] == "take_out"


def test_only_people_who_examine_audits_are_named(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)
    line = lines_of(session, plan.id)[0]
    given = replace(
        given_of(line), owner_id=people["officer"].id, auditor_ids=(people["chief"].id,)
    )

    with pytest.raises(InvalidValues) as refused:
        change_line(session, people["fcr"], line.id, given, now=NOW)

    assert [problem.field for problem in refused.value.problems] == ["owner_id", "auditors"]


def test_the_same_auditors_are_named_for_many_audits_at_once(
    session: Session, people: Mapping[str, Actor]
) -> None:
    fcr, auditor, deputy = people["fcr"], people["auditor"].id, people["deputy"].id
    plan = begin_plan(session, fcr, FIRST, now=NOW)
    lines = lines_of(session, plan.id)
    line = lines[0]
    change_line(session, fcr, line.id, replace(given_of(line), auditor_ids=()), now=NOW)
    version = line.version

    def name(*ids: int, only_missing: bool) -> int:
        return name_auditors(session, fcr, plan.id, ids, only_missing=only_missing, now=NOW)

    assert name(deputy, only_missing=True) == 1
    assert given_of(line_of(session, fcr, line.id)).auditor_ids == (deputy,)
    assert line.version > version
    assert name(auditor, deputy, only_missing=False) == len(lines)
    assert name(auditor, deputy, only_missing=False) == 0
    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "change")).all()[-1]
    assert step.changed == [["Auditors", "Demo auditor", "Demo auditor, Demo deputy"]]
    for wrong in ((), (people["officer"].id,)):
        with pytest.raises(InvalidValue):
            name(*wrong, only_missing=False)
    with pytest.raises(PermissionRefused):
        name_auditors(
            session, people["auditor"], plan.id, [auditor], only_missing=False, now=NOW
        )  # fmt: skip


def test_the_hours_of_a_month_are_changed_and_written_down(
    session: Session, people: Mapping[str, Actor]
) -> None:
    plan = begin_plan(session, people["fcr"], FIRST, now=NOW)

    set_hours(session, people["fcr"], plan.id, {APRIL: 100.5}, now=NOW)
    with pytest.raises(InvalidValues):
        set_hours(session, people["fcr"], plan.id, {date(2027, 4, 1): 100}, now=NOW)

    row = session.get_one(AuditPlanMonth, (plan.id, APRIL))
    assert row.hours == 100.5
    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "hours")).one()
    assert step.changed == [["April 2026", "240 hours", "100.5 hours"]]


def test_a_plan_is_begun_again_after_its_edition_was_given_up(
    session: Session, people: Mapping[str, Actor]
) -> None:
    first = begin_plan(session, people["fcr"], FIRST, now=NOW)
    assert [year.starts_on.year for year in years_to_begin(session, TODAY)] == [2027]
    said = {"why_withdrawn": "It began from the wrong lines."}
    move_plan(session, people["fcr"], first.id, "withdraw", said, now=NOW)
    assert [year.starts_on.year for year in years_to_begin(session, TODAY)] == [2026, 2027]

    again = begin_plan(session, people["fcr"], FIRST, now=NOW)

    assert (again.edition, again.why) == (2, "Edition 1 was given up before it was in force.")


def test_two_people_who_begin_an_edition_at_once_make_one(app: Flask, session: Session) -> None:
    writer = a_person(session)
    a_plan(session, writer, state="draft")
    session.commit()

    # What the other person saved was not there yet when this one looked.
    with (
        app.test_request_context("/"),
        pytest.raises(SomeoneElseChangedIt, match="Somebody else began"),
        transaction() as saving,
    ):
        a_plan(saving, writer, state="draft", edition=2, why=WHY)

    assert len(session.scalars(select(AuditPlan)).all()) == 1
