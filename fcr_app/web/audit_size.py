"""The size planner: what a precision takes, and what a number of records gives."""

from collections.abc import Callable
from math import isfinite

from flask import Blueprint, render_template, request

from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services.audits.size_planner import SizeAsked, SizePlan, plan_size
from fcr_app.web.access import requires
from fcr_app.web.audit_run_forms import SizeForm
from fcr_app.web.forms import BAD_INPUT, blame, problems_of

bp = Blueprint("audit_size", __name__, url_prefix="/audits/size")

#: What stands there before anybody typed.
BEGINS_WITH = {"rate": "90", "precision": "5", "yield_rate": "1", "effect": "1"}
LONGEST_NUMBER = 12


@bp.get("")
@requires(Permission.SEE_AUDITS)
def show() -> str | tuple[str, int]:
    """Show how many records a precision takes, and the other way round."""
    form = SizeForm(formdata=request.args or None, data=BEGINS_WITH)
    plan: SizePlan | None = None
    try:
        plan = plan_size(_asked(form))
    except (InvalidValue, InvalidValues) as error:
        blame(form, error)
    page = render_template("audits/size.html", form=form, plan=plan, problems=problems_of(form))
    return page if plan else (page, BAD_INPUT)


def _asked(form: SizeForm) -> SizeAsked:
    """Read what was typed.

    Raises:
        InvalidValues: Where it is no number.
    """
    problems: list[InvalidValue] = []

    def read(name: str, kind: Callable[[str], float]) -> float | None:
        typed = (form[name].data or BEGINS_WITH.get(name, "")).strip().replace(",", "")
        if not typed:
            return None
        try:
            number = kind(typed[:LONGEST_NUMBER])
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            problems.append(InvalidValue("Enter a number.", field=name))
        return number

    percent = {name: read(name, float) for name in ("rate", "precision")}
    others = {name: read(name, float) for name in ("yield_rate", "effect")}
    whole = {name: read(name, int) for name in ("population", "size")}
    if problems:
        raise InvalidValues(problems)
    return SizeAsked(
        population=None if whole["population"] is None else int(whole["population"]),
        size=None if whole["size"] is None else int(whole["size"]),
        rate=(percent["rate"] or 0) / 100,
        precision=(percent["precision"] or 0) / 100,
        yield_rate=others["yield_rate"] or 0,
        effect=others["effect"] or 0,
    )
