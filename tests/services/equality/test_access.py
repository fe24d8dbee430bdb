"""Who may ask and who may see what: narrower than the case, and each look is logged."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import NotFound, PermissionRefused
from fcr_app.models import AccessEntry, Appointment, Crime, EqualityRecord, Incident, Person, Unit
from fcr_app.services.equality.access import Sight, may_reveal, must_ask, sight_of
from fcr_app.services.equality.answers import NewAnswer, answer_victim, give_answer
from fcr_app.services.equality.record_view import read_record, reveal
from fcr_app.services.equality.records import begin_for_report, begin_records, record_of_report
from fcr_app.services.equality.worklist import Tab, incomplete_list, tabs_of
from tests.builders import (
    NOW,
    TODAY,
    a_case,
    a_crime,
    a_person,
    a_unit,
    a_victim,
    an_incident,
    as_actor,
)


@dataclass
class Scene:
    """A crime and a report of one officer, each with answers of its victim."""

    session: Session
    unit: Unit
    officer: Person
    crime: Crime
    report: Incident
    of_crime: EqualityRecord
    of_report: EqualityRecord

    def sight(self, person: Person, record: EqualityRecord) -> Sight | None:
        """Return how much of a record somebody sees."""
        try:
            return sight_of(self.session, as_actor(self.session, person), record.id)
        except NotFound:
            return None

    def actor(self, person: Person | None = None) -> Actor:
        """Return somebody as who acts; the officer, unless said."""
        return as_actor(self.session, person or self.officer)


@pytest.fixture
def scene(session: Session) -> Scene:
    unit = a_unit(session)
    sergeant = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR], unit=unit)
    officer = a_person(session, name="Demo Officer", unit=unit, supervisor=sergeant)
    crime = a_crime(session, victims=0, oic=officer, unit=unit)
    victim = a_victim(session, crime, name="Demo Victim")
    begin_records(session, [crime.id], now=NOW)
    report = an_incident(session, officer=officer, unit=unit)
    of_report = record_of_report(session, report)
    of_crime = session.get_one(EqualityRecord, victim.equality_record_id)
    for record in (of_crime, of_report):
        for item, value in ((Item.RELIGION, "sikh"), (Item.GENDER_IDENTITY, "different")):
            new = NewAnswer(item=item, value=value, detail="In her words", given_on=TODAY)
            give_answer(session, SYSTEM_ACTOR, record.id, new, now=NOW)
    return Scene(session, unit, officer, crime, report, of_crime, of_report)


def test_whoever_deals_with_it_and_the_registrars_see_values(scene: Scene) -> None:
    fcr = a_person(scene.session, roles=[Role.FCR])
    deputy = a_person(scene.session, roles=[Role.DEPUTY_FCR])
    for person in (scene.officer, fcr, deputy):
        assert scene.sight(person, scene.of_crime) is Sight.VALUES
        assert scene.sight(person, scene.of_report) is Sight.VALUES


def test_supervisors_and_auditors_see_what_is_open_and_no_values(scene: Scene) -> None:
    sergeant = scene.session.get_one(Person, scene.officer.supervisor_id)
    auditor = a_person(scene.session, roles=[Role.AUDITOR])
    for person in (sergeant, auditor):
        actor = scene.actor(person)
        assert scene.sight(person, scene.of_crime) is Sight.GAPS
        assert scene.sight(person, scene.of_report) is Sight.GAPS
        with pytest.raises(PermissionRefused, match="deals with"):
            must_ask(scene.session, actor, scene.of_crime.id)
        view = read_record(scene.session, actor, scene.of_crime.id, now=NOW)
        assert view.items[Item.RELIGION].hidden
        assert {one.value + one.detail for one in view.items.values()} == {""}
        assert view.age is None


@pytest.mark.parametrize("role", [Role.DDM, Role.CHIEF_OFFICER, Role.ADMINISTRATOR, Role.OFFICER])
def test_everybody_else_sees_nothing(scene: Scene, role: Role) -> None:
    person = a_person(scene.session, roles=[role], unit=scene.unit)

    assert scene.sight(person, scene.of_crime) is None
    assert scene.sight(person, scene.of_report) is None


@pytest.mark.parametrize("part", [Part.FORMER_OFFICER_IN_CASE, Part.CONTRIBUTOR])
def test_a_part_in_the_investigation_that_is_over_or_small_gives_nothing(
    scene: Scene, part: Part
) -> None:
    helper = a_person(scene.session, name="Demo Helper")
    crime = a_crime(scene.session, victims=0, oic=scene.officer, people={part: helper})
    victim = a_victim(scene.session, crime)
    begin_records(scene.session, [crime.id], now=NOW)
    record = scene.session.get_one(EqualityRecord, victim.equality_record_id)

    assert scene.sight(helper, record) is None


def test_a_ddm_who_also_investigates_sees_their_own_victims_only(scene: Scene) -> None:
    both = a_person(scene.session, roles=[Role.OFFICER, Role.DDM])
    assert scene.sight(both, scene.of_crime) is None
    scene.crime.oic_id = both.id
    scene.session.flush()
    assert scene.sight(both, scene.of_crime) is Sight.VALUES
    assert scene.sight(scene.officer, scene.of_crime) is None


def test_gender_identity_is_hidden_even_from_who_may_see_values(scene: Scene) -> None:
    view = read_record(scene.session, scene.actor(), scene.of_crime.id, now=NOW)
    hidden = view.items[Item.GENDER_IDENTITY]
    assert hidden.answered
    assert (hidden.value, hidden.detail) == ("", "")
    assert view.items[Item.RELIGION].value == "sikh"
    assert view.may_reveal

    shown = reveal(scene.session, scene.actor(), scene.of_crime.id, Item.GENDER_IDENTITY, now=NOW)
    assert (shown.value, shown.detail) == ("different", "In her words")


def test_a_registrar_is_never_shown_gender_identity(scene: Scene) -> None:
    fcr = a_person(scene.session, roles=[Role.FCR])
    assert not may_reveal(scene.session, scene.actor(fcr), scene.of_crime.id, Item.GENDER_IDENTITY)
    with pytest.raises(PermissionRefused, match="section 22"):
        reveal(scene.session, scene.actor(fcr), scene.of_crime.id, Item.GENDER_IDENTITY, now=NOW)


def test_each_look_is_logged_by_what_it_showed(scene: Scene) -> None:
    sergeant = scene.session.get_one(Person, scene.officer.supervisor_id)
    read_record(scene.session, scene.actor(), scene.of_crime.id, now=NOW)
    read_record(scene.session, scene.actor(sergeant), scene.of_crime.id, now=NOW)
    reveal(scene.session, scene.actor(), scene.of_crime.id, Item.GENDER_IDENTITY, now=NOW)
    scene.session.flush()

    logged = scene.session.scalars(
        select(AccessEntry).where(AccessEntry.record_kind == "equality").order_by(AccessEntry.id)
    ).all()
    assert [(entry.what, entry.record_id, entry.person_id) for entry in logged] == [
        ("equality:read", scene.of_crime.id, scene.officer.id),
        ("equality:gaps", scene.of_crime.id, sergeant.id),
        ("equality:reveal", scene.of_crime.id, scene.officer.id),
    ]


def test_somebody_who_may_not_ask_changes_nothing(scene: Scene) -> None:
    sergeant = scene.session.get_one(Person, scene.officer.supervisor_id)
    new = NewAnswer(item=Item.SEX, value="male", given_on=TODAY)
    with pytest.raises(PermissionRefused):
        answer_victim(
            scene.session, scene.actor(sergeant), scene.of_crime.id, lambda _: new, now=NOW
        )
    stranger = a_person(scene.session)
    with pytest.raises(NotFound):
        answer_victim(
            scene.session, scene.actor(stranger), scene.of_crime.id, lambda _: new, now=NOW
        )


def test_a_report_is_asked_about_by_who_deals_with_it_not_by_all_who_see_it(scene: Scene) -> None:
    other = an_incident(scene.session, officer=scene.officer, unit=scene.unit)
    sergeant = scene.session.get_one(Person, scene.officer.supervisor_id)
    with pytest.raises(PermissionRefused):
        begin_for_report(scene.session, scene.actor(sergeant), other.id, now=NOW)
    with pytest.raises(NotFound):
        begin_for_report(scene.session, scene.actor(a_person(scene.session)), other.id, now=NOW)

    record_id = begin_for_report(scene.session, scene.actor(), other.id, now=NOW)
    assert begin_for_report(scene.session, scene.actor(), other.id, now=NOW) == record_id


def test_each_list_holds_what_its_reader_may_see_and_counts_no_more(scene: Scene) -> None:
    elsewhere = a_crime(scene.session, victims=2)
    begin_records(scene.session, [elsewhere.id], now=NOW)
    sergeant = scene.session.get_one(Person, scene.officer.supervisor_id)
    auditor = a_person(scene.session, roles=[Role.AUDITOR])

    def found(person: Person, tab: Tab) -> tuple[set[int], dict[str, str]]:
        listed = incomplete_list(
            scene.session, scene.actor(person), tab, after="", before="", now=NOW
        )
        return {row.id for row in listed.page.rows}, dict(listed.counts)

    ours = {scene.of_crime.id, scene.of_report.id}
    assert found(scene.officer, Tab.MINE) == (ours, {"mine": "2"})
    assert found(sergeant, Tab.TEAM) == (ours, {"mine": "0", "team": "2"})
    assert found(scene.officer, Tab.ALL) == (ours, {"mine": "2"})
    everybody, counts = found(auditor, Tab.ALL)
    assert (len(everybody), counts) == (4, {"all": "4"})
    assert tabs_of(scene.actor(a_person(scene.session, roles=[Role.DDM]))) == ()


def test_whoever_goes_to_the_appointment_asks_and_sees(scene: Scene) -> None:
    visitor = a_person(scene.session, name="Demo Visitor", unit=scene.unit)
    assert scene.sight(visitor, scene.of_report) is None

    appointment = Appointment(
        case_id=a_case(scene.session).id,
        incident_id=scene.report.id,
        officer_id=visitor.id,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        place="station",
        changed_at=NOW,
    )
    scene.session.add(appointment)
    scene.session.flush()
    assert scene.sight(visitor, scene.of_report) is Sight.VALUES
    assert scene.sight(visitor, scene.of_crime) is None

    appointment.outcome = "cancelled"
    scene.session.flush()
    assert scene.sight(visitor, scene.of_report) is None
