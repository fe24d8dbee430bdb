"""What a step asks a person, and how their answers are read.

A question checks *shape* (present, long enough, a real date); guards check *policy*.
Answers travel as text: a date as ``2026-11-24``, a moment as UTC ISO 8601, a choice by its value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from fcr_app.errors import Refusal

Answers = Mapping[str, str]


class Kind(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "moment"
    CRIME = "crime"
    OFFENCE = "offence"
    VICTIM = "victim"


@dataclass(frozen=True)
class Option:
    """One choice: what is stored, what is said, and a line of help."""

    value: str
    label: str
    hint: str = ""


YES = "yes"
NO = "no"
YES_NO = (Option(YES, "Yes"), Option(NO, "No"))


def always(_answers: Answers) -> bool:
    """Ask in every case."""
    return True


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something a person answers when taking a step.

    Attributes:
        name: The key the answer is kept under.
        when: Asked only if this holds of the other answers.
        min_length: Shortest useful text, in characters.
        optional: An empty answer is fine.
        thing: The noun for messages: "Enter <thing>".
        summary: A short name for check-your-answers lists; the label where empty.
    """

    name: str
    label: str
    thing: str
    kind: Kind = Kind.LONG_TEXT
    hint: str = ""
    summary: str = ""
    options: tuple[Option, ...] = ()
    when: Callable[[Answers], bool] = field(default=always)
    min_length: int = 1
    max_length: int = 4000
    optional: bool = False

    def problem(self, answers: Answers) -> Refusal | None:
        """Return what is wrong with the answer's shape, or None."""
        message = self._shape(answers.get(self.name, "").strip())
        return Refusal(rule="", reason=message, field=self.name) if message else None

    def _shape(self, text: str) -> str:
        verb = "Select" if self.kind in (Kind.CHOICE, Kind.VICTIM) else "Enter"
        if not text:
            return "" if self.optional else f"{verb} {self.thing}."
        if self.options and text not in {option.value for option in self.options}:
            return f"Select {self.thing}."
        return self._length(text) or self._kind_of(text)

    def _length(self, text: str) -> str:
        if len(text) > self.max_length:
            return f"{self._named} must be {self.max_length:,} characters or fewer."
        if self.kind is Kind.LONG_TEXT and len(text) < self.min_length:
            return f"{self._named} must be at least {self.min_length} characters."
        return ""

    def _kind_of(self, text: str) -> str:
        if "\x00" in text:  # PostgreSQL can't keep it
            return f"{self._named} has a character in it that can’t be kept. Type it again."
        if self.kind is Kind.DATE and read_date(text) is None:
            return f"{self._named} must be a real date, like 24 11 2026."
        if self.kind is Kind.MOMENT and read_moment(text) is None:
            return f"{self._named} must be a real date and time, like 24 11 2026 and 14:05."
        return ""

    @property
    def _named(self) -> str:
        return self.thing[0].upper() + self.thing[1:]

    @property
    def title(self) -> str:
        """The short name for lists of answers."""
        return self.summary or self.label

    def shown(self, answers: Answers) -> str:
        """Return the answer as people read it: the option's label for a choice."""
        text = answers.get(self.name, "").strip()
        return next((o.label for o in self.options if o.value == text), text)


def read_date(text: str) -> date | None:
    """Read an ISO date; None if it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Read an aware ISO moment as UTC; None if it is not one."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 or 9999, an hour past the end of time
        return None
