"""The request as its writer sees it: what is asked next, what is said so far, what rules say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.guards import Check, Verdict
from fcr_app.domain.guide import Guide
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import WARNING_RATIONALE, Step
from fcr_app.errors import StepNotAvailable
from fcr_app.services.bulletins_here import BulletinHere, bulletins_on_case
from fcr_app.services.case_parts import Answered, answered
from fcr_app.services.case_view import title_of
from fcr_app.services.loading import Loaded, load
from fcr_app.services.recording_view import Led, led
from fcr_app.services.ruling_list import RulingRow
from fcr_app.services.rulings_here import rulings_here, subject_of


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """What the pages of the guided flow show."""

    loaded: Loaded
    step: Step[Any]
    answers: Mapping[str, str]
    checks: tuple[Check, ...]
    said: tuple[Answered, ...]
    missing: tuple[str, ...]
    rulings: tuple[RulingRow, ...] = ()
    bulletins: tuple[BulletinHere, ...] = ()

    warning_question = (WARNING_RATIONALE,)

    @property
    def reference(self) -> str:
        """The case's reference."""
        return self.loaded.case.reference

    @property
    def version(self) -> int:
        """The case's version that is being looked at."""
        return self.loaded.case.version

    @property
    def title(self) -> str:
        """What the request is about."""
        return title_of(self.loaded)

    @property
    def guide(self) -> Guide:
        """What the pages say round the questions."""
        guide: Guide = self.loaded.workflow.guide
        return guide

    @property
    def heading(self) -> str:
        """What the person is about to do."""
        return self.guide.heading or self.loaded.workflow.title

    @property
    def about(self) -> str:
        """The crime or the report it is about: "crime DC/26/1001"."""
        if self.loaded.crime is not None:
            return f"crime {self.loaded.crime.crime_number}"
        incident = self.loaded.incident
        return f"report {incident.reference}" if incident else ""

    @property
    def led(self) -> Led | None:
        """Where the answers of a rape report lead."""
        return led(self.loaded)

    @property
    def trigger(self) -> str:
        """The step that sends it."""
        return self.step.trigger

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Everything the step may ask."""
        return self.step.asks

    @property
    def first(self) -> tuple[Question, ...]:
        """The question that decides what else is asked."""
        return self.step.asks[:1]

    @property
    def all_rest(self) -> tuple[Question, ...]:
        """Everything else the step may ask."""
        return self.step.asks[1:]

    @property
    def rest(self) -> tuple[Question, ...]:
        """What the reason given needs, as far as the answers so far tell."""
        known = {**self.answers, **self.loaded.facts.on_record}
        return tuple(question for question in self.all_rest if question.when(known))

    @property
    def reason_given(self) -> bool:
        """Whether the first question is answered."""
        return not any(question.problem(self.answers) for question in self.first)

    @property
    def blocked(self) -> tuple[Check, ...]:
        """The rules that stop the request as it is."""
        return tuple(check for check in self.checks if check.verdict is Verdict.NOT_MET)

    @property
    def warned(self) -> tuple[Check, ...]:
        """The rules that ask for a reason."""
        return tuple(check for check in self.checks if check.verdict is Verdict.WARNING)


def request_view(session: Session, actor: Actor, reference: str, *, now: datetime) -> RequestView:
    """Return the request as its writer sees it.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        StepNotAvailable: If it is not the person's to write, or not any more.
    """
    first = load(session, actor, reference, now=now)
    case = first.case
    step = next(
        (s for s in first.workflow.steps_from(first.workflow.state(case.state)) if s.sets_request),
        None,
    )
    if step is None or case.opened_by_id != actor.id:
        raise StepNotAvailable(
            "This request can’t be written now. Only the person who made it can, before it is sent "
            "or when it was returned."
        )
    answers = {**case.answers, **case.draft}
    loaded = load(session, actor, reference, now=now, answers=answers)
    asked = step.questions(loaded.facts)
    return RequestView(
        loaded=loaded,
        step=step,
        answers=answers,
        checks=step.checks(loaded.facts),
        rulings=rulings_here(session, subject_of(loaded)),
        bulletins=tuple(
            one
            for one in bulletins_on_case(session, actor, loaded, now=now)
            if one.bears_on(step.trigger)
        ),
        said=answered(
            loaded.workflow, {q.name: answers[q.name] for q in asked if answers.get(q.name)}, loaded
        ),
        missing=tuple(
            p.reason
            for q in asked
            if q.name != WARNING_RATIONALE.name and (p := q.problem(answers))
        ),
    )
