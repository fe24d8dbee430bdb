"""How figures are printed: rounded half up, as people and HMICFRS do, not half to even."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, places: int = 1) -> str:
    """Return a figure with so many decimal places; 2.25 with one place is 2.3, never 2.2.

    The figure is taken as Python would print it, so 0.145, which a computer holds as a little
    less, still goes up.
    """
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        raise ValueError("Only a finite figure can be printed.")
    step = Decimal(1).scaleb(-places)
    return str(Decimal(repr(value)).quantize(step, ROUND_HALF_UP))


def per_cent(rate: float, places: int = 1) -> str:
    """Return a rate from 0 to 1 as a percentage: 0.87595 is 87.6%."""
    # Fifteen digits are what a float is sure of; times 100 may leave 14.499999999999998.
    return f"{half_up(float(f'{rate * 100:.12g}'), places)}%"
