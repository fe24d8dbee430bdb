"""Pages: parse the input, call one service, render or redirect. No query and no rule lives here."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every page, the access check and the error pages to the application."""
