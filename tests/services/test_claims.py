"""Who holds a case, and that two people never do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import (
    FcrError,
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import Case, ChangeEntry, Deputy, Force, Notice, Person
from fcr_app.services import claims
from fcr_app.services.cases import take_step
from fcr_app.services.loading import load
from fcr_app.services.standing import Standing, standing
from fcr_app.services.transaction import transaction
from tests.builders import NOW, TODAY, a_case, a_crime, a_person, an_accreditation, as_actor
from tests.services.requests import C2, DECISION, submitted

COURSE = AccreditationKind.DDM_COURSE


def a_ddm(session: Session, name: str = "Demo DDM One") -> Person:
    return a_person(session, name=name, roles=[Role.DDM], accreditations=[COURSE])


def an_fcr(session: Session) -> Person:
    return a_person(session, name="Demo FCR", roles=[Role.FCR], accreditations=[COURSE])


def holder(session: Session, case: Case) -> int | None:
    session.expire(case)
    return case.claimed_by_id


def how(session: Session, person: Person, case: Case) -> Standing:
    session.flush()
    return standing(load(session, as_actor(session, person), case.reference, now=NOW))


# --- claiming ----------------------------------------------------------------------------


def test_a_claimed_case_is_held_and_the_claim_is_logged(session: Session) -> None:
    ddm, case = a_ddm(session), a_case(session)
    before = case.version

    claims.claim(session, as_actor(session, ddm), case.reference, now=NOW)
    session.flush()

    assert (holder(session, case), case.claimed_at, case.version) == (ddm.id, NOW, before + 1)
    entry = session.scalars(select(ChangeEntry)).one()
    assert (entry.what, entry.record_id, entry.person_id) == ("case:claimed", case.id, ddm.id)


def test_claiming_twice_counts_once(session: Session) -> None:
    ddm, case = a_ddm(session), a_case(session)
    for _ in range(2):
        claims.claim(session, as_actor(session, ddm), case.reference, now=NOW)

    assert len(session.scalars(select(ChangeEntry)).all()) == 1


def test_who_comes_second_is_told_who_has_it(session: Session) -> None:
    first, second, case = a_ddm(session), a_ddm(session, "Demo DDM Two"), a_case(session)
    claims.claim(session, as_actor(session, first), case.reference, now=NOW)

    with pytest.raises(SomeoneElseChangedIt, match="Demo DDM One holds this case since 10:00"):
        claims.claim(session, as_actor(session, second), case.reference, now=NOW)
    assert holder(session, case) == first.id


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        people = [a_ddm(session, f"Demo DDM {number}") for number in (1, 2)]
        actors = [as_actor(session, person) for person in people]
        reference = a_case(session).reference
    together = Barrier(2)

    def try_to_claim(actor: Actor) -> FcrError | None:
        with app.app_context():
            together.wait()
            try:
                with transaction() as session:
                    claims.claim(session, actor, reference, now=NOW)
            except SomeoneElseChangedIt as error:
                return error
        return None

    with ThreadPoolExecutor(2) as pool:
        told = [error for error in pool.map(try_to_claim, actors) if error]

    assert len(told) == 1
    assert "holds this case since" in str(told[0])


def test_two_who_ask_for_the_next_case_at_once_get_different_ones(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        people = [a_ddm(session, f"Demo DDM {number}") for number in range(4)]
        actors = [as_actor(session, person) for person in people]
        expected = {a_case(session).reference for _ in range(4)}
    together = Barrier(4)

    def take(actor: Actor) -> str | None:
        with app.app_context():
            together.wait()
            with transaction() as session:
                return claims.claim_next(session, actor, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(take, actors)) == expected


def test_a_person_without_authority_or_independence_is_told_every_reason(
    session: Session,
) -> None:
    untrained = a_person(session, roles=[Role.DDM])
    crime = a_crime(session, people={Part.CONTRIBUTOR: untrained})
    case = a_case(session, crime=crime)

    with pytest.raises(PermissionRefused) as refused:
        claims.claim(session, as_actor(session, untrained), case.reference, now=NOW)
    assert "you contributed to the investigation" in str(refused.value)
    assert "DDM course is not in force" in str(refused.value)
    assert holder(session, case) is None


def test_a_case_nobody_may_see_cannot_be_claimed_or_heard_of(session: Session) -> None:
    officer, case = a_person(session), a_case(session)
    with pytest.raises(NotFound):
        claims.claim(session, as_actor(session, officer), case.reference, now=NOW)


@pytest.mark.parametrize(
    ("state", "why"),
    [("draft", "with the person who made the request"), ("removed", "It is settled")],
)
def test_a_case_that_waits_for_no_decision_has_no_holder(
    session: Session, state: str, why: str
) -> None:
    ddm, case = a_ddm(session), a_case(session, state=state)
    with pytest.raises(StepNotAvailable, match=why):
        claims.claim(session, as_actor(session, ddm), case.reference, now=NOW)


def test_the_next_case_is_the_most_urgent_that_i_can_decide(session: Session) -> None:
    ddm = a_ddm(session)
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(days=1)
    no_clock = a_case(session, due_at=None)
    a_case(session, due_at=soon, crime=a_crime(session, people={Part.CONTRIBUTOR: ddm}))
    a_case(session, due_at=soon, holder=a_ddm(session, "Demo DDM Two"))
    expected = a_case(session, due_at=later)
    actor = as_actor(session, ddm)

    assert claims.claim_next(session, actor, now=NOW) == expected.reference
    assert claims.claim_next(session, actor, now=NOW) == no_clock.reference
    assert claims.claim_next(session, actor, now=NOW) is None


def test_a_claim_stops_a_decision_that_somebody_else_is_writing(session: Session) -> None:
    session.add(Force(name="Demo Force"))
    officer, first, second = a_person(session), a_ddm(session), a_ddm(session, "Demo DDM Two")
    crime = a_crime(session, oic=officer)
    case = submitted(session, as_actor(session, officer), crime, C2)
    looked_at = case.version
    claims.claim(session, as_actor(session, first), case.reference, now=NOW)

    with pytest.raises(SomeoneElseChangedIt):
        take_step(
            session,
            as_actor(session, second),
            case.reference,
            "approve",
            DECISION,
            now=NOW,
            version=looked_at,
        )


# --- releasing ---------------------------------------------------------------------------


def test_a_released_case_is_free_for_others(session: Session) -> None:
    first, second, case = a_ddm(session), a_ddm(session, "Demo DDM Two"), a_case(session)
    claims.claim(session, as_actor(session, first), case.reference, now=NOW)

    claims.release(session, as_actor(session, first), case.reference, now=NOW)
    claims.release(session, as_actor(session, first), case.reference, now=NOW)
    claims.claim(session, as_actor(session, second), case.reference, now=NOW)

    assert holder(session, case) == second.id


def test_only_the_holder_or_their_cover_releases_a_case(session: Session) -> None:
    first, second = a_ddm(session), a_ddm(session, "Demo DDM Two")
    case = a_case(session, holder=first)
    with pytest.raises(PermissionRefused, match="Demo DDM One holds this case"):
        claims.release(session, as_actor(session, second), case.reference, now=NOW)

    session.add(Deputy(person_id=first.id, deputy_id=second.id, starts_on=TODAY, ends_on=TODAY))
    session.flush()
    claims.release(session, as_actor(session, second), case.reference, now=NOW)
    assert holder(session, case) is None


def test_an_approved_case_stays_with_its_decider(session: Session) -> None:
    ddm = a_ddm(session)
    case = a_case(session, state="approved_pending_victim", holder=ddm)
    with pytest.raises(StepNotAvailable, match="stays with its decider"):
        claims.release(session, as_actor(session, ddm), case.reference, now=NOW)


# --- giving to somebody else -------------------------------------------------------------


def test_the_fcr_gives_a_case_to_anybody_who_could_decide_it_and_they_are_told(
    session: Session,
) -> None:
    fcr, first, second = an_fcr(session), a_ddm(session), a_ddm(session, "Demo DDM Two")
    case = a_case(session, holder=first)

    name = claims.reassign(session, as_actor(session, fcr), case.reference, second.id, now=NOW)
    session.flush()

    assert (name, holder(session, case)) == ("Demo DDM Two", second.id)
    assert session.scalars(select(Notice.person_id)).one() == second.id
    assert session.scalars(select(ChangeEntry.what)).one() == "case:reassigned"


def test_only_people_who_could_decide_it_today_are_offered(session: Session) -> None:
    fcr, able = an_fcr(session), a_ddm(session)
    close = a_ddm(session, "Demo DDM Close")
    a_person(session, name="Demo DDM Untrained", roles=[Role.DDM])
    lapsed = a_person(session, name="Demo DDM Lapsed", roles=[Role.DDM])
    an_accreditation(session, lapsed, ends_on=TODAY - timedelta(days=1))
    gone = a_ddm(session, "Demo DDM Gone")
    gone.active = False
    a_case(session, holder=able)
    case = a_case(session, crime=a_crime(session, people={Part.CONTRIBUTOR: close}))
    session.flush()
    actor = as_actor(session, fcr)

    _, offered = claims.who_could_hold(session, actor, case.reference, now=NOW)

    assert [(one.name, one.holding) for one in offered] == [("Demo FCR", 0), ("Demo DDM One", 1)]
    with pytest.raises(InvalidValue, match="Select somebody from the list"):
        claims.reassign(session, actor, case.reference, close.id, now=NOW)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DDM])
def test_nobody_but_a_registrar_chooses_who_decides(session: Session, role: Role) -> None:
    ddm, other = a_ddm(session), a_person(session, roles=[role])
    case = a_case(session, opened_by=a_person(session, supervisor=other))
    with pytest.raises(PermissionRefused, match="Ask the FCR"):
        claims.reassign(session, as_actor(session, other), case.reference, ddm.id, now=NOW)


# --- why ---------------------------------------------------------------------------------


def test_the_page_says_why_a_case_is_mine(session: Session) -> None:
    officer, ddm, cover = a_person(session), a_ddm(session), a_ddm(session, "Demo DDM Two")
    case = a_case(session, opened_by=officer)
    found = how(session, ddm, case)
    assert found.may_claim
    assert found.why_mine[0].startswith("You can decide it: Designated decision maker.")

    claims.claim(session, as_actor(session, ddm), case.reference, now=NOW)
    found = how(session, ddm, case)
    assert found.why_mine == ("You hold it: nobody else can decide it until you release it.",)
    assert (found.may_claim, found.may_release, found.why_not) == (False, True, ())

    session.add(Deputy(person_id=ddm.id, deputy_id=cover.id, starts_on=TODAY, ends_on=TODAY))
    assert how(session, cover, case).why_mine == ("You cover for Demo DDM One, who holds it.",)

    returned = a_case(session, state="returned", opened_by=officer)
    assert "You made this request" in how(session, officer, returned).why_mine[0]
    other = a_crime(session, oic=officer)
    approved = a_case(session, state="approved_pending_victim", crime=other)
    assert "You are the officer in the case" in how(session, officer, approved).why_mine[0]


def test_the_page_says_why_a_case_is_not_mine(session: Session) -> None:
    officer, first, second = a_person(session), a_ddm(session), a_ddm(session, "Demo DDM Two")
    case = a_case(session, opened_by=officer, holder=first)

    assert how(session, second, case).why_not == (
        "Demo DDM One holds this case. Ask them to release it, or the FCR to reassign it.",
    )
    found = how(session, officer, case)
    assert any("you asked for it" in reason for reason in found.why_not)
    assert (found.may_claim, found.may_release, found.may_reassign) == (False, False, False)
    assert how(session, an_fcr(session), case).may_reassign


def test_nothing_is_said_about_holding_a_case_that_nobody_holds(session: Session) -> None:
    ddm, case = a_ddm(session), a_case(session, state="removed")
    assert how(session, ddm, case) == Standing(
        why_mine=(), why_not=(), may_claim=False, may_release=False, may_reassign=False
    )
