"""The person at the command line: how they are named in the logs, how they are told of errors."""

import getpass
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError

P = ParamSpec("P")
T = TypeVar("T")


def operator() -> Actor:
    """Return whoever runs the command: nobody on the staff list, so logged by account name."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        account = "unknown"
    return replace(SYSTEM_ACTOR, name="An operator", address=f"command {account}"[:45])


def plain_errors(command: Callable[P, T]) -> Callable[P, T]:
    """Make a command end with the error's own sentence instead of a traceback."""

    @wraps(command)
    def told_plainly(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except FcrError as error:
            raise click.ClickException(str(error)) from error

    return told_plainly
