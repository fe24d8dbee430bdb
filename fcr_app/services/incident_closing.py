"""Closing a report by hand: it is not about a crime, or it is the same report again."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.guards import Check, Verdict
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_rules import BY_HAND, ClosingFacts, OriginalFacts, closing_checks
from fcr_app.domain.numbers import number_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, Refusal, StepNotAvailable, StepRefused
from fcr_app.models import Incident
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.incident_updates import incident_to_change
from fcr_app.services.incidents import LONGEST_ACCOUNT, SHORTEST_REASON, visible_incident
from fcr_app.services.rape_standing import agreed_no_rape, has_n100, told_of_rape
from fcr_app.services.recording_facts import incident_facts
from fcr_app.services.visibility import visible_incidents


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How somebody wants to close a report.

    Attributes:
        original: Reference of the report that this one repeats.
        warning_reason: Why it is right despite what the rules warn of.
    """

    code: ClosingCode
    why: str
    original: str = ""
    warning_reason: str = ""


@supports(crr26("REC-01", "6"), how="Closing a report names every rule that stops it")
def close_incident(  # noqa: PLR0913 - who closes which report how, and when
    session: Session,
    actor: Actor,
    incident_id: int,
    closing: Closing,
    *,
    version: int | None,
    now: datetime,
) -> None:
    """Close a report without a crime, if every rule allows it.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since the person looked at it.
        StepNotAvailable: If it is settled already.
        StepRefused: With every rule that forbids it and everything that is missing.
    """
    incident = incident_to_change(session, actor, incident_id, version)
    if incident.settled_at is not None:
        raise StepNotAvailable("This report is settled already. Reload the page.")
    original = _original(session, actor, closing)
    facts = _facts(session, actor, incident, closing, original=original, now=now)
    if refusals := _refusals(closing, closing_checks(facts)):
        raise StepRefused(refusals)
    incident.settled_at, incident.closing_code = now, closing.code.value
    incident.duplicate_of_id = original.id if original else None
    changed = [Changed(title="How it was closed", after=closing.code.label)]
    if original:
        changed.append(Changed(title="It repeats", after=original.reference))
    said = "\n".join(filter(None, (closing.why.strip(), closing.warning_reason.strip())))
    note(session, actor, incident, What.CLOSED, now=now, changed=changed, reason=said)
    session.flush()


def checks_before_closing(
    session: Session, actor: Actor, incident_id: int, code: ClosingCode, *, now: datetime
) -> tuple[Check, ...]:
    """Return how the rules on closing stand before anybody gives a reason."""
    incident = visible_incident(session, actor, incident_id)
    facts = _facts(session, actor, incident, Closing(code=code, why=""), original=None, now=now)
    return closing_checks(facts)


def _original(session: Session, actor: Actor, closing: Closing) -> Incident | None:
    if closing.code is not ClosingCode.DUPLICATE or not closing.original.strip():
        return None
    return session.scalar(
        select(Incident).where(
            Incident.reference_key == number_key(closing.original), visible_incidents(actor)
        )
    )


def _facts(  # noqa: PLR0913 - what the rules look at has this many sides
    session: Session,
    actor: Actor,
    incident: Incident,
    closing: Closing,
    *,
    original: Incident | None,
    now: datetime,
) -> ClosingFacts:
    return ClosingFacts(
        actor=actor,
        now=now,
        opened_by_id=incident.entered_by_id or 0,
        opening_code=OpeningCode(incident.opening_code),
        account=incident.account,
        incident=incident_facts(session, incident),
        code=closing.code,
        why=closing.why,
        has_n100=has_n100(session, incident.id),
        agreed_no_rape=agreed_no_rape(session, incident.id),
        original=OriginalFacts(
            reference=original.reference,
            first_reported_at=original.first_reported_at,
            tells_of_rape=told_of_rape(original),
            closing_code=ClosingCode(original.closing_code) if original.closing_code else None,
        )
        if original
        else None,
    )


def _refusals(closing: Closing, checks: tuple[Check, ...]) -> list[Refusal]:
    """Return what stops the closing: what is not said, rules broken, warnings unanswered."""
    refusals = []
    if closing.code not in BY_HAND:
        raise InvalidValue("Select how to close the report.", field="code")
    if not SHORTEST_REASON <= len(closing.why.strip()) <= LONGEST_ACCOUNT:
        reason = f"Say why, in at least {SHORTEST_REASON} characters."
        refusals.append(Refusal(rule="", reason=reason, field="why"))
    for check in checks:
        if check.verdict is Verdict.NOT_MET:
            field = "original" if check.name.startswith("the_clock_runs") else "rules"
            refusals.append(replace(check.refusal, field=field))
    warned = [check for check in checks if check.verdict is Verdict.WARNING]
    if warned and len(closing.warning_reason.strip()) < SHORTEST_REASON:
        rules = ", ".join(check.cite.rule for check in warned)
        reason = " ".join(check.reason for check in warned)
        refusals.append(
            replace(warned[0].refusal, rule=rules, reason=reason, field="warning_reason")
        )
    return refusals
