"""How crime numbers, references and names are compared: without case, spaces or accents."""

import unicodedata


def number_key(number: str) -> str:
    """Return a crime number or incident reference as it is compared: capitals, no spaces."""
    return "".join(number.split()).upper()


def name_key(name: str) -> str:
    """Return a name as it is searched: lower case, no accents, surname first."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    words = plain.lower().split()
    return " ".join([*words[-1:], *words[:-1]])
