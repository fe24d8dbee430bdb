"""The bulletins that bear on a decision, for the page it is taken on (FB-02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import CRIME, REPORT, bulletin_number
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Bulletin, BulletinBearing, BulletinEdition
from fcr_app.services.bulletin_audience import is_for, newest_edition, read_by, standing
from fcr_app.services.loading import Loaded
from fcr_app.services.rulings_here import MAY_BECOME, subject_of

MOST_SHOWN = 5
#: A bulletin may be shown for many classes; so many lines are read to find the first few of them.
_MOST_READ = 100


@dataclass(frozen=True, kw_only=True)
class BulletinHere:
    """A bulletin beside a decision.

    Attributes:
        triggers: The steps that it bears on; none where it bears on every one.
        is_read: Whether the person said that they read it.
    """

    id: int
    number: str
    title: str
    text: str
    rule: str
    is_read: bool
    triggers: frozenset[str]

    def bears_on(self, trigger: str) -> bool:
        """Say whether it bears on a step."""
        return not self.triggers or trigger in self.triggers


@supports(force_policy("FB-02"), how="A bulletin is shown on the page of the decision it bears on")
def bulletins_on_case(
    session: Session, actor: Actor, loaded: Loaded, *, now: datetime
) -> tuple[BulletinHere, ...]:
    """Return the bulletins that bear on a case, unread ones first. Takes one statement."""
    subject = subject_of(loaded)
    return _bulletins(
        session,
        actor,
        place=loaded.workflow.key,
        classes=subject.classes,
        asked=loaded.case.asked or loaded.workflow.asked(loaded.facts),
        now=now,
    )


def bulletins_on_report(
    session: Session, actor: Actor, facts: IncidentFacts, *, now: datetime
) -> tuple[BulletinHere, ...]:
    """Return the bulletins for the page of a report, and for recording from it."""
    classes = {crime.offence_class for crime in facts.crimes}
    classes |= MAY_BECOME.get(facts.opening_code, frozenset())
    return _bulletins(session, actor, place=REPORT, classes=classes, asked="", now=now)


def bulletins_on_crime(
    session: Session, actor: Actor, offence_class: str, *, now: datetime
) -> tuple[BulletinHere, ...]:
    """Return the bulletins for the page of a crime."""
    return _bulletins(session, actor, place=CRIME, classes=(offence_class,), asked="", now=now)


def _bulletins(  # noqa: PLR0913 - for whom, where, about what
    session: Session,
    actor: Actor,
    *,
    place: str,
    classes: Iterable[str],
    asked: str,
    now: datetime,
) -> tuple[BulletinHere, ...]:
    is_read = read_by(actor.id).label("is_read")
    rows = session.execute(
        select(
            Bulletin.id,
            Bulletin.year,
            Bulletin.serial,
            BulletinEdition.title,
            BulletinEdition.text,
            BulletinEdition.rule,
            BulletinBearing.trigger,
            is_read,
        )
        .join(BulletinEdition, newest_edition())
        .join(BulletinBearing, BulletinBearing.edition_id == BulletinEdition.id)
        .where(
            BulletinBearing.place == place,
            BulletinBearing.offence_class.in_(["", *sorted({*classes} - {""})]),
            or_(BulletinBearing.asked == "", BulletinBearing.asked == asked),
            standing(to_london(now).date()),
            is_for(actor),
        )
        .order_by(is_read, Bulletin.changed_at.desc(), Bulletin.id.desc())
        .limit(_MOST_READ)
    ).all()
    steps: dict[int, set[str]] = {}
    for row in rows:
        steps.setdefault(row.id, set()).add(row.trigger)
    first = {row.id: row for row in reversed(rows)}
    return tuple(
        BulletinHere(
            id=key,
            number=bulletin_number(first[key].year, first[key].serial),
            title=first[key].title,
            text=first[key].text,
            rule=first[key].rule,
            is_read=bool(first[key].is_read),
            triggers=frozenset() if "" in triggers else frozenset(triggers),
        )
        for key, triggers in list(steps.items())[:MOST_SHOWN]
    )
