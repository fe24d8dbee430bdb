"""Where two auditors differ the FCR says what counts: all three are kept, and the last counts."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import ReviewKind, Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.errors import InvalidValues, PermissionRefused, SomeoneElseChangedIt, StepRefused
from fcr_app.models import AuditFinding, AuditItem, AuditReview, Person
from fcr_app.services.audits.kept_reviews import done_reviews
from fcr_app.services.audits.moderation import adopted, moderate, moderated_record, to_moderate
from fcr_app.services.audits.reviewing import save_review
from fcr_app.services.audits.steps import take_run_step
from tests.audit_builders import a_crime_given, a_review, a_run, an_item
from tests.builders import NOW, a_person, an_incident, as_actor

MISSED = a_review(
    a_crime_given(Verdict.MISSING, error_type=ErrorType.E04, safeguarding=Safeguarding.DONE)
)
FINE = a_review()
WHY = "The caller named a threat; REC-26."


class Room:
    """Two auditors, a registrar, and a record on which the two differ."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.one = a_person(session, name="Demo Auditor One", roles=[Role.AUDITOR])
        self.two = a_person(session, name="Demo Auditor Two", roles=[Role.AUDITOR])
        self.fcr = a_person(session, name="Demo Registrar", roles=[Role.FCR])
        self.run = a_run(session)
        self.item = self.an_item()

    def an_item(self, first: ReviewGiven = MISSED, second: ReviewGiven = FINE) -> AuditItem:
        """Add a record that both examined."""
        item = an_item(self.session, self.run, self.one, self.two)
        self.save(self.one, item, ReviewKind.FIRST, first)
        self.save(self.two, item, ReviewKind.SECOND, second)
        return item

    def save(self, who: Person, item: AuditItem, kind: ReviewKind, given: ReviewGiven) -> None:
        """Examine a record, though the others of the audit are done."""
        if self.run.state == "moderating":
            self.run.state = "reviewing"
        actor = as_actor(self.session, who)
        save_review(self.session, actor, item.id, kind, given, now=NOW, done=True)

    def moderate(self, given: ReviewGiven, who: Person | None = None) -> AuditReview:
        """Say what counts, as the registrar."""
        actor = as_actor(self.session, who or self.fcr)
        return moderate(self.session, actor, self.item.id, given, now=NOW)


@pytest.fixture
def room(session: Session) -> Room:
    return Room(session)


def with_why(given: ReviewGiven) -> ReviewGiven:
    return ReviewGiven(answers=given.answers, crimes=given.crimes, note=WHY)


def test_the_final_value_counts_and_all_three_are_kept(session: Session, room: Room) -> None:
    room.moderate(with_why(FINE))

    session.expire_all()
    rows = session.scalars(select(AuditReview).order_by(AuditReview.id)).all()
    assert [(row.kind, row.counts) for row in rows] == [
        ("first", False),
        ("second", False),
        ("final", True),
    ]
    said = done_reviews(session, rows)
    assert said[rows[0].id].crimes == (MISSED.crimes[0].completed(),)
    assert [said[row.id].crimes for row in rows[1:]] == [(), ()]
    assert session.scalars(select(AuditFinding)).all() == []


def test_one_of_the_two_is_adopted_with_the_reason(session: Session, room: Room) -> None:
    room.moderate(adopted(session, room.item, ReviewKind.FIRST, WHY))

    record = moderated_record(session, as_actor(session, room.fcr), room.item.id)
    assert record.said[ReviewKind.FINAL].crimes == record.said[ReviewKind.FIRST].crimes
    assert record.said[ReviewKind.FINAL].note == WHY
    assert session.scalars(select(AuditFinding.error_type)).all() == ["E04"]
    assert [one.title for one in record.differences] == ["Crime 1"]


def test_moderating_again_changes_the_final_alone(session: Session, room: Room) -> None:
    room.moderate(with_why(MISSED))
    room.moderate(with_why(FINE))

    kinds = session.execute(select(AuditReview.kind, AuditReview.counts)).all()
    assert sorted(kinds) == [("final", True), ("first", False), ("second", False)]
    assert session.scalars(select(AuditFinding)).all() == []


def test_a_finding_somebody_acted_on_is_closed_and_not_dropped(
    session: Session, room: Room
) -> None:
    room.moderate(with_why(MISSED))
    finding = session.scalars(select(AuditFinding)).one()
    finding.closed_at, finding.closed_how = NOW, "Recorded as DEMO/1."

    room.moderate(with_why(FINE))

    assert session.scalars(select(AuditFinding.closed_how)).all() == ["Recorded as DEMO/1."]


def test_it_says_why(room: Room) -> None:
    with pytest.raises(InvalidValues, match="Say in a sentence"):
        room.moderate(FINE)


def test_only_a_registrar_moderates_who_examined_nothing_and_decided_nothing(
    session: Session, room: Room
) -> None:
    with pytest.raises(PermissionRefused):
        room.moderate(with_why(FINE), room.one)
    mine = an_item(session, room.run, room.fcr, incident=an_incident(session))
    room.save(room.fcr, mine, ReviewKind.FIRST, MISSED)
    room.item = mine
    with pytest.raises(PermissionRefused, match="examined this record yourself"):
        room.moderate(with_why(FINE))
    room.item = an_item(
        session, room.run, room.one, incident=an_incident(session, officer=room.fcr)
    )
    room.save(room.one, room.item, ReviewKind.FIRST, MISSED)
    with pytest.raises(PermissionRefused, match="You had a part"):
        room.moderate(with_why(FINE))


def test_nothing_is_moderated_before_both_reviews_are_done(session: Session, room: Room) -> None:
    room.item = an_item(session, room.run, room.one, room.two)
    room.save(room.one, room.item, ReviewKind.FIRST, MISSED)

    with pytest.raises(SomeoneElseChangedIt, match="not examined yet"):
        room.moderate(with_why(FINE))
    with pytest.raises(SomeoneElseChangedIt):
        moderated_record(session, as_actor(session, room.fcr), room.item.id)


def test_an_audit_is_signed_off_once_each_difference_is_settled(
    session: Session, room: Room
) -> None:
    fcr = as_actor(session, room.fcr)
    says = {"conclusion": "Most of what was reported is recorded, and in time."}
    assert room.run.state == "moderating"
    assert [one.id for one in to_moderate(session, room.run.id)] == [room.item.id]
    with pytest.raises(StepRefused, match="must be moderated"):
        take_run_step(session, fcr, room.run, "sign_off", says, now=NOW)

    room.moderate(with_why(FINE))
    take_run_step(session, fcr, room.run, "sign_off", says, now=NOW)

    assert room.run.state == "signed_off"
    with pytest.raises(SomeoneElseChangedIt, match="signed off"):
        room.moderate(with_why(MISSED))
