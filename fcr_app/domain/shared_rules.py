"""Rules that two or more workflows share: whose case it is, and who holds it."""

from fcr_app.domain.authority import Needed, authority_of, why_no_authority
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import blocks
from fcr_app.domain.incident_facts import RecordingFacts


@blocks(force_policy("ROLE-03"))
def only_the_requester(facts: Facts) -> str | None:
    """Only the person who made the request may send or withdraw it."""
    if facts.actor.id == facts.opened_by_id:
        return None
    return "Only the person who made this request may do this."


@blocks(force_policy("ROLE-01"))
def nobody_else_holds_it(facts: Facts) -> str | None:
    """Whoever has claimed a case decides it, or somebody who covers for them."""
    mine = {facts.actor.id, *facts.actor.deputises_for}
    if facts.holder_id is None or facts.holder_id in mine:
        return None
    return (
        f"{facts.holder_name or 'Somebody else'} holds this case. "
        "Ask them to release it, or the FCR to reassign it."
    )


@blocks(force_policy("ROLE-03"), who=True)
def the_reviewer_took_no_part(facts: RecordingFacts) -> str | None:
    """A review belongs to somebody who did not receive, enter or deal with the report."""
    if facts.actor.id in facts.incident.involved:
        return (
            "You received, entered or dealt with this report. Somebody else has to review what "
            "was decided about it."
        )
    return None


@blocks(crr26("N100-12", "63"), who=True)
def the_reviewer_is_the_fcr(facts: RecordingFacts) -> str | None:
    """The FCR or a deputy reviews it, with a register entry or DDM course in force."""
    if authority_of(facts.actor, Needed.FCR, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.FCR, facts.force)
