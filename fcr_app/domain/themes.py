"""Themes: a rule of the handbook, or a kind of error, and all that a trainer needs about it."""

from dataclasses import dataclass

from fcr_app.domain.feedback.suggestions import SUGGESTIONS
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.numbers import name_key
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import NotFound

#: Errors are counted over so many months, the present one among them.
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What belongs together.

    Attributes:
        key: The rule's id, or the error's code: ``REC-08``, ``E06``.
        rule: The rule; empty for an error that no rule of the handbook is about.
        errors: The kinds of error that usually break the rule; or the one it is about.
        is_error: Whether it is about one kind of error rather than a rule.
    """

    key: str
    name: str
    rule: str
    errors: tuple[ErrorType, ...]
    is_error: bool

    @property
    def slug(self) -> str:
        """It in an address."""
        return self.key.lower()

    def matches(self, words: str) -> bool:
        """Say whether each of some words begins a word of its name or its key."""
        own = name_key(f"{self.key} {self.name} {' '.join(error.label for error in self.errors)}")
        known = [*own.replace("-", " ").split(), name_key(self.key)]
        return all(
            any(word.startswith(typed) for word in known) for typed in name_key(words).split()
        )


def theme_at(slug: str) -> Theme:
    """Return a theme by its key, as it is in an address.

    Raises:
        NotFound: If there is none.
    """
    key = slug.upper()
    if key in HANDBOOK:
        return Theme(
            key=key, name=HANDBOOK[key].name, rule=key, errors=errors_of(key), is_error=False
        )
    if key in set(ErrorType):
        error = ErrorType(key)
        return Theme(
            key=key, name=error.label, rule=SUGGESTIONS[error].rule, errors=(error,), is_error=True
        )
    raise NotFound("There is no such rule or error.")


def errors_of(rule: str) -> tuple[ErrorType, ...]:
    """Return the kinds of error that usually break a rule: what feedback on them suggests."""
    return tuple(error for error, usual in SUGGESTIONS.items() if usual.rule == rule)


def every_theme() -> tuple[Theme, ...]:
    """Return every rule of the handbook in its order, then every kind of error."""
    return tuple(theme_at(key) for key in (*HANDBOOK, *ErrorType))
