"""One record for a victim and what happened to them; answers that are history."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.items import NEEDED, Item
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import ReporterType, Route
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import SYSTEM_ACTOR, Role
from fcr_app.errors import AppendOnly, InvalidValues
from fcr_app.models import (
    Case,
    ChangeEntry,
    EqualityAnswer,
    EqualityRecord,
    Incident,
    Person,
    Victim,
)
from fcr_app.services.cases import take_step
from fcr_app.services.crime_additions import add_victim
from fcr_app.services.crimes import NewVictim
from fcr_app.services.equality.answers import NewAnswer, answer_victim, answers_of, give_answer
from fcr_app.services.equality.code_lists import NewCode, add_code, values_on
from fcr_app.services.equality.records import (
    all_complete,
    begin_records,
    is_complete,
    record_of_report,
)
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.incident_crimes import NewRecord, link_crime, record_crime
from fcr_app.services.incidents import NewIncident, enter_incident
from tests.builders import (
    NOW,
    TODAY,
    a_crime,
    a_person,
    a_victim,
    an_incident,
    an_offence,
    as_actor,
)

#: An answer that is right, for each item a record needs.
RIGHT = {
    Item.AGE: "1984-05-02",
    Item.SEX: "female",
    Item.GENDER_IDENTITY: "same",
    Item.ETHNICITY: "B2",
    Item.RELIGION: "sikh",
    Item.DISABILITY: "yes_little",
    Item.ORIENTATION: "bisexual",
    Item.MARRIAGE: "partner",
}


def a_report(session: Session, name: str = "Demo Victim") -> Incident:
    incident = an_incident(session, officer=a_person(session))
    incident.victim_name, incident.victim_key = name, "victim demo" if name else ""
    session.flush()
    return incident


def record_from(session: Session, incident: Incident, *names: str) -> list[Victim]:
    victims = [NewVictim(name=name) for name in names]
    new = NewRecord(offence_id=an_offence(session).id, victims=victims)
    crime_id = record_crime(session, SYSTEM_ACTOR, incident, new, now=NOW)
    return list(
        session.scalars(select(Victim).where(Victim.crime_id == crime_id).order_by(Victim.id))
    )


def a_record(session: Session) -> EqualityRecord:
    return record_of_report(session, a_report(session))


def answer(
    session: Session, record: EqualityRecord, item: Item, value: str = "", **said: Any
) -> bool:
    new = NewAnswer(item=item, value=value, given_on=TODAY, **said)
    return give_answer(session, SYSTEM_ACTOR, record.id, new, now=NOW)


def test_each_victim_who_is_a_person_has_a_record_and_a_business_has_none(
    session: Session,
) -> None:
    crime = a_crime(session, victims=0, oic=(officer := a_person(session)))
    a_victim(session, crime, kind="business")
    begin_records(session, [crime.id], now=NOW)
    assert session.scalars(select(EqualityRecord)).all() == []

    add_victim(session, as_actor(session, officer), crime.id, NewVictim(name="One"), now=NOW)
    shop = NewVictim(kind=VictimKind.BUSINESS, name="Shop", speaks_for="Manager")
    add_victim(session, as_actor(session, officer), crime.id, shop, now=NOW)

    record = session.scalars(select(EqualityRecord)).one()
    assert record.opened_at == crime.recorded_at
    assert crime.reported_at is not None
    assert record.counted_on == crime.reported_at.date()


def test_a_crime_recorded_from_a_report_shares_the_record_of_its_victim(session: Session) -> None:
    incident = a_report(session)
    record = record_of_report(session, incident)
    answer(session, record, Item.SEX, "male")

    (victim, other) = record_from(session, incident, "Demo Victim", "Somebody Else")
    (again,) = record_from(session, incident, "Demo Victim")

    assert victim.equality_record_id == record.id == again.equality_record_id
    assert other.equality_record_id not in (None, record.id)
    assert len(session.scalars(select(EqualityRecord)).all()) == 2


def test_the_report_finds_the_record_of_the_crime_when_that_came_first(session: Session) -> None:
    incident = a_report(session)
    (victim,) = record_from(session, incident, "Demo Victim")

    assert record_of_report(session, incident).id == victim.equality_record_id


def test_a_report_that_names_nobody_shares_with_the_only_victim(session: Session) -> None:
    incident = a_report(session, name="")
    record = record_of_report(session, incident)
    (victim,) = record_from(session, incident, "Demo Victim")

    assert victim.equality_record_id == record.id


def test_two_records_with_answers_are_never_merged(session: Session) -> None:
    incident = a_report(session)
    crime = a_crime(session, victims=0)
    victim = a_victim(session, crime, name="Demo Victim")
    begin_records(session, [crime.id], now=NOW)
    theirs = session.get_one(EqualityRecord, victim.equality_record_id)
    answer(session, theirs, Item.SEX, "male")
    ours = record_of_report(session, incident)
    answer(session, ours, Item.SEX, "female")

    link_crime(session, SYSTEM_ACTOR, incident, crime.id, now=NOW)

    assert victim.equality_record_id == theirs.id != ours.id


def test_a_newer_answer_supersedes_the_older_and_the_same_changes_nothing(
    session: Session,
) -> None:
    record = a_record(session)

    assert answer(session, record, Item.ETHNICITY, "O1")
    assert not answer(session, record, Item.ETHNICITY, "A4")
    assert answer(session, record, Item.ETHNICITY, "B2", detail=" Somali ")

    rows = session.scalars(select(EqualityAnswer).order_by(EqualityAnswer.id)).all()
    assert [(r.value, r.group, r.detail, r.superseded_at) for r in rows] == [
        ("A4", "asian", "", NOW),
        ("B2", "black", "Somali", None),
    ]
    assert rows[0].code_list == "18+1 (2011)"
    logged = session.scalars(
        select(ChangeEntry).where(ChangeEntry.what == "equality:answer").order_by(ChangeEntry.id)
    ).all()
    assert [(e.verb, e.detail) for e in logged] == [
        ("collection", "ethnicity"),
        ("alteration", "ethnicity"),
    ]


def test_an_answer_is_never_changed_and_never_deleted(session: Session) -> None:
    record = a_record(session)
    answer(session, record, Item.SEX, "male")
    answer(session, record, Item.SEX, "female")
    session.commit()

    old, new = session.scalars(select(EqualityAnswer).order_by(EqualityAnswer.id)).all()
    for spoil in ("value", "source", "given_on"):
        setattr(new, spoil, {"given_on": date(2026, 1, 1)}.get(spoil, "third_party"))
        with pytest.raises(AppendOnly):
            session.flush()
        session.rollback()
    old.superseded_at = NOW + timedelta(days=1)
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()
    session.delete(new)
    with pytest.raises(AppendOnly):
        session.flush()
    session.rollback()
    for statement in (
        "DELETE FROM equality_answers",
        "UPDATE equality_answers SET value = 'x'",
        "UPDATE equality_answers SET superseded_at = NULL",
        "UPDATE equality_answers SET value = 'x', superseded_at = entered_at",
        "UPDATE equality_answers SET \"group\" = 'x', superseded_at = entered_at WHERE id > 1",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(statement))
        session.rollback()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", "''"),
        ("missing_reason", "'declined'"),
        ("source", "'observed'"),
        ("source", "'gossip'"),
        ("missing_reason", "'because'"),
        ("item", "'height'"),
        ('"group"', "''"),
    ],
)
def test_the_database_refuses_an_answer_that_says_nothing_or_two_things(
    session: Session, column: str, value: str
) -> None:
    record = a_record(session)
    values = {
        "record_id": str(record.id),
        "item": "'ethnicity'",
        "value": "'B2'",
        '"group"': "'black'",
        "detail": "''",
        "source": "'self'",
        "missing_reason": "''",
        "given_on": "'2026-11-24'",
        "code_list": "'18+1 (2011)'",
        "entered_at": "'2026-11-24 10:00:00'",
    }
    insert = "INSERT INTO equality_answers ({}) VALUES ({})"
    session.execute(text(insert.format(", ".join(values), ", ".join(values.values()))))
    session.rollback()
    values |= {"record_id": str(a_record(session).id), column: value}
    with pytest.raises(DatabaseError):
        session.execute(text(insert.format(", ".join(values), ", ".join(values.values()))))


def test_a_record_is_complete_when_each_item_has_a_value_or_was_declined(
    session: Session,
) -> None:
    crime = a_crime(session, victims=0)
    victim = a_victim(session, crime)
    begin_records(session, [crime.id], now=NOW)
    record = session.get_one(EqualityRecord, victim.equality_record_id)
    assert set(RIGHT) == set(NEEDED)

    for item in list(RIGHT)[:-1]:
        answer(session, record, item, RIGHT[item])
    answer(session, record, Item.MARRIAGE, missing=Missing.NOT_ASKED)
    assert not is_complete(record)
    assert not all_complete(session, crime_id=crime.id)

    answer(session, record, Item.MARRIAGE, missing=Missing.DECLINED)
    assert is_complete(record)
    assert all_complete(session, crime_id=crime.id)

    answer(session, record, Item.MARRIAGE, missing=Missing.NOT_ASKED)
    assert not is_complete(record)


def test_an_answer_that_can_not_be_so_is_refused_in_words(session: Session) -> None:
    record = a_record(session)
    wrong: tuple[tuple[Item, dict[str, Any], str], ...] = (
        (Item.SEX, {}, "Select an answer"),
        (Item.SEX, {"value": "male", "missing": Missing.DECLINED}, "Select an answer"),
        (Item.SEX, {"value": "W1"}, "from the list"),
        (Item.ETHNICITY, {"value": "B2", "source": AnswerSource.OBSERVED}, "can’t stand in"),
        (Item.ETHNICITY, {"value": "IC3"}, "from the list"),
        (Item.ETHNICITY_OBSERVED, {"value": "IC3"}, "force saw"),
        (Item.ETHNICITY, {"value": "B2", "detail": "x" * 121}, "120 characters"),
    )
    for item, said, message in wrong:
        with pytest.raises(InvalidValues, match=message):
            answer(session, record, item, **said)
    new = NewAnswer(item=Item.SEX, value="male", given_on=TODAY + timedelta(days=1))
    with pytest.raises(InvalidValues, match="in the past"):
        give_answer(session, SYSTEM_ACTOR, record.id, new, now=NOW)
    assert answers_of(session, record.id) == {}


def test_what_an_officer_sees_is_kept_beside_what_the_victim_says(session: Session) -> None:
    record = a_record(session)
    answer(session, record, Item.ETHNICITY_OBSERVED, "IC3", source=AnswerSource.OBSERVED)
    assert Item.ETHNICITY not in answers_of(session, record.id)

    answer(session, record, Item.ETHNICITY, "W1")
    found = answers_of(session, record.id)
    assert (found[Item.ETHNICITY].value, found[Item.ETHNICITY_OBSERVED].value) == ("W1", "IC3")


def test_a_new_national_code_is_added_as_data_and_can_be_answered(session: Session) -> None:
    roma = NewCode(
        item=Item.ETHNICITY,
        code="W4",
        label="Roma",
        label_cy="Roma",
        group="white",
        since_on=TODAY,
        source="Demonstration",
    )
    record = a_record(session)
    with pytest.raises(InvalidValues, match="from the list"):
        answer(session, record, Item.ETHNICITY, "W4")

    add_code(session, SYSTEM_ACTOR, roma, now=NOW)
    answer(session, record, Item.ETHNICITY, "W4")

    row = session.scalars(select(EqualityAnswer)).one()
    assert (row.value, row.group) == ("W4", "white")
    assert row.code_list == f"18+1 (2011), {TODAY.isoformat()}"
    assert values_on(session, Item.ETHNICITY, TODAY - timedelta(days=1)).find("W4") is None


def a_new_report(name: str, reporter: ReporterType) -> NewIncident:
    return NewIncident(
        first_reported_at=NOW - timedelta(hours=1),
        route=Route.NON_EMERGENCY,
        opening_code=OpeningCode.THEFT,
        reporter_type=reporter,
        victim_name=name,
        account="A demonstration account of what was reported.",
    )


@pytest.mark.parametrize(
    ("name", "reporter", "begun"),
    [
        ("Demo Victim", ReporterType.VICTIM, 1),
        ("Demo Victim", ReporterType.PARENT_OR_CARER, 1),
        ("Demo Victim", ReporterType.WITNESS, 0),
        ("", ReporterType.VICTIM, 0),
    ],
)
def test_a_report_by_its_victim_is_listed_at_once(
    session: Session, name: str, reporter: ReporterType, begun: int
) -> None:
    officer = as_actor(session, a_person(session))
    enter_incident(session, officer, a_new_report(name, reporter), now=NOW)

    assert len(session.scalars(select(EqualityRecord)).all()) == begun


def test_a_business_that_reports_is_taken_off_when_its_crime_is_recorded(
    session: Session,
) -> None:
    officer = as_actor(session, a_person(session))
    report = enter_incident(
        session, officer, a_new_report("Demo Shop", ReporterType.VICTIM), now=NOW
    )
    shop = NewVictim(kind=VictimKind.BUSINESS, name="Demo Shop", speaks_for="Demo Manager")
    new = NewRecord(offence_id=an_offence(session).id, victims=[shop])
    record_crime(session, officer, report, new, now=NOW)

    assert session.scalars(select(EqualityRecord)).all() == []


def test_feedback_that_answers_are_missing_closes_with_the_last_of_them(session: Session) -> None:
    incident = a_report(session)
    officer = session.get_one(Person, incident.officer_id)
    record = record_of_report(session, incident)
    given = Given(
        to_id=officer.id,
        error=ErrorType.E23,
        reasons="The victim was asked about nothing but her age. Ask the rest.",
        correction=Correction.COMPLETE_EQUALITY,
        incident_id=incident.id,
    )
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    reference = reference_of(session, give_feedback(session, fcr, given, now=NOW))
    take_step(session, as_actor(session, officer), reference, "agree", {}, now=NOW)
    case = session.scalars(select(Case).where(Case.reference == reference)).one()
    later = NOW + timedelta(hours=1)

    *others, (last, told) = RIGHT.items()
    for item, value in others:
        answer(session, record, item, value)
    assert case.open
    new = NewAnswer(item=last, value=told, given_on=TODAY)
    answer_victim(session, as_actor(session, officer), record.id, lambda _: new, now=later)

    assert not case.open
