"""A finding opens what puts it right and its feedback, filled in, and closes once it shows."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import CountedAs, ReviewKind, Safeguarding, Verdict
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import InvalidValue, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditFinding, AuditItem, Case, FeedbackItem, Incident
from fcr_app.services.audits.correcting import (
    Where,
    feedback_proposed,
    give_feedback_on,
    open_correction,
)
from fcr_app.services.audits.finding_closing import close_finding, see_some_findings
from fcr_app.services.audits.finding_list import finding_page
from fcr_app.services.audits.reviewing import save_review
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.services.recording_by_hand import record_and_put_right
from tests.audit_builders import a_crime_given, a_review, a_run, an_item
from tests.builders import (
    NOW,
    TODAY,
    a_case,
    a_crime,
    a_person,
    a_unit,
    an_incident,
    an_offence,
    as_actor,
)

MISSED = a_crime_given(
    Verdict.MISSING,
    error_type=ErrorType.E04,
    offence_class="8N",
    safeguarding=Safeguarding.DONE,
    note="The caller says that he hit her.",
)
LATER = NOW + timedelta(hours=1)


class Desk:
    """An auditor, a registrar, and an officer whose report was examined."""

    def __init__(self, session: Session) -> None:
        self.session = session
        unit = a_unit(session)
        self.auditor = a_person(session, name="Demo Auditor One", roles=[Role.AUDITOR])
        self.officer = a_person(session, name="Demo Officer Two", unit=unit)
        self.fcr = a_person(
            session,
            name="Demo Registrar",
            roles=[Role.FCR],
            accreditations=[AccreditationKind.REGISTER],
        )
        self.incident = an_incident(session, officer=self.officer, unit=unit)

    @property
    def actor(self) -> Actor:
        """The registrar, as they act."""
        return as_actor(self.session, self.fcr)

    def found(self, given: ReviewGiven, item: AuditItem | None = None) -> AuditFinding:
        """Examine a record and return what was found."""
        if item is None:
            run = a_run(self.session)
            item = an_item(self.session, run, self.auditor, incident=self.incident)
            an_item(self.session, run, self.auditor)
        actor = as_actor(self.session, self.auditor)
        save_review(self.session, actor, item.id, ReviewKind.FIRST, given, now=NOW, done=True)
        found = select(AuditFinding).where(AuditFinding.item_id == item.id)
        return self.session.scalars(found.order_by(AuditFinding.id)).first()  # type: ignore[return-value] # one was found

    def record(self, incident: Incident) -> int:
        """Record a crime from a report, as the registrar."""
        new = NewRecord(
            offence_id=an_offence(self.session, offence_class="8N", offence_code="008/06").id,
            late_reason="An audit found that it was not recorded.",
        )
        return record_and_put_right(self.session, self.actor, incident, new, now=LATER)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_missing_crime_opens_its_record_filled_in_and_closes_once_recorded(
    session: Session, desk: Desk
) -> None:
    finding = desk.found(a_review(MISSED))

    opened = open_correction(session, desk.actor, finding.id, now=NOW)
    assert (opened.where, opened.record_id) == (Where.RECORD, desk.incident.id)
    assert opened.fields["offence"] == "8N"
    assert opened.fields["summary"] == desk.incident.account
    assert "The caller says that he hit her." in opened.fields["late_reason"]
    assert finding.closed_at is None

    desk.record(desk.incident)

    assert finding.closed_at == LATER
    assert finding.closed_how.endswith("was recorded")


def test_one_recorded_crime_makes_good_one_that_is_missing(session: Session, desk: Desk) -> None:
    desk.found(a_review(MISSED, MISSED))
    findings = session.scalars(select(AuditFinding).order_by(AuditFinding.id)).all()

    desk.record(desk.incident)
    assert [one.closed_at for one in findings] == [LATER, None]
    desk.record(desk.incident)

    assert all(one.closed_at for one in findings)
    assert findings[0].closed_how != findings[1].closed_how


def test_a_wrong_class_opens_a_request_with_its_draft(session: Session, desk: Desk) -> None:
    crime = a_crime(session, oic=desk.officer)
    run = a_run(session)
    item = an_item(session, run, desk.auditor, crime=crime)
    wrong = a_crime_given(
        Verdict.WRONG_CLASS, crime_id=crime.id, error_type=ErrorType.E24, offence_class="8N"
    )
    finding = desk.found(a_review(wrong), item)

    opened = open_correction(session, desk.actor, finding.id, now=NOW)

    case = session.scalars(select(Case).where(Case.reference == opened.reference)).one()
    assert (opened.where, case.workflow) == (Where.REQUEST, "reclassification")
    assert case.draft["new_offence"] == "8N"
    assert case.draft["why_reclassify"] == "wrong_from_the_start"
    assert finding.correction_case_id == case.id
    again = open_correction(session, desk.actor, finding.id, now=NOW)
    assert (again.where, again.reference) == (Where.CASE, case.reference)


def test_a_wrong_cancellation_opens_its_reinstatement_with_the_reason(
    session: Session, desk: Desk
) -> None:
    crime = a_crime(session, oic=desk.officer, status=CrimeStatus.CANCELLED)
    case = a_case(session, crime=crime, opened_by=desk.officer, state="removed")
    run = a_run(session, code="A3", counted_as=CountedAs.CANCELLATION.value)
    item = an_item(session, run, desk.auditor, case=case)
    answers = {
        "cancelled_rightly": "no",
        "avi": "not_enough",
        "removal_code": "yes",
        "authority": "yes",
        "rationale": "yes",
        "victim_told": "yes",
    }
    finding = desk.found(ReviewGiven(answers=answers), item)

    opened = open_correction(session, desk.actor, finding.id, now=NOW)

    assert (opened.where, opened.reference) == (Where.REINSTATE, case.reference)
    assert "It is not enough." in opened.fields["rationale"]
    assert finding.correction_case_id == case.id


def test_an_n100_that_is_missing_opens_the_case_that_creates_it(
    session: Session, desk: Desk
) -> None:
    desk.incident.opening_code = "rape"
    run = a_run(session, code="A2", counted_as=CountedAs.N100.value)
    item = an_item(session, run, desk.auditor, incident=desk.incident)
    said = {"n100_due": "yes", "n100_exists": "no"}
    finding = desk.found(ReviewGiven(answers=said), item)

    opened = open_correction(session, desk.actor, finding.id, now=NOW)

    assert finding.correction == "record_n100"
    assert opened.where is Where.CASE
    found = session.scalars(select(Case.workflow).where(Case.reference == opened.reference))
    assert found.one() == "rape_report"


def test_feedback_is_filled_in_and_given_in_one_go(session: Session, desk: Desk) -> None:
    finding = desk.found(a_review(MISSED))
    proposed = feedback_proposed(session, finding)
    assert proposed.to_id == desk.officer.id
    assert "An assault without injury".lower() in proposed.reasons
    assert proposed.rule_id == "REC-26"

    item_id = give_feedback_on(session, desk.actor, finding.id, now=NOW)

    item = session.get_one(FeedbackItem, item_id)
    assert (item.to_id, item.source) == (desk.officer.id, "audit_finding")
    assert (item.error_type, item.correction) == ("E04", "record_crime")
    assert item.incident_id == desk.incident.id
    with pytest.raises(InvalidValue, match="given already"):
        give_feedback_on(session, desk.actor, finding.id, now=NOW)


def test_what_nothing_puts_right_closes_with_its_feedback_or_with_a_reason(
    session: Session, desk: Desk
) -> None:
    finding = desk.found(a_review(answers={"closing_code": "no"}))
    assert finding.correction == "none"
    with pytest.raises(InvalidValue, match="Nothing on the record"):
        open_correction(session, desk.actor, finding.id, now=NOW)
    item_id = give_feedback_on(session, desk.actor, finding.id, now=NOW)
    assert see_some_findings(session, now=LATER, limit=10) == (0, None)
    session.get_one(FeedbackItem, item_id).closed_at = LATER

    assert see_some_findings(session, now=LATER, limit=10) == (1, None)
    assert finding.closed_how.startswith("The feedback FBR-")


def test_only_a_registrar_closes_by_hand_and_says_why(session: Session, desk: Desk) -> None:
    finding = desk.found(a_review(MISSED))
    auditor = as_actor(session, desk.auditor)
    why = "The other force records it; it was sent to them."
    for act in (
        lambda: close_finding(session, auditor, finding.id, why, now=NOW),
        lambda: open_correction(session, auditor, finding.id, now=NOW),
        lambda: give_feedback_on(session, auditor, finding.id, now=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    with pytest.raises(InvalidValue, match="Say in 20 to 300"):
        close_finding(session, desk.actor, finding.id, "Done.", now=NOW)

    close_finding(session, desk.actor, finding.id, why, now=NOW)

    assert (finding.closed_at, finding.closed_how) == (NOW, why)
    with pytest.raises(SomeoneElseChangedIt):
        close_finding(session, desk.actor, finding.id, why, now=NOW)


def test_findings_are_listed_what_is_due_first_at_the_top(session: Session, desk: Desk) -> None:
    finding = desk.found(a_review(MISSED, answers={"closing_code": "no"}))

    page = finding_page(session, finding.run_id, closed=False, today=TODAY)

    assert (page.open_count, page.closed_count) == (2, 0)
    assert [(row.error.value, row.person) for row in page.page.rows] == [
        ("E04", "Demo Officer Two"),
        ("E26", "Demo Officer Two"),
    ]
    assert page.page.rows[0].about == "Crime 1: Violence against the person"
