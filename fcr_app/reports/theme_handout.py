"""A theme as a handout for a course: the rule, the errors, rulings, bulletins and examples."""

from datetime import datetime

from flask import current_app

from fcr_app.domain.spoken_time import day
from fcr_app.reports.pdf import to_pdf
from fcr_app.reports.rules_coverage import covered_rule
from fcr_app.services.themes import ThemeView


def handout_pdf(view: ThemeView, *, printed_at: datetime) -> bytes:
    """Return the handout as a PDF."""
    # Not ``render_template``: a document stands alone, without what every page is given.
    template = current_app.jinja_env.get_template("reports/theme_handout.html")
    covered = covered_rule(view.theme.rule) if view.theme.rule else None
    return to_pdf(
        template.render(view=view, theme=view.theme, covered=covered, printed_on=day(printed_at))
    )
