"""What every response tells the browser to refuse: strangers' scripts, frames, caches."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

#: Two years, as browsers' preload lists ask.
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"

#: Says itself how long a calendar may keep it.
FEED = "diary_feed.read"

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers too old to know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def csp_nonce() -> str:
    """Return the one word that lets this response's own script run."""
    if "csp_nonce" not in g:
        g.csp_nonce = token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy() -> str:
    """Return what the page may load: nothing but our own files."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def csrf_field() -> Markup:
    """Return the hidden field that every form must carry."""
    field = '<input type="hidden" name="csrf_token" value="{}">'
    return Markup(field).format(generate_csrf())  # noqa: S704 - format() escapes the value


def add_headers(response: Response) -> Response:
    """Add the headers. Nothing but static files and a calendar’s own copy may be kept."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    says_itself = request.endpoint == FEED and "Cache-Control" in response.headers
    if request.endpoint != "static" and not says_itself:
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    return response


def register(app: Flask) -> None:
    """Add the headers to every response, and believe as many proxies as the operator says."""
    app.after_request(add_headers)
    app.add_template_global(csrf_field)
    app.add_template_global(csp_nonce)
    hops = int(app.config["FCR_PROXY_HOPS"])
    if hops:
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign] # as Flask's documentation does
