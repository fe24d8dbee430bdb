"""Feedback to whoever made a decision: what was right, the rule, and what has to be done.

One policy for two things that it can be about: a crime, and a report of one. It is about accuracy
both ways and measures nobody (FB-04). It closes once the record itself shows the correction.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import Audience, Notify, RecordDecision
from fcr_app.domain.escalation import DECISION_ESCALATION
from fcr_app.domain.feedback import questions as q, rules as r
from fcr_app.domain.feedback.effects import ChangeFeedback, Mark, MarkFeedback
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.guide import Guide
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.removal_questions import RATIONALE
from fcr_app.domain.roles import DECIDERS, REGISTRARS, Role
from fcr_app.domain.rules import (
    CORRECTION_DAYS,
    FEEDBACK_ANSWER_DAYS,
    FEEDBACK_DAYS,
    FEEDBACK_RULING_DAYS,
    MISSING_CRIME_LIMIT,
)
from fcr_app.domain.workflow import About, Holding, Step, Workflow


class State(StrEnum):
    """Where an item of feedback stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    SENT = "feedback_sent"
    ACKNOWLEDGED = "feedback_acknowledged"
    AGREED = "feedback_agreed"
    DISPUTED = "feedback_disputed"
    UPHELD = "feedback_upheld"
    CLOSED = "feedback_closed"
    SET_ASIDE = "feedback_set_aside"
    WITHDRAWN = "feedback_withdrawn"


AT_REST = frozenset({State.CLOSED, State.SET_ASIDE, State.WITHDRAWN})
#: It stands, by agreement or by ruling, and waits for the record alone.
TO_CORRECT = (State.AGREED, State.UPHELD)
#: Somebody has something to do, and the FCR may still change what.
RUNNING = (State.SENT, State.ACKNOWLEDGED, *TO_CORRECT)
GIVERS = DECIDERS | {Role.SUPERVISOR, Role.AUDITOR, Role.CHIEF_OFFICER}
#: Anybody who works on cases can have made a decision.
ANYBODY = frozenset(Role) - {Role.ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM}
SYSTEM = frozenset({Role.SYSTEM})
BOTH = (Audience.ADDRESSEE, Audience.REQUESTER)
FB_POLICY = force_policy("FB-01")
RULED = "The FCR ruled on a dispute about feedback. Read why."


def to_answer(facts: FeedbackFacts) -> bool:
    """It is for the person who looks, and there is something to agree with or to dispute."""
    return facts.mine and not facts.only_to_read


def only_to_read(facts: FeedbackFacts) -> bool:
    """It is for the person who looks, and there is nothing to do but to read it."""
    return facts.mine and facts.only_to_read


def may_be_disputed(facts: FeedbackFacts) -> bool:
    """It is for the person who looks, and says more than that something was right."""
    return facts.mine and not facts.positive


def given_by_them(facts: FeedbackFacts) -> bool:
    """The person who looks gave it."""
    return facts.actor.id == facts.opened_by_id


def asks_for_something(facts: FeedbackFacts) -> bool:
    """It says more than that something was right."""
    return not facts.positive


GIVING: tuple[Step[FeedbackFacts], ...] = (
    Step(
        trigger="send",
        label="Send the feedback",
        done="Gave the feedback",
        source=State.DRAFT,
        dest=State.SENT,
        by=GIVERS,
        asks=q.GIVEN,
        guards=r.SENDING_RULES,
        effects=(
            Notify((Audience.ADDRESSEE,), "You have feedback to read and acknowledge."),
            Notify(
                (Audience.ADDRESSEE_SUPERVISOR,),
                "Somebody you supervise was given feedback. Help them with it if they want.",
            ),
        ),
        cite=inspection("FB-01"),
        outcome="They and their supervisor have it. They have 5 working days to acknowledge it.",
        sets_request=True,
    ),
    Step(
        trigger="withdraw",
        label="Take the feedback back",
        done="Took the feedback back",
        source=State.SENT,
        dest=State.WITHDRAWN,
        by=GIVERS,
        asks=(q.WHY_WITHDRAWN,),
        guards=(r.only_the_sender,),
        offered=given_by_them,
        effects=(
            MarkFeedback((Mark.WITHDRAWN,)),
            Notify((Audience.ADDRESSEE,), "Feedback to you was taken back. Read why."),
        ),
        cite=FB_POLICY,
        outcome="It is taken back and counts for nothing.",
        final_warning="It ends. You can give other feedback instead.",
    ),
)

ANSWERING: tuple[Step[FeedbackFacts], ...] = (
    Step(
        trigger="read",
        label="I have read it",
        done="Read it",
        source=(State.SENT, State.ACKNOWLEDGED),
        dest=State.CLOSED,
        by=ANYBODY,
        asks=(q.REPLY,),
        guards=(r.only_the_addressee, r.nothing_is_to_be_answered, r.the_record_is_put_right),
        effects=(MarkFeedback((Mark.ACKNOWLEDGED, Mark.CLOSED)),),
        offered=only_to_read,
        cite=force_policy("FB-04"),
        outcome="Thank you. Whoever gave it can see that you have read it.",
    ),
    Step(
        trigger="agree",
        label="I agree",
        done="Agreed",
        source=(State.SENT, State.ACKNOWLEDGED),
        dest=State.AGREED,
        by=ANYBODY,
        asks=(q.REPLY,),
        guards=(r.only_the_addressee,),
        effects=(MarkFeedback((Mark.ACKNOWLEDGED, Mark.AGREED)),),
        offered=to_answer,
        cite=inspection("FB-01"),
        outcome="It closes by itself once the record shows what has to be done.",
    ),
    Step(
        trigger="acknowledge",
        label="I have read it and answer later",
        done="Acknowledged it",
        source=State.SENT,
        dest=State.ACKNOWLEDGED,
        by=ANYBODY,
        asks=(q.REPLY,),
        guards=(r.only_the_addressee,),
        effects=(MarkFeedback((Mark.ACKNOWLEDGED,)),),
        offered=to_answer,
        cite=inspection("FB-01"),
        outcome="You have 5 working days to agree or to dispute it.",
    ),
    Step(
        trigger="dispute",
        label="I dispute it",
        done="Disputed it",
        source=(State.SENT, State.ACKNOWLEDGED),
        dest=State.DISPUTED,
        by=ANYBODY,
        asks=(q.WHY_DISPUTED,),
        guards=(r.only_the_addressee,),
        effects=(
            MarkFeedback((Mark.ACKNOWLEDGED, Mark.DISPUTED)),
            Notify((Audience.REGISTRARS,), "Feedback is disputed. It waits for your ruling."),
            Notify((Audience.REQUESTER,), "Feedback that you gave is disputed. The FCR rules."),
        ),
        offered=may_be_disputed,
        cite=FB_POLICY,
        outcome="The FCR rules on it. A record that has to be put right waits for nothing.",
    ),
)

RULING: tuple[Step[FeedbackFacts], ...] = (
    Step(
        trigger="uphold",
        label="Uphold it",
        done="Upheld it",
        decision=True,
        holding=Holding.RELEASE,
        source=State.DISPUTED,
        dest=State.UPHELD,
        by=REGISTRARS,
        asks=(RATIONALE,),
        guards=r.RULING_RULES,
        effects=(RecordDecision("feedback_upheld"), Notify(BOTH, RULED)),
        cite=FB_POLICY,
        outcome="It stands. Your ruling is final.",
        final_warning="The ruling is final.",
    ),
    Step(
        trigger="uphold_in_part",
        label="Uphold it in part",
        done="Upheld it in part",
        decision=True,
        holding=Holding.RELEASE,
        source=State.DISPUTED,
        dest=State.UPHELD,
        by=REGISTRARS,
        asks=(*q.INSTEAD, RATIONALE),
        guards=(
            *r.RULING_RULES,
            r.something_is_changed,
            r.what_was_right_needs_no_correction,
            r.the_correction_suits_the_record,
        ),
        effects=(ChangeFeedback(), RecordDecision("feedback_in_part"), Notify(BOTH, RULED)),
        cite=FB_POLICY,
        outcome="It stands as you changed it. Your ruling is final.",
        final_warning="The ruling is final.",
    ),
    Step(
        trigger="set_aside",
        label="Set it aside: the decision was right",
        done="Set it aside",
        decision=True,
        holding=Holding.RELEASE,
        source=State.DISPUTED,
        dest=State.SET_ASIDE,
        by=REGISTRARS,
        asks=(RATIONALE,),
        guards=r.RULING_RULES,
        effects=(
            MarkFeedback((Mark.SET_ASIDE,)),
            RecordDecision("feedback_set_aside"),
            Notify(BOTH, RULED),
        ),
        cite=FB_POLICY,
        outcome="It never counts as an error. Both know.",
        final_warning="The ruling is final, and the feedback never counts.",
    ),
)


def _in_place(steps: Iterable[State], **said: Any) -> tuple[Step[FeedbackFacts], ...]:
    """Return a step that leaves the case where it is, from each of several states."""
    return tuple(Step(source=state, dest=state, **said) for state in steps)


CHANGING = _in_place(
    RUNNING,
    trigger="change_what_to_do",
    label="Change what has to be done",
    done="Changed what has to be done",
    by=REGISTRARS,
    asks=q.CHANGED,
    guards=(
        r.the_fcr_rules_on_a_dispute,
        r.what_was_right_needs_no_correction,
        r.the_correction_suits_the_record,
    ),
    effects=(
        ChangeFeedback(),
        Notify(BOTH, "The FCR changed what has to be done after feedback. Read why."),
    ),
    offered=asks_for_something,
    cite=FB_POLICY,
    outcome="Both know what has to be done now.",
)
REFERRING = _in_place(
    (*RUNNING, State.DISPUTED, State.CLOSED, State.SET_ASIDE),
    trigger="refer",
    label="Keep a note of a referral",
    done="Referred a serious or ethical concern",
    by=REGISTRARS,
    seen_by=REGISTRARS,
    asks=(q.CONCERN,),
    guards=(r.the_fcr_rules_on_a_dispute,),
    cite=FB_POLICY,
    outcome="The note is kept. Only registrars see it, or that there is one.",
)
SEEING = _in_place(
    (*RUNNING, State.DISPUTED),
    trigger="see_correction",
    label="See the correction",
    done="Saw the correction on the record",
    by=SYSTEM,
    asks=(q.SEEN,),
    guards=(r.the_record_is_put_right,),
    effects=(MarkFeedback((Mark.CORRECTED,)),),
    cite=FB_POLICY,
    outcome="The record shows it.",
)
CLOSING: tuple[Step[FeedbackFacts], ...] = (
    Step(
        trigger="close_corrected",
        label="Close it by itself",
        done="Closed it: nothing is left to do",
        source=TO_CORRECT,
        dest=State.CLOSED,
        by=SYSTEM,
        guards=(r.the_record_is_put_right,),
        effects=(
            MarkFeedback((Mark.CLOSED,)),
            Notify(BOTH, "Feedback is closed: nothing is left to do."),
        ),
        cite=FB_POLICY,
        outcome="It is closed.",
    ),
    Step(
        trigger="close",
        label="Close it",
        done="Closed it",
        source=(State.ACKNOWLEDGED, *TO_CORRECT),
        dest=State.CLOSED,
        by=GIVERS,
        guards=(r.whoever_closes_gave_it_or_supervises, r.the_record_is_put_right),
        effects=(
            MarkFeedback((Mark.CLOSED,)),
            Notify((Audience.ADDRESSEE,), "Feedback to you is closed: nothing is left to do."),
        ),
        cite=FB_POLICY,
        outcome="It is closed.",
    ),
)
STEPS = (*ANSWERING, *GIVING, *RULING, *CLOSING, *CHANGING, *REFERRING, *SEEING)

DEADLINES: tuple[Deadline[FeedbackFacts], ...] = (
    Deadline(
        state=State.SENT,
        what="acknowledge feedback",
        working_days=lambda facts: FEEDBACK_DAYS.on(facts.today),
        lengths=(FEEDBACK_DAYS,),
        cite=FB_POLICY,
    ),
    Deadline(
        state=State.ACKNOWLEDGED,
        what="agree with feedback or dispute it",
        working_days=lambda facts: FEEDBACK_ANSWER_DAYS.on(facts.today),
        lengths=(FEEDBACK_ANSWER_DAYS,),
        cite=FB_POLICY,
    ),
    Deadline(
        state=State.DISPUTED,
        what="rule on disputed feedback",
        working_days=lambda facts: FEEDBACK_RULING_DAYS.on(facts.today),
        lengths=(FEEDBACK_RULING_DAYS,),
        cite=FB_POLICY,
        escalation=DECISION_ESCALATION,
    ),
    *(
        # A clock of its own speaks, which runs from the sending whatever else happens.
        Deadline(
            state=state,
            what="put the record right",
            until=lambda facts: facts.correct_by_at,
            lengths=(MISSING_CRIME_LIMIT, CORRECTION_DAYS),
            cite=FB_POLICY,
            escalation=(),
        )
        for state in TO_CORRECT
    ),
)
ASKED_LABELS = {
    q.RIGHT: "Well done",
    q.NO_ERROR: "Reasons to read",
    **{error.value: f"Feedback {error.full_label}" for error in ErrorType},
}


def _feedback_about(about: About, key: str, begins: str, thing: str) -> Workflow[FeedbackFacts]:
    """Return the policy for feedback on one kind of thing."""
    return Workflow(
        key=key,
        title=f"Feedback on a {thing}",
        summary=(
            "Whoever made a decision is told what was right or wrong, with the rule and what has "
            "to be done. They agree or dispute it; the FCR rules on a dispute. It closes once the "
            "record shows the correction."
        ),
        policy=inspection("FB-01"),
        about=about,
        begins=begins,
        states=State,
        initial=State.DRAFT,
        final=frozenset({State.WITHDRAWN}),
        settled=AT_REST,
        awaiting=frozenset({State.DISPUTED}),
        private=True,
        one_at_a_time=False,
        needs=lambda _facts: Needed.FCR.value,
        asked=lambda facts: facts.said(q.ERROR),
        asked_labels=ASKED_LABELS,
        headline=lambda code: "Well done" if code == q.RIGHT else "Feedback",
        guide=Guide(
            heading="Give feedback",
            aside=("It is about getting records right, whichever way, and never a target.",),
            before_sending="When you send it, they and their supervisor are told.",
        ),
        short_labels={
            State.SENT: "To acknowledge",
            State.ACKNOWLEDGED: "To answer",
            State.DISPUTED: "To rule on",
            State.AGREED: "To correct",
            State.UPHELD: "To correct",
            State.SET_ASIDE: "Set aside",
        },
        colours={
            State.SENT: "blue",
            State.ACKNOWLEDGED: "blue",
            State.AGREED: "yellow",
            State.DISPUTED: "orange",
            State.UPHELD: "yellow",
            State.CLOSED: "green",
        },
        labels={
            State.DRAFT: "Draft",
            State.SENT: "Sent, to be acknowledged",
            State.ACKNOWLEDGED: "Acknowledged, to be answered",
            State.AGREED: "Agreed, to be corrected",
            State.DISPUTED: "Disputed, waiting for a ruling",
            State.UPHELD: "Upheld, to be corrected",
            State.CLOSED: "Closed",
            State.SET_ASIDE: "Set aside: the decision was right",
            State.WITHDRAWN: "Taken back",
        },
        steps=STEPS,
        deadlines=DEADLINES,
    )


FEEDBACK_ON_A_CRIME = _feedback_about(About.CRIME, "feedback", "FBC", "crime")
FEEDBACK_ON_A_REPORT = _feedback_about(About.INCIDENT, "report_feedback", "FBR", "report")
FEEDBACK = (FEEDBACK_ON_A_CRIME, FEEDBACK_ON_A_REPORT)
