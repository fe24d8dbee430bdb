"""Who people are to this system, and what gives them authority."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a person does here. A person may hold several."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    DDM = "ddm"
    FCR = "fcr"
    DEPUTY_FCR = "deputy_fcr"
    AUDITOR = "auditor"
    CHIEF_OFFICER = "chief_officer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.OFFICER: "Officer",
    Role.SUPERVISOR: "Supervisor",
    Role.DDM: "Designated decision maker (DDM)",
    Role.FCR: "Force Crime Registrar (FCR)",
    Role.DEPUTY_FCR: "Deputy Force Crime Registrar",
    Role.AUDITOR: "Auditor",
    Role.CHIEF_OFFICER: "Chief officer (crime recording lead)",
    Role.ADMINISTRATOR: "Administrator",
    Role.SYSTEM: "The system",
}

REGISTRARS = frozenset({Role.FCR, Role.DEPUTY_FCR})
DECIDERS = REGISTRARS | {Role.DDM}
REQUESTERS = frozenset({Role.OFFICER, Role.SUPERVISOR})


class AccreditationKind(StrEnum):
    """What a person has been trained or admitted for."""

    REGISTER = "fcr_register"
    DDM_COURSE = "ddm_course"

    @property
    def label(self) -> str:
        """The accreditation as people say it."""
        return ACCREDITATION_LABELS[self]


ACCREDITATION_LABELS = {
    AccreditationKind.REGISTER: "College of Policing professional register (FCR)",
    AccreditationKind.DDM_COURSE: "Designated decision maker course",
}


@dataclass(frozen=True, kw_only=True)
class Accreditation:
    """One accreditation that a person holds or held (ROLE-01).

    Attributes:
        starts_on: The first day it counts.
        ends_on: The last day it counts; None while it has no end.
        evidence: What shows it, such as a register entry number.
    """

    kind: AccreditationKind
    starts_on: date
    ends_on: date | None
    evidence: str

    def in_force(self, day: date) -> bool:
        """Say whether it counts on a day; both ends are inclusive."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def __str__(self) -> str:
        until = f" until {self.ends_on:%-d %B %Y}" if self.ends_on else ""
        return f"{self.kind.label}, from {self.starts_on:%-d %B %Y}{until} ({self.evidence})"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person who acts, with what they hold at this moment.

    Attributes:
        roles: Roles in force today.
        accreditations: Accreditations in force today; others are left out.
        unit_path: The unit's place in the tree, such as ``/1/4/``.
        deputises_for: Ids of people whose work this person covers today.
        address: Where the request comes from, for the logs: a network address or "command".
    """

    id: int
    name: str
    roles: frozenset[Role]
    accreditations: tuple[Accreditation, ...] = ()
    unit_id: int | None = None
    unit_path: str = ""
    deputises_for: frozenset[int] = field(default_factory=frozenset)
    address: str = ""

    def holds(self, kind: AccreditationKind) -> Accreditation | None:
        """Return the accreditation of a kind, if it is in force."""
        return next((a for a in self.accreditations if a.kind is kind), None)

    def has(self, *roles: Role) -> bool:
        """Say whether the person holds any of the roles."""
        return not self.roles.isdisjoint(roles)


#: Who acts when the clock does.
SYSTEM_ACTOR = Actor(id=0, name="The system", roles=frozenset({Role.SYSTEM}))
