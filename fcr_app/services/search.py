"""Finding a case, a report or a crime by what a person knows of it: a number, or somebody's name.

Everything is found by how it begins, in one statement, and only where the person may see it. What
was typed is logged only where it can't be a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.numbers import number_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.services.log import Record, record_view
from fcr_app.services.search_statement import MOST_SHOWN, Kind, by_name, by_number, shown
from fcr_app.services.worklist_filters import STATES
from fcr_app.services.worklist_rows import asks, what_about

LONGEST = 80
#: A shorter beginning is of too many numbers; a surname may have two letters.
SHORTEST_NUMBER = 3
SHORTEST_NAME = 2


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A case, a report or a crime that was found.

    Attributes:
        report: Reference of the report that was found; empty where something else was.
        reference: The case's; empty where a crime was found that nobody asks to remove.
        asks: What the case asks for; empty without a case.
        who: The person it was found by; empty where it was found by a number.
    """

    crime_id: int | None
    crime_number: str
    incident_reference: str
    offence: str
    status: str
    unit: str
    reference: str
    state: str
    asks: str
    who: str
    incident_id: int | None = None
    report: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found, by what it was found by.

    Attributes:
        work: Cases that a member of staff asked for or holds.
        victims: Crimes of a victim.
        more: The kinds of which there is more than is shown.
    """

    words: str
    cases: tuple[Hit, ...]
    reports: tuple[Hit, ...]
    crimes: tuple[Hit, ...]
    work: tuple[Hit, ...]
    victims: tuple[Hit, ...]
    more: frozenset[Kind]

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.cases or self.reports or self.crimes or self.by_name)

    @property
    def by_name(self) -> bool:
        """Whether a name or a staff number found something."""
        return bool(self.work or self.victims)

    @property
    def only_case(self) -> Hit | None:
        """The case whose whole reference was typed."""
        return self._only(self.cases, "reference")

    @property
    def only_crime(self) -> Hit | None:
        """The crime whose whole number was typed."""
        return self._only(self.crimes, "crime_number")

    @property
    def only_report(self) -> Hit | None:
        """The report whose whole reference was typed."""
        return self._only(self.reports, "report")

    def _only(self, hits: tuple[Hit, ...], named: str) -> Hit | None:
        if len(self.cases) + len(self.reports) + len(self.crimes) != 1 or self.by_name or not hits:
            return None
        return hits[0] if number_key(getattr(hits[0], named)) == number_key(self.words) else None


def is_a_number(words: str) -> bool:
    """Say whether words look like a number or a reference, and not like somebody's name."""
    only_letters = [word for word in words.split() if word.isalpha()]
    return any(letter.isdigit() for letter in words) and len(only_letters) <= 1


def search(session: Session, actor: Actor, typed: str, *, names: bool) -> Found:
    """Find what begins with the words typed, among what a person may see.

    Args:
        names: Look among names and staff numbers too.

    Raises:
        InvalidValue: If the words are too short to look for.
    """
    printable = "".join(letter if letter.isprintable() else " " for letter in typed)
    words = " ".join(printable.split())[:LONGEST]
    number = number_key(words)
    parts = by_number(actor, number) if len(number) >= SHORTEST_NUMBER else []
    if names and len(words) >= SHORTEST_NAME:
        parts += by_name(actor, words)
    if not parts:
        raise InvalidValue(
            f"Enter at least {SHORTEST_NUMBER} characters of a number"
            + (f", or {SHORTEST_NAME} letters of a name." if names else "."),
            field="q",
        )
    return _found(words, session.execute(shown(parts)).all())


def log_search(session: Session, actor: Actor, found: Found, *, now: datetime) -> None:
    """Log that a page of results was shown."""
    a_name = found.by_name or not is_a_number(found.words)
    by = "name" if a_name else number_key(found.words)
    record_view(session, actor, f"search:{by}"[:60], Record.CASE, None, now=now)


def _found(words: str, lines: Iterable[Any]) -> Found:
    hits: dict[Kind, dict[tuple[Any, ...], Hit]] = {kind: {} for kind in Kind}
    for line in sorted(lines, key=_place):
        hit = _hit(line)
        # Found twice (by number and incident, as requester and holder) is found once.
        hits[Kind(line.kind)].setdefault(
            (hit.reference, hit.crime_id, hit.who, hit.incident_id), hit
        )
    page = {kind: tuple(found.values())[:MOST_SHOWN] for kind, found in hits.items()}
    return Found(
        words=words,
        cases=page[Kind.CASE],
        reports=page[Kind.REPORT],
        crimes=page[Kind.CRIME],
        work=page[Kind.WORK],
        victims=page[Kind.VICTIM],
        more=frozenset(kind for kind, found in hits.items() if len(found) > MOST_SHOWN),
    )


def _place(line: Any) -> tuple[str, ...]:
    return (line.who, line.reference or "", line.report or "", line.crime_number or "")


def _hit(line: Any) -> Hit:
    offence = what_about(line)
    return Hit(
        crime_id=line.crime_id,
        crime_number=line.crime_number or "",
        incident_reference=line.incident_reference or "",
        offence=offence,
        status=line.status or "",
        unit=line.unit or "",
        reference=line.reference or "",
        state=_stands(line),
        asks=asks(line.workflow, line.asked, offence) if line.reference else "",
        who=line.who,
        incident_id=line.incident_id,
        report=line.report or "" if line.incident_id else "",
    )


def _stands(line: Any) -> str:
    """Return where a case stands, or what became of a report."""
    if line.incident_id:
        return ClosingCode(line.closing_code).label if line.closing_code else "Nothing decided yet"
    return STATES.get(line.state or "", "")
