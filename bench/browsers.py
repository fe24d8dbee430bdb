"""Decisions a second over HTTP: eight people at once, against the server as it is run."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice
from secrets import token_hex
from time import perf_counter, sleep
from urllib.parse import urlencode

import click

from bench.figures import Figure, percentiles, rate
from bench.force import waiting_for_a_ddm
from fcr_app.domain.roles import Role
from fcr_app.services.demo_force import DEMO_PASSWORD
from fcr_app.services.demo_load_people import email_of
from fcr_app.services.demo_load_words import SAID

CLIENTS = 8
SEE_OTHER = 303
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def measure_http(url: str, count: int) -> Iterator[Figure]:
    """Have eight DDMs decide, each their own cases, once without and once with reading them."""
    references = waiting_for_a_ddm(2 * count)
    with server(url) as port, ThreadPoolExecutor(CLIENTS) as pool:
        people = list(pool.map(lambda number: Browser(port, number), range(1, CLIENTS + 1)))
        for what, reading, some in (
            (f"Decisions over HTTP, {CLIENTS} clients, gunicorn 2 × 4", False, references[:count]),
            ("The same, each case page read first", True, references[count:]),
        ):
            began = perf_counter()
            shares = [list(islice(some, place, None, CLIENTS)) for place in range(CLIENTS)]
            times = [
                took
                for share in pool.map(Browser.decide_all, people, shares, [reading] * CLIENTS)
                for took in share
            ]
            elapsed = perf_counter() - began
            p50, p95 = percentiles(times)
            yield Figure(
                what=what,
                value=f"{rate(len(times), elapsed)} (p50 {p50:.0f} ms, p95 {p95:.0f} ms)",
            )


class Browser:
    """One DDM at a browser that keeps its connection and its cookies."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = self._token("/sign-in")
        credentials = {"email": email_of(Role.DDM, number), "password": DEMO_PASSWORD}
        self._post("/sign-in", credentials)
        # Signing in begins a new session, which has a token of its own.
        self.token = self._token("/account/password")

    def decide_all(self, references: Sequence[str], reading: bool) -> list[float]:
        """Refuse some requests; return how long each took."""
        times = []
        # The server drops a connection that has been idle for a while.
        self.connection.close()
        cookies = dict(self.cookies)
        for reference in references:
            began = perf_counter()
            if reading:
                self._get(f"/cases/{reference}")
            said = {f"refuse-{name}": text for name, text in SAID["refuse"].items()}
            self._post(
                f"/cases/{reference}",
                {"trigger": "refuse", "form_key": token_hex(16), **said},
            )
            times.append(perf_counter() - began)
            # Nobody opens the page that would show what happened, so do not pile it up.
            self.cookies = dict(cookies)
        return times

    def _get(self, path: str) -> str:
        status, text = self._send("GET", path)
        if status != 200:  # noqa: PLR2004 - the one thing that is right
            raise click.ClickException(f"GET {path}: {status}")
        return text

    def _post(self, path: str, form: dict[str, str]) -> None:
        status, text = self._send("POST", path, urlencode({"csrf_token": self.token, **form}))
        if status not in (302, SEE_OTHER):
            raise click.ClickException(f"POST {path}: {status} {text[:2000]}")

    def _send(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, answer.read().decode()

    def _token(self, path: str) -> str:
        found = _TOKEN.search(self._get(path))
        if found is None:
            raise click.ClickException(f"{path} has no form.")
        return found[1]


@contextmanager
def server(url: str) -> Iterator[int]:
    """Run the site as script/run does, on a port of its own; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = {"DATABASE_URL": url, "SECRET_KEY": token_hex(32), "FCR_COOKIE_SECURE": "no"}
    process = subprocess.Popen(  # noqa: S603 - our own server
        [
            sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "2", "--threads", "4",
            "--no-control-socket", "--log-level", "warning",
        ],
        env={**os.environ, **settings},
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise click.ClickException("The server did not start.")
