"""Who is too close to a request to decide it, and whose decision stands."""

from fcr_app.domain.authority import Needed, authority_of, closeness, why_no_authority
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.guards import blocks
from fcr_app.domain.roles import REGISTRARS


@blocks(crr26("CANC-05", "25"), who=True)
def the_decider_is_independent(facts: CancellationFacts) -> str | None:
    """The decision belongs to somebody independent of the investigation.

    That is not the requester, the officer in the case now or before, whoever supervises or
    contributed to it, or the line manager. For a transfer this is force policy (CANC-09).
    """
    if near := closeness(facts):
        return (
            f"You are not independent of this investigation: {near}. "
            "Somebody else has to decide it."
        )
    return None


@blocks(force_policy("CANC-06"))
def the_decider_is_trained(facts: CancellationFacts) -> str | None:
    """A DDM or FCR whose training or register entry is in force puts a crime back."""
    if authority_of(facts.actor, Needed.DDM, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.DDM, facts.force)


@blocks(force_policy("ROLE-02"), who=True)
def only_a_registrar_supersedes_a_registrar(facts: CancellationFacts) -> str | None:
    """A decision of the FCR is superseded only by a new decision of the FCR.

    That holds for a new request about the same crime as well.
    """
    if facts.actor.has(*REGISTRARS):
        return None
    if facts.decision is not None and facts.decision.by_registrar:
        return "The FCR made this decision. Only the FCR can set it aside."
    if facts.settled_by_registrar:
        return (
            "The FCR refused an earlier request about this crime, or put the crime back. "
            "Only the FCR can decide otherwise."
        )
    return None
