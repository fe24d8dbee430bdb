"""The interface for programs: parse the request, call one service, answer in JSON.

A second way in beside the pages, to the same services: no query and no rule lives here.
"""

from flask import Flask

from fcr_app.api import (
    access,
    account,
    accounts,
    appointments,
    audit_actions,
    audit_figures,
    audit_findings,
    audit_plan,
    audit_reports,
    audit_reviews,
    audit_runs,
    authority,
    bulletins,
    cases,
    claims,
    crimes,
    effect,
    equality,
    equality_figures,
    equality_report,
    imports,
    incidents,
    late_records,
    learning,
    lists,
    me,
    messages,
    overview,
    papers,
    reference,
    reviews,
    rulings,
    settings,
    team,
    themes,
)
from fcr_app.api.specification import Interface

AREAS = (
    me.area,
    account.area,
    incidents.area,
    late_records.area,
    equality.area,
    equality_figures.area,
    equality_report.area,
    audit_plan.area,
    appointments.area,
    reviews.area,
    rulings.area,
    bulletins.area,
    themes.area,
    crimes.area,
    cases.area,
    papers.area,
    claims.area,
    lists.area,
    overview.area,
    messages.area,
    learning.area,
    team.area,
    effect.area,
    audit_reviews.area,
    audit_findings.area,
    audit_actions.area,
    audit_figures.area,
    audit_reports.area,
    audit_runs.area,
    reference.area,
    imports.area,
    accounts.area,
    authority.area,
    settings.area,
)


def register(app: Flask) -> None:
    """Bind every operation, the check of every request, and the specification."""
    interface = Interface(app)
    for area in AREAS:
        interface.register_blueprint(area)
    interface.serve()
    access.register(app)
