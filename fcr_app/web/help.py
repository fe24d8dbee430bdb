"""Help, accessibility and privacy: open to everybody, signed in or not."""

from flask import Blueprint, render_template

from fcr_app.domain.glossary import GLOSSARY
from fcr_app.services.housekeeping import WORDS_KEPT
from fcr_app.web.access import public

bp = Blueprint("help", __name__)


@bp.get("/help")
@public
def show() -> str:
    """Say who can help with what."""
    return render_template("help/show.html")


@bp.get("/help/glossary")
@public
def glossary() -> str:
    """Say what the words of crime recording mean."""
    return render_template("help/glossary.html", terms=GLOSSARY)


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """Say how far everybody can use the service."""
    return render_template("help/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    """Say what the service keeps about the people who use it."""
    return render_template("help/privacy.html", words_kept=WORDS_KEPT)
