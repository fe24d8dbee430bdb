"""The five reasons a recorded crime may leave the record (CRR26 pages 25-26)."""

from enum import StrEnum


class RemovalCode(StrEnum):
    """C1 to C5. There are exactly five."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"

    @property
    def label(self) -> str:
        """The code with its name: "C2 additional verifiable information"."""
        return f"{self.value} {CODE_NAMES[self]}"


CODE_NAMES = {
    RemovalCode.C1: "transferred to another force",
    RemovalCode.C2: "additional verifiable information (AVI)",
    RemovalCode.C3: "duplicate or part of another crime",
    RemovalCode.C4: "recorded in error",
    RemovalCode.C5: "self-defence",
}

#: Codes for which the victim is told before removal (VIC-01).
TELL_FIRST = frozenset({RemovalCode.C1, RemovalCode.C2, RemovalCode.C5})


class Risk(StrEnum):
    """The harm if the decision were wrong (CANC-19)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class GroundsDecision(StrEnum):
    """The last thing the Competent Authority decided on modern slavery (CANC-17).

    Reasonable grounds come first, conclusive grounds later; the two are never mixed up.
    """

    NONE = "none"
    POSITIVE_REASONABLE = "positive_reasonable"
    NEGATIVE_REASONABLE = "negative_reasonable"
    POSITIVE_CONCLUSIVE = "positive_conclusive"
    NEGATIVE_CONCLUSIVE = "negative_conclusive"
