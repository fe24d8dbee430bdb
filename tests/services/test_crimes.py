"""Entering a crime by hand, adding to it, and what its page shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import (
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
)
from fcr_app.models import AccessEntry, ChangeEntry, Crime, CrimePerson, Offence, Person, Victim
from fcr_app.services.crime_additions import add_person, add_victim, classify
from fcr_app.services.crime_choices import find_offences, find_people, units
from fcr_app.services.crime_page import crime_page
from fcr_app.services.crimes import NewCrime, NewVictim, enter_crime
from tests.builders import NOW, a_crime, a_person, a_unit, an_offence, as_actor

HOUR = timedelta(hours=1)


def an_actor(session: Session, *roles: Role) -> Actor:
    return as_actor(session, a_person(session, roles=roles or (Role.FCR,)))


def a_new_crime(session: Session, **changes: object) -> NewCrime:
    new = NewCrime(
        crime_number="01 abc/26",
        incident_reference="cad 12",
        reported_at=NOW - 4 * HOUR,
        recorded_at=NOW - HOUR,
        offence_id=an_offence(session).id,
        oic_id=a_person(session).id,
    )
    return replace(new, **changes)  # type: ignore[arg-type]


def fields(refused: pytest.ExceptionInfo[InvalidValues]) -> set[str]:
    return {problem.field for problem in refused.value.problems}


def parts(session: Session, crime_id: int) -> set[tuple[int, str]]:
    rows = session.execute(
        select(CrimePerson.person_id, CrimePerson.part).where(CrimePerson.crime_id == crime_id)
    )
    return {(row.person_id, row.part) for row in rows}


def test_a_crime_entered_by_hand_is_kept_whole(session: Session) -> None:
    helper = a_person(session)
    new = a_new_crime(
        session,
        unit_id=a_unit(session).id,
        others=((Part.CONTRIBUTOR, helper.id),),
        flags=frozenset({Flag.KNIFE}),
        victims=(NewVictim(name="Demo Victim", address=" 1 Demo Street \n\n DM1 1AA "),),
    )
    actor = an_actor(session)
    crime_id = enter_crime(session, actor, new, now=NOW)

    page = crime_page(session, actor, crime_id, now=NOW)
    assert (page.number, page.incident_reference) == ("01 abc/26", "cad 12")
    assert page.recorded_after == 3 * HOUR
    assert page.recorded_month is None
    assert page.flags == [Flag.KNIFE]
    assert [(person.id, person.part) for person in page.people] == [
        (new.oic_id, Part.OFFICER_IN_CASE),
        (helper.id, Part.CONTRIBUTOR),
    ]
    assert page.victims[0].address == "1 Demo Street\nDM1 1AA"
    assert [start.key for start in page.may_start][:1] == ["cancellation"]
    crime = session.get_one(Crime, crime_id)
    assert (crime.number_key, crime.incident_key) == ("01ABC/26", "CAD12")
    assert crime.recorded_month == date(2026, 11, 1)
    assert crime.first_offence_id == crime.offence_id


def test_entering_and_looking_are_both_logged(session: Session) -> None:
    actor = an_actor(session)
    crime_id = enter_crime(session, actor, a_new_crime(session), now=NOW)
    crime_page(session, actor, crime_id, now=NOW)
    session.flush()

    change = session.scalars(select(ChangeEntry)).one()
    assert (change.what, change.record_id, change.person_id) == ("crime:enter", crime_id, actor.id)
    view = session.scalars(select(AccessEntry)).one()
    assert (view.what, view.record_id, view.person_id) == ("crime:read", crime_id, actor.id)


def test_the_same_number_written_differently_is_the_same_crime(session: Session) -> None:
    actor = an_actor(session)
    enter_crime(session, actor, a_new_crime(session), now=NOW)
    with pytest.raises(InvalidValues, match="here already") as refused:
        enter_crime(session, actor, a_new_crime(session, crime_number="01ABC/26 "), now=NOW)
    assert fields(refused) == {"crime_number"}


def test_every_wrong_value_is_named_at_once(session: Session) -> None:
    wrong = a_new_crime(
        session,
        crime_number="  ",
        reported_at=NOW + HOUR,
        recorded_at=NOW - HOUR,
        offence_id=0,
        oic_id=a_person(session, active=False).id,
        unit_id=999,
        victims=(NewVictim(name=""),),
    )
    with pytest.raises(InvalidValues) as refused:
        enter_crime(session, an_actor(session), wrong, now=NOW)
    assert fields(refused) == {
        "crime_number", "reported_at", "recorded_at", "offence", "oic", "unit", "victim_name",
    }  # fmt: skip


def test_a_crime_can_be_recorded_the_moment_it_is_reported(session: Session) -> None:
    new = a_new_crime(session, reported_at=NOW, recorded_at=NOW)
    assert enter_crime(session, an_actor(session), new, now=NOW)


def test_a_reported_incident_is_not_a_crime(session: Session) -> None:
    incident = an_offence(
        session, offence_class="N100", offence_code="100/01", reported_incident=True
    )
    with pytest.raises(InvalidValues, match="N100 is a reported incident, not a recorded crime"):
        enter_crime(
            session, an_actor(session), a_new_crime(session, offence_id=incident.id), now=NOW
        )


def test_numbers_too_long_for_the_record_are_refused(session: Session) -> None:
    new = a_new_crime(session, crime_number="1" * 81, incident_reference="2" * 81)
    with pytest.raises(InvalidValues) as refused:
        enter_crime(session, an_actor(session), new, now=NOW)
    assert fields(refused) == {"crime_number", "incident_reference"}


@pytest.mark.parametrize(
    ("victim", "field"),
    [
        (NewVictim(name=" "), "name"),
        (NewVictim(name="x" * 121), "name"),
        (NewVictim(name="Demo Shop", kind=VictimKind.BUSINESS), "speaks_for"),
        (NewVictim(name="Demo Child", is_child=True), "speaks_for"),
    ],
)
def test_a_victim_needs_a_name_and_somebody_to_speak_for_them(
    session: Session, victim: NewVictim, field: str
) -> None:
    crime = a_crime(session, victims=0)
    with pytest.raises(InvalidValues) as refused:
        add_victim(session, an_actor(session), crime.id, victim, now=NOW)
    assert fields(refused) == {field}


def test_a_child_has_enhanced_rights_and_flags_the_crime(session: Session) -> None:
    crime = a_crime(session, victims=0)
    actor = an_actor(session)
    child = NewVictim(name="Demo Child", is_child=True, speaks_for="Demo Parent")
    add_victim(session, actor, crime.id, child, now=NOW)
    add_victim(session, actor, crime.id, replace(child, name="Demo Sibling"), now=NOW)

    page = crime_page(session, actor, crime.id, now=NOW)
    assert [victim.enhanced_ground for victim in page.victims] == [EnhancedGround.UNDER_18] * 2
    assert page.flags == [Flag.CHILD]
    keys = session.scalars(select(Victim.name_key).order_by(Victim.id)).all()
    assert keys == ["child demo", "sibling demo"]


def test_a_new_officer_in_the_case_makes_the_old_one_a_former_one(session: Session) -> None:
    old, new = a_person(session), a_person(session)
    crime = a_crime(session, oic=old)
    actor = an_actor(session)
    add_person(session, actor, crime.id, new.id, Part.OFFICER_IN_CASE, now=NOW)

    assert crime.oic_id == new.id
    assert parts(session, crime.id) == {(old.id, "former_oic"), (new.id, "oic")}


def test_an_officer_who_comes_back_stays_a_former_one_too(session: Session) -> None:
    old, new = a_person(session), a_person(session)
    crime = a_crime(session, oic=old)
    actor = an_actor(session)
    for person in (new, old, new):
        add_person(session, actor, crime.id, person.id, Part.OFFICER_IN_CASE, now=NOW)

    assert crime.oic_id == new.id
    assert {(old.id, "former_oic"), (new.id, "oic")} <= parts(session, crime.id)
    assert [p.part for p in crime_page(session, actor, crime.id, now=NOW).people].count(
        Part.OFFICER_IN_CASE
    ) == 1


def test_a_part_is_played_once(session: Session) -> None:
    helper = a_person(session)
    crime = a_crime(session, people={Part.CONTRIBUTOR: helper})
    with pytest.raises(InvalidValues, match="play that part already"):
        add_person(session, an_actor(session), crime.id, helper.id, Part.CONTRIBUTOR, now=NOW)


def test_somebody_who_left_can_not_be_added(session: Session) -> None:
    left = a_person(session, active=False)
    crime = a_crime(session)
    with pytest.raises(InvalidValues, match="left the force"):
        add_person(session, an_actor(session), crime.id, left.id, Part.CONTRIBUTOR, now=NOW)


def test_a_crime_nobody_may_see_answers_like_one_that_does_not_exist(session: Session) -> None:
    crime = a_crime(session, oic=a_person(session))
    stranger = an_actor(session, Role.OFFICER)
    administrator = an_actor(session, Role.ADMINISTRATOR)
    for actor, crime_id in ((stranger, crime.id), (administrator, crime.id), (stranger, 999)):
        with pytest.raises(NotFound, match="There is no such crime, or you may not see it"):
            crime_page(session, actor, crime_id, now=NOW)
        with pytest.raises(NotFound):
            add_victim(session, actor, crime_id, NewVictim(name="Demo"), now=NOW)
    session.flush()
    assert session.scalars(select(AccessEntry)).all() == []


def without_a_class(session: Session) -> Crime:
    crime = a_crime(session)
    crime.offence_id = crime.first_offence_id = None
    session.flush()
    return crime


def test_a_ddm_gives_a_crime_without_a_class_its_first_one(session: Session) -> None:
    crime = without_a_class(session)
    ddm = an_actor(session, Role.DDM)
    assert crime_page(session, ddm, crime.id, now=NOW).may_classify
    classify(session, ddm, crime.id, an_offence(session).id, version=crime.version, now=NOW)

    page = crime_page(session, ddm, crime.id, now=NOW)
    assert page.offence == "34B 034/01 Robbery of personal property"
    assert not page.may_classify
    with pytest.raises(SomeoneElseChangedIt):
        classify(session, ddm, crime.id, an_offence(session).id, version=page.version, now=NOW)


def test_an_officer_may_not_say_what_class_a_crime_has(session: Session) -> None:
    crime = without_a_class(session)
    officer = a_person(session)
    crime.oic_id = officer.id
    session.flush()
    actor = as_actor(session, officer)
    assert not crime_page(session, actor, crime.id, now=NOW).may_classify
    with pytest.raises(PermissionRefused, match="Only a DDM or the FCR"):
        classify(session, actor, crime.id, 1, version=crime.version, now=NOW)


def test_a_removed_crime_can_not_be_asked_about_again(session: Session) -> None:
    crime = a_crime(session, status=CrimeStatus.CANCELLED)
    page = crime_page(session, an_actor(session), crime.id, now=NOW)
    assert page.removal_code == "C2"
    assert "cancellation" not in [start.key for start in page.may_start]


def test_the_first_class_is_shown_where_the_crime_was_reclassified(session: Session) -> None:
    crime = a_crime(session)
    crime.offence_id = an_offence(
        session, offence_class="39", offence_code="039/00", title="Theft from the person"
    ).id
    session.flush()
    page = crime_page(session, an_actor(session), crime.id, now=NOW)
    assert page.offence == "39 039/00 Theft from the person"
    assert page.first_offence == "34B 034/01 Robbery of personal property"


def test_an_offence_is_found_by_class_code_or_words(session: Session) -> None:
    for offence_class in ("8N", "8S", "8T"):
        an_offence(session, offence_class=offence_class, offence_code="008/06", title="ABH")
    an_offence(session)
    an_offence(session, offence_class="N100", offence_code="100/01", reported_incident=True)
    session.add(_abolished())
    session.flush()

    assert find_offences(session, "8n 8/6").only is not None
    assert len(find_offences(session, "008/06").choices) == 3
    assert len(find_offences(session, "8T").choices) == 1
    only = find_offences(session, "personal ROBBERY").only
    assert only is not None
    assert only.label == "34B 034/01 Robbery of personal property"
    assert find_offences(session, "  ").choices == ()
    assert find_offences(session, "N100").choices == []
    assert find_offences(session, "100%").choices == []
    assert find_offences(session, "abolished").choices == []


def _abolished() -> Offence:
    return Offence(
        offence_class="99", offence_code="099/01", class_title="Abolished", title="Abolished",
        offence_group="", offence_subgroup="", victim_or_state="S", max_sentence="", mode="",
        current=False, reported_incident=False,
    )  # fmt: skip


def test_too_many_offences_to_read_are_cut_and_said_to_be(session: Session) -> None:
    for n in range(25):
        an_offence(session, offence_class="99", offence_code=f"099/{n:02}", title=f"Other {n}")
    found = find_offences(session, "other")
    assert (len(found.choices), found.more, found.only) == (20, True, None)


def test_a_colleague_is_found_by_staff_number_address_or_name(session: Session) -> None:
    one = a_person(session, name="Demo Officer One", staff_number="P1", email="one@force.example")
    a_person(session, name="Demo Officer Two")
    a_person(session, name="Demo Officer Three", active=False)

    def only(typed: str) -> int | None:
        found = find_people(session, typed).only
        return found.id if found else None

    assert only("p1") == only("One@Force.example") == only("demo officer ONE") == one.id
    assert len(find_people(session, "officer").choices) == 2
    assert only("Three") is None
    assert find_people(session, "").choices == ()


def test_units_are_listed_with_the_units_they_are_part_of(session: Session) -> None:
    north = a_unit(session, name="North")
    a_unit(session, name="Team", parent=north)
    a_unit(session, name="Closed").active = False
    session.flush()
    assert [choice.label for choice in units(session)] == ["North", "North / Team"]


def test_a_person_read_back_is_the_one_entered(session: Session) -> None:
    # Guards the aware-UTC round trip on both engines.
    new = a_new_crime(session, reported_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    crime_id = enter_crime(session, an_actor(session), new, now=NOW)
    session.expire_all()
    assert session.get_one(Crime, crime_id).reported_at == new.reported_at
    assert session.get_one(Person, new.oic_id).active


@pytest.mark.parametrize(
    ("hours", "late_by"), [(24, None), (25, HOUR), (24 + 1 / 60, timedelta(minutes=1))]
)
def test_a_crime_recorded_past_the_limit_says_by_how_much(
    session: Session, hours: float, late_by: timedelta | None
) -> None:
    recorded_at = NOW - HOUR
    crime = a_crime(
        session, recorded_at=recorded_at, reported_at=recorded_at - timedelta(hours=hours)
    )
    page = crime_page(session, an_actor(session), crime.id, now=NOW)
    assert page.late_by == late_by


def test_a_crime_reported_before_there_was_a_limit_is_not_late(session: Session) -> None:
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    crime = a_crime(session, reported_at=long_ago)
    assert crime_page(session, an_actor(session), crime.id, now=NOW).late_by is None
