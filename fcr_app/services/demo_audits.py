"""The demonstration force's audits: a plan, audits in every state, actions and reports."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.services.demo_audit_actions import add_audit_actions
from fcr_app.services.demo_audit_reports import add_report_requests
from fcr_app.services.demo_audits_plan import add_plan
from fcr_app.services.demo_audits_reviews import add_reviews
from fcr_app.services.demo_audits_runs import add_runs


def add_audits(session: Session, actor: Actor, *, now: datetime) -> None:
    """Add audits to the demonstration force: its plan, runs, reviews, actions and reports.

    Args:
        actor: Who loads the demonstration.
    """
    del actor
    add_plan(session, now=now)
    add_runs(session, now=now)
    add_reviews(session, now=now)
    add_audit_actions(session, now=now)
    add_report_requests(session, now=now)
