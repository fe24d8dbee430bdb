"""Bulletins: the FCR reminds staff of a rule, and shows it where it bears on a decision (FB-02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.domain.ruling_questions import is_a_class
from fcr_app.errors import InvalidValue

LONGEST_TITLE = 120
SHORTEST_TEXT, LONGEST_TEXT = 20, 4000
LONGEST_EXAMPLE = 1000
SHORTEST_REASON, LONGEST_REASON = 10, 1000
MOST_BEARINGS = 40

#: Who a bulletin can be for: everybody who works on cases.
READERS = (
    Role.OFFICER,
    Role.SUPERVISOR,
    Role.DDM,
    Role.DEPUTY_FCR,
    Role.FCR,
    Role.AUDITOR,
    Role.CHIEF_OFFICER,
)

#: Where a bulletin is shown besides the pages of a policy: by what stands for it in a bearing.
REPORT, CRIME = "report", "crime"
OTHER_PLACES = {
    REPORT: "A report of a crime, and recording from it",
    CRIME: "The page of a crime",
}


class BulletinState(StrEnum):
    """How far a bulletin has come. Stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """It in a word."""
        return self.value.capitalize()

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {"draft": "yellow", "published": "green", "withdrawn": "grey"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """A decision that a bulletin bears on.

    Attributes:
        place: The key of a policy, or one of ``OTHER_PLACES``.
        trigger: The one step of the policy; empty for every step.
        asked: What has to be asked, such as ``C2``; empty for whatever is asked.
        offence_class: The class it has to be about; empty for any.
    """

    place: str
    trigger: str = ""
    asked: str = ""
    offence_class: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a bulletin says, to whom, and where it is shown.

    Attributes:
        rule: The handbook id of the rule it reminds of.
        right_example: An example of doing it right; may be empty.
        wrong_example: An example of doing it wrong; may be empty.
        errors: The errors it answers, E01 to E26.
        unit_ids: For these units and all below them; for the whole force where there is none.
        roles: For whoever holds one of these.
        starts_on: The first day it is shown, in London.
    """

    title: str
    text: str
    rule: str
    roles: tuple[Role, ...]
    starts_on: date
    right_example: str = ""
    wrong_example: str = ""
    errors: tuple[ErrorType, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    unit_ids: tuple[int, ...] = ()


def problems_of(said: Wording) -> list[InvalidValue]:
    """Return what is wrong with a bulletin, as far as it can be seen without the database."""
    wrong = [
        InvalidValue(message, field=field)
        for field, message, is_wrong in (
            ("title", "Enter a title.", not said.title.strip()),
            ("title", f"Use {LONGEST_TITLE} characters or fewer.", len(said.title) > LONGEST_TITLE),
            ("text", _length_of(said.text), bool(_length_of(said.text))),
            ("rule", "Choose a rule of the handbook.", said.rule not in HANDBOOK),
            ("roles", "Select who it is for.", not said.roles),
            ("roles", "Select only people who work on cases.", not set(said.roles) <= {*READERS}),
            ("right_example", _TOO_LONG, len(said.right_example) > LONGEST_EXAMPLE),
            ("wrong_example", _TOO_LONG, len(said.wrong_example) > LONGEST_EXAMPLE),
        )
        if is_wrong
    ]
    return wrong + list(_wrong_bearings(said.bearings))


_TOO_LONG = f"Use {LONGEST_EXAMPLE:,} characters or fewer."


def _length_of(text: str) -> str:
    if len(text.strip()) < SHORTEST_TEXT:
        return f"Say what the rule asks, in at least {SHORTEST_TEXT} characters."
    return f"Use {LONGEST_TEXT:,} characters or fewer." if len(text) > LONGEST_TEXT else ""


def _wrong_bearings(bearings: tuple[Bearing, ...]) -> Iterable[InvalidValue]:
    if len(bearings) > MOST_BEARINGS:
        yield InvalidValue(
            f"It can be shown in at most {MOST_BEARINGS} places. Name fewer policies or classes.",
            field="places",
        )
    for bearing in bearings:
        if bearing.offence_class and not is_a_class(bearing.offence_class):
            yield InvalidValue(
                f"“{bearing.offence_class}” is no class of the list. Write one as it does, as 8L.",
                field="classes",
            )
            return


def bulletin_number(year: int, serial: int) -> str:
    """Return a bulletin's number: "B 2026/014"."""
    return f"B {year}/{serial:03}"
