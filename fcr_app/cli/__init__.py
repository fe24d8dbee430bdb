"""Commands for operators: ``flask --app wsgi fcr ...``. Each opens a transaction and calls a service."""

from flask import Flask
from flask.cli import AppGroup

fcr = AppGroup("fcr", help="Run and look after FCR Casework.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(fcr)
