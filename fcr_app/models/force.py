"""The force itself: its name, its policy switches, its calendar."""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base


class Force(Base):
    """The one row that says which force this is."""

    __tablename__ = "force"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("learning_count >= 2 AND training_count >= 2", name="counts_above_one"),
        CheckConstraint("learning_days >= 1 AND training_days >= 1", name="days_above_none"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(120))
    demonstration: Mapped[bool] = mapped_column(default=False)
    victim_contact: Mapped[str] = mapped_column(
        Text, default="", comment="How a victim reaches the force, for letters, line by line."
    )
    victim_support: Mapped[str] = mapped_column(
        Text, default="", comment="Where a victim finds support here, for letters, line by line."
    )
    line_manager_may_decide: Mapped[bool] = mapped_column(
        default=False, comment="CANC-08 switched off: a line manager may decide."
    )
    registrar_decides_reserved_codes: Mapped[bool] = mapped_column(
        default=True, comment="CANC-10: C1, C3 and C4 on rape and homicide go to the FCR."
    )
    learning_count: Mapped[int | None] = mapped_column(
        comment="FB-02: errors before a learning plan opens; null where it is as shipped."
    )
    learning_days: Mapped[int | None] = mapped_column(comment="Within so many days.")
    training_count: Mapped[int | None] = mapped_column(
        comment="FB-02: errors in a unit before a training task opens; null as shipped."
    )
    training_days: Mapped[int | None] = mapped_column(comment="Within so many days.")


class BankHoliday(Base):
    """A day when nobody is at work in England and Wales. Editable: some are proclaimed once."""

    __tablename__ = "bank_holidays"

    on_date: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
