"""Lists and searches: how long, how large, how many statements; page 1 and page 1,000."""

from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from bench.figures import Figure, percentiles
from bench.force import somebody
from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.extensions import db
from fcr_app.models import Case, Crime
from fcr_app.services.demo_force import DEMO_PASSWORD
from fcr_app.services.demo_load_people import email_of
from fcr_app.services.transaction import transaction
from fcr_app.services.worklist import read_asked, worklist
from tests.statements import statements

AIM = "6 statements, 80 kB, p95 150 ms (SQLite), 100 ms (PostgreSQL)"
FAR_PAGE = 1000
WARM_UP, TIMES = 5, 100
OK = 200


@dataclass(frozen=True, kw_only=True)
class Look:
    """A page that somebody opens, or a name that somebody looks for.

    Attributes:
        asks: An address; or a name, which is no part of an address.
    """

    what: str
    role: Role
    asks: str

    def __call__(self, client: FlaskClient) -> TestResponse:
        """Ask for it, in a context of its own, as every request is: else it would share ours."""
        if self.asks.startswith("/"):
            return Context().run(client.get, self.asks)
        return Context().run(client.post, "/search", data={"q": self.asks})


def measure_pages(app: Flask) -> Iterator[Figure]:
    """Open each page many times, as the person it is for."""
    clients: dict[Role, FlaskClient] = {}
    for look in _looks():
        if look.role not in clients:
            clients[look.role] = signed_in(app, look.role)
        yield _measure(clients[look.role], look)


def signed_in(app: Flask, role: Role) -> FlaskClient:
    """Return a browser in which somebody of the loaded force has signed in."""
    client = app.test_client()
    said = {"email": email_of(role, 1), "password": DEMO_PASSWORD}
    answer = Context().run(client.post, "/sign-in", data=said)
    if answer.status_code not in (302, 303):
        raise RuntimeError(f"Signing in failed: {answer.status}")
    return client


def _measure(client: FlaskClient, look: Look) -> Figure:
    times, size, most = [], 0, 0
    for number in range(WARM_UP + TIMES):
        with statements(db.session()) as sent:
            began = perf_counter()
            answer = look(client)
            took = perf_counter() - began
        if answer.status_code != OK:
            raise RuntimeError(f"{look.asks}: {answer.status}")
        if number >= WARM_UP:
            times.append(took)
        size, most = max(size, len(answer.data)), max(most, len(sent))
    p50, p95 = percentiles(times)
    return Figure(
        what=look.what,
        value=f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {size / 1000:.0f} kB, {most} statements",
        aim=AIM,
    )


def _looks() -> Iterator[Look]:
    with transaction() as session:
        some = session.execute(
            select(Crime.crime_number, Crime.incident_reference, Case.reference)
            .join(Case, Case.crime_id == Crime.id)
            .order_by(Case.id.desc())
            .limit(1)
        ).one()
        rarest = session.scalars(
            select(Case.unit_id).group_by(Case.unit_id).order_by(func.count()).limit(1)
        ).one()
    far = _far()
    ddm, fcr, officer, boss = Role.DDM, Role.FCR, Role.OFFICER, Role.SUPERVISOR
    for what, role, asks in (
        ("Worklist of a DDM, page 1", ddm, "/work?tab=decide"),
        (f"Worklist of a DDM, page {FAR_PAGE:,}", ddm, f"/work?tab=decide&after={far}"),
        ("All open cases, oldest first", fcr, "/work?tab=all&sort=age"),
        ("Overdue, one unit, one code", fcr, f"/work?tab=overdue&unit={rarest}&code=C2"),
        ("Worklist of an officer", officer, "/work"),
        ("Worklist of a supervisor’s team", boss, "/work?tab=team"),
        ("Overview of the force, 12 months", fcr, "/overview?months=12"),
        ("Overview of a team, 12 months", boss, "/overview?months=12"),
        ("Overview of a DDM, 12 months", ddm, "/overview?months=12"),
        ("Search by crime number", fcr, f"/search?q={some.crime_number}"),
        ("Search by incident reference", fcr, f"/search?q={some.incident_reference}"),
        ("Search by case reference", fcr, f"/search?q={some.reference}"),
        ("Search by what thousands of numbers begin with", fcr, "/search?q=LD/000"),
        ("Search by a victim’s surname", fcr, "Victim-QX"),
        ("Search by what every victim’s surname begins with", fcr, "Victim"),
        ("The same by an officer", officer, "Victim"),
        ("Search by a colleague’s name", fcr, "Demo Officer 0007"),
    ):
        yield Look(what=what, role=role, asks=asks)


def _far() -> str:
    """Return where page 1,000 of a DDM's list begins, found by going there page by page."""
    actor, now, after = somebody(Role.DDM), clock.now(), ""
    with transaction() as session:
        for _ in range(FAR_PAGE - 1):
            asked = read_asked({"tab": "decide", "after": after}, actor)
            page = worklist(session, actor, asked, now=now).page
            if not page.after:
                break
            after = page.after
    return after
