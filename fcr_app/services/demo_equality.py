"""What the victims of the demonstration force were asked: as incomplete as the inspection found.

Age and sex nearly always, the rest only here and there and with reasons (inspection of 2018: "only
records other protected characteristics when it determines them to be relevant"). Drawn by chance
with a fixed seed, about nobody.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.items import NEEDED, Item
from fcr_app.domain.equality.lists import code_list
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.models import Crime, EqualityRecord, Incident, Victim
from fcr_app.services.equality.answers import NewAnswer, give_answer
from fcr_app.services.equality.records import record_of_report

_SEED = 2018
#: Of a hundred victims, how many gave a value and how many a reason, unless they were asked all.
_TOLD: Mapping[Item, tuple[int, int]] = {
    Item.AGE: (97, 1),
    Item.SEX: (98, 1),
    Item.ETHNICITY: (46, 38),
    Item.RELIGION: (9, 22),
    Item.DISABILITY: (17, 20),
    Item.ORIENTATION: (7, 21),
    Item.GENDER_IDENTITY: (6, 20),
    Item.MARRIAGE: (11, 19),
}
#: The share of victims who were asked every question.
_ASKED_ALL = 0.18
_DECLINES = 0.12
_OBSERVED = 0.6
_REASONS = (
    *[Missing.NOT_ASKED] * 6,
    *[Missing.DECLINED] * 3,
    Missing.URGENT,
    Missing.NOT_SEEN,
    Missing.NOT_UNDERSTOOD,
)
#: The likelier codes come more often; every other one now and then.
_LIKELY = {
    Item.ETHNICITY: ("W1",) * 9 + ("B2", "A1", "A2", "W9", "B1"),
    Item.RELIGION: ("none", "christian", "christian", "muslim"),
    Item.DISABILITY: ("no",) * 5,
    Item.ORIENTATION: ("heterosexual",) * 12,
    Item.GENDER_IDENTITY: ("same",) * 20,
    Item.MARRIAGE: ("single", "married"),
}


def add_answers(session: Session, *, now: datetime) -> int:
    """Begin the records of reports that name a victim, and answer some of everybody's questions.

    Returns:
        How many answers were given.
    """
    for incident in session.scalars(
        select(Incident).where(Incident.victim_name != "").order_by(Incident.id)
    ):
        record_of_report(session, incident)
    children = set(
        session.scalars(select(Victim.equality_record_id).where(Victim.is_child.is_(True)))
    )
    chance, count = Random(_SEED), 0  # noqa: S311 - a demonstration, no secret
    for record in session.scalars(select(EqualityRecord).order_by(EqualityRecord.id)).all():
        at = min(record.opened_at + timedelta(hours=chance.randrange(1, 40)), now)
        actor = _asker(session, record)
        for new in _answers(chance, record, at, is_child=record.id in children):
            count += give_answer(session, actor, record.id, new, now=at)
    return count


def _asker(session: Session, record: EqualityRecord) -> Actor:
    """Return whoever deals with the crime or the report, as far as the answers need to know."""
    officer = session.scalar(
        select(Crime.oic_id)
        .join(Victim, Victim.crime_id == Crime.id)
        .where(Victim.equality_record_id == record.id)
        .order_by(Crime.id)
        .limit(1)
    ) or session.scalar(select(Incident.officer_id).where(Incident.id == record.incident_id))
    return Actor(id=officer or SYSTEM_ACTOR.id, name="", roles=frozenset(), address="demo")


def _answers(
    chance: Random, record: EqualityRecord, at: datetime, *, is_child: bool
) -> Iterator[NewAnswer]:
    day, asked_all = to_london(at).date(), chance.random() < _ASKED_ALL
    source = AnswerSource.THIRD_PARTY if is_child else AnswerSource.SELF
    years = chance.randrange(6, 16) if is_child else chance.randrange(17, 84)
    for item in NEEDED:
        if is_child and item.info.from_age:
            continue
        values, reasons = (100, 0) if asked_all else _TOLD[item]
        drawn = chance.randrange(100)
        if drawn < values and not (asked_all and _declines(chance, item)):
            value = _age(chance, record, years) if item is Item.AGE else _value(chance, item, at)
            yield NewAnswer(item=item, value=value, source=source, given_on=day)
        elif drawn < values + reasons or asked_all:
            missing = Missing.DECLINED if asked_all else chance.choice(_REASONS)
            who = source if missing is Missing.DECLINED else AnswerSource.OBSERVED
            yield NewAnswer(item=item, missing=missing, source=who, given_on=day)
    if chance.random() < _OBSERVED:
        yield NewAnswer(
            item=Item.ETHNICITY_OBSERVED,
            value=chance.choice(("IC1", "IC1", "IC1", "IC3", "IC4", "IC2")),
            source=AnswerSource.OBSERVED,
            given_on=day,
        )


def _declines(chance: Random, item: Item) -> bool:
    return item.info.sensitive and chance.random() < _DECLINES


def _age(chance: Random, record: EqualityRecord, years: int) -> str:
    """Return a date of birth for most, and an age for the rest."""
    if chance.random() < 0.85:  # noqa: PLR2004 - a share of a demonstration
        born_on = record.counted_on.replace(day=1, year=record.counted_on.year - years)
        return born_on.isoformat()
    return str(years)


def _value(chance: Random, item: Item, at: datetime) -> str:
    codes = tuple(code.code for code in code_list(item, to_london(at).date()).codes)
    return chance.choice((*_LIKELY.get(item, ()), *codes))
