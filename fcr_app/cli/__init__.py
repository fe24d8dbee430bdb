"""Commands for operators, ``flask --app wsgi fcr ...``: open a transaction, call a service."""

from flask import Flask
from flask.cli import AppGroup

from fcr_app.cli.demo import demo
from fcr_app.cli.docs import docs
from fcr_app.cli.equality import equality
from fcr_app.cli.history import history
from fcr_app.cli.imports import crimes, incidents
from fcr_app.cli.mail import mail
from fcr_app.cli.offences import offences
from fcr_app.cli.rules import rules
from fcr_app.cli.setup import setup

fcr = AppGroup("fcr", help="Run and look after FCR Casework.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    fcr.add_command(crimes)
    fcr.add_command(demo)
    fcr.add_command(docs)
    fcr.add_command(equality)
    fcr.add_command(history)
    fcr.add_command(incidents)
    fcr.add_command(mail)
    fcr.add_command(offences)
    fcr.add_command(rules)
    fcr.add_command(setup)
    app.cli.add_command(fcr)
