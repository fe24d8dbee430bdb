"""The blind second review: neither auditor sees the other's answers, nor changes their own after.

Which records are examined twice was drawn when the audit was opened.
"""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.comparing import differences
from fcr_app.domain.audits.questions import questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.errors import NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.kept_reviews import done_reviews

BOTH_DONE = (
    "Both reviews of this record are done, so neither can be changed. "
    "Where they differ the FCR says what counts."
)
NO_FIGURES = (
    "You have second reviews of this audit to do. Its figures, which count the first ones, are "
    "there for you once yours are done."
)
NOT_YET = "You see the other review once both are done."


def is_double(item: AuditItem) -> bool:
    """Say whether a record is examined twice."""
    return item.second_auditor_id is not None


def both_done(item: AuditItem) -> bool:
    """Say whether a record that is examined twice was."""
    return is_double(item) and item.done_at is not None and item.second_done_at is not None


def is_settled(item: AuditItem) -> bool:
    """Say whether it is clear what counts: one review, two alike, or the FCR's."""
    if not is_double(item):
        return item.done_at is not None
    return both_done(item) and (not item.differs or item.moderated_at is not None)


def require_blind(item: AuditItem) -> None:
    """Let an auditor write their review.

    Raises:
        SomeoneElseChangedIt: Once both reviews are done, since each may then read the other.
    """
    if both_done(item):
        raise SomeoneElseChangedIt(BOTH_DONE)


@enforces(force_policy("ROLE-03"), how="No figures for whoever has yet to examine blind")
def require_nothing_blind_left(session: Session, person_id: int, run_id: int) -> None:
    """Let somebody see the figures of an audit, which count what the first auditors said.

    Raises:
        PermissionRefused: If they have second reviews of it to do.
    """
    left = exists().where(
        AuditItem.run_id == run_id,
        AuditItem.in_sample,
        AuditItem.second_auditor_id == person_id,
        AuditItem.second_done_at.is_(None),
    )
    if session.scalar(select(left)):
        raise PermissionRefused(NO_FIGURES)


@enforces(force_policy("ROLE-03"), how="A second auditor never sees the first answers beforehand")
def readable(
    session: Session, person_id: int, items: Sequence[AuditItem]
) -> dict[int, list[AuditReview]]:
    """Return the reviews that somebody may read, by the item's id.

    Of a record that is examined twice and is not done by both, that is one's own alone, whoever
    asks. Everywhere else it is all of them.
    """
    found: dict[int, list[AuditReview]] = {item.id: [] for item in items}
    open_items = {item.id for item in items if not is_double(item) or both_done(item)}
    rows = session.scalars(
        select(AuditReview)
        .where(AuditReview.item_id.in_(list(found)))
        .order_by(AuditReview.item_id, AuditReview.id)
    )
    for review in rows:
        if review.item_id in open_items or review.auditor_id == person_id:
            found[review.item_id].append(review)
    return found


def the_readable(
    session: Session, person_id: int, item: AuditItem, kind: ReviewKind
) -> AuditReview:
    """Return one review of a record.

    Raises:
        NotFound: If it was not begun, or the person may not read it yet.
    """
    reviews = readable(session, person_id, [item])[item.id]
    found = next((one for one in reviews if one.kind == kind.value), None)
    if found is None:
        raise NotFound(NOT_YET)
    return found


def compare(session: Session, item: AuditItem) -> None:
    """See whether two reviews that are done differ; then the FCR has to moderate."""
    session.flush()
    if not both_done(item):
        return
    run = session.get_one(AuditRun, item.run_id)
    reviews = session.scalars(
        select(AuditReview).where(
            AuditReview.item_id == item.id, AuditReview.kind != ReviewKind.FINAL.value
        )
    ).all()
    said = done_reviews(session, reviews)
    first, second = (
        next(said[one.id] for one in reviews if one.kind == kind.value)
        for kind in (ReviewKind.FIRST, ReviewKind.SECOND)
    )
    questions = questions_of(run.code, CountedAs(run.counted_as))
    item.differs = bool(differences(first, second, questions))
