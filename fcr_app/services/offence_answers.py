"""Answers that name an offence: found by what was typed, and kept as the published list says it."""

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.questions import Kind, Question
from fcr_app.errors import Refusal, StepRefused
from fcr_app.models import Offence
from fcr_app.services.crime_choices import find_offences

_CLASS_AND_CODE = re.compile(r"(\S+)\s+(\d{3}/\d{2})\b")
#: With the title after it: found before.
_IN_FULL = re.compile(r"\S+\s+\d{3}/\d{2}\s+\S")
#: As many as a message has room for.
_MOST_NAMED = 5


def name_offences(
    session: Session, questions: Iterable[Question], answers: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """Return answers with each offence in full: "8Q 195/12 Stalking", and what can't be found."""
    named, problems = dict(answers), list[Refusal]()
    for question in questions:
        typed = named.get(question.name, "")
        if question.kind is not Kind.OFFENCE or not typed or _IN_FULL.match(typed):
            continue
        found = find_offences(session, typed)
        if found.only:
            named[question.name] = found.only.label
        else:
            said = [choice.label for choice in found.choices[:_MOST_NAMED]]
            problems.append(Refusal(rule="", reason=_which(said), field=question.name))
    return named, tuple(problems)


def offences_in_full(
    session: Session, questions: Iterable[Question], answers: Mapping[str, str]
) -> dict[str, str]:
    """Return answers with each offence in full.

    Raises:
        StepRefused: If an offence can't be found, or several match.
    """
    named, problems = name_offences(session, questions, answers)
    if problems:
        raise StepRefused(problems)
    return named


def _which(labels: list[str]) -> str:
    if not labels:
        return "No offence in force matches that. Enter a class and code, like 8Q 195/12."
    return f"Enter the class and code of the one you mean: {'; '.join(labels)}."


def offence_of(session: Session, answer: str) -> Offence | None:
    """Return the offence that an answer in full names; None where it names none."""
    read = _CLASS_AND_CODE.match(answer)
    if read is None:
        return None
    return session.scalar(
        select(Offence).where(Offence.offence_class == read[1], Offence.offence_code == read[2])
    )
