"""Rape disclosed on a report that was opened as something else (N100-01).

What a report was first opened as is kept for ever. That it may be rape is an event on it: from then
on the three-step test decides what becomes of it, and it is not closed with neither crime nor N100.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, StepNotAvailable
from fcr_app.models import Case, Incident
from fcr_app.services.cases import open_incident_case
from fcr_app.services.incident_crimes import reopen
from fcr_app.services.incident_events import something_new
from fcr_app.services.incident_updates import incident_to_change
from fcr_app.services.incidents import SHORTEST_REASON
from fcr_app.services.rape_standing import told_of_rape
from fcr_app.services.rape_taken_in import RAPE_REPORT, mark


@enforces(
    crr26("N100-01", "63"),
    how="Rape disclosed on any report, whatever it was opened as, is decided as a rape report",
)
def say_it_may_be_rape(  # noqa: PLR0913 - who says what of which report, and when
    session: Session,
    actor: Actor,
    incident_id: int,
    disclosed: str,
    *,
    version: int | None,
    now: datetime,
) -> Case:
    """Say that what was disclosed may be rape, and open the rape report that decides on it.

    A report that was settled without a crime is open again: the question was not asked of it.

    Args:
        disclosed: What was disclosed, by whom, and to whom.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since the person looked at it.
        StepNotAvailable: If it is decided as rape already, or has to be said on another report.
        InvalidValue: If nobody says what was disclosed.
    """
    incident = incident_to_change(session, actor, incident_id, version)
    _still_to_say(session, incident)
    if len(disclosed.strip()) < SHORTEST_REASON:
        raise InvalidValue(
            f"Say what was disclosed, in at least {SHORTEST_REASON} characters (N100-01).",
            field="disclosed",
        )
    mark(session, actor, incident, disclosed, now=now)
    if incident.settled_at is not None:
        reopen(session, actor, incident, now=now)
    something_new(session, actor, incident, "what was disclosed may be rape", now=now)
    return open_incident_case(session, actor, RAPE_REPORT, incident.id, now=now)


def _still_to_say(session: Session, incident: Incident) -> None:
    """Refuse it where it is said already, or where another report has to say it."""
    if told_of_rape(incident):
        raise StepNotAvailable(
            "This report is decided as rape already. Use “Decide on a report of rape”."
        )
    if incident.closing_code == ClosingCode.CRIME_RECORDED:
        raise StepNotAvailable(
            "A crime settled this report, so its clock has stopped. Enter what was disclosed as a "
            "report of its own, told while that crime was investigated: it has a clock of its own "
            "(REC-10)."
        )
    if incident.closing_code == ClosingCode.DUPLICATE:
        original = session.scalar(
            select(Incident.reference).where(Incident.id == incident.duplicate_of_id)
        )
        raise StepNotAvailable(f"This report repeats {original}. Say it on that one.")
