"""A person's own account: who they are here, their password, who covers for them."""

from flask import Blueprint, render_template

from fcr_app.web.access import signed_in

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@signed_in
def show() -> str:
    """Show the person what the service knows about them."""
    return render_template("account/show.html")


@bp.get("/password")
@signed_in
def password() -> str:
    """Ask for a new password."""
    return render_template("account/show.html")
