"""The frame that is a list from another system, as it was sent in."""

import json
import zlib

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from fcr_app.domain.audits.words import Strata
from fcr_app.errors import NotFound
from fcr_app.models import AuditList
from fcr_app.services.audits.frames.shape import Asked, FrameRecord, Taken

NO_LIST = "There is no list for this audit and these days. Send one in first."


def take_listed(session: Session, asked: Asked) -> Taken:
    """Return the records of a list.

    Raises:
        NotFound: If there is no such list.
    """
    statement = (
        select(AuditList).options(undefer(AuditList.content)).where(AuditList.id == asked.list_id)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound(NO_LIST)
    rows = json.loads(zlib.decompress(found.content))
    records = tuple(
        FrameRecord(
            identifier=f"listed:{reference}",
            stratum=stratum if asked.strata is Strata.LISTED else "",
            label=reference,
            listed=rest,
        )
        for reference, stratum, rest in rows
    )
    return Taken(
        records=records,
        query=f"Every row of list {found.id}, SHA-256 {found.hash}",
        in_words=(
            f"Every record of the list “{found.name}”, which was sent in on "
            f"{found.sent_at:%-d %B %Y} for {asked.span}. Whether it is complete, this system "
            "can’t tell."
        ),
    )
