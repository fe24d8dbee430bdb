"""A step that was allowed, as the functions see it that carry out what follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from fcr_app.domain.mail import Topic, case_topic
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome
from fcr_app.models import Case, CaseStep
from fcr_app.services.loading import Loaded
from fcr_app.services.tell import Mail


@dataclass(frozen=True, kw_only=True)
class Follows:
    """A case that follows from a step: by which policy, and what its first step says.

    Attributes:
        crime_id: The crime it is about as well, if it is; the only thing where there is no report.
        addressee_id: The one person it is for, where its policy has one.
        unit_id: Whose it is; where empty, the unit of what it is about.
        begun: What to do with the case before its first step is taken.
        within: The step that it follows from, whose e-mails tell of both.
    """

    workflow_key: str
    trigger: str
    answers: Mapping[str, str]
    crime_id: int | None = None
    addressee_id: int | None = None
    unit_id: int | None = None
    begun: Callable[[Case], None] | None = None
    within: "Taken | None" = None


class FollowOn(Protocol):
    """Opens a case by another policy, about a report or else a crime, and takes its first step."""

    def __call__(
        self,
        session: Session,
        actor: Actor,
        incident_id: int | None,
        follows: Follows,
        *,
        now: datetime,
    ) -> Case:
        """Return the case."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step that was allowed and is being carried out.

    Attributes:
        follow_on: Opens a case that follows from this step, and takes its first step.
        within: The step that it follows from, if it follows from one.
        mails: E-mails that its effects have to say, written together at the end.
        noted: The people who have a notice of it; what follows from it writes them no other.
    """

    session: Session
    loaded: Loaded
    outcome: Outcome[Any]
    step: CaseStep
    now: datetime
    follow_on: FollowOn
    within: "Taken | None" = None
    mails: list[Mail] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)

    @property
    def facts(self) -> Any:
        """The facts it was decided on: the workflow's own kind."""
        return self.loaded.facts

    @property
    def about(self) -> Topic:
        """What messages say they are about."""
        case = self.loaded.case
        return case_topic(case.id, case.reference)

    def mail(self, people: set[int], message: str) -> None:
        """Say something by e-mail too. One step writes each person one, whatever it tells."""
        first = self.within or self
        key = f"case {first.loaded.case.id} step {first.step.position}"
        first.mails.append(Mail(people=people, message=message, about=self.about, key=key))

    def answer(self, question: Question) -> str:
        """Return what was answered with this step."""
        said: str = self.facts.answers.get(question.name, "")
        return said.strip()
