"""What auditors found about crimes, put together into the lines of a table of results."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.families import Family, family_of
from fcr_app.domain.audit_figures.rates import Basis, Method, Rate, rate_of
from fcr_app.domain.audits.words import Band, Group, Verdict

#: The line about rape, below its family.
RAPES = "of them rape, recorded as rape"


@dataclass(frozen=True, kw_only=True)
class CrimeCell:
    """Crimes of one kind, counted by the database.

    Attributes:
        band: How late they were recorded; None where that was not asked.
        count: How many.
    """

    stratum: str
    group: Group
    domestic: bool
    verdict: Verdict
    band: Band | None
    count: int


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """One line of the results.

    Attributes:
        should: Crimes that should have been recorded.
        recorded: Of them, recorded in the right class.
        wrong_class: Of them, recorded in a wrong one.
        over: Crimes recorded that should not exist; in none of the others.
        late: Of those recorded, after their limit.
        rate: Those recorded, of those that should have been.
    """

    label: str
    should: int
    recorded: int
    wrong_class: int
    missing: int
    over: int
    late: int
    rate: Rate


def counts_as_recorded(verdict: Verdict, group: Group) -> bool:
    """Say whether a crime that should exist counts as recorded.

    One in a wrong class is recorded, and its class is another matter, which has its own column. It
    is not so for rape: recorded as another sexual offence it was not recorded as rape (the 2018
    inspection counts 98 of 118, and two of the other 20 were in another class).
    """
    if verdict is Verdict.WRONG_CLASS:
        return group is not Group.RAPE
    return verdict is Verdict.RECORDED


def result_row(
    label: str, cells: Iterable[CrimeCell], basis: Basis, method: Method = Method.WILSON
) -> ResultRow:
    """Return one line of results."""
    found = list(cells)

    def count(verdict: Verdict) -> int:
        return sum(cell.count for cell in found if cell.verdict is verdict)

    k = sum(cell.count for cell in found if counts_as_recorded(cell.verdict, cell.group))
    should = sum(cell.count for cell in found if cell.verdict.should_exist)
    return ResultRow(
        label=label,
        should=should,
        recorded=count(Verdict.RECORDED),
        wrong_class=count(Verdict.WRONG_CLASS),
        missing=count(Verdict.MISSING),
        over=count(Verdict.OVER_RECORDED),
        late=sum(cell.count for cell in found if cell.band is not None and cell.band.is_late),
        rate=rate_of(k, should, basis, method),
    )


def by_family(cells: Sequence[CrimeCell], basis: Basis, method: Method) -> list[ResultRow]:
    """Return a line for each family of offences, and one for rape where there is any."""
    rows = []
    for family in Family:
        mine = [cell for cell in cells if family_of(cell.group) is family]
        if not mine:
            continue
        rows.append(result_row(family.label, mine, basis, method))
        rapes = [cell for cell in mine if cell.group is Group.RAPE]
        if rapes:
            rows.append(result_row(RAPES, rapes, basis, method))
    return rows


def having(cells: Iterable[CrimeCell], wanted: Callable[[CrimeCell], bool]) -> list[CrimeCell]:
    """Return the cells that are wanted."""
    return [cell for cell in cells if wanted(cell)]


def domestic(cells: Sequence[CrimeCell], basis: Basis, method: Method) -> ResultRow | None:
    """Return the line about domestic abuse, which goes across all families; None without any."""
    mine = having(cells, lambda cell: cell.domestic)
    return result_row("Domestic abuse", mine, basis, method) if mine else None
