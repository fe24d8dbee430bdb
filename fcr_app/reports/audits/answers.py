"""What an audit found about N100s, cancellations, transfers, and whatever else it asked."""

from collections.abc import Sequence

from fcr_app.domain.audit_figures.answers import (
    N100_DUE,
    N100_EXISTS,
    VICTIM_TOLD,
    AnswerRow,
)
from fcr_app.domain.audit_figures.figures import RunFigures
from fcr_app.domain.audit_figures.rates import Basis, Rate
from fcr_app.domain.audit_figures.results import RAPES
from fcr_app.domain.audits.questions import EVERY_QUESTION
from fcr_app.domain.audits.words import CountedAs
from fcr_app.reports.audits.rates import rate_cell
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.document_parts import bullets

#: They have a section of their own, where they are put together.
_ABOUT_N100 = frozenset({N100_DUE, N100_EXISTS})
_LEFT_OUT = "Not needed, and what can’t be seen, is in no share."


def answers_part(figures: RunFigures) -> Part | None:
    """Return what was answered about records, question by question; None where nothing was."""
    rows = [row for row in figures.answers if row.rate.n and row.question not in _ABOUT_N100]
    if not rows:
        return None
    lines = [line for row in rows if (line := _line(figures, row))]
    table = Printed(
        name="Answers",
        caption="What was answered about the records",
        headings=("Question", "Stratum", "Yes#", "Of#", "Share#", "95% interval#", "All answers"),
        rows=[
            [
                _label(row.question),
                row.stratum or "All",
                row.rate.k,
                row.rate.n,
                rate_cell(row.rate),
                row.rate.range_printed,
                _counts(row),
            ]
            for row in rows
        ],
        note=_LEFT_OUT,
    )
    return part("answers", _title(figures), bullets(lines), table)


def _title(figures: RunFigures) -> str:
    return {
        CountedAs.CANCELLATION: "Cancellations, and whether victims were told",
        CountedAs.TRANSFER: "Transfers, and whether victims were told",
    }.get(figures.run.counted_as, "What was asked of each record")


def _line(figures: RunFigures, row: AnswerRow) -> str:
    """Return a sentence on the question the audit is headed by, or on whether victims were told."""
    where = f"{row.stratum}: " if row.stratum else "All: "
    headline = figures.run.headline
    if row.question == VICTIM_TOLD:
        return f"{where}the victim was told in {row.rate.counts}."
    if headline and row.question == headline[0]:
        return f"{where}{headline[1].lower()}, {row.rate.counts}."
    return ""


def _label(question: str) -> str:
    found = EVERY_QUESTION.get(question)
    return found.label if found else question


def _counts(row: AnswerRow) -> str:
    found = EVERY_QUESTION.get(row.question)
    return ", ".join(
        f"{found.says(answer) if found else answer}: {count:,}" for answer, count in row.counts
    )


def n100_part(figures: RunFigures) -> Part | None:
    """Return the three measures of rape and N100 (N100-16); None where nothing was asked."""
    lines = n100_lines(figures)
    if not lines:
        return None
    table = Printed(
        name="N100",
        caption="Rape and N100",
        headings=("Measure", "Found#", "Of#", "Share#", "95% interval#"),
        rows=[
            [label, rate.k, rate.n, rate_cell(rate), rate.range_printed] for label, rate in lines
        ],
        note="An N100 that should have been rape from the start counts as a missing rape as well.",
    )
    return part("n100", "Rape and N100", bullets(_said(*line) for line in lines), table)


def _said(label: str, rate: Rate) -> str:
    return f"{label}: {rate.counts}."


def n100_lines(figures: RunFigures) -> Sequence[tuple[str, Rate]]:
    """Return the measures of N100-16 that an audit can tell, each in words with its rate.

    Whether N100s are right is told by a sample of N100s, or by all records: among reports they are
    only those that happened to be drawn. Whether they are missing is told by reports.
    """
    found: list[tuple[str, Rate]] = []
    measures = figures.n100
    of_n100s = figures.run.counted_as is CountedAs.N100
    if measures and not of_n100s and measures.applied.n:
        found.append(("(a) N100s that exist, of those that should", measures.applied))
    if measures and (of_n100s or figures.basis is Basis.CENSUS) and measures.correct.n:
        found.append(("(b) N100s that are right, of those examined", measures.correct))
        found.append(
            ("(b) N100s that should have been rape, of those examined", measures.should_be_rape)
        )
    if found and (rapes := next((r for r in figures.families if r.label == RAPES), None)):
        found.append(("(c) rapes recorded, of those that should be", rapes.rate))
    return found
