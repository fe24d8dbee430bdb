"""Everything the page shows on which a registrar says what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.audits.comparing import Difference
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion, asks_for_crimes, questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditItem, AuditRun
from fcr_app.services.audits.moderation import moderated_record, to_moderate
from fcr_app.services.audits.review_page import crime_names, staff_numbers
from fcr_app.services.audits.source import Source, source_of
from fcr_app.services.crime_choices import Choice, units


@dataclass(frozen=True, kw_only=True)
class ModerationPage:
    """A record with each of its reviews.

    Attributes:
        auditors: Who wrote each review, by its kind.
        said: What each says, by its kind.
        left: Records of the audit that are still to be moderated, this one included if it is.
        version: Of the item.
    """

    run: AuditRun
    item: AuditItem
    version: int
    auditors: dict[ReviewKind, str]
    said: dict[ReviewKind, ReviewGiven]
    differences: tuple[Difference, ...]
    left: int
    questions: tuple[ItemQuestion, ...]
    with_crimes: bool
    source: Source
    crime_names: dict[int, str]
    staff_numbers: dict[int, str]
    units: Sequence[Choice]

    @property
    def begun_with(self) -> ReviewGiven:
        """What a moderation begins with: the one that was made, or else the first review."""
        said = self.said.get(ReviewKind.FINAL, self.said[ReviewKind.FIRST])
        kept = self.said.get(ReviewKind.FINAL)
        note = kept.note if kept else ""
        return ReviewGiven(answers=said.answers, crimes=said.crimes, note=note)


def moderation_page(
    session: Session, actor: Actor, item_id: int, *, now: datetime
) -> ModerationPage:
    """Return what the page shows, and log that the record was looked at.

    Raises:
        NotFound: If there is no such record in an audit, or it was replaced.
        PermissionRefused: If they are no registrar, examined it, or had a part in the record.
        SomeoneElseChangedIt: If it is not examined yet, or is signed off.
    """
    record = moderated_record(session, actor, item_id)
    item, run = record.item, record.run
    counted_as = CountedAs(run.counted_as)
    crimes = [crime for given in record.said.values() for crime in given.crimes]
    return ModerationPage(
        run=run,
        item=item,
        version=item.version,
        auditors={kind: review.auditor.name for kind, review in record.reviews.items()},
        said=record.said,
        differences=record.differences,
        left=len(to_moderate(session, run.id)),
        questions=questions_of(run.code, counted_as),
        with_crimes=asks_for_crimes(counted_as),
        source=source_of(session, actor, item, now=now),
        crime_names=crime_names(session, {one.crime_id for one in crimes if one.crime_id}),
        staff_numbers=staff_numbers(session, {one.person_id for one in crimes if one.person_id}),
        units=units(session),
    )


def next_difference(session: Session, run_id: int, after: int) -> int | None:
    """Return the position of the next record to moderate; those before come last. None at the end.

    Args:
        after: The position of the one just moderated.
    """
    places = [one.position for one in to_moderate(session, run_id)]
    return next((one for one in places if one > after), places[0] if places else None)
