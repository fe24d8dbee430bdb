"""The FCR's review of recording decisions: the queue, and the way from one case to the next."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.reviews import Asked, Kind, Queue, Stage, neighbour, read_asked, review_queue
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires

bp = Blueprint("reviews", __name__, url_prefix="/reviews")


@bp.get("")
@requires(Permission.REVIEW_RECORDING)
def index() -> str:
    """Show one page of the queue."""
    with transaction() as session:
        queue = review_queue(session, current_actor(), read_asked(request.args))
    asked = queue.asked
    return render_template(
        "reviews/index.html",
        queue=queue,
        rows=queue.page.rows,
        now=clock.now(),
        stages=[_stage(queue, stage) for stage in Stage],
        kinds=[_kind(queue, kind) for kind in (None, *Kind)],
        before=_address(asked, before=queue.page.before) if queue.page.before else "",
        after=_address(asked, after=queue.page.after) if queue.page.after else "",
    )


@bp.get("/<string:reference>/next")
@requires(Permission.REVIEW_RECORDING)
def following(reference: str) -> Response:
    """Lead to the next case that waits for review."""
    return _beside(reference, backwards=False)


@bp.get("/<string:reference>/previous")
@requires(Permission.REVIEW_RECORDING)
def previous(reference: str) -> Response:
    """Lead to the case before that waits for review."""
    return _beside(reference, backwards=True)


def _beside(reference: str, *, backwards: bool) -> Response:
    with transaction() as session:
        found = neighbour(session, current_actor(), reference, backwards=backwards)
    if found is None:
        flash("There is none before that." if backwards else "That was the last one.", "info")
        return redirect(url_for(".index"))
    return redirect(url_for("cases.show", reference=found))


def _address(asked: Asked, **change: str) -> str:
    kind = asked.kind.value if asked.kind else ""
    said: dict[str, Any] = {"stage": asked.stage.value, "kind": kind, **change}
    return url_for(".index", **{name: value for name, value in said.items() if value})


def _stage(queue: Queue, stage: Stage) -> dict[str, object]:
    return {
        "text": stage.label,
        "href": _address(queue.asked, stage=stage.value),
        "active": stage is queue.asked.stage,
        "count": queue.by_stage[stage],
    }


def _kind(queue: Queue, kind: Kind | None) -> dict[str, object]:
    return {
        "text": kind.label if kind else "All",
        "href": _address(queue.asked, kind=kind.value if kind else ""),
        "active": kind is queue.asked.kind,
        "count": queue.by_kind[kind],
    }
