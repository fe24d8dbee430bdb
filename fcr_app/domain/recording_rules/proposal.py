"""What the answers lead to: record the rape, an N100 with its code, or no report of rape.

Proposed to the person who decides, with the rule behind it, and held against what they then do.
"""

from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.citations import Citation, crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.incidents import ReporterType, SarcCase
from fcr_app.domain.questions import NO, YES, Answers
from fcr_app.domain.recording_questions import (
    ANOTHER_FORCE,
    CONFIRMATION,
    CONTRARY,
    CRIME_IN_LAW,
    DOUBT,
    EVIDENCE,
    NECESSARY,
    VICTIM_SAYS,
)
from fcr_app.domain.recording_questions.the_test import (
    CONFIRMS,
    NOT_RAPE,
    SPEAK_FOR_THEM,
    UNTRACED,
    happened_elsewhere,
)


class Leads(StrEnum):
    """Where the answers lead."""

    RECORD = "record"
    N100 = "n100"
    NOT_RAPE = "not_rape"

    @property
    def label(self) -> str:
        """What is proposed, as a heading."""
        return {
            "record": "Record the rape",
            "n100": "Create an N100",
            "not_rape": "Not a report of rape",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed, by which rule, and why.

    Attributes:
        code: The N100 code; empty for the other two.
    """

    leads: Leads
    cite: Citation
    why: str
    code: str = ""

    @property
    def label(self) -> str:
        """It in words: "Create an N100/01"."""
        return f"{self.leads.label}/{self.code[-2:]}" if self.code else self.leads.label


def _record(cite: Citation, why: str) -> Proposal:
    return Proposal(leads=Leads.RECORD, cite=cite, why=why)


def _n100(code: str, cite: Citation, why: str) -> Proposal:
    return Proposal(leads=Leads.N100, code=code, cite=cite, why=why)


def _no_rape(why: str) -> Proposal:
    return Proposal(leads=Leads.NOT_RAPE, cite=crr26("REC-02", "7"), why=why)


@supports(
    crr26("REC-07", "7-8"),
    crr26("REC-08", "8"),
    crr26("REC-09", "8"),
    how="Who reported it, and whether it has to be recorded, decide where the answers lead",
)
def propose(known: Answers) -> Proposal | None:
    """Return what the answers lead to, with what the report says; None before the first answer."""
    says = known.get(VICTIM_SAYS.name, "")
    if not says:
        return None
    if says == NOT_RAPE:
        return _no_rape("The report is not about rape or attempted rape.")
    if known.get(CRIME_IN_LAW.name) == NO:
        return _no_rape("What was told is not rape or attempted rape in law.")
    if happened_elsewhere(known):
        return _n100(
            ANOTHER_FORCE,
            crr26("N100-11", "64"),
            "It clearly happened elsewhere: an N100/03 comes before the transfer.",
        )
    if known.get(CONTRARY.name) == YES:
        return _n100(
            EVIDENCE,
            crr26("REC-02", "7"),
            "Credible evidence that it did not happen is available now.",
        )
    return _by_sarc(known) or _by_reporter(known) or _by_victim(known)


def _by_sarc(known: Answers) -> Proposal | None:
    said = known.get("incident.sarc_case", "")
    if not said:
        return None
    case = SarcCase(said)
    if case.is_a_crime:
        return _record(crr26("N100-09", "62"), f"{case.label}.")
    return _n100(CONFIRMATION, crr26("N100-10", "62"), f"{case.label}.")


def _by_reporter(known: Answers) -> Proposal | None:
    reporter = known.get("incident.reporter_type", "")
    if reporter in SPEAK_FOR_THEM and known.get(DOUBT.name) != YES:
        return _record(
            crr26("N100-05", "8, 62"),
            "A professional, parent or carer reported it for the victim, which counts as the "
            "victim’s own report.",
        )
    if reporter == ReporterType.VICTIM and known[VICTIM_SAYS.name] != CONFIRMS:
        return _record(
            crr26("N100-07", "8"),
            "The victim reported it. That they no longer say so, or take it back, is no ground.",
        )
    return None


def _by_victim(known: Answers) -> Proposal:
    says = known[VICTIM_SAYS.name]
    if says == CONFIRMS:
        return _record(
            crr26("REC-02", "7"),
            "The victim says that it happened, it is more likely than not rape in law, and there "
            "is no credible evidence to the contrary.",
        )
    if known.get(NECESSARY.name) == YES:
        return _record(
            crr26("REC-07", "7-8"), "There are clear grounds, and recording it is necessary."
        )
    why = "can’t be traced" if says == UNTRACED else "has not confirmed it"
    return _n100(
        CONFIRMATION,
        crr26("REC-09", "8"),
        f"Somebody reported it who does not act for the victim, and the victim {why}.",
    )
