"""Freezes a frame as it was found, and shows later that it never changed."""

import zlib
from collections.abc import Iterable
from datetime import datetime

from fcr_app.domain.audit_sampling import FrameRow, frame_hash, strata_of
from fcr_app.domain.audits.words import Frame
from fcr_app.models import AuditFrame
from fcr_app.services.audits.frames import Taken

_BETWEEN = "\t"


def rows_of(taken: Taken) -> list[FrameRow]:
    """Return the records of a frame as a draw sees them."""
    return [FrameRow(record.identifier, record.stratum) for record in taken.records]


def frozen(kind: Frame, taken: Taken, *, now: datetime) -> AuditFrame:
    """Return a frame to keep: the query, the time, the count, the hash and every row."""
    rows = rows_of(taken)
    return AuditFrame(
        kind=kind.value,
        query=taken.query,
        in_words=taken.in_words,
        taken_at=now,
        row_count=len(rows),
        strata_counts=strata_of(rows),
        hash=frame_hash(rows),
        content=_packed(rows),
    )


def thawed(content: bytes) -> list[FrameRow]:
    """Return the rows of a frame that was kept.

    Raises:
        zlib.error: If it is damaged.
        ValueError: Likewise.
    """
    rows = (line.split(_BETWEEN, 1) for line in zlib.decompress(content).decode().splitlines())
    return [FrameRow(identifier, stratum) for identifier, stratum in rows]


def is_as_it_was(frame: AuditFrame) -> bool:
    """Say whether the rows that were kept still give the hash that was kept. Reads the content."""
    return frame_hash(thawed(frame.content)) == frame.hash


def _packed(rows: Iterable[FrameRow]) -> bytes:
    lines = (f"{row.identifier}{_BETWEEN}{row.stratum}\n" for row in rows)
    return zlib.compress("".join(lines).encode(), level=6)
