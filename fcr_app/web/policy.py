"""The policies, as pages printed from the code that enforces them."""

from flask import Blueprint, render_template, request

from fcr_app.domain.citing import Handling
from fcr_app.domain.handbook import FAMILIES
from fcr_app.errors import NotFound
from fcr_app.reports.policy_page import policy_page
from fcr_app.reports.rules_coverage import counts, coverage, narrowed
from fcr_app.web.access import signed_in
from fcr_app.workflows import POLICIES

bp = Blueprint("policy", __name__)


@bp.get("/policy")
@signed_in
def index() -> str:
    """List the policies."""
    return render_template("policy/index.html", policies=POLICIES)


@bp.get("/policy/coverage")
@signed_in
def rules() -> str:
    """Set every rule of the handbook beside what the service does about it, and where."""
    letters = request.args.get("family", "")
    handling = next((h for h in Handling if h.value == request.args.get("handling")), None)
    return render_template(
        "policy/coverage.html",
        families=narrowed(coverage(), letters=letters, handling=handling),
        counts=counts(narrowed(coverage(), letters=letters)),
        choices=FAMILIES,
        letters=letters,
        handling=handling,
        filtered=request.args.keys() & {"family", "handling"},
    )


@bp.get("/policy/<string:key>")
@signed_in
def show(key: str) -> str:
    """Show one policy: states, steps, who, rules with their source, deadlines."""
    for workflow in POLICIES:
        if workflow.key == key:
            return render_template("policy/show.html", policy=policy_page(workflow))
    raise NotFound("There is no such policy.")
