"""What a rule is to the engine: a question about facts, with its sentence and its source.

A guard function returns exactly None (met) or a sentence that says what is wrong and what to do.
Its docstring is the rule in plain words: it is shown on the decision page and printed on the
policy page, so it is written for a registrar.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import Any, Generic, Protocol, TypeVar

from fcr_app.domain.citations import Citation
from fcr_app.domain.facts import Facts
from fcr_app.domain.questions import Question
from fcr_app.errors import Refusal

F = TypeVar("F", bound=Facts)
Applier = TypeVar("Applier", bound=Callable[..., Any])
#: A rule that looks at the plain facts serves every workflow, whatever more its own facts hold.
F_contra = TypeVar("F_contra", bound=Facts, contravariant=True)


_APPLIED = "__applies__"


class Verdict(StrEnum):
    """How a rule stands in a case."""

    MET = "met"
    NOT_MET = "not_met"
    WARNING = "warning"
    JUDGEMENT = "judgement"

    @property
    def label(self) -> str:
        """The verdict in words; colour is never the only sign."""
        return {
            "met": "Met",
            "not_met": "Not met",
            "warning": "Warning",
            "judgement": "Needs your judgement",
        }[self.value]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {"met": "green", "not_met": "red", "warning": "yellow", "judgement": "blue"}[
            self.value
        ]

    @property
    def urgency(self) -> int:
        """Its place in a list: what stops the step first, what is met last."""
        return ("not_met", "warning", "judgement", "met").index(self.value)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule, looked at for one case."""

    name: str
    sentence: str
    cite: Citation
    verdict: Verdict
    reason: str = ""
    field: str = ""

    @property
    def refusal(self) -> Refusal:
        """The check as a reason for refusing."""
        return Refusal(
            rule=self.cite.rule,
            reason=self.reason,
            field=self.field,
            source=self.cite.source.value,
            page=self.cite.page,
        )


@dataclass(frozen=True, kw_only=True)
class Guard(Generic[F_contra]):
    """A rule that blocks a step, or warns.

    Attributes:
        blocking: False for a rule that warns and asks for a reason.
        when: The rule applies only if this holds.
        judged_by: The question the decider answers to settle it; open until answered.
        who: It is about who decides, not about what is decided.
    """

    name: str
    sentence: str
    cite: Citation
    test: Callable[[F_contra], str | None]
    blocking: bool
    when: Callable[[F_contra], bool]
    judged_by: Question | None
    who: bool = False

    def check(self, facts: F_contra) -> Check | None:
        """Look at the rule for one case; None where it does not apply."""
        if not self.when(facts):
            return None
        verdict, reason = self._verdict(facts)
        field = self.judged_by.name if self.judged_by else ""
        return Check(
            name=self.name,
            sentence=self.sentence,
            cite=self.cite,
            verdict=verdict,
            reason=reason,
            field=field,
        )

    def _verdict(self, facts: F_contra) -> tuple[Verdict, str]:
        if self.judged_by is not None and not facts.answers.get(self.judged_by.name):
            return Verdict.JUDGEMENT, ""
        reason = self.test(facts)
        if reason is None:
            return Verdict.MET, ""
        return (Verdict.NOT_MET if self.blocking else Verdict.WARNING), reason


class ForAnyFacts(Protocol):
    """Makes a rule of a test, whatever facts the test looks at.

    A condition (``when``) looks at the same facts; the type checker can't be told that here.
    """

    def __call__(self, test: Callable[[F], str | None]) -> Guard[F]:
        """Return the rule."""


def _applies(_facts: Facts) -> bool:
    return True


def _decorator(
    cite: Citation,
    when: Callable[[Any], bool],
    judged_by: Question | None,
    *,
    blocking: bool,
    who: bool = False,
) -> ForAnyFacts:
    def make(test: Callable[[F], str | None]) -> Guard[F]:
        return Guard(
            name=test.__name__,
            sentence=" ".join(cleandoc(test.__doc__ or "").split()),
            cite=cite,
            test=test,
            blocking=blocking,
            when=when,
            judged_by=judged_by,
            who=who,
        )

    return make


def blocks(
    cite: Citation,
    *,
    when: Callable[[Any], bool] = _applies,
    judged_by: Question | None = None,
    who: bool = False,
) -> ForAnyFacts:
    """Make a rule that stops the step when it is not met."""
    return _decorator(cite, when, judged_by, blocking=True, who=who)


def warns(cite: Citation, *, when: Callable[[Any], bool] = _applies) -> ForAnyFacts:
    """Make a rule that asks for a reason when it is not met."""
    return _decorator(cite, when, None, blocking=False)


def applies(guards: Iterable[Guard[Any]]) -> Callable[[Applier], Applier]:
    """Mark a function that looks at some guards outside a workflow, where services use it.

    The coverage of the handbook (``fcr_app/reports/citations.py``) counts them by that mark.
    """
    applied = tuple(guards)

    def mark(thing: Applier) -> Applier:
        setattr(thing, _APPLIED, applied)
        return thing

    return mark


def applied_by(thing: object) -> tuple[Guard[Any], ...]:
    """Return the guards that a function is marked as looking at."""
    applied: tuple[Guard[Any], ...] = getattr(thing, "__dict__", {}).get(_APPLIED, ())
    return applied
