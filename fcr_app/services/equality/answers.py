"""Writes and reads what victims answered. A newer answer supersedes an older one; none goes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.age import age_of, band_of
from fcr_app.domain.equality.answers import Answer, AnswerSource, Missing, is_complete
from fcr_app.domain.equality.ethnicity import current_code
from fcr_app.domain.equality.items import Item
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import EqualityAnswer, EqualityRecord, Victim
from fcr_app.services.equality.access import must_ask
from fcr_app.services.equality.code_lists import values_on
from fcr_app.services.feedback_giving import see_corrections
from fcr_app.services.log import Record, record_change

LONGEST_DETAIL = 120
#: What stands for the list of an item that has none: an age is a day or a number of years.
YEARS = "age in years"


@dataclass(frozen=True, kw_only=True)
class NewAnswer:
    """An answer as it is given.

    Attributes:
        value: A code; for age what ``domain.equality.age`` stores. Empty where it is missing.
        detail: In the person's own words, where the code allows it.
        missing: Why there is no value.
        given_on: The day it was given, not later than today.
    """

    item: Item
    value: str = ""
    detail: str = ""
    missing: Missing | None = None
    source: AnswerSource = AnswerSource.SELF
    given_on: date


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An answer that can be stored: its code as it is called today, what it counts as, the list."""

    value: str
    group: str
    detail: str
    code_list: str


def answers_of(session: Session, record_id: int) -> dict[Item, Answer]:
    """Return the answers in force of a record. Looking is logged by whoever shows them."""
    rows = session.scalars(
        select(EqualityAnswer).where(
            EqualityAnswer.record_id == record_id, EqualityAnswer.superseded_at.is_(None)
        )
    )
    return {Item(row.item): as_answer(row) for row in rows}


def as_answer(row: EqualityAnswer) -> Answer:
    """Return a stored answer as the rules see it."""
    return Answer(
        item=Item(row.item),
        value=row.value,
        group=row.group,
        detail=row.detail,
        missing=Missing(row.missing_reason) if row.missing_reason else None,
        source=AnswerSource(row.source),
        given_on=row.given_on,
    )


def age_at(record: EqualityRecord, answers: Mapping[Item, Answer]) -> int | None:
    """Return the age at the time of the report; None while it is not known."""
    answer = answers.get(Item.AGE)
    return age_of(answer.value, record.counted_on) if answer and answer.value else None


def give_answer(
    session: Session, actor: Actor, record_id: int, new: NewAnswer, *, now: datetime
) -> bool:
    """Keep an answer; says whether it differs from the one before, else nothing was changed.

    Whether the actor may is asked before (``services/equality/access.py``).

    Raises:
        InvalidValues: If something about it can't be so.
    """
    # Two answers at once must not each count the other as missing.
    record = session.get_one(EqualityRecord, record_id, with_for_update=True)
    checked = check_answer(session, record, new, today=to_london(now).date())
    before = session.scalar(
        select(EqualityAnswer).where(
            EqualityAnswer.record_id == record.id,
            EqualityAnswer.item == new.item,
            EqualityAnswer.superseded_at.is_(None),
        )
    )
    _guess_never_replaces_what_was_said(new, before)
    reason = new.missing.value if new.missing else ""
    told = (checked.value, checked.detail, reason, new.source.value)
    if before and told == (before.value, before.detail, before.missing_reason, before.source):
        return False
    if before:
        before.superseded_at = now
        session.flush()
    session.add(
        EqualityAnswer(
            record_id=record.id,
            item=new.item.value,
            value=checked.value,
            group=checked.group,
            detail=checked.detail,
            source=new.source.value,
            missing_reason=reason,
            given_on=new.given_on,
            code_list=checked.code_list,
            entered_by_id=actor.id or None,
            entered_at=now,
        )
    )
    session.flush()
    note_completeness(session, record, now=now)
    record_change(
        session,
        actor,
        "equality:answer",
        Record.EQUALITY,
        record.id,
        now=now,
        verb="alteration" if before else "collection",
        detail=new.item.value,
    )
    return True


def _guess_never_replaces_what_was_said(new: NewAnswer, before: EqualityAnswer | None) -> None:
    """Refuse an age that somebody estimated where the victim told it.

    Raises:
        InvalidValues: If it would.
    """
    if before is None or new.item is not Item.AGE or new.source is not AnswerSource.OBSERVED:
        return
    if before.value and before.source in (AnswerSource.SELF, AnswerSource.THIRD_PARTY):
        raise InvalidValues(
            [InvalidValue("The victim’s age was told already: no estimate is needed.", field="age")]
        )


def note_completeness(session: Session, record: EqualityRecord, *, now: datetime) -> None:
    """Keep whether anything is left to ask, which the worklist reads."""
    answers = answers_of(session, record.id)
    complete = is_complete(answers, age_at(record, answers))
    if complete != (record.completed_at is not None):
        record.completed_at = now if complete else None
        session.flush()


def check_answer(
    session: Session, record: EqualityRecord, new: NewAnswer, *, today: date
) -> Checked:
    """Return an answer as it can be stored.

    Raises:
        InvalidValues: If something about it can't be so.
    """
    problems = [*_problems(new, today)]
    if problems:
        raise InvalidValues(problems)
    if new.item is Item.AGE:
        group = band_of(age_of(new.value, record.counted_on)).key if new.value else ""
        return Checked(value=new.value, group=group, detail="", code_list=YEARS)
    listed = values_on(session, new.item, today)
    if not new.value:
        return Checked(value="", group="", detail="", code_list=listed.version)
    code = listed.find(current_code(new.value) if new.item is Item.ETHNICITY else new.value)
    if code is None or not code.on(today):
        raise InvalidValues([InvalidValue("Select an answer from the list.", field="value")])
    detail = new.detail.strip() if code.write_in else ""
    return Checked(value=code.code, group=code.group, detail=detail, code_list=listed.version)


def _problems(new: NewAnswer, today: date) -> Iterator[InvalidValue]:
    if bool(new.value) == (new.missing is not None):
        yield InvalidValue("Select an answer, or why there is none.", field="value")
    if new.given_on > today:
        yield InvalidValue("The day it was answered must be in the past.", field="given_on")
    if len(new.detail.strip()) > LONGEST_DETAIL:
        yield InvalidValue(
            f"Their own words must be {LONGEST_DETAIL} characters or fewer.", field="detail"
        )
    observed = new.source is AnswerSource.OBSERVED
    if new.item is Item.ETHNICITY and observed and new.value:
        yield InvalidValue(
            "What an officer sees can’t stand in for what the victim says. Enter it as ethnicity "
            "as an officer saw it.",
            field="source",
        )
    if new.item is Item.ETHNICITY_OBSERVED and new.source in (
        AnswerSource.SELF,
        AnswerSource.THIRD_PARTY,
    ):
        yield InvalidValue("This is what somebody in the force saw.", field="source")


def answer_victim(
    session: Session,
    actor: Actor,
    record_id: int,
    read: Callable[[date], NewAnswer],
    *,
    now: datetime,
) -> bool:
    """Keep what somebody who may ask was answered; says whether anything changed.

    Args:
        read: Makes the answer, given the day that an age is counted at.

    Raises:
        NotFound: If there is no such record, or the person may see nothing of it.
        PermissionRefused: If they may not ask.
        InvalidValues: If something about the answer can't be so.
    """
    must_ask(session, actor, record_id)
    record = session.get_one(EqualityRecord, record_id)
    changed = give_answer(session, actor, record_id, read(record.counted_on), now=now)
    if changed and record.completed_at is not None:
        _see_corrections(session, record, now)
    return changed


def _see_corrections(session: Session, record: EqualityRecord, now: datetime) -> None:
    """Let feedback on equality information that was missing see that none is any more."""
    if record.incident_id is not None:
        see_corrections(session, incident_id=record.incident_id, now=now)
    for crime_id in session.scalars(
        select(Victim.crime_id).where(Victim.equality_record_id == record.id)
    ):
        see_corrections(session, crime_id=crime_id, now=now)
