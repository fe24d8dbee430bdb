"""A case with the rows around it, as loading a case passes them on."""

from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.facts import DecisionFacts, ForceFacts
from fcr_app.domain.roles import Actor
from fcr_app.models import CancellationRequest, Case, Crime, Decision, Incident, Offence


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who wants to know, when, and what they are about to say.

    Attributes:
        form_key: The key of the form they send, to tell a second click from a first.
        lock: They are about to change the case.
    """

    actor: Actor
    now: datetime
    answers: dict[str, str]
    form_key: str | None
    lock: bool


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A case with the rows around it, and the yes-or-no facts that one statement can add.

    Attributes:
        involved: The staff on the crime, as ``case_statements`` writes them.
        managed_by_id: Who manages whoever opened the case.
    """

    case: Case
    crime: Crime | None
    offence: Offence | None
    request: CancellationRequest | None
    decision: Decision | None
    force: ForceFacts
    holder_name: str
    form_key_used: bool
    involved: str = ""
    managed_by_id: int | None = None
    advice_attached: bool = False
    other_open_request: bool = False
    rests_on_it: str = ""
    settled_by_registrar: bool = False
    incident: Incident | None = None
    supervisor_id: int | None = None

    @property
    def the_crime(self) -> Crime:
        """The crime of a case that is about one."""
        assert self.crime is not None  # noqa: S101 - only asked of a case about a crime
        return self.crime

    @property
    def the_incident(self) -> Incident:
        """The report of a case that is about one."""
        assert self.incident is not None  # noqa: S101 - only asked of a case about a report
        return self.incident

    @property
    def decision_facts(self) -> DecisionFacts | None:
        """The decision that stands, as the rules see it."""
        decision = self.decision
        if decision is None:
            return None
        return DecisionFacts(
            decided_at=decision.decided_at,
            decided_by_id=decision.decided_by_id,
            by_registrar=decision.by_registrar,
        )
