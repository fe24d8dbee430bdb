"""Reported incidents of rape, N100.

Whatever rape is reported and not recorded at once is an N100, with the code that says why. It is
asked again with everything new, recorded as soon as it is confirmed, and seen by the FCR if not.
"""

from fcr_app.domain import recording_questions as q, recording_rules as r
from fcr_app.domain.citations import crr26
from fcr_app.domain.guide import Guide
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.reported_incidents import Kind, reported_incident


def may_be_rape(report: IncidentFacts) -> bool:
    """It is for reports of rape or another sexual offence, or where rape was disclosed."""
    return report.may_be_rape


N100_KIND = Kind(
    key="n100",
    title="Reported incident of rape (N100)",
    summary=(
        "A reported rape that is not recorded as a crime at once: why not, what was done since, "
        "and what the FCR says about it."
    ),
    of="rape",
    crime="the rape",
    confirmed="Confirmed: record the rape",
    codes={
        q.CONFIRMATION: "not confirmed, or the victim can’t be traced",
        q.EVIDENCE: "credible evidence to the contrary",
        q.ANOTHER_FORCE: "in another force’s area, or abroad",
    },
    cite=crr26("N100-12", "63"),
    guide=Guide(
        heading="Create an N100",
        aside=(
            "A reported rape is recorded unless there is a ground not to. The FCR sees every N100.",
        ),
        inset=(
            "Mental ill-health, drink, an account that changes, a question of consent or a victim "
            "who does not want the police to act are no grounds."
        ),
        details="The three-step test",
        before_sending="A supervisor checks it next, then the FCR. Once confirmed it is recorded.",
    ),
    asks=(*q.THE_TEST, q.GROUND, q.REASON),
    again=(
        q.VICTIM_SAYS,
        q.CONTRARY,
        q.CONTRARY_WHAT,
        q.CONTRARY_AT,
        q.CONTRARY_VERIFIED,
        q.WHERE,
        q.LOCATION_BASIS,
        q.TO_FORCE,
        q.GROUND,
    ),
    event=q.EVENT,
    rules=r.N100_GROUNDS,
    which_crime=q.WHICH_RAPE,
    suits=may_be_rape,
    transfers=True,
    comes_from_crimes=True,
    error=ErrorType.E08,
)

N100 = reported_incident(N100_KIND)
