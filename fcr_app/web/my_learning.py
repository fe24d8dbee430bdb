"""One's own feedback, learning plans and notes of talks."""

from flask import Blueprint

from fcr_app.domain.permissions import Permission
from fcr_app.web.access import current_actor, requires
from fcr_app.web.team import page_about

bp = Blueprint("my_learning", __name__, url_prefix="/my-learning")


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def show() -> str:
    """Show a person their own page."""
    return page_about(current_actor().id)
