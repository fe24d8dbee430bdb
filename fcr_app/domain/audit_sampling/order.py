"""The order that a seed puts records in: the whole of chance in an audit.

Each record's key is the SHA-256 of ``seed:identifier``; the sample is the records with the lowest
keys. Whoever does not know the seed beforehand can't tell one record's key from another's, so each
set of n records is as likely as any other: a simple random sample without replacement. Python's
``random.sample`` is not used, since another version may draw otherwise from the same seed. What
else is in the frame does not change a record's key, and the order of the frame does not matter.
Anybody can check a draw: ``printf '%s' "$seed:crime:17" | sha256sum``.

Source: the lowest n of independent uniform numbers kept for each record is a simple random sample
(E. Ohlsson, "Coordination of samples using permanent random numbers", in Business Survey Methods,
Wiley 1995, 153–169); with hashes as the numbers, as election audits do, R. L. Rivest, "Consistent
sampling with replacement", arXiv:1808.10016 (2018).
"""

import re
from collections.abc import Iterable
from hashlib import sha256

#: Stored with each draw. A change to the order takes a new name, and this one stays.
ALGORITHM = "sha256-order-1"
#: Stored instead where somebody chose the records.
BY_HAND = "by-hand"
_SEED = re.compile(r"[0-9a-f]{32}")


def in_order(identifiers: Iterable[str], seed: str, *, purpose: str = "") -> list[str]:
    """Return identifiers in the order that a seed puts them in.

    Args:
        seed: 32 hex digits in lower case, made anew for each draw before anybody sees the frame.
        purpose: Another order from the same seed, for another draw; part of the key.

    Raises:
        ValueError: If the seed is not such, or an identifier comes twice.
    """
    if not _SEED.fullmatch(seed):
        raise ValueError("A seed is 32 hex digits in lower case.")
    listed = list(identifiers)
    if len(set(listed)) != len(listed):
        raise ValueError("A record is in the frame twice.")
    start = f"{seed}:{purpose}:" if purpose else f"{seed}:"
    # Two records with the same hash have never been seen; the identifier would decide.
    return sorted(listed, key=lambda one: (sha256(f"{start}{one}".encode()).digest(), one))
