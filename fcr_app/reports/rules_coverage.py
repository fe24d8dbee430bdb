"""Every rule of the handbook beside what this service does about it, and where.

Nothing here is written by hand but the reasons for doing nothing: the rest is what the code cites.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from fcr_app.domain.citing import Handling
from fcr_app.domain.feedback.sources import SOURCES
from fcr_app.domain.handbook import FAMILIES, HANDBOOK, Family, HandbookRule
from fcr_app.domain.handbook.rule import PENDING
from fcr_app.reports.citations import Place, places


@dataclass(frozen=True, kw_only=True)
class CoveredRule:
    """A rule of the handbook, and every place that carries it out, the strictest first."""

    rule: HandbookRule
    places: tuple[Place, ...]

    @property
    def handling(self) -> Handling:
        """What is done about it: the strictest of its places."""
        return self.places[0].handling if self.places else Handling.NOT_COVERED

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents that the code cites for it, with their pages."""
        cites = (f"{place.cite.source.value}{place.cite.where}" for place in self.places)
        return tuple(dict.fromkeys(cites))

    @property
    def in_words(self) -> dict[str, Place]:
        """What carries it out, each in words once, with the first place that does."""
        return {place.what: place for place in reversed(self.places)}

    @property
    def shown(self) -> tuple[Place, ...]:
        """Its places, each once, however many policies and pages name it."""
        return tuple({(place.where, place.policy): place for place in self.places}.values())


@dataclass(frozen=True, kw_only=True)
class CoveredFamily:
    """The rules on one matter."""

    family: Family
    rules: tuple[CoveredRule, ...]


@cache
def coverage() -> tuple[CoveredFamily, ...]:
    """Return every family of rules with what the code does about each."""
    found = tuple(places())
    return tuple(
        CoveredFamily(family=family, rules=tuple(_covered(rule, found) for rule in family.rules))
        for family in FAMILIES
    )


def covered_rule(rule_id: str) -> CoveredRule:
    """Return one rule of the handbook with every place that carries it out."""
    return next(
        covered for family in coverage() for covered in family.rules if covered.rule.id == rule_id
    )


def source_of(rule_id: str) -> tuple[str, ...]:
    """Return where a rule stands, a line for each document: "REC-08: … 2026/27, page 10"."""
    cited = tuple(f"{rule_id}: {source}" for source in covered_rule(rule_id).sources)
    known = SOURCES.get(rule_id)
    return cited or (str(known) if known else f"{rule_id}: recording rules handbook",)


def _covered(rule: HandbookRule, found: Iterable[Place]) -> CoveredRule:
    order = tuple(Handling)
    own = sorted(
        (place for place in found if place.cite.rule == rule.id),
        key=lambda place: order.index(place.handling),
    )
    return CoveredRule(rule=rule, places=tuple(own))


def narrowed(
    families: Iterable[CoveredFamily], *, letters: str = "", handling: Handling | None = None
) -> tuple[CoveredFamily, ...]:
    """Return the families and rules that are asked for, leaving out families with none."""
    kept = (
        CoveredFamily(
            family=covered.family,
            rules=tuple(r for r in covered.rules if handling in (None, r.handling)),
        )
        for covered in families
        if letters in ("", covered.family.letters)
    )
    return tuple(covered for covered in kept if covered.rules)


def counts(families: Iterable[CoveredFamily]) -> dict[Handling, int]:
    """Return how many rules are handled in each way."""
    counted = Counter(rule.handling for covered in families for rule in covered.rules)
    return {handling: counted[handling] for handling in Handling}


def faults() -> tuple[str, ...]:
    """Return where the list and the code contradict each other, and what to do about each."""
    return tuple(faults_of(HANDBOOK.values(), tuple(places())))


def faults_of(rules: Iterable[HandbookRule], found: Sequence[Place]) -> list[str]:
    """Return where a list of rules and what was found in the code contradict each other."""
    rules = list(rules)
    cited = {place.cite.rule: place for place in found}
    said = [
        f"{rule.id} is neither cited in the code nor excused in fcr_app/domain/handbook."
        for rule in rules
        if rule.id not in cited and not rule.not_covered
    ]
    said += [
        f"{rule.id} is excused in fcr_app/domain/handbook, and {cited[rule.id].where} cites it."
        for rule in rules
        if rule.id in cited and rule.not_covered not in ("", PENDING)
    ]
    known = {rule.id for rule in rules}
    said += [
        f"{place.where} cites {name}, which the handbook does not have."
        for name, place in cited.items()
        if name not in known
    ]
    return said
