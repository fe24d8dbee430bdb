"""How much room words take, near enough to break lines by, the same on every machine."""

#: Widths of Arial’s letters as parts of the size, by group; a letter of no group has the usual one.
_WIDTHS = (
    dict.fromkeys("ijl.,:;'’!|I", 0.24)
    | dict.fromkeys("frt -()“”", 0.3)
    | dict.fromkeys("ckvsxyz", 0.5)
    | dict.fromkeys("mwMW@—", 0.82)
    | dict.fromkeys("ABCDEGHKNOPQRSUVXY&", 0.69)
)
_USUAL = 0.56
#: How much wider bold is.
_BOLD = 1.07


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text.

    Args:
        size: Of the letters, in the unit of the answer.
    """
    found = size * sum(_WIDTHS.get(letter, _USUAL) for letter in text)
    return found * _BOLD if bold else found


def lines(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines that fit; a word too long for any stands on a line of its own."""
    broken: list[str] = []
    for word in text.split():
        longer = f"{broken[-1]} {word}" if broken else word
        if broken and width(longer, size, bold=bold) <= room:
            broken[-1] = longer
        else:
            broken.append(word)
    return tuple(broken)
