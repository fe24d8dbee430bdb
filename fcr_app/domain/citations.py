"""Where a rule comes from.

Rule ids (CANC-05, VIC-01 ...) are the handbook's; they are cited in code, refusals and reports.
"""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """The documents that rules come from, by their handbook key."""

    CRR26 = "Crime Recording Rules for Front line Officers and Staff 2026/27"
    OFG26 = "Outcomes for Recorded Crimes: Guidance for Frontline Officers and Staff, April 2026"
    NOL26 = "Home Office Notifiable Offence List 2026-27"
    INSPECTION = "HMICFRS, Metropolitan Police Service: Crime Data Integrity inspection 2018"
    SCHOOLS = "Home Office, Crime Recording (Schools Protocol), June 2023"
    VICTIMS_CODE = "Code of Practice for Victims of Crime in England and Wales"
    FORCE_POLICY = "Force policy"


@dataclass(frozen=True)
class Citation:
    """One rule and the page it stands on.

    Attributes:
        rule: The handbook id, such as ``CANC-05``.
        page: Printed page or pages of the source; empty where the source has none.
    """

    rule: str
    source: Source
    page: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.source.value}{self.where}"

    @property
    def where(self) -> str:
        """The page or pages, as it goes on after the source: ", page 25"."""
        if not self.page:
            return ""
        return f", page {self.page}" if self.page.isdigit() else f", pages {self.page}"


def crr26(rule: str, page: str) -> Citation:
    """Cite the recording rules now in force."""
    return Citation(rule, Source.CRR26, page)


def ofg26(rule: str, page: str) -> Citation:
    """Cite the outcomes guidance now in force."""
    return Citation(rule, Source.OFG26, page)


def nol26(rule: str) -> Citation:
    """Cite the notifiable offence list now in force."""
    return Citation(rule, Source.NOL26)


def schools(rule: str) -> Citation:
    """Cite the schools protocol."""
    return Citation(rule, Source.SCHOOLS)


def inspection(rule: str) -> Citation:
    """Cite the 2018 inspection."""
    return Citation(rule, Source.INSPECTION)


def victims_code(rule: str) -> Citation:
    """Cite the Victims' Code."""
    return Citation(rule, Source.VICTIMS_CODE)


def force_policy(rule: str) -> Citation:
    """Cite a choice that the published rules leave to the force."""
    return Citation(rule, Source.FORCE_POLICY)
