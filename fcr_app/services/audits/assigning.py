"""Gives records of an audit to another auditor: somebody left, or has too many."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ReviewKind
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import ROLES_WITH, Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, PermissionRefused, StepNotAvailable
from fcr_app.models import AuditItem, AuditReview, AuditRun, Person, RoleGrant
from fcr_app.services.actors import in_force
from fcr_app.services.audits.conflicts import may_examine
from fcr_app.services.audits.opening import run_topic
from fcr_app.services.audits.replacing import OPEN, OVER
from fcr_app.services.audits.steps import write_step
from fcr_app.services.tell import tell

NOT_YOURS = "Only the FCR and deputies give records to another auditor."
NOT_AN_AUDITOR = "Choose somebody who examines records: an auditor, the FCR or a deputy."
NOTHING_TO_GIVE = "There is nothing that they could take over: see who had a part in it."
MOST_AT_ONCE = 5000


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was given to somebody, and what was not.

    Attributes:
        kept_back: Records that they may not examine, or that were begun.
    """

    count: int
    kept_back: int


def examiners(session: Session, now: datetime) -> list[tuple[int, str]]:
    """Return everybody who may examine records today, by name."""
    rows = session.execute(
        select(Person.id, Person.name)
        .where(
            Person.active,
            Person.id.in_(
                select(RoleGrant.person_id).where(
                    RoleGrant.role.in_([one.value for one in ROLES_WITH[Permission.REVIEW_AUDITS]]),
                    in_force(RoleGrant, to_london(now).date()),
                )
            ),
        )
        .order_by(Person.name_key, Person.id)
    )
    return [(id_, name) for id_, name in rows]


def give_records(  # noqa: PLR0913 - who, of which audit, whose, to whom, which kind, and when
    session: Session,
    actor: Actor,
    run: AuditRun,
    from_id: int | None,
    to_id: int,
    *,
    kind: ReviewKind = ReviewKind.FIRST,
    now: datetime,
) -> Given:
    """Give the records that somebody has not begun to somebody else, as far as they may have them.

    Args:
        from_id: None for records that nobody has.

    Raises:
        PermissionRefused: If this person may not.
        StepNotAvailable: If the audit is not being examined.
        InvalidValue: If they are no auditor, or could take nothing over.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(NOT_YOURS)
    if run.state not in OPEN:
        raise StepNotAvailable(OVER)
    names = dict(examiners(session, now))
    if to_id not in names or to_id == from_id:
        raise InvalidValue(NOT_AN_AUDITOR, field="to")
    items = session.scalars(_theirs(run, from_id, kind)).all()
    allowed = may_examine(session, to_id, items)
    given = [item for item in items if item.id in allowed and to_id not in _of(item, kind)]
    if not given:
        raise InvalidValue(NOTHING_TO_GIVE, field="to")
    for item in given:
        if kind is ReviewKind.SECOND:
            item.second_auditor_id = to_id
        else:
            item.auditor_id = to_id
    said = f"Gave {len(given):,} records to {names[to_id]}"
    write_step(session, actor, "run", run.id, trigger="assign", said=said, now=now)
    message = f"{len(given):,} more records of this audit are yours to examine."
    tell(session, [to_id], message, run_topic(run.reference), now=now)
    session.flush()
    return Given(count=len(given), kept_back=len(items) - len(given))


def _theirs(run: AuditRun, from_id: int | None, kind: ReviewKind) -> Select[AuditItem]:
    second = kind is ReviewKind.SECOND
    whose = AuditItem.second_auditor_id if second else AuditItem.auditor_id
    done = AuditItem.second_done_at if second else AuditItem.done_at
    begun = select(AuditReview.id).where(
        AuditReview.item_id == AuditItem.id, AuditReview.kind == kind.value
    )
    # Most records have no second auditor, and are to have none.
    nobody = false() if second else whose.is_(None)
    mine: ColumnElement[bool] = nobody if from_id is None else whose == from_id
    wanted = and_(AuditItem.in_sample, done.is_(None), mine, ~begun.exists())
    return (
        select(AuditItem)
        .where(AuditItem.run_id == run.id, wanted)
        .order_by(AuditItem.position)
        .limit(MOST_AT_ONCE)
    )


def _of(item: AuditItem, kind: ReviewKind) -> set[int | None]:
    """Return who examines a record the other time, and so can't examine it this time."""
    return {item.auditor_id if kind is ReviewKind.SECOND else item.second_auditor_id}
