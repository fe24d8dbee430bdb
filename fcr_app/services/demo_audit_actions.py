"""The demonstration's actions: the areas for improvement of the inspection of 2018.

What was to be improved is the inspection's own text (HMICFRS, Metropolitan Police Service: Crime
Data Integrity inspection 2018). What became of it is invented, as is who does it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.actions import ActionMove, ActionWords
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.actions import NewAuditAction, add_action, move_action
from fcr_app.services.demo_force import email_of

SOURCE = "HMICFRS, crime data integrity inspection 2018: areas for improvement"
M = ActionMove
#: Days before today on which what is to be done was written down.
WRITTEN = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """One move in the story of an action.

    Attributes:
        ago: Days before today.
        by: The key of who does it; the owner where empty.
    """

    ago: int
    move: ActionMove
    said: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area for improvement, and what became of it.

    Attributes:
        due: Days from today; below 0 where that day is over.
    """

    recommended: str
    measure: str
    owner: str
    due: int
    told: tuple[Told, ...] = ()


AREAS = (
    Area(
        recommended="Remind staff with crime-recording responsibilities of the need to record all "
        "crimes at the first point at which sufficient information exists to do so, particularly "
        "in domestic abuse cases.",
        measure="The next audit of domestic abuse finds 95 in 100 crimes recorded.",
        owner="deputy",
        due=-60,
        told=(
            Told(ago=190, move=M.BEGIN, said="A bulletin first, then every briefing."),
            Told(
                ago=80, move=M.FINISH,
                said="Bulletin on REC-08 published and read by all teams; briefings held in May "
                "and June.",
            ),
            Told(
                ago=70, move=M.CLOSE, by="fcr",
                said="I read the receipts of the bulletin and sat in two briefings.",
            ),
        ),
    ),
    Area(
        recommended="Ensure that all reported crimes of rape are recorded without delay.",
        measure="The monthly audit of rape finds every one recorded within 24 hours.",
        owner="ddm1",
        due=45,
        told=(
            Told(
                ago=170, move=M.BEGIN,
                said="Every rape report is looked at each morning, from the first report on.",
            ),
            Told(
                ago=20, move=M.REPORT,
                said="Nine in ten are recorded within a day; reports by professionals still wait.",
            ),
        ),
    ),
    Area(
        recommended="Ensure that classification N100 is used correctly.",
        measure="The audit of N100s finds 19 in 20 right, with the reason in each.",
        owner="deputy",
        due=-40,  # overdue in the report on last month
        told=(
            Told(ago=150, move=M.BEGIN, said="A guide to N100-01 to N100-16 for the rape teams."),
            Told(
                ago=45, move=M.REPORT,
                said="The guide is written; training of the second team was put off to next month.",
            ),
        ),
    ),
    Area(
        recommended="Ensure that reports of crime made by third parties acting on behalf of the "
        "victim in a professional capacity are recorded.",
        measure="The audit of referrals finds 45 of 50 recorded.",
        owner="supervisor1",
        due=20,
        told=(
            Told(
                ago=9, move=M.FINISH,
                said="The referral form asks for the crime number since 2 November; the first 40 "
                "forms all have one.",
            ),
        ),
    ),
    Area(
        recommended="Improve the process for cancelling crimes where additional verifiable "
        "information exists and ensure that all victims who have their crimes cancelled are "
        "informed of that fact.",
        measure="The audit of cancellations finds the victim told in every one.",
        owner="fcr",
        due=75,
        told=(
            Told(ago=120, move=M.BEGIN, said="The letter is part of the decision now."),
        ),
    ),
    Area(
        recommended="Ensure that crimes allocated for diary appointments are recorded at the point "
        "where sufficient information exists and in any event within 24 hours.",
        measure="The morning list shows no appointment older than a day without a crime.",
        owner="supervisor2",
        due=-3,
    ),
    Area(
        recommended="Improve how it collects diversity information from victims of crime and how "
        "it uses this to comply with its equality duty.",
        measure="Nine in ten victims’ records are complete, and the yearly report is published.",
        owner="chief",
        due=120,
        told=(
            Told(
                ago=100, move=M.BEGIN,
                said="Officers are asked for it at the first visit; the report is due in January.",
            ),
        ),
    ),
)  # fmt: skip


def add_audit_actions(session: Session, *, now: datetime) -> None:
    """Add the seven areas for improvement as actions, in every state."""
    today = to_london(now).date()
    emails = {email_of(one): one for one in (*(area.owner for area in AREAS), "fcr", "deputy")}
    found = session.execute(select(Person.email, Person.id).where(Person.email.in_(emails)))
    actors: dict[str, Actor] = {
        emails[email]: load_actor(session, one, today=today, address="demonstration")
        for email, one in found
    }
    begun = now - timedelta(days=WRITTEN)
    for area in AREAS:
        due_on = max(today + timedelta(days=area.due), to_london(begun).date())
        words = ActionWords(
            recommended=area.recommended, measure=area.measure, source=SOURCE, due_on=due_on
        )
        new = NewAuditAction(words=words, owner_id=actors[area.owner].id)
        action = add_action(session, actors["fcr"], new, now=begun)
        for told in area.told:
            move_action(
                session, actors[told.by or area.owner], action.id, told.move, told.said,
                now=now - timedelta(days=told.ago),
            )  # fmt: skip
