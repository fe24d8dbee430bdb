"""The types of audit, A1 to A18 (reference, section 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AuditType:
    """A type of audit.

    Attributes:
        about: What it asks, in a sentence.
    """

    code: str
    label: str
    about: str

    @property
    def full_label(self) -> str:
        """The code and what it is: "A4 Transfers"."""
        return f"{self.code} {self.label}"


_ALL = (
    AuditType(
        "A1",
        "Reports and their crimes",
        "Was a crime recorded wherever a report told of one?",
    ),
    AuditType(
        "A1b",
        "Crimes recorded directly",
        "Are crimes that came without a report, online or at a front counter recorded rightly?",
    ),
    AuditType("A2", "Rape and every N100", "Was each report of rape recorded as a crime or N100?"),
    AuditType("A3", "Cancelled crimes", "Was each cancellation right, by the right authority?"),
    AuditType("A4", "Transfers", "Did the other force confirm it, and was the victim told?"),
    AuditType(
        "A5",
        "Referrals",
        "Was a crime recorded wherever public protection, MASH or a partner told of one?",
    ),
    AuditType("A6", "Modern slavery", "Are modern slavery crimes and referrals recorded rightly?"),
    AuditType(
        "A7",
        "Timeliness",
        "Did the 24 hours begin when the report came in? How many crimes were recorded in time is "
        "worked out from all of them; the sample looks at where the clock began.",
    ),
    AuditType(
        "A8", "Diary appointments", "Was a crime recorded in time though a visit came later?"
    ),
    AuditType("A9", "Anti-social behaviour", "Does a report closed as such hide a crime?"),
    AuditType("A10", "Domestic abuse", "Was each crime recorded that a domestic report told of?"),
    AuditType("A11", "Outcomes", "Does each outcome have the evidence that it needs?"),
    AuditType(
        "A12",
        "Out-of-court disposals",
        "Was the case fit for it, and is the victim’s view on record?",
    ),
    AuditType("A13", "Classification", "Is the crime in the right class, and why was it changed?"),
    AuditType("A14", "Themes", "Each kind of crime in turn, once a year."),
    AuditType("A15", "Contact with victims", "Was the victim told of a cancellation or transfer?"),
    AuditType(
        "A16",
        "Equality data",
        "Is what is missing rightly missing? How much is known is worked out from all victims; "
        "the sample looks at why the rest is not.",
    ),
    AuditType("A17", "An area that failed", "Has an area that failed got better?"),
    AuditType(
        "A18",
        "The auditors themselves",
        "Do auditors judge alike? A share of every audit is examined twice as well.",
    ),
)
TYPES: Mapping[str, AuditType] = {one.code: one for one in _ALL}
