"""The pages of reports: entering one, its clock, what is done to it, the lists of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, Incident, IncidentCrime, LateRecord
from tests.builders import (
    PASSWORD,
    a_crime,
    a_person,
    a_unit,
    an_incident,
    an_offence,
)
from tests.statements import statements

BAD_INPUT, SEE_OTHER, FORBIDDEN, NOT_FOUND, CONFLICT = 400, 303, 403, 404, 409
LARGEST_PAGE = 80_000
#: Of a list: who is signed in and the frame's, and then its rows and what stands around them.
MOST_STATEMENTS = 6
WHY = "The first officer took it for a civil dispute."


@dataclass(frozen=True)
class Force:
    """What the tests need to know of the people, without asking the database again."""

    report: int
    version: int
    officer: str
    stranger: str
    fcr: str
    auditor: str
    crime: int


@pytest.fixture
def force(session: Session) -> Force:
    """Make a report of an hour ago with its officer, and people who see every report."""
    officer = a_person(session, name="Demo Officer One", staff_number="P1", password=PASSWORD)
    stranger = a_person(session, name="Demo Officer Two", password=PASSWORD)
    fcr = a_person(session, name="Demo FCR One", roles=[Role.FCR], password=PASSWORD)
    auditor = a_person(session, roles=[Role.AUDITOR], password=PASSWORD)
    a_unit(session, name="Demo North")
    an_offence(session)
    report = an_incident(
        session,
        reference="INC-26-000900",
        officer=officer,
        first_reported_at=clock.now() - timedelta(hours=1),
    )
    crime = a_crime(session, number="DEMO 1/26", oic=officer)
    force = Force(
        report.id,
        report.version,
        officer.email,
        stranger.email,
        fcr.email,
        auditor.email,
        crime.id,
    )
    session.commit()
    return force


def sign_in(client: FlaskClient, email: str) -> None:
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


def at(moment: datetime) -> dict[str, str]:
    """Return a moment as somebody types it."""
    wall = to_london(moment)
    return {
        "first_reported_at-day": str(wall.day),
        "first_reported_at-month": str(wall.month),
        "first_reported_at-year": str(wall.year),
        "first_reported_at-time": f"{wall:%H:%M}",
    }


def a_form(**changes: str) -> dict[str, str]:
    """Return a report as somebody types it."""
    return {
        **at(clock.now() - timedelta(minutes=10)),
        "reference": "",
        "received_by": "P1",
        "route": "999",
        "reporter_type": "victim",
        "victim_name": "Demo Victim",
        "victim_traced": "yes",
        "victim_confirmed": "yes",
        "victim_willing": "unknown",
        "account": "A man I do not know hit me outside the shop.",
        "opening_code": "violence",
        "officer": "P1",
        "unit": "0",
    } | changes


def test_a_report_is_entered_and_leads_to_its_page(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    answer = client.post("/incidents/new", data=a_form(vulnerabilities="child"))

    assert answer.status_code == SEE_OTHER
    page = client.get(answer.location)
    for words in ("was entered", "A man I do not know", "In time", "due in 23 hours", "Under 18"):
        assert words in page.text
    assert len(page.data) < LARGEST_PAGE


def test_the_form_starts_the_clock_and_knows_who_types(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    page = client.get("/incidents/new")

    assert 'data-module="app-report-clock"' in page.text
    assert page.text.count('value="P1"') == 2
    wall = to_london(clock.now())
    assert f'value="{wall.year}"' in page.text


def test_a_report_is_checked_while_it_is_typed_and_nothing_is_saved(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    asked = client.post("/incidents/new", data=a_form(only_check="yes", route="", account="Short."))
    assert [problem["href"] for problem in asked.json["problems"]] == ["#route"]  # type: ignore[index] # it is JSON
    ruled = client.post("/incidents/new", data=a_form(only_check="yes", account="Short."))
    assert "REC-01" in ruled.json["problems"][0]["text"]  # type: ignore[index] # likewise
    assert client.post("/incidents/new", data=a_form(only_check="yes")).json == {"problems": []}
    assert session.scalars(select(Incident.id)).all() == [force.report]


def test_what_is_missing_is_said_at_once_and_the_words_come_back(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    answer = client.post(
        "/incidents/new", data=a_form(opening_code="", route="", account="Kept words of a caller.")
    )

    assert answer.status_code == BAD_INPUT
    assert "Select how it came in." in answer.text
    assert "Select what it is opened as." in answer.text
    assert "Kept words of a caller." in answer.text
    assert session.scalars(select(Incident.id)).all() == [force.report]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"route": "sarc"}, "Select what the centre passed on."),
        ({"route": "other_force"}, "Enter which force it came from."),
        ({"route": "further_offence"}, "Enter the number of the crime"),
        ({"route": "further_offence", "found_in": "NO SUCH"}, "No crime matches that."),
        ({"reference": "inc-26-000900"}, "is here already"),
        ({"victim_traced": "no", "reporter_type": "witness"}, "not traced"),
        ({"opening_code": "domestic_non_crime"}, "REC-24"),
    ],
)
def test_what_can_not_be_is_said_plainly(
    client: FlaskClient, force: Force, changes: dict[str, str], said: str
) -> None:
    sign_in(client, force.officer)
    answer = client.post("/incidents/new", data=a_form(**changes))

    assert answer.status_code == BAD_INPUT
    assert said in answer.text


def test_the_hour_that_comes_twice_is_asked_about(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    twice = {
        "first_reported_at-day": "25",
        "first_reported_at-month": "10",
        "first_reported_at-year": "2026",
        "first_reported_at-time": "01:30",
    }
    answer = client.post("/incidents/new", data=a_form(**twice))
    assert answer.status_code == BAD_INPUT
    assert "came twice" in answer.text

    answer = client.post(
        "/incidents/new", data=a_form(**twice, **{"first_reported_at-which": "second"})
    )
    assert answer.status_code == SEE_OTHER
    assert "25 October 2026 at 01:30 GMT" in client.get(answer.location).text


def test_a_further_offence_starts_from_the_crime(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    assert "A further offence was disclosed" in client.get(f"/crimes/{force.crime}").text
    page = client.get(f"/incidents/new?found-in={force.crime}")
    assert 'value="DEMO 1/26"' in page.text

    answer = client.post(
        "/incidents/new", data=a_form(route="further_offence", found_in="DEMO 1/26")
    )
    shown = client.get(answer.location).text
    assert "Told while investigating" in shown
    assert f"/crimes/{force.crime}" in shown


def test_a_crime_of_others_starts_nothing(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.stranger)
    assert client.get(f"/incidents/new?found-in={force.crime}").status_code == NOT_FOUND


def test_a_report_of_others_is_not_found(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.stranger)
    for path in ("", "/crimes/new", "/crimes/link", "/victim", "/officer", "/close"):
        assert client.get(f"/incidents/{force.report}{path}").status_code == NOT_FOUND
    assert "INC-26-000900" not in client.get("/incidents?tab=all").text


def test_an_auditor_reads_and_changes_nothing(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.auditor)
    page = client.get(f"/incidents/{force.report}")
    assert "Record a crime" not in page.text
    assert client.get(f"/incidents/{force.report}/close").status_code == FORBIDDEN
    assert client.post(f"/incidents/{force.report}/cases/n100").status_code == FORBIDDEN


def test_looking_at_a_report_is_logged(client: FlaskClient, session: Session, force: Force) -> None:
    sign_in(client, force.officer)
    client.get(f"/incidents/{force.report}")
    looked = session.scalars(select(AccessEntry)).one()
    assert (looked.what, looked.record_id) == ("incident:read", force.report)


def record(**changes: str) -> dict[str, str]:
    return {
        "offence": "34B 034/01",
        "summary": "A phone was taken.",
        "victim_kind": "person",
        "victim_name": "Demo Victim",
        "victim_ground": "",
        "late_reason": "",
    } | changes


def test_a_crime_is_recorded_from_a_report(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    form = client.get(f"/incidents/{force.report}/crimes/new").text
    assert "Demonstration account of what happened." in form
    assert "It is late" not in form

    answer = client.post(
        f"/incidents/{force.report}/crimes/new", data=record(version=str(force.version))
    )

    assert answer.status_code == SEE_OTHER
    page = client.get(answer.location).text
    assert "INC-26-000900/1" in page
    assert "In time" in page
    assert "Record another crime" in page
    assert session.scalar(select(Crime.summary).where(Crime.incident_reference == "INC-26-000900"))


def test_a_late_record_is_asked_why(client: FlaskClient, session: Session, force: Force) -> None:
    officer_id = session.scalar(select(Incident.officer_id).where(Incident.id == force.report))
    late = an_incident(session, first_reported_at=clock.now() - timedelta(hours=25))
    late.officer_id = officer_id
    late_id = late.id
    session.commit()
    sign_in(client, force.officer)
    assert "1 hour late" in client.get(f"/incidents/{late_id}").text
    assert "Why is it recorded late?" in client.get(f"/incidents/{late_id}/crimes/new").text

    answer = client.post(f"/incidents/{late_id}/crimes/new", data=record())
    assert answer.status_code == BAD_INPUT
    assert "REC-11" in answer.text

    answer = client.post(f"/incidents/{late_id}/crimes/new", data=record(late_reason=WHY))
    assert WHY in client.get(answer.location).text
    assert session.scalars(select(LateRecord.reason)).one() == WHY


def test_somebody_else_recorded_it_first(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    answer = client.post(
        f"/incidents/{force.report}/crimes/new", data=record(version=str(force.version + 7))
    )
    assert answer.status_code == CONFLICT
    assert "Somebody else changed this report" in answer.text
    assert session.scalar(select(IncidentCrime.crime_id)) is None


def test_the_victim_the_officer_and_a_link_are_changed_on_the_record(
    client: FlaskClient, force: Force
) -> None:
    sign_in(client, force.fcr)
    base = f"/incidents/{force.report}"
    news = {
        "victim_traced": "yes",
        "victim_confirmed": "no",
        "victim_willing": "no",
        "name": "Demo Victim",
        "learned": "She takes it back and sounds afraid.",
    }
    assert client.post(f"{base}/victim", data=news).status_code == SEE_OTHER
    assert client.post(f"{base}/victim", data=news | {"learned": ""}).status_code == BAD_INPUT
    given = {"officer": "Demo Officer Two", "unit": "0"}
    assert client.post(f"{base}/officer", data=given).status_code == SEE_OTHER
    assert client.post(f"{base}/officer", data=given).status_code == BAD_INPUT
    linked = {"number": "DEMO 1/26", "late_reason": ""}
    assert client.post(f"{base}/crimes/link", data=linked).status_code == SEE_OTHER
    assert client.post(f"{base}/crimes/link", data={"number": "no"}).status_code == BAD_INPUT

    page = client.get(base).text
    for words in (
        "Victim confirms it: Yes, now <strong>No</strong>",
        "She takes it back and sounds afraid.",
        "Officer: Demo Officer One, now <strong>Demo Officer Two</strong>",
        "Linked a crime",
    ):
        assert words in page


def test_closing_names_the_rule_that_stops_it(
    client: FlaskClient, session: Session, force: Force
) -> None:
    rape = an_incident(session, opening_code=OpeningCode.RAPE).id
    session.commit()
    sign_in(client, force.fcr)
    form = client.get(f"/incidents/{rape}/close").text
    assert "N100-01" in form
    assert "Crime Recording Rules" in form

    answer = client.post(
        f"/incidents/{rape}/close",
        data={"code": "not_a_crime_report", "why": "It was a misunderstanding, says the caller."},
    )
    assert answer.status_code == BAD_INPUT
    assert "(N100-01)" in answer.text
    assert "misunderstanding, says the caller" in answer.text


def test_a_report_about_no_crime_is_closed(
    client: FlaskClient, session: Session, force: Force
) -> None:
    noise = an_incident(
        session, opening_code=OpeningCode.ANTI_SOCIAL, account="Loud music from a flat, all night."
    ).id
    session.commit()
    sign_in(client, force.fcr)
    said = {"code": "not_a_crime_report", "why": "A complaint about noise, passed to the council."}
    answer = client.post(f"/incidents/{noise}/close", data=said)

    assert answer.status_code == SEE_OTHER
    page = client.get(answer.location).text
    assert "Not about a crime" in page
    assert "Close it without a crime" not in page
    assert client.post(f"/incidents/{noise}/close", data=said).status_code == CONFLICT


def test_a_report_of_2014_is_judged_by_its_own_rules(
    client: FlaskClient, session: Session, force: Force
) -> None:
    old = an_incident(session, first_reported_at=datetime(2014, 3, 5, 10, tzinfo=UTC))
    old.settled_at = datetime(2014, 3, 8, 10, tzinfo=UTC)
    old.closing_code = "crime_recorded"
    ancient = an_incident(session, first_reported_at=datetime(2001, 3, 5, 10, tzinfo=UTC))
    old_id, ancient_id = old.id, ancient.id
    session.commit()
    sign_in(client, force.fcr)

    page = client.get(f"/incidents/{old_id}").text
    assert "72 hours from the first report, by the rules in force on 5 March 2014" in page
    assert "In time" in page  # exactly 72 hours
    assert "ncrs-2002" in page
    assert "No limit was in force" in client.get(f"/incidents/{ancient_id}").text


def test_a_report_of_rape_leads_to_its_test_first_and_opens_a_case(
    client: FlaskClient, session: Session, force: Force
) -> None:
    rape = an_incident(session, opening_code=OpeningCode.RAPE).id
    session.commit()
    sign_in(client, force.fcr)
    page = client.get(f"/incidents/{rape}").text
    assert page.index("Decide on a report of rape") < page.index("Record a crime")

    answer = client.post(f"/incidents/{rape}/cases/rape_report")
    assert answer.status_code == SEE_OTHER
    assert "/cases/" in str(answer.location)
    assert 'href="/cases/RAP-26-000001"' in client.get(f"/incidents/{rape}").text
    refused = client.post(f"/incidents/{force.report}/cases/rape_report")
    assert refused.status_code == CONFLICT


def test_rape_that_is_disclosed_leads_to_its_test(
    client: FlaskClient, session: Session, force: Force
) -> None:
    an_offence(session, offence_class="19C", offence_code="019/08")
    session.commit()
    sign_in(client, force.officer)
    base = f"/incidents/{force.report}"
    assert f'href="{base}/rape"' in client.get(base).text
    told = {"offence": "19C 019/08", "victim_kind": "none"}
    refused = client.post(f"{base}/crimes/new", data=told)
    assert refused.status_code == BAD_INPUT
    assert "may be rape. (N100-12)" in refused.text
    assert f'href="{base}/rape"' in refused.text

    assert "N100-01" in client.get(f"{base}/rape").text
    short = client.post(f"{base}/rape", data={"disclosed": "Raped."})
    assert short.status_code == BAD_INPUT
    assert "Raped." in short.text
    words = "She told the officer who drove her home what had happened to her."
    answer = client.post(f"{base}/rape", data={"disclosed": words})
    assert answer.status_code == SEE_OTHER
    assert "Rape report" in client.get(answer.location).text

    page = client.get(base).text
    for said in ("May be rape", words, "Decide on a report of rape", "<h1"):
        assert said in page
    assert f'href="{base}/rape"' not in page
    assert client.post(f"{base}/rape", data={"disclosed": words}).status_code == CONFLICT


def test_what_is_disclosed_after_a_crime_is_recorded_is_a_report_of_its_own(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    base = f"/incidents/{force.report}"
    client.post(f"{base}/crimes/link", data={"number": "DEMO 1/26", "late_reason": WHY})
    report = session.get_one(Incident, force.report)
    report.settled_at, report.closing_code = clock.now(), "crime_recorded"
    session.commit()

    page = client.get(base).text
    assert f'href="/incidents/new?found-in={force.crime}"' in page
    assert f'href="{base}/rape"' not in page


def test_nobody_says_it_of_a_report_of_others(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.stranger)
    said = {"disclosed": "Somebody told me that it was rape, in the canteen."}
    assert client.post(f"/incidents/{force.report}/rape", data=said).status_code == NOT_FOUND
    sign_in(client, force.auditor)
    assert client.post(f"/incidents/{force.report}/rape", data=said).status_code == FORBIDDEN


def test_a_policy_that_does_not_exist_opens_nothing(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    for key in ("nothing", "cancellation"):
        assert client.post(f"/incidents/{force.report}/cases/{key}").status_code == NOT_FOUND


def many(session: Session) -> None:
    now = clock.now()
    for number in range(60):
        an_incident(
            session,
            reference=f"INC-26-{number:06}",
            first_reported_at=now - timedelta(hours=number),
            opening_code=OpeningCode.THEFT if number % 2 else OpeningCode.RAPE,
            route=Route.OTHER_FORCE if number % 3 == 0 else Route.ONLINE,
        )
    session.commit()


def test_what_waits_is_listed_most_urgent_first_page_by_page(
    client: FlaskClient, session: Session, force: Force
) -> None:
    many(session)
    sign_in(client, force.fcr)
    page = client.get("/incidents")

    assert len(page.data) < LARGEST_PAGE
    assert page.text.index("INC-26-000059") < page.text.index("INC-26-000058")
    assert "(61)" in page.text  # with the one of the officer
    assert "1 day late" in page.text
    seen = set()
    while True:
        seen |= {f"INC-26-{n:06}" for n in range(60) if f"INC-26-{n:06}<" in page.text}
        if 'rel="next"' not in page.text:
            break
        address = page.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        page = client.get(address.replace("&amp;", "&"))
    assert len(seen) == 60


@pytest.mark.parametrize(
    ("address", "there", "not_there"),
    [
        ("?tab=incoming", "INC-26-000003", "INC-26-000001<"),
        ("?tab=late", "INC-26-000059", "INC-26-000020<"),
        ("?tab=all&opened=rape", "INC-26-000002", "INC-26-000001<"),
        ("?tab=all&route=online", "INC-26-000001", "INC-26-000003<"),
        ("?tab=all&officer=nobody", "INC-26-000001", "INC-26-000900<"),
        ("?tab=waiting&after=nonsense&unit=x&officer=%3Cb%3E", "INC-26-000059", "<b>"),
    ],
)
def test_a_list_is_narrowed_by_its_address(  # noqa: PLR0917 - three of them are fixtures
    client: FlaskClient,
    session: Session,
    force: Force,
    address: str,
    there: str,
    not_there: str,
) -> None:
    many(session)
    sign_in(client, force.fcr)
    page = client.get(f"/incidents{address}").text

    assert there in page
    assert not_there not in page


def test_lists_that_are_empty_say_why(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.stranger)
    for tab in ("waiting", "mine", "late", "incoming", "further", "all"):
        assert "app-empty" in client.get(f"/incidents?tab={tab}").text
    assert "No report matches" in client.get("/incidents?route=sarc").text
    assert "nothing further on" in client.get("/incidents?after=20200101T000000.000000-1").text


def test_a_list_asks_the_database_no_more_than_six_times(
    client: FlaskClient, session: Session, force: Force
) -> None:
    many(session)
    sign_in(client, force.fcr)
    client.get("/incidents")
    with statements(session) as sent:
        client.get("/incidents?tab=waiting&opened=rape&officer=me")
    assert len(sent) <= MOST_STATEMENTS, sent
