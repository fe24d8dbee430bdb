"""One crime: its page. Entering a crime and adding to it stand beside it."""

from flask import Blueprint, render_template

from fcr_app import clock
from fcr_app.domain.permissions import Permission, may
from fcr_app.services.crime_page import crime_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires

bp = Blueprint("crimes", __name__)


@bp.get("/crimes/<int:crime_id>")
@requires(Permission.WORK_ON_CASES)
def show(crime_id: int) -> str:
    """Show a crime, its people and victims, and the requests about it."""
    actor = current_actor()
    with transaction() as session:
        crime = crime_page(session, actor, crime_id, now=clock.now())
        return render_template(
            "crimes/show.html", crime=crime, may_enter=may(actor, Permission.ENTER_CRIMES)
        )
