"""Feedback from its sending to its end: answered, ruled on, and closed by the record alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.items import Correction, Source
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import NotFound, PermissionRefused, StepNotAvailable, StepRefused
from fcr_app.models import Case, CaseStep, Decision, FeedbackItem, Incident, Notice, Person
from fcr_app.services import history
from fcr_app.services.case_view import case_view
from fcr_app.services.cases import open_case, open_incident_case, take_step
from fcr_app.services.counted_errors import is_counted
from fcr_app.services.feedback_giving import (
    Given,
    feed_back_finding,
    give_feedback,
    reference_of,
    see_all_corrections,
    see_corrections,
)
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.services.recording_by_hand import record_and_put_right
from tests.builders import NOW, a_crime, a_person, an_incident, an_offence, as_actor
from tests.services import requests as say

REASONS = "A social worker’s report is the victim’s own. Record it at once."
WHY = "What was known at the time did not amount to a crime, as the log shows."
RULING = {"rationale": "The caller said that he was struck; that is enough to record."}
HOUR = timedelta(hours=1)


class Office:
    """People, a report, and feedback on it that waits for its crime to be recorded."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows = {
            "sergeant": a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR]),
            "fcr": a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER]),
            "deputy": a_person(
                session, roles=[Role.DEPUTY_FCR], accreditations=[AccreditationKind.REGISTER]
            ),
            "ddm": a_person(session, roles=[Role.DDM]),
            "auditor": a_person(session, roles=[Role.AUDITOR]),
        }
        self.rows["officer"] = a_person(session, supervisor=self.rows["sergeant"])
        self.incident = an_incident(session, officer=self.rows["officer"])
        self.now = NOW

    def actor(self, who: str) -> Actor:
        """Return a person as they act."""
        return as_actor(self.session, self.rows[who])

    def give(
        self,
        *,
        by: str = "fcr",
        error: ErrorType | None = ErrorType.E06,
        correction: Correction = Correction.RECORD_CRIME,
        crime_id: int | None = None,
    ) -> str:
        """Give the officer feedback; return the case's reference."""
        given = Given(
            to_id=self.rows["officer"].id,
            error=error,
            reasons=REASONS,
            correction=correction,
            crime_id=crime_id,
            incident_id=None if crime_id else self.incident.id,
        )
        return reference_of(
            self.session, give_feedback(self.session, self.actor(by), given, now=self.now)
        )

    def take(self, who: str, reference: str, trigger: str, **said: str) -> None:
        """Take a step, an hour after whatever came before."""
        self.now += HOUR
        take_step(self.session, self.actor(who), reference, trigger, said, now=self.now)
        self.session.flush()

    def record(self) -> None:
        """Record the crime that was missing, an hour later."""
        self.now += HOUR
        new = NewRecord(offence_id=an_offence(self.session).id, late_reason="Found at a review.")
        incident = self.session.get_one(Incident, self.incident.id)
        record_and_put_right(self.session, self.actor("officer"), incident, new, now=self.now)

    def case(self, reference: str) -> Case:
        """Return the case as it stands."""
        found = select(Case).where(Case.reference == reference)
        return self.session.scalars(found.execution_options(populate_existing=True)).one()

    def item(self, reference: str) -> FeedbackItem:
        """Return the typed row of a feedback case."""
        found = select(FeedbackItem).where(FeedbackItem.feedback_case_id == self.case(reference).id)
        return self.session.scalars(found).one()


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def told(session: Session, person: Person) -> list[str]:
    """Return what a person is told in their notices."""
    return list(session.scalars(select(Notice.message).where(Notice.person_id == person.id)))


def test_it_names_the_decision_the_rule_and_what_to_do(session: Session, office: Office) -> None:
    reference = office.give()

    case, item = office.case(reference), office.item(reference)
    assert (case.state, case.addressee_id) == ("feedback_sent", office.rows["officer"].id)
    assert (item.source, item.harm, item.rule_id) == ("by_hand", "high", "REC-08")
    assert "counts as the victim’s own" in item.right_decision
    assert "REC-08 A professional or carer’s report" in item.rules
    assert "Crime Recording Rules" in item.rules
    assert item.correct_by_at == NOW + timedelta(hours=24)
    assert item.due_at == case.due_at
    assert told(session, office.rows["officer"]) == ["You have feedback to read and acknowledge."]
    assert "Somebody you supervise" in told(session, office.rows["sergeant"])[0]


def test_it_closes_by_itself_when_the_crime_is_recorded(session: Session, office: Office) -> None:
    reference = office.give()
    office.take("officer", reference, "agree", reply="I see it now.")
    assert office.case(reference).state == "feedback_agreed"

    office.record()

    item = office.item(reference)
    assert office.case(reference).state == "feedback_closed"
    assert item.corrected_by.startswith("Crime ")
    assert item.corrected_at == item.closed_at == office.now
    assert "Feedback is closed: nothing is left to do." in told(session, office.rows["fcr"])
    assert [walked.broken for walked in history.verify(session)][-1] == ""


def test_a_record_made_before_the_answer_is_seen_and_agreeing_closes_it(office: Office) -> None:
    reference = office.give()
    office.record()
    assert office.case(reference).state == "feedback_sent"
    assert office.item(reference).corrected_by

    office.take("officer", reference, "agree")

    assert office.case(reference).state == "feedback_closed"


@pytest.mark.parametrize("who", ["fcr", "sergeant"])
def test_nobody_closes_it_before_the_record_shows_it(office: Office, who: str) -> None:
    reference = office.give()
    office.take("officer", reference, "agree")

    with pytest.raises(StepRefused, match="record does not show it yet"):
        office.take(who, reference, "close")
    with pytest.raises(PermissionRefused):
        office.take("officer", reference, "close")


def test_the_timetable_sees_what_nothing_else_noticed(session: Session, office: Office) -> None:
    reference = office.give()
    office.take("officer", reference, "agree")
    office.record()
    item = office.item(reference)
    case = office.case(reference)
    # As if it had happened in an import: nobody looked.
    item.corrected_at, item.corrected_by, item.closed_at = None, "", None
    case.state, case.open = "feedback_agreed", True
    session.flush()

    assert see_all_corrections(session, now=office.now + HOUR, limit=1) == (1, item.id)
    assert see_all_corrections(session, now=office.now + HOUR, limit=1, after=item.id) == (0, None)
    assert office.case(reference).state == "feedback_closed"


def test_a_reading_of_praise_closes_it(office: Office) -> None:
    reference = office.give(error=None, correction=Correction.NONE)
    assert office.item(reference).positive
    with pytest.raises(StepNotAvailable):
        office.take("officer", reference, "dispute", why_disputed=WHY)

    office.take("officer", reference, "read", reply="Thank you.")

    assert office.case(reference).state == "feedback_closed"


def test_praise_asks_for_nothing(office: Office) -> None:
    with pytest.raises(StepRefused, match="nothing is to be corrected"):
        office.give(error=None)


def test_a_correction_is_one_that_can_happen_to_the_record(
    session: Session, office: Office
) -> None:
    crime = a_crime(session, oic=office.rows["officer"])
    with pytest.raises(StepRefused, match="can’t be done on this record"):
        office.give(crime_id=crime.id, correction=Correction.RECORD_CRIME)
    with pytest.raises(StepRefused, match="can’t be done on this record"):
        office.give(crime_id=crime.id, correction=Correction.REINSTATE)
    office.give(crime_id=crime.id, correction=Correction.RECLASSIFY)


def test_a_dispute_goes_to_the_fcr_whose_ruling_is_final(session: Session, office: Office) -> None:
    reference = office.give(by="ddm")
    office.take("officer", reference, "dispute", why_disputed=WHY)
    assert office.case(reference).needs == "fcr"
    with pytest.raises(PermissionRefused):
        office.take("sergeant", reference, "uphold", **RULING)

    office.take("fcr", reference, "uphold", **RULING)

    assert office.case(reference).state == "feedback_upheld"
    assert session.scalars(select(Decision.outcome)).one() == "feedback_upheld"
    with pytest.raises(StepNotAvailable):
        office.take("officer", reference, "dispute", why_disputed=WHY)
    office.record()
    assert office.case(reference).state == "feedback_closed"


def test_what_is_set_aside_never_counts(session: Session, office: Office) -> None:
    reference = office.give(by="ddm")
    counted = select(FeedbackItem.id).where(is_counted())
    assert len(session.scalars(counted).all()) == 1
    office.take("officer", reference, "dispute", why_disputed=WHY)

    office.take("fcr", reference, "set_aside", **RULING)

    assert office.case(reference).state == "feedback_set_aside"
    assert session.scalars(counted).all() == []
    assert "The FCR ruled on a dispute" in told(session, office.rows["ddm"])[-1]


def test_a_registrar_who_gave_it_rules_only_with_a_reason(office: Office) -> None:
    reference = office.give(by="fcr")
    office.take("officer", reference, "dispute", why_disputed=WHY)

    with pytest.raises(StepRefused, match="Say why it is right to go on"):
        office.take("fcr", reference, "uphold", **RULING)
    office.take("deputy", reference, "uphold", **RULING)


def test_upholding_in_part_changes_what_has_to_be_done(office: Office) -> None:
    reference = office.give(by="ddm")
    office.take("officer", reference, "dispute", why_disputed=WHY)
    same = {"error": "E06", "correction": "record_crime"}
    with pytest.raises(StepRefused, match="Nothing is changed"):
        office.take("fcr", reference, "uphold_in_part", **same, **RULING)

    office.take("fcr", reference, "uphold_in_part", error="E13", correction="none", **RULING)

    item = office.item(reference)
    assert (item.error_type, item.correction, item.correct_by_at) == ("E13", "none", None)
    assert office.case(reference).state == "feedback_closed"


def test_the_fcr_changes_what_has_to_be_done_with_a_reason(office: Office) -> None:
    reference = office.give()
    office.take("officer", reference, "agree")

    office.take("fcr", reference, "change_what_to_do", correction="record_n100", why_changed=WHY)

    assert office.item(reference).correction == "record_n100"
    office.record()
    assert office.case(reference).state == "feedback_agreed"


def test_it_can_be_taken_back_until_it_is_acknowledged(office: Office) -> None:
    reference = office.give()
    with pytest.raises(StepNotAvailable):
        office.take("deputy", reference, "withdraw", why_withdrawn="Not mine to take back.")
    office.take("fcr", reference, "withdraw", why_withdrawn="It was recorded already.")
    assert office.item(reference).withdrawn_at == office.now

    other = office.give()
    office.take("officer", other, "acknowledge")
    with pytest.raises(StepNotAvailable):
        office.take("fcr", other, "withdraw", why_withdrawn="It was recorded already.")


def test_only_registrars_read_that_something_was_referred(session: Session, office: Office) -> None:
    reference = office.give()
    note = "Told the chief officer on Tuesday about pressure on the team."
    office.take("fcr", reference, "refer", concern=note)

    for who, reads in (("deputy", True), ("officer", False), ("sergeant", False)):
        view = case_view(session, office.actor(who), reference, now=office.now)
        said = [answer.text for event in view.timeline for answer in event.answers]
        assert (note in said) is reads, who
        assert ("refer" in [step.trigger for step in view.steps]) is reads, who


def test_a_refused_request_opens_feedback_that_names_its_step(
    session: Session, office: Office
) -> None:
    crime = a_crime(session, oic=office.rows["officer"])
    ddm = as_actor(
        session,
        a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE]),
    )
    asked = say.submitted(session, office.actor("officer"), crime, say.C2)
    take_step(session, ddm, asked.reference, "refuse", RULING, now=NOW + HOUR)

    item = session.scalars(select(FeedbackItem)).one()
    step = session.scalars(
        select(CaseStep).where(
            CaseStep.case_id == asked.id, CaseStep.position == item.step_position
        )
    ).one()
    assert (step.trigger, item.source) == ("refuse", Source.RETURNED_OR_REFUSED.value)
    assert (item.case_id, item.crime_id) == (asked.id, crime.id)
    assert (item.error_type, item.correction) == ("", "none")


def test_an_audit_finding_is_told_to_whoever_decided(session: Session, office: Office) -> None:
    given = Given(
        to_id=office.rows["officer"].id,
        error=ErrorType.E19,
        reasons=REASONS,
        incident_id=office.incident.id,
        correction=Correction.TELL_REPORTER,
    )

    item_id = feed_back_finding(session, office.actor("auditor"), given, now=NOW)

    item = session.get_one(FeedbackItem, item_id)
    assert (item.source, item.correction) == ("audit_finding", "tell_reporter")


def test_nobody_opens_a_feedback_case_by_its_kind(session: Session, office: Office) -> None:
    crime = a_crime(session, oic=office.rows["officer"])
    with pytest.raises(NotFound):
        open_case(session, office.actor("fcr"), "feedback", crime.id, now=NOW)
    with pytest.raises(NotFound):
        open_incident_case(
            session, office.actor("fcr"), "report_feedback", office.incident.id, now=NOW
        )


def test_several_are_open_about_one_crime(session: Session, office: Office) -> None:
    crime = a_crime(session, oic=office.rows["officer"])
    for _ in range(2):
        office.give(crime_id=crime.id, correction=Correction.NONE)
    see_corrections(session, crime_id=crime.id, now=NOW + HOUR)
    session.flush()
