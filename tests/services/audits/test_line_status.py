"""An audit of the plan is suspended with a reason, goes on, and is dropped with approval."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import (
    FcrError,
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditLine, AuditPlan, AuditStep, Notice
from fcr_app.services.audits.line_status import (
    approve_drop,
    ask_to_drop,
    refuse_drop,
    resume,
    suspend,
)
from tests.audit_builders import a_line, a_plan, a_run
from tests.builders import NOW, a_person, as_actor

REASON = "Two auditors are away until March."


@pytest.fixture
def people(session: Session) -> Mapping[str, Actor]:
    roles = {
        "fcr": Role.FCR,
        "deputy": Role.DEPUTY_FCR,
        "auditor": Role.AUDITOR,
        "chief": Role.CHIEF_OFFICER,
        "officer": Role.OFFICER,
    }
    return {
        key: as_actor(session, a_person(session, name=f"Demo {key}", roles=[role]))
        for key, role in roles.items()
    }


@pytest.fixture
def line(session: Session, people: Mapping[str, Actor]) -> AuditLine:
    """Make an audit of a plan in force."""
    del people
    return a_line(session, a_plan(session, a_person(session)))


def last_step(session: Session, line: AuditLine) -> tuple[str, str, str, str]:
    step = session.scalars(
        select(AuditStep)
        .where(AuditStep.kind == "line", AuditStep.subject_id == line.id)
        .order_by(AuditStep.id.desc())
        .limit(1)
    ).one()
    return step.trigger, step.from_state, step.to_state, step.reason


def told(session: Session, words: str) -> set[int]:
    found = select(Notice.person_id).where(Notice.message.contains(words))
    return set(session.scalars(found))


def test_an_audit_is_suspended_and_goes_on_each_with_a_reason_that_stays(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    suspend(session, people["fcr"], line.id, f" {REASON} ", now=NOW)

    assert (line.status, line.status_reason) == ("suspended", REASON)
    assert last_step(session, line) == ("suspend", "planned", "suspended", REASON)
    with pytest.raises(StepNotAvailable, match="already"):
        suspend(session, people["deputy"], line.id, REASON, now=NOW)

    resume(session, people["deputy"], line.id, "They are back at work.", now=NOW)

    assert (line.status, line.status_reason) == ("planned", "")
    assert last_step(session, line)[:3] == ("resume", "suspended", "planned")
    with pytest.raises(StepNotAvailable, match="not suspended"):
        resume(session, people["fcr"], line.id, REASON, now=NOW)


def test_an_audit_goes_on_as_running_while_one_that_was_drawn_is_examined(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    a_run(session, line, state="reviewing")
    suspend(session, people["fcr"], line.id, REASON, now=NOW)

    resume(session, people["fcr"], line.id, "They are back at work.", now=NOW)

    assert line.status == "running"


@pytest.mark.parametrize("reason", ["", "Too short", "x" * 2001])
def test_nothing_is_stopped_without_a_reason(
    session: Session, people: Mapping[str, Actor], line: AuditLine, reason: str
) -> None:
    session.commit()
    for act in (suspend, ask_to_drop):
        with pytest.raises(InvalidValue) as refused:
            act(session, people["fcr"], line.id, reason, now=NOW)
        assert refused.value.field == "reason"
        session.rollback()
    assert session.scalars(select(AuditStep)).all() == []


def test_what_changed_meanwhile_is_looked_at_again(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    version = line.version
    suspend(session, people["fcr"], line.id, REASON, now=NOW, version=version)

    with pytest.raises(SomeoneElseChangedIt):
        resume(session, people["deputy"], line.id, REASON, now=NOW, version=version)


def test_an_audit_is_dropped_once_somebody_else_approves_it(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    with pytest.raises(StepNotAvailable, match="Nobody asks"):
        approve_drop(session, people["chief"], line.id, now=NOW)

    ask_to_drop(session, people["fcr"], line.id, REASON, now=NOW)

    # Until then nothing is drawn.
    assert (line.status, line.status_reason, line.drop_asked_by_id) == (
        "suspended", REASON, people["fcr"].id,
    )  # fmt: skip
    assert told(session, "asks to drop") == {people["chief"].id}
    with pytest.raises(PermissionRefused, match="You asked for it"):
        approve_drop(session, people["fcr"], line.id, now=NOW)
    with pytest.raises(StepNotAvailable, match="asked already"):
        ask_to_drop(session, people["deputy"], line.id, REASON, now=NOW)

    approve_drop(session, people["chief"], line.id, now=NOW)

    assert (line.status, line.status_reason) == ("dropped", REASON)
    assert (line.drop_approved_by_id, line.drop_approved_at) == (people["chief"].id, NOW)
    assert last_step(session, line)[:3] == ("approve_drop", "suspended", "dropped")
    assert told(session, "is dropped") == {people["fcr"].id, people["deputy"].id}
    for act in (suspend, resume, ask_to_drop, refuse_drop):
        with pytest.raises(StepNotAvailable):
            act(session, people["fcr"], line.id, REASON, now=NOW)


def test_an_audit_that_is_not_dropped_goes_on(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    ask_to_drop(session, people["deputy"], line.id, REASON, now=NOW)

    refuse_drop(session, people["fcr"], line.id, "The risk is too high for that.", now=NOW)

    assert (line.status, line.status_reason, line.drop_asked_at) == ("planned", "", None)
    assert told(session, "stays in the plan") == {people["deputy"].id}


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("auditor", PermissionRefused),
        ("chief", PermissionRefused),
        ("officer", NotFound),
    ],
)
def test_only_registrars_stop_an_audit(
    session: Session,
    people: Mapping[str, Actor],
    line: AuditLine,
    who: str,
    refused: type[FcrError],
) -> None:
    for act in (suspend, resume, ask_to_drop):
        with pytest.raises(refused):
            act(session, people[who], line.id, REASON, now=NOW)

    assert line.status == "planned"


@pytest.mark.parametrize(
    ("who", "refused"),
    [("deputy", PermissionRefused), ("auditor", PermissionRefused), ("officer", NotFound)],
)
def test_only_the_chief_officer_or_the_fcr_approve_a_drop(
    session: Session,
    people: Mapping[str, Actor],
    line: AuditLine,
    who: str,
    refused: type[FcrError],
) -> None:
    ask_to_drop(session, people["fcr"], line.id, REASON, now=NOW)

    with pytest.raises(refused):
        approve_drop(session, people[who], line.id, now=NOW)
    with pytest.raises(refused):
        refuse_drop(session, people[who], line.id, REASON, now=NOW)

    assert line.status == "suspended"


@pytest.mark.parametrize("state", ["submitted", "replaced", "withdrawn"])
def test_an_audit_is_stopped_in_the_edition_in_force(
    session: Session, people: Mapping[str, Actor], state: str
) -> None:
    why = "The edition was written for a test."
    plan = a_plan(session, a_person(session), state=state, edition=2, why=why)
    line = a_line(session, plan)

    with pytest.raises(StepNotAvailable, match="in force"):
        suspend(session, people["fcr"], line.id, REASON, now=NOW)


def test_what_is_new_in_an_edition_can_begin_suspended_and_is_taken_out_not_dropped(
    session: Session, people: Mapping[str, Actor], line: AuditLine
) -> None:
    older: AuditPlan = session.get_one(AuditPlan, line.plan_id)
    writer = a_person(session)
    draft = a_plan(session, writer, state="draft", edition=older.edition + 1, why="More of them.")
    new, old = a_line(session, draft), a_line(session, draft, line_key=line.line_key)

    suspend(session, people["fcr"], new.id, REASON, now=NOW)
    assert new.status == "suspended"
    resume(session, people["fcr"], new.id, REASON, now=NOW)
    with pytest.raises(StepNotAvailable, match="take it out"):
        ask_to_drop(session, people["fcr"], new.id, REASON, now=NOW)
    with pytest.raises(StepNotAvailable, match="in force"):
        suspend(session, people["fcr"], old.id, REASON, now=NOW)
