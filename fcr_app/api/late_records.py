"""Crimes that were recorded after their limit: the FCR looks at every one (REC-11)."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.late_records import (
    LateRecordAnswer,
    LateRecordsAnswer,
    LateRecordsAsked,
    ReviewGiven,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services import late_records as service
from fcr_app.services.transaction import transaction

area = Area("Late records", "Crimes that were recorded after their limit, for the FCR.")

REVIEW = Permission.REVIEW_RECORDING


@area.reads("/late-records", needs=REVIEW, asks=LateRecordsAsked, gives=LateRecordsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one page of late records: what waits, the oldest first, or what was looked at."""
    with transaction() as session:
        found = service.late_list(
            session,
            current_actor(),
            asked["listed"],
            after=asked["after"],
            before=asked["before"],
        )
    return reply(LateRecordsAnswer, found)


@area.reads("/late-records/<id:late_id>", needs=REVIEW, gives=LateRecordAnswer)
def show(late_id: int) -> Response:
    """Read one late record."""
    return _late(late_id)


@area.writes(
    "/late-records/<id:late_id>/review", needs=REVIEW, takes=ReviewGiven, gives=LateRecordAnswer
)
def review(given: dict[str, Any], late_id: int) -> Response:
    """Accept the reason for a late record, or not."""
    with transaction() as session:
        service.review(
            session,
            current_actor(),
            late_id,
            given["verdict"],
            given["remark"],
            now=clock.now(),
        )
    return _late(late_id)


def _late(late_id: int) -> Response:
    with transaction() as session:
        late = service.late_record(session, current_actor(), late_id, now=clock.now())
    return reply(LateRecordAnswer, late)
