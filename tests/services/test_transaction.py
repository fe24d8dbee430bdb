"""Saving, and looking for a long time, beside other people who save."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.errors import NotFound
from fcr_app.models import AccessEntry, Unit
from fcr_app.services.log import Record, record_view
from fcr_app.services.transaction import snapshot, transaction
from tests.builders import NOW, a_unit


def save_a_unit_elsewhere(app: Flask) -> None:
    """Save something in another process's place: a thread has a session of its own."""

    def save() -> None:
        with app.app_context(), transaction() as session:
            a_unit(session)

    thread = Thread(target=save)
    thread.start()
    thread.join()


def test_a_look_is_logged_though_somebody_saved_while_the_page_was_read(app: Flask) -> None:
    with app.test_request_context("/", method="GET"), transaction() as session:
        session.scalars(select(Unit)).all()
        save_a_unit_elsewhere(app)
        record_view(session, SYSTEM_ACTOR, "case:read", Record.CASE, 1, now=NOW)

    with app.app_context(), transaction() as session:
        assert session.scalars(select(AccessEntry.what)).all() == ["case:read"]


def look_and_fail() -> None:
    """Look at a case, and find that the rest of the page can't be had."""
    with transaction() as session:
        session.scalars(select(Unit)).all()
        record_view(session, SYSTEM_ACTOR, "case:read", Record.CASE, 1, now=NOW)
        raise NotFound("There is no such case.")


def test_a_look_that_fails_is_not_logged_by_the_next_one(app: Flask) -> None:
    with app.test_request_context("/", method="GET"):
        with pytest.raises(NotFound):
            look_and_fail()
        with transaction() as session:
            assert session.scalars(select(AccessEntry)).all() == []


def test_a_snapshot_does_not_change_while_it_is_looked_at_and_holds_nobody_up(
    app: Flask, session: Session
) -> None:
    with snapshot() as seen:
        before = len(seen.scalars(select(Unit)).all())
        save_a_unit_elsewhere(app)
        assert len(seen.scalars(select(Unit)).all()) == before

    assert len(session.scalars(select(Unit)).all()) == before + 1
