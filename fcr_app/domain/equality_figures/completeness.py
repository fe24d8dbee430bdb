"""How much is known about victims, and why the rest is not.

Blank is nobody's answer: nothing was entered. Declined is an answer. Not asked is a gap with a
reason. The three are never added up to one another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fcr_app.domain.disclosure import INTERNAL
from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality.items import Item

#: Never shown by unit: few people, and what must not be guessed about them.
NEVER_BY_UNIT = frozenset({Item.ORIENTATION, Item.GENDER_IDENTITY})


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """Victims of one line of a table, by whether a characteristic is known of them.

    Attributes:
        key: What the line is about, as the database has it.
        asked_of: Those to whom the question applies.
        reasons: Why it is not known of those with a reason, by reason.
        blank: Those with no answer at all, not even a reason; None where none is expected.
    """

    key: str
    label: str
    asked_of: int
    known: int
    reasons: dict[Missing, int] = field(default_factory=dict)
    blank: int | None = 0

    @property
    def declined(self) -> int:
        """Those who were asked and prefer not to say."""
        return self.reasons.get(Missing.DECLINED, 0)

    @property
    def other_reasons(self) -> int:
        """Those with any other reason."""
        return sum(self.reasons.values()) - self.declined

    @property
    def rate(self) -> float | None:
        """The share of whom it is known (0..1); None where too few for a percentage."""
        if self.blank is None or self.asked_of < INTERNAL.per_cent_from:
            return None
        return self.known / self.asked_of


@dataclass(frozen=True)
class Answered:
    """So many answers of one kind: with a value where there is no reason."""

    key: str
    reason: str
    count: int


def lines(
    totals: Iterable[tuple[str, str, int]],
    answered: Iterable[Answered],
    *,
    expects_all: bool = True,
) -> tuple[Completeness, ...]:
    """Return the lines of a table, in the order of the totals.

    Args:
        totals: The key, words and number of victims of each line.
        expects_all: False for what is only asked where it bears on the offence.
    """
    known: dict[str, int] = {}
    reasons: dict[str, dict[Missing, int]] = {}
    for one in answered:
        if one.reason:
            found = reasons.setdefault(one.key, {})
            found[Missing(one.reason)] = found.get(Missing(one.reason), 0) + one.count
        else:
            known[one.key] = known.get(one.key, 0) + one.count
    made = []
    for key, label, total in totals:
        why, has = reasons.get(key, {}), known.get(key, 0)
        given = has + sum(why.values())
        made.append(
            Completeness(
                key=key,
                label=label,
                asked_of=total if expects_all else given,
                known=has,
                reasons=dict(sorted(why.items())),
                # Somebody may have answered to whom the question does not apply.
                blank=max(0, total - given) if expects_all else None,
            )
        )
    return tuple(made)
