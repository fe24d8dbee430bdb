"""Entering a report of a crime: what came in, before anybody decides what it is (REC-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26, inspection
from fcr_app.domain.citing import enforces, supports
from fcr_app.domain.guards import Verdict
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incident_rules import SHORTEST_ACCOUNT, ReportFacts, entering_checks
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.numbers import name_key, number_key
from fcr_app.domain.recording_clock import record_by
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues, NotFound
from fcr_app.models import Crime, Incident, IncidentFlag, Unit
from fcr_app.services.crimes import active_people
from fcr_app.services.equality.records import begin_if_asked_now
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.visibility import visible_crimes, visible_incidents

BY_HAND = "hand"
LONGEST_REFERENCE = 80
LONGEST_NAME = 120
LONGEST_ACCOUNT = 20_000
SHORTEST_REASON = 20
NOT_THERE = "There is no such report, or you may not see it."
TWICE = "A report with this reference is here already. Check the reference, or search for it."


@dataclass(frozen=True, kw_only=True)
class NewIncident:
    """A report as a person gives it. Times are UTC.

    Attributes:
        reference: Made here where it is empty.
        found_in_crime_id: The crime being investigated when a further offence was told.
        warning_reason: Why it is opened like this despite what the rules warn of.
    """

    reference: str = ""
    first_reported_at: datetime
    time_note: str = ""
    received_by_id: int | None = None
    officer_id: int | None = None
    unit_id: int | None = None
    route: Route
    sarc_case: SarcCase | None = None
    other_force: str = ""
    other_force_reference: str = ""
    found_in_crime_id: int | None = None
    reporter_type: ReporterType
    reporter: str = ""
    victim_name: str = ""
    victim_traced: Known = Known.UNKNOWN
    victim_confirmed: Known = Known.UNKNOWN
    victim_willing: Known = Known.UNKNOWN
    account: str = ""
    location: str = ""
    opening_code: OpeningCode
    vulnerabilities: frozenset[Vulnerability] = frozenset()
    warning_reason: str = ""


@enforces(crr26("REC-01", "6"), how="A report is entered only with what was said in it")
@supports(crr26("REC-06", "7"), how="A report keeps whether its victim was traced and confirms it")
@supports(inspection("TRF-05"), how="A report from another force has its list and its clock")
def enter_incident(session: Session, actor: Actor, new: NewIncident, *, now: datetime) -> Incident:
    """Enter a report. Its clock has been running since it was first made.

    Raises:
        InvalidValues: If something about it can't be so; names every field at once.
    """
    if problems := report_problems(session, actor, new, now=now):
        raise InvalidValues(problems)
    incident = Incident(
        **values_of(new), source=BY_HAND, created_at=now, entered_by_id=actor.id or None
    )
    incident.reference = new.reference.strip() or uuid4().hex[:20]
    incident.reference_key = number_key(incident.reference)
    session.add(incident)
    session.flush()
    if not new.reference.strip():
        incident.reference = incident.reference_key = f"INC-{now:%y}-{incident.id:06}"
    session.add_all(
        IncidentFlag(incident_id=incident.id, flag=flag.value)
        for flag in sorted(new.vulnerabilities)
    )
    opened = [Changed(title="Opened as", after=new.opening_code.label)]
    reason = new.warning_reason.strip()
    note(session, actor, incident, What.ENTERED, now=now, changed=opened, reason=reason)
    session.flush()
    begin_if_asked_now(session, incident)
    return incident


def report_problems(
    session: Session, actor: Actor, new: NewIncident, *, now: datetime
) -> list[InvalidValue]:
    """Return everything that stops a report from being entered, each with its field."""
    return [
        *shape_problems(new, now),
        *_record_problems(session, actor, new),
        *_warning_problems(actor, new, now),
    ]


def values_of(new: NewIncident) -> dict[str, object]:
    """Return what a report says as its row holds it, without what identifies the row."""
    return {
        "first_reported_at": new.first_reported_at,
        "time_note": new.time_note.strip(),
        "record_by_at": record_by(new.first_reported_at),
        "received_by_id": new.received_by_id,
        "officer_id": new.officer_id,
        "unit_id": new.unit_id,
        "route": new.route.value,
        "sarc_case": new.sarc_case.value if new.sarc_case and new.route is Route.SARC else "",
        "other_force": new.other_force.strip() if new.route is Route.OTHER_FORCE else "",
        "other_force_reference": (
            new.other_force_reference.strip() if new.route is Route.OTHER_FORCE else ""
        ),
        "found_in_crime_id": (
            new.found_in_crime_id if new.route is Route.FURTHER_OFFENCE else None
        ),
        "reporter_type": new.reporter_type.value,
        "reporter": new.reporter.strip(),
        "victim_name": new.victim_name.strip(),
        "victim_key": name_key(new.victim_name),
        "victim_traced": new.victim_traced.value,
        "victim_confirmed": new.victim_confirmed.value,
        "victim_willing": new.victim_willing.value,
        "account": new.account.strip(),
        "location": new.location.strip(),
        "opening_code": new.opening_code.value,
    }


def shape_problems(new: NewIncident, now: datetime) -> Iterator[InvalidValue]:
    """Give what is wrong with a report that can be said without looking anything up."""
    if max(len(number_key(new.reference)), len(new.reference.strip())) > LONGEST_REFERENCE:
        yield InvalidValue(
            f"The reference must be {LONGEST_REFERENCE} characters or fewer.", field="reference"
        )
    if new.first_reported_at > now:
        yield InvalidValue(
            "The time it was first reported must be in the past.", field="first_reported_at"
        )
    for field, words in (
        ("reporter", new.reporter),
        ("victim_name", new.victim_name),
        ("other_force", new.other_force),
    ):
        if len(words.strip()) > LONGEST_NAME:
            yield InvalidValue(f"A name must be {LONGEST_NAME} characters or fewer.", field=field)
    if len(new.account.strip()) < SHORTEST_ACCOUNT:
        yield InvalidValue(
            f"Write what was reported, in at least {SHORTEST_ACCOUNT} characters (REC-01).",
            field="account",
        )
    yield from _route_problems(new)
    yield from victim_problems(new.reporter_type, new.victim_traced, new.victim_confirmed)


def _route_problems(new: NewIncident) -> Iterator[InvalidValue]:
    """Give what a way to report needs said besides."""
    if new.route is Route.SARC and new.sarc_case is None:
        yield InvalidValue("Select what the centre passed on.", field="sarc_case")
    if new.route is Route.OTHER_FORCE and not new.other_force.strip():
        yield InvalidValue("Enter which force it came from.", field="other_force")
    if new.route is Route.FURTHER_OFFENCE and new.found_in_crime_id is None:
        yield InvalidValue(
            "Enter the number of the crime that was being investigated.", field="found_in"
        )


def victim_problems(
    reporter: ReporterType, traced: Known, confirmed: Known
) -> Iterator[InvalidValue]:
    """Give what can't be so about a victim. Whoever speaks for the victim confirms for them."""
    if traced is Known.NO and confirmed is Known.YES and not reporter.counts_as_the_victim:
        yield InvalidValue(
            "A victim who was not traced can’t have confirmed it. Mend one of the two answers.",
            field="victim_confirmed",
        )


def _record_problems(session: Session, actor: Actor, new: NewIncident) -> Iterator[InvalidValue]:
    """Give what is wrong when the report is put beside what is here already."""
    key = number_key(new.reference)
    if key and session.scalar(select(Incident.id).where(Incident.reference_key == key)):
        yield InvalidValue(TWICE, field="reference")
    if new.unit_id and session.get(Unit, new.unit_id) is None:
        yield InvalidValue("Select a unit from the list.", field="unit")
    people = {person for person in (new.received_by_id, new.officer_id) if person}
    here = active_people(session, people)
    for field, person in (("received_by", new.received_by_id), ("officer", new.officer_id)):
        if person and person not in here:
            yield InvalidValue("They have left the force.", field=field)
    if new.found_in_crime_id and not session.scalar(
        select(Crime.id).where(Crime.id == new.found_in_crime_id, visible_crimes(actor))
    ):
        yield InvalidValue("There is no such crime, or you may not see it.", field="found_in")


def _warning_problems(actor: Actor, new: NewIncident, now: datetime) -> Iterator[InvalidValue]:
    """Give the warnings that nobody has answered with a reason."""
    if len(new.warning_reason.strip()) >= SHORTEST_REASON:
        return
    facts = ReportFacts(
        actor=actor,
        now=now,
        opened_by_id=actor.id,
        opening_code=new.opening_code,
        account=new.account,
    )
    for check in entering_checks(facts):
        if check.verdict is Verdict.WARNING:
            yield InvalidValue(
                f"{check.reason} Or open it as what it is. ({check.cite.rule})",
                field="warning_reason",
            )


def visible_incident(
    session: Session, actor: Actor, incident_id: int, *, lock: bool = False
) -> Incident:
    """Return a report that a person may see.

    Args:
        lock: They are about to change it; others who want to wait until it is saved.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
    """
    wanted = select(Incident).where(Incident.id == incident_id, visible_incidents(actor))
    if lock:
        wanted = wanted.with_for_update(of=Incident).execution_options(populate_existing=True)
    incident = session.scalar(wanted)
    if incident is None:
        raise NotFound(NOT_THERE)
    return incident
