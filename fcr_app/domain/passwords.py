"""What makes a password good enough: length, and not being what a guesser tries first.

No rule about capitals or signs: they make passwords harder to remember and no harder to guess.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

SHORTEST = 12
#: Longer ones only cost time to check.
LONGEST = 200
#: How much must be left once words a guesser knows, numbers and signs are taken out.
LEAST_OF_ITS_OWN = 6
LEAST_DIFFERENT = 6
#: Shorter words than this are in too many good passwords to forbid.
SHORTEST_WORD = 4

#: What people type for letters, and guessers read as such.
_SPELT = str.maketrans("013457@$!|", "oleastasil")


def tidy(password: str) -> str:
    """Return a password in the one form that is hashed, however a keyboard composed it."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, denied: Iterable[str]) -> str | None:
    """Return what is wrong with a new password and what to do, or None.

    Args:
        denied: Words a guesser would try: common ones, and the person's and force's own.
    """
    text = tidy(password)
    if len(text) < SHORTEST:
        return f"Use {SHORTEST} characters or more. Three or four random words are a good choice."
    if len(text) > LONGEST:
        return f"Use {LONGEST} characters or fewer."
    if len(set(text)) < LEAST_DIFFERENT:
        return "Choose a password that is harder to guess: this one repeats a few characters."
    if _own(text, denied) < LEAST_OF_ITS_OWN:
        return (
            "Choose a password that is harder to guess: this one is made of common words, your "
            "own details or the force’s name. Three or four random words are a good choice."
        )
    return None


def words_of(*texts: str) -> set[str]:
    """Return the words of names and addresses that a password must not lean on."""
    parts = (part for text in texts for part in re.split(r"[\W_\d]+", text.casefold()))
    return {part for part in parts if len(part) >= SHORTEST_WORD}


def _own(text: str, denied: Iterable[str]) -> int:
    """Count the letters that are left without the denied words."""
    words = sorted(denied, key=len, reverse=True)
    shortest = len(text)
    for reading in (text.casefold(), text.casefold().translate(_SPELT)):
        left = reading
        for word in words:
            left = left.replace(word, "\0")
        shortest = min(shortest, len(re.sub(r"[\W\d_]", "", left)))
    # A long row of random digits is a secret too, if it is not a pattern.
    return shortest if re.search(r"[^\W\d_]", text) else _digits(text)


def _digits(text: str) -> int:
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return len(set(text)) if len(steps) >= LEAST_DIFFERENT else 0
