"""The pages about people: what an administrator may do, to whom, and what is written down."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import ChangeEntry, Deputy, Force, Person, PersonAccreditation, RoleGrant, Unit
from fcr_app.services.actors import load_actor
from fcr_app.services.password_sign_in import MOST_FOR_EMAIL
from tests.builders import PASSWORD, a_person, a_unit, an_accreditation

DAYS = {
    "starts_on-day": "1",
    "starts_on-month": "11",
    "starts_on-year": "2026",
    "ends_on-day": "",
    "ends_on-month": "",
    "ends_on-year": "",
}
DETAILS = {
    "name": "Demo Officer Nine",
    "staff_number": "D99",
    "email": "Demo.Nine@force.example",
    "unit_id": "0",
    "supervisor": "",
}


class Who(NamedTuple):
    """The administrator who is signed in, and somebody to look after."""

    administrator: int
    other: int


@pytest.fixture
def who(session: Session, client: FlaskClient) -> Who:
    """Sign an administrator in."""
    administrator = a_person(
        session, name="Demo Administrator One", roles=[Role.ADMINISTRATOR], password=PASSWORD
    )
    other = a_person(session, name="Demo Officer One", roles=[], staff_number="D1")
    ids = Who(administrator.id, other.id)
    email = administrator.email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return ids


def send(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, data=fields)
    return answer.status_code, answer.location or answer.text


def logged(session: Session) -> list[tuple[str, int | None, str]]:
    entries = session.scalars(select(ChangeEntry).order_by(ChangeEntry.id)).all()
    found = [(entry.what, entry.record_id, entry.detail) for entry in entries]
    session.commit()
    return found


def roles_today(session: Session, person_id: int) -> frozenset[Role]:
    session.expire_all()
    roles = load_actor(session, person_id, today=clock.now().date()).roles
    session.commit()
    return roles


def days(**parts: tuple[int, int, int]) -> dict[str, str]:
    """Return the boxes of days: ``starts_on=(24, 11, 2026)``."""
    return {
        f"{name}-{part}": str(number)
        for name, numbers in parts.items()
        for part, number in zip(("day", "month", "year"), numbers, strict=True)
    }


def in_days(number: int) -> tuple[int, int, int]:
    day = clock.now().date() + timedelta(days=number)
    return day.day, day.month, day.year


def test_a_person_is_added_with_nothing_they_may_do(
    session: Session, client: FlaskClient, who: Who
) -> None:
    status, place = send(client, "/people/new", **DETAILS)

    person = session.scalars(select(Person).where(Person.staff_number == "D99")).one()
    assert (status, place) == (303, f"/people/{person.id}")
    assert person.email == "demo.nine@force.example"
    assert person.name_key == "nine demo officer"
    assert person.password_hash is None
    person_id = person.id
    session.commit()
    assert roles_today(session, person_id) == frozenset()
    assert ("person:added", person_id, "") in logged(session)
    assert "can’t do anything here" in client.get(place).text
    assert who


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "Enter the person’s full name."),
        ({"staff_number": "d1"}, "Somebody else has this staff number."),
        ({"email": "nowhere"}, "Enter an e-mail address in the form"),
        ({"supervisor": "D404"}, "Nobody here has this staff number."),
        ({"unit_id": "77"}, "Not a valid choice"),
    ],
)
def test_details_that_can_not_be_used_come_back_with_what_was_typed(
    client: FlaskClient, who: Who, wrong: Mapping[str, str], told: str
) -> None:
    status, page = send(client, "/people/new", **{**DETAILS, **wrong})

    assert status == 400
    assert told in page
    assert "Demo.Nine@force.example" in page or "email" in wrong
    assert who


def test_details_are_changed_and_the_log_says_which_but_not_what(
    session: Session, client: FlaskClient, who: Who
) -> None:
    unit_id = str(a_unit(session).id)
    session.commit()
    changed = {**DETAILS, "staff_number": "D1", "unit_id": unit_id, "version": "1"}

    assert send(client, f"/people/{who.other}/edit", **changed)[0] == 303

    assert ("person:changed", who.other, "e-mail address, name, unit") in logged(session)


def test_of_two_administrators_who_change_the_same_person_the_second_is_told(
    client: FlaskClient, who: Who
) -> None:
    path = f"/people/{who.other}/edit"
    assert send(client, path, **DETAILS, version="1")[0] == 303

    status, page = send(client, path, **{**DETAILS, "name": "Demo Officer Ten"}, version="1")

    assert status == 409
    assert "Somebody else changed this person" in page
    assert "Demo Officer Ten" in page


def test_a_role_counts_from_its_first_day_to_its_last(
    session: Session, client: FlaskClient, who: Who
) -> None:
    path = f"/people/{who.other}/roles/new"
    today = days(starts_on=in_days(0), ends_on=in_days(0))
    later = days(starts_on=in_days(1), ends_on=in_days(2))

    assert send(client, path, role="ddm", **today)[0] == 303
    assert send(client, path, role="auditor", **later)[0] == 303

    assert roles_today(session, who.other) == {Role.DDM}
    what, record_id, detail = logged(session)[0]
    assert (what, record_id) == ("person:role-granted", who.other)
    assert detail.startswith("ddm, ")


def test_a_role_is_not_given_twice_for_the_same_days(client: FlaskClient, who: Who) -> None:
    path = f"/people/{who.other}/roles/new"
    send(client, path, role="ddm", **DAYS)

    status, page = send(client, path, role="ddm", **days(starts_on=in_days(5)))

    assert status == 400
    assert "hold this role on some of these days already" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts_on-day": "31", "starts_on-month": "2"}, "Enter a real date"),
        ({"starts_on-day": "", "starts_on-month": "", "starts_on-year": ""}, "first day."),
        ({"starts_on-year": "26"}, "Enter a real date"),
        ({"starts_on-year": "1026"}, "Check the year"),
        (
            {"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2020"},
            "must not be before the first",
        ),
        ({"role": ""}, "Select a role."),
        ({"role": "system"}, "Not a valid choice"),
    ],
)
def test_a_role_whose_days_make_no_sense_is_refused(
    client: FlaskClient, who: Who, wrong: Mapping[str, str], told: str
) -> None:
    status, page = send(
        client, f"/people/{who.other}/roles/new", **{"role": "ddm", **DAYS, **wrong}
    )

    assert status == 400
    assert told in page


def test_a_role_is_ended_and_never_deleted(session: Session, client: FlaskClient, who: Who) -> None:
    send(client, f"/people/{who.other}/roles/new", role="ddm", **DAYS)
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == who.other)).one()
    session.commit()
    ended = days(starts_on=(1, 11, 2026), ends_on=(2, 11, 2026))

    assert send(client, f"/people/{who.other}/roles/{grant_id}", **ended)[0] == 303

    assert roles_today(session, who.other) == frozenset()
    assert "ddm, 2026-11-01 to no end; now 2026-11-01 to 2026-11-02" in logged(session)[-1][2]
    assert "Ended" in client.get(f"/people/{who.other}").text


def test_nobody_gives_themselves_a_role_or_an_accreditation(
    session: Session, client: FlaskClient, who: Who
) -> None:
    own_grant = session.scalars(
        select(RoleGrant.id).where(RoleGrant.person_id == who.administrator)
    ).one()
    own_training = an_accreditation(session, session.get_one(Person, who.administrator)).id
    session.commit()
    me = f"/people/{who.administrator}"
    held = {**DAYS, "evidence": "Demo certificate"}

    for path, fields in (
        (f"{me}/roles/new", {"role": "fcr", **DAYS}),
        (f"{me}/roles/{own_grant}", DAYS),
        (f"{me}/accreditations/new", {"kind": "fcr_register", **held}),
        (f"{me}/accreditations/{own_training}", held),
    ):
        status, page = send(client, path, **fields)
        assert status == 403, path
        assert "your own roles or accreditations" in page

    assert roles_today(session, who.administrator) == {Role.ADMINISTRATOR}
    assert logged(session) == []


def test_the_last_administrator_can_not_be_removed(
    session: Session, client: FlaskClient, who: Who
) -> None:
    second = a_person(session, roles=[], staff_number="D2").id
    session.commit()
    send(client, f"/people/{second}/roles/new", role="administrator", **DAYS)
    # The first leaves the second alone, and then nobody may take the second away.
    session.execute(
        update(RoleGrant)
        .where(RoleGrant.person_id == who.administrator)
        .values(ends_on=clock.now().date())
    )
    session.commit()
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == second)).one()
    session.commit()

    for path, fields in (
        (f"/people/{second}/deactivate", {}),
        (
            f"/people/{second}/roles/{grant_id}",
            days(starts_on=(1, 11, 2026), ends_on=in_days(30)),
        ),
    ):
        status, page = send(client, path, **fields)
        assert status == 403
        assert "This is the last administrator" in page


def test_an_accreditation_is_entered_with_its_evidence(
    session: Session, client: FlaskClient, who: Who
) -> None:
    path = f"/people/{who.other}/accreditations/new"

    status, page = send(client, path, kind="ddm_course", evidence=" ", **DAYS)
    assert status == 400
    assert "Enter what shows it" in page

    assert send(client, path, kind="ddm_course", evidence="Course 4", **DAYS)[0] == 303
    held = session.scalars(select(PersonAccreditation)).one()
    assert (held.kind, held.evidence) == (AccreditationKind.DDM_COURSE.value, "Course 4")
    assert held.added_by_id == who.administrator


def test_an_entry_is_changed_on_the_page_of_its_own_person_only(
    session: Session, client: FlaskClient, who: Who
) -> None:
    held_id = an_accreditation(session, session.get_one(Person, who.other)).id
    session.commit()

    wrong = client.get(f"/people/{who.administrator}/accreditations/{held_id}")
    assert wrong.status_code == 404
    right = f"/people/{who.other}/accreditations/{held_id}"
    assert send(client, right, evidence="Corrected", **DAYS)[0] == 303
    assert "other evidence" in logged(session)[-1][2]


def test_the_page_warns_of_a_role_that_lacks_its_training(
    session: Session, client: FlaskClient, who: Who
) -> None:
    ddm = a_person(session, roles=[Role.DDM]).id
    fcr = a_person(session, roles=[Role.FCR]).id
    session.commit()

    assert "no DDM course is in force" in client.get(f"/people/{ddm}").text
    assert "not on the College of Policing register" in client.get(f"/people/{fcr}").text
    assert who


def test_a_given_password_is_shown_once_and_must_be_changed(
    session: Session, client: FlaskClient, who: Who
) -> None:
    email = session.scalars(select(Person.email).where(Person.id == who.other)).one()
    session.commit()
    page = client.post(f"/people/{who.other}/password").text
    password = page.split("<code>")[1].split("</code>")[0]

    browser = client.application.test_client()
    browser.post("/sign-in", data={"email": email, "password": password})

    assert len(password) == 19
    assert browser.get("/").location == "/account/password"
    assert password not in client.get(f"/people/{who.other}").text
    assert ("person:password-given", who.other, "") in logged(session)


def test_a_given_password_ends_the_wait_after_failures(
    session: Session, client: FlaskClient, who: Who
) -> None:
    email = session.scalars(select(Person.email).where(Person.id == who.other)).one()
    session.commit()
    browser = client.application.test_client()
    guesses = [
        browser.post("/sign-in", data={"email": email, "password": "x"}).status_code
        for _ in range(MOST_FOR_EMAIL + 1)
    ]
    assert guesses[-1] == 429
    page = client.post(f"/people/{who.other}/password").text
    password = page.split("<code>")[1].split("</code>")[0]

    assert browser.post("/sign-in", data={"email": email, "password": password}).location == "/"


def test_an_administrator_does_not_give_themselves_a_password(
    client: FlaskClient, who: Who
) -> None:
    status, page = send(client, f"/people/{who.administrator}/password")

    assert status == 400
    assert "on your account page" in page


def test_a_leaver_is_deactivated_and_may_come_back_with_a_new_password(
    session: Session, client: FlaskClient, who: Who
) -> None:
    client.post(f"/people/{who.other}/password")

    send(client, f"/people/{who.other}/deactivate")
    page = client.get(f"/people/{who.other}").text
    assert "Deactivated" in page
    assert "Demo Officer One" not in client.get("/people").text
    assert "Demo Officer One" in client.get("/people?left=yes").text

    send(client, f"/people/{who.other}/reactivate")
    back = session.get_one(Person, who.other)
    assert (back.active, back.password_hash) == (True, None)


def test_an_administrator_does_not_deactivate_themselves(client: FlaskClient, who: Who) -> None:
    status, page = send(client, f"/people/{who.administrator}/deactivate")

    assert status == 403
    assert "may not deactivate yourself" in page


def test_the_list_is_paged_by_surname_both_ways(
    session: Session, client: FlaskClient, who: Who
) -> None:
    for number in range(60):
        a_person(session, name=f"Demo Surname{number:02}")
    session.commit()

    first = client.get("/people?words=Surname").text
    second = client.get(link(first, "next")).text
    third = client.get(link(second, "next")).text

    assert "60 people" in first
    assert [people(page) for page in (first, second, third)] == [
        [f"Demo Surname{number:02}" for number in numbers]
        for numbers in (range(25), range(25, 50), range(50, 60))
    ]
    assert people(client.get(link(third, "prev")).text) == people(second)
    assert people(client.get(link(second, "prev")).text) == people(first)
    assert 'rel="prev"' not in client.get(link(second, "prev")).text
    assert 'rel="next"' not in third
    assert who


def link(page: str, rel: str) -> str:
    for anchor in page.split("<a ")[1:]:
        if f'rel="{rel}"' in anchor.split(">")[0]:
            return anchor.split('href="')[1].split('"')[0].replace("&amp;", "&")
    raise AssertionError(f"There is no {rel} page.")


def people(page: str) -> list[str]:
    return [cell.split("</a>")[0].rsplit(">", 1)[1] for cell in page.split('scope="row">')[1:]]


@pytest.mark.parametrize("words", ["one", "Demo Officer One", "d1", "DEMO.", "  one   demo "])
def test_people_are_found_by_name_number_or_address(
    client: FlaskClient, who: Who, words: str
) -> None:
    assert "Demo Officer One" in client.get("/people", query_string={"words": words}).text
    assert who


def test_the_list_is_narrowed_to_who_holds_a_role_today(
    session: Session, client: FlaskClient, who: Who
) -> None:
    a_person(session, name="Demo DDM One", roles=[Role.DDM])
    session.commit()

    page = client.get("/people?role=ddm").text
    assert people(page) == ["Demo DDM One"]
    assert "Nobody matches" in client.get("/people?role=auditor").text
    assert who


def test_a_person_appoints_their_own_deputy_and_ends_it(
    session: Session, client: FlaskClient, who: Who
) -> None:
    term = days(starts_on=in_days(0), ends_on=in_days(7))

    assert send(client, "/account/deputies/new", deputy="Demo Officer One", **term)[0] == 303
    assert "<strong>Demo Officer One</strong> covers" in client.get("/account").text
    cover_id = session.scalars(select(Deputy.id)).one()
    session.commit()

    assert send(client, f"/account/deputies/{cover_id}/end")[0] == 303
    assert session.scalars(select(Deputy)).all() == []
    assert [what for what, _, _ in logged(session)] == [
        "person:deputy-appointed",
        "person:deputy-ended",
    ]
    assert who


def test_cover_that_has_begun_keeps_its_days(
    session: Session, client: FlaskClient, who: Who
) -> None:
    today = clock.now().date()
    session.add(
        Deputy(
            person_id=who.administrator,
            deputy_id=who.other,
            starts_on=today - timedelta(days=3),
            ends_on=today + timedelta(days=3),
        )
    )
    session.flush()
    cover_id = session.scalars(select(Deputy.id)).one()
    session.commit()

    send(client, f"/account/deputies/{cover_id}/end")

    assert session.scalars(select(Deputy.ends_on)).one() == today - timedelta(days=1)


@pytest.mark.parametrize(
    ("deputy", "ends_in", "told"),
    [
        ("Nobody Known", 1, "Nobody here is called that"),
        ("Demo Administrator One", 1, "cover for themselves"),
        ("Demo Officer One", -1, "must not be before the first"),
        ("Demo Officer One", 400, "a year at most"),
    ],
)
def test_a_deputy_who_can_not_be_one_is_refused(
    client: FlaskClient, who: Who, deputy: str, ends_in: int, told: str
) -> None:
    term = days(starts_on=in_days(0), ends_on=in_days(ends_in))

    status, page = send(client, "/account/deputies/new", deputy=deputy, **term)

    assert status == 400
    assert told in page
    assert who


def test_somebody_elses_deputy_is_not_for_a_person_without_that_work(
    session: Session, client: FlaskClient, who: Who
) -> None:
    email = a_person(session, password=PASSWORD).email
    today = clock.now().date()
    session.add(
        Deputy(person_id=who.other, deputy_id=who.administrator, starts_on=today, ends_on=today)
    )
    session.flush()
    cover_id = session.scalars(select(Deputy.id)).one()
    session.commit()
    browser = client.application.test_client()
    browser.post("/sign-in", data={"email": email, "password": PASSWORD})

    assert browser.post(f"/account/deputies/{cover_id}/end").status_code == 403


def test_units_are_added_renamed_and_moved_with_their_parts(
    session: Session, client: FlaskClient, who: Who
) -> None:
    send(client, "/units/new", name="Demo North", parent_id="0")
    send(client, "/units/new", name="Demo South", parent_id="0")
    north, south = session.scalars(select(Unit.id).order_by(Unit.id)).all()
    session.commit()
    send(client, "/units/new", name="Demo Team", parent_id=str(north))

    assert send(client, f"/units/{north}", name="Demo Up", parent_id=str(south))[0] == 303

    paths = {unit.name: unit.path for unit in session.scalars(select(Unit))}
    session.commit()
    team = max(int(part) for part in paths["Demo Team"].split("/") if part)
    assert paths == {
        "Demo South": f"/{south}/",
        "Demo Up": f"/{south}/{north}/",
        "Demo Team": f"/{south}/{north}/{team}/",
    }
    page = client.get("/units").text
    assert page.index("Demo South") < page.index("Demo Up") < page.index("Demo Team")
    assert [what for what, _, _ in logged(session)] == [
        *["unit:added"] * 3,
        "unit:renamed",
        "unit:moved",
    ]
    assert who


def test_a_unit_does_not_become_part_of_itself(
    session: Session, client: FlaskClient, who: Who
) -> None:
    top = a_unit(session, name="Demo Top")
    part = a_unit(session, name="Demo Part", parent=top)
    top_id, part_id = top.id, part.id
    session.commit()

    status, page = send(client, f"/units/{top_id}", name="Demo Top", parent_id=str(part_id))

    assert status == 400
    assert "part of itself" in page
    assert who


@pytest.mark.parametrize("name", ["", "demo top"])
def test_a_unit_needs_a_name_of_its_own(
    session: Session, client: FlaskClient, who: Who, name: str
) -> None:
    a_unit(session, name="Demo Top")
    session.commit()

    assert send(client, "/units/new", name=name, parent_id="0")[0] == 400
    assert who


def test_the_forces_policy_is_changed_and_each_change_is_logged(
    session: Session, client: FlaskClient, who: Who
) -> None:
    session.add(Force(id=1, name="Demo Constabulary"))
    session.commit()
    settings = {
        "name": "Demo Police",
        "line_manager_may_decide": "yes",
        "registrar_decides_reserved_codes": "yes",
    }

    assert send(client, "/force/edit", **settings)[0] == 303

    assert [what for what, _, _ in logged(session)] == [
        "force:name",
        "force:line-manager-may-decide",
    ]
    assert "Demo Police" in client.get("/force").text
    assert send(client, "/force/edit", **{**settings, "name": ""})[0] == 400
    assert who


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/new",
        "/{}",
        "/{}/edit",
        "/{}/roles/new",
        "/{}/accreditations/new",
        "/{}/deputies/new",
        "/{}/password",
        "/{}/deactivate",
    ],
)
def test_a_page_about_people_opens(client: FlaskClient, who: Who, path: str) -> None:
    assert client.get(f"/people{path.format(who.other)}").status_code == 200


def test_there_is_no_page_about_nobody(client: FlaskClient, who: Who) -> None:
    assert client.get("/people/4040").status_code == 404
    assert client.get("/people/4040/edit").status_code == 404
    assert who


def test_every_form_of_an_administrator_opens(
    session: Session, client: FlaskClient, who: Who
) -> None:
    session.add(Force(id=1, name="Demo Constabulary"))
    unit_id = a_unit(session).id
    person = session.get_one(Person, who.other)
    session.add(RoleGrant(person_id=who.other, role="ddm", starts_on=clock.now().date()))
    held_id = an_accreditation(session, person).id
    session.flush()
    grant_id = session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == who.other)).one()
    session.commit()

    for path in (
        f"/people/{who.other}/roles/{grant_id}",
        f"/people/{who.other}/accreditations/{held_id}",
        f"/people/{who.other}/deputies/new",
        f"/units/{unit_id}",
        f"/units/new?parent={unit_id}",
        "/force/edit",
        "/bank-holidays/new",
        "/account/deputies/new",
    ):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("words", ["Demo Officer", "demo officer"])
def test_words_that_mean_several_people_are_asked_about(
    session: Session, client: FlaskClient, who: Who, words: str
) -> None:
    a_person(session, name="Demo Officer Two")
    session.commit()
    term = days(starts_on=in_days(0), ends_on=in_days(1))

    status, page = send(client, f"/people/{who.other}/deputies/new", deputy=words, **term)

    assert status == 400
    assert "More than one person matches" in page
