"""How far two auditors agree, by question: of what both did, and never of what the FCR said."""

import pytest
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import ReviewKind, Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.services.audits.agreement import run_agreement
from fcr_app.services.audits.moderation import adopted, moderate
from fcr_app.services.audits.review_page import review_page
from fcr_app.services.audits.reviewing import save_review
from tests.audit_builders import a_crime_given, a_review, a_run, an_item
from tests.builders import NOW, a_person, as_actor
from tests.statements import statements

FINE = a_review()
MISSED = a_review(
    a_crime_given(Verdict.MISSING, error_type=ErrorType.E04, safeguarding=Safeguarding.DONE),
    answers={"closing_code": "no"},
)


@pytest.mark.parametrize("records", [2, 12])
def test_agreement_is_of_both_reviews_in_as_many_statements_whatever_their_number(
    session: Session, records: int
) -> None:
    people = [a_person(session, roles=[Role.AUDITOR]) for _ in range(2)]
    fcr = a_person(session, roles=[Role.FCR])
    one, two = (as_actor(session, who) for who in people)
    run = a_run(session)
    items = [an_item(session, run, *people) for _ in range(records)]

    def save(number: int, given: ReviewGiven, other: ReviewGiven | None) -> None:
        item = items[number].id
        save_review(session, one, item, ReviewKind.FIRST, given, now=NOW, done=True)
        if other is not None:
            save_review(session, two, item, ReviewKind.SECOND, other, now=NOW, done=True)

    for number in range(records - 1):
        save(number, MISSED, MISSED if number else FINE)
    save(records - 1, FINE, None)
    item = items[0]
    given = adopted(session, item, ReviewKind.FIRST, "It is what the account says.")
    moderate(session, as_actor(session, fcr), item.id, given, now=NOW)

    with statements(session) as sent:
        found = run_agreement(session, run.id)

    assert len(sent) <= 5
    assert (found.drawn, found.done, found.differ, found.moderated) == (records, records - 1, 1, 1)
    by_title = {one.title: one.found for one in found.questions}
    closing = by_title["Is the closing code right?"]
    assert (closing.agreed, closing.n) == (records - 2, records - 1)


def test_the_screen_asks_as_little_however_large_the_audit(session: Session) -> None:
    auditor = a_person(session, roles=[Role.AUDITOR])
    actor = as_actor(session, auditor)
    counts = []
    for size in (1, 15):
        run = a_run(session)
        items = [an_item(session, run, auditor) for _ in range(size)]
        with statements(session) as sent:
            page = review_page(session, actor, items[0].id, now=NOW)
        counts.append(len(sent))
        assert page.progress.total == size

    assert counts[0] == counts[1] <= 35
