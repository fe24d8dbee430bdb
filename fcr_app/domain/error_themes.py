"""The rule that each kind of error breaks, so that errors, rulings and bulletins meet in one place.

The pairing is ours: an error names what went wrong, and may break more than one rule. Each has the
rule that a trainer would begin with.
"""

from fcr_app.domain.recording_errors import ErrorType

#: E23, equality information, is the Equality Act's and has no rule in the handbook.
RULE_OF: dict[ErrorType, str] = {
    ErrorType.E01: "REC-24",
    ErrorType.E02: "REC-02",
    ErrorType.E03: "REC-10",
    ErrorType.E04: "REC-26",
    ErrorType.E05: "REC-02",
    ErrorType.E06: "REC-08",
    ErrorType.E07: "N100-01",
    ErrorType.E08: "N100-05",
    ErrorType.E09: "CLS-02",
    ErrorType.E10: "N100-07",
    ErrorType.E11: "REC-14",
    ErrorType.E12: "TRF-05",
    ErrorType.E13: "REC-10",
    ErrorType.E14: "DIA-01",
    ErrorType.E15: "CANC-13",
    ErrorType.E16: "CANC-22",
    ErrorType.E17: "CANC-05",
    ErrorType.E18: "VIC-01",
    ErrorType.E19: "REC-12",
    ErrorType.E20: "CNT-03",
    ErrorType.E21: "REC-23",
    ErrorType.E22: "REC-25",
}


def errors_of(rule: str) -> tuple[ErrorType, ...]:
    """Return the kinds of error that break a rule."""
    return tuple(error for error, broken in RULE_OF.items() if broken == rule)
