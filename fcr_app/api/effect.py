"""Does feedback work? The same error before and after it, by kind and by unit."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.effect import EffectAnswer, EffectAsked
from fcr_app.domain.permissions import Permission
from fcr_app.services.repeat_errors import effect_of_feedback
from fcr_app.services.transaction import transaction

area = Area("Effect", "Whether the same error is seen less often after feedback.")


@area.reads("/feedback-effect", needs=Permission.SEE_EFFECT, asks=EffectAsked, gives=EffectAnswer)
def show(asked: dict[str, Any]) -> Response:
    """Read the figures; nothing in them is about one person."""
    with transaction() as session:
        found = effect_of_feedback(session, days=asked["days"], now=clock.now())
    return reply(EffectAnswer, found)
