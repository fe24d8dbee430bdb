"""What may happen to an action that a recommendation became, and who may do it.

An owner carries it out and shows it; a registrar who does not own it looks at what they show, and
closes it. Reference on audits, sections 2.1 and 2.5: a recommendation has an owner and a day, and
earlier ones are followed up in later reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fcr_app.domain.audits.words import ActionState
from fcr_app.errors import InvalidValue

SHORTEST_TEXT, LONGEST_TEXT, LONGEST_SOURCE = 20, 4000, 120
#: No action looks further ahead; a later day is set when it is nearer.
FURTHEST = timedelta(days=731)

_OPEN, _IN_PROGRESS, _DONE, _CLOSED = ActionState


class ActionMove(StrEnum):
    """Something that happens to an action."""

    BEGIN = "begin"
    REPORT = "report"
    FINISH = "finish"
    CLOSE = "close"
    SEND_BACK = "send_back"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True)
class MoveRule:
    """What a move does, and what it needs.

    Attributes:
        label: What its button says.
        done: As the history says it.
        asks: What has to be said with it.
        hint: What such words should hold.
        dest: Where it leads; None where the action stays where it is.
        by_owner: Whether it is the owner's to do, and a registrar's; else a registrar's who does
            not own the action.
    """

    move: ActionMove
    label: str
    done: str
    asks: str
    hint: str
    sources: frozenset[ActionState]
    dest: ActionState | None
    by_owner: bool


MOVES = (
    MoveRule(
        move=ActionMove.BEGIN,
        label="Begin",
        done="Began",
        asks="What will be done first, and by when?",
        hint="The registrars read this.",
        sources=frozenset({_OPEN}),
        dest=_IN_PROGRESS,
        by_owner=True,
    ),
    MoveRule(
        move=ActionMove.REPORT,
        label="Say how it goes",
        done="Said how it goes",
        asks="How does it go?",
        hint="What is done, what is not, and what stands in the way.",
        sources=frozenset({_OPEN, _IN_PROGRESS}),
        dest=None,
        by_owner=True,
    ),
    MoveRule(
        move=ActionMove.FINISH,
        label="Say that it is done",
        done="Said that it is done, with the evidence",
        asks="What shows that it is done, and that it worked?",
        hint="For example: the guidance and its date, who was trained and when, the audit that "
        "shows the change.",
        sources=frozenset({_OPEN, _IN_PROGRESS}),
        dest=_DONE,
        by_owner=True,
    ),
    MoveRule(
        move=ActionMove.CLOSE,
        label="Close it",
        done="Checked the evidence and closed it",
        asks="What did you look at, and what did it show?",
        hint="Closing says that the evidence is enough. It stays with the action.",
        sources=frozenset({_DONE}),
        dest=_CLOSED,
        by_owner=False,
    ),
    MoveRule(
        move=ActionMove.SEND_BACK,
        label="Send it back",
        done="Sent it back",
        asks="What is missing?",
        hint="The owner reads this.",
        sources=frozenset({_DONE}),
        dest=_IN_PROGRESS,
        by_owner=False,
    ),
    MoveRule(
        move=ActionMove.REOPEN,
        label="Open it again",
        done="Opened it again",
        asks="Why is it opened again?",
        hint="For example: a later audit found the same error as often as before.",
        sources=frozenset({_CLOSED}),
        dest=_IN_PROGRESS,
        by_owner=False,
    ),
)
RULE_OF = {rule.move: rule for rule in MOVES}


def moves_for(state: ActionState, *, is_owner: bool, is_registrar: bool) -> tuple[MoveRule, ...]:
    """Return what somebody may do with an action, in the order of the buttons."""
    return tuple(
        rule
        for rule in MOVES
        if state in rule.sources and _is_theirs(rule, is_owner=is_owner, is_registrar=is_registrar)
    )


def _is_theirs(rule: MoveRule, *, is_owner: bool, is_registrar: bool) -> bool:
    if rule.by_owner:
        return is_owner or is_registrar
    return is_registrar and not is_owner


def is_late(due_on: date, state: ActionState, today: date) -> bool:
    """Say whether an action is overdue. One whose evidence waits to be checked is not its owner's.

    Args:
        today: In London.
    """
    return state in {_OPEN, _IN_PROGRESS} and due_on < today


@dataclass(frozen=True, kw_only=True)
class ActionWords:
    """An action as it is written down.

    Attributes:
        recommended: What has to be done. Stands in reports that are published: it names nobody.
        measure: How it shows that it worked; may be empty.
        source: Who recommended it; empty where an audit did.
        due_on: None where none was entered.
    """

    recommended: str
    measure: str
    source: str
    due_on: date | None

    def problems(self, *, today: date, of_audit: bool) -> Iterator[InvalidValue]:
        """Give what is wrong with it, each for its field."""
        if not SHORTEST_TEXT <= len(self.recommended.strip()) <= LONGEST_TEXT:
            limits = f"{SHORTEST_TEXT} to {LONGEST_TEXT:,} characters"
            yield InvalidValue(f"Say what is to be done, in {limits}.", field="recommended")
        if len(self.measure.strip()) > LONGEST_TEXT:
            yield InvalidValue(f"Say it in at most {LONGEST_TEXT:,} characters.", field="measure")
        if not of_audit and not 1 <= len(self.source.strip()) <= LONGEST_SOURCE:
            said = f"Say who recommended it, in at most {LONGEST_SOURCE} characters."
            yield InvalidValue(said, field="source")
        yield from due_problems(self.due_on, today)


def due_problems(due_on: date | None, today: date) -> Iterator[InvalidValue]:
    """Give what is wrong with the day by which something is to be done."""
    if due_on is None or not today <= due_on <= today + FURTHEST:
        yield InvalidValue("Enter a day from today on, within two years.", field="due_on")


def words_problem(said: str) -> InvalidValue | None:
    """Return what is wrong with what was said with a move, if anything is."""
    if SHORTEST_TEXT <= len(said.strip()) <= LONGEST_TEXT:
        return None
    limits = f"{SHORTEST_TEXT} to {LONGEST_TEXT:,} characters"
    return InvalidValue(f"Say it in {limits}.", field="text")
