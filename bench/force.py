"""The loaded force that everything is measured on, and the people who work in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from time import perf_counter

import click
from flask import Flask
from sqlalchemy import select

from bench.figures import Figure, rate
from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.extensions import db
from fcr_app.models import Case, Person
from fcr_app.services import history
from fcr_app.services.actors import load_actor
from fcr_app.services.demo_load import Plan, load
from fcr_app.services.demo_load_people import email_of
from fcr_app.services.transaction import transaction
from tests.databases import application

SEED = 1


@contextmanager
def application_on(url: str) -> Iterator[Flask]:
    """Give the application, with a context, on a database."""
    app = application(url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def measure_load(crimes: int, open_cases: int) -> Iterator[Figure]:
    """Load the force."""
    now = clock.now()
    plan = Plan(crimes=crimes, open_cases=open_cases, seed=SEED, on=to_london(now).date())
    began, rows = perf_counter(), 0
    with transaction() as session:
        for come in load(session, SYSTEM_ACTOR, plan, now=now):
            rows = come.rows
    took = perf_counter() - began
    yield Figure(what=f"Loading {rows:,} rows", value=f"{took:.0f} s, {rate(rows, took)}")


def measure_verify() -> Iterator[Figure]:
    """Walk all histories."""
    began = perf_counter()
    with transaction() as session:
        walked = list(history.verify(session))[-1]
    took = perf_counter() - began
    if walked.broken:
        raise click.ClickException(walked.broken)
    yield Figure(
        what=f"`fcr history verify`, {walked.rows:,} steps of {walked.cases:,} cases",
        value=rate(walked.rows, took),
    )


def somebody(role: Role, number: int = 1) -> Actor:
    """Return a person of the loaded force as somebody who acts."""
    now = clock.now()
    with transaction() as session:
        person_id = session.scalars(
            select(Person.id).where(Person.email == email_of(role, number))
        ).one()
        return load_actor(session, person_id, today=to_london(now).date(), address="bench")


def waiting_for_a_ddm(count: int) -> Sequence[str]:
    """Return references of cases that any DDM may decide, in no particular order."""
    with transaction() as session:
        found = session.scalars(
            select(Case.reference)
            .where(Case.state == "submitted", Case.needs == "ddm", Case.claimed_by_id.is_(None))
            .order_by(Case.id)
        ).all()
    if len(found) < count:
        raise click.ClickException(
            f"Only {len(found):,} cases wait for a DDM and {count:,} are to be decided. "
            "Ask for more --open-cases or fewer --steps."
        )
    return Random(SEED).sample(found, count)  # noqa: S311 - the same cases every time
