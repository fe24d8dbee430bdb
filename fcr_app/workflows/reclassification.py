"""Giving a recorded crime another class.

The class is that of the time of recording, and the first one is kept for ever. It changes only
where substantive new information came in or it was wrong from the start, and only by a decision
of the FCR or a DDM, with the reason on record.
"""

from enum import StrEnum

from fcr_app.domain import new_class_questions as q, new_class_rules as r
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import (
    Audience,
    GiveFeedback,
    Notify,
    ReclassifyCrime,
    RecordDecision,
)
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.guide import Guide
from fcr_app.domain.new_class import NewClassFacts, level_needed, new_class_authority
from fcr_app.domain.removal_questions import RATIONALE, TO_MEND
from fcr_app.domain.roles import DECIDERS, REQUESTERS
from fcr_app.domain.rules import ANSWER_DAYS, RECLASSIFY_DAYS
from fcr_app.domain.shared_rules import only_the_requester
from fcr_app.domain.workflow import Holding, Step, Workflow


class State(StrEnum):
    """Where a request for another class stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    RECLASSIFIED = "reclassified"
    WITHDRAWN = "withdrawn"


ANYBODY = REQUESTERS | DECIDERS
AT_REST = frozenset({State.REFUSED, State.RECLASSIFIED, State.WITHDRAWN})


def class_asked_for(facts: NewClassFacts) -> str:
    """Return the class that is asked for, for lists."""
    return facts.offence.offence_class if facts.offence else ""


RECLASSIFICATION: Workflow[NewClassFacts] = Workflow(
    key="reclassification",
    title="Reclassify a crime",
    opener="Reclassify",
    summary=(
        "An officer asks for another class, or a DDM or the FCR starts it; a DDM or the FCR "
        "decides with reasons; every class the crime ever had is kept."
    ),
    policy=crr26("CLS-02", "13"),
    begins="REC",
    states=State,
    initial=State.DRAFT,
    final=AT_REST,
    settled=AT_REST,
    awaiting=frozenset({State.SUBMITTED}),
    authority=new_class_authority,
    needs=lambda facts: level_needed(facts).value,
    asked=class_asked_for,
    headline=lambda _code: "Reclassify",
    guide=Guide(
        heading="Reclassify a crime",
        aside=(
            "A class changes if substantive new information came in, or it was always wrong.",
            "What somebody is charged with may differ from it.",
            "The FCR or a DDM decides. The first class is kept for ever.",
        ),
        inset=(
            "A course of conduct towards a former partner is stalking (8Q). It is harassment (8L) "
            "only by a ruling of the FCR."
        ),
        before_sending=(
            "When you send it, it goes to those who may decide it. You can withdraw it until then."
        ),
    ),
    short_labels={State.SUBMITTED: "To decide", State.RETURNED: "Returned"},
    colours={
        State.SUBMITTED: "blue",
        State.RETURNED: "yellow",
        State.REFUSED: "red",
        State.RECLASSIFIED: "green",
    },
    labels={
        State.DRAFT: "Draft",
        State.SUBMITTED: "Waiting for a decision",
        State.RETURNED: "Returned for more",
        State.REFUSED: "Refused",
        State.RECLASSIFIED: "Reclassified",
        State.WITHDRAWN: "Withdrawn",
    },
    steps=(
        Step(
            trigger="submit",
            label="Send for decision",
            done="Sent for decision",
            holding=Holding.RELEASE,
            source=(State.DRAFT, State.RETURNED),
            dest=State.SUBMITTED,
            by=ANYBODY,
            asks=q.REQUEST,
            guards=(only_the_requester, *r.REQUEST_RULES),
            cite=crr26("CLS-02", "13"),
            outcome="It has been sent to those who may decide on the class.",
            sets_request=True,
        ),
        Step(
            trigger="withdraw",
            label="Withdraw the request",
            done="Withdrew the request",
            holding=Holding.RELEASE,
            source=(State.DRAFT, State.SUBMITTED, State.RETURNED),
            dest=State.WITHDRAWN,
            by=ANYBODY,
            guards=(only_the_requester,),
            cite=force_policy("CLS-02"),
            outcome="The request is withdrawn. The crime keeps its class.",
            final_warning="The request ends. The crime keeps its class; you can ask again.",
        ),
        Step(
            trigger="reclassify",
            label="Reclassify the crime",
            done="Reclassified the crime",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.RECLASSIFIED,
            by=DECIDERS,
            asks=(q.IS_SHOWN, RATIONALE),
            guards=(*r.DECIDER_RULES, *r.REQUEST_RULES, r.the_new_class_is_shown),
            effects=(
                RecordDecision("reclassified"),
                ReclassifyCrime(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE),
                    "The crime was reclassified. Its first class stays on record.",
                ),
            ),
            cite=crr26("CLS-02", "13"),
            outcome="The crime has its new class. The classes before it stay on record.",
            final_warning="The crime counts under the new class from now on.",
        ),
        Step(
            trigger="refuse",
            label="Refuse the request",
            done="Refused the request",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.REFUSED,
            by=DECIDERS,
            asks=(RATIONALE,),
            guards=r.DECIDER_RULES,
            effects=(
                RecordDecision("refused"),
                Notify((Audience.REQUESTER,), "Your request was refused. The class stays."),
                GiveFeedback(
                    Audience.REQUESTER,
                    "Your request for another class was refused",
                    source=Source.RETURNED_OR_REFUSED,
                ),
            ),
            cite=crr26("CLS-01", "13"),
            outcome="Refused; whoever asked has your reasons. The crime keeps its class.",
        ),
        Step(
            trigger="return",
            label="Return for more",
            done="Returned the request for more",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.RETURNED,
            by=DECIDERS,
            asks=(TO_MEND,),
            guards=r.DECIDER_RULES,
            effects=(
                Notify(
                    (Audience.REQUESTER,), "Your request was returned: something has to be added."
                ),
                GiveFeedback(
                    Audience.REQUESTER,
                    "Your request for another class was returned",
                    source=Source.RETURNED_OR_REFUSED,
                ),
            ),
            cite=force_policy("CLS-02"),
            outcome="The request is back with whoever asked, who sees what you need.",
        ),
    ),
    deadlines=(
        Deadline(
            state=State.SUBMITTED,
            what="decide on the class",
            working_days=lambda facts: RECLASSIFY_DAYS.on(facts.today),
            lengths=(RECLASSIFY_DAYS,),
            cite=force_policy("CLS-02"),
        ),
        Deadline(
            state=State.RETURNED,
            what="answer the return",
            working_days=lambda facts: ANSWER_DAYS.on(facts.today),
            lengths=(ANSWER_DAYS,),
            cite=force_policy("CLS-02"),
        ),
    ),
)
