"""Styles, scripts and icons: served with long caching, at an address that changes with them."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for
from whitenoise import WhiteNoise

#: Addresses carry the content's hash, so a year would do; icons named in the stylesheet do not.
KEPT_FOR_SECONDS = 24 * 60 * 60

_ROOT = Path(__file__).parent.parent / "static"


@lru_cache
def _fingerprint(name: str) -> str:
    path = _ROOT / name
    return sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else "missing"


def asset(name: str) -> str:
    """Return the address of a static file, different whenever its content is."""
    return url_for("static", filename=name, v=_fingerprint(name))


def register(app: Flask) -> None:
    """Serve the static folder before the application is asked."""
    app.add_template_global(asset)
    served = WhiteNoise(app.wsgi_app, root=_ROOT, prefix="static/", max_age=KEPT_FOR_SECONDS)
    app.wsgi_app = served  # type: ignore[method-assign] # as WhiteNoise's documentation does
