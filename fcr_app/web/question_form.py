"""Turns the questions of a step into form fields, and what was typed into answers.

A field keeps its question's name, with ``-day``, ``-month``, ``-year`` and ``-time`` for the parts
of dates; a prefix keeps apart the same question asked by two decisions on one page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.questions import Kind, Question, read_date, read_moment
from fcr_app.errors import InvalidValue, Refusal

DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Typed:
    """What a person typed: the fields as they were, the answers they mean, what can't be read."""

    fields: Mapping[str, str]
    answers: Mapping[str, str]
    problems: tuple[Refusal, ...] = ()


def read(questions: Iterable[Question], form: Mapping[str, str], prefix: str = "") -> Typed:
    """Read the answers to some questions from a form that was sent."""
    fields: dict[str, str] = {}
    answers: dict[str, str] = {}
    problems: list[Refusal] = []
    for question in questions:
        for field in field_names(question, prefix):
            fields[field] = form.get(field, "")
        try:
            answers[question.name] = _answer(question, fields, prefix + question.name)
        except InvalidValue as error:
            answers[question.name] = _as_typed(question, fields, prefix + question.name)
            problems.append(Refusal(rule="", reason=str(error), field=question.name))
    return Typed(fields, answers, tuple(problems))


def field_names(question: Question, prefix: str = "") -> tuple[str, ...]:
    """Return the names of the inputs that a question is asked with."""
    name = prefix + question.name
    if question.kind is Kind.DATE:
        return tuple(f"{name}-{part}" for part in DATE_PARTS)
    if question.kind is Kind.MOMENT:
        return (*(f"{name}-{part}" for part in DATE_PARTS), f"{name}-time")
    return (name,)


def first_field(question: Question, prefix: str = "") -> str:
    """Return the input that a message about a question leads to."""
    return field_names(question, prefix)[0]


def fill(
    questions: Iterable[Question], answers: Mapping[str, str], prefix: str = ""
) -> dict[str, str]:
    """Return the fields that show stored answers, for a form that is opened again."""
    fields: dict[str, str] = {}
    for question in questions:
        text, name = answers.get(question.name, ""), prefix + question.name
        day = _stored_day(question, text)
        if day is None:
            fields[name] = text
            continue
        fields |= {
            f"{name}-day": str(day.day),
            f"{name}-month": str(day.month),
            f"{name}-year": str(day.year),
        }
        if question.kind is Kind.MOMENT:
            fields[f"{name}-time"] = f"{day:%H:%M}"
    return fields


def _stored_day(question: Question, text: str) -> datetime | None:
    """Return a stored date or moment as a London wall clock shows it."""
    if question.kind is Kind.DATE and (day := read_date(text)):
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    if question.kind is Kind.MOMENT and (moment := read_moment(text)):
        return to_london(moment)
    return None


def _answer(question: Question, fields: Mapping[str, str], name: str) -> str:
    if question.kind not in (Kind.DATE, Kind.MOMENT):
        return fields[name].strip()
    parts = [fields[f"{name}-{part}"].strip() for part in DATE_PARTS]
    if question.kind is Kind.DATE and all(part.isdecimal() for part in parts):
        day, month, year = (int(part) for part in parts)
        return f"{year:04}-{month:02}-{day:02}"
    time = fields.get(f"{name}-time", "").strip().replace(".", ":")
    if question.kind is Kind.MOMENT and all(part.isdecimal() for part in parts) and time:
        return _moment("-".join(part.zfill(2) for part in reversed(parts)), time)
    return _as_typed(question, fields, name)


def _moment(day: str, time: str) -> str:
    """Return a London date and time as UTC; what can't be read is returned as it is.

    Raises:
        NoLivingTime: For the hour in March that the clocks skip.
    """
    try:
        wall = datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - London, below
    except ValueError:
        return f"{day} {time}"
    return from_london(wall).isoformat()


def _as_typed(question: Question, fields: Mapping[str, str], name: str) -> str:
    """Return the parts as one text, so that the question can say what is wrong with it."""
    return " ".join(
        part for f in field_names_of(question, name) if (part := fields.get(f, "").strip())
    )


def field_names_of(question: Question, name: str) -> tuple[str, ...]:
    """Return the inputs of a question whose full name is known."""
    return field_names(question, name.removesuffix(question.name))
