"""Moving a recorded rape to N100.

Only where it is found very early, before any substantive investigation, that it was an N100 from
the start, and only by a registrar accredited by the College of Policing. Later a rape that did not
happen is cancelled under C2.
"""

from enum import StrEnum

from fcr_app.domain import recording_effects as re
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.effects import Audience, Notify, RecordDecision
from fcr_app.domain.guide import Guide
from fcr_app.domain.n100_move import (
    MOVE_ASKS,
    MOVE_RULES,
    N100MoveFacts,
    registrar_text,
)
from fcr_app.domain.roles import REGISTRARS
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.domain.shared_rules import only_the_requester
from fcr_app.domain.workflow import Step, Workflow


class State(StrEnum):
    """Where the move stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    MOVED = "n_moved"
    WITHDRAWN = "withdrawn"


N100_MOVE: Workflow[N100MoveFacts] = Workflow(
    key="n100_move",
    title="Move a recorded rape to N100",
    summary=(
        "A registrar finds, before any substantive investigation, that a recorded rape was an N100 "
        "from the start. The crime leaves the statistics and the N100 takes its place."
    ),
    policy=crr26("CLS-03", "63"),
    states=State,
    initial=State.DRAFT,
    final=frozenset({State.MOVED, State.WITHDRAWN}),
    settled=frozenset({State.MOVED, State.WITHDRAWN}),
    awaiting=frozenset(),
    authority=registrar_text,
    asked=lambda facts: facts.said(MOVE_ASKS[0]),
    begins="MOV",
    headline=lambda _code: "Move to N100",
    asked_labels={code: f"Move to N{code}" for code in ("100/01", "100/02", "100/03")},
    opener="Move to N100, found early",
    classes=RAPE_CLASSES,
    colours={State.MOVED: "green"},
    guide=Guide(
        heading="Was this rape an N100 from the start?",
        aside=(
            "Only a registrar on the College of Policing register may do this, very early.",
            "Once there was any substantive investigation, C2 is the way.",
        ),
        details="What shows it",
        before_sending="The crime leaves the statistics now, and the N100 is created.",
    ),
    labels={State.DRAFT: "Draft", State.MOVED: "Moved to N100", State.WITHDRAWN: "Withdrawn"},
    steps=(
        Step(
            trigger="move",
            label="Move it to N100",
            done="Moved it to N100",
            source=State.DRAFT,
            dest=State.MOVED,
            by=REGISTRARS,
            asks=MOVE_ASKS,
            guards=MOVE_RULES,
            effects=(
                RecordDecision("moved"),
                re.MoveToN100(),
                Notify((Audience.OFFICER_IN_CASE,), "A rape of yours was moved to N100."),
            ),
            cite=crr26("N100-14", "63"),
            outcome="The crime no longer counts. The N100 stands in its place.",
            final_warning="The crime leaves the statistics now.",
            sets_request=True,
        ),
        Step(
            trigger="withdraw",
            label="Leave the crime as it is",
            done="Left the crime as it is",
            source=State.DRAFT,
            dest=State.WITHDRAWN,
            by=REGISTRARS,
            guards=(only_the_requester,),
            cite=force_policy("CLS-03"),
            outcome="The crime stays recorded.",
        ),
    ),
)
