"""What changes about a report while it is open: its victim, who deals with it, its crimes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incidents import Known, ReporterType
from fcr_app.domain.numbers import name_key, number_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues, SomeoneElseChangedIt
from fcr_app.models import Crime, Incident, Person, Unit
from fcr_app.services.crimes import active_people
from fcr_app.services.incident_crimes import late_with_reason, link_crime, settle_with_crime
from fcr_app.services.incident_events import something_new, tell_officer
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.incidents import LONGEST_NAME, victim_problems, visible_incident
from fcr_app.services.rape_taken_in import take_in
from fcr_app.services.visibility import visible_crimes

TITLES = {
    "victim_traced": "Victim traced",
    "victim_confirmed": "Victim confirms it",
    "victim_willing": "Victim supports an investigation",
}
NEWS = {
    ("victim_traced", Known.YES): "the victim was traced",
    ("victim_traced", Known.NO): "the victim was not traced",
    ("victim_confirmed", Known.YES): "the victim confirms what was reported",
    ("victim_confirmed", Known.NO): "the victim does not confirm what was reported",
    ("victim_willing", Known.YES): "the victim supports an investigation",
    ("victim_willing", Known.NO): "the victim does not support an investigation",
}


@dataclass(frozen=True, kw_only=True)
class AboutVictim:
    """What is known of a report's victim now.

    Attributes:
        learned: What happened: who was spoken to, what was tried.
    """

    traced: Known
    confirmed: Known
    willing: Known
    name: str = ""
    learned: str = ""


def incident_to_change(
    session: Session, actor: Actor, incident_id: int, version: int | None
) -> Incident:
    """Return a report to somebody who is about to change it, as they were looking at it.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since they looked.
    """
    incident = visible_incident(session, actor, incident_id, lock=True)
    if version is not None and incident.version != version:
        raise SomeoneElseChangedIt(
            "Somebody else changed this report while you were writing. Look at what changed, then "
            "send it again if it is still right."
        )
    return incident


def update_victim(  # noqa: PLR0913 - who says what about whose victim, and when
    session: Session,
    actor: Actor,
    incident_id: int,
    about: AboutVictim,
    *,
    version: int | None,
    now: datetime,
) -> None:
    """Keep what is known of a report's victim now, and ask the recording question again.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since the person looked at it.
        InvalidValues: If something about the victim can't be so, or nothing is new.
    """
    incident = incident_to_change(session, actor, incident_id, version)
    reporter = ReporterType(incident.reporter_type)
    problems = [*victim_problems(reporter, about.traced, about.confirmed)]
    if len(about.name.strip()) > LONGEST_NAME:
        problems.append(
            InvalidValue(f"A name must be {LONGEST_NAME} characters or fewer.", field="name")
        )
    changed, news = _victim_changes(incident, about)
    if not changed and not about.learned.strip():
        problems.append(InvalidValue("Nothing is new. Change an answer, or say what you learned."))
    if problems:
        raise InvalidValues(problems)
    incident.victim_traced = about.traced.value
    incident.victim_confirmed = about.confirmed.value
    incident.victim_willing = about.willing.value
    incident.victim_name = about.name.strip()
    incident.victim_key = name_key(about.name)
    reason = about.learned.strip()
    note(session, actor, incident, What.VICTIM, now=now, changed=changed, reason=reason)
    session.flush()
    something_new(
        session, actor, incident, " and ".join(news) or "more is known of the victim", now=now
    )


def _victim_changes(incident: Incident, about: AboutVictim) -> tuple[list[Changed], list[str]]:
    """Return what is different now, for the history, and in words for those who are told."""
    answers = {
        "victim_traced": about.traced,
        "victim_confirmed": about.confirmed,
        "victim_willing": about.willing,
    }
    changed, news = [], []
    for field, after in answers.items():
        before = Known(getattr(incident, field))
        if before is not after:
            changed.append(Changed(title=TITLES[field], before=before.label, after=after.label))
            news.append(NEWS.get((field, after), f"{TITLES[field].lower()}: not known any more"))
    if about.name.strip() != incident.victim_name:
        before_name = incident.victim_name or "Not known"
        changed.append(Changed(title="Victim’s name", before=before_name, after=about.name.strip()))
    return changed, news


def hand_over(  # noqa: PLR0913 - who gives which report to whom, and when
    session: Session,
    actor: Actor,
    incident_id: int,
    officer_id: int | None,
    unit_id: int | None,
    *,
    version: int | None,
    now: datetime,
) -> None:
    """Change who deals with a report. The clock goes on.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since the person looked at it.
        InvalidValue: If the officer has left, or there is no such unit.
    """
    incident = incident_to_change(session, actor, incident_id, version)
    if officer_id and not active_people(session, {officer_id}):
        raise InvalidValue("They have left the force.", field="officer")
    if unit_id and session.get(Unit, unit_id) is None:
        raise InvalidValue("Select a unit from the list.", field="unit")
    changed = []
    if officer_id != incident.officer_id:
        names = _names(session, Person, incident.officer_id, officer_id)
        changed.append(Changed(title="Officer", before=names[0], after=names[1]))
    if unit_id != incident.unit_id:
        names = _names(session, Unit, incident.unit_id, unit_id)
        changed.append(Changed(title="Unit", before=names[0], after=names[1]))
    if not changed:
        raise InvalidValue("They deal with it already. Enter somebody else.", field="officer")
    incident.officer_id, incident.unit_id = officer_id, unit_id
    note(session, actor, incident, What.HANDED_OVER, now=now, changed=changed)
    session.flush()
    words = f"Report {incident.reference}: you deal with it from now on. Its clock runs."
    tell_officer(session, actor, incident, words, now=now)


def _names(
    session: Session, table: type[Person] | type[Unit], before: int | None, after: int | None
) -> tuple[str, str]:
    rows = session.execute(
        select(table.id, table.name).where(table.id.in_([before or 0, after or 0]))
    )
    found = {row.id: row.name for row in rows}
    return found.get(before or 0, "Nobody"), found.get(after or 0, "Nobody")


def link_existing(  # noqa: PLR0913 - who links which crime to which report, when, and why late
    session: Session,
    actor: Actor,
    incident_id: int,
    number: str,
    late_reason: str,
    *,
    version: int | None,
    now: datetime,
) -> bool:
    """Link a crime that is recorded already. Says whether it settled the report.

    It settles the report if it was recorded after the report was made. One recorded before is
    about something else that happened, and is linked for those who read both.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        SomeoneElseChangedIt: If it was changed since the person looked at it.
        InvalidValue: If there is no such crime, it does not stand, or it is late without a reason.
    """
    incident = incident_to_change(session, actor, incident_id, version)
    crime = session.scalar(
        select(Crime).where(Crime.number_key == number_key(number), visible_crimes(actor))
    )
    if crime is None:
        raise InvalidValue("There is no such crime, or you may not see it.", field="number")
    if crime.status != CrimeStatus.RECORDED:
        raise InvalidValue(f"This crime was {crime.status}. Link one that stands.", field="number")
    at = crime.recorded_at
    settles = (
        incident.settled_at is None
        and at is not None
        and at >= incident.first_reported_at
        and crime.id != incident.found_in_crime_id
    )
    if settles and at:
        late_with_reason(incident, at, late_reason)
    link_crime(session, actor, incident, crime.id, now=now)
    if settles and at:
        settle_with_crime(session, actor, incident, crime.id, late_reason, at=at)
    take_in(session, actor, incident, crime, now=now)
    return settles and incident.settled_at is not None
