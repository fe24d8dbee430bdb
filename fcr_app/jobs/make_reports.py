"""Makes the reports that were asked for, so that no page waits for one."""

from datetime import datetime

from fcr_app.reports.audits.makers import MAKERS
from fcr_app.reports.audits.making import make_waiting


def make_reports(_now: datetime) -> str:
    """Make what waits; say how many, and what could not be made."""
    return str(make_waiting(MAKERS))
