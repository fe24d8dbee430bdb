"""The FCR's queue: every rape report, N100 and N300 that waits for review (N100-12)."""

from typing import Any

from flask import Response

from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.reviews import ReviewsAnswer, ReviewsAsked
from fcr_app.domain.permissions import Permission
from fcr_app.services.reviews import Asked, review_queue
from fcr_app.services.transaction import transaction

area = Area("Reviews", "Rape reports, N100s and N300s for the FCR, who sees all of them.")


@area.reads("/reviews", needs=Permission.REVIEW_RECORDING, asks=ReviewsAsked, gives=ReviewsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one page of the queue, the most urgent first."""
    with transaction() as session:
        found = review_queue(session, current_actor(), Asked(**asked))
    return reply(ReviewsAnswer, found)
