"""The address of the service itself: leads everybody to the first task they may do."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from fcr_app.web.access import signed_in
from fcr_app.web.navigation import home

bp = Blueprint("start", __name__)


@bp.get("/")
@signed_in
def show() -> Response:
    """Lead to the person's first task."""
    return redirect(home())
