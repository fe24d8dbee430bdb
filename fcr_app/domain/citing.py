"""How code says which rules it carries out, where no workflow says so already.

A guard carries the rule it enforces, and a step the rule it follows. A class or function that does
the same outside a workflow says so above itself:

    @enforces(crr26("CLS-01", "13"), how="An import never changes the first class")
    def store(...): ...

``fcr_app/reports/citations.py`` finds these marks; nothing else reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fcr_app.domain.citations import Citation

Marked = TypeVar("Marked", bound=Callable[..., Any])

_MARK = "__carries_out__"


class Handling(StrEnum):
    """What this service does about a rule, the strictest first."""

    ENFORCED = "enforced"
    WARNED = "warned"
    SUPPORTED = "supported"
    NOT_COVERED = "not_covered"

    @property
    def label(self) -> str:
        """It in a word or two."""
        return {
            "enforced": "Enforced",
            "warned": "Warned of",
            "supported": "Supported",
            "not_covered": "Not covered",
        }[self.value]

    @property
    def meaning(self) -> str:
        """What that means, in a sentence."""
        return {
            "enforced": "What breaks the rule is refused.",
            "warned": "What breaks the rule needs a reason, which is kept.",
            "supported": "It is asked, counted, measured or led to, and left to people to keep.",
            "not_covered": "The service does nothing about it, for the reason given.",
        }[self.value]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {
            "enforced": "green",
            "warned": "yellow",
            "supported": "blue",
            "not_covered": "grey",
        }[self.value]


@dataclass(frozen=True)
class Carried:
    """A rule that a class or function carries out, how strictly, and how, in words."""

    handling: Handling
    cite: Citation
    how: str


def enforces(*cites: Citation, how: str) -> Callable[[Marked], Marked]:
    """Mark code that refuses, or makes impossible, what breaks a rule.

    Args:
        how: What it does about the rule, for people who don't read code; no full stop.
    """
    return _marker(Handling.ENFORCED, cites, how)


def supports(*cites: Citation, how: str) -> Callable[[Marked], Marked]:
    """Mark code that helps people to keep a rule: it asks, shows, counts or reminds.

    Args:
        how: What it does about the rule, for people who don't read code; no full stop.
    """
    return _marker(Handling.SUPPORTED, cites, how)


def carried_out_by(thing: object) -> tuple[Carried, ...]:
    """Return the rules that something is marked with itself; a parent's marks are not its own."""
    marks: tuple[Carried, ...] = getattr(thing, "__dict__", {}).get(_MARK, ())
    return marks


def _marker(
    handling: Handling, cites: tuple[Citation, ...], how: str
) -> Callable[[Marked], Marked]:
    def mark(thing: Marked) -> Marked:
        carried = tuple(Carried(handling, cite, how) for cite in cites)
        setattr(thing, _MARK, carried_out_by(thing) + carried)
        return thing

    return mark
