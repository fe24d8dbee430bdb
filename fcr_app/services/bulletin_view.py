"""One bulletin as a person reads it, and saying that one has read it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import Bearing, BulletinState, Wording
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound
from fcr_app.models import Bulletin, BulletinEdition, BulletinReceipt, Notice, Person, Unit
from fcr_app.services.bulletin_audience import is_for, may_be_read_by, newest_edition
from fcr_app.services.bulletin_telling import cannot_remind, topic_of
from fcr_app.services.bulletin_words import PLACES, as_written, published_words
from fcr_app.services.bulletins import NOT_THERE, number_of
from fcr_app.services.log import Record, record_change, record_view
from fcr_app.workflows import workflow_by_key

#: As many as a person can choose from by reading them.
MOST_OFFERED = 50


@dataclass(frozen=True, kw_only=True)
class EditionLine:
    """One edition, for the list of all of them."""

    number: int
    published_at: datetime
    published_by: str
    why: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class OtherBulletin:
    """Another bulletin, to lead to."""

    id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class BulletinView:
    """A bulletin, as its page shows it to one person.

    Attributes:
        said: What stands; for a draft, what is written.
        source: Where the rule stands, one line each; none for a draft.
        correction: What is written and not published yet of a bulletin that is published, for
            those who publish.
        read_at: When the person said that they read it; None while they have to.
        mine: Whether it is for the person, so that they are asked to read it.
        units: The names of the units that it is for.
        cannot_remind: Why nobody can be reminded now; empty where they can.
    """

    id: int
    version: int
    number: str
    state: BulletinState
    edition: int
    said: Wording
    rule_name: str
    source: tuple[str, ...]
    correction: Wording | None
    editions: tuple[EditionLine, ...]
    begun: bool
    mine: bool
    read_at: datetime | None
    units: tuple[str, ...]
    shown_at: tuple[str, ...]
    withdrawn_at: datetime | None
    withdrawn_reason: str
    replaced_by: OtherBulletin | None
    publishes: bool
    cannot_remind: str
    reminders: int


def bulletin_view(
    session: Session, actor: Actor, bulletin_id: int, *, now: datetime
) -> BulletinView:
    """Return a bulletin, and log that it was looked at.

    Raises:
        NotFound: If there is none, or it is not for the person.
    """
    today = to_london(now).date()
    row = session.execute(
        select(Bulletin, BulletinEdition, is_for(actor).label("mine"))
        .outerjoin(BulletinEdition, newest_edition())
        .where(Bulletin.id == bulletin_id, may_be_read_by(actor, today))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    bulletin: Bulletin = row[0]
    edition: BulletinEdition | None = row[1]
    record_view(session, actor, "bulletin:read", Record.BULLETIN, bulletin.id, now=now)
    publishes = may(actor, Permission.PUBLISH_BULLETINS)
    draft = as_written(bulletin.draft) if bulletin.draft else None
    said = published_words(session, edition) if edition else draft or _given_up(bulletin)
    begun = bulletin.starts_on <= today
    standing = bulletin.state == BulletinState.PUBLISHED.value and begun
    return BulletinView(
        id=bulletin.id,
        version=bulletin.version,
        number=number_of(bulletin),
        state=BulletinState(bulletin.state),
        edition=bulletin.edition,
        said=said,
        rule_name=HANDBOOK[said.rule].name,
        source=tuple(edition.source.splitlines()) if edition else (),
        correction=draft if publishes and edition else None,
        editions=_editions(session, bulletin.id),
        begun=begun,
        mine=bool(row.mine) and standing,
        read_at=_read_at(session, actor, bulletin),
        units=_unit_names(session, said),
        shown_at=tuple(in_words(bearing) for bearing in said.bearings),
        withdrawn_at=bulletin.withdrawn_at,
        withdrawn_reason=bulletin.withdrawn_reason,
        replaced_by=_other(session, bulletin.replaced_by_id),
        publishes=publishes,
        cannot_remind=cannot_remind(bulletin, now=now),
        reminders=bulletin.reminders,
    )


def mark_read(session: Session, actor: Actor, bulletin_id: int, *, now: datetime) -> None:
    """Say that one has read a bulletin as it stands; what told of it is read with it.

    Raises:
        NotFound: If there is none, or it is not for the person.
        InvalidValue: If it does not stand.
        AlreadyDone: If the person said so before.
    """
    today = to_london(now).date()
    bulletin = session.scalar(
        select(Bulletin)
        .join(BulletinEdition, newest_edition())
        .where(Bulletin.id == bulletin_id, is_for(actor))
        .with_for_update(of=Bulletin)
    )
    if bulletin is None:
        raise NotFound(NOT_THERE)
    if bulletin.state != BulletinState.PUBLISHED.value or bulletin.starts_on > today:
        raise InvalidValue("This bulletin does not stand, so there is nothing to say about it.")
    if _read_at(session, actor, bulletin):
        raise AlreadyDone("You have said already that you have read this.")
    session.add(
        BulletinReceipt(
            bulletin_id=bulletin.id, person_id=actor.id, number=bulletin.edition, read_at=now
        )
    )
    session.execute(
        update(Notice)
        .where(
            Notice.person_id == actor.id,
            Notice.read_at.is_(None),
            Notice.path == topic_of(bulletin).path,
        )
        .values(read_at=now)
    )
    record_change(
        session, actor, "bulletin:receipt", Record.BULLETIN, bulletin.id, now=now, verb="collection"
    )


def in_words(bearing: Bearing) -> str:
    """Return where a bulletin is shown, in words."""
    words = PLACES.get(bearing.place, bearing.place)
    if bearing.trigger:
        steps = workflow_by_key(bearing.place).steps
        label = next((s.label for s in steps if s.trigger == bearing.trigger), bearing.trigger)
        words += f": {label}"
    if bearing.asked:
        words += f", where {bearing.asked} is asked"
    if bearing.offence_class:
        words += f", class {bearing.offence_class}"
    return words


def _given_up(bulletin: Bulletin) -> Wording:
    """Return what is left of a draft that was given up."""
    return Wording(
        title=bulletin.title, text="", rule=bulletin.rule, roles=(), starts_on=bulletin.starts_on
    )


def _read_at(session: Session, actor: Actor, bulletin: Bulletin) -> datetime | None:
    return session.scalar(
        select(BulletinReceipt.read_at)
        .where(
            BulletinReceipt.bulletin_id == bulletin.id,
            BulletinReceipt.person_id == actor.id,
            BulletinReceipt.number >= bulletin.read_from,
        )
        .limit(1)
    )


def _editions(session: Session, bulletin_id: int) -> tuple[EditionLine, ...]:
    rows = session.execute(
        select(BulletinEdition, Person.name)
        .join(Person, Person.id == BulletinEdition.published_by_id)
        .where(BulletinEdition.bulletin_id == bulletin_id)
        .order_by(BulletinEdition.number.desc())
    )
    return tuple(
        EditionLine(
            number=edition.number,
            published_at=edition.published_at,
            published_by=name,
            why=edition.why,
            title=edition.title,
            text=edition.text,
        )
        for edition, name in rows
    )


def _unit_names(session: Session, said: Wording) -> tuple[str, ...]:
    if not said.unit_ids:
        return ()
    found = select(Unit.name).where(Unit.id.in_(said.unit_ids)).order_by(Unit.path)
    return tuple(session.scalars(found))


def _other(session: Session, bulletin_id: int | None) -> OtherBulletin | None:
    other = session.get(Bulletin, bulletin_id) if bulletin_id else None
    return OtherBulletin(id=other.id, number=number_of(other)) if other else None


def replaceable_by(session: Session, bulletin_id: int) -> list[OtherBulletin]:
    """Return the bulletins that stand besides one: what may take its place."""
    found = session.scalars(
        select(Bulletin)
        .where(Bulletin.state == BulletinState.PUBLISHED.value, Bulletin.id != bulletin_id)
        .order_by(Bulletin.changed_at.desc())
        .limit(MOST_OFFERED)
    )
    return [OtherBulletin(id=one.id, number=f"{number_of(one)}: {one.title}") for one in found]
