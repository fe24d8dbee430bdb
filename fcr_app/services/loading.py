"""Builds the facts that a workflow's rules look at, for one case, in few statements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Facts
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import About, Workflow
from fcr_app.errors import NotFound
from fcr_app.models import CancellationRequest, Case, Crime, Decision, Incident, Offence
from fcr_app.services import (
    cancellation_facts,
    diary_facts,
    feedback_facts,
    n100_move_facts,
    new_class_facts,
    not_recorded_facts,
    recording_facts,
    reported_facts,
)
from fcr_app.services.case_statements import lock_incident_statement, lock_statement
from fcr_app.services.joined import Asking, Joined
from fcr_app.workflows import workflow_of


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A case with what its rules and effects need.

    Attributes:
        decision: The latest decision on it, which stands until a later one supersedes it.
    """

    case: Case
    workflow: Workflow[Any]
    facts: Any
    crime: Crime | None
    offence: Offence | None
    request: CancellationRequest | None
    decision: Decision | None
    form_key_used: bool
    incident: Incident | None = None

    @property
    def officer_id(self) -> int | None:
        """Who deals with what the case is about: the officer in the case, or with the report."""
        if self.crime is not None and self.crime.oic_id is not None:
            return self.crime.oic_id
        return self.incident.officer_id if self.incident else None


def load(  # noqa: PLR0913 - who, which, when, and what they say
    session: Session,
    actor: Actor,
    reference: str,
    *,
    now: datetime,
    answers: Mapping[str, str] | None = None,
    form_key: str | None = None,
    lock: bool = False,
) -> Loaded:
    """Load a case and the facts of it.

    Args:
        lock: The case is about to change. Makes PostgreSQL hold its row and the crime's, so that
            rules see what they will act on; SQLite has only one writer anyway.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    workflow = workflow_of(reference)
    about_a_crime = workflow.about is About.CRIME
    if lock and session.get_bind().dialect.name == "postgresql":
        if workflow.private:
            _hold_what_it_is_about(session, reference)
        hold = lock_statement if about_a_crime else lock_incident_statement
        session.execute(hold(), {"reference": reference})
    asking = Asking(actor=actor, now=now, answers=dict(answers or {}), form_key=form_key, lock=lock)
    read = cancellation_facts.joined if about_a_crime else recording_facts.joined
    joined = read(session, reference, asking)
    if joined is None:
        raise NotFound("There is no such case, or you may not see it.")
    plain = _plain_facts if about_a_crime else recording_facts.build
    builder = BUILDERS.get(workflow.key, plain)
    return Loaded(
        case=joined.case,
        workflow=workflow,
        facts=builder(session, joined, asking),
        crime=joined.crime,
        offence=joined.offence,
        request=joined.request,
        decision=joined.decision,
        form_key_used=joined.form_key_used,
        incident=joined.incident,
    )


def _hold_what_it_is_about(session: Session, reference: str) -> None:
    """Hold the crime or the report before the case.

    A step of another case about it may settle this one, and holds them in that order too; the
    other way round each could wait for the other.
    """
    of_case = select(Case.crime_id, Case.incident_id).where(Case.reference == reference)
    crime_id, incident_id = session.execute(of_case).one_or_none() or (None, None)
    for table, its_id in ((Incident, incident_id), (Crime, crime_id)):
        if its_id is not None:
            session.execute(select(table.id).where(table.id == its_id).with_for_update())


def _plain_facts(_session: Session, joined: Joined, asking: Asking) -> Facts:
    """Build what every workflow has; enough for one that needs no facts of its own."""
    return Facts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=joined.case.opened_by_id,
        holder_id=joined.case.claimed_by_id,
        holder_name=joined.holder_name,
        request=joined.case.answers,
        answers=asking.answers,
    )


Builder = Callable[[Session, Joined, Asking], Facts]

#: Workflows whose rules look at more than the plain facts of a crime or a report.
BUILDERS: dict[str, Builder] = {
    "cancellation": cancellation_facts.build,
    "rape_report": reported_facts.build_rape_report,
    "n100": reported_facts.build_reported,
    "n300": reported_facts.build_reported,
    "diary": diary_facts.build,
    "reclassification": new_class_facts.build,
    "not_recorded": not_recorded_facts.build,
    "n100_move": n100_move_facts.build,
    "feedback": feedback_facts.build,
    "report_feedback": feedback_facts.build,
}
