"""Where to begin, and who asks."""

from flask import Response

from fcr_app.api.access import current_token
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.reference import MeAnswer
from fcr_app.domain.permissions import Permission, may

area = Area("Me", "The person for whom the program acts.")


@area.reads("/me", needs=None, gives=MeAnswer)
def me() -> Response:
    """Say who asks, with what the person holds today."""
    token = current_token()
    found = {
        "actor": token.actor,
        "roles": sorted(token.actor.roles),
        "permissions": [p.value for p in Permission if may(token.actor, p)],
        "token": token,
    }
    return reply(MeAnswer, found)
