"""What a ruling of the FCR is about, and where the same question comes up again (CLS-04)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.numbers import name_key

#: A shorter word is in everything.
SHORTEST_WORD = 2
LONGEST_WORD = 40


class Topic(StrEnum):
    """The question that a ruling answers."""

    RECORD = "record"
    CLASSIFY = "classify"
    COUNT = "count"
    N100 = "n100"
    CANCEL = "cancel"
    LOCATION = "location"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The question in words."""
        return TOPIC_LABELS[self]


TOPIC_LABELS = {
    Topic.RECORD: "Whether to record",
    Topic.CLASSIFY: "Which class",
    Topic.COUNT: "How many crimes",
    Topic.N100: "Crime or N100",
    Topic.CANCEL: "Whether to cancel",
    Topic.LOCATION: "Which force",
    Topic.OTHER: "Something else",
}

#: The questions that come up in a workflow, by its key; in any other, all of them.
COMES_UP_IN: dict[str, frozenset[Topic]] = {
    "cancellation": frozenset({Topic.CANCEL, Topic.COUNT, Topic.LOCATION}),
    "reclassification": frozenset({Topic.CLASSIFY, Topic.COUNT}),
    "rape_report": frozenset({Topic.RECORD, Topic.CLASSIFY, Topic.N100, Topic.LOCATION}),
    "n100": frozenset({Topic.N100, Topic.RECORD, Topic.LOCATION}),
    "not_recorded": frozenset({Topic.RECORD, Topic.LOCATION, Topic.N100}),
}


def topics_of(workflow_key: str) -> frozenset[Topic]:
    """Return the questions that come up in a workflow."""
    return COMES_UP_IN.get(workflow_key, frozenset(Topic))


@dataclass(frozen=True, kw_only=True)
class RulingFacts:
    """A ruling that stands, as the rules see it."""

    number: str
    offence_class: str


def ruling_number(year: int, serial: int) -> str:
    """Return a ruling's number: "R 2026/014"."""
    return f"R {year}/{serial:03}"


_NUMBER = re.compile(r"R?(\d{4})[/-](\d{1,6})")


def read_ruling_number(typed: str) -> tuple[int, int] | None:
    """Return year and serial of a number as people type it: "r2026/14"; None if it is none."""
    found = _NUMBER.fullmatch("".join(typed.split()).upper())
    return (int(found[1]), int(found[2])) if found else None


def words_of(*texts: str) -> tuple[str, ...]:
    """Return the words that a text is found by: lower case, without accents, each once."""
    found = re.findall(r"[a-z0-9]+(?:/[a-z0-9]+)*", " ".join(name_key(text) for text in texts))
    kept = (word[:LONGEST_WORD] for word in found if len(word) >= SHORTEST_WORD)
    return tuple(dict.fromkeys(kept))


def read_rules(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rule ids in what was typed, "CLS-04, rec 25", and what is no rule's id."""
    said = [part for part in re.split(r"[,;\n]+", typed.upper()) if part.strip()]
    ids = [
        "-".join(re.findall(r"[A-Z][A-Z0-9]*?(?=[\s-]*\d+$)|\d+$", part.strip())) for part in said
    ]
    known = tuple(dict.fromkeys(rule for rule in ids if rule in HANDBOOK))
    unknown = tuple(
        part.strip() for part, rule in zip(said, ids, strict=True) if rule not in HANDBOOK
    )
    return known, unknown
