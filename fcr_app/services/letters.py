"""What goes into a letter to a victim about a decision (VIC-01, VIC-02), and who may print it.

Only what the letter shows leaves this module: no suspect, no officer, no other victim. Nor does
the offence: a letter is opened by whoever shares the victim's home.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26, victims_code
from fcr_app.domain.citing import supports
from fcr_app.domain.facts import CancellationFacts, ExceptionState
from fcr_app.domain.london import to_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_rules import code_of
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound, StepNotAvailable
from fcr_app.models import CrimePerson, Decision, Force, Person, Victim
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_view
from fcr_app.workflows.cancellation import State

#: A letter tells of a decision that stands: after it is made, and not after it is undone.
TOLD_IN = frozenset({State.APPROVED_PENDING_VICTIM, State.REMOVED})
LONGEST_ADDITION = 600
#: Shorter surnames are too often other words.
_SHORTEST_SURNAME = 3
_LONGEST_RECIPIENT = 120


class Copy(StrEnum):
    """Which copy is printed."""

    LETTER = "letter"
    FILE = "file"


class Reader(StrEnum):
    """Who reads the letter: the victim, or somebody who speaks for them."""

    VICTIM = "victim"
    PARENT = "parent"
    BUSINESS = "business"


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything a letter says that is not the same in every letter.

    Attributes:
        removed: The crime has left the record; otherwise it will, once the victim was told.
        recorded_on: The day it was recorded, in London; None where only the month is known.
        recorded_in: The first day of that month.
        speaks_for: The parent or guardian of a child, the contact of a business; may be empty.
        added: A sentence that the sender typed.
        contact: How to reach the force, line by line; empty where none is set.
        support: Where to find support here, line by line; empty where none is set.
    """

    case_reference: str
    crime_number: str
    victim_id: int
    code: RemovalCode
    removed: bool
    recorded_on: date | None
    recorded_in: date | None
    reader: Reader
    victim_name: str
    speaks_for: str
    address: tuple[str, ...]
    prefers_welsh: bool
    receiving_force: str
    receiving_reference: str
    surviving_number: str
    added: str
    force_name: str
    contact: tuple[str, ...]
    support: tuple[str, ...]
    written_on: date

    @property
    def addressee(self) -> str:
        """Whom the letter is given to, as the log names them."""
        if self.reader is Reader.VICTIM:
            return self.victim_name
        if self.reader is Reader.PARENT:
            return self.speaks_for or f"The parent or guardian of {self.victim_name}"
        return f"{self.speaks_for}, {self.victim_name}" if self.speaks_for else self.victim_name


def read_letter(
    session: Session, actor: Actor, reference: str, victim_id: int, *, now: datetime
) -> LetterFacts:
    """Return a letter as it would be printed today, and log that somebody looked.

    Raises:
        NotFound: If there is no such case or victim, or the person may not see it.
        StepNotAvailable: If there is no decision to tell of, or the victim is not to be told.
    """
    loaded = load(session, actor, reference, now=now)
    facts = _facts(session, loaded, victim_id, added="", today=to_london(now).date())
    record_view(session, actor, "letter:read", Record.CASE, loaded.case.id, now=now)
    return facts


@supports(
    crr26("VIC-02", "26"),
    victims_code("VC-02"),
    how="A letter to the victim with the decision, its reason and the number",
)
def print_letter(  # noqa: PLR0913 - who prints what, for whom, with which words, when
    session: Session,
    actor: Actor,
    reference: str,
    victim_id: int,
    *,
    copy: Copy,
    added: str,
    now: datetime,
) -> LetterFacts:
    """Return a letter to be printed, and log the disclosure with who gets it.

    Args:
        added: A sentence of the sender's own; may be empty.

    Raises:
        NotFound: If there is no such case or victim, or the person may not see it.
        StepNotAvailable: If there is no decision to tell of, or the victim is not to be told.
        InvalidValue: If the sentence is too long, or names somebody else.
    """
    loaded = load(session, actor, reference, now=now)
    added = " ".join(added.split())
    facts = _facts(session, loaded, victim_id, added=added, today=to_london(now).date())
    if len(added) > LONGEST_ADDITION:
        raise InvalidValue(
            f"Your own words must be {LONGEST_ADDITION} characters or fewer.", field="added"
        )
    if named := named_in(added, _other_people(session, loaded, victim_id), facts):
        raise InvalidValue(
            f"Your own words seem to name somebody else: “{named}”. A letter names nobody but the "
            "person it is for. Say “the officer” or “another person” instead.",
            field="added",
        )
    recipient = facts.addressee if copy is Copy.LETTER else "The case file"
    record_view(
        session,
        actor,
        "letter:print",
        Record.CASE,
        loaded.case.id,
        now=now,
        recipient=recipient[:_LONGEST_RECIPIENT],
    )
    return facts


def _facts(
    session: Session, loaded: Loaded, victim_id: int, *, added: str, today: date
) -> LetterFacts:
    crime, request, facts = loaded.crime, loaded.request, loaded.facts
    if crime is None or not isinstance(facts, CancellationFacts):
        raise NotFound("There is no such letter.")
    victim = session.scalar(
        select(Victim).where(Victim.id == victim_id, Victim.crime_id == crime.id)
    )
    if victim is None:
        raise NotFound("There is no such victim of this crime.")
    state, code = loaded.workflow.state(loaded.case.state), code_of(facts)
    _must_be_told(facts, victim_id, told_now=state in TOLD_IN and code is not None)
    force = session.scalar(select(Force))
    recorded_at = crime.recorded_at
    return LetterFacts(
        case_reference=loaded.case.reference,
        crime_number=crime.crime_number,
        victim_id=victim_id,
        code=RemovalCode(str(code)),
        removed=state is State.REMOVED,
        recorded_on=to_london(recorded_at).date() if recorded_at else None,
        recorded_in=crime.recorded_month,
        reader=_reader(victim),
        victim_name=victim.name,
        speaks_for=victim.speaks_for if _reader(victim) is not Reader.VICTIM else "",
        address=_lines(victim.address),
        prefers_welsh=victim.prefers_language == "cy",
        receiving_force=request.receiving_force if request else "",
        receiving_reference=request.receiving_reference if request else "",
        surviving_number=facts.survivor.number if facts.survivor else "",
        added=added,
        force_name=force.name if force else "",
        contact=_lines(force.victim_contact if force else ""),
        support=_lines(force.victim_support if force else ""),
        written_on=today,
    )


def _must_be_told(facts: CancellationFacts, victim_id: int, *, told_now: bool) -> None:
    if not told_now:
        raise StepNotAvailable(
            "There is no letter for this case now. A letter tells the victim of a decision to "
            "cancel or transfer the crime: it is there once that decision is made, for a transfer "
            "once the other force’s number is on record, and for as long as the decision stands."
        )
    for victim in facts.victims:
        if victim.id == victim_id and victim.exception is ExceptionState.APPROVED:
            raise StepNotAvailable(
                "The FCR approved that this victim is not told, so no letter is made. If that has "
                "changed, ask the FCR first."
            )


def _reader(victim: Victim) -> Reader:
    if victim.kind == "business":
        return Reader.BUSINESS
    return Reader.PARENT if victim.is_child else Reader.VICTIM


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _other_people(session: Session, loaded: Loaded, victim_id: int) -> list[str]:
    """Return the names of everybody on record beside the victim: staff, other victims, contacts."""
    case, crime = loaded.case, loaded.crime
    involved = select(CrimePerson.person_id).where(CrimePerson.crime_id == case.crime_id)
    deciders = select(Decision.decided_by_id).where(Decision.case_id == case.id)
    ids = [case.opened_by_id, case.claimed_by_id, crime.oic_id if crime else None]
    staff: list[ColumnElement[bool]] = [
        Person.id.in_(union_all(involved, deciders)),
        Person.id.in_([known for known in ids if known is not None]),
    ]
    others = select(Victim.name, Victim.speaks_for).where(
        Victim.crime_id == case.crime_id, Victim.id != victim_id
    )
    names = list(session.scalars(select(Person.name).where(or_(*staff))))
    return [*names, *(name for row in session.execute(others) for name in row if name)]


def named_in(text: str, others: Iterable[str], facts: LetterFacts) -> str:
    """Return a name of somebody else that a text contains, or nothing.

    A full name counts however it is written, a surname only with its capital: "Green" is a name,
    "green" a colour. What the reader is called themselves is no disclosure, so that relatives
    may share a surname.
    """
    own = set(f"{facts.victim_name} {facts.speaks_for}".split())
    for name in others:
        surname = name.split()[-1]
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            return name
        if surname in own or len(surname) < _SHORTEST_SURNAME:
            continue
        if re.search(rf"\b{re.escape(surname)}\b", text):
            return surname
    return ""
