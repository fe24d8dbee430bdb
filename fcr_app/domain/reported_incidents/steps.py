"""The steps of a reported incident, made for one kind of it."""

from fcr_app.domain import recording_effects as re, recording_questions as q, recording_rules as r
from fcr_app.domain.citations import Citation, crr26, force_policy
from fcr_app.domain.effects import Audience, GiveFeedback, Notify, RecordDecision
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.domain.reported_incidents.kind import Kind, State, code_question
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS, Role
from fcr_app.domain.workflow import Holding, Step

OFFICERS = REQUESTERS | DECIDERS
#: Where it lives on until it becomes a crime: what is new can come up in any of these.
LIVE = (State.OPEN, State.TO_REVIEW, State.AGREED)
RUNNING = (Audience.REQUESTER, Audience.OFFICER)

Steps = tuple[Step[ReportedFacts], ...]


def steps_of(kind: Kind) -> Steps:
    """Return every step of one kind of reported incident."""
    return (
        *_created(kind),
        *_lived_through(kind),
        *(_transferred() if kind.transfers else ()),
        *_reviewed(kind),
    )


def _created(kind: Kind) -> Steps:
    code = code_question(kind.codes, kind.name)
    create = Step[ReportedFacts](
        trigger="create",
        label=f"Create the {kind.name}",
        done=f"Created the {kind.name}",
        holding=Holding.RELEASE,
        source=State.DRAFT,
        dest=State.OPEN,
        by=OFFICERS,
        asks=kind.asks,
        guards=kind.rules,
        effects=(
            re.CreateReported(),
            Notify((Audience.OFFICER_SUPERVISOR,), f"An {kind.name} waits for your check."),
        ),
        cite=kind.cite,
        outcome=f"The {kind.name} is created. A supervisor checks it, then the FCR reviews it.",
        sets_request=True,
    )
    by_fcr = Step[ReportedFacts](
        trigger="override",
        label=f"Allow the {kind.name} as the FCR",
        done=f"Allowed the {kind.name} as the FCR, against the rules for officers",
        holding=Holding.RELEASE,
        source=State.DRAFT,
        dest=State.AGREED,
        by=REGISTRARS,
        asks=(code, q.RATIONALE),
        guards=(r.the_reviewer_is_the_fcr, r.the_reviewer_took_no_part),
        effects=(
            RecordDecision("overridden"),
            re.CreateReported("overridden"),
            Notify((Audience.OFFICER,), f"The FCR allowed an {kind.name} on your report."),
        ),
        cite=force_policy("N100-05"),
        outcome=f"The {kind.name} stands by your decision, which is counted as an override.",
    )
    moved = Step[ReportedFacts](
        trigger="move_in",
        label=f"Make the recorded crime an {kind.name}",
        done=f"Moved a recorded crime to {kind.name}",
        holding=Holding.RELEASE,
        source=State.DRAFT,
        dest=State.AGREED,
        by=REGISTRARS,
        offered=r.comes_from_a_crime,
        asks=(code, q.RATIONALE),
        guards=(r.the_reviewer_is_the_fcr,),
        effects=(RecordDecision("moved"), re.CreateReported("moved")),
        cite=crr26("N100-14", "63"),
        outcome=f"The {kind.name} stands in place of the crime.",
    )
    return (create, by_fcr, moved, _discard()) if kind.comes_from_crimes else (create, _discard())


def _discard() -> Step[ReportedFacts]:
    return Step(
        trigger="discard",
        label="Discard the draft",
        done="Discarded the draft",
        source=State.DRAFT,
        dest=State.DISCARDED,
        by=OFFICERS,
        guards=(r.only_the_requester,),
        cite=force_policy("N100-01"),
        outcome="The draft is discarded. The report still has to be settled, and its clock runs.",
        final_warning="It ends here. The report still has to be settled.",
    )


def _lived_through(kind: Kind) -> Steps:
    check = Step[ReportedFacts](
        trigger="check",
        label=f"Check the {kind.name} and send it to the FCR",
        done="Checked it and sent it to the FCR",
        source=State.OPEN,
        dest=State.TO_REVIEW,
        by=REGISTRARS | {Role.SUPERVISOR},
        asks=(q.SAFE_CHECKED, q.REMARK),
        guards=(r.somebody_else_checks_it,),
        effects=(
            re.KeepCheck(),
            Notify((Audience.REGISTRARS,), f"An {kind.name} waits for review."),
        ),
        cite=_policy(kind),
        outcome="It is with the FCR, who sees every one.",
    )
    new = Step[ReportedFacts](
        trigger="add_event",
        label="Add what is new",
        done="Added what is new",
        holding=Holding.RELEASE,
        source=LIVE,
        dest=State.OPEN,
        by=OFFICERS,
        asks=(kind.event, q.EVENT_WHAT, *kind.again),
        guards=(r.what_is_confirmed_is_recorded, *kind.rules),
        effects=(
            re.KeepEvent(),
            Notify(
                (Audience.OFFICER_SUPERVISOR,), f"Something is new on an {kind.name}. Check it."
            ),
        ),
        cite=crr26("N100-03", "63"),
        outcome="It is kept, and the question was asked again: it is checked and reviewed again.",
    )
    confirm = Step[ReportedFacts](
        trigger="confirm",
        label=kind.confirmed,
        done="Confirmed, and recorded the crime",
        holding=Holding.RELEASE,
        source=LIVE,
        dest=State.CONVERTED,
        by=OFFICERS,
        asks=(q.CONFIRMED_AT, q.CONFIRMED_BY, *kind.which_crime, q.LATE_REASON),
        guards=(r.the_confirmation_is_not_from_the_future, *kind.crime_rules),
        effects=(
            re.ConvertReported(),
            Notify(
                (*RUNNING, Audience.OFFICER_SUPERVISOR, Audience.REGISTRARS),
                f"An {kind.name} was confirmed and is recorded as a crime.",
            ),
        ),
        cite=crr26("N100-03", "63"),
        outcome=f"The crime is recorded. The {kind.name} is kept with its times.",
        final_warning=f"{kind.crime[0].upper()}{kind.crime[1:]} is recorded now.",
    )
    return check, new, confirm


def _policy(kind: Kind) -> Citation:
    return force_policy(kind.cite.rule)


def _transferred() -> Steps:
    """Return the steps of a transfer, one for each state: they leave the case where it is."""
    return tuple(step for state in LIVE for step in (_reference(state), _transfer(state)))


def _reference(state: State) -> Step[ReportedFacts]:
    return Step(
        trigger="record_reference",
        label="Record the other force’s reference",
        done="Recorded the other force’s reference",
        source=state,
        dest=state,
        by=OFFICERS,
        offered=r.belongs_to_another_force,
        asks=(q.FORCE_REFERENCE, q.FORCE_REFERENCE_AT),
        guards=(r.another_forces_code_comes_first, r.the_reference_is_not_from_the_future),
        effects=(re.KeepForceReference(),),
        cite=crr26("TRF-02", "25"),
        outcome="The reference is on record. Next: tell the victim, then record the transfer.",
    )


def _transfer(state: State) -> Step[ReportedFacts]:
    return Step(
        trigger="transfer",
        label="Record the transfer",
        done="Transferred it to the other force",
        source=state,
        dest=state,
        by=OFFICERS,
        offered=r.belongs_to_another_force,
        asks=(q.TOLD_AT, q.TOLD_WHAT),
        guards=(
            r.another_forces_code_comes_first,
            r.the_reference_is_held,
            r.the_victim_was_told_the_reference,
        ),
        effects=(
            re.KeepTransfer(),
            Notify((Audience.OFFICER_SUPERVISOR,), "An N100/03 was transferred."),
        ),
        cite=crr26("N100-11", "64"),
        outcome="The transfer is on record. The FCR still reviews the N100.",
    )


def _reviewed(kind: Kind) -> Steps:
    code = code_question(kind.codes, kind.name)
    agree = Step[ReportedFacts](
        trigger="agree",
        label="Agree with the code",
        done="The FCR agreed with the code",
        decision=True,
        key="a",
        holding=Holding.RELEASE,
        source=State.TO_REVIEW,
        dest=State.AGREED,
        by=REGISTRARS,
        asks=(q.RATIONALE,),
        guards=(*r.REVIEWER, *kind.final_rules),
        effects=(RecordDecision("agreed"), re.KeepVerdict("agreed")),
        cite=kind.cite,
        outcome=f"The {kind.name} is confirmed with its code.",
    )
    recode = Step[ReportedFacts](
        trigger="recode",
        label="Give it another code",
        done="The FCR gave it another code",
        decision=True,
        holding=Holding.RELEASE,
        source=State.TO_REVIEW,
        dest=State.AGREED,
        by=REGISTRARS,
        asks=(code, q.RATIONALE),
        guards=(*r.REVIEWER, r.the_new_code_is_another, *kind.final_rules),
        effects=(
            RecordDecision("recoded"),
            re.KeepVerdict("recoded"),
            GiveFeedback(
                Audience.REQUESTER,
                f"The FCR gave your {kind.name} another code",
                source=Source.FCR_REVIEW,
            ),
        ),
        cite=kind.cite,
        outcome="It has the new code, and whoever created it has your reasons.",
    )
    record = Step[ReportedFacts](
        trigger="record_crime",
        label=f"Have {kind.crime} recorded",
        done="The FCR had it recorded as a crime",
        decision=True,
        key="r",
        holding=Holding.RELEASE,
        source=State.TO_REVIEW,
        dest=State.CONVERTED,
        by=REGISTRARS,
        asks=(*kind.which_crime, q.LATE_REASON, q.RATIONALE),
        guards=(*r.REVIEWER, *kind.crime_rules),
        effects=(
            RecordDecision("recorded"),
            re.ConvertReported(),
            re.KeepVerdict("recorded"),
            Notify(RUNNING, f"The FCR had {kind.crime} recorded from your {kind.name}."),
            GiveFeedback(
                Audience.REQUESTER,
                f"An {kind.name} of yours was a crime",
                error=kind.error,
                source=Source.FCR_REVIEW,
            ),
        ),
        cite=kind.cite,
        outcome=f"{kind.crime[0].upper()}{kind.crime[1:]} is recorded now.",
        final_warning="The crime is recorded now and counts.",
    )
    cancel = Step[ReportedFacts](
        trigger="cancel",
        label=f"Cancel the {kind.name}",
        done=f"The FCR cancelled the {kind.name}",
        decision=True,
        holding=Holding.RELEASE,
        source=State.TO_REVIEW,
        dest=State.CANCELLED,
        by=REGISTRARS,
        asks=(q.CANCEL_GROUND, q.RATIONALE),
        guards=(*r.REVIEWER, r.only_a_genuine_error_cancels_it),
        effects=(
            RecordDecision("cancelled"),
            re.KeepVerdict("cancelled"),
            re.CancelReported(),
            Notify(RUNNING, f"The FCR cancelled your {kind.name}. Settle the report another way."),
            GiveFeedback(
                Audience.REQUESTER, f"The FCR cancelled your {kind.name}", source=Source.FCR_REVIEW
            ),
        ),
        cite=crr26("N100-13", "63"),
        outcome="It is cancelled. The report is open again and its clock counts from its start.",
        final_warning="It ends here. The report has to be settled in another way.",
    )
    send_back = Step[ReportedFacts](
        trigger="send_back",
        label="Send it back for more",
        done="The FCR sent it back for more",
        decision=True,
        holding=Holding.RELEASE,
        source=State.TO_REVIEW,
        dest=State.OPEN,
        by=REGISTRARS,
        asks=(q.TO_MEND,),
        guards=r.REVIEWER,
        effects=(
            Notify(RUNNING, f"The FCR needs more on your {kind.name}."),
            GiveFeedback(
                Audience.REQUESTER,
                f"The FCR needs more on your {kind.name}",
                source=Source.FCR_REVIEW,
            ),
        ),
        cite=_policy(kind),
        outcome="It is back with the officer, who sees what you need.",
    )
    return agree, recode, record, cancel, send_back
