"""Themes: what is kept about one rule or one kind of error, for whoever teaches it."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, PDF, ROOT, Area, file_reply, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.bulletins import (
    ExampleAnswer,
    ExampleGiven,
    SaidAnswer,
    ThemeAnswer,
    ThemesAnswer,
    ThemesAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.reports.theme_handout import handout_pdf
from fcr_app.services.teaching_examples import add_example, remove_example, said_in_feedback
from fcr_app.services.themes import theme_index, theme_view
from fcr_app.services.transaction import transaction

area = Area("Themes", "What is kept about a rule or a kind of error: counts, rulings, examples.")

PUBLISH = Permission.PUBLISH_BULLETINS


@area.reads("/themes", needs=None, asks=ThemesAsked, gives=ThemesAnswer)
def index(asked: dict[str, Any]) -> Response:
    """Read every rule and kind of error, with counts. A count from 1 to 4 is left out."""
    with transaction() as session:
        rows = theme_index(session, asked["words"], now=clock.now())
    return reply(ThemesAnswer, {"items": rows})


@area.reads("/themes/<theme:slug>", needs=None, gives=ThemeAnswer)
def show(slug: str) -> Response:
    """Read a theme: errors, rulings, bulletins and examples."""
    with transaction() as session:
        found = theme_view(session, current_actor(), slug, now=clock.now())
    return reply(ThemeAnswer, found)


@area.reads("/themes/<theme:slug>/handout", needs=None, gives=PDF)
def handout(slug: str) -> Response:
    """Read a theme as a PDF for a course."""
    with transaction() as session:
        found = theme_view(session, current_actor(), slug, now=clock.now())
    content = handout_pdf(found, printed_at=clock.now())
    return file_reply(content, PDF, f"handout-{found.theme.slug}.pdf")


@area.reads("/themes/<theme:slug>/said-in-feedback", needs=PUBLISH, gives=SaidAnswer)
def said(slug: str) -> Response:
    """Read what feedback said was right, to choose an example from. Each look is logged."""
    with transaction() as session:
        found = said_in_feedback(session, current_actor(), slug, now=clock.now())
    return reply(SaidAnswer, {"items": found})


@area.writes(
    "/themes/<theme:slug>/examples",
    needs=PUBLISH,
    takes=ExampleGiven,
    gives=ExampleAnswer,
    status=CREATED,
)
def add(given: dict[str, Any], slug: str) -> Response:
    """Add an example for courses. Everybody can read it, so it names nobody."""
    with transaction() as session:
        made = add_example(session, current_actor(), slug, now=clock.now(), **given)
    found = {"id": made, "text": given["text"].strip()}
    return reply(ExampleAnswer, found, status=CREATED, place=f"{ROOT}/themes/{slug}")


@area.writes(
    "/themes/<theme:slug>/examples/<id:example_id>/removal", needs=PUBLISH, gives=DoneAnswer
)
def remove(slug: str, example_id: int) -> Response:
    """Take an example off its theme."""
    with transaction() as session:
        remove_example(session, current_actor(), slug, example_id, now=clock.now())
    return reply(DoneAnswer, {"done": True})
