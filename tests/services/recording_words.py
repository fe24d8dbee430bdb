"""Answers for decisions on recording, class and rulings, and people to give them."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from tests.builders import a_person, as_actor

WHY = "What was reported is an argument about a boundary; no part of an offence is in it."
REASONS = "The account was read with the statement, and together they settle it."
GOING_ON = "The statement was taken this morning and read with the account."

NOT_A_CRIME = {"ground": "no_crime", "rationale": WHY, "warning_rationale": GOING_ON}
NOT_CONFIRMED = {
    "ground": "no_confirm",
    "enquiries": "She was seen at home and by telephone, alone, and asked twice.",
    "necessary": "no",
    "rationale": "A passer-by saw an argument; the person seen says that nothing happened.",
}
EXCUSE = {
    "exception_ground": "untraced",
    "exception_reason": "The caller gave no name and rang from a public telephone.",
}
INFORMATION = {"new_information": "A neighbour gave us the doorbell recording this morning."}


def told(at: datetime, **more: str) -> dict[str, str]:
    """Return the answers that record that the reporter was told."""
    return {
        "told_at": at.isoformat(),
        "told_how": "phone",
        "told_whom": "The reporter",
        "told_by": "The officer who deals with it",
        "told_what": "That no crime is recorded, why, and how to appeal.",
        **more,
    }


def appeal(at: datetime, by: str = "victim") -> dict[str, str]:
    """Return the answers that record an appeal."""
    return {
        "appeal_by": by,
        "appeal_at": at.isoformat(),
        "appeal_grounds": "He pushed me against the wall; I said so on the telephone.",
    }


def upheld(offence: str = "105A 105/01", **more: str) -> dict[str, str]:
    """Return the answers that uphold an appeal."""
    return {"offence": offence, "rationale": REASONS, **more}


def new_class(offence: str, **more: str) -> dict[str, str]:
    """Return the answers that ask for another class."""
    return {
        "new_offence": offence,
        "why_reclassify": "new_information",
        "what_shows_it": "The messages of six weeks, exhibit DEMO/7, show a course of conduct.",
        **more,
    }


RECLASSIFY = {"is_shown": "yes", "rationale": REASONS}
ASK = {
    "asked_question": "Is this stalking, or is it only harassment?",
    "asked_why": "The two lived together eight years ago; the messages are about a shared car.",
}
RULE = {
    "ruling_question": "Messages about shared property years after a relationship",
    "ruling_topic": "classify",
    "ruling_class": "8L",
    "ruling_facts": "Two people who parted eight years ago; messages about a shared car.",
    "ruling_text": "It is harassment, since nothing in it is fixated or obsessive.",
    "rationale": "The messages ask for the car and stop when it is handed over.",
    "ruling_rules": "CLS-04, REC-25",
}


def somebody(session: Session, role: Role, *held: AccreditationKind, name: str = "") -> Actor:
    """Return a person of a role, as they act."""
    person = a_person(session, name=name or f"Demo {role.label}", roles=[role], accreditations=held)
    return as_actor(session, person)


def a_fcr(session: Session, name: str = "Demo FCR One") -> Actor:
    """Return a registrar on the register."""
    return somebody(session, Role.FCR, AccreditationKind.REGISTER, name=name)


def a_ddm(session: Session, name: str = "Demo DDM One") -> Actor:
    """Return a trained designated decision maker."""
    return somebody(session, Role.DDM, AccreditationKind.DDM_COURSE, name=name)
