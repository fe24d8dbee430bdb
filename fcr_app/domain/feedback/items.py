"""What an item of feedback says in codes: where it comes from, its harm, what has to be done."""

from enum import StrEnum


class Source(StrEnum):
    """What an item came out of. Stored."""

    DECISION = "decision"
    RETURNED_OR_REFUSED = "returned_or_refused"
    AUDIT_FINDING = "audit_finding"
    FCR_REVIEW = "fcr_review"
    LATE_RECORD = "late_record"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        """The source in words."""
        return {
            "decision": "A decision",
            "returned_or_refused": "A request returned or refused",
            "audit_finding": "An audit finding",
            "fcr_review": "A review by the FCR",
            "late_record": "A late record",
            "by_hand": "Given by hand",
        }[self.value]


class Harm(StrEnum):
    """How much harm the error did, or could have done. Stored."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """The level in words."""
        return {
            "none": "None",
            "low": "Low: a figure is wrong",
            "medium": "Medium: a victim was served worse",
            "high": "High: somebody was left at risk, or a serious crime did not count",
        }[self.value]


class Correction(StrEnum):
    """What has to happen to the record. Each is something that the record itself shows. Stored."""

    NONE = "none"
    RECORD_CRIME = "record_crime"
    RECORD_N100 = "record_n100"
    RECLASSIFY = "reclassify"
    REINSTATE = "reinstate"
    TELL_VICTIM = "tell_victim"
    TELL_REPORTER = "tell_reporter"
    COMPLETE_EQUALITY = "complete_equality"

    @property
    def label(self) -> str:
        """The correction in words, as what somebody is to do."""
        return {
            "none": "Nothing to correct on the record",
            "record_crime": "Record the crime",
            "record_n100": "Create the N100",
            "reclassify": "Have the crime reclassified",
            "reinstate": "Have the crime reinstated",
            "tell_victim": "Tell the victim",
            "tell_reporter": "Tell whoever reported it",
            "complete_equality": "Complete the equality record",
        }[self.value]

    @property
    def about_a_crime(self) -> bool:
        """Whether it is done on a crime that is on record."""
        return self in (Correction.RECLASSIFY, Correction.REINSTATE, Correction.TELL_VICTIM)

    @property
    def about_a_report(self) -> bool:
        """Whether it is done on a report of a crime."""
        return self in (
            Correction.RECORD_CRIME,
            Correction.RECORD_N100,
            Correction.TELL_REPORTER,
        )


#: What is missing altogether, and so has the recording limit's 24 hours.
MISSING = frozenset({Correction.RECORD_CRIME, Correction.RECORD_N100})
