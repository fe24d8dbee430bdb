"""The yearly equality report: written as a draft, published once, never changed, no one in it."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.report import Words, due_on
from fcr_app.domain.roles import Role
from fcr_app.errors import AppendOnly, InvalidValues, NotFound, SomeoneElseChangedIt
from fcr_app.models import EqualityReport, EqualityReportDraft, Force
from fcr_app.reports.equality_report import make, report_of
from fcr_app.services.equality_figures import report as service
from tests.builders import NOW, a_person, as_actor

YEAR = Period(date(2025, 11, 1), date(2026, 10, 1))
WORDS = Words(
    about="The figures show less than they could: much is blank.",
    actions="Supervisors look at what is blank each week.",
    objectives="Know the ethnicity of nine in ten victims by 2028.",
)


class Office:
    """A registrar who writes."""

    def __init__(self, session: Session) -> None:
        session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
        self.session = session
        self.fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
        session.flush()

    def written(self) -> EqualityReportDraft:
        """Write a report."""
        draft = service.begin(self.session, self.fcr, YEAR, now=NOW)
        return service.write(self.session, self.fcr, draft.id, WORDS, now=NOW)

    def published(self, draft: EqualityReportDraft, why: str = "") -> EqualityReport:
        """Publish it."""
        drawn = service.to_publish(self.session, draft.id, now=NOW)
        return service.publish(
            self.session, self.fcr, draft.id, make(report_of(drawn, now=NOW, why=why)), why=why,
            now=NOW, version=draft.version,
        )  # fmt: skip


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def test_what_is_written_is_kept_unfinished_and_published_only_whole(office: Office) -> None:
    draft = service.begin(office.session, office.fcr, YEAR, now=NOW)
    half = Words(about="Only this yet.")

    assert service.write(office.session, office.fcr, draft.id, half, now=NOW).about == half.about
    with pytest.raises(InvalidValues) as refused:
        service.check_to_publish(office.session, draft, "")
    assert [one.field for one in refused.value.problems] == ["about", "actions", "objectives"]


def test_beginning_again_takes_up_what_was_begun(office: Office) -> None:
    draft = office.written()

    assert service.begin(office.session, office.fcr, YEAR, now=NOW).id == draft.id
    assert draft.about == WORDS.about


def test_a_report_is_published_once_with_its_bytes_and_their_hash(office: Office) -> None:
    draft = office.written()
    report = office.published(draft)

    assert report.edition == 1
    assert report.pdf.startswith(b"%PDF")
    assert report.pdf_hash == sha256(report.pdf).hexdigest()
    assert "Demonstration Constabulary" in report.html
    assert WORDS.actions in report.html.replace("&#39;", "'")
    # The button pressed twice finds another version.
    with pytest.raises(SomeoneElseChangedIt):
        service.draft_of(office.session, draft.id, 2)


def test_the_same_report_gives_the_same_bytes(office: Office) -> None:
    drawn = report_of(service.to_publish(office.session, office.written().id, now=NOW), now=NOW)

    assert make(drawn).pdf == make(drawn).pdf


def test_a_correction_is_another_edition_with_its_reason(office: Office) -> None:
    draft = office.written()
    office.published(draft)
    with pytest.raises(InvalidValues):
        service.check_to_publish(office.session, draft, "")

    again = office.published(draft, "A month was missing from the import of reports.")

    assert again.edition == 2
    assert "A month was missing" in again.html
    assert [one.edition for one in service.report_page(office.session, drafts=False).reports] == [
        2,
        1,
    ]


def test_what_is_published_is_history(app: Flask, office: Office) -> None:
    del app
    report = office.published(office.written())
    office.session.commit()

    report.about = "Something else."
    with pytest.raises(AppendOnly):
        office.session.flush()
    office.session.rollback()
    with pytest.raises(DatabaseError, match="append-only"):
        office.session.execute(update(EqualityReport).values(about="Something else."))


def test_somebody_else_was_faster(office: Office) -> None:
    draft = office.written()
    seen = draft.version
    other = Words(about="Somebody else wrote this meanwhile.")
    service.write(office.session, office.fcr, draft.id, other, now=NOW + timedelta(minutes=1))

    with pytest.raises(SomeoneElseChangedIt):
        service.write(office.session, office.fcr, draft.id, WORDS, now=NOW, version=seen)
    assert draft.about == other.about


def test_the_next_report_begins_with_the_objectives_of_the_last(office: Office) -> None:
    office.published(office.written())
    later = Period(date(2026, 11, 1), date(2027, 10, 1))

    begun = service.begin(office.session, office.fcr, later, now=NOW)

    assert (begun.about, begun.objectives) == ("", WORDS.objectives)


def test_what_is_not_there_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        service.published(office.session, 7)
    with pytest.raises(NotFound):
        service.draft_of(office.session, 7)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 10, 1), date(2027, 3, 30)),
        (date(2026, 2, 1), date(2026, 3, 30)),
        (date(2026, 3, 1), date(2027, 3, 30)),
    ],
)
def test_it_is_due_by_the_thirtieth_of_march(last: date, due: date) -> None:
    assert due_on(Period(last.replace(day=1), last)) == due
