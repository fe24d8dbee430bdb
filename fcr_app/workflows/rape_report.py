"""A report of rape: is the crime recorded, does it become an N100, or is it not about rape?

The officer answers the three-step test and the answers lead to one of the three. Only the FCR can
allow an N100 where they lead to a crime. A supervisor checks it, and the FCR sees every one.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from fcr_app.domain import recording_effects as re, recording_questions as q, recording_rules as r
from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import Audience, GiveFeedback, Notify, RecordDecision
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.guide import Guide
from fcr_app.domain.incident_facts import IncidentFacts, RecordingFacts
from fcr_app.domain.questions import Answers
from fcr_app.domain.reported_incidents import code_question
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS, Role
from fcr_app.domain.rules import RECORDING_LIMIT, REPORTED_CHECK_DAYS, REPORTED_REVIEW_DAYS
from fcr_app.domain.workflow import About, Holding, Step, Workflow


class State(StrEnum):
    """Where a rape report stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    ASSESSED = "rape_assessed"
    ASKED = "rape_fcr_asked"
    RECORDED_TO_CHECK = "rape_recorded_to_check"
    RECORDED_TO_REVIEW = "rape_recorded_to_review"
    RECORDED = "rape_recorded_agreed"
    NOT_RAPE_TO_CHECK = "rape_not_rape_to_check"
    NOT_RAPE_TO_REVIEW = "rape_not_rape_to_review"
    NOT_RAPE = "rape_not_rape_agreed"
    N100_CREATED = "rape_reported"
    DISCARDED = "rape_discarded"


OFFICERS = REQUESTERS | DECIDERS
CHECKERS = REGISTRARS | {Role.SUPERVISOR}
RUNNING = (Audience.REQUESTER, Audience.OFFICER)
CODE = code_question(
    {
        q.CONFIRMATION: "not confirmed, or the victim can’t be traced",
        q.EVIDENCE: "credible evidence to the contrary",
        q.ANOTHER_FORCE: "in another force’s area, or abroad",
    },
    "N100",
)


def may_be_rape(report: IncidentFacts) -> bool:
    """It is for reports that are, or may be, rape or attempted rape."""
    return report.may_be_rape


def which_rape_is_needed(known: Answers) -> bool:
    """Say whether the class has to be known: the answers lead to a record, or the FCR decides."""
    proposed = r.propose(known)
    leads_to_a_record = proposed is not None and proposed.leads is r.Leads.RECORD
    return leads_to_a_record or known.get(q.CASE_STATE, "") != State.DRAFT


def where_it_leads(facts: RecordingFacts) -> str:
    """Return what the answers lead to, as a code for lists."""
    proposed = r.proposal(facts)
    return proposed.leads.value if proposed else ""


def within_the_limit(facts: RecordingFacts) -> datetime | None:
    """Return the last moment at which a record is in time."""
    return facts.incident.record_by_at


WHICH_RAPE = tuple(replace(question, when=which_rape_is_needed) for question in q.WHICH_RAPE)

RAPE_REPORT: Workflow[RecordingFacts] = Workflow(
    key="rape_report",
    title="Rape report",
    summary=(
        "From any report that is, or may be, rape: the three-step test, and what it leads to. The "
        "crime is recorded at once, or an N100 is created, or it is not about rape."
    ),
    policy=crr26("REC-02", "7"),
    states=State,
    initial=State.DRAFT,
    final=frozenset({State.RECORDED, State.NOT_RAPE, State.N100_CREATED, State.DISCARDED}),
    settled=frozenset({State.RECORDED, State.NOT_RAPE, State.N100_CREATED, State.DISCARDED}),
    awaiting=frozenset({State.ASKED, State.RECORDED_TO_REVIEW, State.NOT_RAPE_TO_REVIEW}),
    authority=r.reviewer_authority,
    needs=lambda _facts: Needed.FCR.value,
    asked=where_it_leads,
    about=About.INCIDENT,
    begins="RAP",
    headline=lambda _leads: "Rape report",
    asked_labels={leads.value: leads.label for leads in r.Leads},
    short_labels={
        State.ASSESSED: "To settle",
        State.ASKED: "FCR asked",
        State.RECORDED_TO_CHECK: "To check",
        State.RECORDED_TO_REVIEW: "FCR to review",
        State.NOT_RAPE_TO_CHECK: "To check",
        State.NOT_RAPE_TO_REVIEW: "FCR to review",
    },
    colours={
        State.ASSESSED: "orange",
        State.ASKED: "blue",
        State.RECORDED_TO_CHECK: "yellow",
        State.RECORDED_TO_REVIEW: "blue",
        State.RECORDED: "green",
        State.NOT_RAPE_TO_CHECK: "yellow",
        State.NOT_RAPE_TO_REVIEW: "blue",
        State.NOT_RAPE: "turquoise",
        State.N100_CREATED: "purple",
    },
    one_at_a_time=False,
    opener="Decide on a report of rape",
    suits=may_be_rape,
    guide=Guide(
        heading="Is this rape to be recorded?",
        aside=(
            (
                "Three steps: the victim, or somebody acting for them, says that it happened; as "
                "told, it is more likely than not rape; no credible evidence to the contrary is "
                "there now."
            ),
            "Then it is recorded at once, and at most 24 hours after the report.",
        ),
        inset=(
            "Record what was told. Mental ill-health, drink, an account that changes, a question "
            "of consent or a victim who does not want the police to act are no reasons not to."
        ),
        details="The three-step test",
        before_sending="Next you see what your answers lead to, and do it with one more button.",
    ),
    labels={
        State.DRAFT: "Being assessed",
        State.ASSESSED: "Assessed, to be settled",
        State.ASKED: "Waiting for the FCR’s word on an N100",
        State.RECORDED_TO_CHECK: "Recorded, to be checked",
        State.RECORDED_TO_REVIEW: "Recorded, waiting for the FCR’s review",
        State.RECORDED: "Recorded and reviewed",
        State.NOT_RAPE_TO_CHECK: "Not about rape, to be checked",
        State.NOT_RAPE_TO_REVIEW: "Not about rape, waiting for the FCR’s review",
        State.NOT_RAPE: "Not about rape, confirmed by the FCR",
        State.N100_CREATED: "N100 created",
        State.DISCARDED: "Discarded",
    },
    steps=(
        Step(
            trigger="assess",
            label="See where this leads",
            done="Answered the three-step test",
            source=State.DRAFT,
            dest=State.ASSESSED,
            by=OFFICERS,
            asks=(*q.THE_TEST, *WHICH_RAPE),
            guards=(r.only_the_requester, r.contrary_evidence_is_not_from_the_future),
            cite=crr26("REC-02", "7"),
            outcome="This is what your answers lead to. Do it with the first button.",
            sets_request=True,
        ),
        Step(
            trigger="take_in",
            label="Have a recorded rape checked",
            done="Took in a rape that is recorded already",
            holding=Holding.RELEASE,
            source=State.DRAFT,
            dest=State.RECORDED_TO_CHECK,
            by=OFFICERS,
            offered=r.comes_from_a_crime,
            effects=(
                Notify(
                    (Audience.OFFICER, Audience.OFFICER_SUPERVISOR),
                    "A recorded rape was linked to a report and waits for the supervisor’s check.",
                ),
            ),
            cite=force_policy("N100-12"),
            outcome="A supervisor checks the record, then the FCR reviews it.",
        ),
        Step(
            trigger="record",
            label="Record the rape",
            done="Recorded the rape",
            source=State.ASSESSED,
            dest=State.RECORDED_TO_CHECK,
            by=OFFICERS,
            asks=(q.LATE_REASON,),
            guards=(r.the_answers_lead_to_a_record,),
            effects=(
                re.RecordFromReport(),
                Notify(
                    (Audience.OFFICER, Audience.OFFICER_SUPERVISOR),
                    "A rape was recorded and waits for the supervisor’s check.",
                ),
            ),
            cite=crr26("REC-10", "10"),
            outcome="The rape is recorded. A supervisor checks it, then the FCR reviews it.",
            final_warning="The crime is recorded now and counts.",
        ),
        Step(
            trigger="create_reported",
            label="Create an N100",
            done="Created an N100",
            source=State.ASSESSED,
            dest=State.N100_CREATED,
            by=OFFICERS,
            asks=(q.GROUND, q.REASON),
            guards=r.N100_GROUNDS,
            effects=(re.OpenN100(),),
            cite=crr26("N100-01", "63"),
            outcome="The N100 is created. It goes on from there: a supervisor, then the FCR.",
        ),
        Step(
            trigger="not_rape",
            label="Put it down as not about rape",
            done="Put it down as not about rape",
            source=State.ASSESSED,
            dest=State.NOT_RAPE_TO_CHECK,
            by=OFFICERS,
            asks=(q.NOT_RAPE_WHY,),
            guards=(r.the_answers_lead_to_no_rape,),
            effects=(
                Notify(
                    (Audience.OFFICER_SUPERVISOR,),
                    "A report opened as rape is said not to be about rape. Check it.",
                ),
            ),
            cite=crr26("N100-01", "63"),
            outcome="A supervisor checks it, then the FCR. If another crime was told, record that.",
        ),
        Step(
            trigger="ask_fcr",
            label="Ask the FCR to allow an N100",
            done="Asked the FCR to allow an N100",
            source=State.ASSESSED,
            dest=State.ASKED,
            by=OFFICERS,
            asks=(q.WHY_ASK,),
            guards=(r.the_answers_are_about_rape,),
            effects=(
                Notify((Audience.REGISTRARS,), "You are asked to allow an N100 against the rules."),
            ),
            cite=force_policy("N100-05"),
            outcome="The FCR has been asked. The clock runs on: you can still record the crime.",
        ),
        Step(
            trigger="reassess",
            label="Change the answers",
            done="Went back to change the answers",
            source=(State.ASSESSED, State.ASKED, State.NOT_RAPE_TO_CHECK),
            dest=State.DRAFT,
            by=OFFICERS,
            guards=(r.only_the_requester,),
            cite=crr26("REC-02", "7"),
            outcome="You can change your answers now. The clock runs on.",
        ),
        Step(
            trigger="discard",
            label="Discard it",
            done="Discarded it",
            source=(State.DRAFT, State.ASSESSED),
            dest=State.DISCARDED,
            by=OFFICERS,
            guards=(r.only_the_requester,),
            cite=force_policy("N100-01"),
            outcome="It is discarded. The report still has to be settled, and its clock runs.",
            final_warning="It ends here. The report still has to be settled.",
        ),
        Step(
            trigger="allow_reported",
            label="Allow an N100",
            done="The FCR allowed an N100 against the rules for officers",
            decision=True,
            holding=Holding.RELEASE,
            source=State.ASKED,
            dest=State.N100_CREATED,
            by=REGISTRARS,
            asks=(CODE, q.RATIONALE),
            guards=r.REVIEWER,
            effects=(
                RecordDecision("overridden"),
                re.OpenN100("override"),
                Notify(RUNNING, "The FCR allowed an N100."),
            ),
            cite=force_policy("N100-05"),
            outcome="The N100 stands by your decision, which is counted as an override.",
        ),
        Step(
            trigger="have_recorded",
            label="Have the rape recorded",
            done="The FCR had the rape recorded",
            decision=True,
            key="r",
            holding=Holding.RELEASE,
            source=(State.ASKED, State.NOT_RAPE_TO_REVIEW),
            dest=State.RECORDED,
            by=REGISTRARS,
            asks=(*WHICH_RAPE, q.LATE_REASON, q.RATIONALE),
            guards=r.REVIEWER,
            effects=(
                RecordDecision("recorded"),
                re.RecordFromReport(),
                Notify(RUNNING, "The FCR had the rape recorded."),
                GiveFeedback(
                    Audience.REQUESTER,
                    "A report of yours was a rape to record",
                    source=Source.FCR_REVIEW,
                ),
            ),
            cite=crr26("N100-12", "63"),
            outcome="The rape is recorded now, and whoever decided has your reasons.",
            final_warning="The crime is recorded now and counts.",
        ),
        Step(
            trigger="check_record",
            label="Check the record and send it to the FCR",
            done="Checked the record and sent it to the FCR",
            source=State.RECORDED_TO_CHECK,
            dest=State.RECORDED_TO_REVIEW,
            by=CHECKERS,
            asks=(q.SAFE_CHECKED, q.REMARK),
            guards=(r.somebody_else_checks_it,),
            effects=(Notify((Audience.REGISTRARS,), "A recorded rape waits for review."),),
            cite=force_policy("N100-12"),
            outcome="It is with the FCR, who sees every recorded rape.",
        ),
        Step(
            trigger="check_not_rape",
            label="Check it and send it to the FCR",
            done="Checked it and sent it to the FCR",
            source=State.NOT_RAPE_TO_CHECK,
            dest=State.NOT_RAPE_TO_REVIEW,
            by=CHECKERS,
            asks=(q.SAFE_CHECKED, q.REMARK),
            guards=(r.somebody_else_checks_it,),
            effects=(
                Notify((Audience.REGISTRARS,), "A report said not to be about rape waits for you."),
            ),
            cite=force_policy("N100-12"),
            outcome="It is with the FCR.",
        ),
        Step(
            trigger="agree_record",
            label="Agree with the record",
            done="The FCR agreed with the record",
            decision=True,
            key="a",
            holding=Holding.RELEASE,
            source=State.RECORDED_TO_REVIEW,
            dest=State.RECORDED,
            by=REGISTRARS,
            asks=(q.RATIONALE,),
            guards=r.REVIEWER,
            effects=(RecordDecision("agreed"),),
            cite=force_policy("N100-12"),
            outcome="The record is reviewed.",
        ),
        Step(
            trigger="recode_crime",
            label="Give the crime another class",
            done="The FCR gave the crime another class",
            decision=True,
            holding=Holding.RELEASE,
            source=State.RECORDED_TO_REVIEW,
            dest=State.RECORDED,
            by=REGISTRARS,
            asks=(*WHICH_RAPE, q.RATIONALE),
            guards=(*r.REVIEWER, r.the_rape_still_stands, r.the_new_class_is_another),
            effects=(
                RecordDecision("recoded"),
                re.RecodeCrime(),
                Notify(RUNNING, "The FCR gave a rape you recorded another class."),
                GiveFeedback(
                    Audience.REQUESTER,
                    "The FCR gave a rape you recorded another class",
                    source=Source.FCR_REVIEW,
                ),
            ),
            cite=crr26("CLS-02", "13"),
            outcome="The crime has its new class. The first is kept for good.",
        ),
        Step(
            trigger="agree_not_rape",
            label="Agree that it is not about rape",
            done="The FCR agreed that it is not about rape",
            decision=True,
            key="a",
            holding=Holding.RELEASE,
            source=State.NOT_RAPE_TO_REVIEW,
            dest=State.NOT_RAPE,
            by=REGISTRARS,
            asks=(q.RATIONALE,),
            guards=r.REVIEWER,
            effects=(
                RecordDecision("agreed"),
                re.SettleNoRape(),
                Notify(
                    RUNNING,
                    "The FCR agreed: not about rape. Record any other crime, or close the report.",
                ),
            ),
            cite=crr26("N100-01", "63"),
            outcome="It is settled that the report is not about rape.",
        ),
        Step(
            trigger="send_back",
            label="Send it back to be assessed again",
            done="The FCR sent it back to be assessed again",
            decision=True,
            holding=Holding.RELEASE,
            source=(State.ASKED, State.NOT_RAPE_TO_REVIEW),
            dest=State.DRAFT,
            by=REGISTRARS,
            asks=(q.TO_MEND,),
            guards=r.REVIEWER,
            effects=(
                Notify(RUNNING, "The FCR sent a rape report back to be assessed again."),
                GiveFeedback(
                    Audience.REQUESTER, "The FCR sent a rape report back", source=Source.FCR_REVIEW
                ),
            ),
            cite=force_policy("N100-12"),
            outcome="It is back with the officer, who sees why.",
        ),
    ),
    deadlines=(
        *(
            Deadline(
                state=state,
                what=what,
                until=within_the_limit,
                lengths=(RECORDING_LIMIT,),
                escalation=(),  # the report's own clock speaks
                cite=crr26("N100-04", "10, 63"),
            )
            for state, what in (
                (State.DRAFT, "assess the report"),
                (State.ASSESSED, "record the crime or create the N100"),
                (State.ASKED, "answer the officer"),
            )
        ),
        *(
            Deadline(
                state=state,
                what="check what was decided",
                working_days=lambda facts: REPORTED_CHECK_DAYS.on(facts.today),
                lengths=(REPORTED_CHECK_DAYS,),
                cite=force_policy("N100-12"),
            )
            for state in (State.RECORDED_TO_CHECK, State.NOT_RAPE_TO_CHECK)
        ),
        *(
            Deadline(
                state=state,
                what="review what was decided",
                working_days=lambda facts: REPORTED_REVIEW_DAYS.on(facts.today),
                lengths=(REPORTED_REVIEW_DAYS,),
                cite=force_policy("N100-12"),
            )
            for state in (State.RECORDED_TO_REVIEW, State.NOT_RAPE_TO_REVIEW)
        ),
    ),
)
