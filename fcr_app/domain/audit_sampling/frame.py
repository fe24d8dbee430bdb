"""A frozen frame: the records a sample is drawn from, and a hash that shows it never changed."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class FrameRow:
    """One record that can be drawn.

    Attributes:
        identifier: What it is, once in a frame: ``crime:17``.
        stratum: What it is drawn with; empty where the frame is not divided.
    """

    identifier: str
    stratum: str = ""


def frame_hash(rows: Iterable[FrameRow]) -> str:
    """Return the SHA-256 of a frame in hex, the same in whatever order its rows come.

    It is the hash of a JSON list of [identifier, stratum], sorted, without spaces and with all
    but ASCII escaped, so that no two frames are written alike.
    """
    canonical = sorted([row.identifier, row.stratum] for row in rows)
    written = json.dumps(canonical, separators=(",", ":"), ensure_ascii=True)
    return sha256(written.encode("ascii")).hexdigest()


def strata_of(rows: Iterable[FrameRow]) -> dict[str, int]:
    """Return how many records each stratum has, in the order of their names."""
    counted = Counter(row.stratum for row in rows)
    return dict(sorted(counted.items()))
