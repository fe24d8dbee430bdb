"""Asking victims about equality: whose record is incomplete, one record, one answer."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.equality import (
    AnswerGiven,
    BegunAnswer,
    CodesAnswer,
    CodesAsked,
    IncompleteAsked,
    IncompleteListAnswer,
    PaperAnswer,
    PaperAsked,
    RecordAnswer,
    RecordItemAnswer,
)
from fcr_app.domain.equality.items import Item
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.errors import NotFound
from fcr_app.reports.equality_paper import paper
from fcr_app.services.equality.answers import NewAnswer, answer_victim
from fcr_app.services.equality.code_lists import values_on
from fcr_app.services.equality.columns import code_lists
from fcr_app.services.equality.record_view import progress, read_record, reveal
from fcr_app.services.equality.records import begin_for_report
from fcr_app.services.equality.worklist import incomplete_list, tabs_of
from fcr_app.services.transaction import transaction

area = Area("Equality", "What victims are asked under the Equality Act, and what is still open.")

ASK, GAPS = Permission.ASK_EQUALITY, Permission.SEE_EQUALITY_GAPS


@area.reads("/equality", needs=GAPS, asks=IncompleteAsked, gives=IncompleteListAnswer)
def incomplete(asked: dict[str, Any]) -> Response:
    """Read one page of the victims whose record is incomplete; no answer stands there."""
    actor = current_actor()
    tab = asked["tab"] or tabs_of(actor)[0]
    if tab not in tabs_of(actor):
        raise NotFound(f"You have no list “{tab.label}”.")
    with transaction() as session:
        found = incomplete_list(
            session, actor, tab, after=asked["after"], before=asked["before"], now=clock.now()
        )
    return reply(IncompleteListAnswer, found)


@area.reads("/equality/<id:record_id>", needs=GAPS, gives=RecordAnswer)
def show(record_id: int) -> Response:
    """Read a record, as far as the person may see it. Each look is logged."""
    with transaction() as session:
        view = read_record(session, current_actor(), record_id, now=clock.now())
    return reply(RecordAnswer, _as_list(view))


@area.reads("/equality/<id:record_id>/gender-identity", needs=ASK, gives=RecordItemAnswer)
def gender_identity(record_id: int) -> Response:
    """Read the answer that a record hides. The look is logged by itself."""
    with transaction() as session:
        item = reveal(session, current_actor(), record_id, Item.GENDER_IDENTITY, now=clock.now())
    return reply(RecordItemAnswer, item)


@area.writes("/equality/<id:record_id>/answers", needs=ASK, takes=AnswerGiven, gives=RecordAnswer)
def answer(given: dict[str, Any], record_id: int) -> Response:
    """Keep an answer; a newer one supersedes an older one. Returns what is open, and no answer."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        answer_victim(session, actor, record_id, lambda _: NewAnswer(**given), now=now)
    with transaction() as session:
        view = progress(session, actor, record_id, now=now)
    return reply(RecordAnswer, _as_list(view))


@area.writes("/incidents/<id:incident_id>/equality", needs=ASK, gives=BegunAnswer)
def begin(incident_id: int) -> Response:
    """Begin the record of a report’s victim, or find it."""
    with transaction() as session:
        record_id = begin_for_report(session, current_actor(), incident_id, now=clock.now())
    return reply(BegunAnswer, {"id": record_id})


@area.reads("/equality/codes", needs=GAPS, asks=CodesAsked, gives=CodesAnswer)
def codes(asked: dict[str, Any]) -> Response:
    """Read the values that an item may have today."""
    if asked["item"] is Item.AGE:
        raise NotFound("Age has no list: it is a date of birth, or whole years.")
    today = to_london(clock.now()).date()
    with transaction() as session:
        listed = values_on(session, asked["item"], today)
    found = {"version": listed.version, "source": listed.source, "codes": listed.on(today)}
    return reply(CodesAnswer, found)


@area.reads("/equality/questions", needs=ASK, asks=PaperAsked, gives=PaperAnswer)
def questions(asked: dict[str, Any]) -> Response:
    """Read what is read out, word for word, in English or in Welsh."""
    day = to_london(clock.now()).date()
    with transaction() as session:
        lists = code_lists(session, day)
    return reply(PaperAnswer, paper(asked["lang"], None, lists, day=day))


def _as_list(view: Any) -> dict[str, Any]:
    names = ("id", "sight", "counted_on", "opened_at", "completed_at", "answered", "asked")
    return {**{name: getattr(view, name) for name in names}, "items": list(view.items.values())}
