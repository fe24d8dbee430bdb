"""Every rule of the recording rules handbook, by its id: what the code’s citations may name.

The rules themselves are in the published documents; here is a name for each, and, where this
service does nothing about one, why. ``flask fcr rules coverage`` sets it beside the code.
"""

from dataclasses import dataclass

from fcr_app.domain.handbook.classifying import CLASSIFYING, COUNTING, LOCATION
from fcr_app.domain.handbook.people import (
    DIARY,
    FEEDBACK,
    OUTCOME_GATES,
    ROLES,
    VERSIONS,
    VICTIMS_CODE,
)
from fcr_app.domain.handbook.recording import RECORDING
from fcr_app.domain.handbook.removing import CANCELLING, TELLING, TRANSFERRING
from fcr_app.domain.handbook.reported_rape import REPORTED_RAPE
from fcr_app.domain.handbook.rule import HandbookRule

__all__ = ["FAMILIES", "HANDBOOK", "Family", "HandbookRule"]


@dataclass(frozen=True)
class Family:
    """Rules on one matter, whose ids begin alike."""

    letters: str
    name: str
    rules: tuple[HandbookRule, ...]


FAMILIES = (
    Family("REC", "Whether, when and by whom a crime is recorded", RECORDING),
    Family("CNT", "How many crimes", COUNTING),
    Family("CLS", "Classes", CLASSIFYING),
    Family("LOC", "Whose crime it is", LOCATION),
    Family("N100", "Reported incidents of rape", REPORTED_RAPE),
    Family("CANC", "Who may cancel, and on what", CANCELLING),
    Family("TRF", "Transfers", TRANSFERRING),
    Family("VIC", "Telling the victim", TELLING),
    Family("ROLE", "Roles", ROLES),
    Family("DIA", "Appointments", DIARY),
    Family("FB", "Feedback", FEEDBACK),
    Family("VC", "The Victims’ Code", VICTIMS_CODE),
    Family("OUT", "Outcomes", OUTCOME_GATES),
    Family("VER", "Rules and their dates", VERSIONS),
)
HANDBOOK = {rule.id: rule for family in FAMILIES for rule in family.rules}
