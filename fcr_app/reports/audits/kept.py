"""Kept reports as they are shown again: in a page of the service, or as a page of their own."""

from flask import current_app
from markupsafe import Markup


def as_kept(html: str) -> Markup:
    """Return the stored text of a report for a page."""
    return Markup(html)  # noqa: S704 - our own templates made it, which escape every word


def as_page(title: str, html: str) -> str:
    """Return the stored text of a report as a page that stands alone, as somebody takes it away."""
    # Not ``render_template``: it stands alone, without what every page is given.
    template = current_app.jinja_env.get_template("reports/kept_report.html")
    return template.render(title=title, body=as_kept(html))
