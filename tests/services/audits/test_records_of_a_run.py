"""Records of an audit: replaced by the next reserve, given to somebody else, sent in as a list."""

import zlib
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Frame, ReviewKind
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditFrame, AuditItem, AuditLine, AuditList, AuditRun, AuditStep, Notice
from fcr_app.services.audits.assigning import give_records
from fcr_app.services.audits.by_hand import open_by_hand, openable
from fcr_app.services.audits.checking import check_run
from fcr_app.services.audits.freezing import thawed
from fcr_app.services.audits.lists import list_page, lists_wanted, send_list
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.replacing import replace_item
from fcr_app.services.audits.size_planner import SizeAsked, plan_size
from fcr_app.services.audits.steps import take_run_step
from tests.builders import NOW, a_person, an_incident, as_actor
from tests.services.audits.test_opening import (
    DUE,
    OCTOBER,
    a_due_line,
    an_auditor,
    items_of,
    reports,
)

WHY = "It was merged into another report last week."


@pytest.fixture
def registrar(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Registrar", roles=[Role.FCR]))


@pytest.fixture
def run(session: Session) -> AuditRun:
    """Draw 5 of each of two strata, with two reserves each or more."""
    line = a_due_line(
        session,
        an_auditor(session, "Demo Auditor One"),
        an_auditor(session, "Demo Auditor Two"),
        strata="opening_code",
        fixed_size=5,
    )
    reports(session, 40)
    return open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)


def test_a_record_is_replaced_by_the_next_reserve_of_its_stratum(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    item = items_of(session, run)[3]
    expected = next(
        one for one in items_of(session, run) if one.is_reserve and one.stratum == item.stratum
    )

    reserve = replace_item(session, registrar, run, item.id, WHY, now=NOW)

    assert reserve.id == expected.id
    assert (item.in_sample, item.replaced_by_id, item.replaced_why) == (False, reserve.id, WHY)
    assert reserve.in_sample
    assert reserve.auditor_id == item.auditor_id
    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "replace")).one()
    assert step.said == f"Replaced record {item.position} by reserve {reserve.position}"
    assert step.reason == WHY
    sample = [one for one in items_of(session, run) if one.in_sample]
    assert Counter(one.stratum for one in sample) == {"Violence": 5, "Robbery": 5}


def test_reserves_run_out_and_no_other_stratum_lends_one(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    items = items_of(session, run)
    spare = sum(1 for one in items if one.is_reserve and one.stratum == "Violence")
    violent = [one for one in items if one.in_sample and one.stratum == "Violence"]
    for item in violent[:spare]:
        replace_item(session, registrar, run, item.id, WHY, now=NOW)

    with pytest.raises(StepNotAvailable, match="no reserve left"):
        replace_item(session, registrar, run, violent[spare].id, WHY, now=NOW)


def test_a_replacement_needs_a_reason_a_registrar_and_a_record_not_examined(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    item = items_of(session, run)[0]
    auditor = as_actor(session, an_auditor(session, "Demo Auditor Three"))
    with pytest.raises(InvalidValue, match="Say why"):
        replace_item(session, registrar, run, item.id, "Hard", now=NOW)
    with pytest.raises(PermissionRefused):
        replace_item(session, auditor, run, item.id, WHY, now=NOW)
    with pytest.raises(SomeoneElseChangedIt):
        replace_item(session, registrar, run, item.id, WHY, now=NOW, version=item.version + 1)
    item.done_at = NOW
    session.flush()
    with pytest.raises(StepNotAvailable, match="examined already"):
        replace_item(session, registrar, run, item.id, WHY, now=NOW)


def test_records_are_given_to_somebody_else_but_not_what_they_had_a_part_in(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    items = [one for one in items_of(session, run) if one.in_sample]
    leaver = items[0].auditor_id
    theirs = [one for one in items if one.auditor_id == leaver]
    taker = an_auditor(session, "Demo Auditor Three")
    theirs[0].incident_id = an_incident(session, officer=taker, first_reported_at=OCTOBER).id
    session.flush()

    given = give_records(session, registrar, run, leaver, taker.id, now=NOW)

    assert (given.count, given.kept_back) == (len(theirs) - 1, 1)
    assert theirs[0].auditor_id == leaver
    assert {one.auditor_id for one in theirs[1:]} == {taker.id}
    messages = session.scalars(select(Notice.message).where(Notice.person_id == taker.id)).all()
    assert messages == [f"{given.count} more records of this audit are yours to examine."]


def test_nobody_becomes_their_own_second_auditor(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    item = next(one for one in items_of(session, run) if one.second_auditor_id)
    second, first = item.second_auditor_id, item.auditor_id
    assert first is not None
    only = select(AuditItem).where(AuditItem.run_id == run.id, AuditItem.id != item.id)
    for other in session.scalars(only):
        other.second_auditor_id = None
    session.flush()

    with pytest.raises(InvalidValue, match="nothing that they could take over"):
        give_records(session, registrar, run, second, first, kind=ReviewKind.SECOND, now=NOW)


def a_listed_line(session: Session) -> AuditLine:
    return a_due_line(
        session,
        an_auditor(session, "Demo Auditor One"),
        frame=Frame.LISTED.value,
        strata="listed",
        fixed_size=2,
    )


def a_list(session: Session, actor: Actor, line: AuditLine, content: str) -> AuditList:
    return send_list(
        session, actor, line.id, DUE, name="outcomes.csv", content=content.encode(), now=NOW
    )


def test_an_audit_draws_from_the_list_that_was_sent_in(session: Session, registrar: Actor) -> None:
    line = a_listed_line(session)
    assert [one.line_id for one in lists_wanted(session, NOW)] == [line.id]
    assert openable(session, NOW)[0].waits_for_list
    rows = [f"OUT-{number};{number % 2 + 14};note {number}" for number in range(8)]
    kept = a_list(session, registrar, line, "\n".join(["Reference;Stratum;About", *rows]))

    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)

    items = [one for one in items_of(session, run) if one.in_sample]
    assert run.list_id == kept.id
    assert Counter(one.stratum for one in items) == {"14": 2, "15": 2}
    assert all(one.identifier == f"listed:{one.label}" for one in items)
    assert all(one.listed["About"].startswith("note") for one in items)
    assert list_page(session).rows[0].run == run.reference
    assert lists_wanted(session, NOW) == []


def test_rows_that_can_not_be_taken_are_named_by_their_line_and_nothing_is_kept(
    session: Session, registrar: Actor
) -> None:
    line = a_listed_line(session)
    content = "Reference,Stratum\nOUT-1,14\n,14\nOUT-1,15\nOUT-2," + "x" * 61

    with pytest.raises(InvalidValues) as refused:
        a_list(session, registrar, line, content)

    assert [str(one) for one in refused.value.problems] == [
        "Line 3: it has no reference.",
        "Line 4: the reference OUT-1 is on line 2 already.",
        "Line 5: what it is divided by is longer than 60 characters.",
    ]
    assert session.scalars(select(AuditList.id)).all() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "an Excel workbook"),
        (b"Name,Stratum\nx,y", "No column is called"),
        (b"Reference\n", "no record below the heading"),
    ],
)
def test_what_is_no_list_is_refused_plainly(
    session: Session, registrar: Actor, content: bytes, said: str
) -> None:
    line = a_listed_line(session)
    with pytest.raises(InvalidValue, match=said):
        send_list(session, registrar, line.id, DUE, name="list.csv", content=content, now=NOW)


def test_auditors_do_not_send_lists(session: Session) -> None:
    line = a_listed_line(session)
    auditor = as_actor(session, an_auditor(session, "Demo Auditor Two"))
    with pytest.raises(PermissionRefused):
        a_list(session, auditor, line, "Reference\nOUT-1")


def test_a_dip_sample_is_chosen_by_number_as_people_write_it(
    session: Session, registrar: Actor
) -> None:
    line = a_due_line(session, an_auditor(session, "Demo Auditor One"), method="dip")
    one = an_incident(session, reference="INC-26-1", first_reported_at=OCTOBER)
    an_incident(session, reference="INC-26-2", first_reported_at=OCTOBER)

    with pytest.raises(InvalidValue, match="INC-26-9 is not among the records of October 2026"):
        open_by_hand(session, registrar, line.id, DUE, numbers=["INC-26-9"], now=NOW)
    with pytest.raises(InvalidValue, match="twice"):
        open_by_hand(session, registrar, line.id, DUE, numbers=["INC-26-1"] * 2, now=NOW)
    run = open_by_hand(session, registrar, line.id, DUE, numbers=[" inc-26-1 ", ""], now=NOW)

    assert [item.incident_id for item in items_of(session, run)] == [one.id]
    assert not run.statistical


def test_what_can_be_opened_by_hand_says_whether_it_is_due(session: Session) -> None:
    line = a_due_line(session, every_months=3, covers_months=3, first_due_on=date(2026, 8, 6))
    assert [(one.due.due_on, one.is_due, one.late_days) for one in openable(session, NOW)] == [
        (date(2026, 8, 6), True, 110),
        (date(2026, 11, 6), True, 18),
    ]
    open_run(session, SYSTEM_ACTOR, line.id, date(2026, 8, 6), now=NOW)
    assert [one.due.due_on for one in openable(session, NOW)] == [date(2026, 11, 6)]


def test_a_line_is_done_once_its_last_audit_is_given_up(session: Session, registrar: Actor) -> None:
    line = a_due_line(session, an_auditor(session, "Demo Auditor One"), every_months=0)
    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)
    assert line.status == "running"

    why = {"why_abandoned": "The records were moved to another system."}
    take_run_step(session, registrar, run, "abandon", why, now=NOW)

    assert line.status == "done"


def test_the_planner_works_both_ways() -> None:
    plan = plan_size(SizeAsked(population=5000, rate=0.9, precision=0.03, size=357))
    assert plan.records == 357
    assert plan.gives == pytest.approx(0.03, abs=0.0002)
    assert dict(plan.others)[0.05] == 135
    with pytest.raises(InvalidValues, match="between 0 and 100 per cent"):
        plan_size(SizeAsked(rate=1.0))


def test_what_was_said_with_a_step_says_what_it_answers(session: Session, registrar: Actor) -> None:
    line = a_due_line(session, method="census", frame=Frame.CANCELLATIONS.value)
    run = open_run(session, SYSTEM_ACTOR, line.id, DUE, now=NOW)
    for trigger in ("begin", "finish_reviews"):
        take_run_step(session, registrar, run, trigger, {}, now=NOW)
    said = {"conclusion": "There was no record in these days.", "hours_spent": "0.5"}
    take_run_step(session, registrar, run, "sign_off", said, now=NOW)

    step = session.scalars(select(AuditStep).where(AuditStep.trigger == "sign_off")).one()
    assert step.reason == "There was no record in these days.\nHours that it took: 0.5"


def test_the_frame_and_the_draw_can_be_checked_by_anybody_who_sees_audits(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    item = items_of(session, run)[3]
    replace_item(session, registrar, run, item.id, WHY, now=NOW)  # changes nothing of the draw

    checked = check_run(session, registrar, run.reference, now=NOW)

    assert (checked.frame_holds, checked.draw_holds, checked.row_count) == (True, True, 40)
    assert checked.hash == session.get_one(AuditFrame, run.frame_id).hash


def test_a_check_sees_that_somebody_put_another_record_into_the_sample(
    session: Session, run: AuditRun, registrar: Actor
) -> None:
    drawn = {one.identifier for one in items_of(session, run)}
    frame = session.get_one(AuditFrame, run.frame_id)
    other = next(row for row in thawed(frame.content) if row.identifier not in drawn)
    items_of(session, run)[0].identifier = other.identifier
    session.flush()

    checked = check_run(session, registrar, run.reference, now=NOW)

    assert (checked.frame_holds, checked.draw_holds) == (True, False)


@pytest.mark.parametrize("damaged", [False, True])
def test_a_check_sees_that_somebody_changed_the_frozen_frame(
    session: Session, run: AuditRun, registrar: Actor, *, damaged: bool
) -> None:
    # The database itself refuses to change a frame, so this one takes its place.
    frame = session.get_one(AuditFrame, run.frame_id)
    fewer = "".join(f"{row.identifier}\t{row.stratum}\n" for row in thawed(frame.content)[1:])
    changed = AuditFrame(
        kind=frame.kind, query=frame.query, in_words=frame.in_words, taken_at=frame.taken_at,
        row_count=frame.row_count, strata_counts=frame.strata_counts, hash=frame.hash,
        content=b"" if damaged else zlib.compress(fewer.encode()),
    )  # fmt: skip
    session.add(changed)
    session.flush()
    run.frame_id = changed.id
    session.flush()
    session.expire_all()

    assert not check_run(session, registrar, run.reference, now=NOW).frame_holds
