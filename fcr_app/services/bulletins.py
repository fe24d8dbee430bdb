"""Writing, publishing, correcting and withdrawing a bulletin. What is published is never changed.

Whoever calls says where the rule stands (``source``): the citations are read from the whole code,
which is no business of a service.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import (
    LONGEST_REASON,
    SHORTEST_REASON,
    BulletinState,
    Wording,
    bulletin_number,
)
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
)
from fcr_app.models import Bulletin, BulletinEdition, Force
from fcr_app.services.bulletin_telling import tell_of_withdrawal, tell_the_audience
from fcr_app.services.bulletin_words import as_kept, as_written, checked, store_parts
from fcr_app.services.log import Record, record_change

NOT_THERE = "There is no such bulletin, or it is not for you."


def write_bulletin(session: Session, actor: Actor, said: Wording, *, now: datetime) -> Bulletin:
    """Write a bulletin as a draft, which only those who publish see.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        InvalidValues: If something in it can't be used.
    """
    must_publish(actor)
    said = checked(session, said)
    bulletin = Bulletin(
        state=BulletinState.DRAFT.value,
        draft=as_kept(said),
        title=said.title,
        rule=said.rule,
        starts_on=said.starts_on,
        created_by_id=actor.id,
        created_at=now,
        changed_at=now,
    )
    session.add(bulletin)
    session.flush()
    _log(session, actor, "bulletin:written", bulletin, now, verb="collection")
    return bulletin


def change_draft(  # noqa: PLR0913 - who changes what, to what, seen when
    session: Session,
    actor: Actor,
    bulletin_id: int,
    said: Wording,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Change what is written of a bulletin and not published: the first words, or a correction.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is no such bulletin.
        InvalidValues: If something in it can't be used.
        InvalidValue: If it was withdrawn.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
    """
    bulletin = to_change(session, actor, bulletin_id, version)
    _must_not_be_withdrawn(bulletin)
    said = checked(session, said)
    bulletin.draft = as_kept(said)
    if bulletin.edition == 0:
        bulletin.title, bulletin.rule = said.title, said.rule
        bulletin.starts_on, bulletin.changed_at = said.starts_on, now
    _log(session, actor, "bulletin:draft-changed", bulletin, now)


@supports(
    force_policy("FB-02"), how="The FCR reminds staff of a rule, and sees who has read the reminder"
)
def publish(  # noqa: PLR0913 - who publishes what, from where, and whether it is read again
    session: Session,
    actor: Actor,
    bulletin_id: int,
    *,
    source: str,
    now: datetime,
    why: str = "",
    read_again: bool = True,
    version: int | None = None,
) -> BulletinEdition:
    """Publish what is written of a bulletin, and tell everybody it is for.

    Args:
        source: Where the rule stands, a line for each document; kept with it.
        why: Why an earlier edition is corrected.
        read_again: Whether those who read an earlier edition have to read this one.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is no such bulletin.
        InvalidValue: If there is nothing to publish, or no reason for a correction.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
    """
    bulletin = to_change(session, actor, bulletin_id, version)
    _must_not_be_withdrawn(bulletin)
    if bulletin.draft is None:
        raise InvalidValue("There is nothing new to publish. Write a correction first.")
    said = checked(session, as_written(bulletin.draft))
    first = bulletin.edition == 0
    reason = "" if first else _reason(why, "why")
    number = _next_number(session, now) if first else None
    edition = BulletinEdition(
        bulletin_id=bulletin.id,
        number=bulletin.edition + 1,
        title=said.title,
        text=said.text,
        rule=said.rule,
        source=source,
        right_example=said.right_example,
        wrong_example=said.wrong_example,
        starts_on=said.starts_on,
        why=reason,
        read_again=first or read_again,
        published_by_id=actor.id,
        published_at=now,
    )
    _take_over(bulletin, edition, number, now)
    session.add(edition)
    session.flush()
    store_parts(session, edition, said)
    _log(session, actor, "bulletin:published", bulletin, now)
    tell_the_audience(session, bulletin, edition.id, now=now)
    return edition


def _take_over(
    bulletin: Bulletin, edition: BulletinEdition, number: tuple[int, int] | None, now: datetime
) -> None:
    """Have a bulletin stand as its newest edition says; the first gives it its number."""
    if number:
        bulletin.year, bulletin.serial = number
    bulletin.state, bulletin.draft = BulletinState.PUBLISHED.value, None
    bulletin.edition, bulletin.changed_at = edition.number, now
    bulletin.title, bulletin.rule = edition.title, edition.rule
    bulletin.starts_on = edition.starts_on
    if edition.read_again:
        bulletin.read_from = edition.number
        bulletin.reminders, bulletin.reminded_at = 0, None


def _next_number(session: Session, now: datetime) -> tuple[int, int]:
    """Return year and serial of the next bulletin."""
    year = to_london(now).year
    # Held until the transaction ends, so that two published at once get two numbers.
    session.execute(select(Force.id).with_for_update())
    last = session.scalar(select(func.max(Bulletin.serial)).where(Bulletin.year == year))
    return year, (last or 0) + 1


def withdraw(  # noqa: PLR0913 - who withdraws what, why, for what instead
    session: Session,
    actor: Actor,
    bulletin_id: int,
    *,
    reason: str,
    now: datetime,
    replaced_by_id: int | None = None,
) -> None:
    """Withdraw a bulletin, or give up a draft. It stays readable, and says why it does not stand.

    Args:
        replaced_by_id: The bulletin that takes its place.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is no such bulletin.
        InvalidValue: If it was withdrawn, no reason is given, or what replaces it does not stand.
    """
    bulletin = to_change(session, actor, bulletin_id, None)
    _must_not_be_withdrawn(bulletin)
    said = _reason(reason, "reason")
    if replaced_by_id is not None:
        other = session.get(Bulletin, replaced_by_id)
        stands = other is not None and other.state == BulletinState.PUBLISHED.value
        if not stands or replaced_by_id == bulletin.id:
            raise InvalidValue(
                "What takes its place has to be another bulletin that is published.",
                field="replaced_by",
            )
    bulletin.state, bulletin.draft = BulletinState.WITHDRAWN.value, None
    bulletin.withdrawn_at = bulletin.changed_at = now
    bulletin.withdrawn_by_id, bulletin.withdrawn_reason = actor.id, said
    bulletin.replaced_by_id = replaced_by_id
    _log(session, actor, "bulletin:withdrawn", bulletin, now)
    if bulletin.edition:
        tell_of_withdrawal(session, bulletin, now=now)


def must_publish(actor: Actor) -> None:
    """Refuse whoever does not publish bulletins.

    Raises:
        PermissionRefused: If the person is no registrar.
    """
    if not may(actor, Permission.PUBLISH_BULLETINS):
        raise PermissionRefused("Only the FCR or a deputy publishes bulletins.")


def to_change(session: Session, actor: Actor, bulletin_id: int, version: int | None) -> Bulletin:
    """Return a bulletin that nobody else changes meanwhile.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is none.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
    """
    must_publish(actor)
    bulletin = session.get(Bulletin, bulletin_id, with_for_update=True)
    if bulletin is None:
        raise NotFound(NOT_THERE)
    if version is not None and version != bulletin.version:
        raise SomeoneElseChangedIt(
            "Somebody else changed this bulletin while you were writing. Look at it again."
        )
    return bulletin


def number_of(bulletin: Bulletin) -> str:
    """Return a bulletin's number: "B 2026/014"; empty for a draft."""
    if bulletin.year is None or bulletin.serial is None:
        return ""
    return bulletin_number(bulletin.year, bulletin.serial)


def _must_not_be_withdrawn(bulletin: Bulletin) -> None:
    if bulletin.state == BulletinState.WITHDRAWN.value:
        raise InvalidValue("This bulletin was withdrawn. Write a new one.")


def _reason(typed: str, field: str) -> str:
    reason = typed.strip()
    if len(reason) < SHORTEST_REASON:
        raise InvalidValue(f"Say why, in at least {SHORTEST_REASON} characters.", field=field)
    if len(reason) > LONGEST_REASON:
        raise InvalidValue(f"Use {LONGEST_REASON:,} characters or fewer.", field=field)
    return reason


def _log(  # noqa: PLR0913 - a log entry has this many parts
    session: Session,
    actor: Actor,
    what: str,
    bulletin: Bulletin,
    now: datetime,
    *,
    verb: str = "alteration",
) -> None:
    record_change(session, actor, what, Record.BULLETIN, bulletin.id, now=now, verb=verb)
