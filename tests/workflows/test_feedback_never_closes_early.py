"""No path closes feedback whose corrective action has not happened.

Random people try every step of feedback, in any order and with any answers, while the records it
is about are put right now and then, or not at all. Whatever they do: what is closed either asks for
nothing, or its record shows the correction.
"""

from datetime import datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, seed, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.questions import Kind, Question
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import SYSTEM_ACTOR, AccreditationKind, Actor, Role
from fcr_app.errors import FcrError
from fcr_app.models import Case, Crime, CrimeClass, FeedbackItem, Incident, IncidentCrime
from fcr_app.services import history
from fcr_app.services.cases import take_step
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of, see_all_corrections
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.services.recording_by_hand import record_and_put_right
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME, State
from tests.builders import NOW, a_crime, a_person, an_incident, an_offence, as_actor

WORDS = "What was known at the time is in the log, and together that settles it."
REGISTER = AccreditationKind.REGISTER
TRIGGERS = sorted({step.trigger for step in FEEDBACK_ON_A_CRIME.steps})
#: Who most often tries what, by their place among the people, so that stories come near an end.
LIKELY = {
    "agree": 0,
    "acknowledge": 0,
    "dispute": 0,
    "read": 0,
    "close": 1,
    "uphold": 3,
    "uphold_in_part": 3,
    "close_corrected": 5,
    "see_correction": 5,
}
MOSTLY = 0.8
STORY = 12


class Office:
    """People who give feedback, get it and rule on it, and records to be put right."""

    def __init__(self, session: Session) -> None:
        self.session = session
        sergeant = a_person(session, roles=[Role.SUPERVISOR])
        self.officer = a_person(session, supervisor=sergeant)
        cast = (
            self.officer,
            sergeant,
            a_person(session, roles=[Role.FCR], accreditations=[REGISTER]),
            a_person(session, roles=[Role.DEPUTY_FCR], accreditations=[REGISTER]),
            a_person(session, roles=[Role.DDM]),
        )
        people = [as_actor(session, person) for person in cast]
        self.people: list[Actor] = [*people, SYSTEM_ACTOR]
        self.fcr = people[2]
        self.offences = [
            an_offence(session, offence_class="8N", offence_code="008/06").id,
            an_offence(session, offence_class="39", offence_code="039/00").id,
        ]

    def given(self, chance: Random, now: datetime) -> tuple[str, Incident, Crime]:
        """Give feedback on a report or on the crime recorded from it."""
        incident = an_incident(self.session, officer=self.officer, first_reported_at=now)
        crime = a_crime(self.session, oic=self.officer)
        crime.offence_id = self.offences[0]
        self.session.add(IncidentCrime(incident_id=incident.id, crime_id=crime.id, linked_at=now))
        self.session.flush()
        on_crime = chance.random() < 1 / 2
        wanted = [Correction.RECORD_CRIME, Correction.RECORD_N100, Correction.TELL_REPORTER]
        wanted += [Correction.RECLASSIFY, Correction.TELL_VICTIM] if on_crime else []
        given = Given(
            to_id=self.officer.id,
            error=chance.choice(list(ErrorType)),
            reasons=WORDS,
            rule_id="REC-02",
            correction=chance.choice([*wanted, Correction.NONE]),
            crime_id=crime.id if on_crime else None,
            incident_id=None if on_crime else incident.id,
        )
        item = give_feedback(self.session, self.fcr, given, now=now)
        return reference_of(self.session, item), incident, crime

    def put_right(self, chance: Random, incident: Incident, crime: Crime, now: datetime) -> None:
        """Put something right on the record: what the feedback asks for, or something else."""
        officer = self.people[0]
        if chance.random() < 1 / 2:
            new = NewRecord(offence_id=self.offences[0], late_reason=WORDS)
            record_and_put_right(self.session, officer, incident, new, now=now)
            return
        to = next(one for one in self.offences if one != crime.offence_id)
        self.session.add(
            CrimeClass(
                crime_id=crime.id,
                from_offence_id=crime.offence_id,
                to_offence_id=to,
                at=now,
                by_id=None,
                reason=WORDS,
                case_id=None,
                source="crimes.csv",
            )
        )
        crime.offence_id = to


def an_answer(chance: Random, question: Question) -> str:
    """Return an answer that its question can take, mostly."""
    if question.options:
        return chance.choice([option.value for option in question.options])
    return chance.choice(["", WORDS, WORDS, WORDS]) if question.kind is Kind.LONG_TEXT else WORDS


def is_put_right(session: Session, item: FeedbackItem) -> bool:
    """Say, by asking the tables here and not the code that is tried, what the record shows."""
    if item.correction == Correction.RECORD_CRIME.value:
        found = (
            select(Crime.id)
            .join(IncidentCrime, IncidentCrime.crime_id == Crime.id)
            .where(
                IncidentCrime.incident_id == item.incident_id,
                Crime.recorded_at > item.created_at,
                Crime.status == "recorded",
            )
        )
        return session.scalar(found.limit(1)) is not None
    if item.correction == Correction.RECLASSIFY.value:
        changes = select(CrimeClass.id).where(
            CrimeClass.crime_id == item.crime_id, CrimeClass.at > item.created_at
        )
        return session.scalar(changes.limit(1)) is not None
    return False  # nobody creates an N100 here, or tells anybody


def tell_a_story(chance: Random, office: Office, now: datetime) -> str:
    """Let people do what comes to mind with one item, and look after each try."""
    session = office.session
    reference, incident, crime = office.given(chance, now)
    case = session.scalars(select(Case).where(Case.reference == reference)).one()
    item = session.scalars(
        select(FeedbackItem).where(FeedbackItem.feedback_case_id == case.id)
    ).one()
    for _ in range(STORY):
        now += timedelta(minutes=20)
        here = [one.trigger for one in FEEDBACK_ON_A_CRIME.steps_from(State(case.state))]
        likely = [trigger for trigger in LIKELY if trigger in here]
        trigger = chance.choice(likely if likely and chance.random() < MOSTLY else TRIGGERS)
        asked = FEEDBACK_ON_A_CRIME.may_be_asked(trigger)
        said = {question.name: an_answer(chance, question) for question in asked}
        try:
            with session.begin_nested():
                if chance.random() < 1 / 10:
                    office.put_right(chance, incident, crime, now)
                elif chance.random() < 1 / 10:
                    see_all_corrections(session, now=now, limit=50)
                else:
                    actor = chance.choice(office.people)
                    if chance.random() < MOSTLY:
                        actor = office.people[LIKELY.get(trigger, 2)]
                    take_step(session, actor, reference, trigger, said, now=now)
        except FcrError:
            pass
        session.flush()
        session.refresh(case)
        session.refresh(item)
        if case.state == "feedback_closed":
            needs_nothing = item.correction == Correction.NONE.value
            assert needs_nothing or is_put_right(session, item), (item.correction, trigger)
            assert item.closed_at is not None
    return case.state


def test_no_path_closes_an_item_whose_correction_has_not_happened(session: Session) -> None:
    office, ends, days = Office(session), set[str](), iter(range(10_000))

    @seed(4)
    @settings(
        max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=True))
    def stories(chance: Random) -> None:
        ends.add(tell_a_story(chance, office, NOW + timedelta(days=next(days))))

    stories()

    assert {"feedback_closed", "feedback_agreed", "feedback_upheld"} <= ends
    session.flush()
    assert [walked.broken for walked in history.verify(session)][-1] == ""
