"""A word of the glossary."""

import re
from dataclasses import dataclass

from fcr_app.domain.citations import Citation


@dataclass(frozen=True)
class Term:
    """One word.

    Attributes:
        name: What stands for it in the code, as a dotted path.
        cite: Where the meaning comes from; None for a word of this service's own.
    """

    word: str
    meaning: str
    name: str
    cite: Citation | None = None

    @property
    def anchor(self) -> str:
        """The word as the end of an address."""
        return "-".join(part for part in re.split(r"[^a-z0-9]+", self.word.lower()) if part)

    @property
    def source(self) -> str:
        """Where the meaning comes from, in words."""
        return str(self.cite) if self.cite else "This service"
