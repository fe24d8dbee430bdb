"""Figures about protected characteristics: how much is known, and whether decisions are alike."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.equality_figures import (
    CompletenessAnswer,
    FiguresAsked,
    UseFiguresAnswer,
    UseFiguresAsked,
)
from fcr_app.domain.equality.items import ASKED
from fcr_app.domain.equality_figures.period import Period, asked_period
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue
from fcr_app.services.equality_figures.completeness import completeness_page
from fcr_app.services.equality_figures.use import UseAsked, use_page
from fcr_app.services.transaction import transaction

area = Area("Equality figures", "What is known of victims, and whether decisions are alike.")

SEE = Permission.SEE_EQUALITY_FIGURES


@area.reads(
    "/figures/equality/completeness", needs=SEE, asks=FiguresAsked, gives=CompletenessAnswer
)
def completeness(asked: dict[str, Any]) -> Response:
    """Read how much is known about victims, and why the rest is not."""
    with transaction() as session:
        found = completeness_page(session, asked["item"], _period(asked))
    return reply(CompletenessAnswer, found)


@area.reads("/figures/equality/use", needs=SEE, asks=UseFiguresAsked, gives=UseFiguresAnswer)
def use(asked: dict[str, Any]) -> Response:
    """Read whether recording decisions are the same for all groups; never with small counts."""
    if asked["item"] not in ASKED:
        raise InvalidValue("Nothing is compared by what officers saw.", field="item")
    wanted = UseAsked(item=asked["item"], period=_period(asked), reference=asked["reference"])
    with transaction() as session:
        found = use_page(session, current_actor(), wanted, now=clock.now())
    return reply(UseFiguresAnswer, found)


def _period(asked: dict[str, Any]) -> Period:
    return asked_period(asked["first"], asked["last"], to_london(clock.now()).date())
