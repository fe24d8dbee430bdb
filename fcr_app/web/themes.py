"""Themes: what is kept about one rule or one kind of error, for whoever teaches it."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from fcr_app import clock
from fcr_app.domain.handbook import FAMILIES, HANDBOOK
from fcr_app.domain.permissions import Permission
from fcr_app.domain.themes import Theme, theme_at
from fcr_app.reports.rules_coverage import covered_rule
from fcr_app.reports.theme_handout import handout_pdf
from fcr_app.services.teaching_examples import (
    Example,
    add_example,
    remove_example,
    said_in_feedback,
)
from fcr_app.services.themes import ThemeRow, ThemeView, theme_index, theme_view
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires, signed_in
from fcr_app.web.bulletin_forms import ExampleForm
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other

bp = Blueprint("themes", __name__, url_prefix="/themes")

LONGEST_WORDS = 80


@bp.get("")
@signed_in
def index() -> str:
    """List every rule and every kind of error, narrowed by words."""
    words = " ".join(request.args.get("words", "").split())[:LONGEST_WORDS]
    with transaction() as session:
        rows = theme_index(session, words, now=clock.now())
    by_family = [
        (family.name, [row for row in rows if _family(row) == family.letters])
        for family in FAMILIES
    ]
    return render_template(
        "themes/index.html",
        words=words,
        errors=[row for row in rows if row.theme.is_error],
        families=[(name, found) for name, found in by_family if found],
    )


def _family(row: ThemeRow) -> str:
    return "" if row.theme.is_error else HANDBOOK[row.theme.key].family


@bp.get("/<string:slug>")
@signed_in
def show(slug: str) -> str:
    """Show a theme: the rule, what enforces it, errors, rulings, bulletins, examples."""
    view = _view(slug)
    return render_template(
        "themes/show.html",
        view=view,
        theme=view.theme,
        covered=covered_rule(view.theme.rule) if view.theme.rule else None,
    )


@bp.get("/<string:slug>/handout")
@signed_in
def handout(slug: str) -> Response:
    """Give out a theme as a PDF for a course."""
    view = _view(slug)
    return Response(
        handout_pdf(view, printed_at=clock.now()),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="handout-{view.theme.slug}.pdf"'},
    )


@bp.route("/<string:slug>/examples/new", methods=["GET", "POST"])
@requires(Permission.PUBLISH_BULLETINS)
def add(slug: str) -> str | AnyResponse | tuple[str, int]:
    """Add an example for courses."""
    theme = theme_at(slug)
    if request.method == "GET":
        with transaction() as session:
            said = said_in_feedback(session, current_actor(), slug, now=clock.now())
        chosen = request.args.get("item", type=int)
        text = next((one.text for one in said if one.id == chosen), "")
        return _example_page(opened(ExampleForm, text=text), theme, said)
    form = ExampleForm()
    if not done(
        form,
        lambda session: add_example(
            session,
            current_actor(),
            slug,
            form.text.data or "",
            names_nobody=bool(form.names_nobody.data),
            now=clock.now(),
        ),
    ):
        return _example_page(form, theme), BAD_INPUT
    flash("The example is on the page.", "success")
    return see_other(url_for(".show", slug=theme.slug))


@bp.post("/<string:slug>/examples/<int:example_id>/remove")
@requires(Permission.PUBLISH_BULLETINS)
def remove(slug: str, example_id: int) -> AnyResponse:
    """Take an example off the page."""
    with transaction() as session:
        remove_example(session, current_actor(), slug, example_id, now=clock.now())
    flash("The example is removed.", "success")
    return see_other(url_for(".show", slug=slug))


def _example_page(form: ExampleForm, theme: Theme, said: Sequence[Example] = ()) -> str:
    return render_template(
        "themes/example.html", form=form, problems=problems_of(form), theme=theme, said=said
    )


def _view(slug: str) -> ThemeView:
    with transaction() as session:
        return theme_view(session, current_actor(), slug, now=clock.now())
