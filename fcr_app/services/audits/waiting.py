"""What an audit that is due waits for, if it can't be drawn by itself: told once, to its owner."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import AuditLine, AuditStep
from fcr_app.services.audits.due import DueLine
from fcr_app.services.audits.preparing import latest_list
from fcr_app.services.audits.steps import write_step
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import tell

#: The step that says that somebody was told.
WAITS = "wait"
FOR_A_LIST = "It waits for its list: send the list in, and it is drawn by itself."
FOR_A_CHOICE = "It is a dip sample and waits for somebody to choose the records."


def waits_for(session: Session, due: DueLine) -> str:
    """Return what an audit that is due waits for; empty where it can be drawn."""
    if due.method == Method.DIP.value:
        return FOR_A_CHOICE
    listed = due.frame == Frame.LISTED.value
    if listed and latest_list(session, due.line_key, due.span) is None:
        return FOR_A_LIST
    return ""


def tell_it_waits(session: Session, due: DueLine, why: str, *, now: datetime) -> bool:
    """Tell whoever sees to an audit that it waits, once for each period; say whether it was now."""
    session.execute(select(AuditLine.id).where(AuditLine.id == due.line_id).with_for_update())
    said = f"Due for {due.span.label}. {why}"
    known = session.scalar(
        select(AuditStep.id)
        .join(AuditLine, AuditLine.id == AuditStep.subject_id)
        .where(
            AuditStep.kind == "line",
            AuditStep.trigger == WAITS,
            AuditStep.said == said,
            AuditLine.line_key == due.line_key,
        )
        .limit(1)
    )
    if known:
        return False
    write_step(session, SYSTEM_ACTOR, "line", due.line_id, trigger=WAITS, said=said, now=now)
    kind = TYPES[due.code].label if due.code in TYPES else due.code
    about = Topic(name=f"Audit {due.line_key}", path=f"/audits/plan/lines/{due.line_id}")
    whom = [due.owner_id] if due.owner_id else registrars_on(session, to_london(now).date())
    tell(session, whom, f"{kind}, {due.span.label}, is due. {why}", about, now=now)
    return True
