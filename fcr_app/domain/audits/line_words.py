"""An audit of a plan in words, and what changed between two editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.frame_choices import narrowed_in_words
from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.audits.recurrence import every_label
from fcr_app.domain.audits.words import Strata

#: After it come the parts of the risk.
RISK = "Risk"
#: Title and value of each thing there is to say, in order.
Words = Mapping[str, str]


@dataclass(frozen=True)
class Changed:
    """One thing that reads otherwise than before."""

    title: str
    before: str
    after: str


class ChangeKind(StrEnum):
    """What happened to an audit between two editions."""

    ADDED = "added"
    TAKEN_OUT = "taken_out"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """It in words."""
        return {"added": "Added", "taken_out": "Taken out", "changed": "Changed"}[self.value]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {"added": "green", "taken_out": "red", "changed": "yellow"}[self.value]


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """How one audit of a plan differs from the edition before.

    Attributes:
        changed: What reads otherwise; empty where it was added or taken out.
    """

    kind: ChangeKind
    line_key: str
    title: str
    changed: tuple[Changed, ...] = ()


def sample_in_words(given: LineGiven) -> str:
    """Return how many records are drawn, and how: "20 at random, from each offence group"."""
    if given.method is Method.CENSUS:
        return "All records"
    if given.method is Method.DIP:
        return f"{given.fixed_size} chosen by hand: a dip sample, without an interval"
    said = f"At random, to plus or minus {_points(given.precision)}"
    if given.method is Method.FIXED:
        said = f"{given.fixed_size} at random"
    if given.method in {Method.FIXED, Method.STRATIFIED} and given.strata is not Strata.NONE:
        part = "part of the list" if given.strata is Strata.LISTED else given.strata.label.lower()
        said += f", from each {part}"
    if given.census_below:
        said += f"; all where fewer than {given.census_below}"
    return said


def words_of(given: LineGiven, *, owner: str, auditors: Sequence[str]) -> Words:
    """Return all that a line says, in the order in which it is read."""
    stratified = given.method is Method.STRATIFIED
    due = f"{given.first_due_on:%-d %B %Y}" if given.first_due_on else ""
    said = {
        "What is audited": given.title,
        "Records": given.frame.label,
        "Narrowed to": narrowed_in_words(given.frame_filter) or "Nothing: all of them",
        "What is counted": given.counted_as.label,
        "Divided by": given.strata.label,
        "How often": every_label(given.every_months),
        "First due": due,
        "About": _covered(given.covers_months),
        "Sample": sample_in_words(given),
        **({"Shared": given.allocation.label} if stratified else {}),
        "Rate expected": f"{given.expected_rate:.1%}".replace(".0%", "%"),
        "Crimes for each record": f"{given.yield_rate:g}",
        "Design effect": f"{given.design_effect:g}",
        "Hours each time": f"{given.hours:g}",
        "Sees to it": owner or "Nobody yet",
        "Auditors": ", ".join(auditors) or "Nobody yet",
        RISK: f"{given.risk.score} ({given.risk.why})",
    }
    return said | {part.label: f"{part.value}: {part.said}" for part in given.risk.parts}


def changed_between(before: Words, after: Words) -> tuple[Changed, ...]:
    """Return what reads otherwise, in the order in which it is read."""
    return tuple(
        Changed(title, before.get(title, ""), said)
        for title, said in after.items()
        if before.get(title, "") != said
    )


def changes_between(
    before: Mapping[str, Words], after: Mapping[str, Words]
) -> tuple[LineChange, ...]:
    """Return what one edition changes of another, by the key of each line."""
    found = []
    for key in sorted({*before, *after}, key=key_order):
        was, now = before.get(key), after.get(key)
        title = (now or was or {}).get("What is audited", "")
        if was is None:
            found.append(LineChange(kind=ChangeKind.ADDED, line_key=key, title=title))
        elif now is None:
            found.append(LineChange(kind=ChangeKind.TAKEN_OUT, line_key=key, title=title))
        elif changed := changed_between(was, now):
            kind = ChangeKind.CHANGED
            found.append(LineChange(kind=kind, line_key=key, title=title, changed=changed))
    return tuple(found)


def key_order(line_key: str) -> tuple[int, str, int]:
    """Return what a key is sorted by: A2 before A10, and A1 before A1b."""
    code, _, number = line_key.partition("-")
    digits = "".join(letter for letter in code if letter.isdigit())
    return int(digits or 0), code, int(number) if number.isdigit() else 0


def _points(precision: float | None) -> str:
    points = 100 * (precision or 0)
    return f"{points:g} point{'' if points == 1 else 's'}"


def _covered(months: int) -> str:
    return "The month before" if months == 1 else f"The {months} months before"
