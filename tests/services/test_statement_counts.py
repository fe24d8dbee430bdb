"""No step of a case asks much of the database.

Times depend on the machine, so docs/performance.md keeps those; these counts hold everywhere.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import FeedbackItem, Person, Victim
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_crime, a_person, an_offence, as_actor
from tests.services import requests as say
from tests.statements import statements

#: For one step: reading the case with all that its rules look at, and writing what follows.
MOST_FOR_A_STEP = 12
#: Of a step that gives feedback, which opens a case of its own and takes its first step.
MOST_WITH_FEEDBACK = 30
TWO_VICTIMS = 2

REMARK = {**say.DECISION, "remark": "Clear, complete and checkable."}
REASONS = {"rationale": "What was sent does not show that no crime happened."}
WARNED = {
    **REMARK,
    "warning_rationale": "The victim asked for this and was there when it was sent.",
}
NUMBER = {"receiving_reference": "DEMO/1", "reference_at": NOW.isoformat()}
EXCEPTION = {"exception_ground": "untraced", "exception_reason": "Letters came back, twice over."}
SATISFIED = {"satisfied_told": "yes"}

#: Who takes which step, saying what. A number in the answers is a victim, counted from 0.
Life = list[tuple[str, str, Mapping[str, str | int]]]
LIVES: dict[str, Life] = {
    "told and removed, then reinstated": [
        ("officer", "submit", say.C2),
        ("ddm", "return", {"to_mend": "Say where the recording is kept and by whom."}),
        ("officer", "submit", say.C2),
        ("ddm", "approve", REMARK),
        ("officer", "record_notice", {"victim": 0}),
        ("officer", "record_notice", {"victim": 1}),
        ("ddm", "remove", SATISFIED),
        ("fcr", "reinstate", REASONS),
    ],
    "a victim who can’t be told": [
        ("officer", "submit", say.C5),
        ("ddm", "approve", REMARK),
        ("officer", "propose_exception", {"victim": 0, **EXCEPTION}),
        ("fcr", "approve_exception", {"victim": 0, **EXCEPTION}),
    ],
    "transferred": [
        ("officer", "submit", say.C1),
        ("ddm", "approve_transfer", REMARK),
        ("officer", "record_reference", NUMBER),
    ],
    "a duplicate": [("officer", "submit", say.C3), ("ddm", "approve_and_remove", REMARK)],
    "a mistake": [("officer", "submit", say.C4), ("ddm", "approve_and_remove", WARNED)],
    "refused, then set aside": [
        ("officer", "submit", say.C2),
        ("ddm", "refuse", REASONS),
        ("fcr", "set_aside", REASONS),
    ],
    "withdrawn": [("officer", "submit", say.C4), ("officer", "withdraw", {})],
}


FEEDBACK = select(func.count()).select_from(FeedbackItem)


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    """Give people to a case, and to the officer a supervisor whom rules have to look at."""
    supervisor = a_person(session, roles=[Role.SUPERVISOR])
    return {
        "officer": a_person(session, supervisor=supervisor),
        "ddm": a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE]),
        "fcr": a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER]),
    }


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_a_step_takes_at_most_twelve_statements(
    session: Session, people: dict[str, Person], life: Life
) -> None:
    offence = an_offence(session, offence_class="8N", offence_code="008/06")
    crime = a_crime(session, oic=people["officer"], offence=offence, victims=TWO_VICTIMS)
    other = a_crime(session, oic=people["officer"], offence=offence)
    victims = session.scalars(select(Victim.id).where(Victim.crime_id == crime.id)).all()
    actors = {key: as_actor(session, person) for key, person in people.items()}
    reference = open_case(session, actors["officer"], "cancellation", crime.id, now=NOW).reference
    survivor = {"surviving_crime": other.crime_number}
    session.commit()

    now, counts = NOW, {}
    for who, trigger, answers in life:
        now += timedelta(minutes=1)
        said = {name: str(victims[a]) if isinstance(a, int) else a for name, a in answers.items()}
        if trigger == "record_notice":
            said = say.told(int(said["victim"]), now)
        elif said.get("code") == "C3":
            said = {**said, **survivor}
        before = session.scalar(FEEDBACK)
        count = one_step(session, actors[who], reference, trigger, said, now)
        most = MOST_FOR_A_STEP if session.scalar(FEEDBACK) == before else MOST_WITH_FEEDBACK
        if count > most:
            counts[f"{trigger} at {now:%H:%M}"] = count

    assert counts == {}


def one_step(  # noqa: PLR0917 - who does what to which case, and when
    session: Session,
    actor: Actor,
    reference: str,
    trigger: str,
    said: Mapping[str, str],
    now: datetime,
) -> int:
    """Take a step as a page does, in a session that remembers nothing; return what it asked."""
    session.expunge_all()
    with statements(session) as sent, transaction():
        take_step(session, actor, reference, trigger, said, now=now, form_key=f"form {now}")
    return len(sent)
