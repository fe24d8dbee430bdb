"""All the figures of one audit, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fcr_app.domain.audit_figures import answers as said, results
from fcr_app.domain.audit_figures.answers import AnswerCell, AnswerRow, N100Cell, N100Measures
from fcr_app.domain.audit_figures.causes import (
    CauseRow,
    ErrorCell,
    SafeguardingRow,
    causes,
    safeguarding,
)
from fcr_app.domain.audit_figures.overall import Part, overall
from fcr_app.domain.audit_figures.rates import Basis, Method, Rate
from fcr_app.domain.audit_figures.results import CrimeCell, ResultRow
from fcr_app.domain.audit_figures.sampled import Sampled
from fcr_app.domain.audit_figures.timeliness import TimelinessRow, timeliness
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear, UnrecordedRow, unrecorded_rows
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import CountedAs


@dataclass(frozen=True, kw_only=True)
class RunKeys:
    """What an audit is, for its figures.

    Attributes:
        counted_as: Whether its unit is a crime that should exist, or something else.
        is_settled: Whether it was signed off, so that its figures stand.
    """

    id: int
    reference: str
    title: str
    code: str
    line_key: str
    counted_as: CountedAs
    period: Span
    due_on: date
    is_settled: bool

    @property
    def headline(self) -> tuple[str, str] | None:
        """The question it is headed by and its share in words; None where it counts crimes."""
        return said.headline_of(self.code, self.counted_as)

    @property
    def rate_label(self) -> str:
        """What the rate at its head is, in words."""
        return self.headline[1] if self.headline else "Recording rate"


@dataclass(frozen=True, kw_only=True)
class SecondReviews:
    """How many records were reviewed twice, and how often the two differed."""

    drawn: int
    done: int
    differ: int
    moderated: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the database counted for an audit."""

    run: RunKeys
    sampled: Sampled
    crimes: Sequence[CrimeCell]
    answers: Sequence[AnswerCell]
    n100s: Sequence[N100Cell]
    errors: Sequence[ErrorCell]
    second: SecondReviews
    recorded_a_year: RecordedAYear


@dataclass(frozen=True, kw_only=True)
class RunFigures:
    """The figures of one audit.

    Attributes:
        headline: The rate that it is known by; its label is ``run.rate_label``.
        strata: Results by stratum, where crimes are counted and there are several.
        families: Results by family of offences, rape below its family.
        total: All crimes; None where none is counted.
        unrecorded: Crimes a year that go unrecorded, where what was recorded is stated.
        method: By which intervals were asked for.
    """

    run: RunKeys
    sampled: Sampled
    method: Method
    headline: Rate
    total: ResultRow | None
    strata: tuple[ResultRow, ...]
    families: tuple[ResultRow, ...]
    domestic: ResultRow | None
    timeliness: tuple[TimelinessRow, ...]
    answers: tuple[AnswerRow, ...]
    n100: N100Measures | None
    causes: tuple[CauseRow, ...]
    safeguarding: tuple[SafeguardingRow, ...]
    unrecorded: tuple[UnrecordedRow, ...]
    recorded_a_year: RecordedAYear
    second: SecondReviews

    @property
    def basis(self) -> Basis:
        """What the records stand for."""
        return self.sampled.basis

    @property
    def is_complete(self) -> bool:
        """Whether every record that was drawn was examined."""
        return self.sampled.examined == self.sampled.drawn


def figures_of(counts: Counts, method: Method = Method.WILSON) -> RunFigures:
    """Return the figures of an audit from what was counted.

    Args:
        method: Of intervals of single rates. Fewer than 30 always have the exact one.
    """
    basis = counts.sampled.basis
    crimes = counts.crimes
    families = results.by_family(crimes, basis, method)
    headline = _headline(counts, method)
    total = results.result_row("All crimes", crimes, basis, method) if crimes else None
    return RunFigures(
        run=counts.run,
        sampled=counts.sampled,
        method=method,
        headline=headline,
        total=total,
        strata=_strata(counts, method),
        families=tuple(families),
        domestic=results.domestic(crimes, basis, method),
        timeliness=tuple(timeliness(crimes, basis, method)),
        answers=said.answer_rows(counts.answers, basis, method),
        n100=said.n100_measures(counts.n100s, basis, method),
        causes=causes(counts.errors),
        safeguarding=safeguarding(counts.errors),
        unrecorded=_unrecorded(counts, headline, families),
        recorded_a_year=counts.recorded_a_year,
        second=counts.second,
    )


def _strata(counts: Counts, method: Method) -> tuple[ResultRow, ...]:
    if not counts.crimes or len(counts.sampled.strata) < 2:  # noqa: PLR2004 - one is all
        return ()
    return tuple(
        results.result_row(
            size.name,
            [cell for cell in counts.crimes if cell.stratum == size.name],
            counts.sampled.basis_of(size),
            method,
        )
        for size in counts.sampled.strata
    )


def _headline(counts: Counts, method: Method) -> Rate:
    """Return the rate an audit is known by: of its crimes, or of the question it is headed by."""
    parts = []
    for size in counts.sampled.strata:
        k, n = _counted(counts, size.name)
        parts.append(Part(size=size, k=k, n=n))
    return overall(parts, counts.sampled, method)


def _counted(counts: Counts, stratum: str) -> tuple[int, int]:
    headline = counts.run.headline
    if headline is None:
        mine = [cell for cell in counts.crimes if cell.stratum == stratum]
        rate = results.result_row("", mine, Basis.CHOSEN).rate
    else:
        given = [
            cell
            for cell in counts.answers
            if cell.question == headline[0] and cell.stratum == stratum
        ]
        rate = said.yes_rate(given, Basis.CHOSEN, Method.WILSON)
    return rate.k, rate.n


def _unrecorded(
    counts: Counts, headline: Rate, families: Sequence[ResultRow]
) -> tuple[UnrecordedRow, ...]:
    if counts.run.headline is not None:
        return ()
    rates: Mapping[str, Rate] = {row.label: row.rate for row in families}
    return unrecorded_rows(counts.recorded_a_year, headline, rates)
