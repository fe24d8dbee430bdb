"""Work that the clock starts. Each job opens a transaction and calls a service."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the scheduler's command to the application."""
