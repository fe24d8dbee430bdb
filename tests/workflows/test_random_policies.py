"""Every policy, driven through the services by random people who answer at random.

What must hold of all of them, however long their story: a step that is refused changes nothing, one
that is taken is a step the policy declares, by a role it names, written down exactly once, and the
history verifies from end to end. What must hold of one policy alone is tried in its own file.
"""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings, strategies as st
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Part
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.questions import Kind, Question
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.domain.workflow import About, Workflow
from fcr_app.errors import FcrError
from fcr_app.models import Case, CaseStep, Crime, Incident, IncidentCrime
from fcr_app.services import history
from fcr_app.services.cases import open_case, open_incident_case, take_step
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.offences import load_shipped
from fcr_app.services.visibility import SEES_ALL
from fcr_app.workflows import WORKFLOWS
from tests.builders import NOW, a_crime, a_person, an_incident, an_offence, as_actor

COURSE, REGISTER = AccreditationKind.DDM_COURSE, AccreditationKind.REGISTER
WORDS = "The account was read with the statement, and together they settle it."
LONGEST_STORY = 14
NEARLY_ALWAYS = 0.9
#: What a report is opened as, so that the policy suits it.
OPENED_AS = {"n300": OpeningCode.DEATH, "rape_report": OpeningCode.RAPE, "n100": OpeningCode.RAPE}
CASES, STEPS = (select(func.count()).select_from(table) for table in (Case, CaseStep))
LAST = (
    select(CaseStep)
    .where(CaseStep.case_id == bindparam("case_id"))
    .order_by(CaseStep.position.desc())
    .limit(1)
)
every_policy = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.key)


class Office:
    """People, a crime and a report; and cases about them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        load_shipped(session, now=NOW)
        sergeant = a_person(session, roles=[Role.SUPERVISOR])
        officer = a_person(session, supervisor=sergeant)
        cast = (
            sergeant,
            officer,
            a_person(session, roles=[Role.DDM], accreditations=[COURSE]),
            a_person(session, roles=[Role.FCR], accreditations=[REGISTER]),
            a_person(session, roles=[Role.DEPUTY_FCR], accreditations=[COURSE]),
            a_person(session, roles=[Role.CHIEF_OFFICER]),
            a_person(session, roles=[Role.AUDITOR]),
        )
        self.people: list[Actor] = [as_actor(session, person) for person in cast]
        self.officer, self.row = self.people[1], officer

    def reported(self, opened_as: OpeningCode, now: datetime) -> Incident:
        """Make a report that the officer deals with."""
        return an_incident(
            self.session,
            officer=self.row,
            first_reported_at=now - timedelta(hours=2),
            opening_code=opened_as,
        )

    def given(self, workflow: Workflow[Any], giver: Actor, now: datetime) -> Case:
        """Give the officer feedback, as no case of such a policy is opened by itself."""
        on_crime = workflow.about is About.CRIME
        crime = a_crime(self.session, oic=self.row) if on_crime else None
        report = None if on_crime else self.reported(OpeningCode.OTHER, now)
        given = Given(
            to_id=self.officer.id,
            error=ErrorType.E04,
            reasons=WORDS,
            crime_id=crime.id if crime else None,
            incident_id=report.id if report else None,
        )
        if not giver.has(*SEES_ALL, Role.SUPERVISOR):
            giver = self.people[3]
        item = give_feedback(self.session, giver, given, now=now)
        reference = reference_of(self.session, item)
        return self.session.scalars(select(Case).where(Case.reference == reference)).one()

    def opened(self, workflow: Workflow[Any], opener: Actor, now: datetime) -> Case:
        """Open a case of a policy about a new crime or report of the officer's."""
        if workflow.private:
            return self.given(workflow, opener, now)
        if workflow.about is About.CRIME:
            rape = workflow.key == "n100_move"
            offence = (
                an_offence(self.session, offence_class="19C", offence_code="019/08")
                if rape
                else None
            )
            crime: Crime = a_crime(
                self.session,
                oic=self.row,
                offence=offence,
                people=[(Part.CONTRIBUTOR, self.row)],
                recorded_at=now - timedelta(hours=3),
            )
            if rape:
                self.session.add(
                    IncidentCrime(
                        incident_id=self.reported(OpeningCode.RAPE, now).id,
                        crime_id=crime.id,
                        linked_at=now,
                    )
                )
                self.session.flush()
            return open_case(self.session, opener, workflow.key, crime.id, now=now)
        report = self.reported(OPENED_AS.get(workflow.key, OpeningCode.OTHER), now)
        return open_incident_case(self.session, opener, workflow.key, report.id, now=now)


def answer(chance: Random, question: Question, now: datetime) -> str:
    """Return an answer that its question can take, mostly; policies may still refuse it."""
    moment = now + timedelta(hours=chance.choice([-1, -1, 30]))
    choices = {
        Kind.DATE: [f"{now:%Y-%m-%d}"],
        Kind.MOMENT: [moment.isoformat()],
        Kind.OFFENCE: ["8N 008/06", "105A 105/01", "19C 019/08"],
        Kind.VICTIM: ["1"],
        Kind.CRIME: ["DEMO/1"],
        Kind.TEXT: ["Demo", "DEMO/1", "34B", ""],
        Kind.LONG_TEXT: [*[WORDS] * 9, ""],
    }
    return chance.choice([option.value for option in question.options] or choices[question.kind])


def a_move(
    chance: Random, workflow: Workflow[Any], case: Case, now: datetime
) -> tuple[str, dict[str, str]]:
    """Choose a step of the case's state, or now and then any step, and what is said with it."""
    here = [step.trigger for step in workflow.steps_from(workflow.state(case.state))]
    every = [step.trigger for step in workflow.steps]
    trigger = chance.choice(here if here and chance.random() < NEARLY_ALWAYS else every)
    asked = workflow.may_be_asked(trigger)
    return trigger, {q.name: said for q in asked if (said := answer(chance, q, now))}


def tell_a_story(
    chance: Random, office: Office, workflow: Workflow[Any], now: datetime, taken: Counter[str]
) -> None:
    """Let random people do what comes to mind with one case, and look after each try."""
    first = list(workflow.steps_from(workflow.initial))
    openers = [one for one in office.people if any(step.may_be_taken_by(one) for step in first)]
    case = office.opened(workflow, chance.choice(openers), now)
    office.session.flush()
    for _ in range(LONGEST_STORY):
        now += timedelta(minutes=20)
        trigger, said = a_move(chance, workflow, case, now)
        actor = chance.choice(office.people)
        before = (case.state, case.history_length, case.history_head)
        try:
            with office.session.begin_nested():
                outcome = take_step(office.session, actor, case.reference, trigger, said, now=now)
        except FcrError:
            office.session.refresh(case)
            assert (case.state, case.history_length, case.history_head) == before
            continue
        assert (trigger, before[0]) in {
            (step.trigger, source.value) for step in workflow.steps for source in step.sources
        }
        assert not outcome.step.by.isdisjoint(actor.roles)
        office.session.flush()
        # The system may see at once that nothing is left to do, and close the case.
        last = office.session.scalars(LAST, {"case_id": case.id}).one()
        by_itself = last.trigger if last.actor_id is None else trigger
        assert by_itself == trigger or workflow.private, by_itself
        assert case.state == (outcome.state.value if by_itself == trigger else last.to_state)
        assert case.open == (workflow.state(case.state) not in workflow.settled)
        assert case.history_length == before[1] + (1 if by_itself == trigger else 2)
        taken[trigger] += 1


@every_policy
def test_whatever_people_try_the_policy_and_its_history_hold(
    session: Session, workflow: Workflow[Any]
) -> None:
    office, taken, days = Office(session), Counter[str](), count()

    @seed(26)
    @settings(
        max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=True))
    def stories(chance: Random) -> None:
        # A day apart, so that nobody's appointments of two stories meet.
        tell_a_story(chance, office, workflow, NOW + timedelta(days=3 * next(days)), taken)

    stories()

    assert len(taken) > 1, f"the stories never got far enough: {taken}"
    session.flush()
    walked = list(history.verify(session))[-1]
    assert (walked.broken, walked.cases) == ("", session.scalar(CASES))
    assert walked.rows == session.scalar(STEPS)
