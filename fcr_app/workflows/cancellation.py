"""Cancelling or transferring a recorded crime.

A recorded crime stays recorded unless somebody trained and independent of the investigation is
satisfied that one of the five published reasons applies, and the victim has been told.
"""

from enum import StrEnum

from fcr_app.domain import removal_questions as q, removal_rules as r
from fcr_app.domain.citations import crr26, force_policy, ofg26, victims_code
from fcr_app.domain.citing import supports
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import (
    Audience,
    GiveFeedback,
    Notify,
    RecordAdvice,
    RecordDecision,
    RecordException,
    RecordTransferReference,
    RecordVictimNotice,
    ReinstateCrime,
    RemoveCrime,
)
from fcr_app.domain.escalation import DECISION_ESCALATION
from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.guards import Guard
from fcr_app.domain.guide import Guide
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS, Role
from fcr_app.domain.rules import (
    ANSWER_DAYS,
    DECISION_DAYS,
    ENHANCED_VICTIM_NOTICE_DAYS,
    TRANSFER_REFERENCE_DAYS,
    VICTIM_NOTICE_DAYS,
)
from fcr_app.domain.workflow import Holding, Step, Workflow


class State(StrEnum):
    """Where a request to remove a crime stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED_PENDING_TRANSFER_REFERENCE = "approved_pending_transfer_reference"
    APPROVED_PENDING_VICTIM = "approved_pending_victim"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"


Guards = tuple[Guard[CancellationFacts], ...]

C1, C2, C3, C4, C5 = RemovalCode
ANY_OFFICER = REQUESTERS | DECIDERS

#: What makes a request complete, checked when it is sent and again when it is decided.
REQUEST_RULES: Guards = (
    r.the_crime_still_stands,
    r.the_crime_has_a_class,
    r.no_other_request_is_open,
    r.the_information_is_not_from_the_future,
    r.no_withdrawal_under_pressure,
    r.modern_slavery_needs_conclusive_grounds,
    r.the_survivor_is_live,
    r.the_survivor_is_not_leaving,
    r.nothing_rests_on_a_duplicate,
    r.self_defence_fits_the_class,
    r.something_rests_on_this_crime,
    r.the_information_came_after_the_record,
    r.the_information_is_more_than_opinion,
)
#: Who may decide.
DECIDER_RULES: Guards = (
    r.the_decider_is_independent,
    *r.AUTHORITY_RULES,
    r.the_registrar_has_advised,
    r.only_a_registrar_supersedes_a_registrar,
    r.nobody_else_holds_it,
)
#: What the decider has to be satisfied of, code by code.
TESTS: Guards = (
    r.the_information_is_additional,
    r.the_information_is_verifiable,
    r.the_information_settles_it,
    r.the_decider_sees_no_pressure,
    r.the_location_is_shown,
    r.the_two_belong_together,
    r.it_was_a_genuine_mistake,
    r.self_defence_is_shown,
)
DECIDER_ASKS = (
    q.IS_ADDITIONAL,
    q.IS_VERIFIABLE,
    q.IS_INFORMATION,
    q.PRESSURE,
    q.IS_ELSEWHERE,
    q.IS_SAME,
    q.IS_MISTAKE,
    q.IS_SELF_DEFENCE,
    q.RATIONALE,
    q.REMARK,
)
REMARK_FEEDBACK = GiveFeedback(
    Audience.REQUESTER, "A remark on your request", only_with_remark=True
)


@supports(
    victims_code("VC-03"),
    victims_code("VC-06"),
    how="1 working day to tell a victim with enhanced rights, 5 for others",
)
def days_to_tell(facts: CancellationFacts) -> int:
    """Return 1 working day if any victim has enhanced rights, or else 5 (VIC-04)."""
    rule = (
        ENHANCED_VICTIM_NOTICE_DAYS
        if any(v.enhanced for v in facts.victims)
        else VICTIM_NOTICE_DAYS
    )
    return rule.on(facts.today)


CANCELLATION: Workflow[CancellationFacts] = Workflow(
    key="cancellation",
    title="Cancel or transfer a recorded crime",
    summary=(
        "An officer asks for a recorded crime to be removed; somebody trained and independent of "
        "the investigation decides; the victim is told; the crime leaves the statistics."
    ),
    policy=crr26("CANC-05", "25-26"),
    opener="Ask to cancel or transfer",
    guide=Guide(
        heading="Ask for a crime to be removed",
        aside=(
            "A crime leaves the record only for one of five published reasons.",
            "Somebody trained and independent of the investigation decides.",
        ),
        inset=(
            "If the victim does not support action, nobody was identified or the evidence is not "
            "enough, the crime stays recorded. Finish it with an outcome (14, 15, 16 or 18) "
            "instead."
        ),
        before_sending=(
            "When you send it, it goes to the people who may decide it and are independent of the "
            "investigation. You can withdraw it until it is decided."
        ),
    ),
    states=State,
    initial=State.DRAFT,
    final=frozenset({State.WITHDRAWN, State.REINSTATED}),
    settled=frozenset({State.REFUSED, State.REMOVED, State.WITHDRAWN, State.REINSTATED}),
    awaiting=frozenset({State.SUBMITTED}),
    authority=r.authority_text,
    needs=r.authority_needed,
    asked=lambda facts: facts.said(q.CODE),
    headline=lambda code: "Transfer" if code == C1 else "Cancel",
    asked_labels={
        C1: "Transfer: C1 other force",
        C2: "Cancel: C2 AVI",
        C3: "Cancel: C3 duplicate",
        C4: "Cancel: C4 error",
        C5: "Cancel: C5 self-defence",
    },
    short_labels={
        State.SUBMITTED: "To decide",
        State.RETURNED: "Returned",
        State.APPROVED_PENDING_TRANSFER_REFERENCE: "Number to come",
        State.APPROVED_PENDING_VICTIM: "Victim to be told",
    },
    colours={
        State.SUBMITTED: "blue",
        State.RETURNED: "yellow",
        State.REFUSED: "red",
        State.APPROVED_PENDING_TRANSFER_REFERENCE: "purple",
        State.APPROVED_PENDING_VICTIM: "purple",
        State.REMOVED: "green",
    },
    labels={
        State.DRAFT: "Draft",
        State.SUBMITTED: "Waiting for a decision",
        State.RETURNED: "Returned for more",
        State.REFUSED: "Refused",
        State.APPROVED_PENDING_TRANSFER_REFERENCE: "Approved, waiting for the other force’s number",
        State.APPROVED_PENDING_VICTIM: "Approved, victim to be told",
        State.REMOVED: "Removed",
        State.WITHDRAWN: "Withdrawn",
        State.REINSTATED: "Reinstated",
    },
    steps=(
        Step(
            trigger="submit",
            label="Send for decision",
            done="Sent for decision",
            holding=Holding.RELEASE,
            source=(State.DRAFT, State.RETURNED),
            dest=State.SUBMITTED,
            by=ANY_OFFICER,
            asks=q.REQUEST,
            guards=(r.only_the_requester, *REQUEST_RULES),
            cite=ofg26("CANC-14", "28"),
            outcome="The request has been sent to the people who may decide it.",
            sets_request=True,
        ),
        Step(
            trigger="withdraw",
            label="Withdraw the request",
            done="Withdrew the request",
            holding=Holding.RELEASE,
            source=(State.DRAFT, State.SUBMITTED, State.RETURNED),
            dest=State.WITHDRAWN,
            by=ANY_OFFICER,
            guards=(r.only_the_requester,),
            cite=force_policy("CANC-12"),
            outcome="The request is withdrawn. The crime stays recorded.",
            final_warning="The request ends. The crime stays recorded; you can ask again.",
        ),
        Step(
            trigger="approve_transfer",
            label="Approve the transfer",
            done="Approved the transfer",
            decision=True,
            holding=Holding.TAKE,
            source=State.SUBMITTED,
            dest=State.APPROVED_PENDING_TRANSFER_REFERENCE,
            by=DECIDERS,
            offered=r.asks_for(C1),
            asks=DECIDER_ASKS,
            guards=(*DECIDER_RULES, *REQUEST_RULES, *TESTS),
            effects=(
                RecordDecision("approved"),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE),
                    "The transfer is approved. Get the other force’s number and record it.",
                ),
                REMARK_FEEDBACK,
            ),
            cite=crr26("TRF-02", "25"),
            outcome="The transfer is approved. Next: the other force’s number, then the victim.",
        ),
        Step(
            trigger="approve",
            label="Approve in principle",
            done="Approved in principle",
            decision=True,
            holding=Holding.TAKE,
            source=State.SUBMITTED,
            dest=State.APPROVED_PENDING_VICTIM,
            by=DECIDERS | {Role.CHIEF_OFFICER},
            offered=r.asks_for(C2, C3, C4, C5),
            asks=DECIDER_ASKS,
            guards=(*DECIDER_RULES, *REQUEST_RULES, *TESTS),
            effects=(
                RecordDecision("approved"),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE),
                    "The request is approved in principle. "
                    "The victim has to be told before the crime is removed.",
                ),
                REMARK_FEEDBACK,
            ),
            cite=crr26("VIC-01", "26"),
            outcome="Approved in principle. The crime stays recorded until the victim is told.",
        ),
        Step(
            trigger="approve_and_remove",
            label="Approve and remove now",
            done="Approved, and removed the crime",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.REMOVED,
            by=DECIDERS,
            offered=r.asks_for(C3, C4),
            asks=DECIDER_ASKS,
            guards=(*DECIDER_RULES, *REQUEST_RULES, *TESTS, r.the_victim_of_a_mistake_may_be_told),
            effects=(
                RecordDecision("approved"),
                RemoveCrime(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE), "The crime has been removed."
                ),
                REMARK_FEEDBACK,
            ),
            cite=ofg26("CANC-21", "27"),
            outcome="The crime has been removed and no longer counts.",
            final_warning="The crime leaves the statistics now. A DDM or the FCR can reinstate it.",
        ),
        Step(
            trigger="refuse",
            label="Refuse the request",
            done="Refused the request",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.REFUSED,
            by=DECIDERS | {Role.CHIEF_OFFICER},
            asks=(q.RATIONALE,),
            guards=DECIDER_RULES,
            effects=(
                RecordDecision("refused"),
                Notify(
                    (Audience.REQUESTER,), "Your request was refused. The crime stays recorded."
                ),
                GiveFeedback(
                    Audience.REQUESTER,
                    "Your request was refused",
                    source=Source.RETURNED_OR_REFUSED,
                ),
            ),
            cite=crr26("CANC-05", "25"),
            outcome="Refused; the officer has your reasons. The crime stays recorded.",
        ),
        Step(
            trigger="return",
            label="Return for more",
            done="Returned the request for more",
            decision=True,
            holding=Holding.RELEASE,
            source=State.SUBMITTED,
            dest=State.RETURNED,
            by=DECIDERS | {Role.CHIEF_OFFICER},
            asks=(q.TO_MEND,),
            guards=DECIDER_RULES,
            effects=(
                Notify(
                    (Audience.REQUESTER,), "Your request was returned: something has to be added."
                ),
                GiveFeedback(
                    Audience.REQUESTER,
                    "Your request was returned for more",
                    source=Source.RETURNED_OR_REFUSED,
                ),
            ),
            cite=ofg26("CANC-14", "28"),
            outcome="The request is back with the officer, who sees what you asked for.",
        ),
        Step(
            trigger="advise",
            label="Add the registrar’s advice",
            done="Attached the registrar’s advice",
            source=State.SUBMITTED,
            dest=State.SUBMITTED,
            by=REGISTRARS,
            offered=r.chief_officer_route,
            asks=(q.ADVICE,),
            guards=(r.the_adviser_is_not_the_decider,),
            effects=(RecordAdvice(),),
            cite=crr26("CANC-02", "25"),
            outcome="Your advice is attached. The chief officer can decide now.",
        ),
        Step(
            trigger="record_reference",
            label="Record the other force’s number",
            done="Recorded the other force’s number",
            source=State.APPROVED_PENDING_TRANSFER_REFERENCE,
            dest=State.APPROVED_PENDING_VICTIM,
            by=ANY_OFFICER,
            asks=(q.REFERENCE, q.REFERENCE_AT),
            guards=(r.the_number_is_not_from_the_future,),
            effects=(RecordTransferReference(),),
            cite=crr26("TRF-02", "25"),
            outcome="The number is on record. Next: tell the victim, and give them the number.",
        ),
        Step(
            trigger="record_notice",
            label="Record that the victim was told",
            done="Recorded that the victim was told",
            source=State.APPROVED_PENDING_VICTIM,
            dest=State.APPROVED_PENDING_VICTIM,
            by=ANY_OFFICER,
            asks=(
                q.WHICH_VICTIM,
                q.TOLD_AT,
                q.TOLD_HOW,
                q.TOLD_WHOM,
                q.TOLD_BY,
                q.TOLD_WHAT,
                q.GIVEN_REFERENCE,
                q.VICTIM_REPLY,
            ),
            guards=(
                r.the_victim_is_of_this_crime,
                r.the_telling_is_of_this_decision,
                r.the_number_comes_before_the_telling,
            ),
            effects=(
                RecordVictimNotice(),
                Notify((Audience.DECIDER,), "A victim was told. Check it and confirm the removal."),
            ),
            cite=crr26("VIC-02", "26"),
            outcome="It is on record that the victim was told. The decider confirms the removal.",
        ),
        Step(
            trigger="propose_exception",
            label="Say why a victim can’t be told",
            done="Asked for an exception to telling a victim",
            source=State.APPROVED_PENDING_VICTIM,
            dest=State.APPROVED_PENDING_VICTIM,
            by=ANY_OFFICER,
            asks=(q.WHICH_VICTIM, q.EXCEPTION_GROUND, q.EXCEPTION_REASON),
            guards=(r.the_victim_is_of_this_crime,),
            effects=(
                RecordException(approved=False),
                Notify(
                    (Audience.REGISTRARS,), "An exception to telling a victim waits for approval."
                ),
            ),
            cite=force_policy("VIC-05"),
            outcome="The FCR has been asked to approve the exception.",
        ),
        Step(
            trigger="approve_exception",
            label="Approve an exception to telling a victim",
            done="Approved an exception to telling a victim",
            source=State.APPROVED_PENDING_VICTIM,
            dest=State.APPROVED_PENDING_VICTIM,
            by=frozenset({Role.FCR, Role.DEPUTY_FCR}),
            asks=(q.WHICH_VICTIM, q.EXCEPTION_GROUND, q.EXCEPTION_REASON),
            guards=(
                r.the_victim_is_of_this_crime,
                r.the_decider_is_independent,
                r.the_fcr_approves_exceptions,
            ),
            effects=(
                RecordException(approved=True),
                Notify((Audience.DECIDER,), "The FCR approved an exception to telling a victim."),
            ),
            cite=force_policy("VIC-05"),
            outcome="The exception is approved and on record.",
        ),
        Step(
            trigger="remove",
            label="Confirm and remove the crime",
            done="Confirmed, and removed the crime",
            holding=Holding.RELEASE,
            source=State.APPROVED_PENDING_VICTIM,
            dest=State.REMOVED,
            by=DECIDERS | {Role.CHIEF_OFFICER},
            asks=(q.SATISFIED_TOLD,),
            guards=(
                *DECIDER_RULES,
                r.the_crime_still_stands,
                r.modern_slavery_needs_conclusive_grounds,
                r.self_defence_fits_the_class,
                r.the_survivor_is_live,
                r.the_survivor_is_not_leaving,
                r.every_victim_was_told,
                r.the_transfer_is_complete,
                r.the_decider_is_satisfied,
            ),
            effects=(
                RemoveCrime(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE), "The crime has been removed."
                ),
            ),
            cite=crr26("VIC-01", "26"),
            outcome="The crime has been removed and no longer counts.",
            final_warning="The crime leaves the statistics. A DDM or the FCR can reinstate it.",
        ),
        Step(
            trigger="set_aside",
            label="Set the decision aside",
            done="Set the decision aside",
            holding=Holding.RELEASE,
            source=(
                State.REFUSED,
                State.APPROVED_PENDING_TRANSFER_REFERENCE,
                State.APPROVED_PENDING_VICTIM,
            ),
            dest=State.SUBMITTED,
            by=DECIDERS | {Role.CHIEF_OFFICER},
            asks=(q.RATIONALE,),
            guards=(*DECIDER_RULES, r.no_other_request_is_open),
            effects=(
                RecordDecision("set_aside"),
                Notify(
                    (Audience.REQUESTER,),
                    "The decision on your request was set aside. It will be decided again.",
                ),
            ),
            cite=force_policy("ROLE-02"),
            outcome="The decision is set aside, and stays on record. A new one is needed.",
        ),
        Step(
            trigger="reinstate",
            label="Reinstate the crime",
            done="Reinstated the crime",
            holding=Holding.RELEASE,
            source=State.REMOVED,
            dest=State.REINSTATED,
            by=DECIDERS,
            asks=(q.RATIONALE,),
            guards=(
                r.the_decider_is_independent,
                r.the_decider_is_trained,
                r.only_a_registrar_supersedes_a_registrar,
            ),
            effects=(
                RecordDecision("reinstated"),
                ReinstateCrime(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER_IN_CASE),
                    "The crime has been reinstated and counts again.",
                ),
                GiveFeedback(Audience.DECIDER, "A crime you removed was reinstated"),
            ),
            cite=force_policy("ROLE-02"),
            outcome="The crime is recorded again, and whoever removed it has your reasons.",
            final_warning="The crime goes back into the statistics.",
        ),
    ),
    deadlines=(
        Deadline(
            state=State.SUBMITTED,
            what="decide the request",
            working_days=lambda facts: DECISION_DAYS.on(facts.today),
            lengths=(DECISION_DAYS,),
            cite=force_policy("CANC-06"),
            escalation=DECISION_ESCALATION,
        ),
        Deadline(
            state=State.RETURNED,
            what="answer the return",
            working_days=lambda facts: ANSWER_DAYS.on(facts.today),
            lengths=(ANSWER_DAYS,),
            cite=force_policy("CANC-14"),
        ),
        Deadline(
            state=State.APPROVED_PENDING_TRANSFER_REFERENCE,
            what="get the other force’s number",
            working_days=lambda facts: TRANSFER_REFERENCE_DAYS.on(facts.today),
            lengths=(TRANSFER_REFERENCE_DAYS,),
            cite=force_policy("TRF-02"),
        ),
        Deadline(
            state=State.APPROVED_PENDING_VICTIM,
            what="tell the victim",
            working_days=days_to_tell,
            lengths=(VICTIM_NOTICE_DAYS, ENHANCED_VICTIM_NOTICE_DAYS),
            cite=force_policy("VIC-04"),
        ),
    ),
)
