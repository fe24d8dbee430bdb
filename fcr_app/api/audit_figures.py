"""The figures of an audit, and what a year recorded."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.audit_figures import (
    AuditFiguresAnswer,
    AuditFiguresAsked,
    YearRecordedGiven,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import version_read
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.figures_page import figures_page
from fcr_app.services.audits.second import require_nothing_blind_left
from fcr_app.services.audits.stated_year import state_year
from fcr_app.services.transaction import transaction

area = Area("Audit figures", "What audits found: rates with their intervals, and their causes.")

ONE = "/audits/runs/<id:audit_id>/figures"


@area.reads(
    ONE,
    needs=Permission.SEE_AUDITS,
    asks=AuditFiguresAsked,
    gives=AuditFiguresAnswer,
    versioned=True,
)
def show(asked: dict[str, Any], audit_id: int) -> Response:
    """Read the figures of an audit as they stand, with the intervals that are asked for."""
    with transaction() as session:
        require_nothing_blind_left(session, current_actor().id, audit_id)
        found = figures_page(session, audit_id, asked["interval"])
    return reply(AuditFiguresAnswer, found, version=found.version)


@area.writes(
    f"{ONE}/year",
    method="PUT",
    needs=Permission.RUN_AUDITS,
    takes=YearRecordedGiven,
    gives=DoneAnswer,
    versioned=True,
    overwrites=True,
)
def state(given: RecordedAYear, audit_id: int) -> Response:
    """State what was recorded in the twelve months to the end of an audit's period."""
    version = version_read()
    with transaction() as session:
        run = state_year(
            session, current_actor(), audit_id, given, now=clock.now(), version=version
        )
        return reply(DoneAnswer, {"done": True}, version=run.version)
