"""The blind second review: how many of the records drawn, and which."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from fcr_app.domain.audit_sampling.order import in_order
from fcr_app.domain.rules import SECOND_REVIEW_LEAST, SECOND_REVIEW_SHARE

#: The second draw has an order of its own from the same seed.
_PURPOSE = "second"


def second_review_size(drawn: int, on: date) -> int:
    """Return how many of the records drawn are reviewed twice: 10 per cent, at least 10.

    Rounded up, and never more than there are.

    Args:
        on: The day of the draw, whose policy holds.
    """
    # Ten figures are more than a share is written with: 0.07 times 100 is 7.000000000000001.
    share = ceil(round(SECOND_REVIEW_SHARE.on(on) * drawn, 10))
    return min(drawn, max(share, SECOND_REVIEW_LEAST.on(on)))


def second_reviews(drawn: Sequence[str], *, seed: str, on: date) -> tuple[str, ...]:
    """Return the identifiers of the records to review twice, in the order drawn.

    Raises:
        ValueError: If the seed is none, or an identifier comes twice.
    """
    return tuple(in_order(drawn, seed, purpose=_PURPOSE)[: second_review_size(len(drawn), on)])
