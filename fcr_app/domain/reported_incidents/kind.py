"""What tells one kind of reported incident from another, N100 from N300."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.citations import Citation
from fcr_app.domain.guards import Guard
from fcr_app.domain.guide import Guide
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.questions import Kind as Answered, Option, Question
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.reported_facts import ReportedFacts


class State(StrEnum):
    """Where a reported incident stands. Stored: to change a value takes a migration."""

    DRAFT = "draft"
    OPEN = "reported_open"
    TO_REVIEW = "reported_to_review"
    AGREED = "reported_agreed"
    CONVERTED = "reported_converted"
    CANCELLED = "reported_cancelled"
    DISCARDED = "reported_discarded"


Guards = tuple[Guard[ReportedFacts], ...]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of reported incident.

    Attributes:
        key: Its workflow's; in capitals it is what people call it and what its references begin
            with: N100.
        of: What was reported, after "of": "rape".
        crime: What it becomes once confirmed, in words: "the rape".
        confirmed: The button that converts it: "Confirmed: record the crime".
        codes: Each code and what it means.
        cite: The rule that it exists by, with its page for this kind.
        asks: What is asked when it is created, the code or ground included.
        again: What is asked with every later event, to ask the question again.
        event: What can be new.
        rules: What it has to meet to be created, or to stay one.
        which_crime: What is asked to settle which crime it becomes.
        crime_rules: What that has to meet.
        final_rules: What is looked at when the FCR confirms a code for good.
        transfers: Whether one of its codes belongs to another force.
        comes_from_crimes: Whether a recorded crime can be moved back to one (CLS-03).
        error: The kind of error it is where it should have been a crime.
    """

    key: str
    title: str
    summary: str
    of: str
    crime: str
    confirmed: str
    codes: Mapping[str, str]
    cite: Citation
    guide: Guide
    asks: tuple[Question, ...]
    again: tuple[Question, ...]
    event: Question
    rules: Guards
    which_crime: tuple[Question, ...]
    suits: Callable[[IncidentFacts], bool]
    crime_rules: Guards = ()
    final_rules: Guards = ()
    transfers: bool = False
    comes_from_crimes: bool = False
    error: ErrorType | None = None

    @property
    def name(self) -> str:
        """What people call it: N100."""
        return self.key.upper()


def code_question(codes: Mapping[str, str], name: str) -> Question:
    """Return the question which code it has."""
    return Question(
        name="code",
        label=f"Which {name} code?",
        thing="the code",
        summary="Code",
        kind=Answered.CHOICE,
        options=tuple(Option(code, f"{code}: {means}") for code, means in codes.items()),
    )
