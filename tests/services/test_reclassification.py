"""Giving a crime another class: its first stays, each is kept, and imports undo nothing."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor, Role
from fcr_app.domain.rulings import Topic
from fcr_app.errors import AppendOnly, StepRefused
from fcr_app.models import Case, Crime, CrimeClass, Decision, Offence, Person
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.crime_classes import class_changes
from fcr_app.services.crime_page import crime_page
from fcr_app.services.rulings import NewRuling, Target, link_ruling, make_ruling
from tests.builders import NOW, a_crime, a_person, an_offence, as_actor
from tests.services import recording_words as say, requests as cancelling
from tests.services.requests import minutes, submitted

STALKING = "8Q 195/12"
HARASSMENT = "8L 195/94"


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Officer One"))


@pytest.fixture
def ddm(session: Session) -> Actor:
    return say.a_ddm(session)


@pytest.fixture
def fcr(session: Session) -> Actor:
    return say.a_fcr(session)


@pytest.fixture
def offences(session: Session) -> dict[str, Offence]:
    """Put the offences of the story on the list."""
    wanted = {
        "8R 008/72": "Malicious communications",
        STALKING: "Stalking",
        HARASSMENT: "Harassment",
        "1 001/01": "Murder",
        "19C 019/08": "Rape of a female 16 and over",
    }
    return {
        name: an_offence(
            session,
            offence_class=name.split()[0],
            offence_code=name.split()[1],
            title=title,
        )
        for name, title in wanted.items()
    }


@pytest.fixture
def crime(session: Session, officer: Actor, offences: dict[str, Offence]) -> Crime:
    oic = session.get_one(Person, officer.id)
    return a_crime(session, oic=oic, offence=offences["8R 008/72"])


def asked(session: Session, who: Actor, crime: Crime, offence: str, **more: str) -> Case:
    """Open a request for another class and send it."""
    case = open_case(session, who, "reclassification", crime.id, now=NOW)
    session.flush()
    take(who, case, "submit", say.new_class(offence, **more), 1)
    return case


def take(actor: Actor, case: Case, trigger: str, answers: Mapping[str, str], at: int) -> None:
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_a_reclassified_crime_keeps_its_first_class_and_what_became_of_it(
    session: Session, officer: Actor, ddm: Actor, crime: Crime, offences: dict[str, Offence]
) -> None:
    first = crime.first_offence_id
    case = asked(session, officer, crime, STALKING, ex_partner="yes")
    assert (case.state, case.needs, case.asked) == ("submitted", "ddm", "8Q")

    take(ddm, case, "reclassify", say.RECLASSIFY, 10)

    assert crime.offence_id == offences[STALKING].id
    assert crime.first_offence_id == first == offences["8R 008/72"].id
    (change,) = class_changes(session, crime.id)
    assert change.after.startswith("8Q 195/12 Stalking")
    assert change.before.startswith("8R 008/72")
    assert (change.reason, change.reference) == (say.REASONS, case.reference)
    decision = session.scalars(select(Decision)).one()
    assert (decision.outcome, decision.code) == ("reclassified", "8Q")


def test_the_page_of_the_crime_shows_every_class_it_had_and_offers_another(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = asked(session, officer, crime, STALKING, ex_partner="no")
    take(ddm, case, "reclassify", say.RECLASSIFY, 10)

    page = crime_page(session, officer, crime.id, now=NOW + minutes(20))

    assert page.first_offence.startswith("8R 008/72")
    assert page.conduct
    assert len(page.classes) == 1
    assert "reclassification" in [start.key for start in page.may_start]


def test_the_history_of_classes_can_not_be_changed(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = asked(session, officer, crime, STALKING, ex_partner="no")
    take(ddm, case, "reclassify", say.RECLASSIFY, 10)
    row = session.scalars(select(CrimeClass)).one()
    session.commit()

    for statement in ("UPDATE crime_classes SET reason = 'x'", "DELETE FROM crime_classes"):
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(statement))
        session.rollback()
    row.reason = "another one"
    with pytest.raises(AppendOnly):
        session.flush()


def test_harassment_of_a_former_partner_needs_a_ruling_linked_to_the_crime(
    session: Session, officer: Actor, fcr: Actor, ddm: Actor, crime: Crime
) -> None:
    with pytest.raises(StepRefused) as refused:
        asked(session, officer, crime, HARASSMENT, ex_partner="yes")
    assert [refusal.rule for refusal in refused.value.refusals] == ["REC-25"]
    assert "8Q" in refused.value.refusals[0].reason

    new = NewRuling(
        question="Is it harassment?",
        topic=Topic.CLASSIFY,
        offence_class="8L",
        facts="Messages about a shared car, years after.",
        ruling="It is harassment and no stalking.",
        reasons="Nothing in it is fixated or obsessive.",
    )
    ruling = make_ruling(session, fcr, new, now=NOW)
    link_ruling(session, fcr, ruling.id, Target(crime_id=crime.id), now=NOW)
    case = session.scalars(select(Case)).one()
    take(officer, case, "submit", say.new_class(HARASSMENT, ex_partner="yes"), 5)
    take(ddm, case, "reclassify", say.RECLASSIFY, 10)

    assert case.state == "reclassified"


def test_a_ruling_that_was_superseded_allows_nothing(
    session: Session, officer: Actor, fcr: Actor, crime: Crime
) -> None:
    new = NewRuling(
        question="Is it harassment?",
        topic=Topic.CLASSIFY,
        offence_class="8L",
        facts="Messages about a shared car, years after.",
        ruling="It is harassment and no stalking.",
        reasons="Nothing in it is fixated or obsessive.",
    )
    ruling = make_ruling(session, fcr, new, now=NOW)
    link_ruling(session, fcr, ruling.id, Target(crime_id=crime.id), now=NOW)
    later = NewRuling(**{**vars(new), "ruling": "It is stalking.", "supersedes_id": ruling.id})
    make_ruling(session, fcr, later, now=NOW)

    with pytest.raises(StepRefused, match="former partner"):
        asked(session, officer, crime, HARASSMENT, ex_partner="yes")


def test_rape_and_homicide_go_to_the_fcr(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor, crime: Crime
) -> None:
    case = asked(session, officer, crime, "19C 019/08")
    assert case.needs == "fcr"
    with pytest.raises(StepRefused) as refused:
        take(ddm, case, "reclassify", say.RECLASSIFY, 10)
    assert [refusal.rule for refusal in refused.value.refusals] == ["CLS-02"]

    take(fcr, case, "reclassify", say.RECLASSIFY, 11)

    assert case.state == "reclassified"


def test_homicide_without_advice_warns_and_with_it_does_not(
    session: Session, officer: Actor, crime: Crime
) -> None:
    with pytest.raises(StepRefused) as refused:
        asked(session, officer, crime, "1 001/01")
    assert refused.value.refusals[0].rule == "CLS-06"

    case = session.scalars(select(Case)).one()
    advised = {
        "advised_by": "Demo Detective Superintendent One",
        "advised_at": NOW.isoformat(),
        "advised_what": "Record it as murder; the pathologist is certain.",
    }
    take(officer, case, "submit", say.new_class("1 001/01", **advised), 5)
    assert case.state == "submitted"


def test_a_ddm_may_start_it_and_decide_it_but_the_officer_decides_nothing(
    session: Session, officer: Actor, ddm: Actor, crime: Crime
) -> None:
    case = asked(session, ddm, crime, STALKING, ex_partner="no")
    close = Actor(
        id=officer.id,
        name=officer.name,
        roles=frozenset({Role.OFFICER, Role.DDM}),
        accreditations=ddm.accreditations,
    )
    with pytest.raises(StepRefused, match="officer in the case"):
        take(close, case, "reclassify", say.RECLASSIFY, 9)

    take(ddm, case, "reclassify", say.RECLASSIFY, 10)

    assert case.state == "reclassified"


def test_a_refusal_on_the_class_binds_no_request_to_cancel(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor, crime: Crime
) -> None:
    case = asked(session, officer, crime, STALKING, ex_partner="no")
    take(fcr, case, "refuse", {"rationale": say.REASONS}, 10)

    cancel = submitted(session, officer, crime, cancelling.C2, now=NOW + minutes(20))
    assert cancel.needs == "ddm"
    take(ddm, cancel, "approve", cancelling.DECISION, 30)
    assert cancel.state == "approved_pending_victim"
