"""Making a ruling, and linking it to what it is applied to. Nothing of one is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.authority import Needed, acts_as_registrar, authority_of
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.facts import ForceFacts
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import number_key
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.domain.rules import RULE_SET
from fcr_app.domain.rulings import Topic, ruling_number, words_of
from fcr_app.errors import InvalidValue, NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import (
    Case,
    Crime,
    Force,
    Incident,
    Ruling,
    RulingLink,
    RulingRule,
    RulingWord,
)
from fcr_app.services.log import Record, record_change
from fcr_app.services.visibility import visible_cases, visible_crimes, visible_incidents

NOT_THERE = "There is no such ruling."


@dataclass(frozen=True, kw_only=True)
class NewRuling:
    """A ruling as the registrar gives it.

    Attributes:
        offence_class: The class it is about; empty where it is about any.
        rules: Handbook ids that it rests on.
        facts: In brief, and naming nobody: everybody who works on cases reads it.
        supersedes_id: The ruling that it takes the place of.
    """

    question: str
    topic: Topic
    facts: str
    ruling: str
    reasons: str
    offence_class: str = ""
    rules: Sequence[str] = ()
    supersedes_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a ruling is linked to: exactly one of them."""

    crime_id: int | None = None
    incident_id: int | None = None
    case_id: int | None = None


@enforces(
    crr26("CLS-04", "57"), how="A ruling is the registrar’s alone, numbered, and kept as made"
)
def make_ruling(session: Session, actor: Actor, new: NewRuling, *, now: datetime) -> Ruling:
    """Make a ruling under the next number of its year.

    Raises:
        PermissionRefused: If the person is no registrar with a register entry or course in force.
        SomeoneElseChangedIt: If the ruling it supersedes was superseded before.
    """
    must_be_able_to_rule(actor)
    year = to_london(now).year
    # Held until the transaction ends, so that two rulings made at once get two numbers.
    session.execute(select(Force.id).with_for_update())
    if new.supersedes_id is not None:
        _stands(session, new.supersedes_id)
    last = session.scalar(select(func.max(Ruling.serial)).where(Ruling.year == year))
    held = authority_of(actor, Needed.FCR, ForceFacts(has_registered_fcr=True))
    ruling = Ruling(
        year=year,
        serial=(last or 0) + 1,
        question=new.question.strip(),
        topic=new.topic.value,
        offence_class=new.offence_class,
        facts=new.facts.strip(),
        ruling=new.ruling.strip(),
        reasons=new.reasons.strip(),
        made_by_id=actor.id,
        made_at=now,
        authority=held.text[:400] if held else "",
        rule_set=RULE_SET.on(now.date()),
        supersedes_id=new.supersedes_id,
    )
    session.add(ruling)
    session.flush()
    session.add_all(RulingRule(ruling_id=ruling.id, rule=rule) for rule in dict.fromkeys(new.rules))
    session.add_all(RulingWord(word=w, ruling_id=ruling.id) for w in _words(ruling, new.rules))
    session.flush()
    record_change(
        session, actor, "ruling:made", Record.RULING, ruling.id, now=now, verb="collection"
    )
    return ruling


def must_be_able_to_rule(actor: Actor) -> None:
    """Refuse anybody but a registrar whose register entry or course is in force.

    Raises:
        PermissionRefused: If the person is none.
    """
    if not may(actor, Permission.MAKE_RULINGS):
        raise PermissionRefused("Only the FCR or a deputy makes rulings. Ask them for one.")
    if not acts_as_registrar(actor):
        raise PermissionRefused(
            "Neither a register entry nor a DDM course is in force for you today. Ask an "
            "administrator to check your record."
        )


def _stands(session: Session, ruling_id: int) -> None:
    earlier = session.get(Ruling, ruling_id)
    if earlier is None:
        raise NotFound(NOT_THERE)
    later = session.scalar(select(Ruling).where(Ruling.supersedes_id == ruling_id))
    if later is not None:
        raise SomeoneElseChangedIt(
            f"{number_of(earlier)} was superseded by {number_of(later)} before. Supersede that one."
        )


def _words(ruling: Ruling, rules: Sequence[str]) -> tuple[str, ...]:
    return words_of(
        ruling.question,
        ruling.facts,
        ruling.ruling,
        ruling.reasons,
        ruling.offence_class,
        " ".join(rules),
    )


def number_of(ruling: Ruling) -> str:
    """Return a ruling's number: "R 2026/014"."""
    return ruling_number(ruling.year, ruling.serial)


def link_ruling(
    session: Session, actor: Actor, ruling_id: int, to: Target, *, now: datetime
) -> bool:
    """Link a ruling to a crime, report or case; twice counts once. Says whether it was new.

    Raises:
        PermissionRefused: If the person may not make rulings.
    """
    must_be_able_to_rule(actor)
    already = session.scalar(
        select(RulingLink.id).where(
            RulingLink.ruling_id == ruling_id,
            RulingLink.crime_id == to.crime_id
            if to.crime_id
            else RulingLink.incident_id == to.incident_id
            if to.incident_id
            else RulingLink.case_id == to.case_id,
        )
    )
    if already:
        return False
    session.add(
        RulingLink(
            ruling_id=ruling_id,
            crime_id=to.crime_id,
            incident_id=to.incident_id,
            case_id=to.case_id,
            linked_by_id=actor.id,
            linked_at=now,
        )
    )
    record_change(
        session, actor, "ruling:linked", Record.RULING, ruling_id, now=now, verb="combination"
    )
    return True


def find_target(session: Session, actor: Actor, typed: str) -> Target:
    """Find the crime, report or case that a number names, among what the person may see.

    Raises:
        InvalidValue: If there is none.
    """
    key = number_key(typed)
    case = select(Case.id).where(Case.reference == key, visible_cases(actor))
    crime = select(Crime.id).where(Crime.number_key == key, visible_crimes(actor))
    incident = select(Incident.id).where(Incident.reference_key == key, visible_incidents(actor))
    if key:
        if found := session.scalar(crime):
            return Target(crime_id=found)
        if found := session.scalar(incident):
            return Target(incident_id=found)
        if found := session.scalar(case):
            return Target(case_id=found)
    raise InvalidValue(
        "No crime, report or case with that number is here, or you may not see it.", field="number"
    )


def ruling_at(session: Session, year: int, serial: int) -> Ruling:
    """Return a ruling by its number.

    Raises:
        NotFound: If there is none.
    """
    ruling = session.scalar(select(Ruling).where(Ruling.year == year, Ruling.serial == serial))
    if ruling is None:
        raise NotFound(NOT_THERE)
    return ruling
