"""Every deliberate error, all children of :class:`FcrError`.

Messages are fit to show a person: what went wrong, and what to do. Only
``web/error_pages.py`` turns them into HTTP statuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field as dataclass_field


class FcrError(Exception):
    """Something a person asked for can't be done; the message says why."""


class NotFound(FcrError):
    """The record does not exist, or this person may not know that it does."""


class PermissionRefused(FcrError):
    """None of the person's roles may do this."""


class StepNotAvailable(FcrError):
    """The case is in a state that has no such step."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One reason a step is refused.

    Attributes:
        rule: The handbook id of the rule, such as ``CANC-05``; empty for a missing answer.
        reason: A sentence that says what is wrong and what to do.
        field: The question to mend, where there is one.
        source: The document the rule stands in, and its page; empty for a missing answer.
    """

    rule: str
    reason: str
    field: str = ""
    source: str = dataclass_field(default="", compare=False)
    page: str = dataclass_field(default="", compare=False)


class StepRefused(FcrError):
    """One or more rules forbid the step. Carries every reason, not the first."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.reason for refusal in self.refusals))


class SomeoneElseChangedIt(FcrError):
    """Another person saved the same record first."""


class AlreadyDone(FcrError):
    """The same form was sent twice; the first one counted."""


class AppendOnly(FcrError):
    """Somebody's code tried to change or delete history."""


class RuleNotInForce(FcrError):
    """No version of a rule applied on that day."""


class BadFile(FcrError):
    """An imported file can't be read at all; nothing was changed."""


class InvalidValue(FcrError):
    """A value a person gave can't be used. Carries the field it belongs to."""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class InvalidValues(FcrError):
    """Several values a person gave can't be used. Carries each with its field."""

    def __init__(self, problems: Sequence[InvalidValue]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))


class SignInRefused(FcrError):
    """The e-mail address and password do not let anybody in."""


class TooManyAttempts(SignInRefused):
    """Too many failed sign-ins; a later try may succeed."""


class TokenRefused(FcrError):
    """A program's token lets nobody in."""


class ScopeMissing(FcrError):
    """A program's token was not made for this."""


class VersionNeeded(FcrError):
    """A write that would overwrite does not say which version it is about."""


class KeyUsedForAnother(FcrError):
    """A program used one key for two different writes."""


class SameAtWork(FcrError):
    """The same write, with the same key, has begun and has no answer yet."""


class HistoryBroken(FcrError):
    """A case's history does not verify."""


class NotADemonstration(FcrError):
    """Demonstration data was about to be put into a real force."""


class NoLivingTime(InvalidValue):
    """A wall-clock time that the spring clock change skipped."""


class MailServerSilent(FcrError):
    """The mail server can't be reached, or went away before it took anything."""


class MailInDoubt(FcrError):
    """The mail server went away while it was taking an e-mail. Nobody can say whether it did."""


class MailRefused(FcrError):
    """The mail server did not take an e-mail.

    Attributes:
        for_good: It will not take it later either.
    """

    def __init__(self, message: str, *, for_good: bool) -> None:
        super().__init__(message)
        self.for_good = for_good
