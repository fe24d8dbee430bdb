"""Programs that act for a person: their tokens, the answers they were given, wrong tokens."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base


class ApiToken(Base):
    """A token of a person. The program holds the token, the table only its hash."""

    __tablename__ = "api_tokens"
    __table_args__ = (
        CheckConstraint("scope IN ('read', 'write', 'administer')", name="scope_known"),
        CheckConstraint("expires_at > created_at", name="expires_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), comment="What its owner calls it.")
    scope: Mapped[str] = mapped_column(String(10))
    prefix: Mapped[str] = mapped_column(String(12), comment="How it begins, to recognise it by.")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex.")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    last_used_address: Mapped[str] = mapped_column(String(45), default="")


class ApiAnswer(Base):
    """The answer to a write that carried a key, so that sending it again does nothing twice."""

    __tablename__ = "api_answers"
    __table_args__ = (UniqueConstraint("token_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("api_tokens.id"))
    key: Mapped[str] = mapped_column(String(100))
    request_hash: Mapped[str] = mapped_column(String(64), comment="SHA-256, hex.")
    status: Mapped[int | None] = mapped_column(comment="Null while the first one is at work.")
    headers: Mapped[str] = mapped_column(Text, default="", comment="JSON.")
    body: Mapped[str] = mapped_column(Text, default="", comment="JSON, as it was sent.")
    created_at: Mapped[datetime] = mapped_column(index=True)


class ApiFailure(Base):
    """A request with a token that lets nobody in, counted to slow guessing down."""

    __tablename__ = "api_failures"
    __table_args__ = (Index("ix_api_failures_address_at", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime]
