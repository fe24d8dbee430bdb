"""What waits to be sent by e-mail, and what clocks have said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.domain.mail import Delivery
from fcr_app.extensions import Base

_WAITING = text("status = 'waiting'")
_SENDING = text("status = 'sending'")
_KNOWN = ", ".join(f"'{status.value}'" for status in Delivery)


class Message(Base):
    """An e-mail to one person, written in the transaction of the change it tells of."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("channel IN ('e-mail')", name="channel_known"),
        CheckConstraint(f"status IN ({_KNOWN})", name="status_known"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_with_time"),
        # Most were sent long ago; what is looked for every minute are the others.
        Index(
            "ix_messages_waiting",
            "send_after",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_messages_sending", "claimed_at", sqlite_where=_SENDING, postgresql_where=_SENDING
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(
        String(200), unique=True, comment="What it tells and whom: the same is written once."
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    channel: Mapped[str] = mapped_column(String(10), default="e-mail")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(
        Text, comment="Links begin with site: until the public address is put in."
    )
    created_at: Mapped[datetime]
    send_after: Mapped[datetime] = mapped_column(comment="Later than created after a refusal.")
    status: Mapped[str] = mapped_column(String(10), default=Delivery.WAITING.value)
    claimed_at: Mapped[datetime | None] = mapped_column(
        comment="When the last attempt to send it began."
    )
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    sent_at: Mapped[datetime | None]


class ClockAlert(Base):
    """One level of one clock's ladder: the unique key makes it speak once."""

    __tablename__ = "clock_alerts"
    __table_args__ = (UniqueConstraint("subject_id", "source", "clock", "level", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(20), comment="What the clock belongs to: case.")
    subject_id: Mapped[int] = mapped_column(comment="The id of that case or other record.")
    clock: Mapped[str] = mapped_column(String(60), comment="Which of its clocks.")
    level: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(comment="The limit; a new limit speaks anew.")
    told_at: Mapped[datetime]
    spoke: Mapped[bool] = mapped_column(comment="False where a later level spoke for it.")
