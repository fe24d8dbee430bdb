"""How much is left out, inside the force and in public."""

from dataclasses import dataclass

from fcr_app.domain.rules import (
    COUNTS_SHOWN_FROM,
    PER_CENT_FROM,
    PUBLIC_PER_CENT_FROM,
    PUBLIC_ROUNDED_TO,
)

#: A count below this is left out, unless it is nought: it may be somebody whom others can name.
SMALLEST_SHOWN = COUNTS_SHOWN_FROM.latest
#: How far apart the lowest and the highest possible value of a gap must stay: one to four.
WIDTH = SMALLEST_SHOWN - 2


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """What may be shown to a kind of reader (reference, section 4.3; the numbers are policy).

    Attributes:
        per_cent_from: A percentage is shown of so many or more. Below that a row in which
            everybody did the same is left out as well: it tells of each of them.
        round_to: Counts are printed as the nearest multiple of this.
    """

    per_cent_from: int
    round_to: int = 1

    def printed(self, count: int) -> int:
        """Return a count as it is printed; halves go up."""
        return (2 * count + self.round_to) // (2 * self.round_to) * self.round_to


#: For those in the force who may see figures.
INTERNAL = Thresholds(per_cent_from=PER_CENT_FROM.latest)
#: For everybody.
PUBLIC = Thresholds(per_cent_from=PUBLIC_PER_CENT_FROM.latest, round_to=PUBLIC_ROUNDED_TO.latest)
