"""Staff, where they work, what they may do, and who covers for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.domain.mail import MailChoice
from fcr_app.extensions import Base, search_key

_CHOICES = ", ".join(f"'{choice.value}'" for choice in MailChoice)


class Unit(Base):
    """A part of the force; a tree kept as paths such as ``/1/4/``."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(
        String(200), index=True, comment="Ids from the root down to this unit, as /1/4/."
    )
    active: Mapped[bool] = mapped_column(default=True)


class Person(Base):
    """A member of staff. Without a password hash they can't sign in with a password."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint(f"mail_choice IN ({_CHOICES})", name="mail_choice_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_number: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(
        search_key(120), index=True, comment="Name in lower case, surname first, for searching."
    )
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="In lower case.")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200), comment="argon2id.")
    must_change_password: Mapped[bool] = mapped_column(
        default=False, comment="Somebody else chose it."
    )
    active: Mapped[bool] = mapped_column(default=True)
    mail_choice: Mapped[str] = mapped_column(
        String(10),
        default=MailChoice.AT_ONCE.value,
        server_default=MailChoice.AT_ONCE.value,
        comment="When they want e-mails.",
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="raise")
    supervisor: Mapped["Person | None"] = relationship(lazy="raise", remote_side="Person.id")
    roles: Mapped[list["RoleGrant"]] = relationship(
        lazy="raise", back_populates="person", foreign_keys="RoleGrant.person_id"
    )
    accreditations: Mapped[list["PersonAccreditation"]] = relationship(
        lazy="raise", back_populates="person", foreign_keys="PersonAccreditation.person_id"
    )

    __mapper_args__ = {"version_id_col": version}


class RoleGrant(Base):
    """A role a person holds for a time; both days inclusive."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(
        lazy="raise", back_populates="roles", foreign_keys=[person_id]
    )


class PersonAccreditation(Base):
    """Training or admission that gives authority (ROLE-01); both days inclusive."""

    __tablename__ = "accreditations"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        Index("ix_accreditations_kind_ends_on", "kind", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(String(200), comment="Such as a register entry number.")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(
        lazy="raise", back_populates="accreditations", foreign_keys=[person_id]
    )


class Deputy(Base):
    """Somebody who covers for somebody else; both days inclusive. It lends no authority."""

    __tablename__ = "deputies"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("person_id <> deputy_id", name="not_self"),
        UniqueConstraint("person_id", "deputy_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
