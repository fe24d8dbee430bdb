"""Reference data: offences, units, colleagues, and the policies as they are declared."""

from typing import Any

from flask import Response

from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.lists import WordsGiven
from fcr_app.api.schemas.reference import (
    ChoicesAnswer,
    GlossaryAnswer,
    HandbookAnswer,
    HandbookAsked,
    OffenceAnswer,
    OffencesAnswer,
    OffencesAsked,
    UnitsAnswer,
    WorkflowAnswer,
    WorkflowsAnswer,
)
from fcr_app.domain.glossary import GLOSSARY
from fcr_app.domain.permissions import Permission
from fcr_app.domain.workflow import Workflow
from fcr_app.errors import NotFound
from fcr_app.reports.rules_coverage import coverage, narrowed
from fcr_app.services import reference as service
from fcr_app.services.crime_choices import find_offences, find_people, units as units_in_use
from fcr_app.services.transaction import transaction
from fcr_app.workflows import WORKFLOWS

area = Area("Reference", "Offences, units, colleagues, and the policies as they are declared.")


@area.reads("/offences", needs=None, asks=OffencesAsked, gives=OffencesAnswer)
def offences(asked: dict[str, Any]) -> Response:
    """Read offences: those that some words mean, or a page of all of them."""
    with transaction() as session:
        if asked["words"].strip():
            choices = find_offences(session, asked["words"]).choices
            found = [service.get_offence(session, choice.id) for choice in choices]
            return reply(OffencesAnswer, {"items": found, "after": None})
        page = service.offence_page(session, after=asked["after"], current=asked["current"])
        return reply(OffencesAnswer, page)


@area.reads("/offences/<id:offence_id>", needs=None, gives=OffenceAnswer)
def offence(offence_id: int) -> Response:
    """Read one offence."""
    with transaction() as session:
        return reply(OffenceAnswer, service.get_offence(session, offence_id))


@area.reads("/units", needs=None, gives=UnitsAnswer)
def units() -> Response:
    """Read the units in use, each with the units it is part of."""
    with transaction() as session:
        return reply(UnitsAnswer, {"items": units_in_use(session)})


@area.looks("/people/search", needs=Permission.ENTER_CRIMES, takes=WordsGiven, gives=ChoicesAnswer)
def people(given: dict[str, str]) -> Response:
    """Find colleagues by staff number, e-mail address or name."""
    with transaction() as session:
        return reply(ChoicesAnswer, find_people(session, given["words"]))


@area.reads("/workflows", needs=None, gives=WorkflowsAnswer)
def workflows() -> Response:
    """Read every policy: its states and steps, who may take them, what they ask, by which rules."""
    return reply(WorkflowsAnswer, {"items": [_declared(workflow) for workflow in WORKFLOWS]})


@area.reads("/workflows/<trigger:key>", needs=None, gives=WorkflowAnswer)
def workflow(key: str) -> Response:
    """Read one policy."""
    for declared in WORKFLOWS:
        if declared.key == key:
            return reply(WorkflowAnswer, _declared(declared))
    raise NotFound("There is no such policy.")


@area.reads("/glossary", needs=None, gives=GlossaryAnswer)
def glossary() -> Response:
    """Read the words of crime recording, as they are used here."""
    return reply(GlossaryAnswer, {"items": GLOSSARY})


@area.reads("/handbook", needs=None, asks=HandbookAsked, gives=HandbookAnswer)
def handbook(asked: dict[str, Any]) -> Response:
    """Read every rule of the handbook beside what the service does about it, and where."""
    found = narrowed(coverage(), letters=asked["family"], handling=asked["handling"])
    return reply(HandbookAnswer, {"items": [rule for one in found for rule in one.rules]})


def _declared(policy: Workflow[Any]) -> dict[str, Any]:
    states = [
        {
            "state": state.value,
            "label": policy.labels[state],
            "settled": state in policy.settled,
            "awaits_decision": state in policy.awaiting,
        }
        for state in policy.states
    ]
    steps = [
        {
            "trigger": step.trigger,
            "label": step.label,
            "sources": [state.value for state in step.sources],
            "dest": step.dest.value,
            "by": sorted(role.value for role in step.by),
            "decision": step.decision,
            "cite": step.cite,
            "asks": step.asks,
            "guards": step.guards,
        }
        for step in policy.steps
    ]
    return {
        "key": policy.key,
        "title": policy.title,
        "summary": policy.summary,
        "prefix": policy.prefix,
        "states": states,
        "steps": steps,
    }
