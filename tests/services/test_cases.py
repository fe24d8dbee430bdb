"""A case through its whole life, on both databases."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import (
    AlreadyDone,
    AppendOnly,
    FcrError,
    NotFound,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.models import (
    Case,
    CaseStep,
    Crime,
    Decision,
    FeedbackItem,
    Notice,
    Person,
    Victim,
    VictimNotice,
)
from fcr_app.services import history
from fcr_app.services.cases import open_case, save_draft, take_step
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_crime, a_person, an_offence, as_actor
from tests.services import requests as say
from tests.services.requests import minutes, submitted, told

OK = {"satisfied_told": "yes"}
WHY = {"rationale": "The information does not settle the question yet."}


def person(session: Session, role: Role, *held: AccreditationKind) -> Actor:
    return as_actor(
        session, a_person(session, name=f"Demo {role}", roles=[role], accreditations=held)
    )


@pytest.fixture
def officer(session: Session) -> Actor:
    return person(session, Role.OFFICER)


@pytest.fixture
def ddm(session: Session) -> Actor:
    return person(session, Role.DDM, AccreditationKind.DDM_COURSE)


@pytest.fixture
def fcr(session: Session) -> Actor:
    return person(session, Role.FCR, AccreditationKind.REGISTER)


def crime_of(
    session: Session, officer: Actor, offence_class: str = "34B", code: str = "034/01"
) -> Crime:
    offence = an_offence(session, offence_class=offence_class, offence_code=code)
    return a_crime(session, oic=session.get_one(Person, officer.id), offence=offence)


def victim_of(session: Session, crime: Crime) -> int:
    return session.scalars(select(Victim.id).where(Victim.crime_id == crime.id)).one()


def rules(refused: pytest.ExceptionInfo[StepRefused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def take(actor: Actor, case: Case, trigger: str, answers: dict[str, str], at: int) -> None:
    """Take a step some minutes after the start of the test."""
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_a_crime_is_cancelled_after_its_victim_was_told(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C2)
    assert (case.state, case.needs, case.asked) == ("submitted", "ddm", "C2")
    take(ddm, case, "approve", say.DECISION, 10)
    assert (case.state, crime.status, case.claimed_by_id) == (
        "approved_pending_victim",
        "recorded",
        ddm.id,
    )

    with pytest.raises(StepRefused) as refused:
        take(ddm, case, "remove", OK, 20)
    assert rules(refused) == ["VIC-01"]

    take(
        officer,
        case,
        "record_notice",
        told(victim_of(session, crime), NOW + minutes(30)),
        40,
    )
    take(ddm, case, "remove", OK, 50)
    assert (crime.status, crime.removal_code) == ("cancelled", "C2")
    assert (case.state, case.open, case.claimed_by_id) == ("removed", False, None)
    decision = session.scalars(select(Decision)).one()
    assert "Designated decision maker course" in decision.authority
    assert decision.rule_set == "crr-2026-27"
    assert session.scalars(select(VictimNotice)).one().told_at == NOW + minutes(30)
    positions = session.scalars(select(CaseStep.position).order_by(CaseStep.position)).all()
    assert positions == [1, 2, 3, 4, 5]
    assert [walked.broken for walked in history.verify(session)][-1] == ""


def test_a_transfer_waits_for_the_number_and_for_the_victim_to_have_it(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C1)
    take(ddm, case, "approve_transfer", say.DECISION, 5)
    assert case.state == "approved_pending_transfer_reference"
    number = {"receiving_reference": "NB/123/26", "reference_at": (NOW + minutes(20)).isoformat()}
    take(officer, case, "record_reference", number, 25)

    victim = victim_of(session, crime)
    with pytest.raises(StepRefused) as early:
        take(
            officer,
            case,
            "record_notice",
            told(victim, NOW + minutes(10), given_reference="yes"),
            30,
        )
    assert rules(early) == ["TRF-02"]
    with pytest.raises(StepRefused) as without:
        take(
            officer,
            case,
            "record_notice",
            told(victim, NOW + minutes(28), given_reference="no"),
            30,
        )
    assert rules(without) == ["TRF-02"]

    take(
        officer,
        case,
        "record_notice",
        told(victim, NOW + minutes(28), given_reference="yes"),
        30,
    )
    take(ddm, case, "remove", OK, 35)
    assert (crime.status, crime.removal_code) == ("transferred", "C1")


def test_a_ddm_is_refused_on_rape_and_a_registered_fcr_is_not(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer, "19C", "019/08")
    case = submitted(session, officer, crime, say.C2)
    assert case.needs == "registered_fcr_or_chief"
    with pytest.raises(StepRefused) as refused:
        take(ddm, case, "approve", say.DECISION, 5)
    assert rules(refused) == ["CANC-01"]
    take(fcr, case, "approve", say.DECISION, 6)
    assert case.state == "approved_pending_victim"


def test_without_a_registered_fcr_the_chief_officer_decides_with_advice(
    session: Session, officer: Actor
) -> None:
    chief = person(session, Role.CHIEF_OFFICER)
    registrar = person(session, Role.FCR)
    case = submitted(session, officer, crime_of(session, officer, "19C", "019/08"), say.C2)
    with pytest.raises(StepRefused) as refused:
        take(chief, case, "approve", say.DECISION, 5)
    assert rules(refused) == ["CANC-02"]
    take(registrar, case, "advise", {"advice": "The exhibit was checked and is sound."}, 6)
    take(chief, case, "approve", say.DECISION, 7)
    assert "Chief officer" in session.scalars(select(Decision)).one().authority


def test_a_refusal_gives_the_officer_the_reasons_and_the_rule(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    take(ddm, case, "refuse", WHY, 5)
    item = session.scalars(select(FeedbackItem)).one()
    assert (item.to_id, item.from_id, item.reasons) == (officer.id, ddm.id, WHY["rationale"])
    assert "CANC-05" in item.rules
    notice = session.scalars(select(Notice)).one()
    assert notice.person_id == officer.id
    assert (case.state, case.open) == ("refused", False)


def test_a_returned_request_is_mended_and_sent_again(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C2)
    take(ddm, case, "return", {"to_mend": "Say where the recording is kept now."}, 5)
    save_draft(
        session, officer, case.reference, {"verified_how": "Property store, shelf 4."}, now=NOW
    )
    assert case.draft == {"verified_how": "Property store, shelf 4."}
    take(officer, case, "submit", {**say.C2, "verified_how": "Property store, shelf 4."}, 9)
    assert (case.state, case.answers["verified_how"], case.draft) == (
        "submitted",
        "Property store, shelf 4.",
        {},
    )


def test_only_the_fcr_sets_a_decision_of_the_fcr_aside(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    take(fcr, case, "refuse", WHY, 5)
    with pytest.raises(StepRefused) as refused:
        take(ddm, case, "set_aside", WHY, 6)
    assert "ROLE-02" in rules(refused)
    take(fcr, case, "set_aside", WHY, 7)
    assert (case.state, case.open, case.needs) == ("submitted", True, "fcr")
    with pytest.raises(StepRefused) as overruled:
        take(ddm, case, "approve", say.DECISION, 8)
    assert "ROLE-02" in rules(overruled)
    first, second = session.scalars(select(Decision).order_by(Decision.id)).all()
    assert second.supersedes_id == first.id


def test_a_reinstated_crime_counts_again_and_its_remover_hears_why(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C4)
    take(
        ddm,
        case,
        "approve_and_remove",
        {**say.DECISION, "warning_rationale": "The victim was told on the day it was found."},
        5,
    )
    assert crime.status == "cancelled"
    take(fcr, case, "reinstate", WHY, 6)
    assert (crime.status, crime.removal_code, crime.removed_at) == ("recorded", None, None)
    assert ddm.id in session.scalars(select(FeedbackItem.to_id)).all()


def test_a_victim_who_cannot_be_told_needs_the_fcr(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C2)
    take(ddm, case, "approve", say.DECISION, 5)
    why = {
        "victim": str(victim_of(session, crime)),
        "exception_ground": "untraced",
        "exception_reason": "Two visits and three letters came back unanswered.",
    }
    take(officer, case, "propose_exception", why, 6)
    with pytest.raises(StepRefused):
        take(ddm, case, "remove", OK, 7)
    take(fcr, case, "approve_exception", why, 8)
    take(ddm, case, "remove", OK, 9)
    assert crime.status == "cancelled"


def test_a_notice_about_another_crimes_victim_is_refused(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    stranger = victim_of(session, crime_of(session, officer))
    take(ddm, case, "approve", say.DECISION, 5)
    with pytest.raises(StepRefused) as refused:
        take(officer, case, "record_notice", told(stranger, NOW + minutes(6)), 7)
    assert rules(refused) == ["VIC-01"]


def test_duplicates_make_no_chain_from_either_end(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    first, second, third = (crime_of(session, officer) for _ in range(3))
    case = submitted(session, officer, first, {**say.C3, "surviving_crime": second.crime_number})
    with pytest.raises(StepRefused) as onward:
        submitted(session, officer, second, {**say.C3, "surviving_crime": third.crime_number})
    assert rules(onward) == ["CANC-20"]
    take(ddm, case, "approve_and_remove", say.DECISION, 5)
    with pytest.raises(StepRefused) as into_removed:
        submitted(session, officer, third, {**say.C3, "surviving_crime": first.crime_number})
    assert rules(into_removed) == ["CANC-20"]


def test_the_requester_cannot_decide_whatever_they_hold(session: Session) -> None:
    both = as_actor(
        session,
        a_person(
            session, roles=[Role.OFFICER, Role.DDM], accreditations=[AccreditationKind.DDM_COURSE]
        ),
    )
    case = submitted(session, both, crime_of(session, both), say.C2)
    with pytest.raises(StepRefused) as refused:
        take(both, case, "approve", say.DECISION, 5)
    assert rules(refused) == ["CANC-05"]


def test_a_case_one_may_not_see_answers_like_one_that_does_not_exist(
    session: Session, officer: Actor
) -> None:
    stranger = person(session, Role.OFFICER)
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    answers = []
    for reference in (case.reference, "CAN-26-999999"):
        with pytest.raises(NotFound) as refused:
            take_step(session, stranger, reference, "withdraw", {}, now=NOW)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]
    with pytest.raises(NotFound):
        open_case(session, stranger, "cancellation", crime_of(session, officer).id, now=NOW)


def test_one_form_sent_twice_counts_once(session: Session, officer: Actor, ddm: Actor) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    take_step(session, ddm, case.reference, "refuse", WHY, now=NOW, form_key="k" * 32)
    session.flush()
    with pytest.raises(AlreadyDone):
        take_step(session, ddm, case.reference, "refuse", WHY, now=NOW, form_key="k" * 32)
    assert len(session.scalars(select(Decision)).all()) == 1


def test_a_decision_on_an_old_page_is_told_that_the_case_changed(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    session.flush()
    seen = case.version
    take(officer, case, "withdraw", {}, 5)
    with pytest.raises(SomeoneElseChangedIt):
        take_step(session, ddm, case.reference, "approve", say.DECISION, now=NOW, version=seen)


def test_of_two_people_deciding_at_once_one_wins_and_the_other_is_told(
    app: Flask, session: Session, officer: Actor, fcr: Actor, ddm: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    reference, deciders = case.reference, (fcr, ddm)
    session.commit()
    start, results = Barrier(2), []

    def decide(actor: Actor) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction() as own:
                    take_step(own, actor, reference, "refuse", WHY, now=NOW + minutes(1))
                results.append("won")
            except (SomeoneElseChangedIt, StepNotAvailable) as error:
                results.append(str(error))

    threads = [Thread(target=decide, args=[actor]) for actor in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("won") == 1
    session.expire_all()
    assert len(session.scalars(select(Decision)).all()) == 1


def test_two_requests_about_one_crime_cannot_both_be_open(session: Session, officer: Actor) -> None:
    crime = crime_of(session, officer)
    open_case(session, officer, "cancellation", crime.id, now=NOW)
    session.flush()
    with pytest.raises(SomeoneElseChangedIt, match="open already"):
        open_case(session, officer, "cancellation", crime.id, now=NOW)


@pytest.mark.parametrize(
    "verb", ["UPDATE case_steps SET authority = 'x'", "DELETE FROM case_steps"]
)
def test_the_database_refuses_to_change_history(
    session: Session, officer: Actor, verb: str
) -> None:
    submitted(session, officer, crime_of(session, officer), say.C2)
    session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(verb))
    session.rollback()


def test_the_orm_refuses_to_change_history(session: Session, officer: Actor) -> None:
    submitted(session, officer, crime_of(session, officer), say.C2)
    session.scalars(select(CaseStep)).first().authority = "x"  # type: ignore[union-attr] # there is one
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()


def test_a_failing_effect_leaves_nothing_behind(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    case = submitted(session, officer, crime_of(session, officer), say.C2)
    reference = case.reference
    session.commit()

    def approve_and_fail() -> None:
        with transaction() as own:
            take_step(own, ddm, reference, "approve", say.DECISION, now=NOW)
            raise FcrError("The disk is full.")

    with pytest.raises(FcrError):
        approve_and_fail()
    session.expire_all()
    assert session.scalars(select(Case.state)).one() == "submitted"
    assert session.scalars(select(Decision)).all() == []
