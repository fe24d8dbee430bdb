"""How long after the report crimes were recorded (REC-10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.families import Family, family_of
from fcr_app.domain.audit_figures.rates import Basis, Method, Rate, rate_of
from fcr_app.domain.audit_figures.results import CrimeCell
from fcr_app.domain.audits.words import Band

#: What is timed; the rest could not be.
TIMED = tuple(band for band in Band if band is not Band.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class TimelinessRow:
    """How late the recorded crimes of one family were recorded.

    Attributes:
        bands: How many in each band, without those whose time can't be determined.
        untimed: How many those are; they are not in the rate.
        in_time: Those within the limit, of those whose time is known.
    """

    label: str
    bands: tuple[tuple[Band, int], ...]
    untimed: int
    in_time: Rate

    @property
    def recorded(self) -> int:
        """All that were recorded, whether their time is known or not."""
        return sum(count for _, count in self.bands) + self.untimed


def timeliness(cells: Sequence[CrimeCell], basis: Basis, method: Method) -> list[TimelinessRow]:
    """Return a line for each family, and one for all where there are several."""
    counted = [cell for cell in cells if cell.band is not None]
    rows = [
        _row(family.label, mine, basis, method)
        for family in Family
        if (mine := [cell for cell in counted if family_of(cell.group) is family])
    ]
    if len(rows) > 1:
        rows.append(_row("All crimes", counted, basis, method))
    return rows


def _row(label: str, cells: Sequence[CrimeCell], basis: Basis, method: Method) -> TimelinessRow:
    bands = tuple((band, sum(cell.count for cell in cells if cell.band is band)) for band in TIMED)
    timed = sum(count for _, count in bands)
    untimed = sum(cell.count for cell in cells if cell.band is Band.UNKNOWN)
    return TimelinessRow(
        label=label,
        bands=bands,
        untimed=untimed,
        in_time=rate_of(dict(bands)[Band.IN_TIME], timed, basis, method),
    )
