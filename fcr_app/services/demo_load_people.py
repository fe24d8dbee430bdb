"""The units and people of a loaded force, as many as its crimes need."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Person, PersonAccreditation, RoleGrant, Unit
from fcr_app.services.bulk import Batch, last_id
from fcr_app.services.demo_force import DOMAIN

CRIMES_PER_OFFICER = 30
OFFICERS_PER_TEAM = 12
OFFICERS_PER_DECIDER = 40
TEAMS_PER_COMMAND = 8
#: One text for everybody, so that the authority frozen into the histories reads alike.
EVIDENCE = {
    AccreditationKind.REGISTER: "Demonstration register entry",
    AccreditationKind.DDM_COURSE: "Demonstration certificate",
}
HELD_FOR = timedelta(days=800)
HELD_UNTIL = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Officer:
    """An officer who has crimes, and where they stand."""

    id: int
    unit_id: int
    supervisor_id: int


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who there is to work on the crimes."""

    officers: tuple[Officer, ...]
    decider_ids: tuple[int, ...]
    registrar_id: int


def email_of(role: Role, number: int) -> str:
    """Return the address that somebody of a loaded force signs in with."""
    return f"load-{role.value.replace('_', '-')}-{number}@{DOMAIN}"


class Staffing:
    """Makes units and people in the same order every time."""

    def __init__(self, session: Session, password_hash: str, now: datetime, rng: Random) -> None:
        self.batch = Batch()
        self.password_hash = password_hash
        self.now = now
        self.rng = rng
        self.unit_id = last_id(session, Unit)
        self.person_id = last_id(session, Person)
        self.numbers = dict.fromkeys(Role, 0)

    def make(self, crimes: int) -> Staff:
        """Add the rows for a force of some size to the batch."""
        wanted = max(12, crimes // CRIMES_PER_OFFICER)
        teams = -(-wanted // OFFICERS_PER_TEAM)
        officers: list[Officer] = []
        command = (0, "/")
        for team in range(teams):
            if team % TEAMS_PER_COMMAND == 0:
                command = self._unit(f"Command {team // TEAMS_PER_COMMAND + 1}", (0, "/"))
            unit_id, _ = self._unit(f"Command team {team + 1}", command)
            supervisor_id = self._person(Role.SUPERVISOR, "Supervisor", unit_id, None)
            for _ in range(OFFICERS_PER_TEAM):
                officer_id = self._person(Role.OFFICER, "Officer", unit_id, supervisor_id)
                officers.append(
                    Officer(id=officer_id, unit_id=unit_id, supervisor_id=supervisor_id)
                )
        unit_id, _ = self._unit("Crime decisions", (0, "/"))
        registrar = self._person(Role.FCR, "FCR", unit_id, None)
        deciders = [
            self._person(Role.DDM, "DDM", unit_id, registrar)
            for _ in range(max(8, wanted // OFFICERS_PER_DECIDER))
        ]
        return Staff(officers=tuple(officers), decider_ids=tuple(deciders), registrar_id=registrar)

    def _unit(self, name: str, parent: tuple[int, str]) -> tuple[int, str]:
        self.unit_id += 1
        path = f"{parent[1]}{self.unit_id}/"
        self.batch.add(
            Unit, id=self.unit_id, name=f"Demo {name}", parent_id=parent[0] or None, path=path
        )
        return self.unit_id, path

    def _person(self, role: Role, title: str, unit_id: int, supervisor_id: int | None) -> int:
        self.person_id += 1
        self.numbers[role] += 1
        number = self.numbers[role]
        name = f"Demo {title} {number:04}"
        self.batch.add(
            Person,
            id=self.person_id,
            staff_number=f"LOAD{self.person_id:06}",
            name=name,
            name_key=name_key(name),
            email=email_of(role, number),
            unit_id=unit_id,
            supervisor_id=supervisor_id,
            password_hash=self.password_hash,
            created_at=self.now - HELD_FOR,
        )
        since = (self.now - HELD_FOR).date()
        self.batch.add(RoleGrant, person_id=self.person_id, role=role.value, starts_on=since)
        kinds = {Role.DDM: AccreditationKind.DDM_COURSE, Role.FCR: AccreditationKind.REGISTER}
        if kind := kinds.get(role):
            self.batch.add(
                PersonAccreditation,
                person_id=self.person_id,
                kind=kind.value,
                starts_on=since,
                ends_on=(self.now + HELD_UNTIL).date(),
                evidence=EVIDENCE[kind],
            )
        return self.person_id
