"""Takes a frame: every record of it, at one moment, with the statement that found them."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy.orm import Session

from fcr_app.domain.audits.frame_choices import narrowed_in_words
from fcr_app.domain.audits.words import Frame
from fcr_app.services.audits.frames import crimes, rapes, reports
from fcr_app.services.audits.frames.audited import audited
from fcr_app.services.audits.frames.listed import take_listed
from fcr_app.services.audits.frames.shape import (
    Asked,
    FrameRecord,
    Source,
    Taken,
    stratum_namer,
)

SOURCES: Mapping[Frame, Callable[[Asked], Source]] = {
    Frame.INCIDENTS: reports.reports,
    Frame.DIRECT_CRIMES: crimes.recorded_directly,
    Frame.RAPES: rapes.rapes,
    Frame.N100S: rapes.n100s,
    Frame.CANCELLATIONS: crimes.cancelled,
    Frame.TRANSFERS: crimes.transferred,
    Frame.DIARY: reports.with_appointment,
    Frame.CRIMES: crimes.recorded,
    Frame.RECLASSIFICATIONS: crimes.reclassified,
    Frame.REFERRALS: reports.referrals,
    Frame.VICTIMS: crimes.victims,
    Frame.AUDITED: audited,
}
#: As many characters as a record's label has.
_LONGEST_LABEL = 80


def take_frame(session: Session, asked: Asked) -> Taken:
    """Return every record of a frame, and how it was found. It only reads.

    Raises:
        NotFound: If the frame is a list and there is no such list.
    """
    if asked.kind is Frame.LISTED:
        return take_listed(session, asked)
    source = SOURCES[asked.kind](asked)
    return Taken(
        records=tuple(_records(session, asked, source)),
        query=_written(session, source),
        in_words=in_words(asked, source),
    )


def in_words(asked: Asked, source: Source) -> str:
    """Return what a frame takes and what it leaves out."""
    said = [f"{source.taken} from {asked.span}."]
    if narrowed := narrowed_in_words(asked.narrowed):
        said.append(f"Narrowed to: {narrowed}.")
    if source.left_out:
        said.append(f"Left out: {source.left_out[:1].lower()}{source.left_out[1:]}")
    return " ".join(said)


def _records(session: Session, asked: Asked, source: Source) -> Iterator[FrameRecord]:
    name = stratum_namer(asked.strata)
    for prefix, statement in source.parts:
        for row in session.execute(statement.order_by("id")):
            label = f"{row.label}, victim {row.id}" if prefix == "victim" else row.label
            yield FrameRecord(
                identifier=f"{prefix}:{row.id}",
                stratum=name(row.divided),
                label=label[:_LONGEST_LABEL],
                crime_id=row.crime_id,
                incident_id=row.incident_id,
                case_id=row.case_id,
                audited_id=row.audited_id,
            )


def _written(session: Session, source: Source) -> str:
    dialect = session.get_bind().dialect
    return ";\n".join(
        str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        for _, statement in source.parts
    )
