"""How much is known about victims: blank, declined and not asked are three things."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.equality_figures.period import last_twelve_months
from fcr_app.domain.incidents import Route
from fcr_app.models import EqualityAnswer, EqualityRecord
from fcr_app.services.equality_figures.completeness import CompletenessPage, completeness_page
from tests.builders import TODAY, a_unit, an_offence
from tests.equality_people import THEN, answered, crimes, reports
from tests.statements import statements

PERIOD = last_twelve_months(TODAY)
MOST_STATEMENTS = 12


def page(session: Session, item: Item = Item.ETHNICITY) -> CompletenessPage:
    return completeness_page(session, item, PERIOD)


def of(found: CompletenessPage, item: Item) -> Completeness:
    return next(one for one in found.items if one.key == item.value)


def lines(found: CompletenessPage, title: str) -> dict[str, Completeness]:
    breakdown = next(one for one in found.breakdowns if one.title == title)
    return {one.label: one for one in breakdown.lines}


def test_blank_declined_and_not_asked_are_never_the_same(session: Session) -> None:
    reports(session, 12, "white")
    reports(session, 3, reason="declined")
    reports(session, 4, reason="not_asked")
    reports(session, 5)
    found = of(page(session), Item.ETHNICITY)
    assert (found.asked_of, found.known, found.declined, found.other_reasons, found.blank) == (
        24, 12, 3, 4, 5,
    )  # fmt: skip
    assert found.reasons == {Missing.DECLINED: 3, Missing.NOT_ASKED: 4}
    assert found.rate == 0.5


def test_an_answer_that_was_superseded_does_not_count(session: Session) -> None:
    reports(session, 1, reason="not_asked")
    record = session.scalars(select(EqualityRecord)).one()
    session.flush()
    old = session.scalars(select(EqualityAnswer)).one()
    old.superseded_at = THEN + timedelta(days=1)
    session.flush()
    answered(session, record, "black")
    session.flush()
    found = of(page(session), Item.ETHNICITY)
    assert (found.known, found.other_reasons, found.blank) == (1, 0, 0)


def test_children_are_not_asked_what_is_asked_from_sixteen(session: Session) -> None:
    reports(session, 10, "35-44", item=Item.AGE)
    reports(session, 4, "10-13", item=Item.AGE)
    found = page(session)
    assert of(found, Item.ORIENTATION).asked_of == 10
    assert of(found, Item.RELIGION).asked_of == 14


def test_what_is_asked_only_where_it_matters_is_never_blank(session: Session) -> None:
    reports(session, 10)
    reports(session, 2, "yes", item=Item.PREGNANCY)
    found = of(page(session), Item.PREGNANCY)
    assert (found.known, found.blank, found.rate) == (2, None, None)


def test_it_is_broken_down_by_month_route_offence_group_and_unit(session: Session) -> None:
    north, south = a_unit(session, name="North"), a_unit(session, name="South")
    reports(session, 10, "white", unit=north, route=Route.ONLINE)
    reports(session, 2, reason="declined", unit=north, route=Route.ONLINE)
    crimes(session, 3, "black", unit=south, offence=an_offence(session))
    found = page(session)
    assert found.victims == 15
    assert lines(found, "By month")["May 2026"].known == 13
    assert lines(found, "By month")["June 2026"].asked_of == 0
    assert len(lines(found, "By month")) == 12
    online = lines(found, "By route")["Online report"]
    assert (online.asked_of, online.known, online.declined) == (12, 10, 2)
    assert lines(found, "By route")["Recorded without a report"].known == 3
    groups = lines(found, "By offence group")
    assert (groups["Demo group"].known, groups["No crime recorded"].asked_of) == (3, 12)
    units = lines(found, "By unit")
    assert (units["North"].asked_of, units["South"].known) == (12, 3)
    assert units["South"].rate is None, "too few for a percentage"


def test_orientation_and_gender_identity_are_never_shown_by_unit(session: Session) -> None:
    reports(session, 12, "heterosexual", item=Item.ORIENTATION, unit=a_unit(session))
    for item in (Item.ORIENTATION, Item.GENDER_IDENTITY):
        by_unit = page(session, item).breakdowns[-1]
        assert by_unit.lines == ()
        assert "not shown by unit" in by_unit.note


def test_it_asks_the_database_at_most_a_dozen_times(session: Session) -> None:
    reports(session, 3, "white")
    with statements(session) as sent:
        page(session)
    assert len(sent) <= MOST_STATEMENTS
    assert all("GROUP BY" in one or "count(*)" in one or "FROM units" in one for one in sent)
