"""The demonstration's bulletins: published and partly read, a draft, one withdrawn, examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import READERS, Bearing, Wording
from fcr_app.domain.feedback.sources import SOURCES
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor, Role
from fcr_app.models import Person, Unit
from fcr_app.services.actors import load_actor
from fcr_app.services.bulletin_telling import remind
from fcr_app.services.bulletin_view import mark_read
from fcr_app.services.bulletins import (
    change_draft,
    publish,
    to_change,
    withdraw,
    write_bulletin,
)
from fcr_app.services.demo_bulletin_words import (
    BULLETINS,
    CORRECTED,
    CORRECTED_BECAUSE,
    CORRECTION,
    EXAMPLES,
    REMINDED,
    REPLACING,
    WITHDRAWN,
    WITHDRAWN_BECAUSE,
    Said,
)
from fcr_app.services.teaching_examples import add_example


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """Whoever publishes, and everybody else, as they act today."""

    session: Session
    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    now: datetime
    made: dict[str, int] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        today = to_london(self.now).date()
        return load_actor(self.session, self.people[key].id, today=today, address="demonstration")

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)


def add_bulletins(
    session: Session, people: Mapping[str, Person], units: Mapping[str, Unit], *, now: datetime
) -> None:
    """Add the bulletins with their receipts, and examples for courses."""
    desk = _Desk(session=session, people=people, units=units, now=now)
    for said in BULLETINS:
        _play(desk, said)
    fcr = desk.actor("fcr")
    for theme, text in EXAMPLES.items():
        add_example(session, fcr, theme, text, names_nobody=True, now=desk.ago(9))


def _play(desk: _Desk, said: Said) -> None:
    session, fcr = desk.session, desk.actor(said.by)
    at = desk.ago(said.days_ago)
    words = _wording(desk, said, said.text)
    bulletin = write_bulletin(session, fcr, words, now=at - timedelta(hours=2))
    desk.made[said.key] = bulletin.id
    if not said.published:
        return
    source = str(SOURCES[said.rule])
    publish(session, fcr, bulletin.id, source=source, now=at)
    for place, reader in enumerate(said.read_by, start=1):
        mark_read(session, desk.actor(reader), bulletin.id, now=at + timedelta(hours=3 * place))
    if said.key == CORRECTED:
        later = at + timedelta(days=1)
        change_draft(session, fcr, bulletin.id, _wording(desk, said, CORRECTION), now=later)
        publish(
            session,
            fcr,
            bulletin.id,
            source=source,
            why=CORRECTED_BECAUSE,
            read_again=False,
            now=later,
        )
    if said.key == REMINDED:
        changed = to_change(session, fcr, bulletin.id, None)
        remind(session, fcr, changed, now=desk.ago(1))
    if said.key == REPLACING:
        withdraw(
            session,
            fcr,
            desk.made[WITHDRAWN],
            reason=WITHDRAWN_BECAUSE,
            replaced_by_id=bulletin.id,
            now=at + timedelta(hours=1),
        )


def _wording(desk: _Desk, said: Said, text: str) -> Wording:
    return Wording(
        title=said.title,
        text=text,
        rule=said.rule,
        right_example=said.right,
        wrong_example=said.wrong,
        errors=tuple(ErrorType(code) for code in said.errors.split()),
        bearings=tuple(
            Bearing(place=place, trigger=trigger, asked=asked, offence_class=offence_class)
            for place, trigger, asked, offence_class in said.shown_at
        ),
        unit_ids=tuple(desk.units[key].id for key in said.units.split()),
        roles=tuple(Role(role) for role in said.roles.split()) or READERS,
        starts_on=to_london(desk.ago(said.days_ago)).date(),
    )
