"""The audit plan of a year: written, approved by the FCR, then by the chief officer.

An approved edition is never edited: a change is a new edition with a reason, approved again.
"""

from enum import StrEnum

from fcr_app.domain.audits import rules as r
from fcr_app.domain.audits.facts import PlanFacts
from fcr_app.domain.citations import inspection
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import REGISTRARS, Role
from fcr_app.domain.workflow import About, Step, Workflow


class State(StrEnum):
    """Where an edition stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


GOVERNANCE = inspection("FB-03")
WHY_RETURNED = Question(
    name="why_returned",
    label="What has to change?",
    thing="what has to change",
    min_length=20,
)
WHY_WITHDRAWN = Question(
    name="why_withdrawn",
    label="Why is it not needed?",
    thing="why it is not needed",
    min_length=20,
)

STEPS: tuple[Step[PlanFacts], ...] = (
    Step(
        trigger="approve_for_fcr",
        label="Approve it for the FCR",
        done="Approved the plan for the FCR",
        source=State.DRAFT,
        dest=State.SUBMITTED,
        by=REGISTRARS,
        guards=(r.a_plan_has_lines, r.every_line_has_an_auditor),
        cite=GOVERNANCE,
        outcome="The chief officer is asked to approve it.",
    ),
    Step(
        trigger="approve",
        label="Approve the plan",
        done="Approved the plan",
        source=State.SUBMITTED,
        dest=State.APPROVED,
        by=frozenset({Role.CHIEF_OFFICER}),
        guards=(r.two_people_approve,),
        cite=GOVERNANCE,
        outcome="It is in force. Each audit runs by itself when it is due.",
        final_warning="The plan is in force from now on. A change is a new edition.",
        decision=True,
    ),
    Step(
        trigger="send_back",
        label="Send it back",
        done="Sent the plan back",
        source=State.SUBMITTED,
        dest=State.DRAFT,
        by=frozenset({Role.CHIEF_OFFICER}) | REGISTRARS,
        asks=(WHY_RETURNED,),
        cite=GOVERNANCE,
        outcome="It can be written again.",
        decision=True,
    ),
    Step(
        trigger="withdraw",
        label="Give this edition up",
        done="Gave the edition up",
        source=(State.DRAFT, State.SUBMITTED),
        dest=State.WITHDRAWN,
        by=REGISTRARS,
        asks=(WHY_WITHDRAWN,),
        cite=GOVERNANCE,
        outcome="The edition in force stays as it is.",
        final_warning="What was written stays to be read, and can’t be taken up again.",
    ),
    Step(
        trigger="replace",
        label="Replace it by the next edition",
        done="Was replaced by the next edition",
        source=State.APPROVED,
        dest=State.REPLACED,
        by=frozenset({Role.CHIEF_OFFICER, Role.SYSTEM}),
        cite=GOVERNANCE,
        outcome="The next edition is in force.",
    ),
)

AUDIT_PLAN: Workflow[PlanFacts] = Workflow(
    key="audit_plan",
    title="Audit plan",
    summary=(
        "The FCR plans the audits of a year. The FCR and the chief officer approve the plan; a "
        "change is a new edition with a reason."
    ),
    policy=GOVERNANCE,
    about=About.AUDIT,
    states=State,
    initial=State.DRAFT,
    final=frozenset({State.REPLACED, State.WITHDRAWN}),
    settled=frozenset({State.APPROVED, State.REPLACED, State.WITHDRAWN}),
    awaiting=frozenset({State.SUBMITTED}),
    begins="PLAN",
    colours={State.SUBMITTED: "blue", State.APPROVED: "green"},
    labels={
        State.DRAFT: "Being written",
        State.SUBMITTED: "Waiting for the chief officer",
        State.APPROVED: "In force",
        State.REPLACED: "Replaced",
        State.WITHDRAWN: "Given up",
    },
    steps=STEPS,
)
