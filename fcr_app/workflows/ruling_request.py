"""Asking the FCR for a ruling where it is unclear what is to be recorded.

One policy for two things that it can be asked about: a crime, and a report of one.
"""

from enum import StrEnum
from typing import Any

from fcr_app.domain import ruling_questions as q
from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import ApplyRuling, Audience, MakeRuling, Notify, RecordDecision
from fcr_app.domain.facts import Facts
from fcr_app.domain.guide import Guide
from fcr_app.domain.removal_questions import RATIONALE
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS
from fcr_app.domain.rules import RULING_DAYS
from fcr_app.domain.shared_rules import nobody_else_holds_it, only_the_requester
from fcr_app.domain.workflow import About, Holding, Step, Workflow


class State(StrEnum):
    """Where a question to the FCR stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    ASKED = "ruling_asked"
    RULED = "ruled"
    DECLINED = "ruling_declined"
    WITHDRAWN = "withdrawn"


AT_REST = frozenset({State.RULED, State.DECLINED, State.WITHDRAWN})
RULING_RULES = (q.the_fcr_or_a_deputy_rules, nobody_else_holds_it)

STEPS: tuple[Step[Facts], ...] = (
    Step(
        trigger="ask",
        label="Ask the FCR",
        done="Asked the FCR",
        holding=Holding.RELEASE,
        source=State.DRAFT,
        dest=State.ASKED,
        by=REQUESTERS | DECIDERS,
        asks=q.REQUEST,
        guards=(only_the_requester,),
        effects=(Notify((Audience.REGISTRARS,), "Somebody asks for a ruling."),),
        cite=crr26("CLS-04", "57"),
        outcome="The FCR has your question. The recording limit goes on meanwhile.",
        sets_request=True,
    ),
    Step(
        trigger="withdraw",
        label="Withdraw the question",
        done="Withdrew the question",
        holding=Holding.RELEASE,
        source=(State.DRAFT, State.ASKED),
        dest=State.WITHDRAWN,
        by=REQUESTERS | DECIDERS,
        guards=(only_the_requester,),
        cite=force_policy("CLS-04"),
        outcome="The question is withdrawn.",
        final_warning="The question ends. You can ask again.",
    ),
    Step(
        trigger="rule",
        label="Make a ruling",
        done="Made a ruling",
        decision=True,
        holding=Holding.RELEASE,
        source=State.ASKED,
        dest=State.RULED,
        by=REGISTRARS,
        asks=(q.QUESTION, q.TOPIC, q.CLASS, q.FACTS, q.RULING, RATIONALE, q.RULES),
        guards=(
            *RULING_RULES,
            q.the_class_of_a_ruling_can_be_one,
            q.the_rules_of_a_ruling_are_in_the_handbook,
        ),
        effects=(
            RecordDecision("ruled"),
            MakeRuling(),
            Notify((Audience.REQUESTER,), "The FCR ruled on your question."),
        ),
        cite=crr26("CLS-04", "57"),
        outcome="The ruling is in the register, and linked to what was asked about.",
        final_warning="A ruling is never edited. A later one can supersede it.",
    ),
    Step(
        trigger="apply_earlier",
        label="Apply an earlier ruling",
        done="Applied an earlier ruling",
        decision=True,
        holding=Holding.RELEASE,
        source=State.ASKED,
        dest=State.RULED,
        by=REGISTRARS,
        asks=(q.EARLIER, RATIONALE),
        guards=(*RULING_RULES, q.the_earlier_ruling_has_a_number),
        effects=(
            RecordDecision("ruled"),
            ApplyRuling(),
            Notify((Audience.REQUESTER,), "The FCR answered your question by an earlier ruling."),
        ),
        cite=crr26("CLS-04", "57"),
        outcome="The earlier ruling is linked to what was asked about.",
    ),
    Step(
        trigger="decline",
        label="Decline to rule",
        done="Declined to rule",
        decision=True,
        holding=Holding.RELEASE,
        source=State.ASKED,
        dest=State.DECLINED,
        by=REGISTRARS,
        asks=(RATIONALE,),
        guards=RULING_RULES,
        effects=(
            RecordDecision("declined"),
            Notify((Audience.REQUESTER,), "The FCR declined to rule. Read why."),
        ),
        cite=force_policy("CLS-04"),
        outcome="Declined; whoever asked has your reasons.",
    ),
)


def _asking_about(about: About, key: str, begins: str, thing: str) -> Workflow[Any]:
    """Return the policy for questions about one kind of thing."""
    return Workflow(
        key=key,
        title=f"Ask the FCR for a ruling on a {thing}",
        opener="Ask for a ruling",
        summary=(
            "An officer, a DDM or a registrar asks; the FCR or a deputy rules, applies an earlier "
            "ruling, or declines with reasons. Rulings are numbered and kept in a register."
        ),
        policy=crr26("CLS-04", "57"),
        about=about,
        begins=begins,
        states=State,
        initial=State.DRAFT,
        final=AT_REST,
        settled=AT_REST,
        awaiting=frozenset({State.ASKED}),
        needs=lambda _facts: Needed.FCR.value,
        headline=lambda _code: "Question to the FCR",
        guide=Guide(
            heading="Ask the FCR for a ruling",
            aside=(
                "Ask where it is unclear which crime to record, or how many.",
                "The FCR’s reasoned ruling holds at audit.",
                "A question stops no clock: what is due within 24 hours is still due.",
            ),
            before_sending="When you send it, it goes to the FCR and deputies.",
        ),
        short_labels={State.ASKED: "To rule on", State.DECLINED: "Declined"},
        colours={State.ASKED: "blue", State.RULED: "green", State.DECLINED: "red"},
        labels={
            State.DRAFT: "Draft",
            State.ASKED: "Waiting for a ruling",
            State.RULED: "Ruled",
            State.DECLINED: "Declined to rule",
            State.WITHDRAWN: "Withdrawn",
        },
        steps=STEPS,
        deadlines=(
            Deadline(
                state=State.ASKED,
                what="rule",
                working_days=lambda facts: RULING_DAYS.on(facts.today),
                lengths=(RULING_DAYS,),
                cite=force_policy("CLS-04"),
            ),
        ),
    )


RULING_ON_A_CRIME = _asking_about(About.CRIME, "ruling_request", "RUL", "crime")
RULING_ON_A_REPORT = _asking_about(About.INCIDENT, "report_ruling", "ASK", "report")
