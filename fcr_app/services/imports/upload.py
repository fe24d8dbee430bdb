"""Files that were uploaded, kept in the database until they are imported or given up."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import BadFile, NotFound
from fcr_app.models import ImportFile, ImportRun
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.runs import Importer
from fcr_app.services.log import Record, record_change

#: A file nobody has imported after this long was given up. It holds personal data.
KEPT_FOR = timedelta(days=1)


def keep_file(session: Session, actor: Actor, name: str, content: bytes, *, now: datetime) -> int:
    """Keep an uploaded file; return its id. Files that were given up are forgotten.

    Raises:
        BadFile: If it is empty, or not a CSV file.
    """
    if not content:
        raise BadFile("The file is empty. Choose another.")
    CsvFile.from_bytes(content, name)
    session.execute(delete(ImportFile).where(ImportFile.uploaded_at < now - KEPT_FOR))
    file = ImportFile(
        name=name[-200:],
        content=content,
        content_hash=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=actor.id,
        uploaded_at=now,
    )
    session.add(file)
    session.flush()
    record_change(
        session, actor, "import:upload", Record.IMPORT, file.id, now=now, verb="collection"
    )
    return file.id


def open_file(session: Session, file_id: int | None) -> CsvFile:
    """Return an uploaded file.

    Raises:
        NotFound: If it was imported, or given up.
    """
    row = session.execute(
        select(ImportFile.name, ImportFile.content).where(ImportFile.id == file_id)
    ).one_or_none()
    if row is None:
        raise NotFound(
            "The file is no longer kept: it was imported, or a day has passed. Upload it again."
        )
    return CsvFile.from_bytes(row.content, row.name)


def open_import(session: Session, run_id: int, *, now: datetime) -> Importer:
    """Start the import of an uploaded file, or go on with it.

    Raises:
        NotFound: If there is no such import, it is over, or its file is no longer kept.
    """
    run = session.get(ImportRun, run_id)
    file = open_file(session, run.file_id if run else None)
    return Importer.open(session, run_id, file, now=now)
