"""Which document and page a rule stands on, gathered from the policies that cite it."""

from collections.abc import Iterator
from functools import cache

from fcr_app.domain.citations import Citation
from fcr_app.workflows import WORKFLOWS


def source_of(rule: str) -> tuple[str, str]:
    """Return the document and the page of a rule; empty where no policy cites it.

    Args:
        rule: Its handbook id; several, as ``A-1, B-2``, are named by the first.
    """
    cite = _sources().get(rule.partition(",")[0])
    return (cite.source.value, cite.page) if cite else ("", "")


@cache
def _sources() -> dict[str, Citation]:
    found: dict[str, Citation] = {}
    for cite in _cited():
        found.setdefault(cite.rule, cite)
    return found


def _cited() -> Iterator[Citation]:
    for workflow in WORKFLOWS:
        for step in workflow.steps:
            yield from (guard.cite for guard in step.guards)
            yield step.cite
        yield from (deadline.cite for deadline in workflow.deadlines)
        yield workflow.policy
