"""The force that the scenarios happen in."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.scenarios.world import World

MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(app: Flask, session: Session) -> MakeWorld:
    """Make a force, without some of its people if the scenario says so."""

    def make(*without: str) -> World:
        return World(app=app, session=session, without=frozenset(without))

    return make


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """Give a force with everybody."""
    return make_world()
