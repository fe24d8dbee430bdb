"""A report, a crime and a row of a list as an auditor reads them: pairs of words, and events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fcr_app.domain.audits.judging import band_of
from fcr_app.domain.spoken_time import duration, moment
from fcr_app.services.crime_page import CrimePage
from fcr_app.services.incident_view import IncidentPage

NOT_KNOWN = "Not known"
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, with what was said."""

    at: datetime
    what: str
    who: str
    lines: Rows = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of what an auditor reads.

    Attributes:
        rows: Facts as pairs, in the order read.
        events: What happened, in the order it is told; empty where nothing is told.
    """

    title: str
    rows: Rows = ()
    events: tuple[Event, ...] = ()


def of_report(page: IncidentPage) -> Iterator[Section]:
    """Return a report: the account first, since everything is judged by it."""
    row, facts = page.row, page.facts
    closing = facts.closing_code.label if facts.closing_code else "Not closed"
    yield Section(
        title=f"Report {row.reference}",
        rows=_said(
            ("Account", row.account or "Nothing was written down"),
            ("Opened as", facts.opening_code.label),
            ("Closed as", closing),
            ("First reported", moment(facts.first_reported_at)),
            ("How it came in", facts.route.label),
            ("Reported by", facts.reporter_type.label),
            ("Where", row.location),
            ("Received by", page.received_by or page.entered_by or NOT_KNOWN),
            ("Dealt with by", ", ".join(one for one in (page.officer, page.unit) if one)),
            ("Victim traced", facts.victim_traced.label),
            ("Victim confirms it", facts.victim_confirmed.label),
            ("Supports an investigation", facts.victim_willing.label),
            ("Vulnerability", ", ".join(sorted(one.label for one in facts.vulnerabilities))),
            ("Repeats", page.original),
            ("Crimes", ", ".join(crime.number for crime in facts.crimes) or "None is recorded"),
        ),
        events=tuple(
            Event(
                at=one.at,
                what=one.what,
                who=one.who,
                lines=_said(
                    *(
                        (change.title, f"{change.before or 'nothing'}, now {change.after}")
                        for change in one.changed
                    ),
                    ("Why", one.reason),
                ),
            )
            for one in page.history
        ),
    )


def of_crime(page: CrimePage) -> Iterator[Section]:
    """Return a recorded crime: what it is recorded as, and how soon."""
    band = band_of(page.reported_at, page.recorded_at)
    yield Section(
        title=f"Crime {page.number}",
        rows=_said(
            ("Offence", page.offence or page.offence_text or NOT_KNOWN),
            ("First recorded as", page.first_offence),
            ("Status", page.status.label),
            ("Removal code", page.removal_code.value if page.removal_code else ""),
            ("Reported", moment(page.reported_at) if page.reported_at else NOT_KNOWN),
            ("Recorded", moment(page.recorded_at) if page.recorded_at else NOT_KNOWN),
            ("How soon", f"{_took(page.recorded_after)}{band.label}"),
            ("Flags", ", ".join(flag.label for flag in page.flags)),
            ("Unit", page.unit),
            ("Where", page.location),
            ("Summary", page.summary),
            ("Victims", "; ".join(one.kind.label for one in page.victims)),
            ("Officers", "; ".join(f"{one.name}, {one.part.label}" for one in page.people)),
        ),
        events=tuple(
            Event(
                at=one.at,
                what=f"Class changed from {one.before} to {one.after}",
                who=one.who,
                lines=_said(("Why", one.reason)),
            )
            for one in page.classes
        ),
    )


def of_listed(listed: Mapping[str, Any]) -> Iterator[Section]:
    """Return what the list of another system says of a record."""
    if listed:
        rows = tuple((str(name), str(value)) for name, value in listed.items())
        yield Section(title="From the list", rows=rows)


def _said(*rows: tuple[str, str]) -> Rows:
    return tuple((key, text) for key, text in rows if text)


def _took(taken: timedelta | None) -> str:
    return f"{duration(taken)}: " if taken is not None and taken >= timedelta() else ""
