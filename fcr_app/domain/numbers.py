"""How crime numbers, references and names are compared: without case, spaces or accents."""

import unicodedata


def number_key(number: str) -> str:
    """Return a crime number or incident reference as it is compared: capitals, no spaces."""
    return "".join(number.split()).upper()


def name_key(name: str) -> str:
    """Return a name as it is searched: lower case, no accents, surname first."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = plain.lower().split() or name.lower().split()  # a name that has no Latin letters
    return " ".join([*words[-1:], *words[:-1]])
