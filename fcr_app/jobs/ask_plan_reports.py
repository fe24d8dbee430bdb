"""Asks for the report on the audit plan of the month and the quarter that are over, once each."""

from datetime import datetime

from fcr_app.services.audits.report_schedule import ask_for_what_is_due
from fcr_app.services.transaction import transaction


def ask_plan_reports(now: datetime) -> str:
    """Ask for what is due and was not asked for; say for which periods."""
    with transaction() as session:
        asked = ask_for_what_is_due(session, now=now)
    if not asked:
        return "No report on the plan was due."
    return f"Asked for the report on the plan of {' and of '.join(asked)}."
