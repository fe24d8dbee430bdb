"""Decisions by group, counted by the database, on both."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.equality_figures.period import Period, last_twelve_months
from fcr_app.domain.equality_figures.tallies import NOT_KNOWN
from fcr_app.domain.equality_figures.use import OTHERS, SMALL, TOO_FEW, GroupFigure, UseTable
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.roles import Role
from fcr_app.errors import InvalidValue, PermissionRefused
from fcr_app.models import AccessEntry
from fcr_app.services.equality_figures.use import UseAsked, UsePage, use_page
from tests.builders import NOW, TODAY, a_person, an_offence, as_actor
from tests.equality_people import crimes, reports
from tests.statements import statements

PERIOD = last_twelve_months(TODAY)
MOST_STATEMENTS = 5


def shown(
    session: Session,
    *,
    role: Role = Role.AUDITOR,
    item: Item = Item.ETHNICITY,
    reference: str = OTHERS,
    everything: bool = False,
    period: Period = PERIOD,
) -> UsePage:
    actor = as_actor(session, a_person(session, roles=[role]))
    asked = UseAsked(item=item, period=period, reference=reference, everything=everything)
    return use_page(session, actor, asked, now=NOW)


def table(page: UsePage, measure: UseMeasure) -> UseTable:
    return next(one for one in page.tables if one.measure is measure)


def line(found: UseTable, group: str) -> GroupFigure:
    return next(one for one in found.figures if one.group == group)


def a_gap_within_violence(session: Session) -> None:
    """Of black victims 20 of 60 reports end without a crime, of white ones 15 of 90."""
    reports(session, 40, "black")
    reports(session, 20, "black", closing=ClosingCode.NOT_RECORDED)
    reports(session, 75, "white")
    reports(session, 15, "white", closing=ClosingCode.NOT_RECORDED)
    reports(session, 6, reason="declined")
    reports(session, 6)


def test_a_gap_is_measured_against_all_others_and_against_one_group(session: Session) -> None:
    a_gap_within_violence(session)
    found = table(shown(session), UseMeasure.UNRECORDED)
    black = line(found, "black")
    assert (black.event_count, black.counted) == (20, 60)
    assert black.rate == pytest.approx(1 / 3)
    assert black.compared.pooled is not None
    assert black.compared.pooled.value == pytest.approx(2)
    assert black.compared.stands_out == "higher"
    assert line(found, "white").compared.stands_out == "lower"
    assert found.not_known_rate == pytest.approx(12 / 162)
    assert (found.total.event_count, found.total.counted) == (35, 162)

    against = table(shown(session, reference="white"), UseMeasure.UNRECORDED)
    assert line(against, "black").compared.pooled == black.compared.pooled
    assert line(against, "white").compared.pooled is None
    with pytest.raises(InvalidValue, match="compare with"):
        shown(session, reference="martian")


def test_what_is_not_the_forces_decision_is_not_counted(session: Session) -> None:
    a_gap_within_violence(session)
    before = table(shown(session), UseMeasure.UNRECORDED).total
    for closing in (ClosingCode.OTHER_FORCE, None):
        reports(session, 9, "black", closing=closing)
    first, *others = reports(session, 9, "black", closing=None)
    for again in others:
        again.duplicate_of_id, again.closing_code = first.id, ClosingCode.DUPLICATE.value
        again.settled_at = NOW
    session.flush()
    reports(session, 9, "black", closing=ClosingCode.NOT_RECORDED, opening=OpeningCode.WELFARE)
    reports(session, 9, "black", at=PERIOD.ends_at)
    assert table(shown(session), UseMeasure.UNRECORDED).total == before
    assert (
        table(shown(session), UseMeasure.CANCELLED).why_not == "Nothing was counted in this time."
    )


def test_a_gap_that_is_only_a_different_mix_goes_away(session: Session) -> None:
    """Each group fares alike in violence and in theft, but reports different shares of them."""
    for group, violence, theft in (("black", 80, 20), ("white", 20, 80)):
        for opening, count, tenths in (
            (OpeningCode.VIOLENCE, violence, 5),
            (OpeningCode.THEFT, theft, 1),
        ):
            unrecorded = count * tenths // 10
            reports(session, unrecorded, group, closing=ClosingCode.NOT_RECORDED, opening=opening)
            reports(session, count - unrecorded, group, opening=opening)
    black = line(table(shown(session), UseMeasure.UNRECORDED), "black").compared
    assert black.crude is not None
    assert black.crude.interval.low > 1
    assert black.pooled is not None
    assert black.pooled.value == pytest.approx(1)
    assert black.stands_out == ""


def test_each_measure_counts_its_own(session: Session) -> None:
    reports(session, 40, "white")
    reports(session, 10, "white", late=True)
    rape = OpeningCode.RAPE
    reports(session, 30, "white", opening=rape, route=Route.SARC)
    reports(session, 12, "white", opening=rape, closing=ClosingCode.N100, route=Route.SARC)
    reports(session, 5, "white", closing=ClosingCode.N100)
    crimes(session, 45, "white")
    crimes(session, 6, "white", cancelled=True, offence=an_offence(session, offence_code="034/02"))
    page = shown(session)
    counted = {
        one.measure: (line(one, "white").event_count, line(one, "white").counted)
        for one in page.tables
    }
    assert counted == {
        UseMeasure.UNRECORDED: (17, 97),
        UseMeasure.LATE: (10, 80),
        UseMeasure.N100: (12, 42),
        UseMeasure.CANCELLED: (6, 51),
    }


def test_too_few_or_too_little_known_is_not_compared_and_says_why(session: Session) -> None:
    a_gap_within_violence(session)
    reports(session, 10, "asian")
    reports(session, 10, "asian", closing=ClosingCode.NOT_RECORDED)
    asian = line(table(shown(session), UseMeasure.UNRECORDED), "asian")
    assert asian.counted == 20
    assert asian.compared.why_not == TOO_FEW
    reports(session, 40)
    found = table(shown(session), UseMeasure.UNRECORDED)
    assert "Above 20% nothing is compared" in found.why_not
    assert line(found, "black").compared.pooled is None


def test_small_counts_are_left_out_with_what_would_give_them_back(session: Session) -> None:
    a_gap_within_violence(session)
    reports(session, 2, "asian", closing=ClosingCode.NOT_RECORDED)
    reports(session, 20, "asian")
    page = shown(session)
    found = table(page, UseMeasure.UNRECORDED)
    asian = line(found, "asian")
    assert asian.event_count is None
    assert asian.rate is None
    assert asian.compared.why_not == SMALL
    others = [one for one in found.figures if one.group != "asian" and one.event_count is None]
    assert others, "subtraction from the total gives it back"
    assert len(others) == 1, "and no more is left out than that needs"
    assert found.total.event_count == 37


def test_only_registrars_see_small_counts_and_it_is_logged(session: Session) -> None:
    reports(session, 2, "asian", closing=ClosingCode.NOT_RECORDED)
    for role in (Role.AUDITOR, Role.CHIEF_OFFICER):
        with pytest.raises(PermissionRefused, match="small counts"):
            shown(session, role=role, everything=True)
        assert not shown(session, role=role).may_see_everything
    page = shown(session, role=Role.FCR, everything=True)
    assert line(table(page, UseMeasure.UNRECORDED), "asian").event_count == 2
    assert page.left_out == 0
    session.flush()
    logged = session.scalars(select(AccessEntry.what).order_by(AccessEntry.id)).all()
    assert logged[-1:] == ["equality:small-counts:ethnicity"]


def test_the_not_known_are_a_line_of_their_own(session: Session) -> None:
    a_gap_within_violence(session)
    found = table(shown(session), UseMeasure.UNRECORDED)
    unknown = line(found, NOT_KNOWN)
    assert unknown.counted == 12
    assert unknown not in found.known
    assert unknown.compared.pooled is None


def test_a_page_asks_the_database_five_times_however_many_there_are(session: Session) -> None:
    a_gap_within_violence(session)
    actor = as_actor(session, a_person(session, roles=[Role.AUDITOR]))
    asked = UseAsked(item=Item.ETHNICITY, period=PERIOD)
    with statements(session) as sent:
        use_page(session, actor, asked, now=NOW)
    assert len(sent) <= MOST_STATEMENTS


def test_months_are_londons(session: Session) -> None:
    """Half an hour before July in UTC is July in London."""
    june = Period(date(2026, 6, 1), date(2026, 6, 1))
    reports(session, 12, "white", at=june.ends_at)
    assert june.ends_at.hour == 23
    assert table(shown(session, period=june), UseMeasure.UNRECORDED).total.counted == 0
