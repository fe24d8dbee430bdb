"""Builds the facts that a workflow's rules look at, for one case, in few statements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.facts import Facts
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Workflow
from fcr_app.errors import NotFound
from fcr_app.models import CancellationRequest, Case, Crime, Decision, Offence
from fcr_app.services import cancellation_facts
from fcr_app.services.cancellation_facts import Asking, Joined
from fcr_app.services.case_statements import lock_statement
from fcr_app.workflows import workflow_by_key


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
    if lock and session.get_bind().dialect.name == "postgresql":
        session.execute(lock_statement(), {"reference": reference})
    asking = Asking(actor=actor, now=now, answers=dict(answers or {}), form_key=form_key, lock=lock)
    joined = cancellation_facts.joined(session, reference, asking)
    if joined is None:
        raise NotFound("There is no such case, or you may not see it.")
    workflow = workflow_by_key(joined.case.workflow)
    builder = BUILDERS.get(workflow.key, _plain_facts)
    return Loaded(
        case=joined.case,
        workflow=workflow,
        facts=builder(session, joined, asking),
        crime=joined.crime,
        offence=joined.offence,
        request=joined.request,
        decision=joined.decision,
        form_key_used=joined.form_key_used,
    )


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

#: Workflows whose rules look at more than the plain facts.
BUILDERS: dict[str, Builder] = {"cancellation": cancellation_facts.build}
