"""Appointments to see somebody about a report: what they are, and the days they stand in.

An appointment pauses no clock and closes no report (DIA-01, DIA-04).
"""

from enum import StrEnum


class Place(StrEnum):
    """Where an appointment is kept. A closed list, so that a diary never names a home."""

    STATION = "station"
    AT_HOME = "at_home"
    PHONE = "phone"
    VIDEO = "video"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        """The place in words."""
        return {
            "station": "At a police station",
            "at_home": "At the person’s home",
            "phone": "By telephone",
            "video": "By video",
            "elsewhere": "Somewhere else",
        }[self.value]


class Became(StrEnum):
    """What became of an appointment. Stored; empty while it is still to come."""

    TO_COME = ""
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """It in words."""
        return {
            "": "Booked",
            "attended": "Attended",
            "missed": "Missed",
            "cancelled": "Cancelled",
        }[self.value]


#: How long an appointment may be, in minutes.
LENGTHS = (30, 60, 90, 120)
