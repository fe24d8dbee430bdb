"""The version of what was read and what is overwritten: ETag and If-Match (RFC 9110)."""

import re
from hashlib import sha256

from flask import g, request

from fcr_app.errors import SomeoneElseChangedIt, VersionNeeded

MOST_VERSIONS = 10**9
_TAG = re.compile(r'"(\d{1,9})"')


def tag(version: int) -> str:
    """Return a version as an ETag."""
    return f'"{version}"'


def mark(*said: object) -> int:
    """Return a number that stands for what something says, where its table counts no versions."""
    return int.from_bytes(sha256(repr(said).encode()).digest()[:8]) % MOST_VERSIONS


def require_same(read: int, now: int) -> None:
    """Refuse to overwrite what was changed since it was read.

    Raises:
        SomeoneElseChangedIt: If it was.
    """
    if read != now:
        raise SomeoneElseChangedIt(
            "Somebody else changed this since you read it. Read it again, then decide."
        )


def version_read() -> int:
    """Return the version that the program says it read.

    Raises:
        VersionNeeded: If it does not say so.
        SomeoneElseChangedIt: If what it says can be no version of ours.
    """
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        raise VersionNeeded(
            "This would overwrite. Send If-Match with the ETag of what you read, such as "
            'If-Match: "3".'
        )
    g.version_read = said
    found = _TAG.fullmatch(said)
    if found is None:
        raise SomeoneElseChangedIt("If-Match must be one ETag, as it was sent to you.")
    return int(found[1])
