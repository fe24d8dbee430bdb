"""A small force that the handbook's scenarios happen in, driven through the interface.

Each person has a program that acts for them, so that every step passes the sign-in, the policy, the
database and the refusals that a real one does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app import clock
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Crime, Force, Person
from fcr_app.services.offences import load_shipped
from tests.api.programs import Program, a_program
from tests.builders import a_crime, a_person, an_offence
from tests.facts_builders import GOOD_ANSWERS, REQUESTS

COURSE, REGISTER = AccreditationKind.DDM_COURSE, AccreditationKind.REGISTER
#: Everybody in the force: their roles, and what they are accredited with.
CAST: dict[str, tuple[tuple[Role, ...], tuple[AccreditationKind, ...]]] = {
    "officer": ((Role.OFFICER,), ()),
    "colleague": ((Role.OFFICER,), ()),
    "sergeant": ((Role.SUPERVISOR, Role.DDM), (COURSE,)),
    "ddm": ((Role.DDM,), (COURSE,)),
    "fcr": ((Role.FCR,), (REGISTER,)),
    "deputy": ((Role.DEPUTY_FCR,), (COURSE,)),
    "chief": ((Role.CHIEF_OFFICER,), ()),
}
CREATED, OK, REFUSED = 201, 200, 422


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the interface said to a step."""

    state: str
    rules: tuple[str, ...]
    text: str

    @property
    def done(self) -> bool:
        """Whether the step was taken."""
        return not self.rules


@dataclass
class World:
    """The force, its people's programs, and what they do."""

    app: Flask
    session: Session
    without: frozenset[str] = frozenset()
    people: dict[str, Person] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make everybody."""
        self.session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
        for name, (roles, held) in CAST.items():
            if name not in self.without:
                person = a_person(
                    self.session, name=f"Demo {name.title()}", roles=roles, accreditations=held
                )
                self.people[name] = person
        self.people["officer"].supervisor_id = self.people["sergeant"].id
        load_shipped(self.session, now=clock.now())
        self.session.flush()

    def program(self, who: str) -> Program:
        """Return the program that acts for somebody."""
        if who not in self.programs:
            self.programs[who] = a_program(self.app, self.session, self.people[who])
        return self.programs[who]

    def crime(
        self, offence: tuple[str, str], *, others: Iterable[tuple[Part, str]] = (), **more: Any
    ) -> Crime:
        """Record a crime of the officer's."""
        kind = an_offence(self.session, offence_class=offence[0], offence_code=offence[1])
        people = [(part, self.people[who]) for part, who in others]
        return a_crime(
            self.session, oic=self.people["officer"], offence=kind, people=people, **more
        )

    def report(self, opening_code: str = "rape", *, hours_ago: float = 2, **more: object) -> int:
        """Enter a report of a crime, which the officer deals with, and return its id."""
        body = {
            "first_reported_at": (clock.now() - timedelta(hours=hours_ago)).isoformat(),
            "route": "101",
            "reporter_type": "victim",
            "victim_name": "Demo Victim",
            "account": "Demonstration account of what happened.",
            "opening_code": opening_code,
            "officer_id": self.people["officer"].id,
            **more,
        }
        answer = self.program("officer").post("/incidents", body)
        assert answer.status_code == CREATED, answer.text
        incident_id: int = answer.get_json()["id"]
        return incident_id

    def about(self, incident_id: int) -> dict[str, Any]:
        """Return a report as its page shows it, to the FCR, who sees every one."""
        answer = self.program("fcr").get(f"/incidents/{incident_id}")
        found: dict[str, Any] = answer.get_json()
        return found

    def assessed(self, incident_id: int, answers: dict[str, str]) -> str:
        """Answer the three-step test on a report of rape, and return the case."""
        case = self.opened("officer", {"workflow": "rape_report", "incident_id": incident_id})
        assessed = self.take("officer", case, "assess", answers)
        assert assessed.done, assessed.text
        return case

    def case_of(self, incident_id: int, begins: str) -> str:
        """Return the latest case about a report whose reference begins so."""
        references = (str(case["reference"]) for case in self.about(incident_id)["cases"])
        return max(reference for reference in references if reference.startswith(begins))

    def opened(self, who: str, body: dict[str, object]) -> str:
        """Open a case and return its reference."""
        answer = self.program(who).post("/cases", body)
        assert answer.status_code == CREATED, answer.text
        reference: str = answer.get_json()["reference"]
        return reference

    def asked(self, crime: Crime, code: str, **says: str) -> str:
        """Open a request of the officer's about a crime, and send it."""
        reference = self.opened("officer", {"workflow": "cancellation", "crime_id": crime.id})
        sent = self.take("officer", reference, "submit", {**REQUESTS[code], **says})
        assert sent.done, sent.text
        return reference

    def take(self, who: str, reference: str, trigger: str, answers: dict[str, str]) -> Answer:
        """Take a step; what is refused names its rules."""
        program = self.program(who)
        version = program.get(f"/cases/{reference}/steps").headers["ETag"]
        answer = program.post(
            f"/cases/{reference}/steps/{trigger}", {"answers": answers}, If_Match=version
        )
        assert answer.status_code in (OK, REFUSED, 403, 409), answer.text
        return self._read(answer)

    def told(self, reference: str, **says: str) -> Answer:
        """Have the officer tell the victim now."""
        case = self.program("officer").get(f"/cases/{reference}").get_json()
        usual = {
            **GOOD_ANSWERS["record_notice"],
            "victim": str(case["victims"][0]["id"]),
            "told_at": clock.now().isoformat(),
        }
        return self.take("officer", reference, "record_notice", {**usual, **says})

    def status_of(self, crime: Crime) -> str:
        """Return whether a crime counts, as the database has it."""
        self.session.expire_all()
        return self.session.get_one(Crime, crime.id).status

    @staticmethod
    def _read(answer: TestResponse) -> Answer:
        body = answer.get_json()
        refused = body.get("refusals", []) if answer.status_code != OK else []
        rules = tuple(refusal["rule"] or refusal["field"] for refusal in refused)
        if answer.status_code != OK and not rules:
            rules = (body["title"],)
        return Answer(state=body.get("state", ""), rules=rules, text=answer.text)
