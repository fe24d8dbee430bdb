"""Bulletins: reading one and saying so, writing, publishing, withdrawing one."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.bulletins import (
    BulletinAnswer,
    BulletinGiven,
    BulletinsAnswer,
    BulletinsAsked,
    PublicationGiven,
    ReceiptsAnswer,
    ReceiptsAsked,
    RemindedAnswer,
    WithdrawalGiven,
)
from fcr_app.api.versions import version_read
from fcr_app.domain.bulletins import Wording
from fcr_app.domain.permissions import Permission
from fcr_app.reports.rules_coverage import source_of
from fcr_app.services import bulletins as service
from fcr_app.services.bulletin_list import bulletin_list
from fcr_app.services.bulletin_receipts import receipts as read_receipts
from fcr_app.services.bulletin_telling import remind as remind_readers
from fcr_app.services.bulletin_view import bulletin_view, mark_read
from fcr_app.services.transaction import transaction

area = Area("Bulletins", "What the FCR reminds staff of, and who has read it.")

WORK, PUBLISH = Permission.WORK_ON_CASES, Permission.PUBLISH_BULLETINS


@area.reads("/bulletins", needs=WORK, asks=BulletinsAsked, gives=BulletinsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one page of a list of bulletins: to read, in force, withdrawn, or drafts."""
    with transaction() as session:
        found = bulletin_list(
            session,
            current_actor(),
            asked["list"],
            now=clock.now(),
            after=asked["after"],
            before=asked["before"],
        )
    return reply(BulletinsAnswer, found)


@area.reads("/bulletins/<id:bulletin_id>", needs=WORK, gives=BulletinAnswer, versioned=True)
def show(bulletin_id: int) -> Response:
    """Read one bulletin."""
    return _bulletin(bulletin_id)


@area.writes("/bulletins/<id:bulletin_id>/receipt", needs=WORK, gives=BulletinAnswer)
def read(bulletin_id: int) -> Response:
    """Say that one has read a bulletin."""
    with transaction() as session:
        mark_read(session, current_actor(), bulletin_id, now=clock.now())
    return _bulletin(bulletin_id)


@area.writes(
    "/bulletins",
    needs=PUBLISH,
    takes=BulletinGiven,
    gives=BulletinAnswer,
    status=CREATED,
    versioned=True,
)
def write(given: Wording) -> Response:
    """Write a bulletin as a draft. Nobody is told before it is published."""
    with transaction() as session:
        made = service.write_bulletin(session, current_actor(), given, now=clock.now())
        bulletin_id = made.id
    return _bulletin(bulletin_id, CREATED)


@area.writes(
    "/bulletins/<id:bulletin_id>/draft",
    method="PUT",
    needs=PUBLISH,
    takes=BulletinGiven,
    gives=BulletinAnswer,
    versioned=True,
    overwrites=True,
)
def edit(given: Wording, bulletin_id: int) -> Response:
    """Change a draft, or write a correction of what is published."""
    version = version_read()
    with transaction() as session:
        service.change_draft(
            session, current_actor(), bulletin_id, given, now=clock.now(), version=version
        )
    return _bulletin(bulletin_id)


@area.writes(
    "/bulletins/<id:bulletin_id>/editions",
    needs=PUBLISH,
    takes=PublicationGiven,
    gives=BulletinAnswer,
    versioned=True,
)
def publish(given: dict[str, Any], bulletin_id: int) -> Response:
    """Publish what is written as the next edition, and tell whoever it is for."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        view = bulletin_view(session, actor, bulletin_id, now=now)
        source = "\n".join(source_of((view.correction or view.said).rule))
        service.publish(session, actor, bulletin_id, source=source, now=now, **given)
    return _bulletin(bulletin_id)


@area.writes(
    "/bulletins/<id:bulletin_id>/withdrawal",
    needs=PUBLISH,
    takes=WithdrawalGiven,
    gives=BulletinAnswer,
    versioned=True,
)
def withdraw(given: dict[str, Any], bulletin_id: int) -> Response:
    """Withdraw a bulletin, or give up a draft."""
    with transaction() as session:
        service.withdraw(session, current_actor(), bulletin_id, now=clock.now(), **given)
    return _bulletin(bulletin_id)


@area.reads(
    "/bulletins/<id:bulletin_id>/receipts",
    needs=PUBLISH,
    asks=ReceiptsAsked,
    gives=ReceiptsAnswer,
)
def receipts(asked: dict[str, Any], bulletin_id: int) -> Response:
    """Read how many have read a bulletin, by unit, and who has not."""
    with transaction() as session:
        found = read_receipts(
            session, current_actor(), bulletin_id, now=clock.now(), after=asked["after"]
        )
    return reply(ReceiptsAnswer, found)


@area.writes("/bulletins/<id:bulletin_id>/reminders", needs=PUBLISH, gives=RemindedAnswer)
def remind(bulletin_id: int) -> Response:
    """Remind those who have not read a bulletin, within the limit."""
    actor = current_actor()
    with transaction() as session:
        bulletin = service.to_change(session, actor, bulletin_id, None)
        count = remind_readers(session, actor, bulletin, now=clock.now())
    return reply(RemindedAnswer, {"count": count})


def _bulletin(bulletin_id: int, status: int = 200) -> Response:
    with transaction() as session:
        found = bulletin_view(session, current_actor(), bulletin_id, now=clock.now())
    place = f"{ROOT}/bulletins/{bulletin_id}" if status == CREATED else ""
    return reply(BulletinAnswer, found, status=status, version=found.version, place=place)
