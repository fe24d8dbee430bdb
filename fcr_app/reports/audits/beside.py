"""Other audits of the same days, in a few lines each: an inspection is made of several."""

from collections.abc import Iterator

from fcr_app.domain.audit_figures.figures import RunFigures
from fcr_app.domain.audit_figures.rates import Rate
from fcr_app.domain.audit_figures.results import ResultRow
from fcr_app.reports.audits.answers import n100_lines
from fcr_app.reports.audits.rates import rate_cell
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.services.audits.material import RunMaterial


def beside_part(material: RunMaterial) -> Part | None:
    """Return what the other audits of the same days found; None where there is none."""
    lines = [(usual, label, rate) for usual, _ in material.beside for label, rate in _rates(usual)]
    if not lines:
        return None
    table = Printed(
        name="Other audits",
        caption="Other audits of the same days",
        headings=("Audit", "Measure", "Found#", "Share#", "95% interval#"),
        rows=[
            [
                f"{usual.run.title} ({usual.run.reference})",
                f"{label[0].upper()}{label[1:]}",
                rate.counts,
                rate_cell(rate),
                rate.range_printed,
            ]
            for usual, label, rate in lines
        ],
        note="Each has its own report. They are separate samples, and in no rate of this one.",
    )
    return part("beside", "Other audits of the same days", table)


def _rates(figures: RunFigures) -> Iterator[tuple[str, Rate]]:
    """Yield what is worth a line: the headline, its strata, and the measures about N100s."""
    n100s = n100_lines(figures)
    if not n100s and figures.headline.n:
        yield figures.run.rate_label, figures.headline
    if figures.run.headline is None:
        if len(figures.strata) > 1:
            for row in figures.strata:
                yield f"{row.label}, recorded", row.rate
        for row in _special(figures):
            yield row.label.removeprefix("of them "), row.rate
    else:
        for answers in figures.answers:
            if answers.question == figures.run.headline[0] and answers.stratum:
                yield f"{answers.stratum}, {figures.run.rate_label.lower()}", answers.rate
    yield from n100s


def _special(figures: RunFigures) -> Iterator[ResultRow]:
    """Yield the families of an audit that is about more than one."""
    if len(figures.families) > 1 and not n100_lines(figures):
        yield from figures.families
