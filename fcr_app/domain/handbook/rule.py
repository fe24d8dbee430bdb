"""A rule of the handbook, by its id."""

from dataclasses import dataclass

#: Reasons that several rules share.
OUTCOMES = "Outcomes are decided in the force’s crime system; this service holds none."
#: While the workflows are being built.
PENDING = "No workflow carries it out yet, but one is being built."
NATIONAL = "A fact about the law or its history, not a rule that anybody can break here."


@dataclass(frozen=True)
class HandbookRule:
    """A rule in a few words of our own.

    Attributes:
        not_covered: Why the service does nothing about it; empty where it does something.
    """

    id: str
    name: str
    not_covered: str = ""

    @property
    def family(self) -> str:
        """The letters its id begins with: CANC."""
        return self.id.rpartition("-")[0]
