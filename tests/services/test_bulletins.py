"""Bulletins: who is told, who has read them, what is never changed, where they are shown."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import Bearing, Wording
from fcr_app.domain.mail import MailChoice
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import (
    AlreadyDone,
    InvalidValue,
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
)
from fcr_app.models import Bulletin, Message, Notice, Person, RoleGrant, Unit
from fcr_app.services.bulletin_list import Listed, bulletin_list
from fcr_app.services.bulletin_receipts import receipts
from fcr_app.services.bulletin_telling import remind, tell_newcomers
from fcr_app.services.bulletin_view import bulletin_view, mark_read
from fcr_app.services.bulletins import (
    change_draft,
    number_of,
    publish,
    to_change,
    withdraw,
    write_bulletin,
)
from fcr_app.services.case_view import case_view
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.crime_page import crime_page
from fcr_app.services.incident_page import incident_page
from fcr_app.services.request_flow import request_view
from tests.builders import NOW, TODAY, a_crime, a_person, a_unit, an_incident, an_offence, as_actor
from tests.services import requests as say
from tests.statements import statements

DAY = timedelta(days=1)
SOURCE = "REC-08: Crime Recording Rules, page 8"


def words(**more: object) -> Wording:
    usual: dict[str, object] = {
        "title": "A teacher’s report is enough",
        "text": "Record what a teacher reports; do not wait for the pupil.",
        "rule": "REC-08",
        "roles": (Role.OFFICER, Role.SUPERVISOR),
        "starts_on": TODAY,
    }
    return Wording(**{**usual, **more})  # type: ignore[arg-type] # as a test says


@pytest.fixture
def fcr(session: Session) -> Actor:
    person = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    return as_actor(session, person)


@pytest.fixture
def units(session: Session) -> Mapping[str, Unit]:
    north = a_unit(session, name="Demo North")
    return {
        "north": north,
        "team": a_unit(session, name="Demo North Team", parent=north),
        "south": a_unit(session, name="Demo South"),
    }


def published(session: Session, fcr: Actor, said: Wording | None = None) -> Bulletin:
    bulletin = write_bulletin(session, fcr, said or words(), now=NOW)
    publish(session, fcr, bulletin.id, source=SOURCE, now=NOW)
    return bulletin


def told(session: Session) -> dict[int, int]:
    """Count notices about bulletins by person."""
    rows = session.execute(
        select(Notice.person_id, func.count())
        .where(Notice.path.startswith("/bulletins/"))
        .group_by(Notice.person_id)
    ).all()
    return dict(rows)


def listed(session: Session, actor: Actor, which: Listed) -> list[str]:
    found = bulletin_list(session, actor, which, now=NOW)
    assert found.counts[which] == len(found.page.rows)
    return [row.title for row in found.page.rows]


def test_a_draft_is_seen_by_those_who_publish_alone(session: Session, fcr: Actor) -> None:
    officer = as_actor(session, a_person(session))
    bulletin = write_bulletin(session, fcr, words(), now=NOW)

    assert told(session) == {}
    assert listed(session, fcr, Listed.DRAFT) == ["A teacher’s report is enough"]
    assert bulletin_view(session, fcr, bulletin.id, now=NOW).said == words()
    assert Listed.DRAFT not in bulletin_list(session, officer, Listed.DRAFT, now=NOW).counts
    with pytest.raises(NotFound):
        bulletin_view(session, officer, bulletin.id, now=NOW)
    with pytest.raises(PermissionRefused):
        write_bulletin(session, officer, words(), now=NOW)
    with pytest.raises(PermissionRefused):
        publish(session, officer, bulletin.id, source=SOURCE, now=NOW)


def test_what_is_published_has_a_number_and_is_never_changed(session: Session, fcr: Actor) -> None:
    first, second = published(session, fcr), published(session, fcr)
    assert [number_of(one) for one in (first, second)] == ["B 2026/001", "B 2026/002"]
    with pytest.raises(InvalidValue, match="nothing new"):
        publish(session, fcr, first.id, source=SOURCE, now=NOW)
    session.commit()

    for change in (
        "UPDATE bulletin_editions SET text = 'x'",
        "UPDATE bulletin_roles SET role = 'ddm'",
        "DELETE FROM bulletin_editions",
        "DELETE FROM bulletin_roles",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(change))
        session.rollback()


def test_each_person_it_is_for_is_told_once_and_nobody_else(
    session: Session, fcr: Actor, units: Mapping[str, Unit]
) -> None:
    inside = a_person(session, unit=units["team"])
    right_there = a_person(session, unit=units["north"], roles=[Role.SUPERVISOR])
    a_person(session, unit=units["south"])
    a_person(session, unit=units["team"], roles=[Role.DDM])
    left = a_person(session, unit=units["team"])
    left.active = False
    daily = a_person(session, unit=units["team"])
    daily.mail_choice = MailChoice.DAILY.value
    session.flush()

    published(session, fcr, words(unit_ids=(units["north"].id,)))

    assert told(session) == {inside.id: 1, right_there.id: 1, daily.id: 1}
    mailed = set(session.scalars(select(Message.person_id)))
    assert mailed == {inside.id, right_there.id}
    for _ in range(2):
        tell_newcomers(session, now=NOW + DAY)
    assert told(session) == {inside.id: 1, right_there.id: 1, daily.id: 1}


def test_whoever_joins_later_sees_it_and_is_told(
    session: Session, fcr: Actor, units: Mapping[str, Unit]
) -> None:
    bulletin = published(session, fcr, words(unit_ids=(units["north"].id,)))
    person = a_person(session, unit=units["south"])
    with pytest.raises(NotFound):
        bulletin_view(session, as_actor(session, person), bulletin.id, now=NOW)

    person.unit_id = units["team"].id
    session.flush()

    actor = as_actor(session, person)
    assert listed(session, actor, Listed.UNREAD) == ["A teacher’s report is enough"]
    assert tell_newcomers(session, now=NOW + DAY) == 1
    assert told(session) == {person.id: 1}


def test_nobody_is_told_before_its_first_day(session: Session, fcr: Actor) -> None:
    person = a_person(session)
    actor = as_actor(session, person)
    bulletin = published(session, fcr, words(starts_on=TODAY + DAY))

    assert told(session) == {}
    assert listed(session, actor, Listed.UNREAD) == []
    assert listed(session, fcr, Listed.STANDING) == ["A teacher’s report is enough"]
    with pytest.raises(NotFound):
        bulletin_view(session, actor, bulletin.id, now=NOW)
    with pytest.raises(InvalidValue, match="does not stand"):
        mark_read(session, actor, bulletin.id, now=NOW)

    assert tell_newcomers(session, now=NOW + DAY) == 1
    assert bulletin_view(session, actor, bulletin.id, now=NOW + DAY).mine


def test_a_receipt_counts_once_by_unit(
    session: Session, fcr: Actor, units: Mapping[str, Unit]
) -> None:
    people = [a_person(session, unit=units[name]) for name in ("north", "north", "south")]
    bulletin = published(session, fcr)
    reader = as_actor(session, people[0])
    mark_read(session, reader, bulletin.id, now=NOW)
    with pytest.raises(AlreadyDone):
        mark_read(session, reader, bulletin.id, now=NOW)
    session.flush()

    found = receipts(session, fcr, bulletin.id, now=NOW)

    assert (found.read, found.people) == (1, 3)
    assert [(u.unit, u.read, u.people) for u in found.units] == [
        ("Demo North", 1, 2),
        ("Demo South", 0, 1),
    ]
    assert [one.id for one in found.not_read] == [people[1].id, people[2].id]
    assert listed(session, reader, Listed.UNREAD) == []
    with pytest.raises(PermissionRefused):
        receipts(session, reader, bulletin.id, now=NOW)


def test_nobody_says_that_they_read_what_is_not_for_them(session: Session, fcr: Actor) -> None:
    bulletin = published(session, fcr)
    ddm = as_actor(session, a_person(session, roles=[Role.DDM]))

    for who in (ddm, fcr):
        with pytest.raises(NotFound):
            mark_read(session, who, bulletin.id, now=NOW)


@pytest.mark.parametrize("again", [True, False])
def test_a_correction_is_another_edition(session: Session, fcr: Actor, again: bool) -> None:
    person = a_person(session)
    actor = as_actor(session, person)
    bulletin = published(session, fcr)
    mark_read(session, actor, bulletin.id, now=NOW)
    change_draft(
        session, fcr, bulletin.id, words(title="Clearer", errors=(ErrorType.E06,)), now=NOW
    )

    unseen = bulletin_view(session, actor, bulletin.id, now=NOW)
    assert (unseen.said.title, unseen.correction) == ("A teacher’s report is enough", None)
    with pytest.raises(InvalidValue, match="Say why"):
        publish(session, fcr, bulletin.id, source=SOURCE, now=NOW)
    publish(
        session, fcr, bulletin.id, source=SOURCE, why="It was not clear.", read_again=again, now=NOW
    )
    session.flush()

    view = bulletin_view(session, actor, bulletin.id, now=NOW)
    assert (view.said.title, view.edition, view.number) == ("Clearer", 2, "B 2026/001")
    assert [one.title for one in view.editions] == ["Clearer", "A teacher’s report is enough"]
    assert (view.read_at is None) == again
    assert told(session) == {person.id: 2 if again else 1}
    if again:
        mark_read(session, actor, bulletin.id, now=NOW)
        assert receipts(session, fcr, bulletin.id, now=NOW).read == 1


def test_a_withdrawn_one_stays_readable_and_says_why(session: Session, fcr: Actor) -> None:
    person = a_person(session)
    actor = as_actor(session, person)
    first, second = published(session, fcr), published(session, fcr)
    with pytest.raises(InvalidValue, match="Say why"):
        withdraw(session, fcr, first.id, reason="No.", now=NOW)
    with pytest.raises(InvalidValue, match="another bulletin"):
        withdraw(session, fcr, first.id, reason="It was wrong.", replaced_by_id=first.id, now=NOW)
    withdraw(
        session, fcr, first.id, reason="It was wrong.", replaced_by_id=second.id, now=NOW + DAY
    )

    view = bulletin_view(session, actor, first.id, now=NOW)
    assert view.withdrawn_reason == "It was wrong."
    assert view.replaced_by is not None
    assert view.replaced_by.number == "B 2026/002"
    assert not view.mine
    assert len(listed(session, actor, Listed.UNREAD)) == 1
    assert len(listed(session, actor, Listed.WITHDRAWN)) == 1
    assert told(session) == {person.id: 3}
    with pytest.raises(InvalidValue, match="withdrawn"):
        change_draft(session, fcr, first.id, words(), now=NOW)


def test_people_are_reminded_within_a_limit(session: Session, fcr: Actor) -> None:
    reader, other = a_person(session), a_person(session)
    bulletin = published(session, fcr)
    mark_read(session, as_actor(session, reader), bulletin.id, now=NOW)
    session.flush()

    at = NOW
    for _ in range(3):
        changed = to_change(session, fcr, bulletin.id, None)
        assert remind(session, fcr, changed, now=at) == 1
        with pytest.raises(InvalidValue, match=r"lately|3 times"):
            remind(session, fcr, changed, now=at + DAY)
        at += 3 * DAY
    with pytest.raises(InvalidValue, match="3 times"):
        remind(session, fcr, to_change(session, fcr, bulletin.id, None), now=at)

    assert told(session) == {reader.id: 1, other.id: 4}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": " "}),
        ("text", {"text": "Too short."}),
        ("rule", {"rule": "XXX-99"}),
        ("roles", {"roles": ()}),
        ("roles", {"roles": (Role.ADMINISTRATOR,)}),
        ("unit_ids", {"unit_ids": (999,)}),
        ("places", {"bearings": (Bearing(place="nowhere"),)}),
        ("step", {"bearings": (Bearing(place="cancellation", trigger="nothing"),)}),
        ("step", {"bearings": (Bearing(place="report", trigger="submit"),)}),
        ("classes", {"bearings": (Bearing(place="crime", offence_class="a class"),)}),
    ],
)
def test_what_can_not_be_used_is_refused_at_its_field(
    session: Session, fcr: Actor, field: str, wrong: Mapping[str, object]
) -> None:
    with pytest.raises(InvalidValues) as refused:
        write_bulletin(session, fcr, words(**wrong), now=NOW)
    assert field in {problem.field for problem in refused.value.problems}


def test_what_somebody_else_changed_is_not_overwritten(session: Session, fcr: Actor) -> None:
    bulletin = write_bulletin(session, fcr, words(), now=NOW)
    seen = bulletin.version
    change_draft(session, fcr, bulletin.id, words(title="Mine"), now=NOW, version=seen)
    session.flush()
    with pytest.raises(SomeoneElseChangedIt):
        change_draft(session, fcr, bulletin.id, words(title="Yours"), now=NOW, version=seen)


def test_a_bulletin_is_shown_on_the_case_it_bears_on(session: Session, fcr: Actor) -> None:
    officer = a_person(session)
    actor = as_actor(session, officer)
    offence = an_offence(session, offence_class="8N", offence_code="008/06")
    crime = a_crime(session, oic=officer, offence=offence)
    everyone = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.SYSTEM))

    def about(title: str, *bearings: Bearing, **more: object) -> None:
        published(session, fcr, words(title=title, bearings=bearings, roles=everyone, **more))

    about("Every case", Bearing(place="cancellation"))
    about("C2 only", Bearing(place="cancellation", asked="C2"))
    about("C1 only", Bearing(place="cancellation", asked="C1"))
    about("Its class", *(Bearing(place="cancellation", offence_class=c) for c in ("8N", "8L")))
    about("Another class", Bearing(place="cancellation", offence_class="8L"))
    about("A step", Bearing(place="cancellation", trigger="approve"))
    about("Elsewhere", Bearing(place="reclassification"), Bearing(place="crime"))
    about("Later", Bearing(place="cancellation"), starts_on=date(2027, 1, 1))
    reference = open_case(session, actor, "cancellation", crime.id, now=NOW).reference
    session.flush()
    asking = {one.title for one in request_view(session, actor, reference, now=NOW).bulletins}
    assert asking == {"Every case", "Its class"}
    take_step(session, actor, reference, "submit", say.C2, now=NOW, form_key="one")
    session.commit()

    view = case_view(session, fcr, reference, now=NOW)
    titles = {one.title: one for one in view.bulletins}
    assert set(titles) == {"Every case", "C2 only", "Its class", "A step"}
    assert titles["A step"].bears_on("approve")
    assert not titles["A step"].bears_on("refuse")
    assert titles["Every case"].bears_on("refuse")
    assert [b.title for b in crime_page(session, actor, crime.id, now=NOW).bulletins] == [
        "Elsewhere"
    ]


def test_a_bulletin_is_shown_on_a_report_to_those_it_is_for(session: Session, fcr: Actor) -> None:
    officer = a_person(session)
    actor = as_actor(session, officer)
    report = an_incident(session, officer=officer)
    bulletin = published(session, fcr, words(bearings=(Bearing(place="report"),)))
    published(session, fcr, words(roles=(Role.DDM,), bearings=(Bearing(place="report"),)))

    def shown() -> list[tuple[int, bool]]:
        page = incident_page(session, actor, report.id, now=NOW)
        return [(one.id, one.is_read) for one in page.bulletins]

    assert shown() == [(bulletin.id, False)]
    mark_read(session, actor, bulletin.id, now=NOW)
    session.flush()
    assert shown() == [(bulletin.id, True)]


def test_lists_take_two_statements_and_a_case_one_more(session: Session, fcr: Actor) -> None:
    officer = a_person(session)
    actor = as_actor(session, officer)
    for number in range(30):
        published(
            session,
            fcr,
            words(title=f"Number {number:02}", bearings=(Bearing(place="report"),)),
        )
    report = an_incident(session, officer=officer)
    session.commit()

    with statements(session) as sent:
        first = bulletin_list(session, actor, Listed.UNREAD, now=NOW)
    assert len(sent) <= 2
    assert len(first.page.rows) == 25
    second = bulletin_list(session, actor, Listed.UNREAD, now=NOW, after=first.page.after)
    titles = {row.title for row in (*first.page.rows, *second.page.rows)}
    assert len(titles) == 30
    with statements(session) as sent:
        incident_page(session, actor, report.id, now=NOW)
    assert sum("bulletin_bearings" in one for one in sent) == 1


def test_a_role_that_ended_ends_the_audience(session: Session, fcr: Actor) -> None:
    person = a_person(session)
    bulletin = published(session, fcr)
    session.execute(
        RoleGrant.__table__.update()  # type: ignore[attr-defined] # a table has it
        .where(RoleGrant.person_id == person.id)
        .values(ends_on=TODAY)
    )
    session.flush()

    assert receipts(session, fcr, bulletin.id, now=NOW).people == 1
    assert receipts(session, fcr, bulletin.id, now=NOW + DAY).people == 0
    assert session.get_one(Person, person.id).active
