"""Whether the same error is seen less often after feedback, drawn: a dot in its interval each."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from fcr_app.reports.charts import Chart, Mark, interval_chart
from fcr_app.reports.repeat_errors_words import ratio_words
from fcr_app.services.repeat_errors import Line


def repeat_errors_chart(lines: Sequence[Line], key: str, title: str) -> Markup:
    """Return a chart of the lines that have a ratio, as SVG; empty where none has.

    Args:
        key: A word that tells it from the others on its page.
    """
    return interval_chart(Chart(key=key, title=title, marks=list(_marks(lines)), is_ratio=True))


def _marks(lines: Sequence[Line]) -> Iterator[Mark]:
    for line in lines:
        if line.ratio is not None and line.ratio.value is not None:
            interval = line.ratio.interval
            yield Mark(
                label=line.label,
                value=line.ratio.value,
                low=interval.low,
                high=interval.high,
                said=ratio_words(line.ratio),
                strong=not interval.low <= 1 <= interval.high,
            )
