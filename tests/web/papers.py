"""A story that the tests of letters, logs, feedback and notices share."""

from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import Crime, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import open_case, take_step
from tests.builders import PASSWORD, a_crime, a_person, a_victim
from tests.services import requests as say


@dataclass(frozen=True, kw_only=True)
class Story:
    """An approved request with three victims, and a refused one of the same officer.

    Attributes:
        emails: Everybody's address, by what they are.
        others: Whom a letter to the first victim may not name.
    """

    approved: str
    refused: str
    adult: int
    child: int
    emails: dict[str, str]
    others: tuple[str, ...]


def tell(session: Session) -> Story:
    """Write the story down and commit it."""
    people = _people(session)
    crime = _crime(session, people)
    victims = [
        a_victim(session, crime, name="Demo Victim Larkin"),
        a_victim(
            session, crime, name="Demo Child Moss", is_child=True, speaks_for="Demo Parent Fen"
        ),
        a_victim(
            session, crime, name="Demo Shop Ltd", kind="business", speaks_for="Demo Contact Brook"
        ),
    ]
    approved = _asked(session, people, crime)
    take_step(
        session, _actor(session, people["ddm"]), approved, "approve", say.DECISION, now=clock.now()
    )
    again = a_crime(session, oic=people["officer"], recorded_at=clock.now() - timedelta(days=5))
    refused = _asked(session, people, again)
    why = {"rationale": "The recording does not show who held the bag before."}
    take_step(session, _actor(session, people["ddm"]), refused, "refuse", why, now=clock.now())
    story = Story(
        approved=approved,
        refused=refused,
        adult=victims[0].id,
        child=victims[1].id,
        emails={name: person.email for name, person in people.items()},
        others=(
            "Demo Child Moss",
            "Moss",
            "Demo Parent Fen",
            "Fen",
            "Demo Shop Ltd",
            "Brook",
            *(person.name.split()[-1] for person in people.values()),
        ),
    )
    session.commit()
    return story


def sign_in(client: FlaskClient, story: Story, who: str) -> None:
    """Sign somebody of the story in."""
    client.post("/sign-in", data={"email": story.emails[who], "password": PASSWORD})


def _people(session: Session) -> dict[str, Person]:
    supervisor = a_person(
        session, name="Demo Supervisor Heath", roles=[Role.SUPERVISOR], password=PASSWORD
    )
    return {
        "supervisor": supervisor,
        "officer": a_person(
            session, name="Demo Officer Greenwood", supervisor=supervisor, password=PASSWORD
        ),
        "former": a_person(session, name="Demo Officer Ashdown"),
        "stranger": a_person(session, name="Demo Officer Weald", password=PASSWORD),
        "ddm": a_person(
            session,
            name="Demo Decider Hartley",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
            password=PASSWORD,
        ),
        "fcr": a_person(session, name="Demo Registrar Rother", roles=[Role.FCR], password=PASSWORD),
    }


def _crime(session: Session, people: dict[str, Person]) -> Crime:
    return a_crime(
        session,
        victims=0,
        oic=people["officer"],
        people=[(Part.FORMER_OFFICER_IN_CASE, people["former"])],
        recorded_at=clock.now() - timedelta(days=5),
    )


def _asked(session: Session, people: dict[str, Person], crime: Crime) -> str:
    now = clock.now()
    officer = _actor(session, people["officer"])
    case = open_case(session, officer, "cancellation", crime.id, now=now)
    session.flush()
    answers = {**say.C2, "available_on": (now - timedelta(days=1)).date().isoformat()}
    take_step(session, officer, case.reference, "submit", answers, now=now)
    session.flush()
    return case.reference


def _actor(session: Session, person: Person) -> Actor:
    return load_actor(session, person.id, today=clock.now().date(), address="test")
