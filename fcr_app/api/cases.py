"""Cases: opening, reading and drafting one, steps and history. Alike for every policy."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api import problems
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.once import form_key
from fcr_app.api.schemas.cases import (
    AnswersGiven,
    CaseAnswer,
    CaseGiven,
    DraftAnswer,
    StepAnswer,
    StepsAnswer,
    TakenAnswer,
    TimelineAnswer,
)
from fcr_app.api.versions import version_read
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services import step_list
from fcr_app.services.case_view import case_view
from fcr_app.services.cases import open_case, open_incident_case, save_draft, take_step
from fcr_app.services.step_list import ListedStep
from fcr_app.services.transaction import transaction
from fcr_app.workflows import workflow_of

area = Area("Cases", "Cases of every policy: what can be done, by whom, and what was done.")

WORK, ENTER = Permission.WORK_ON_CASES, Permission.ENTER_CRIMES


@area.writes(
    "/cases", needs=ENTER, takes=CaseGiven, gives=CaseAnswer, status=CREATED, versioned=True
)
def start(given: dict[str, Any]) -> Response:
    """Open a case about a crime or a report, as a draft of the person who opens it."""
    opened = open_case if given["crime_id"] else open_incident_case
    about = given["crime_id"] or given["incident_id"]
    with transaction() as session:
        case = opened(session, current_actor(), given["workflow"], about, now=clock.now())
        session.flush()
        reference = case.reference
    return _case(reference, CREATED)


@area.reads("/cases/<reference:reference>", needs=WORK, gives=CaseAnswer, versioned=True)
def show(reference: str) -> Response:
    """Read a case."""
    return _case(reference)


@area.reads("/cases/<reference:reference>/timeline", needs=WORK, gives=TimelineAnswer)
def timeline(reference: str) -> Response:
    """Read everything that happened to a case, oldest first."""
    with transaction() as session:
        view = case_view(session, current_actor(), reference, now=clock.now())
        return reply(TimelineAnswer, view)


@area.writes(
    "/cases/<reference:reference>/draft",
    method="PATCH",
    needs=ENTER,
    takes=AnswersGiven,
    gives=DraftAnswer,
    versioned=True,
    overwrites=True,
)
def draft(given: dict[str, Mapping[str, str]], reference: str) -> Response:
    """Keep what the person who asks has written so far; the answers sent replace those kept."""
    version, answers = version_read(), given["answers"]
    asked = {
        question.name
        for step in workflow_of(reference).steps
        if step.sets_request
        for question in step.asks
    }
    _refuse_unknown(answers, asked)
    with transaction() as session:
        case = save_draft(
            session, current_actor(), reference, answers, now=clock.now(), version=version
        )
        session.flush()
        found = {"reference": reference, "version": case.version, "answers": case.draft}
        return reply(DraftAnswer, found, version=case.version)


@area.reads("/cases/<reference:reference>/steps", needs=WORK, gives=StepsAnswer, versioned=True)
def steps(reference: str) -> Response:
    """Read every step from where the case stands, with each reason why one is not available."""
    with transaction() as session:
        found = step_list.list_steps(session, current_actor(), reference, now=clock.now())
        said = {
            "reference": found.reference,
            "state": found.state,
            "version": found.version,
            "items": [_step(step) for step in found.steps],
        }
        return reply(StepsAnswer, said, version=found.version)


@area.looks(
    "/cases/<reference:reference>/steps/<trigger:trigger>/rehearsal",
    needs=WORK,
    takes=AnswersGiven,
    gives=StepAnswer,
)
def rehearse(given: dict[str, Mapping[str, str]], reference: str, trigger: str) -> Response:
    """Read what a step would ask and refuse with these answers. Nothing is changed."""
    _refuse_unknown(given["answers"], _asked(reference, trigger))
    with transaction() as session:
        found = step_list.rehearse(
            session, current_actor(), reference, trigger, given["answers"], now=clock.now()
        )
        return reply(StepAnswer, _step(found))


@area.writes(
    "/cases/<reference:reference>/steps/<trigger:trigger>",
    needs=WORK,
    takes=AnswersGiven,
    gives=TakenAnswer,
    versioned=True,
    overwrites=True,
)
def take(given: dict[str, Mapping[str, str]], reference: str, trigger: str) -> Response:
    """Take a step, with its answers. A refusal names every rule that forbids it."""
    version = version_read()
    _refuse_unknown(given["answers"], _asked(reference, trigger))
    with transaction() as session:
        outcome = take_step(
            session,
            current_actor(),
            reference,
            trigger,
            given["answers"],
            now=clock.now(),
            form_key=form_key(),
            version=version,
        )
        said = outcome.step.outcome
    with transaction() as session:
        view = case_view(session, current_actor(), reference, now=clock.now())
        case = view.loaded.case
        found = {
            "reference": reference,
            "trigger": trigger,
            "outcome": said,
            "state": case.state,
            "version": case.version,
        }
        return reply(TakenAnswer, found, version=case.version)


def _asked(reference: str, trigger: str) -> set[str]:
    return {question.name for question in workflow_of(reference).may_be_asked(trigger)}


def _refuse_unknown(answers: Mapping[str, str], asked: set[str]) -> None:
    """Refuse an answer to what is not asked: a slip of a program, never to be passed over."""
    unknown = sorted(answers.keys() - asked)
    if unknown:
        raise InvalidValues(
            [InvalidValue("This is not asked here.", field=f"answers.{name}") for name in unknown]
        )


def _step(step: ListedStep) -> dict[str, Any]:
    reasons = [problems.refusal(refusal) for refusal in step.refusals]
    names = ("trigger", "label", "decision", "final_warning", "available", "questions", "rules")
    return {**{name: getattr(step, name) for name in names}, "reasons": reasons}


def _case(reference: str, status: int = 200) -> Response:
    with transaction() as session:
        view = case_view(session, current_actor(), reference, now=clock.now())
        return reply(
            CaseAnswer,
            view,
            status=status,
            version=view.loaded.case.version,
            place=f"{ROOT}/cases/{reference}" if status == CREATED else "",
        )
