"""Commands for operators, ``flask --app wsgi fcr ...``: open a transaction, call a service."""

from flask import Flask
from flask.cli import AppGroup

from fcr_app.cli.demo import demo
from fcr_app.cli.offences import offences

fcr = AppGroup("fcr", help="Run and look after FCR Casework.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    fcr.add_command(demo)
    fcr.add_command(offences)
    app.cli.add_command(fcr)
