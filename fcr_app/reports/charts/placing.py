"""Finds room for the words beside points that stand close together."""

from collections.abc import Iterator, Sequence

from fcr_app.reports.charts.frame import RIGHT, SMALL, width_of

Place = tuple[float, float]
#: Left, top, right and bottom.
Box = tuple[float, float, float, float]
_POINT = 7
_NEAR, _FAR = 17, 31


def placed_beside(
    words: Sequence[tuple[str, Place, bool]], points: Sequence[Place], between: tuple[float, float]
) -> Iterator[tuple[str, Place]]:
    """Give the words that have room, with their middles; the table beside has all of them.

    Args:
        words: Each with its point, and whether above it is the better side.
        points: All points, which no words may cover.
        between: The highest and the lowest they may stand.
    """
    taken = [(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in points]
    for text, (x, y), is_above in words:
        half = width_of(text, SMALL) / 2 + 1
        for middle, centre in _candidates(x, y, half, -1 if is_above else 1):
            box = (middle - half, centre - _POINT, middle + half, centre + _POINT)
            is_inside = between[0] <= box[1] and box[3] <= between[1] and box[2] <= RIGHT + half
            if is_inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                yield text, (middle, centre)
                break


def _candidates(x: float, y: float, half: float, away: int) -> Iterator[Place]:
    aside = half + _POINT + 4
    yield x, y + away * _NEAR
    yield x - aside, y
    yield x + aside, y
    yield x, y + away * _FAR
    yield x - aside, y + away * _NEAR
    yield x + aside, y + away * _NEAR
    yield x, y - away * _NEAR


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
