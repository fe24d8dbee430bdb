"""Reads the columns about equality of an extract's row, and writes what they say for a batch.

An import never replaces what somebody here was told, and never guesses: an unknown label is a
problem with its line, and the record is taken without it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app.domain.equality.age import age_of, band_of, from_birth, from_years
from fcr_app.domain.equality.answers import Answer, AnswerSource, Missing, is_complete
from fcr_app.domain.equality.codes import CodeList
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.labels import LabelRead, read_label
from fcr_app.domain.london import to_london
from fcr_app.errors import InvalidValue
from fcr_app.models import EqualityAnswer, EqualityRecord
from fcr_app.services.equality.answers import YEARS
from fcr_app.services.equality.code_lists import values_on
from fcr_app.services.imports.batch import Origin, insert_rows
from fcr_app.services.imports.times import read_time
from fcr_app.services.log import Record, record_changes

#: What a column about a victim may hold, by the name of the field.
COLUMNS: Mapping[str, str] = {
    "date_of_birth": "Date of birth",
    "age": "Age in years",
    "sex": "Sex",
    "gender_identity": "Gender identity",
    "ethnicity": "Self-defined ethnicity",
    "ethnicity_observed": "Officer-observed ethnicity",
    "religion": "Religion or belief",
    "disability": "Disability",
    "orientation": "Sexual orientation",
    "marriage": "Marriage or civil partnership",
}
LEFT_OUT = "The record was taken without it."
UNKNOWN_LABEL = f"No code has this label, and none is guessed. {LEFT_OUT}"
_LONGEST_AGE = 3

CodeLists = Mapping[Item, CodeList]
#: By item, what a row says: for age the code is what ``domain.equality.age`` stores.
Said = Mapping[Item, LabelRead]


def code_lists(session: Session, day: date) -> CodeLists:
    """Return the values of every item that has a list, read once for a whole file."""
    return {item: values_on(session, item, day) for item in Item if item is not Item.AGE}


def read_columns(
    cells: Mapping[str, str],
    lists: CodeLists,
    formats: tuple[str, ...],
    day: date,
    leave_out: Callable[[str, str, str], None],
) -> Said:
    """Return what a row says about a victim.

    Args:
        cells: What stands under each column, by the name of the field; blank says nothing.
        formats: How dates are written.
        day: Of the report, by which the victim was born.
        leave_out: Told the field, what is to be quoted of the value, and why it is left out.
    """
    said: dict[Item, LabelRead] = {}
    for name, text in cells.items():
        if not text:
            continue
        try:
            if name == "date_of_birth":
                said[Item.AGE] = LabelRead(code=from_birth(read_time(text, formats).day, day))
            elif name == "age":
                said.setdefault(Item.AGE, _age(text))
            elif read := read_label(Item(name), text, lists[Item(name)]):
                said[Item(name)] = read
            else:
                leave_out(name, text, UNKNOWN_LABEL)
        except InvalidValue as error:
            # A date of birth is nobody's business among the problems of an import.
            leave_out(name, "", f"{error} {LEFT_OUT}")
    return said


def _age(text: str) -> LabelRead:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_AGE):
        raise InvalidValue("The age is no whole number.")
    return LabelRead(code=from_years(int(text), estimated=False))


@dataclass
class _Held:
    """A record of the batch, with its answers in force and who entered each."""

    counted_on: date
    answers: dict[Item, Answer]
    rows: dict[Item, EqualityAnswer]


def write_columns(session: Session, said: Mapping[int, Said], origin: Origin) -> None:
    """Write what the rows of a batch say, by record; a few statements, however many rows."""
    wanted = {record_id: what for record_id, what in said.items() if what}
    if not wanted:
        return
    held = _held(session, wanted)
    lists = code_lists(session, to_london(origin.now).date())
    new = list(_new_answers(wanted, held, lists, origin))
    old = [held[row["record_id"]].rows[Item(row["item"])].id for row in new if _replaces(held, row)]
    if old:
        session.execute(
            update(EqualityAnswer)
            .where(EqualityAnswer.id.in_(old))
            .values(superseded_at=origin.now)
            .execution_options(synchronize_session=False)
        )
    insert_rows(session, EqualityAnswer, new)
    changed = sorted({row["record_id"] for row in new})
    _note_completeness(session, changed, origin)
    record_changes(
        session,
        origin.actor,
        "equality:import",
        Record.EQUALITY,
        changed,
        now=origin.now,
        verb="collection",
    )


def _held(session: Session, wanted: Mapping[int, Said]) -> dict[int, _Held]:
    records = session.execute(
        select(EqualityRecord.id, EqualityRecord.counted_on).where(EqualityRecord.id.in_(wanted))
    )
    held = {row.id: _Held(row.counted_on, {}, {}) for row in records}
    current = EqualityAnswer.superseded_at.is_(None)
    for row in session.scalars(
        select(EqualityAnswer).where(EqualityAnswer.record_id.in_(wanted), current)
    ):
        held[row.record_id].rows[Item(row.item)] = row
    return held


def _replaces(held: Mapping[int, _Held], row: Mapping[str, Any]) -> bool:
    return Item(row["item"]) in held[row["record_id"]].rows


def _new_answers(
    wanted: Mapping[int, Said], held: Mapping[int, _Held], lists: CodeLists, origin: Origin
) -> Iterator[dict[str, Any]]:
    for record_id, said in wanted.items():
        for item, read in said.items():
            before = held[record_id].rows.get(item)
            reason = read.missing.value if read.missing else ""
            if before and before.entered_by_id is not None:
                continue  # what somebody here was told stands
            if before and (before.value, before.missing_reason) == (read.code, reason):
                continue
            yield {
                "record_id": record_id,
                "item": item.value,
                "value": read.code,
                "group": _group(item, read, lists, held[record_id].counted_on),
                "detail": "",
                "source": AnswerSource.SYSTEM.value,
                "missing_reason": reason,
                "given_on": to_london(origin.now).date(),
                "code_list": YEARS if item is Item.AGE else lists[item].version,
                "entered_by_id": None,
                "entered_at": origin.now,
                "superseded_at": None,
            }


def _group(item: Item, read: LabelRead, lists: CodeLists, counted_on: date) -> str:
    if not read.code:
        return ""
    if item is Item.AGE:
        return band_of(max(0, age_of(read.code, counted_on))).key
    code = lists[item].find(read.code)
    return code.group if code else ""


def _note_completeness(session: Session, record_ids: list[int], origin: Origin) -> None:
    """Keep whether anything is left to ask of these records."""
    records = session.execute(
        select(EqualityRecord.id, EqualityRecord.counted_on).where(
            EqualityRecord.id.in_(record_ids)
        )
    )
    days = {row.id: row.counted_on for row in records}
    answers: dict[int, dict[Item, Answer]] = defaultdict(dict)
    for row in session.execute(
        select(
            EqualityAnswer.record_id,
            EqualityAnswer.item,
            EqualityAnswer.value,
            EqualityAnswer.missing_reason,
        ).where(EqualityAnswer.record_id.in_(record_ids), EqualityAnswer.superseded_at.is_(None))
    ):
        answers[row.record_id][Item(row.item)] = Answer(
            item=Item(row.item),
            value=row.value,
            missing=Missing(row.missing_reason) if row.missing_reason else None,
            source=AnswerSource.SYSTEM,
            given_on=days[row.record_id],
        )
    complete = [
        record_id
        for record_id, given in answers.items()
        if is_complete(given, _age_in(given, days[record_id]))
    ]
    for ids, at in ((complete, origin.now), (sorted(set(record_ids) - set(complete)), None)):
        session.execute(
            update(EqualityRecord)
            .where(
                EqualityRecord.id.in_(ids),
                EqualityRecord.completed_at.is_(None)
                if at
                else EqualityRecord.completed_at.is_not(None),
            )
            .values(completed_at=at, version=EqualityRecord.version + 1)
            .execution_options(synchronize_session=False)
        )


def _age_in(given: Mapping[Item, Answer], day: date) -> int | None:
    answer = given.get(Item.AGE)
    return age_of(answer.value, day) if answer and answer.value else None
