"""What a page may ask of the person who opens it, for everything that is not a workflow step.

A permission opens a kind of page. Which cases and crimes the page then shows is decided in
``services/visibility.py``, and who may take a step in the workflow itself.
"""

from enum import StrEnum

from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS, Actor, Role


class Permission(StrEnum):
    """Something that a role lets a person do."""

    WORK_ON_CASES = "case:work"
    ENTER_CRIMES = "crime:enter"
    IMPORT_CRIMES = "crime:import"
    ENTER_INCIDENTS = "incident:enter"
    GIVE_FEEDBACK = "feedback:give"
    SEE_TEAM = "team:see"
    SEE_EFFECT = "effect:see"
    SET_THRESHOLDS = "learning:set"
    REVIEW_RECORDING = "incident:review"
    MAKE_RULINGS = "ruling:make"
    ASK_EQUALITY = "equality:ask"
    SEE_EQUALITY_GAPS = "equality:gaps"
    PUBLISH_BULLETINS = "bulletin:publish"
    REASSIGN = "case:reassign"
    SEE_EQUALITY_FIGURES = "equality:figures"
    WRITE_EQUALITY_REPORT = "equality:report"
    SEE_DASHBOARD = "dashboard:see"
    SEE_AUDITS = "audit:see"
    REVIEW_AUDITS = "audit:review"
    RUN_AUDITS = "audit:run"
    ACT_ON_AUDITS = "audit:act"
    SEE_LOGS = "log:read"
    MANAGE_PEOPLE = "person:manage"
    MANAGE_REFERENCE = "reference:manage"

    @property
    def label(self) -> str:
        """What it lets a person do, in words that follow "may"."""
        return PERMISSION_LABELS[self]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that have it."""
        return ROLES_WITH[self]


PERMISSION_LABELS = {
    Permission.WORK_ON_CASES: "see and work on the cases and crimes open to them",
    Permission.ENTER_CRIMES: "enter a recorded crime and ask for its cancellation",
    Permission.IMPORT_CRIMES: "import crimes from a file",
    Permission.ENTER_INCIDENTS: "enter a report of a crime, and record a crime from it",
    Permission.GIVE_FEEDBACK: "give feedback to a colleague, and see to a learning plan",
    Permission.SEE_TEAM: "see what feedback their people have, and what helps them",
    Permission.SEE_EFFECT: "see whether feedback makes errors rarer",
    Permission.SET_THRESHOLDS: "set how many errors open a learning plan",
    Permission.REVIEW_RECORDING: "review late records and every N100",
    Permission.MAKE_RULINGS: "make a ruling on how a crime is to be recorded",
    Permission.ASK_EQUALITY: "ask a victim about equality",
    Permission.SEE_EQUALITY_GAPS: "see whose equality record is incomplete",
    Permission.PUBLISH_BULLETINS: "remind staff of a rule, and choose examples for courses",
    Permission.REASSIGN: "give a case to somebody else",
    Permission.SEE_EQUALITY_FIGURES: "see figures about victims’ protected characteristics",
    Permission.WRITE_EQUALITY_REPORT: "publish the equality report, and see small counts",
    Permission.SEE_DASHBOARD: "see what is late, what waits and how good recording is",
    Permission.SEE_AUDITS: "see the audit plan, audits and their reports",
    Permission.REVIEW_AUDITS: "examine the records of an audit",
    Permission.RUN_AUDITS: "plan audits, run them and sign them off",
    Permission.ACT_ON_AUDITS: "carry out what an audit recommended",
    Permission.SEE_LOGS: "see who looked at a case and who changed it",
    Permission.MANAGE_PEOPLE: "manage people, their roles and their accreditations",
    Permission.MANAGE_REFERENCE: "manage units, force policy and reference data",
}

#: The administrator manages accounts and reference data and sees no case and no crime.
ROLES_WITH: dict[Permission, frozenset[Role]] = {
    Permission.WORK_ON_CASES: REQUESTERS | DECIDERS | {Role.AUDITOR, Role.CHIEF_OFFICER},
    Permission.ENTER_CRIMES: REQUESTERS | DECIDERS,
    Permission.IMPORT_CRIMES: REGISTRARS | {Role.AUDITOR},
    Permission.ENTER_INCIDENTS: REQUESTERS | DECIDERS,
    Permission.GIVE_FEEDBACK: DECIDERS | {Role.SUPERVISOR},
    Permission.SEE_TEAM: REGISTRARS | {Role.SUPERVISOR},
    Permission.SEE_EFFECT: REGISTRARS | {Role.AUDITOR, Role.CHIEF_OFFICER},
    Permission.SET_THRESHOLDS: REGISTRARS,
    Permission.REVIEW_RECORDING: REGISTRARS,
    Permission.MAKE_RULINGS: REGISTRARS,
    Permission.ASK_EQUALITY: REQUESTERS | REGISTRARS,
    Permission.SEE_EQUALITY_GAPS: REQUESTERS | REGISTRARS | {Role.AUDITOR},
    Permission.PUBLISH_BULLETINS: REGISTRARS,
    Permission.REASSIGN: REGISTRARS | {Role.SUPERVISOR},
    Permission.SEE_EQUALITY_FIGURES: REGISTRARS | {Role.AUDITOR, Role.CHIEF_OFFICER},
    Permission.WRITE_EQUALITY_REPORT: REGISTRARS,
    Permission.SEE_DASHBOARD: DECIDERS | {Role.SUPERVISOR, Role.CHIEF_OFFICER},
    Permission.SEE_AUDITS: REGISTRARS | {Role.AUDITOR, Role.CHIEF_OFFICER},
    Permission.REVIEW_AUDITS: REGISTRARS | {Role.AUDITOR},
    Permission.RUN_AUDITS: REGISTRARS,
    Permission.ACT_ON_AUDITS: DECIDERS | {Role.SUPERVISOR, Role.AUDITOR, Role.CHIEF_OFFICER},
    Permission.SEE_LOGS: REGISTRARS,
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_REFERENCE: frozenset({Role.ADMINISTRATOR}),
}


def may(actor: Actor, permission: Permission) -> bool:
    """Say whether one of the person's roles in force today has a permission."""
    return actor.has(*ROLES_WITH[permission])
