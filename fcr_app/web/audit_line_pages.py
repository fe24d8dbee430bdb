"""What the pages about one audit of the plan do alike."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.errors import InvalidValue, SomeoneElseChangedIt
from fcr_app.services.audits.line_view import LineView, line_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor
from fcr_app.web.forms import done


def done_unchanged(form: Any, act: Callable[..., object]) -> bool:
    """Do what a form asks, if nobody changed the audit since; the words stay where somebody did."""

    def seen(session: Session) -> None:
        try:
            act(session, now=clock.now(), version=request.form.get("version", type=int))
        except SomeoneElseChangedIt as overtaken:
            raise InvalidValue(str(overtaken)) from overtaken

    return done(form, seen)


def line_view(line_id: int) -> LineView:
    """Return one audit of a plan, as the signed-in person may see it."""
    with transaction() as session:
        return line_page(session, current_actor(), line_id, now=clock.now())


def line_heading(view: LineView, heading: str, button: str) -> dict[str, Any]:
    """Return what a page with one form about an audit says round it."""
    return {
        "heading": heading,
        "caption": f"{view.row.code} {view.row.title}",
        "button": button,
        "back": url_for("audit_lines.show", line_id=view.line.id),
    }
