"""Auditors examine records: blind, not their own decisions, saved as it goes, all of it kept."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import Band, Group, ReviewKind, Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import InvalidValues, NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditAnswer, AuditCrime, AuditFinding, AuditItem, AuditReview, Person
from fcr_app.services.audits.kept_reviews import written
from fcr_app.services.audits.reviewing import next_item, open_review, save_review
from fcr_app.services.audits.second import readable, the_readable
from tests.audit_builders import a_crime_given, a_review, a_run, an_item
from tests.builders import NOW, a_case, a_crime, a_person, an_incident, as_actor

FIRST, SECOND = ReviewKind.FIRST, ReviewKind.SECOND
FINE = a_review()
MISSED = a_review(
    a_crime_given(Verdict.MISSING, error_type=ErrorType.E04, safeguarding=Safeguarding.DONE)
)


def an_auditor(session: Session, name: str = "Demo Auditor One") -> Person:
    return a_person(session, name=name, roles=[Role.AUDITOR])


def save(
    session: Session,
    who: Person,
    item: AuditItem,
    given: ReviewGiven = FINE,
    kind: ReviewKind = FIRST,
    *,
    done: bool = True,
    version: int | None = None,
) -> AuditReview:
    actor = as_actor(session, who)
    return save_review(session, actor, item.id, kind, given, now=NOW, done=done, version=version)


def test_the_first_review_begins_the_audit_and_the_last_sends_it_on(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    items = [an_item(session, run, auditor) for _ in range(2)]

    save(session, auditor, items[0])
    assert run.state == "reviewing"
    save(session, auditor, items[1])

    assert run.state == "moderating"
    assert all(item.done_at == NOW for item in items)


def test_what_is_done_is_kept_in_rows_and_counts(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item = an_item(session, run, auditor)
    given = a_review(
        a_crime_given(band=Band.TO_72_HOURS, domestic=True),
        a_crime_given(
            Verdict.MISSING, offence_group=Group.RAPE, error_type=ErrorType.E08,
            safeguarding=Safeguarding.NOT_DONE,
        ),
        note="The second was told to the call handler.",
    )  # fmt: skip

    review = save(session, auditor, item, given)

    session.expire_all()
    rows = session.scalars(select(AuditCrime).order_by(AuditCrime.position)).all()
    assert [(row.verdict, row.band, row.error_type, row.severity) for row in rows] == [
        ("recorded", "to_72_hours", "E13", "low"),
        ("missing", "", "E08", "high"),
    ]
    assert session.scalars(select(AuditAnswer.answer)).all() == ["yes"]
    assert (review.counts, review.done_at, review.draft) == (True, NOW, None)


def test_it_is_kept_as_it_is_written_and_resumed(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item = an_item(session, run, auditor)
    half = a_review(a_crime_given(verdict=Verdict.MISSING, error_type=None), answers={})

    review = save(session, auditor, item, half, done=False)
    session.expire_all()

    assert written(session, review) == half
    assert item.done_at is None
    assert session.scalars(select(AuditCrime)).all() == []
    resumed = next_item(session, as_actor(session, auditor), run.id)
    assert resumed is not None
    assert resumed.id == item.id


def test_what_was_done_counts_until_it_is_done_again(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item, _ = an_item(session, run, auditor), an_item(session, run, auditor)
    save(session, auditor, item, MISSED)
    kept = session.scalars(select(AuditCrime.id)).one()

    review = save(session, auditor, item, a_review(answers={}), done=False)
    assert session.scalars(select(AuditCrime.verdict)).all() == ["missing"]
    assert review.counts
    save(session, auditor, item, a_review(a_crime_given()))

    assert session.execute(select(AuditCrime.id, AuditCrime.verdict)).all() == [(kept, "recorded")]


def test_a_review_that_says_too_little_is_not_done(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item = an_item(session, run, auditor)

    with pytest.raises(InvalidValues) as refused:
        save(session, auditor, item, a_review(a_crime_given(Verdict.MISSING), answers={}))

    assert [problem.field for problem in refused.value.problems] == [
        "answer-closing_code",
        "crime-1-error_type",
        "crime-1-safeguarding",
    ]
    assert item.done_at is None


def test_the_next_record_is_the_next_in_the_order_drawn(session: Session) -> None:
    auditor, other, run = an_auditor(session), an_auditor(session), a_run(session)
    one, two, three = (an_item(session, run, auditor) for _ in range(3))
    an_item(session, run, other)
    an_item(session, run, auditor, in_sample=False, is_reserve=True)
    save(session, auditor, two)
    actor = as_actor(session, auditor)

    def after(position: int) -> int | None:
        found = next_item(session, actor, run.id, after=position)
        return found.id if found else None

    assert [after(0), after(one.position), after(three.position)] == [one.id, three.id, one.id]
    save(session, auditor, one)
    save(session, auditor, three)
    assert after(0) is None


@pytest.mark.parametrize("part", ["officer", "received_by", "step", "oic", "crime of the report"])
def test_nobody_examines_a_record_they_had_a_part_in(session: Session, part: str) -> None:
    auditor, run = an_auditor(session), a_run(session)
    if part in {"officer", "received_by"}:
        made: dict[str, Any] = {part: auditor}
        item = an_item(session, run, auditor, incident=an_incident(session, **made))
    elif part == "step":
        case = a_case(session, opened_by=auditor)
        item = an_item(session, run, auditor, case=case)
    else:
        item = an_item(session, run, auditor, crime=a_crime(session, oic=auditor))

    with pytest.raises(PermissionRefused, match="You had a part"):
        save(session, auditor, item)
    assert session.scalars(select(AuditReview)).all() == []


def test_nobody_examines_what_is_for_another_auditor(session: Session) -> None:
    auditor, other, run = an_auditor(session), an_auditor(session), a_run(session)
    item = an_item(session, run, other)

    with pytest.raises(PermissionRefused):
        save(session, auditor, item)
    with pytest.raises(PermissionRefused):
        save(session, auditor, item, kind=SECOND)
    with pytest.raises(NotFound):
        save(session, a_person(session, roles=[Role.CHIEF_OFFICER]), item)


def test_the_second_auditor_does_not_see_the_first_answers_before_both_are_done(
    session: Session,
) -> None:
    one, two = an_auditor(session), an_auditor(session, "Demo Auditor Two")
    registrar = a_person(session, name="Demo Registrar", roles=[Role.FCR])
    run = a_run(session)
    item = an_item(session, run, one, two)
    save(session, one, item, MISSED)
    mine = open_review(session, as_actor(session, two), item.id, SECOND, now=NOW)

    def seen(person: Person) -> list[str]:
        return [review.kind for review in readable(session, person.id, [item])[item.id]]

    assert written(session, mine) == ReviewGiven(answers={})
    assert [seen(one), seen(two), seen(registrar)] == [["first"], ["second"], []]
    with pytest.raises(NotFound):
        the_readable(session, two.id, item, FIRST)
    # Nor is there a finding yet, which would say the same.
    assert session.scalars(select(AuditFinding)).all() == []

    save(session, two, item, FINE, SECOND)
    assert [seen(one), seen(two), seen(registrar)] == [["first", "second"]] * 3


def test_neither_review_changes_once_both_are_done(session: Session) -> None:
    one, two = an_auditor(session), an_auditor(session, "Demo Auditor Two")
    run = a_run(session)
    item = an_item(session, run, one, two)
    an_item(session, run, one)
    save(session, one, item, MISSED)
    save(session, two, item, FINE, SECOND)

    for who, kind in ((one, FIRST), (two, SECOND)):
        for done in (True, False):
            with pytest.raises(SomeoneElseChangedIt, match="Both reviews"):
                save(session, who, item, FINE, kind, done=done)


def test_two_reviews_that_differ_wait_for_the_fcr_and_two_alike_do_not(session: Session) -> None:
    one, two = an_auditor(session), an_auditor(session, "Demo Auditor Two")
    run = a_run(session)
    differs, alike = (an_item(session, run, one, two) for _ in range(2))
    save(session, one, differs, MISSED)
    save(session, two, differs, FINE, SECOND)
    save(session, two, alike, MISSED, SECOND)
    save(session, one, alike, MISSED)

    assert (differs.differs, alike.differs) == (True, False)
    assert run.state == "moderating"
    # The first counts until the FCR says otherwise; what is settled has its finding.
    counted = select(AuditReview.kind).where(AuditReview.counts)
    assert session.scalars(counted).all() == ["first", "first"]
    assert session.scalars(select(AuditFinding.item_id)).all() == [alike.id]


def test_a_finding_says_what_puts_it_right_and_whose_it_is(session: Session) -> None:
    auditor, officer, run = an_auditor(session), a_person(session), a_run(session)
    item = an_item(session, run, auditor, incident=an_incident(session, officer=officer))

    save(session, auditor, item, MISSED)

    finding = session.scalars(select(AuditFinding)).one()
    assert (finding.error_type, finding.correction) == ("E04", "record_crime")
    assert (finding.severity, finding.person_id) == ("medium", officer.id)
    assert finding.due_on.isoformat() == "2026-11-25"


def test_a_finding_goes_when_the_review_takes_it_back_before_anybody_acted(
    session: Session,
) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item, _ = an_item(session, run, auditor), an_item(session, run, auditor)
    save(session, auditor, item, MISSED)

    save(session, auditor, item, FINE)

    assert session.scalars(select(AuditFinding)).all() == []


def test_somebody_who_saw_an_older_review_is_told(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item, _ = an_item(session, run, auditor), an_item(session, run, auditor)
    review = save(session, auditor, item, FINE, done=False)
    seen = review.version
    save(session, auditor, item, a_review(answers={}), done=False, version=seen)

    with pytest.raises(SomeoneElseChangedIt):
        save(session, auditor, item, MISSED, version=seen)


def test_a_record_nobody_was_given_is_whoever_takes_it(session: Session) -> None:
    auditor, run = an_auditor(session), a_run(session)
    item = an_item(session, run)

    save(session, auditor, item)

    assert item.auditor_id == auditor.id
    actor: Actor = as_actor(session, auditor)
    assert next_item(session, actor, run.id) is None
