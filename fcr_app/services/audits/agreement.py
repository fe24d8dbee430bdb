"""How far the second auditors of an audit agree with the first, question by question."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.agreeing import said_by_question
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.questions import asks_for_crimes, questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.statistics.agreement import Agreement, agreement
from fcr_app.errors import NotFound
from fcr_app.models import AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.kept_reviews import done_reviews


@dataclass(frozen=True, kw_only=True)
class QuestionAgreement:
    """How far two auditors agree on one question."""

    title: str
    found: Agreement


@dataclass(frozen=True, kw_only=True)
class RunAgreement:
    """The second reviews of an audit, and what came of them.

    Attributes:
        drawn: Records that were drawn to be examined twice.
        done: Of them, those that were.
        differ: Of these, those on which the two differ in anything that counts.
        moderated: Of those, the ones on which the FCR said what counts.
    """

    drawn: int
    done: int
    differ: int
    moderated: int
    questions: tuple[QuestionAgreement, ...]


def run_agreement(session: Session, run_id: int) -> RunAgreement:
    """Return how far the two auditors of each record that was examined twice agree.

    What the FCR said afterwards changes neither, so it changes none of this. Takes five
    statements, whatever the number of records.

    Raises:
        NotFound: If there is no such audit.
    """
    run = session.get(AuditRun, run_id)
    if run is None:
        raise NotFound("There is no such audit.")
    items = session.scalars(
        select(AuditItem).where(
            AuditItem.run_id == run_id,
            AuditItem.in_sample,
            AuditItem.second_auditor_id.is_not(None),
        )
    ).all()
    done = [one for one in items if one.done_at and one.second_done_at]
    counted_as = CountedAs(run.counted_as)
    said = said_by_question(
        _both(session, [one.id for one in done]),
        questions_of(run.code, counted_as),
        with_crimes=asks_for_crimes(counted_as),
    )
    measured = ((one.title, agreement(one.pairs)) for one in said)
    return RunAgreement(
        drawn=len(items),
        done=len(done),
        differ=sum(one.differs for one in done),
        moderated=sum(one.differs and one.moderated_at is not None for one in done),
        questions=tuple(
            QuestionAgreement(title=title, found=found) for title, found in measured if found
        ),
    )


def _both(session: Session, item_ids: list[int]) -> list[tuple[ReviewGiven, ReviewGiven]]:
    rows = session.scalars(
        select(AuditReview)
        .where(AuditReview.item_id.in_(item_ids), AuditReview.kind != ReviewKind.FINAL.value)
        .order_by(AuditReview.item_id)
    ).all()
    given = done_reviews(session, rows)
    by_item: dict[int, dict[str, ReviewGiven]] = defaultdict(dict)
    for row in rows:
        by_item[row.item_id][row.kind] = given[row.id]
    return [(two["first"], two["second"]) for two in by_item.values()]
