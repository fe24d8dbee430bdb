"""What stops a report from being closed, and what makes people think before they close it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fcr_app.domain.facts import CrimeFacts, CrimeStatus
from fcr_app.domain.guards import Verdict
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.incident_rules import (
    ClosingFacts,
    OriginalFacts,
    ReportFacts,
    closing_checks,
    entering_checks,
)
from fcr_app.domain.incidents import Known, ReporterType, Route
from fcr_app.domain.roles import Actor, Role
from tests.builders import NOW

OFFICER = Actor(id=1, name="Demo Officer", roles=frozenset({Role.OFFICER}))
CALM = "Neighbours heard music all night; the people in the house were asked to turn it down."


def closing(  # the parts of a report that the rules look at
    *,
    opened: OpeningCode = OpeningCode.WELFARE,
    account: str = CALM,
    code: ClosingCode = ClosingCode.NOT_A_CRIME_REPORT,
    why: str = "",
    confirmed: Known = Known.UNKNOWN,
    crimes: tuple[CrimeFacts, ...] = (),
    has_n100: bool = False,
    original: OriginalFacts | None = None,
) -> ClosingFacts:
    incident = IncidentFacts(
        id=7,
        reference="INC-26-000007",
        first_reported_at=NOW,
        route=Route.EMERGENCY,
        reporter_type=ReporterType.VICTIM,
        opening_code=opened,
        victim_confirmed=confirmed,
        account=account,
        crimes=crimes,
    )
    return ClosingFacts(
        actor=OFFICER,
        now=NOW,
        opened_by_id=1,
        opening_code=opened,
        account=account,
        incident=incident,
        code=code,
        why=why,
        has_n100=has_n100,
        original=original,
    )


def a_crime(offence_class: str, status: CrimeStatus = CrimeStatus.RECORDED) -> CrimeFacts:
    return CrimeFacts(
        id=1,
        number="DEMO 1/26",
        status=status,
        offence_class=offence_class,
        offence_code="",
        victim_based=True,
        recorded_at=NOW,
    )


def an_original(**changes: object) -> OriginalFacts:
    first = OriginalFacts(
        reference="INC-26-000001",
        first_reported_at=NOW - timedelta(hours=1),
        tells_of_rape=False,
        closing_code=None,
    )
    return replace(first, **changes)  # type: ignore[arg-type] # names are checked by replace


def verdicts(facts: ClosingFacts, verdict: Verdict) -> list[str]:
    return [check.cite.rule for check in closing_checks(facts) if check.verdict is verdict]


def test_a_report_that_is_not_about_a_crime_can_be_closed() -> None:
    assert verdicts(closing(why="A noise complaint."), Verdict.NOT_MET) == []
    assert verdicts(closing(why="A noise complaint."), Verdict.WARNING) == []


@pytest.mark.parametrize("account", ["", "   ", "Noise."])
def test_a_report_with_no_record_of_what_was_said_can_not(account: str) -> None:
    assert verdicts(closing(account=account), Verdict.NOT_MET) == ["REC-01"]


@pytest.mark.parametrize(
    ("crimes", "has_n100", "stopped"),
    [
        ((), False, True),
        ((a_crime("8N"),), False, True),
        ((a_crime("19C", CrimeStatus.CANCELLED),), False, True),
        ((a_crime("19C"),), False, False),
        ((), True, False),
    ],
)
def test_a_rape_report_needs_its_crime_or_its_n100(
    crimes: tuple[CrimeFacts, ...], has_n100: bool, stopped: bool
) -> None:
    facts = closing(opened=OpeningCode.RAPE, crimes=crimes, has_n100=has_n100)

    assert ("N100-01" in verdicts(facts, Verdict.NOT_MET)) is stopped


def test_a_rape_report_may_repeat_another_rape_report_and_nothing_else() -> None:
    rape, other = an_original(tells_of_rape=True), an_original()

    for original, stopped in ((rape, []), (other, ["N100-01"])):
        facts = closing(opened=OpeningCode.RAPE, code=ClosingCode.DUPLICATE, original=original)
        assert verdicts(facts, Verdict.NOT_MET) == stopped


def test_a_victim_who_confirms_a_crime_has_reported_one() -> None:
    theft = closing(opened=OpeningCode.THEFT, confirmed=Known.YES)
    noise = closing(opened=OpeningCode.ANTI_SOCIAL, confirmed=Known.YES)
    slap = closing(opened=OpeningCode.OTHER, confirmed=Known.YES, account="A stranger slapped me.")

    assert verdicts(theft, Verdict.NOT_MET) == ["REC-02"]
    assert verdicts(noise, Verdict.NOT_MET) == []
    assert verdicts(slap, Verdict.NOT_MET) == ["REC-02"]


@pytest.mark.parametrize(
    "why", ["The victim does not want to support a prosecution.", "Victim declined to engage."]
)
def test_an_unwilling_victim_is_no_ground(why: str) -> None:
    assert verdicts(closing(why=why), Verdict.NOT_MET) == ["REC-05"]


@pytest.mark.parametrize(
    ("why", "rule"),
    [
        ("I do not believe that this is true, I think it is a story.", "REC-03"),
        ("The caller was drunk at the time of the call.", "REC-15"),
    ],
)
def test_doubt_and_drink_ask_for_more_of_a_reason(why: str, rule: str) -> None:
    assert verdicts(closing(why=why), Verdict.WARNING) == [rule]


@pytest.mark.parametrize(
    ("original", "words"),
    [
        (None, "Enter the reference"),
        (an_original(reference="INC-26-000007"), "repeat itself"),
        (an_original(closing_code=ClosingCode.DUPLICATE), "duplicate itself"),
        (an_original(first_reported_at=NOW + timedelta(minutes=1)), "came before"),
    ],
)
def test_of_two_reports_the_first_stays(original: OriginalFacts | None, words: str) -> None:
    checks = closing_checks(closing(code=ClosingCode.DUPLICATE, original=original))
    stopped = [check for check in checks if check.verdict is Verdict.NOT_MET]

    assert [check.cite.rule for check in stopped] == ["REC-10"]
    assert words in stopped[0].reason


def test_a_report_that_repeats_an_earlier_one_can_be_closed() -> None:
    facts = closing(code=ClosingCode.DUPLICATE, original=an_original(first_reported_at=NOW))

    assert verdicts(facts, Verdict.NOT_MET) == []


@pytest.mark.parametrize(
    ("opened", "account", "warned"),
    [
        (OpeningCode.DOMESTIC_NON_CRIME, "Verbal argument, he then pushed her over.", True),
        (OpeningCode.DOMESTIC_NON_CRIME, "He said he would kill her if she left.", True),
        (OpeningCode.DOMESTIC_NON_CRIME, "He smashed her phone during a row.", True),
        (OpeningCode.DOMESTIC_NON_CRIME, "An argument over money, no threats, nobody hurt.", False),
        (OpeningCode.DOMESTIC, "He pushed her over.", False),
    ],
)
def test_a_domestic_report_opened_as_no_crime_is_read_again(
    opened: OpeningCode, account: str, warned: bool
) -> None:
    facts = ReportFacts(
        actor=OFFICER, now=NOW, opened_by_id=1, opening_code=opened, account=account
    )
    found = [check.cite.rule for check in entering_checks(facts) if check.reason]

    assert found == (["REC-24"] if warned else [])
