"""Pages: parse the input, call one service, render or redirect. No query and no rule lives here."""

from flask import Flask
from govuk_frontend_wtf.main import WTFormsHelpers

from fcr_app.web import (
    access,
    account,
    api_docs,
    authority,
    bank_holidays,
    booking,
    browser,
    bulletins,
    cases,
    claims,
    crime_additions,
    crimes,
    deputies,
    diary,
    diary_daily,
    diary_feed,
    effect,
    equality,
    equality_figures,
    equality_report,
    error_pages,
    feedback,
    feedback_giving,
    force,
    health,
    help,  # noqa: A004 - the page of that name
    import_columns,
    imports,
    incident_changes,
    incidents,
    kept,
    late_records,
    learning,
    letters,
    logs,
    my_learning,
    navigation,
    notices,
    people,
    policy,
    requests,
    reviews,
    rulings,
    search,
    security,
    sign_in,
    start,
    static_files,
    team,
    template_filters,
    themes,
    tokens,
    units,
    worklist,
)


def register(app: Flask) -> None:
    """Bind every page, the access check and the error pages to the application."""
    WTFormsHelpers(app)
    # In this order: each of the first three asks something before every request.
    for part in (browser, navigation, access, kept):
        part.register(app)
    for part in (error_pages, security, static_files, template_filters):
        part.register(app)
    # One line each, in alphabetical order.
    app.register_blueprint(account.bp)
    app.register_blueprint(api_docs.bp)
    app.register_blueprint(authority.bp)
    app.register_blueprint(bank_holidays.bp)
    app.register_blueprint(booking.bp)
    app.register_blueprint(bulletins.bp)
    app.register_blueprint(cases.bp)
    app.register_blueprint(claims.bp)
    app.register_blueprint(crime_additions.bp)
    app.register_blueprint(crimes.bp)
    app.register_blueprint(deputies.bp)
    app.register_blueprint(diary.bp)
    app.register_blueprint(diary_daily.bp)
    app.register_blueprint(diary_feed.bp)
    app.register_blueprint(equality.bp)
    app.register_blueprint(effect.bp)
    app.register_blueprint(equality_figures.bp)
    app.register_blueprint(equality_report.bp)
    app.register_blueprint(feedback.bp)
    app.register_blueprint(feedback_giving.bp)
    app.register_blueprint(force.bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(help.bp)
    app.register_blueprint(import_columns.bp)
    app.register_blueprint(imports.bp)
    app.register_blueprint(late_records.bp)
    app.register_blueprint(learning.bp)
    app.register_blueprint(incident_changes.bp)
    app.register_blueprint(incidents.bp)
    app.register_blueprint(letters.bp)
    app.register_blueprint(logs.bp)
    app.register_blueprint(my_learning.bp)
    app.register_blueprint(notices.bp)
    app.register_blueprint(people.bp)
    app.register_blueprint(policy.bp)
    app.register_blueprint(requests.bp)
    app.register_blueprint(rulings.bp)
    app.register_blueprint(reviews.bp)
    app.register_blueprint(search.bp)
    app.register_blueprint(sign_in.bp)
    app.register_blueprint(start.bp)
    app.register_blueprint(team.bp)
    app.register_blueprint(themes.bp)
    app.register_blueprint(tokens.bp)
    app.register_blueprint(units.bp)
    app.register_blueprint(worklist.bp)
