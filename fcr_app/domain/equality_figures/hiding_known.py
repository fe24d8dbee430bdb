"""How much is known of victims, as counts and sums for disclosure control to go through.

In public even a share can be one person: 2% of 60. So a part that is a small count is left out, and
another with it, since the parts add up to everybody.
"""

from collections.abc import Sequence

from fcr_app.domain.disclosure import Key, Publication, Sum
from fcr_app.domain.equality_figures.completeness import Completeness

#: The parts that everybody asked about falls into.
KNOWN, DECLINED, OTHER, BLANK = PARTS = ("known", "declined", "other", "blank")
_EVERYBODY = "all"


def known_key(item: str, part: str) -> Key:
    """Return what a part of the victims is called."""
    return (item, part)


def parts_of(line: Completeness) -> dict[str, int]:
    """Return the victims of a line by what is known of them, and if nothing, by why."""
    counts = (line.known, line.declined, line.other_reasons, line.blank or 0)
    return dict(zip(PARTS, counts, strict=True))


def known_publication(lines: Sequence[Completeness]) -> Publication:
    """Return the lines that are published together. What they are of is known to everybody."""
    counts: dict[Key, int] = {}
    sums = []
    for line in lines:
        parts = {known_key(line.key, part): count for part, count in parts_of(line).items()}
        whole = known_key(line.key, _EVERYBODY)
        counts |= {**parts, whole: sum(parts.values())}
        sums.append(Sum(whole, tuple(parts)))
    worth = {key: int(key[1] == _EVERYBODY) for key in counts}
    return Publication(counts=counts, sums=tuple(sums), worth=worth)
