"""Who holds a case: taking it, letting it go, giving it to somebody else."""

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.cases import CandidatesAnswer, ClaimedAnswer, HolderGiven
from fcr_app.domain.permissions import Permission
from fcr_app.services import claims as service
from fcr_app.services.transaction import transaction

area = Area("Claims", "A claim keeps two people from deciding the same case.")

DONE = {"done": True}


@area.writes("/claims/next", needs=Permission.WORK_ON_CASES, gives=ClaimedAnswer)
def take_next() -> Response:
    """Take the most urgent case that the person can decide and nobody holds."""
    with transaction() as session:
        reference = service.claim_next(session, current_actor(), now=clock.now())
    return reply(ClaimedAnswer, {"reference": reference or ""})


@area.writes("/cases/<reference:reference>/claim", needs=Permission.WORK_ON_CASES, gives=DoneAnswer)
def take(reference: str) -> Response:
    """Take a case; taking it twice counts once."""
    with transaction() as session:
        service.claim(session, current_actor(), reference, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(
    "/cases/<reference:reference>/release", needs=Permission.WORK_ON_CASES, gives=DoneAnswer
)
def let_go(reference: str) -> Response:
    """Let a case go; letting go twice counts once."""
    with transaction() as session:
        service.release(session, current_actor(), reference, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.reads(
    "/cases/<reference:reference>/candidates",
    needs=Permission.REASSIGN,
    gives=CandidatesAnswer,
    conflicts=True,
)
def candidates(reference: str) -> Response:
    """Read who could hold a case today."""
    with transaction() as session:
        _, found = service.who_could_hold(session, current_actor(), reference, now=clock.now())
    return reply(CandidatesAnswer, {"items": found})


@area.writes(
    "/cases/<reference:reference>/reassign",
    needs=Permission.REASSIGN,
    takes=HolderGiven,
    gives=DoneAnswer,
)
def reassign(given: dict[str, int], reference: str) -> Response:
    """Give a case to somebody who could decide it."""
    with transaction() as session:
        service.reassign(session, current_actor(), reference, given["person_id"], now=clock.now())
    return reply(DoneAnswer, DONE)
