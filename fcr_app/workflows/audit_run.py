"""An audit as it is carried out: drawn, examined, moderated where two differ, signed off."""

from enum import StrEnum

from fcr_app.domain.audits import rules as r
from fcr_app.domain.audits.facts import RunFacts
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.questions import Kind, Question
from fcr_app.domain.roles import REGISTRARS, Role
from fcr_app.domain.workflow import About, Step, Workflow


class State(StrEnum):
    """Where an audit stands. Stored: to change a value takes a migration."""

    DRAWN = "drawn"
    REVIEWING = "reviewing"
    MODERATING = "moderating"
    SIGNED_OFF = "signed_off"
    ABANDONED = "abandoned"


ARBITER = inspection("FB-03")
EXAMINERS = REGISTRARS | {Role.AUDITOR}

CONCLUSION = Question(
    name="conclusion",
    label="What does the audit show?",
    thing="what the audit shows",
    hint="Goes into the report that can be published. Name nobody.",
    min_length=20,
)
GRADE = Question(
    name="grade",
    label="Grade, if you give one",
    thing="the grade",
    kind=Kind.TEXT,
    hint="It is what you enter. It is never worked out from the rate.",
    max_length=30,
    optional=True,
)
HOURS = Question(
    name="hours_spent",
    label="Hours that it took",
    thing="the hours that it took",
    kind=Kind.TEXT,
    max_length=8,
    optional=True,
)
LIMITS = Question(
    name="limits",
    label="What can the figures not say?",
    thing="what the figures can’t say",
    optional=True,
)
WHY_ABANDONED = Question(
    name="why_abandoned", label="Why is it given up?", thing="why it is given up", min_length=20
)
WHY_REOPENED = Question(
    name="why_reopened", label="Why is it opened again?", thing="why it is opened again",
    min_length=20,
)  # fmt: skip

STEPS: tuple[Step[RunFacts], ...] = (
    Step(
        trigger="begin",
        label="Begin",
        done="Began to examine the records",
        source=State.DRAWN,
        dest=State.REVIEWING,
        by=EXAMINERS,
        cite=ARBITER,
        outcome="The audit is under way.",
    ),
    Step(
        trigger="finish_reviews",
        label="Finish examining",
        done="Examined the last record",
        source=State.REVIEWING,
        dest=State.MODERATING,
        by=EXAMINERS | {Role.SYSTEM},
        guards=(r.every_record_is_examined,),
        cite=ARBITER,
        outcome="The FCR moderates and signs off.",
    ),
    Step(
        trigger="examine_again",
        label="Go back to examining",
        done="Went back to examining",
        source=State.MODERATING,
        dest=State.REVIEWING,
        by=EXAMINERS | {Role.SYSTEM},
        cite=ARBITER,
        outcome="There are records to examine again.",
    ),
    Step(
        trigger="sign_off",
        label="Sign it off",
        done="Signed the audit off",
        source=State.MODERATING,
        dest=State.SIGNED_OFF,
        by=REGISTRARS,
        asks=(CONCLUSION, LIMITS, GRADE, HOURS),
        guards=(r.every_record_is_examined, r.every_difference_is_settled),
        cite=ARBITER,
        outcome="Its figures stand. Its report is being made; you are told when it is ready.",
        final_warning="The figures stand from now on. A change needs a reason and a new edition.",
        decision=True,
    ),
    Step(
        trigger="reopen",
        label="Open it again",
        done="Opened the audit again",
        source=State.SIGNED_OFF,
        dest=State.MODERATING,
        by=REGISTRARS,
        asks=(WHY_REOPENED,),
        cite=force_policy("ROLE-03"),
        outcome="It can be moderated again. What was reported stays as it was.",
    ),
    Step(
        trigger="abandon",
        label="Give it up",
        done="Gave the audit up",
        source=(State.DRAWN, State.REVIEWING, State.MODERATING),
        dest=State.ABANDONED,
        by=REGISTRARS,
        asks=(WHY_ABANDONED,),
        cite=ARBITER,
        outcome="It counts nowhere. What was drawn and examined stays to be read.",
        final_warning="It can’t be taken up again, and its period is not drawn a second time.",
    ),
)

AUDIT_RUN: Workflow[RunFacts] = Workflow(
    key="audit_run",
    title="Audit",
    summary=(
        "A frozen frame, a drawn sample. Auditors examine each record; a share is examined twice, "
        "blind; where two differ the FCR says what counts, and signs the audit off."
    ),
    policy=ARBITER,
    about=About.AUDIT,
    states=State,
    initial=State.DRAWN,
    final=frozenset({State.ABANDONED}),
    settled=frozenset({State.SIGNED_OFF, State.ABANDONED}),
    awaiting=frozenset({State.MODERATING}),
    begins="AUD",
    colours={
        State.DRAWN: "blue",
        State.REVIEWING: "yellow",
        State.MODERATING: "orange",
        State.SIGNED_OFF: "green",
    },
    short_labels={State.MODERATING: "To be moderated"},
    labels={
        State.DRAWN: "Drawn, not begun",
        State.REVIEWING: "Being examined",
        State.MODERATING: "To be moderated and signed off",
        State.SIGNED_OFF: "Signed off",
        State.ABANDONED: "Given up",
    },
    steps=STEPS,
)
