"""The policies, as pages printed from the code that enforces them."""

from flask import Blueprint, render_template

from fcr_app.errors import NotFound
from fcr_app.reports.policy_page import policy_page
from fcr_app.web.access import signed_in
from fcr_app.workflows import WORKFLOWS

bp = Blueprint("policy", __name__)


@bp.get("/policy")
@signed_in
def index() -> str:
    """List the policies."""
    return render_template("policy/index.html", policies=WORKFLOWS)


@bp.get("/policy/<string:key>")
@signed_in
def show(key: str) -> str:
    """Show one policy: states, steps, who, rules with their source, deadlines."""
    for workflow in WORKFLOWS:
        if workflow.key == key:
            return render_template("policy/show.html", policy=policy_page(workflow))
    raise NotFound("There is no such policy.")
