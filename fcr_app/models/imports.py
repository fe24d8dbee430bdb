"""Imports: how a file's columns map, what happened, and what could not be taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base


class ImportMapping(Base):
    """A named mapping from a file's columns to ours, kept for the next import."""

    __tablename__ = "import_mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(
        String(20), default="crimes", server_default="crimes", comment="crimes, incidents."
    )
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ImportFile(Base):
    """An uploaded file, kept only until it has been imported or given up.

    In the database rather than on disk, so that any web worker can go on with it.
    """

    __tablename__ = "import_files"
    # A page that was left open must never mean another file that got the same number.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    content_hash: Mapped[str] = mapped_column(String(64), comment="SHA-256, hex.")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime] = mapped_column(index=True)


class ImportRun(Base):
    """One import, or a dry run of one."""

    __tablename__ = "import_runs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), comment="crimes, incidents, offences.")
    mapping_name: Mapped[str] = mapped_column(String(80), default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="The mapping as it was when the run began."
    )
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_files.id", ondelete="SET NULL"),
        index=True,
        comment="The uploaded file, until it is no longer needed.",
    )
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))
    dry_run: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    added_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    remarks: Mapped[str] = mapped_column(
        Text, default="", comment="What the file does not hold, a line each."
    )
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime] = mapped_column(index=True)
    moved_at: Mapped[datetime] = mapped_column(
        comment="When it last got further; long ago means it stopped."
    )
    ended_at: Mapped[datetime | None]


class ImportProblem(Base):
    """One value that could not be taken."""

    __tablename__ = "import_problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), index=True)
    line: Mapped[int] = mapped_column(comment="Line of the file; the heading is line 1.")
    column: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300))
