"""Makes the workflow of a kind of reported incident: one life for all, the differences as data."""

from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.recording_rules import code_of, reviewer_authority
from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.domain.reported_incidents.kind import Kind, State
from fcr_app.domain.reported_incidents.steps import steps_of
from fcr_app.domain.rules import RECORDING_LIMIT, REPORTED_CHECK_DAYS, REPORTED_REVIEW_DAYS
from fcr_app.domain.workflow import About, Workflow


def reported_incident(kind: Kind) -> Workflow[ReportedFacts]:
    """Return the workflow of one kind of reported incident."""
    return Workflow(
        key=kind.key,
        title=kind.title,
        summary=kind.summary,
        policy=kind.cite,
        states=State,
        initial=State.DRAFT,
        final=frozenset({State.CONVERTED, State.CANCELLED, State.DISCARDED}),
        settled=frozenset({State.AGREED, State.CONVERTED, State.CANCELLED, State.DISCARDED}),
        awaiting=frozenset({State.TO_REVIEW}),
        authority=reviewer_authority,
        needs=lambda _facts: Needed.FCR.value,
        asked=code_of,
        about=About.INCIDENT,
        begins=kind.name,
        headline=lambda code: f"N{code}" if code else kind.name,
        asked_labels={code: f"N{code}" for code in kind.codes},
        short_labels={State.OPEN: "To check", State.TO_REVIEW: "FCR to review"},
        colours={
            State.OPEN: "yellow",
            State.TO_REVIEW: "blue",
            State.AGREED: "green",
            State.CONVERTED: "turquoise",
            State.CANCELLED: "red",
        },
        one_at_a_time=False,
        opener=f"Create an {kind.name}",
        suits=kind.suits,
        guide=kind.guide,
        labels={
            State.DRAFT: "Being written",
            State.OPEN: "Created, to be checked",
            State.TO_REVIEW: "Waiting for the FCR’s review",
            State.AGREED: "Confirmed by the FCR",
            State.CONVERTED: "Recorded as a crime",
            State.CANCELLED: "Cancelled",
            State.DISCARDED: "Draft discarded",
        },
        steps=steps_of(kind),
        deadlines=(
            Deadline(
                state=State.DRAFT,
                what=f"create the {kind.name}",
                until=lambda facts: facts.incident.record_by_at,
                lengths=(RECORDING_LIMIT,),
                escalation=(),  # the report's own clock speaks
                cite=crr26("N100-04", "10, 63"),
            ),
            Deadline(
                state=State.OPEN,
                what=f"check the {kind.name}",
                working_days=lambda facts: REPORTED_CHECK_DAYS.on(facts.today),
                lengths=(REPORTED_CHECK_DAYS,),
                cite=force_policy(kind.cite.rule),
            ),
            Deadline(
                state=State.TO_REVIEW,
                what=f"review the {kind.name}",
                working_days=lambda facts: REPORTED_REVIEW_DAYS.on(facts.today),
                lengths=(REPORTED_REVIEW_DAYS,),
                cite=force_policy(kind.cite.rule),
            ),
        ),
    )
