"""What went wrong, and how victims fared whose crimes were not recorded rightly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fcr_app.domain.audits.words import Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType


@dataclass(frozen=True, kw_only=True)
class ErrorCell:
    """Crimes, or answers, with one kind of error; counted by the database.

    Attributes:
        verdict: None for an answer about a record, which is no crime.
        safeguarding: None where that was not said.
        investigated: As answered; empty where it was not.
    """

    error: str
    verdict: Verdict | None = None
    safeguarding: Safeguarding | None = None
    investigated: str = ""
    count: int


@dataclass(frozen=True, kw_only=True)
class CauseRow:
    """One kind of error: how often, and its share of all so far."""

    label: str
    count: int
    share: float
    so_far: float


@dataclass(frozen=True, kw_only=True)
class SafeguardingRow:
    """How victims fared whose crimes are missing or in a wrong class.

    Attributes:
        investigated: Of them, those that were looked into all the same.
    """

    label: str
    count: int
    investigated: int


def causes(cells: Iterable[ErrorCell]) -> tuple[CauseRow, ...]:
    """Return the kinds of error, the most frequent first."""
    counts: Counter[str] = Counter()
    for cell in cells:
        if cell.error:
            counts[cell.error] += cell.count
    total, so_far, rows = counts.total(), 0, []
    for error, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        so_far += count
        rows.append(
            CauseRow(
                label=ErrorType(error).full_label,
                count=count,
                share=count / total,
                so_far=so_far / total,
            )
        )
    return tuple(rows)


def safeguarding(cells: Sequence[ErrorCell]) -> tuple[SafeguardingRow, ...]:
    """Return how victims fared of crimes that are missing or in a wrong class."""
    wrong = [cell for cell in cells if cell.verdict in {Verdict.MISSING, Verdict.WRONG_CLASS}]
    rows = []
    for kind in (*Safeguarding, None):
        mine = [cell for cell in wrong if cell.safeguarding is kind]
        if mine:
            rows.append(
                SafeguardingRow(
                    label=kind.label if kind else "Not said",
                    count=sum(cell.count for cell in mine),
                    investigated=sum(
                        cell.count for cell in mine if cell.investigated == Safeguarding.DONE
                    ),
                )
            )
    return tuple(rows)
