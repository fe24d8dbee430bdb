"""The parts of the force, as a tree that an administrator keeps."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services import units as service
from fcr_app.services.crime_choices import units as units_in_use
from fcr_app.services.transaction import transaction
from fcr_app.services.units import UnitRow
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("units", __name__, url_prefix="/units")

Page = str | Response | tuple[str, int]
WIDE = {"params": {"classes": "govuk-!-width-two-thirds"}}


class UnitForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A unit's name and where it belongs."""

    name = StringField("Name of the unit", widget=GovTextInput(), render_kw=WIDE)
    parent_id = SelectField("Part of", widget=GovSelect(), coerce=int, render_kw=WIDE)

    def offer_parents(self) -> None:
        """Fill the list of units it may be part of."""
        with transaction() as session:
            units = [(unit.id, unit.label) for unit in units_in_use(session)]
        self.parent_id.choices = choices([(0, "The force itself"), *units])


@bp.get("")
@requires(Permission.MANAGE_REFERENCE)
def index() -> str:
    """Show the tree."""
    return render_template("units/index.html", units=_tree())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFERENCE)
def new() -> Page:
    """Add a unit."""
    page = {"heading": "Add a unit", "button": "Add unit", "back": url_for(".index")}
    if request.method == "GET":
        form = opened(UnitForm, parent_id=request.args.get("parent", 0, type=int))
        form.offer_parents()
        return form_page(form, **page)
    form = UnitForm()
    form.offer_parents()
    if done(
        form,
        lambda session: service.add_unit(
            session,
            current_actor(),
            form.name.data or "",
            form.parent_id.data or None,
            now=clock.now(),
        ),
    ):
        flash("The unit was added.", "success")
        return see_other(url_for(".index"))
    return form_page(form, **page), BAD_INPUT


@bp.route("/<int:unit_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFERENCE)
def edit(unit_id: int) -> Page:
    """Rename a unit, or move it with all its parts."""
    with transaction() as session:
        unit = service.get_unit(session, unit_id)
        was = {"name": unit.name, "parent_id": unit.parent_id or 0}
    page = {
        "heading": "Rename or move a unit",
        "caption": was["name"],
        "note": "Its parts and its people move with it. Supervisors see the work of their own "
        "unit and of its parts.",
        "button": "Save",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        form = opened(UnitForm, **was)
        form.offer_parents()
        return form_page(form, **page)
    form = UnitForm()
    form.offer_parents()
    if done(
        form,
        lambda session: service.change_unit(
            session,
            current_actor(),
            unit_id,
            form.name.data or "",
            form.parent_id.data or None,
            now=clock.now(),
        ),
    ):
        flash("The unit was saved.", "success")
        return see_other(url_for(".index"))
    return form_page(form, **page), BAD_INPUT


def _tree() -> list[UnitRow]:
    with transaction() as session:
        return service.unit_tree(session)
