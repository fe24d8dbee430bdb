"""The FCR says what counts where two auditors differ, or one was wrong. All three are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.comparing import Difference, differences
from fcr_app.domain.audits.judging import ReviewGiven, completed, problems
from fcr_app.domain.audits.questions import asks_for_crimes, questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.findings import find
from fcr_app.services.audits.kept_reviews import done_reviews, keep_done
from fcr_app.services.audits.named import require_known
from fcr_app.services.audits.own_decisions import require_no_part
from fcr_app.services.audits.reviewing import review_of, the_item
from fcr_app.services.audits.second import both_done, is_double
from fcr_app.services.audits.steps import CHANGED
from fcr_app.services.log import Record, record_change
from fcr_app.workflows.audit_run import State

ONLY_REGISTRARS = "Only the FCR or a deputy says what counts."
YOUR_REVIEW = "You examined this record yourself, so another registrar has to moderate it."
NOT_DONE = "It is not examined yet. Moderate it once each of its reviews is done."
NOT_NOW = "This audit is signed off or given up. Open it again to moderate."
WHY = "Say in a sentence why this counts."
_MODERATED_IN = frozenset({State.REVIEWING, State.MODERATING})


@dataclass(frozen=True, kw_only=True)
class Moderated:
    """A record with each of its reviews, for whoever says what counts.

    Attributes:
        said: What each review says, by its kind; a kind that there is none of is missing.
        differences: Where the first and the second differ.
    """

    item: AuditItem
    run: AuditRun
    reviews: dict[ReviewKind, AuditReview]
    said: dict[ReviewKind, ReviewGiven]
    differences: tuple[Difference, ...]


@enforces(
    force_policy("ROLE-03"), how="Who examined a record, or decided on it, never moderates it"
)
def moderate(  # noqa: PLR0913 - who says what of which record, when, and what they saw
    session: Session,
    actor: Actor,
    item_id: int,
    given: ReviewGiven,
    *,
    now: datetime,
    version: int | None = None,
) -> AuditReview:
    """Keep what a registrar says counts. The reviews it stands above stay as they are.

    Args:
        given: A whole review; its note says why.
        version: Of the item, as the person last saw it.

    Raises:
        InvalidValues: If something is missing or can't be.
        NotFound: If there is no such record, or it was replaced.
        PermissionRefused: If they are no registrar, examined it, or had a part in the record.
        SomeoneElseChangedIt: If it changed meanwhile, is not examined yet, or is signed off.
    """
    item, run = the_item(session, item_id)
    _may_moderate(session, actor, item, run)
    if version is not None and version != item.version:
        raise SomeoneElseChangedIt(CHANGED)
    require_known(session, actor, given)
    counted_as = CountedAs(run.counted_as)
    questions = questions_of(run.code, counted_as)
    found = problems(given, questions, with_crimes=asks_for_crimes(counted_as))
    if not given.note.strip():
        found.append(InvalidValue(WHY, field="note"))
    if found:
        raise InvalidValues(found)
    review = _final(session, actor, item, now)
    keep_done(session, review, completed(given, questions))
    _let_it_count(session, review)
    item.moderated_at = now
    record_change(session, actor, "audit-review:final", Record.AUDIT, run.id, now=now)
    find(session, actor, item, run, now=now)
    return review


def adopted(session: Session, item: AuditItem, kind: ReviewKind, why: str) -> ReviewGiven:
    """Return one of the reviews as what is to count, with the reason why."""
    review = review_of(session, item.id, kind)
    assert review is not None  # noqa: S101 - both are done, as moderating looks at first
    given = done_reviews(session, [review])[review.id]
    return ReviewGiven(answers=given.answers, crimes=given.crimes, note=why)


def to_moderate(session: Session, run_id: int) -> Sequence[AuditItem]:
    """Return the records on which two reviews differ and that nobody moderated, in their order."""
    return session.scalars(
        select(AuditItem)
        .where(
            AuditItem.run_id == run_id,
            AuditItem.in_sample,
            AuditItem.differs,
            AuditItem.moderated_at.is_(None),
        )
        .order_by(AuditItem.position)
    ).all()


def moderated_record(session: Session, actor: Actor, item_id: int) -> Moderated:
    """Return a record with its reviews, for whoever may moderate it.

    Raises:
        NotFound: If there is no such record, or it was replaced.
        PermissionRefused: If they are no registrar, examined it, or had a part in the record.
        SomeoneElseChangedIt: If it is not examined yet, or is signed off.
    """
    item, run = the_item(session, item_id)
    _may_moderate(session, actor, item, run)
    rows = session.scalars(
        select(AuditReview)
        .options(joinedload(AuditReview.auditor))
        .where(AuditReview.item_id == item.id)
    ).all()
    by_id = done_reviews(session, rows)
    reviews = {ReviewKind(row.kind): row for row in rows}
    said = {kind: by_id[row.id] for kind, row in reviews.items()}
    second = said.get(ReviewKind.SECOND)
    questions = questions_of(run.code, CountedAs(run.counted_as))
    return Moderated(
        item=item,
        run=run,
        reviews=reviews,
        said=said,
        differences=differences(said[ReviewKind.FIRST], second, questions) if second else (),
    )


def _may_moderate(session: Session, actor: Actor, item: AuditItem, run: AuditRun) -> None:
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(ONLY_REGISTRARS)
    if State(run.state) not in _MODERATED_IN:
        raise SomeoneElseChangedIt(NOT_NOW)
    if item.done_at is None or (is_double(item) and not both_done(item)):
        raise SomeoneElseChangedIt(NOT_DONE)
    if actor.id in (item.auditor_id, item.second_auditor_id):
        raise PermissionRefused(YOUR_REVIEW)
    require_no_part(session, actor.id, item)


def _final(session: Session, actor: Actor, item: AuditItem, now: datetime) -> AuditReview:
    review = review_of(session, item.id, ReviewKind.FINAL)
    if review is None:
        review = AuditReview(item_id=item.id, kind=ReviewKind.FINAL.value, begun_at=now)
        session.add(review)
    review.auditor_id, review.done_at = actor.id, now
    session.flush()
    return review


def _let_it_count(session: Session, review: AuditReview) -> None:
    """Let one review of a record count, and no other; one at a time, since only one may."""
    for other in session.scalars(
        select(AuditReview).where(
            AuditReview.item_id == review.item_id, AuditReview.id != review.id, AuditReview.counts
        )
    ):
        other.counts = False
    session.flush()
    review.counts = True
    session.flush()
