"""The coverage of the handbook as text: for the terminal, and for ``docs/``."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from fcr_app.domain.citing import Handling
from fcr_app.reports.markdown import MADE_BY, table
from fcr_app.reports.rules_coverage import CoveredFamily, CoveredRule, counts

#: Where it is kept, below ``docs/``.
COVERAGE_PAGE = "rules-coverage.md"
_WIDTH, _INDENT = 100, 10
_ABOUT = (
    "Every rule of the recording rules handbook beside what this service does about it, and where. "
    "All but the reasons for doing nothing is what the code itself cites; a test fails where the "
    "two contradict each other."
)


def as_text(families: Iterable[CoveredFamily]) -> str:
    """Return the coverage for a terminal: a line for each rule, its places or the reason below."""
    families = tuple(families)
    said = [line for covered in families for line in _family_lines(covered)]
    return "\n".join((*said, in_figures(families)))


def _family_lines(covered: CoveredFamily) -> Iterator[str]:
    yield f"{covered.family.letters}: {covered.family.name}"
    for rule in covered.rules:
        yield f"  {rule.rule.id:8}{rule.handling.label:12}{rule.rule.name}"
        below = [place.where for place in rule.shown] or [rule.rule.not_covered]
        for text in below:
            yield from wrap(
                text, _WIDTH, initial_indent=" " * _INDENT, subsequent_indent=" " * _INDENT
            )
    yield ""


def in_figures(families: Iterable[CoveredFamily]) -> str:
    """Return how many rules are handled in each way, in a sentence."""
    counted = counts(families)
    parts = [f"{number} {handling.label.lower()}" for handling, number in counted.items()]
    return f"{sum(counted.values())} rules: {', '.join(parts)}."


def as_markdown(families: Iterable[CoveredFamily]) -> str:
    """Return the coverage as a page of ``docs/``."""
    families = tuple(families)
    meanings = (f"- **{handling.label}**: {handling.meaning}" for handling in Handling)
    blocks = [MADE_BY, "# The handbook and the code", _ABOUT, in_figures(families)]
    blocks.append("\n".join(meanings))
    for covered in families:
        blocks.append(f"## {covered.family.letters}: {covered.family.name}")
        blocks.append(
            table(("Rule", "In short", "", "Where, or why not", "Source"), _rows(covered))
        )
    return "\n\n".join(blocks) + "\n"


def _rows(covered: CoveredFamily) -> Iterator[tuple[str, ...]]:
    for rule in covered.rules:
        yield (
            f"**{rule.rule.id}**",
            rule.rule.name,
            rule.handling.label,
            _where(rule),
            "<br>".join(rule.sources),
        )


def _where(rule: CoveredRule) -> str:
    places = dict.fromkeys(place.where for place in rule.shown)
    return "<br>".join(f"`{where}`" for where in places) or rule.rule.not_covered
