"""A review in its typed rows, and as far as it is written: read and kept here alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.words import Band, Group, Safeguarding, Severity, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import AuditAnswer, AuditCrime, AuditFinding, AuditReview

Word = TypeVar("Word", bound=StrEnum)


def written(session: Session, review: AuditReview | None) -> ReviewGiven:
    """Return what a review says: as far as it is written, or as it was done."""
    if review is None:
        return ReviewGiven(answers={})
    if review.draft is not None:
        return _from_draft(review.draft)
    return done_reviews(session, [review])[review.id]


def done_reviews(session: Session, reviews: Sequence[AuditReview]) -> dict[int, ReviewGiven]:
    """Return what reviews say that are done, by their ids. Takes two statements."""
    ids = [review.id for review in reviews]
    answers: dict[int, dict[str, str]] = {one: {} for one in ids}
    crimes: dict[int, list[CrimeGiven]] = {one: [] for one in ids}
    for answer in session.scalars(select(AuditAnswer).where(AuditAnswer.review_id.in_(ids))):
        answers[answer.review_id][answer.question] = answer.answer
    rows = select(AuditCrime).where(AuditCrime.review_id.in_(ids)).order_by(AuditCrime.position)
    for row in session.scalars(rows):
        crimes[row.review_id].append(crime_of(row))
    return {
        review.id: ReviewGiven(
            answers=answers[review.id], crimes=tuple(crimes[review.id]), note=review.note
        )
        for review in reviews
    }


def keep_draft(review: AuditReview, given: ReviewGiven) -> None:
    """Keep a review as far as it is written. What it said when it was done still counts."""
    review.draft = {
        "answers": dict(given.answers),
        "crimes": [asdict(crime) for crime in given.crimes],
        "note": given.note,
    }


def keep_done(session: Session, review: AuditReview, given: ReviewGiven) -> None:
    """Keep a review that is done. A crime that had its place before keeps its row."""
    review.draft = None
    review.note = given.note
    session.execute(delete(AuditAnswer).where(AuditAnswer.review_id == review.id))
    session.add_all(
        AuditAnswer(review_id=review.id, question=name, answer=said)
        for name, said in given.answers.items()
    )
    rows = session.scalars(
        select(AuditCrime).where(AuditCrime.review_id == review.id).order_by(AuditCrime.position)
    ).all()
    for position, crime in enumerate(given.crimes, start=1):
        if position > len(rows):
            row = AuditCrime(review_id=review.id, position=position)
            session.add(row)
        else:
            row = rows[position - 1]
        _fill(row, crime)
    for row in rows[len(given.crimes) :]:
        # A finding that somebody already acted on stays, and says itself what it was about.
        session.execute(
            update(AuditFinding)
            .where(AuditFinding.audit_crime_id == row.id)
            .values(audit_crime_id=None)
        )
        session.delete(row)
    session.flush()


def crime_of(row: AuditCrime) -> CrimeGiven:
    """Return a kept crime as it was given."""
    return CrimeGiven(
        verdict=Verdict(row.verdict),
        offence_group=Group(row.offence_group),
        offence_class=row.offence_class,
        domestic=row.domestic,
        crime_id=row.crime_id,
        band=_word(Band, row.band),
        error_type=_word(ErrorType, row.error_type),
        severity=_word(Severity, row.severity),
        unit_id=row.unit_id,
        person_id=row.person_id,
        safeguarding=_word(Safeguarding, row.safeguarding),
        investigated=_word(Safeguarding, row.investigated),
        note=row.note,
    )


def _fill(row: AuditCrime, crime: CrimeGiven) -> None:
    assert crime.verdict is not None  # noqa: S101 - as was just looked at
    assert crime.offence_group is not None  # noqa: S101 - likewise
    row.verdict, row.offence_group = crime.verdict.value, crime.offence_group.value
    row.offence_class, row.domestic = crime.offence_class, crime.domestic
    row.crime_id, row.unit_id, row.person_id = crime.crime_id, crime.unit_id, crime.person_id
    row.band = crime.band.value if crime.band else ""
    row.error_type = crime.error_type.value if crime.error_type else ""
    row.severity = crime.severity.value if crime.severity else ""
    row.safeguarding = crime.safeguarding.value if crime.safeguarding else ""
    row.investigated = crime.investigated.value if crime.investigated else ""
    row.note = crime.note.strip()


def _from_draft(draft: Mapping[str, Any]) -> ReviewGiven:
    return ReviewGiven(
        answers=draft["answers"],
        crimes=tuple(_crime_from(said) for said in draft["crimes"]),
        note=draft["note"],
    )


def _crime_from(said: Mapping[str, Any]) -> CrimeGiven:
    words: dict[str, type[StrEnum]] = {
        "verdict": Verdict,
        "offence_group": Group,
        "band": Band,
        "error_type": ErrorType,
        "severity": Severity,
        "safeguarding": Safeguarding,
        "investigated": Safeguarding,
    }
    typed = {name: _word(kind, said.get(name) or "") for name, kind in words.items()}
    return CrimeGiven(**{**said, **typed})


def _word(kind: type[Word], value: str) -> Word | None:
    return kind(value) if value else None
