"""Does feedback work? The same error before and after it, with its interval and caveats."""

from flask import Blueprint, Response, render_template, request

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.reports.repeat_errors_chart import repeat_errors_chart
from fcr_app.reports.repeat_errors_words import effect_csv, ratio_words, verdict
from fcr_app.services.repeat_errors import Effect, effect_of_feedback
from fcr_app.services.transaction import snapshot
from fcr_app.web.access import requires

bp = Blueprint("effect", __name__, url_prefix="/feedback-effect")


@bp.get("")
@requires(Permission.SEE_EFFECT)
def show() -> str:
    """Show whether the same error is seen less often after feedback."""
    effect = _effect()
    charts = {
        key: repeat_errors_chart(lines, key, title)
        for key, lines, title in (
            ("error", effect.by_error, "Times as often after feedback, by kind of error"),
            ("unit", effect.by_unit, "Times as often after feedback, by unit"),
        )
    }
    return render_template(
        "effect/show.html",
        effect=effect,
        charts=charts,
        verdict=verdict(effect.total),
        ratio_words=ratio_words,
    )


@bp.get("/figures.csv")
@requires(Permission.SEE_EFFECT)
def export() -> Response:
    """Give the figures as a file."""
    answer = Response("".join(effect_csv(_effect())), mimetype="text/csv")
    name = f"feedback-effect-{clock.now():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _effect() -> Effect:
    days = request.args.get("days", type=int)
    with snapshot() as session:
        return effect_of_feedback(session, days=days, now=clock.now())
