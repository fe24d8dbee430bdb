"""Deciding not to record what was reported.

A report that is about a crime is recorded. Where one of a closed list of grounds holds, it is not:
the decision is kept with its reasons, the victim or the reporter is told, and they may appeal or
bring new information. Somebody else decides an appeal.
"""

from enum import StrEnum

from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import (
    Audience,
    GiveFeedback,
    Notify,
    RecordAppeal,
    RecordDecision,
    RecordException,
    RecordReportedCrime,
    RecordVictimNotice,
    ReopenReport,
    SettleReport,
)
from fcr_app.domain.guide import Guide
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incident_facts import IncidentFacts, RecordingFacts
from fcr_app.domain.not_recording import after_rules as after, decision_rules as r, questions as q
from fcr_app.domain.not_recording.grounds import GROUND, Ground
from fcr_app.domain.removal_questions import RATIONALE
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS
from fcr_app.domain.rules import APPEAL_DAYS, RECONSIDER_DAYS, TELL_REPORTER_DAYS
from fcr_app.domain.shared_rules import only_the_requester, the_reviewer_took_no_part
from fcr_app.domain.workflow import About, Holding, Step, Workflow


class State(StrEnum):
    """Where a decision not to record stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    TO_TELL = "not_recorded_to_tell"
    TOLD = "not_recorded"
    APPEALED = "appealed"
    DISMISSED = "appeal_dismissed_to_tell"
    CLOSED = "appeal_dismissed"
    TO_DECIDE_AGAIN = "to_decide_again"
    RECORDED = "recorded_after_all"
    WITHDRAWN = "withdrawn"


ANYBODY = REQUESTERS | DECIDERS
SHORT: dict[str, str] = {
    Ground.NO_CRIME: "Not recorded: no crime",
    Ground.CONTRARY: "Not recorded: contrary evidence",
    Ground.NOT_CONFIRMED: "Not recorded: not confirmed",
    Ground.UNTRACED: "Not recorded: victim not found",
    Ground.ELSEWHERE: "Not recorded: other force",
    Ground.SCHOOL: "Not recorded: school protocol",
    Ground.DISORDER: "Not recorded: disorder over",
    Ground.ON_DUTY: "Not recorded: police on duty",
    Ground.COUNTER: "Not recorded: counter-allegation",
}


def no_rape_and_not_settled(report: IncidentFacts) -> bool:
    """It suits a report that nothing has settled yet and that tells of no rape."""
    return not report.told_of_rape and report.settled_at is None


NOT_RECORDED: Workflow[RecordingFacts] = Workflow(
    key="not_recorded",
    title="Decide not to record a crime",
    opener="Decide not to record",
    summary=(
        "Whoever deals with a report decides on one of a closed list of grounds that no crime is "
        "recorded; the victim or reporter is told; somebody else decides their appeal."
    ),
    policy=crr26("REC-12", "10"),
    about=About.INCIDENT,
    suits=no_rape_and_not_settled,
    begins="NOT",
    states=State,
    initial=State.DRAFT,
    final=frozenset({State.RECORDED, State.WITHDRAWN}),
    settled=frozenset({State.TOLD, State.CLOSED, State.RECORDED, State.WITHDRAWN}),
    awaiting=frozenset({State.APPEALED}),
    needs=lambda _facts: Needed.DDM.value,
    asked=lambda facts: facts.said(GROUND),
    headline=lambda _code: "Not to be recorded",
    asked_labels=SHORT,
    guide=Guide(
        heading="Decide not to record a crime",
        aside=(
            "What more likely than not is a notifiable crime is recorded within 24 hours.",
            "It is not recorded only if one of these grounds holds.",
            "You tell the victim or the reporter what you decided. They can appeal.",
        ),
        inset=(
            "That the victim will not prosecute, that nobody was identified, or that the evidence "
            "is not enough is no ground. Record the crime, and finish it with an outcome."
        ),
        before_sending=(
            "This settles the report. The next thing to do is to tell the victim or the reporter; "
            "the case stays open until that is on record."
        ),
    ),
    short_labels={
        State.TO_TELL: "To be told",
        State.APPEALED: "Appeal",
        State.DISMISSED: "To be told again",
        State.TO_DECIDE_AGAIN: "Decide again",
        State.RECORDED: "Recorded",
        State.CLOSED: "Dismissed, told",
    },
    colours={
        State.TO_TELL: "yellow",
        State.TOLD: "green",
        State.APPEALED: "blue",
        State.DISMISSED: "yellow",
        State.CLOSED: "green",
        State.TO_DECIDE_AGAIN: "orange",
        State.RECORDED: "green",
    },
    labels={
        State.DRAFT: "Draft",
        State.TO_TELL: "Not recorded, reporter to be told",
        State.TOLD: "Not recorded, reporter told",
        State.APPEALED: "Appeal waiting for a decision",
        State.DISMISSED: "Appeal dismissed, reporter to be told",
        State.CLOSED: "Appeal dismissed, reporter told",
        State.TO_DECIDE_AGAIN: "New information, to be decided again",
        State.RECORDED: "Recorded after all",
        State.WITHDRAWN: "Withdrawn",
    },
    steps=(
        Step(
            trigger="decide",
            label="Decide not to record",
            done="Decided not to record",
            holding=Holding.RELEASE,
            source=(State.DRAFT, State.TO_DECIDE_AGAIN),
            dest=State.TO_TELL,
            by=ANYBODY,
            asks=q.REQUEST,
            guards=(only_the_requester, *r.DECISION_RULES),
            effects=(
                RecordDecision("not_recorded"),
                SettleReport(ClosingCode.NOT_RECORDED.value),
                Notify(
                    (Audience.OFFICER, Audience.OFFICER_SUPERVISOR),
                    "It was decided not to record a crime. The reporter has to be told.",
                ),
            ),
            cite=crr26("REC-12", "10"),
            outcome="No crime is recorded. Next: tell the victim or the reporter, and record it.",
            sets_request=True,
        ),
        Step(
            trigger="withdraw",
            label="Withdraw it",
            done="Withdrew it",
            holding=Holding.RELEASE,
            source=State.DRAFT,
            dest=State.WITHDRAWN,
            by=ANYBODY,
            guards=(only_the_requester,),
            cite=force_policy("REC-12"),
            outcome="Nothing was decided. The report’s clock goes on.",
            final_warning="Nothing is decided. The report still has to be settled, in time.",
        ),
        Step(
            trigger="record_telling",
            label="Record that the reporter was told",
            done="Recorded that the reporter was told",
            source=State.TO_TELL,
            dest=State.TOLD,
            by=ANYBODY,
            asks=q.TELLING,
            guards=(after.the_reporter_was_told_after_the_decision,),
            effects=(RecordVictimNotice(),),
            cite=crr26("REC-12", "10"),
            outcome="It is on record that they were told. They may appeal, or bring information.",
        ),
        Step(
            trigger="ask_to_be_excused",
            label="Say why nobody can be told",
            done="Asked to be excused from telling",
            source=State.TO_TELL,
            dest=State.TO_TELL,
            by=ANYBODY,
            asks=q.EXCUSE,
            effects=(
                RecordException(approved=False),
                Notify((Audience.REGISTRARS,), "Somebody asks to be excused from telling."),
            ),
            cite=force_policy("REC-12"),
            outcome="The FCR has been asked. Until they agree, the case stays open.",
        ),
        Step(
            trigger="excuse",
            label="Agree that nobody can be told",
            done="Agreed that nobody can be told",
            source=State.TO_TELL,
            dest=State.TOLD,
            by=REGISTRARS,
            asks=q.EXCUSE,
            guards=(after.the_fcr_excuses_from_telling, the_reviewer_took_no_part),
            effects=(
                RecordException(approved=True),
                Notify((Audience.REQUESTER,), "The FCR agreed that nobody can be told."),
            ),
            cite=force_policy("REC-12"),
            outcome="The exception is on record, and the case is at rest.",
        ),
        Step(
            trigger="appeal",
            label="Record an appeal",
            done="Recorded an appeal",
            holding=Holding.RELEASE,
            source=(State.TO_TELL, State.TOLD),
            dest=State.APPEALED,
            by=ANYBODY,
            asks=q.APPEAL,
            guards=(
                after.nothing_else_has_settled_the_report,
                after.the_appeal_came_after_the_decision,
            ),
            effects=(
                RecordAppeal(),
                Notify((Audience.REGISTRARS,), "An appeal against not recording has come in."),
            ),
            cite=crr26("REC-12", "10"),
            outcome="The appeal is with those who may decide it and took no part.",
        ),
        Step(
            trigger="add_information",
            label="Add new information",
            done="Added new information",
            holding=Holding.RELEASE,
            source=(State.TO_TELL, State.TOLD, State.CLOSED),
            dest=State.TO_DECIDE_AGAIN,
            by=ANYBODY,
            asks=(q.NEW_INFORMATION,),
            guards=(after.nothing_else_has_settled_the_report,),
            effects=(
                ReopenReport(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER, Audience.OFFICER_SUPERVISOR),
                    "There is new information about a report on which no crime was recorded. "
                    "Decide again: its clock runs from the first report.",
                ),
            ),
            cite=crr26("REC-12", "10"),
            outcome="The report is open again. Record the crime, or decide again on what is known.",
        ),
        Step(
            trigger="uphold",
            label="Uphold the appeal and record the crime",
            done="Upheld the appeal, and recorded the crime",
            decision=True,
            holding=Holding.RELEASE,
            source=State.APPEALED,
            dest=State.RECORDED,
            by=DECIDERS,
            asks=(*q.RECORD, RATIONALE),
            guards=(
                *after.APPEAL_DECIDER_RULES,
                after.nothing_else_has_settled_the_report,
                *after.OFFENCE_RULES,
            ),
            effects=(
                RecordDecision("upheld"),
                ReopenReport(),
                RecordReportedCrime(),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER),
                    "The appeal was upheld, and the crime is recorded. Tell the victim.",
                ),
                GiveFeedback(Audience.DECIDER, "A decision of yours not to record was overturned"),
            ),
            cite=crr26("REC-12", "10"),
            outcome="The crime is recorded, and whoever decided first has your reasons.",
            final_warning="The crime is recorded now, and counts.",
        ),
        Step(
            trigger="dismiss",
            label="Dismiss the appeal",
            done="Dismissed the appeal",
            decision=True,
            holding=Holding.RELEASE,
            source=State.APPEALED,
            dest=State.DISMISSED,
            by=DECIDERS,
            asks=(RATIONALE,),
            guards=(*after.APPEAL_DECIDER_RULES, after.nothing_else_has_settled_the_report),
            effects=(
                RecordDecision("dismissed"),
                Notify(
                    (Audience.REQUESTER, Audience.OFFICER),
                    "The appeal was dismissed. Tell whoever appealed, with the reasons.",
                ),
            ),
            cite=crr26("REC-12", "10"),
            outcome="Dismissed. Next: whoever appealed is told your reasons.",
        ),
        Step(
            trigger="record_second_telling",
            label="Record that they were told of the appeal",
            done="Recorded that they were told of the appeal",
            source=State.DISMISSED,
            dest=State.CLOSED,
            by=ANYBODY,
            asks=q.TELLING,
            guards=(after.the_reporter_was_told_after_the_decision,),
            effects=(RecordVictimNotice(),),
            cite=crr26("REC-12", "10"),
            outcome="It is on record that they were told how the appeal ended.",
        ),
        Step(
            trigger="excuse_second_telling",
            label="Agree that they can’t be told of the appeal",
            done="Agreed that they can’t be told of the appeal",
            source=State.DISMISSED,
            dest=State.CLOSED,
            by=REGISTRARS,
            asks=q.EXCUSE,
            guards=(after.the_fcr_excuses_from_telling, the_reviewer_took_no_part),
            effects=(RecordException(approved=True),),
            cite=force_policy("REC-12"),
            outcome="The exception is on record, and the case is at rest.",
        ),
        Step(
            trigger="record_crime",
            label="Record the crime",
            done="Recorded the crime",
            holding=Holding.RELEASE,
            source=State.TO_DECIDE_AGAIN,
            dest=State.RECORDED,
            by=ANYBODY,
            asks=q.RECORD,
            guards=(r.the_report_is_still_to_be_settled, *after.OFFENCE_RULES),
            effects=(
                RecordReportedCrime(),
                Notify((Audience.REQUESTER, Audience.OFFICER), "The crime has been recorded."),
            ),
            cite=crr26("REC-02", "7"),
            outcome="The crime is recorded.",
            final_warning="The crime is recorded now, and counts.",
        ),
        Step(
            trigger="note_record",
            label="Close it: a crime has been recorded",
            done="Noted that a crime was recorded",
            holding=Holding.RELEASE,
            source=(State.TO_TELL, State.DISMISSED, State.TO_DECIDE_AGAIN),
            dest=State.RECORDED,
            by=ANYBODY,
            offered=after.a_crime_is_recorded_from_it,
            cite=crr26("REC-02", "7"),
            outcome="The case is closed: the crime is recorded.",
        ),
    ),
    deadlines=(
        Deadline(
            state=State.TO_TELL,
            what="tell the victim or the reporter",
            working_days=lambda facts: TELL_REPORTER_DAYS.on(facts.today),
            lengths=(TELL_REPORTER_DAYS,),
            cite=force_policy("REC-12"),
        ),
        Deadline(
            state=State.APPEALED,
            what="decide the appeal",
            working_days=lambda facts: APPEAL_DAYS.on(facts.today),
            lengths=(APPEAL_DAYS,),
            cite=force_policy("REC-12"),
        ),
        Deadline(
            state=State.DISMISSED,
            what="tell whoever appealed",
            working_days=lambda facts: TELL_REPORTER_DAYS.on(facts.today),
            lengths=(TELL_REPORTER_DAYS,),
            cite=force_policy("REC-12"),
        ),
        Deadline(
            state=State.TO_DECIDE_AGAIN,
            what="decide again",
            working_days=lambda facts: RECONSIDER_DAYS.on(facts.today),
            lengths=(RECONSIDER_DAYS,),
            cite=force_policy("REC-12"),
        ),
    ),
)
