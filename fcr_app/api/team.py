"""A supervisor's team, one person's feedback and learning, and notes between the two."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.team import (
    NoteGiven,
    NoteMadeAnswer,
    TeamAnswer,
    TeamAsked,
    TeamPersonAnswer,
    TeamPersonAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services.one_to_one import correct_note, write_note
from fcr_app.services.team import team_view
from fcr_app.services.team_person import person_page
from fcr_app.services.transaction import transaction

area = Area("Team", "What feedback a team has, what helps its people, and notes of talks.")

TEAM, WORK = Permission.SEE_TEAM, Permission.WORK_ON_CASES


@area.reads("/team", needs=TEAM, asks=TeamAsked, gives=TeamAnswer)
def show(asked: dict[str, Any]) -> Response:
    """Read what is open in a team, what comes up, and who could do with help."""
    with transaction() as session:
        found = team_view(session, current_actor(), now=clock.now(), **asked)
    said = {**vars(found), "ages": {age.value: count for age, count in found.ages.items()}}
    return reply(TeamAnswer, said)


@area.reads("/my-learning", needs=WORK, asks=TeamPersonAsked, gives=TeamPersonAnswer)
def mine(asked: dict[str, Any]) -> Response:
    """Read one's own feedback, plans and notes."""
    return _person(current_actor().id, asked)


@area.reads("/team/people/<id:person_id>", needs=WORK, asks=TeamPersonAsked, gives=TeamPersonAnswer)
def person(asked: dict[str, Any], person_id: int) -> Response:
    """Read the feedback and plans of one of one's people, and the notes between the two."""
    return _person(person_id, asked)


@area.writes(
    "/team/people/<id:person_id>/notes",
    needs=TEAM,
    takes=NoteGiven,
    gives=NoteMadeAnswer,
    status=CREATED,
)
def new_note(given: dict[str, Any], person_id: int) -> Response:
    """Write a note of a talk, which only the two can read."""
    with transaction() as session:
        made = write_note(session, current_actor(), person_id, now=clock.now(), **given)
    place = f"{ROOT}/team/people/{person_id}"
    return reply(NoteMadeAnswer, {"id": made}, status=CREATED, place=place)


@area.writes(
    "/team/notes/<id:note_id>/correction",
    needs=TEAM,
    takes=NoteGiven,
    gives=NoteMadeAnswer,
    status=CREATED,
)
def correction(given: dict[str, Any], note_id: int) -> Response:
    """Put a note right with another; both stay."""
    with transaction() as session:
        made = correct_note(session, current_actor(), note_id, now=clock.now(), **given)
    return reply(NoteMadeAnswer, {"id": made}, status=CREATED)


def _person(person_id: int, asked: dict[str, Any]) -> Response:
    with transaction() as session:
        found = person_page(session, current_actor(), person_id, now=clock.now(), **asked)
    return reply(TeamPersonAnswer, found)
