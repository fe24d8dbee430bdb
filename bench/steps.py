"""Decisions a second through the service: one process, each decision in its own transaction."""

from collections.abc import Iterator, Sequence
from time import perf_counter, process_time

from bench.figures import Figure, percentiles, rate
from bench.force import somebody, waiting_for_a_ddm
from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.extensions import db
from fcr_app.services.cases import take_step
from fcr_app.services.demo_load_words import SAID
from fcr_app.services.transaction import transaction
from tests.statements import statements


def measure_steps(count: int) -> Iterator[Figure]:
    """Refuse requests one after the other: read, check all rules, write, chain, commit."""
    references = waiting_for_a_ddm(count + 20)
    # What is built once for each process is not what a decision costs.
    _decide(references[:20])
    began, worked = perf_counter(), process_time()
    times, most = _decide(references[20:])
    took, worked = perf_counter() - began, process_time() - worked
    p50, p95 = percentiles(times)
    yield Figure(
        what="Decisions through the service, one process, each committed with its chained history",
        value=f"{rate(count, took)} (p50 {p50:.1f} ms, p95 {p95:.1f} ms, "
        f"{worked / count * 1000:.1f} ms of processor time)",
        aim="450 a second on SQLite, 150 on PostgreSQL",
    )
    yield Figure(what="Statements for one decision", value=f"at most {most}", aim="12")


def _decide(references: Sequence[str]) -> tuple[list[float], int]:
    actor, times, most = somebody(Role.DDM), [], 0
    for reference in references:
        began = perf_counter()
        with statements(db.session()) as sent, transaction() as session:
            take_step(
                session, actor, reference, "refuse", SAID["refuse"],
                now=clock.now(), form_key=f"bench {reference}",
            )  # fmt: skip
        # As at the end of a request.
        db.session.remove()
        times.append(perf_counter() - began)
        most = max(most, len(sent))
    return times, most
