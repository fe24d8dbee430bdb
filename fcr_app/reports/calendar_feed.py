"""A person's appointments as an iCalendar file, which Outlook and others subscribe to (RFC 5545).

Only this module knows the library. The file names no victim and holds nothing of a report.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from icalendar import Calendar, Event as Entry

from fcr_app.domain.london import LONDON
from fcr_app.services.calendar_feed import Event

#: How often a calendar is asked to look again.
LOOK_AGAIN = timedelta(hours=1)
MARKING = "OFFICIAL-SENSITIVE"


def to_ics(events: Sequence[Event], address_of: Callable[[str], str]) -> bytes:
    """Return the file. The same appointments give the same bytes.

    Args:
        address_of: The address of a case's page, by its reference.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//FCR Casework//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "FCR Casework diary")
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_entry(event, address_of(event.reference)))
    if events:
        calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file


def _entry(event: Event, address: str) -> Entry:
    entry = Entry()
    # By the case, so that a moved appointment moves in the calendar instead of showing twice.
    entry.add("uid", f"{event.reference}@fcr-casework")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", event.starts_at.astimezone(LONDON))
    entry.add("dtend", event.ends_at.astimezone(LONDON))
    entry.add("summary", f"{event.reference} ({event.state})")
    said = (
        f"Unit: {event.unit or 'none'}",
        f"Where it stands: {event.state}",
        f"Details: {address}",
        MARKING,
    )
    entry.add("description", "\n".join(said))
    entry.add("url", address)
    entry.add("status", _status(event))
    entry.add("class", "CONFIDENTIAL")
    entry.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    return entry


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
