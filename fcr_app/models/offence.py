"""The Home Office notifiable offence list."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base


class Offence(Base):
    """One offence. The key is class and code: one code stands in several classes."""

    __tablename__ = "offences"
    __table_args__ = (UniqueConstraint("offence_class", "offence_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offence_class: Mapped[str] = mapped_column(String(10), comment="Home Office class, as 19C.")
    offence_code: Mapped[str] = mapped_column(String(10), index=True, comment="As 019/08.")
    class_title: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(600))
    offence_group: Mapped[str] = mapped_column(String(80), index=True)
    offence_subgroup: Mapped[str] = mapped_column(String(120))
    victim_or_state: Mapped[str] = mapped_column(
        String(3), comment="V victim based, S state based, S/V either."
    )
    max_sentence: Mapped[str] = mapped_column(String(60))
    mode: Mapped[str] = mapped_column(String(10))
    current: Mapped[bool] = mapped_column(default=True)
    reported_incident: Mapped[bool] = mapped_column(
        default=False, comment="N100 and N300: a reported incident, not a crime."
    )
    wordings: Mapped[list["OffenceWording"]] = relationship(lazy="raise", back_populates="offence")


class OffenceWording(Base):
    """One wording of an offence in an act. The published list has several under one key."""

    __tablename__ = "offence_wordings"
    __table_args__ = (UniqueConstraint("offence_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offence_id: Mapped[int] = mapped_column(ForeignKey("offences.id"), index=True)
    line: Mapped[int] = mapped_column(comment="Row of the published sheet it came from.")
    title: Mapped[str] = mapped_column(String(600))
    act: Mapped[str] = mapped_column(String(400))
    section: Mapped[str] = mapped_column(String(400))
    current: Mapped[bool] = mapped_column(default=True)
    offence: Mapped[Offence] = relationship(lazy="raise", back_populates="wordings")
