"""A sixth policy in one file: N300 lives the life of an N100, with eight codes of its own."""

from pathlib import Path
from typing import Any

import pytest

from fcr_app.domain.guards import Verdict
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.reported_incidents import State
from fcr_app.errors import StepRefused
from fcr_app.workflows import n300
from fcr_app.workflows.n100 import N100
from fcr_app.workflows.n300 import N300
from tests.builders import NOW
from tests.facts_builders import a_registered_fcr
from tests.recording_builders import MOMENT_AGO, WHY, a_report, reported_facts

DEATH = a_report(opening_code=OpeningCode.DEATH)
MADE = {
    "code": "300/01",
    "relationship": "The man in the flat",
    "reason": WHY,
    "safeguarding": "The family was told in person.",
}
MURDER = {
    "confirmed_at": MOMENT_AGO,
    "confirmed_by": "The pathologist, to the officer",
    "offence": "1 001/01",
}


def decide(trigger: str, state: State, actor: Any = None, **facts: Any) -> Any:
    usual: dict[str, Any] = {"report": DEATH, "code": "300/01"}
    return N300.decide(trigger, state, reported_facts(actor, **{**usual, **facts}))


def test_it_is_one_small_file() -> None:
    assert len(Path(n300.__file__).read_text(encoding="utf-8").splitlines()) < 100


def test_it_has_the_states_of_an_n100() -> None:
    assert N300.states is N100.states
    assert {s.trigger for s in N300.steps} <= {s.trigger for s in N100.steps}


def test_it_has_eight_codes_and_each_can_be_given() -> None:
    for number in range(1, 9):
        says = {**MADE, "code": f"300/{number:02}"}
        assert decide("create", State.DRAFT, says=says, code="").state is State.OPEN
    with pytest.raises(StepRefused, match="Select the code"):
        decide("create", State.DRAFT, says={**MADE, "code": "300/09"}, code="")


def test_an_unclear_death_rarely_keeps_that_code() -> None:
    fcr = a_registered_fcr()
    with pytest.raises(StepRefused, match="despite the warning"):
        decide("agree", State.TO_REVIEW, fcr, says={"rationale": WHY})

    despite = {"rationale": WHY, "warning_rationale": "The inquest closed with an open verdict."}
    outcome = decide("agree", State.TO_REVIEW, fcr, says=despite)
    assert [check.verdict for check in outcome.warnings] == [Verdict.WARNING]
    clear = decide("agree", State.TO_REVIEW, fcr, says={"rationale": WHY}, code="300/06")
    assert clear.state is State.AGREED


def test_a_senior_detective_is_asked_before_a_homicide_is_recorded() -> None:
    with pytest.raises(StepRefused) as refused:
        decide("confirm", State.OPEN, says=MURDER)
    assert [refusal.rule for refusal in refused.value.refusals] == ["CLS-06"]

    asked = {**MURDER, "warning_rationale": "The on-call detective was asked at nine and agrees."}
    assert decide("confirm", State.OPEN, says=asked).state is State.CONVERTED
    road = {**MURDER, "offence": "4/4 004/04"}
    assert decide("confirm", State.OPEN, says=road).state is State.CONVERTED


def test_it_suits_reports_of_a_death_only() -> None:
    assert N300.suits(DEATH)
    assert not N300.suits(a_report())
    assert N100.suits(a_report())
    assert not N100.suits(DEATH)
    assert NOW.tzinfo is not None
