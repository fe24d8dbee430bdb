"""Who may do what to feedback, in each state; and its rules one by one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain.facts import Facts
from fcr_app.domain.feedback import rules as r
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.feedback.sources import SOURCES, rule_text
from fcr_app.domain.feedback.suggestions import SUGGESTIONS
from fcr_app.domain.guards import Verdict
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import (
    SYSTEM_ACTOR,
    Accreditation,
    AccreditationKind,
    Actor,
    Role,
)
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME as POLICY, State
from tests.builders import NOW, TODAY

WORDS = "What was known at the time is in the log, and together that settles it."
REGISTER = Accreditation(
    kind=AccreditationKind.REGISTER, starts_on=TODAY, ends_on=None, evidence="Demo 1"
)


def somebody(number: int, *roles: Role, registered: bool = False) -> Actor:
    return Actor(
        id=number,
        name=f"Demo {number}",
        roles=frozenset(roles),
        accreditations=(REGISTER,) if registered else (),
    )


PEOPLE = {
    "addressee": somebody(1, Role.OFFICER),
    "sender": somebody(2, Role.DDM),
    "supervisor": somebody(3, Role.SUPERVISOR),
    "fcr": somebody(4, Role.FCR, registered=True),
    "lapsed fcr": somebody(5, Role.FCR),
    "colleague": somebody(6, Role.OFFICER),
    "ddm": somebody(7, Role.DDM),
    "auditor": somebody(8, Role.AUDITOR),
    "administrator": somebody(9, Role.ADMINISTRATOR),
    "system": SYSTEM_ACTOR,
}
ANSWERS = {
    "reply": "I see.",
    "why_disputed": WORDS,
    "why_withdrawn": WORDS,
    "why_changed": WORDS,
    "rationale": WORDS,
    "concern": WORDS,
    "seen": "Crime DEMO/1 was recorded",
    "correction": "record_n100",
    "error": "E07",
    "to_do": WORDS,
}
HELD = {"error": "E06", "rule": "REC-08", "reasons": WORDS, "correction": "record_crime"}
WATCHES = {"refer": {"fcr"}}
CHANGES = {"change_what_to_do": {"fcr"}, **WATCHES}
ANSWERED = {who: {"addressee"} for who in ("agree", "dispute")}
CLOSERS = {"sender", "supervisor", "fcr", "lapsed fcr"}
#: With the correction not on record yet; what is not listed nobody may do.
WHO_MAY_DO_WHAT: dict[State, dict[str, set[str]]] = {
    State.SENT: {**ANSWERED, "acknowledge": {"addressee"}, "withdraw": {"sender"}, **CHANGES},
    State.ACKNOWLEDGED: {**ANSWERED, **CHANGES},
    State.AGREED: CHANGES,
    State.UPHELD: CHANGES,
    State.DISPUTED: {
        **{trigger: {"fcr"} for trigger in ("uphold", "uphold_in_part", "set_aside")},
        **WATCHES,
    },
    State.CLOSED: WATCHES,
    State.SET_ASIDE: WATCHES,
    State.WITHDRAWN: {},
}
#: What is possible besides once the record shows it.
ONCE_CORRECTED: dict[State, dict[str, set[str]]] = {
    State.SENT: {"see_correction": {"system"}},
    State.ACKNOWLEDGED: {"see_correction": {"system"}, "close": CLOSERS},
    State.AGREED: {"see_correction": {"system"}, "close_corrected": {"system"}, "close": CLOSERS},
    State.UPHELD: {"see_correction": {"system"}, "close_corrected": {"system"}, "close": CLOSERS},
    State.DISPUTED: {"see_correction": {"system"}},
}


def facts(actor: Actor, **more: Any) -> FeedbackFacts:
    known: dict[str, Any] = {
        "actor": actor,
        "now": NOW,
        "opened_by_id": 2,
        "addressee_id": 1,
        "supervisor_id": 3,
        "request": HELD,
        "answers": {},
        "correct_by_at": NOW + timedelta(hours=24),
    }
    return FeedbackFacts(**{**known, **more})


def may(state: State, seen: dict[Correction, str]) -> dict[str, set[str]]:
    """Return who may take each step from a state, by trying."""
    found: dict[str, set[str]] = {}
    for step in POLICY.steps_from(state):
        asked = {question.name for question in step.asks}
        said = {name: text for name, text in ANSWERS.items() if name in asked}
        for who, actor in PEOPLE.items():
            here: Any = facts(actor, answers=said, seen=seen)
            allowed = step.may_be_taken_by(actor) and step.offered(here)
            if allowed and not step.refusals(here):
                found.setdefault(step.trigger, set()).add(who)
    return found


@pytest.mark.parametrize("state", WHO_MAY_DO_WHAT)
def test_who_may_do_what(state: State) -> None:
    assert may(state, {}) == WHO_MAY_DO_WHAT[state]


@pytest.mark.parametrize("state", ONCE_CORRECTED)
def test_who_may_do_what_once_the_record_shows_it(state: State) -> None:
    shown = {Correction.RECORD_CRIME: "Crime DEMO/1 was recorded"}

    assert may(state, shown) == {**WHO_MAY_DO_WHAT[state], **ONCE_CORRECTED[state]}


def test_what_says_well_done_is_read_and_nothing_else() -> None:
    praise = facts(PEOPLE["addressee"], request={"error": "right", "correction": "none"})

    offered = [step.trigger for step in POLICY.steps_from(State.SENT) if step.offered(praise)]
    mine = [trigger for trigger in offered if trigger in ("read", "agree", "dispute", "withdraw")]
    assert mine == ["read"]


@pytest.mark.parametrize(
    ("rule", "held", "says"),
    [
        (r.an_error_names_its_rule, {"error": "E06"}, "Select the rule"),
        (r.an_error_names_its_rule, {"error": "E23"}, ""),
        (r.an_error_names_its_rule, {"error": "right"}, ""),
        (r.what_was_right_needs_no_correction, {"error": "right", "correction": "none"}, ""),
        (
            r.what_was_right_needs_no_correction,
            {"error": "right", "correction": "reclassify"},
            "nothing is to be corrected",
        ),
        (r.the_record_is_put_right, HELD, "does not show it yet"),
        (r.the_record_is_put_right, {**HELD, "correction": "none"}, ""),
        (r.nothing_is_to_be_answered, HELD, "agree with it or dispute it"),
        (r.nothing_is_to_be_answered, {"error": "none", "correction": "none"}, ""),
    ],
)
def test_a_rule_says_what_is_wrong(rule: Any, held: dict[str, str], says: str) -> None:
    check = rule.check(facts(PEOPLE["addressee"], request=held))

    assert says in check.reason
    assert (check.verdict is Verdict.MET) is (says == "")


def test_a_correction_has_to_suit_the_record() -> None:
    here = facts(PEOPLE["sender"], possible=frozenset({Correction.RECLASSIFY}))

    check = r.the_correction_suits_the_record.check(here)
    assert check is not None
    assert "can’t be done on this record" in check.reason
    held = {**HELD, "correction": "reclassify"}
    fits = r.the_correction_suits_the_record.check(replace(here, request=held))
    assert fits is not None
    assert fits.verdict is Verdict.MET


def test_a_registrar_never_rules_on_feedback_to_themselves() -> None:
    check = r.the_fcr_rules_on_a_dispute.check(facts(PEOPLE["fcr"], addressee_id=4))

    assert check is not None
    assert "Another registrar" in check.reason


def test_ruling_on_ones_own_feedback_is_warned_of() -> None:
    check = r.somebody_else_gave_it.check(facts(PEOPLE["fcr"], opened_by_id=4))

    assert check is not None
    assert check.verdict is Verdict.WARNING


@pytest.mark.parametrize("error", ErrorType)
def test_each_error_brings_its_rule_and_what_is_right(error: ErrorType) -> None:
    usual = SUGGESTIONS[error]

    assert usual.right_decision.endswith(".")
    assert usual.to_do.endswith(".")
    assert usual.rule in SOURCES or error.value in r.WITHOUT_A_RULE


def test_each_rule_is_quoted_with_its_source() -> None:
    assert set(SOURCES) <= set(HANDBOOK)
    for rule in SOURCES:
        assert rule_text(rule).startswith(f"{rule} ")
        assert rule_text(rule).endswith(")")
    assert rule_text("NO-99") == ""


def test_its_facts_are_what_every_rule_may_look_at() -> None:
    assert issubclass(FeedbackFacts, Facts)
