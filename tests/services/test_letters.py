"""Who may print a letter about what, and what the log says of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import FcrError, InvalidValue, NotFound, StepNotAvailable
from fcr_app.models import AccessEntry, Case, Crime, Force, Victim
from fcr_app.services.cases import take_step
from fcr_app.services.letters import Copy, LetterFacts, Reader, print_letter, read_letter
from tests.builders import NOW, a_crime, a_person, a_victim, as_actor
from tests.services import requests as say
from tests.services.requests import minutes, submitted, told

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Officer Greenwood"))


@pytest.fixture
def ddm(session: Session) -> Actor:
    held = [AccreditationKind.DDM_COURSE]
    person = a_person(session, name="Demo Decider Hartley", roles=[Role.DDM], accreditations=held)
    return as_actor(session, person)


@pytest.fixture
def fcr(session: Session) -> Actor:
    held = [AccreditationKind.REGISTER]
    person = a_person(session, name="Demo Registrar", roles=[Role.FCR], accreditations=held)
    return as_actor(session, person)


@pytest.fixture
def crime(session: Session, officer: Actor) -> Crime:
    """A crime with an officer, a former one and a child among three victims."""
    former = a_person(session, name="Demo Officer Ashdown")
    crime = a_crime(session, victims=0, people=[(Part.FORMER_OFFICER_IN_CASE, former)])
    crime.oic_id = officer.id
    a_victim(session, crime, name="Demo Victim Larkin")
    a_victim(
        session, crime, name="Demo Child Larkin", is_child=True, speaks_for="Demo Parent Larkin"
    )
    a_victim(session, crime, name="Demo Shop Ltd", kind="business", speaks_for="Demo Contact Brook")
    session.add(Force(name="Demonstration Police"))
    session.flush()
    return crime


def victims(session: Session, crime: Crime) -> list[Victim]:
    found = select(Victim).where(Victim.crime_id == crime.id).order_by(Victim.id)
    return list(session.scalars(found))


def approved(session: Session, officer: Actor, ddm: Actor, crime: Crime) -> Case:
    case = submitted(session, officer, crime, say.C2)
    take_step(session, ddm, case.reference, "approve", say.DECISION, now=NOW)
    session.flush()
    return case


def test_there_is_no_letter_before_the_decision(
    session: Session, officer: Actor, crime: Crime
) -> None:
    case = submitted(session, officer, crime, say.C2)
    with pytest.raises(StepNotAvailable, match="There is no letter for this case now"):
        read_letter(session, officer, case.reference, victims(session, crime)[0].id, now=NOW)


def test_a_letter_says_what_it_needs_and_the_look_is_logged(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    letter = read_letter(session, officer, case.reference, victims(session, crime)[0].id, now=LATER)
    session.flush()

    assert letter.addressee == "Demo Victim Larkin"
    assert letter.reader is Reader.VICTIM
    assert not letter.removed
    assert letter.force_name == "Demonstration Police"
    entry = session.scalars(select(AccessEntry)).one()
    assert (entry.verb, entry.what, entry.record_id) == ("consultation", "letter:read", case.id)


def test_a_printed_letter_is_a_disclosure_to_whoever_gets_it(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    adult, child, shop = victims(session, crime)
    for victim, copy in (
        (adult, Copy.LETTER),
        (child, Copy.LETTER),
        (shop, Copy.LETTER),
        (adult, Copy.FILE),
    ):
        print_letter(session, officer, case.reference, victim.id, copy=copy, added="", now=LATER)
    session.flush()

    entries = session.scalars(select(AccessEntry).order_by(AccessEntry.id)).all()
    assert {(entry.verb, entry.what) for entry in entries} == {("disclosure", "letter:print")}
    assert [entry.recipient for entry in entries] == [
        "Demo Victim Larkin",
        "Demo Parent Larkin",
        "Demo Contact Brook, Demo Shop Ltd",
        "The case file",
    ]


@pytest.mark.parametrize(
    "added",
    [
        "PC Greenwood looked into it.",
        "demo officer ashdown looked into it.",
        "It was decided by Hartley.",
        "Brook of the shop agrees.",
    ],
)
def test_the_senders_own_words_may_not_name_anybody_else(
    session: Session, officer: Actor, ddm: Actor, crime: Crime, added: str
) -> None:
    case = approved(session, officer, ddm, crime)
    adult = victims(session, crime)[0]
    with pytest.raises(InvalidValue, match="seem to name somebody else") as refused:
        print_letter(
            session, officer, case.reference, adult.id, copy=Copy.LETTER, added=added, now=LATER
        )
    assert refused.value.field == "added"


@pytest.mark.parametrize(
    "added", ["", "The Larkin family had the bag.", "It lay in a greenwood by a brook."]
)
def test_words_that_name_nobody_else_are_taken(
    session: Session, officer: Actor, ddm: Actor, crime: Crime, added: str
) -> None:
    case = approved(session, officer, ddm, crime)
    adult = victims(session, crime)[0]
    printed: LetterFacts = print_letter(
        session, officer, case.reference, adult.id, copy=Copy.LETTER, added=added, now=LATER
    )
    assert printed.added == added


def test_too_many_words_of_ones_own_are_refused(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    adult = victims(session, crime)[0]
    with pytest.raises(InvalidValue, match="600 characters or fewer"):
        print_letter(
            session, officer, case.reference, adult.id, copy=Copy.FILE, added="a" * 601, now=LATER
        )


def test_a_victim_who_is_not_to_be_told_gets_no_letter(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    adult, child, _ = victims(session, crime)
    answers = {
        "victim": str(adult.id),
        "exception_ground": "unsafe",
        "exception_reason": "Post to this address is opened by somebody else.",
    }
    take_step(session, fcr, case.reference, "approve_exception", answers, now=LATER)
    session.flush()

    with pytest.raises(StepNotAvailable, match="approved that this victim is not told"):
        read_letter(session, officer, case.reference, adult.id, now=LATER)
    letter = read_letter(session, officer, case.reference, child.id, now=LATER)
    assert letter.addressee == "Demo Parent Larkin"


def test_a_letter_of_a_removed_crime_says_so_and_of_a_reinstated_one_there_is_none(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    for victim in victims(session, crime):
        notice = told(victim.id, NOW + minutes(30))
        take_step(session, officer, case.reference, "record_notice", notice, now=LATER)
    take_step(session, ddm, case.reference, "remove", {"satisfied_told": "yes"}, now=LATER)
    session.flush()
    first = victims(session, crime)[0].id
    assert read_letter(session, officer, case.reference, first, now=LATER).removed

    again = {"rationale": "The recording turned out to be of another day."}
    take_step(session, ddm, case.reference, "reinstate", again, now=LATER)
    session.flush()
    with pytest.raises(StepNotAvailable):
        read_letter(session, officer, case.reference, first, now=LATER)


def test_somebody_who_may_not_see_the_case_finds_no_letter_and_nobody_finds_a_strangers(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = approved(session, officer, ddm, crime)
    stranger = as_actor(session, a_person(session, name="Demo Officer Two"))
    elsewhere = a_victim(session, a_crime(session))
    for who, victim_id in (
        (stranger, victims(session, crime)[0].id),
        (officer, elsewhere.id),
        (officer, 999_999),
    ):
        with pytest.raises(FcrError) as refused:
            read_letter(session, who, case.reference, victim_id, now=LATER)
        assert type(refused.value) is NotFound
