"""The version of what was read and what is overwritten: ETag and If-Match (RFC 9110)."""

import re

from flask import g, request

from fcr_app.errors import SomeoneElseChangedIt, VersionNeeded

_TAG = re.compile(r'"(\d{1,9})"')


def tag(version: int) -> str:
    """Return a version as an ETag."""
    return f'"{version}"'


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
