"""What is kept of each month says the same as the records."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import ASKED, Item
from fcr_app.domain.equality_figures.period import MOST_MONTHS, last_twelve_months
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.roles import Role
from fcr_app.extensions import db
from fcr_app.jobs.count_equality import count_equality
from fcr_app.models import EqualityKnownCount, EqualityMonth
from fcr_app.services.equality_figures import stored
from fcr_app.services.equality_figures.completeness import completeness_page
from fcr_app.services.equality_figures.live import Live
from fcr_app.services.equality_figures.source import Dimension
from fcr_app.services.equality_figures.stored import Stored, months_to_count, source_for
from fcr_app.services.equality_figures.use import UseAsked, use_page
from tests.builders import NOW, TODAY, a_person, a_unit, an_offence, as_actor
from tests.equality_people import THEN, crimes, reports

PERIOD = last_twelve_months(TODAY)
NOTHING = 0


def a_year(session: Session) -> None:
    """Add reports and crimes of every kind that is counted apart, over four months."""
    unit = a_unit(session)
    for months, group in enumerate(("white", "black", "asian", "")):
        at = THEN + timedelta(days=31 * months)
        reports(session, 4, group, at=at, unit=unit, route=Route.ONLINE)
        reports(session, 2, group, at=at, late=True, opening=OpeningCode.THEFT)
        reports(session, 1, group, at=at, closing=ClosingCode.N100, opening=OpeningCode.RAPE)
        reports(session, 1, reason="declined", at=at, closing=ClosingCode.NOT_RECORDED)
        reports(session, 1, "10-13", item=Item.AGE, at=at, closing=None)
        crimes(session, 2, group, at=at, unit=unit, offence=an_offence(session))
        crimes(session, 1, group, at=at, cancelled=True)
    session.commit()


@pytest.fixture
def counted(app: Flask, session: Session) -> Session:  # noqa: ARG001 - an application is needed
    a_year(session)
    assert count_equality(NOW).startswith("Counted")
    return db.session()


def test_every_count_is_that_of_the_records(counted: Session) -> None:
    live, kept = Live(counted, PERIOD), Stored(counted, PERIOD)
    assert kept.victims() == live.victims() > NOTHING
    assert kept.children() == live.children() > NOTHING
    assert sorted(kept.answered()) == sorted(live.answered())
    for by in Dimension:
        for item in Item:
            assert sorted(kept.broken_down(item, by)) == sorted(live.broken_down(item, by))
    for items in ((), ASKED):
        assert sorted(kept.reports(items)) == sorted(live.reports(items))
        assert sorted(kept.crimes(items)) == sorted(live.crimes(items))


def test_a_small_force_is_counted_as_it_is_now(counted: Session) -> None:
    source, kept_at = source_for(counted, PERIOD)
    assert isinstance(source, Live)
    assert kept_at is None


def test_a_large_one_is_shown_what_was_kept_and_when(
    counted: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = as_actor(counted, a_person(counted, roles=[Role.FCR]))
    asked = UseAsked(item=Item.ETHNICITY, period=PERIOD)
    before = (
        use_page(counted, actor, asked, now=NOW),
        completeness_page(counted, Item.ETHNICITY, PERIOD),
    )
    monkeypatch.setattr(stored, "LIVE_UP_TO", 0)
    used = use_page(counted, actor, asked, now=NOW)
    known = completeness_page(counted, Item.ETHNICITY, PERIOD)
    assert used.kept_at == known.kept_at == NOW
    assert used.tables == before[0].tables
    assert (known.items, known.breakdowns) == (before[1].items, before[1].breakdowns)


def test_a_period_with_a_month_that_was_not_counted_is_counted_now(
    counted: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "LIVE_UP_TO", 0)
    assert isinstance(source_for(counted, last_twelve_months(date(2021, 11, 1)))[0], Live)


def test_counting_again_takes_in_what_changed(counted: Session) -> None:
    kept = select(func.count()).select_from(EqualityKnownCount)
    rows = counted.scalar(kept)
    reports(counted, 3, "white")
    counted.commit()
    count_equality(NOW + timedelta(days=1))
    assert counted.scalar(kept) == rows
    assert Stored(counted, PERIOD).victims() == Live(counted, PERIOD).victims()
    assert counted.scalar(select(func.min(EqualityMonth.counted_at))) == NOW + timedelta(days=1)


def test_it_keeps_what_may_be_asked_for() -> None:
    months = months_to_count(date(2026, 11, 24))
    assert (months[0], months[-1]) == (date(2021, 11, 1), date(2026, 11, 1))
    assert len(months) == MOST_MONTHS + 1
