"""The register of the FCR's rulings: the list, one ruling, making and applying one."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.rulings import Topic
from fcr_app.services.ruling_list import Sought, read_sought, register
from fcr_app.services.ruling_view import RulingView, ruling_view
from fcr_app.services.rulings import find_target, link_ruling, make_ruling, number_of
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.ruling_forms import LinkForm, RulingForm

bp = Blueprint("rulings", __name__, url_prefix="/rulings")

Page = str | Response | tuple[str, int]
NAMES = {"offence_class": "class"}


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show the register, narrowed by what is in the address."""
    sought = read_sought(request.args)
    with transaction() as session:
        found = register(
            session,
            sought,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    kept: dict[str, Any] = {NAMES.get(name, name): value for name, value in sought}
    page = found.page
    return render_template(
        "rulings/index.html",
        sought=sought,
        rows=page.rows,
        matching=found.matching,
        topics=list(Topic),
        chosen=_chosen(sought, kept),
        further=bool(request.args.get("after") or request.args.get("before")),
        first=url_for(".index", **kept),
        before=url_for(".index", before=page.before, **kept) if page.before else "",
        after=url_for(".index", after=page.after, **kept) if page.after else "",
    )


def _chosen(sought: Sought, kept: dict[str, Any]) -> list[dict[str, str]]:
    """Return each filter that is set, with the address of the list without it."""
    said = {"words": "Words", "class": "Class", "rule": "Rule", "year": "Year", "topic": "About"}
    shown = {**kept, "topic": Topic(sought.topic).label if sought.topic else ""}
    return [
        {
            "text": f"{said[name]}: {shown[name]}",
            "href": url_for(".index", **{other: kept[other] for other in kept if other != name}),
        }
        for name in kept
    ]


@bp.get("/<int:year>/<int:serial>")
@requires(Permission.WORK_ON_CASES)
def show(year: int, serial: int) -> str:
    """Show one ruling, and what it was applied to as far as the person may see it."""
    return render_template("rulings/show.html", ruling=_view(year, serial))


@bp.get("/new")
@requires(Permission.MAKE_RULINGS)
def new() -> str:
    """Ask for a ruling."""
    return form_page(opened(RulingForm), **_new_page())


@bp.post("/new")
@requires(Permission.MAKE_RULINGS)
def make() -> Page:
    """Make a ruling, and link it where a number was given."""
    return _make(RulingForm(), _new_page(), supersedes=None)


@bp.get("/<int:year>/<int:serial>/supersede")
@requires(Permission.MAKE_RULINGS)
def supersede(year: int, serial: int) -> str:
    """Ask for a ruling that takes the place of an earlier one."""
    earlier = _view(year, serial)
    form = opened(
        RulingForm,
        question=earlier.question,
        topic=earlier.topic.value,
        offence_class=earlier.offence_class,
        facts=earlier.facts,
        rules=", ".join(earlier.rules),
    )
    return form_page(form, **_supersede_page(earlier))


@bp.post("/<int:year>/<int:serial>/supersede")
@requires(Permission.MAKE_RULINGS)
def make_instead(year: int, serial: int) -> Page:
    """Make a ruling that takes the place of an earlier one."""
    earlier = _view(year, serial)
    return _make(RulingForm(), _supersede_page(earlier), supersedes=earlier)


@bp.get("/<int:year>/<int:serial>/link")
@requires(Permission.MAKE_RULINGS)
def link(year: int, serial: int) -> str:
    """Ask what a ruling is applied to."""
    return form_page(opened(LinkForm), **_link_page(_view(year, serial)))


@bp.post("/<int:year>/<int:serial>/link")
@requires(Permission.MAKE_RULINGS)
def apply(year: int, serial: int) -> Page:
    """Apply a ruling to a crime, a report or a case."""
    ruling, form = _view(year, serial), LinkForm()

    def link_it(session: Session) -> None:
        actor, typed = current_actor(), form.number.data or ""
        target = find_target(session, actor, typed)
        link_ruling(session, actor, ruling.id, target, now=clock.now())

    if not done(form, link_it):
        return form_page(form, **_link_page(ruling)), BAD_INPUT
    flash(f"{ruling.number} is linked.", "success")
    return see_other(url_for(".show", year=year, serial=serial))


def _view(year: int, serial: int) -> RulingView:
    with transaction() as session:
        return ruling_view(session, current_actor(), year, serial, now=clock.now())


def _make(form: RulingForm, page: dict[str, Any], *, supersedes: RulingView | None) -> Page:
    made: list[tuple[int, int, str]] = []

    def make_it(session: Session) -> None:
        actor, now = current_actor(), clock.now()
        new = form.ruling_given(supersedes.id if supersedes else None)
        ruling = make_ruling(session, actor, new, now=now)
        if typed := (form.number.data or "").strip():
            target = find_target(session, actor, typed)
            link_ruling(session, actor, ruling.id, target, now=now)
        made.append((ruling.year, ruling.serial, number_of(ruling)))

    if not done(form, make_it):
        return form_page(form, **page), BAD_INPUT
    year, serial, number = made[0]
    flash(f"{number} is in the register.", "success")
    return see_other(url_for(".show", year=year, serial=serial))


def _new_page() -> dict[str, Any]:
    return {
        "heading": "Make a ruling",
        "button": "Make the ruling",
        "back": url_for(".index"),
        "note": "Everybody who works on cases can read it: name nobody in it.",
        "warning": "A ruling is never edited. A later one can supersede it.",
    }


def _supersede_page(earlier: RulingView) -> dict[str, Any]:
    return {
        **_new_page(),
        "heading": f"Make a ruling in place of {earlier.number}",
        "caption": earlier.question,
        "back": url_for(".show", year=earlier.year, serial=earlier.serial),
    }


def _link_page(ruling: RulingView) -> dict[str, Any]:
    return {
        "heading": f"Link {ruling.number}",
        "caption": ruling.question,
        "button": "Link the ruling",
        "back": url_for(".show", year=ruling.year, serial=ruling.serial),
        "note": "Whoever may see what it is linked to sees the ruling there.",
    }
