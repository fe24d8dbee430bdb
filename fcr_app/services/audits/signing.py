"""Signs an audit off: from then on its figures stand, with what the FCR says of them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome
from fcr_app.errors import NotFound
from fcr_app.models import AuditRun
from fcr_app.services.audits.signature import SIGN_OFF
from fcr_app.services.audits.steps import Answers, take_run_step


def sign_off(  # noqa: PLR0913 - who signs which, saying what, when, and what they saw
    session: Session,
    actor: Actor,
    run_id: int,
    answers: Answers,
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Sign an audit off, and keep what was said of it with it.

    Raises:
        NotFound: If there is no such audit.
        InvalidValue: If the hours are no number.
        Whatever ``take_run_step`` does: above all where a record or a difference is left.
    """
    run = session.get(AuditRun, run_id)
    if run is None:
        raise NotFound("There is no such audit.")
    return take_run_step(session, actor, run, SIGN_OFF, answers, now=now, version=version)
