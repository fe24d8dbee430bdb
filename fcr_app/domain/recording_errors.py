"""The kinds of error that feedback names, so that repeats can be seen (FB-01, FB-02).

The codes are this system's. Most kinds are what the 2018 inspection found; the rest come from
inspections of other forces in the same year, and what audits find besides.
"""

from enum import StrEnum


class ErrorType(StrEnum):
    """What was wrong with a record or a decision."""

    E01 = "E01"
    E02 = "E02"
    E03 = "E03"
    E04 = "E04"
    E05 = "E05"
    E06 = "E06"
    E07 = "E07"
    E08 = "E08"
    E09 = "E09"
    E10 = "E10"
    E11 = "E11"
    E12 = "E12"
    E13 = "E13"
    E14 = "E14"
    E15 = "E15"
    E16 = "E16"
    E17 = "E17"
    E18 = "E18"
    E19 = "E19"
    E20 = "E20"
    E21 = "E21"
    E22 = "E22"
    E23 = "E23"
    E24 = "E24"
    E25 = "E25"
    E26 = "E26"

    @property
    def label(self) -> str:
        """The error in words."""
        return ERROR_LABELS[self]

    @property
    def full_label(self) -> str:
        """The error with its code: "E06 A report by a professional or parent not recorded"."""
        return f"{self.value} {self.label}"


ERROR_LABELS = {
    ErrorType.E01: "Opened as the wrong type of incident",
    ErrorType.E02: "Not recorded at first contact",
    ErrorType.E03: "A further offence told during an investigation not recorded",
    ErrorType.E04: "An assault without injury, or a threat, missed",
    ErrorType.E05: "A public order crime missed",
    ErrorType.E06: "A report by a professional or parent not recorded",
    ErrorType.E07: "An N100 missing",
    ErrorType.E08: "N100 used for what was rape",
    ErrorType.E09: "Rape recorded as another sexual offence",
    ErrorType.E10: "A later refusal to confirm used not to record",
    ErrorType.E11: "Only on a safeguarding system",
    ErrorType.E12: "Another force’s report mishandled",
    ErrorType.E13: "Recorded late",
    ErrorType.E14: "A diary appointment’s crime not recorded",
    ErrorType.E15: "Information not enough to cancel",
    ErrorType.E16: "Wrong removal code, or no link to the surviving crime",
    ErrorType.E17: "Decided by somebody who may not, or is not independent",
    ErrorType.E18: "Victim not told of a cancellation or transfer",
    ErrorType.E19: "Nobody told that it would not be recorded",
    ErrorType.E20: "Too many crimes recorded, or the principal crime missed",
    ErrorType.E21: "Modern slavery, or an offence with it, missed",
    ErrorType.E22: "Stalking, harassment or control not understood",
    ErrorType.E23: "Equality information missing",
    ErrorType.E24: "Recorded in the wrong class",
    ErrorType.E25: "Wrong outcome, or nothing that shows it",
    ErrorType.E26: "A reason, a flag or a link missing on the record",
}
