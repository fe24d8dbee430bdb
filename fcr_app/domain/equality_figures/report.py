"""The yearly equality report: which characteristics it tells of, and the words round the figures.

The public sector equality duty (Equality Act 2010 section 149) is due regard; the regulations of
2017 (SI 2017/353) ask for information to be published each year by 30 March.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fcr_app.domain.disclosure import Key
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.use import UseTable
from fcr_app.errors import InvalidValue

#: Published for the whole force only. Not gender identity, which may tell of a gender history
#: (Gender Recognition Act 2004 section 22), nor what is asked only now and then.
REPORTED = (
    Item.SEX, Item.AGE, Item.ETHNICITY, Item.DISABILITY, Item.RELIGION, Item.ORIENTATION,
)  # fmt: skip
SHORTEST_WORDS, LONGEST_WORDS = 20, 6000
#: By this day each year (SI 2017/353).
DUE_MONTH, DUE_DAY = 3, 30


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the FCR writes.

    Attributes:
        about: What the figures show, and what they can't.
        actions: What the force does about it.
        objectives: The equality objectives, and how far they are.
    """

    about: str = ""
    actions: str = ""
    objectives: str = ""

    def problems(self, *, complete: bool) -> Iterator[InvalidValue]:
        """Yield what is wrong.

        Args:
            complete: Whether it is to be published, so that nothing may be missing.
        """
        for field, text in vars(self).items():
            if complete and len(text.strip()) < SHORTEST_WORDS:
                yield InvalidValue(f"Write at least {SHORTEST_WORDS} characters.", field=field)
            if len(text) > LONGEST_WORDS:
                yield InvalidValue(f"Use {LONGEST_WORDS:,} characters or fewer.", field=field)


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """One characteristic: the four measures by its groups."""

    item: Item
    tables: tuple[UseTable, ...]


@dataclass(frozen=True, kw_only=True)
class ReportFigures:
    """What a report is drawn from, with the thresholds of what everybody may see.

    Attributes:
        victims: As printed, rounded.
        completeness: Of the whole force.
        known_gaps: The parts of it that are left out.
        kept_at: When the counts were kept that it is from; None where it is as of now.
    """

    period: Period
    victims: int
    completeness: tuple[Completeness, ...]
    known_gaps: frozenset[Key]
    uses: tuple[ItemFigures, ...]
    kept_at: datetime | None


def due_on(published_for: Period) -> date:
    """Return the day by which information about a period is due: the next 30 March after it."""
    after = published_for.ends_before
    this_year = date(after.year, DUE_MONTH, DUE_DAY)
    return this_year if after <= this_year else date(after.year + 1, DUE_MONTH, DUE_DAY)
