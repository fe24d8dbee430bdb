"""Samples of an audit: how many, from which strata, and which; the same on every machine.

Pure: the seed is made at the edge (32 hex digits, such as ``secrets.token_hex(16)``) and stored
with the name of the algorithm, so that anybody can draw the same sample again.
"""

from fcr_app.domain.audit_sampling.allocation import (
    LEAST_PER_STRATUM,
    Allocation,
    Spread,
    allocate,
)
from fcr_app.domain.audit_sampling.draw import (
    Drawn,
    DrawRule,
    Pick,
    draw,
    picked_by_hand,
    replacement,
)
from fcr_app.domain.audit_sampling.frame import FrameRow, frame_hash, strata_of
from fcr_app.domain.audit_sampling.methods import Method, method_for
from fcr_app.domain.audit_sampling.order import ALGORITHM, BY_HAND, in_order
from fcr_app.domain.audit_sampling.second import second_review_size, second_reviews
from fcr_app.domain.audit_sampling.sizes import precision_of, size_for

__all__ = [
    "ALGORITHM",
    "BY_HAND",
    "LEAST_PER_STRATUM",
    "Allocation",
    "DrawRule",
    "Drawn",
    "FrameRow",
    "Method",
    "Pick",
    "Spread",
    "allocate",
    "draw",
    "frame_hash",
    "in_order",
    "method_for",
    "picked_by_hand",
    "precision_of",
    "replacement",
    "second_review_size",
    "second_reviews",
    "size_for",
    "strata_of",
]
