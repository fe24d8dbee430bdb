"""What the pages of one record show: the questions with their answers, or only what is open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.answers import Answer, AnswerSource, Missing
from fcr_app.domain.equality.codes import Code, CodeList
from fcr_app.domain.equality.items import INFO, NEEDED, Item, applies
from fcr_app.domain.equality.language import Language
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import PermissionRefused
from fcr_app.models import Crime, EqualityRecord, Incident, Victim
from fcr_app.services.equality.access import Sight, log_look, may_reveal, must_ask, sight_of
from fcr_app.services.equality.answers import age_at, answers_of
from fcr_app.services.equality.code_lists import values_on
from fcr_app.services.visibility import visible_crimes, visible_incidents

#: What a record is about, as it is called, with its id where the person may open it.
Links = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """One item of a record as a person may see it.

    Attributes:
        applies: Somebody of this age is asked it.
        answered: There is a value, whether or not this person may see it.
        value, detail: Empty where there is none and where it is not for this person.
        hidden: There is a value that is not shown here.
        codes: The list of its values; None for age and for whoever may not ask.
        choices: Those of them that may be chosen today.
    """

    item: Item
    applies: bool
    answered: bool
    hidden: bool = False
    value: str = ""
    detail: str = ""
    missing: Missing | None = None
    source: AnswerSource | None = None
    given_on: date | None = None
    codes: CodeList | None = None
    choices: tuple[Code, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is left to ask."""
        return self.answered or (self.missing is not None and self.missing.is_settled)

    @property
    def words(self) -> str:
        """The value in words; empty where there is none to be shown."""
        if self.codes is None or not self.value:
            return self.value
        code = self.codes.find(self.value)
        return code.label if code else self.value


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """One record as a person may see it.

    Attributes:
        about: The crimes and the report it is about, with the id of each that may be opened.
        age: At the time of the report, for whoever may see values.
        answered, asked: Of how many questions how many are settled.
    """

    id: int
    victim: str
    reports: Links
    crimes: Links
    counted_on: date
    opened_at: datetime
    completed_at: datetime | None
    sight: Sight
    may_reveal: bool
    age: int | None
    items: Mapping[Item, ItemView]
    answered: int
    asked: int
    prefers_language: str

    @property
    def may_ask(self) -> bool:
        """Whether the person may ask, and see what was answered."""
        return self.sight is Sight.VALUES


def read_record(session: Session, actor: Actor, record_id: int, *, now: datetime) -> RecordView:
    """Return a record as a person may see it, and log the look.

    Raises:
        NotFound: If there is no such record, or the person may see nothing of it.
    """
    sight = sight_of(session, actor, record_id)
    what = "equality:read" if sight is Sight.VALUES else "equality:gaps"
    log_look(session, actor, what, record_id, now=now)
    return _view(session, actor, record_id, sight, now=now)


def progress(session: Session, actor: Actor, record_id: int, *, now: datetime) -> RecordView:
    """Return what is open, with no answer in it: what a person is told who has just saved one.

    Raises:
        NotFound: If there is no such record, or the person may see nothing of it.
    """
    sight_of(session, actor, record_id)
    return _view(session, actor, record_id, Sight.GAPS, now=now)


def _view(
    session: Session, actor: Actor, record_id: int, sight: Sight, *, now: datetime
) -> RecordView:
    record = session.get_one(EqualityRecord, record_id)
    answers = answers_of(session, record.id)
    age = age_at(record, answers)
    today = to_london(now).date()
    items = {
        item: _item(
            item,
            answers.get(item),
            age,
            None if item is Item.AGE or sight is Sight.GAPS else values_on(session, item, today),
            sight,
        )
        for item in Item
    }
    items = {
        item: replace(one, choices=one.codes.on(today)) if one.codes else one
        for item, one in items.items()
    }
    needed = [items[item] for item in NEEDED if items[item].applies]
    about = _about(session, actor, record)
    return RecordView(
        id=record.id,
        victim=about.victim,
        reports=about.reports,
        crimes=about.crimes,
        counted_on=record.counted_on,
        opened_at=record.opened_at,
        completed_at=record.completed_at,
        sight=sight,
        may_reveal=sight is Sight.VALUES
        and may_reveal(session, actor, record.id, Item.GENDER_IDENTITY),
        age=age if sight is Sight.VALUES else None,
        items=items,
        answered=sum(one.settled for one in needed),
        asked=len(needed),
        prefers_language=about.language,
    )


def _item(
    item: Item, answer: Answer | None, age: int | None, codes: CodeList | None, sight: Sight
) -> ItemView:
    if answer is None:
        return ItemView(item=item, applies=applies(item, age), answered=False, codes=codes)
    answered = bool(answer.value)
    hidden = answered and (sight is Sight.GAPS or INFO[item].protected_history)
    return ItemView(
        item=item,
        applies=applies(item, age),
        answered=answered,
        hidden=hidden,
        value="" if hidden else answer.value,
        detail="" if hidden else answer.detail,
        missing=answer.missing,
        source=answer.source,
        given_on=answer.given_on,
        codes=codes,
    )


def reveal(
    session: Session, actor: Actor, record_id: int, item: Item, *, now: datetime
) -> ItemView:
    """Return an answer that is hidden elsewhere, and log that it was shown.

    Raises:
        NotFound: If there is no such record, or the person may see nothing of it.
        PermissionRefused: If it is not for them.
    """
    must_ask(session, actor, record_id)
    if not may_reveal(session, actor, record_id, item):
        raise PermissionRefused(
            "Only whoever deals with the victim is shown this answer: it may tell of a gender "
            "history (Gender Recognition Act 2004, section 22)."
        )
    log_look(session, actor, "equality:reveal", record_id, now=now)
    answer = answers_of(session, record_id).get(item)
    codes = values_on(session, item, to_london(now).date())
    if answer is None:
        return ItemView(item=item, applies=True, answered=False, codes=codes)
    return ItemView(
        item=item,
        applies=True,
        answered=bool(answer.value),
        value=answer.value,
        detail=answer.detail,
        missing=answer.missing,
        source=answer.source,
        given_on=answer.given_on,
        codes=codes,
    )


@dataclass(frozen=True, kw_only=True)
class _About:
    """Who and what a record is about."""

    victim: str
    language: str
    reports: Links
    crimes: Links


def _about(session: Session, actor: Actor, record: EqualityRecord) -> _About:
    seen_crimes = select(Crime.id).where(visible_crimes(actor)).correlate(None)
    seen_reports = select(Incident.id).where(visible_incidents(actor)).correlate(None)
    victims = session.execute(
        select(
            Victim.name,
            Victim.prefers_language,
            Crime.id,
            Crime.crime_number,
            Crime.id.in_(seen_crimes).label("seen"),
        )
        .join(Crime, Crime.id == Victim.crime_id)
        .where(Victim.equality_record_id == record.id)
        .order_by(Victim.id)
    ).all()
    reports = session.execute(
        select(
            Incident.victim_name,
            Incident.id,
            Incident.reference,
            Incident.id.in_(seen_reports).label("seen"),
        ).where(Incident.id == record.incident_id)
    ).all()
    names = [*(row.name for row in victims), *(row.victim_name for row in reports)]
    return _About(
        victim=next((name for name in names if name), ""),
        language=victims[0].prefers_language if victims else Language.ENGLISH.value,
        reports=tuple((row.reference, row.id if row.seen else None) for row in reports),
        crimes=tuple((row.crime_number, row.id if row.seen else None) for row in victims),
    )
