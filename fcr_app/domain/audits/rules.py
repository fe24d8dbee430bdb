"""The rules on approving a plan, and on ending an audit."""

from fcr_app.domain.audits.facts import PlanFacts, RunFacts
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.guards import blocks

#: As many titles as a sentence names.
_NAMED = 3


def counted(count: int, thing: str) -> str:
    """Return a number of things in words: "1 review", "2 reviews"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


@blocks(inspection("FB-03"))
def a_plan_has_lines(facts: PlanFacts) -> str | None:
    """A plan names at least one audit."""
    return None if facts.line_count else "Add an audit to the plan."


@blocks(inspection("FB-03"))
def every_line_has_an_auditor(facts: PlanFacts) -> str | None:
    """Each audit of a plan has somebody who carries it out."""
    missing = facts.lines_without_auditors
    if not missing:
        return None
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    return f"Name an auditor for {', '.join(missing[:_NAMED])}{more}."


@blocks(force_policy("ROLE-03"), who=True)
def two_people_approve(facts: PlanFacts) -> str | None:
    """The FCR and the chief officer approve a plan, and they are two people."""
    if facts.actor.id != facts.fcr_approved_by_id:
        return None
    return "You approved it for the FCR. The chief officer has to be somebody else."


@blocks(inspection("FB-03"))
def every_record_is_examined(facts: RunFacts) -> str | None:
    """An audit ends when each record of its sample was examined."""
    if not facts.to_do:
        return None
    verb = "is" if facts.to_do == 1 else "are"
    return f"{counted(facts.to_do, 'review')} {verb} not done yet."


@blocks(force_policy("ROLE-03"))
def every_difference_is_settled(facts: RunFacts) -> str | None:
    """Where two auditors differ, the FCR says what counts."""
    if not facts.differences_to_settle:
        return None
    count = facts.differences_to_settle
    return f"{counted(count, 'record')} on which the two reviews differ must be moderated."
