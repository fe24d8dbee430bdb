"""Rules every workflow must obey. A new workflow is covered by being listed."""

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from fcr_app.domain.effects import RecordDecision
from fcr_app.domain.guards import Guard
from fcr_app.domain.questions import Kind, Question
from fcr_app.domain.roles import Role
from fcr_app.domain.workflow import WARNING_RATIONALE, About, Workflow
from fcr_app.errors import NotFound
from fcr_app.workflows import POLICIES, WORKFLOWS, workflow_by_key, workflow_of

every_workflow = pytest.mark.parametrize("workflow", POLICIES, ids=lambda w: w.key)
every_workflow_of_cases = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.key)


def questions(workflow: Workflow[Any]) -> set[Question]:
    return {question for step in workflow.steps for question in step.asks}


def guards(workflow: Workflow[Any]) -> set[Guard[Any]]:
    return {guard for step in workflow.steps for guard in step.guards}


@every_workflow
def test_every_state_can_be_reached(workflow: Workflow[Any]) -> None:
    reached, frontier = {workflow.initial}, [workflow.initial]
    while frontier:
        for step in workflow.steps_from(frontier.pop()):
            if step.dest not in reached:
                reached.add(step.dest)
                frontier.append(step.dest)
    assert reached == set(workflow.states)


@every_workflow
def test_final_states_are_exactly_those_with_no_way_out(workflow: Workflow[Any]) -> None:
    dead_ends = {state for state in workflow.states if not list(workflow.steps_from(state))}

    assert dead_ends == workflow.final


@every_workflow
def test_nobody_has_anything_to_do_where_a_case_is_final(workflow: Workflow[Any]) -> None:
    assert workflow.final <= workflow.settled
    assert workflow.settled.isdisjoint(workflow.awaiting)


@every_workflow
def test_a_case_waits_for_a_decision_exactly_where_one_can_be_made(workflow: Workflow[Any]) -> None:
    decided = {source for step in workflow.steps if step.decision for source in step.sources}

    assert decided == workflow.awaiting


@every_workflow
def test_every_state_has_a_label_of_its_own(workflow: Workflow[Any]) -> None:
    labels = [workflow.labels[state] for state in workflow.states]

    assert len(set(labels)) == len(labels)
    assert all(label[0].isupper() for label in labels)


@every_workflow
def test_states_are_stored_in_lower_case_and_fit_their_column(workflow: Workflow[Any]) -> None:
    assert all(re.fullmatch(r"[a-z_]{1,40}", state.value) for state in workflow.states)


@every_workflow
def test_a_trigger_means_one_thing_in_each_state(workflow: Workflow[Any]) -> None:
    for state in workflow.states:
        triggers = [step.trigger for step in workflow.steps_from(state)]
        assert len(triggers) == len(set(triggers))


@every_workflow
def test_a_rule_is_a_sentence_that_a_registrar_can_read(workflow: Workflow[Any]) -> None:
    for guard in guards(workflow):
        assert re.fullmatch(r"[A-Z].*\.", guard.sentence), guard.name
        assert not re.search(r"\b(facts|None|True|False|guard|Args|Returns)\b", guard.sentence)


@every_workflow
def test_a_rule_has_one_name_in_a_policy(workflow: Workflow[Any]) -> None:
    names = [guard.name for guard in guards(workflow)]

    assert len(names) == len(set(names))


@every_workflow
def test_a_step_is_said_as_what_to_do_and_as_what_was_done(workflow: Workflow[Any]) -> None:
    for step in workflow.steps:
        assert step.label[0].isupper()
        assert step.done[0].isupper()
        assert not step.label.endswith("."), step.trigger
        assert re.fullmatch(r"[A-Z].*\.", step.outcome), step.trigger
        assert not step.final_warning or step.final_warning.endswith("."), step.trigger


@every_workflow
def test_a_state_in_which_there_is_something_to_do_has_a_way_to_another(
    workflow: Workflow[Any],
) -> None:
    for state in set(workflow.states) - workflow.settled:
        assert any(step.dest is not state for step in workflow.steps_from(state)), state


@every_workflow
def test_a_case_can_always_come_to_rest(workflow: Workflow[Any]) -> None:
    resting = set(workflow.settled)
    for _ in workflow.states:
        resting |= {s for step in workflow.steps if step.dest in resting for s in step.sources}

    assert resting == set(workflow.states)


@every_workflow
def test_a_policy_speaks_of_its_own_states_only(workflow: Workflow[Any]) -> None:
    named = {workflow.initial, *workflow.final, *workflow.settled, *workflow.awaiting}
    named |= {state for step in workflow.steps for state in (*step.sources, step.dest)}
    named |= {deadline.state for deadline in workflow.deadlines}

    assert named <= set(workflow.states)
    assert set(workflow.labels) == set(workflow.states)


@every_workflow
def test_a_trigger_is_good_for_an_address(workflow: Workflow[Any]) -> None:
    assert all(re.fullmatch(r"[a-z_]{1,40}", step.trigger) for step in workflow.steps)


@every_workflow
def test_a_deadline_runs_where_somebody_has_something_to_do(workflow: Workflow[Any]) -> None:
    states = [deadline.state for deadline in workflow.deadlines]

    assert len(states) == len(set(states))
    assert workflow.settled.isdisjoint(states)


@every_workflow_of_cases
def test_a_clock_runs_wherever_a_case_waits_for_a_decision(workflow: Workflow[Any]) -> None:
    assert workflow.awaiting <= {deadline.state for deadline in workflow.deadlines}


@every_workflow
def test_somebody_may_take_every_step_and_never_an_administrator(workflow: Workflow[Any]) -> None:
    for step in workflow.steps:
        assert step.by
        assert Role.ADMINISTRATOR not in step.by
        # An auditor decides nothing; an audit finding is told to whoever decided.
        assert Role.AUDITOR not in step.by or workflow.private or workflow.about is About.AUDIT
        assert Role.AUDITOR not in step.by or not step.decision


@every_workflow
def test_questions_of_one_name_are_one_question(workflow: Workflow[Any]) -> None:
    names = [question.name for question in questions(workflow)]

    assert len(names) == len(set(names))
    assert WARNING_RATIONALE.name not in names


@every_workflow
def test_every_question_can_be_answered(workflow: Workflow[Any]) -> None:
    for question in questions(workflow):
        assert question.label[0].isupper()
        assert question.thing[0].islower()
        assert bool(question.options) == (question.kind is Kind.CHOICE), question.name
        assert question.min_length <= question.max_length


@every_workflow
def test_what_a_rule_is_judged_by_is_asked_with_the_step(workflow: Workflow[Any]) -> None:
    for step in workflow.steps:
        for guard in step.guards:
            if guard.judged_by is not None:
                assert guard.judged_by in step.asks, f"{step.trigger}: {guard.name}"


@every_workflow
def test_a_rule_is_written_once_in_a_step(workflow: Workflow[Any]) -> None:
    for step in workflow.steps:
        names = [guard.name for guard in step.guards]
        assert len(names) == len(set(names)), step.trigger


@every_workflow
def test_a_decision_is_recorded_with_its_reasons(workflow: Workflow[Any]) -> None:
    for step in workflow.steps:
        if any(isinstance(effect, RecordDecision) for effect in step.effects):
            assert "rationale" in [question.name for question in step.asks], step.trigger


@every_workflow
def test_one_step_at_most_sets_the_request(workflow: Workflow[Any]) -> None:
    assert sum(step.sets_request for step in workflow.steps) <= 1


@every_workflow_of_cases
def test_a_workflow_is_found_by_its_key_and_by_its_references(workflow: Workflow[Any]) -> None:
    assert workflow_by_key(workflow.key) is workflow
    assert workflow_of(f"{workflow.prefix}-26-000001") is workflow


def test_no_two_workflows_share_a_key_a_title_or_the_beginning_of_their_references() -> None:
    distinct: tuple[Callable[[Workflow[Any]], str], ...] = (lambda w: w.key, lambda w: w.prefix)
    for name in distinct:
        assert len({name(workflow) for workflow in POLICIES}) == len(POLICIES)
    assert len({workflow.title.casefold() for workflow in POLICIES}) == len(POLICIES)
    for one, other in permutations(POLICIES, 2):
        assert not one.prefix.startswith(other.prefix)


@pytest.mark.parametrize("reference", ["", "XYZ-26-000001", "CAN26000001", "can-26-000001"])
def test_a_reference_of_no_workflow_is_a_case_that_does_not_exist(reference: str) -> None:
    with pytest.raises(NotFound, match="There is no such case"):
        workflow_of(reference)
