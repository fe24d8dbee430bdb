"""Makes the reports that were asked for, one after another, and says how far each is.

It reads in one look, draws without holding the database, and keeps in one transaction. A process
that is killed anywhere leaves nothing behind but its request, which the next one takes up.
"""

import logging
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic

from fcr_app import clock
from fcr_app.domain.audits.words import ReportKind
from fcr_app.errors import FcrError, SomeoneElseChangedIt
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.report_keeping import give_up_report, keep_report
from fcr_app.services.audits.report_queue import Claimed, claim_next, say_progress
from fcr_app.services.transaction import transaction

#: A run leaves the rest to the next one after this time.
AT_MOST = timedelta(minutes=5)
BROKEN = "Something went wrong while it was made. Whoever looks after the service can see what."

Tell = Callable[[str, int, int], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A report that was drawn.

    Attributes:
        plan_id: The plan that it is about or belongs to.
    """

    made: MadeReport
    plan_id: int | None


Maker = Callable[[Claimed, Tell], Ready]


@dataclass
class Outcome:
    """What one run did."""

    made: int = 0
    again: int = 0
    failed: int = 0
    overtaken: int = 0
    began: float = field(default_factory=monotonic)

    @property
    def is_over(self) -> bool:
        """Whether the run has lasted as long as it may."""
        return monotonic() - self.began > AT_MOST.total_seconds()

    def __str__(self) -> str:
        counted = (
            (self.again, "taken up again after a stop"),
            (self.failed, "could not be made"),
            (self.overtaken, "left to another process"),
        )
        rest = [f"{count:,} {words}" for count, words in counted if count]
        return "; ".join([f"{self.made:,} reports made", *rest]) + "."


def a_holder() -> str:
    """Return a name for this process that no other has."""
    return f"{socket.gethostname()[:16]} {os.getpid()} {token_hex(4)}"[:40]


def make_waiting(makers: Mapping[ReportKind, Maker]) -> Outcome:
    """Make what was asked for; say what became of it. Needs an application context."""
    holder, outcome = a_holder(), Outcome()
    while not outcome.is_over:
        with transaction() as session:
            claimed = claim_next(session, holder, now=clock.now())
        if claimed is None:
            break
        outcome.again += claimed.attempt > 1
        try:
            _make(claimed, makers[claimed.kind], outcome)
        except SomeoneElseChangedIt:
            # We were thought gone, and what another process makes is kept.
            outcome.overtaken += 1
    return outcome


def _make(claimed: Claimed, maker: Maker, outcome: Outcome) -> None:
    try:
        ready = maker(claimed, _teller(claimed))
    except SomeoneElseChangedIt:
        raise
    except FcrError as error:
        _give_up(claimed, str(error), outcome)
    except Exception:
        log.exception("Request %s for a report could not be carried out.", claimed.id)
        _give_up(claimed, BROKEN, outcome)
    else:
        with transaction() as session:
            keep_report(session, claimed, ready.made, now=clock.now(), plan_id=ready.plan_id)
        outcome.made += 1


def _give_up(claimed: Claimed, problem: str, outcome: Outcome) -> None:
    with transaction() as session:
        give_up_report(session, claimed, problem, now=clock.now())
    outcome.failed += 1


def _teller(claimed: Claimed) -> Tell:
    def tell(doing: str, done: int, of: int) -> None:
        now: datetime = clock.now()
        with transaction() as session:
            say_progress(session, claimed, doing, done=done, of=of, now=now)

    return tell
