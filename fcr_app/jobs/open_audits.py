"""Opens the audits of the plan that are due, each in a transaction of its own."""

import logging
from datetime import datetime

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.errors import AlreadyDone, FcrError
from fcr_app.services.audits.due import DueLine, lines_due
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.preparing import prepare_run
from fcr_app.services.audits.waiting import tell_it_waits, waits_for
from fcr_app.services.transaction import snapshot, transaction

log = logging.getLogger(__name__)

OPENED, LATE, WAITS, THERE, FAILED = "opened", "late", "waits", "there", "failed"


def open_audits(now: datetime) -> str:
    """Open each line of the plan for each period that is due and was not opened, however late.

    One that can't be opened holds none of the others up.
    """
    with snapshot() as session:
        due = lines_due(session, to_london(now).date())
    counts = dict.fromkeys((OPENED, LATE, WAITS, THERE, FAILED), 0)
    for one in due:
        counts[_open_safely(one, now)] += 1
    opened = counts[OPENED] + counts[LATE]
    said = f"Audits opened: {opened:,}, late: {counts[LATE]:,}, waiting: {counts[WAITS]:,}."
    return f"{said} Could not be opened: {counts[FAILED]:,}." if counts[FAILED] else said


def _open_safely(due: DueLine, now: datetime) -> str:
    try:
        return _open(due, now)
    except AlreadyDone:
        return THERE
    except FcrError as error:
        log.warning("The audit %s could not be opened: %s", due.line_key, error)
    except Exception:  # the edge: one audit that fails must not keep the others from being drawn
        log.exception("The audit %s failed to open.", due.line_key)
    return FAILED


def _open(due: DueLine, now: datetime) -> str:
    prepared = None
    with snapshot() as session:
        why = waits_for(session, due)
        if not why:
            # Reading a large frame takes seconds, in which others save.
            prepared = prepare_run(session, due.line_id, due.due_on, now=now)
    with transaction() as session:
        if why:
            tell_it_waits(session, due, why, now=now)
            return WAITS
        run = open_run(session, SYSTEM_ACTOR, due.line_id, due.due_on, now=now, prepared=prepared)
        return LATE if run.late_days else OPENED
