"""What each ground needs, and what is no ground: REC-02 to REC-26."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain.guards import Verdict
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, Vulnerability
from fcr_app.domain.not_recording.decision_rules import DECISION_RULES
from fcr_app.domain.not_recording.grounds import Ground
from fcr_app.domain.not_recording.location_questions import LOCATION
from tests.facts_builders import an_officer
from tests.not_recording_case import WHY, NotRecordedCase, a_passer_by_report

MET, BLOCKED, WARNED = Verdict.MET, Verdict.NOT_MET, Verdict.WARNING


def verdicts(says: dict[str, str], hours: int = 0, **report: Any) -> dict[str, Verdict]:
    """Return each rule that is not met, by its handbook id."""
    case = NotRecordedCase(report=a_passer_by_report(**report))
    facts = case.facts(an_officer(), {"ground": "no_crime", "rationale": WHY, **says})
    if hours:
        facts = replace(facts, now=facts.now + timedelta(hours=hours))
    checks = [guard.check(facts) for guard in DECISION_RULES]
    return {c.cite.rule: c.verdict for c in checks if c and c.verdict is not MET}


def test_a_lawful_ground_with_its_reasons_meets_every_rule() -> None:
    assert verdicts({}) == {}


@pytest.mark.parametrize("ground", ["", "unwilling", "no_evidence"])
def test_the_list_of_grounds_is_closed(ground: str) -> None:
    assert verdicts({"ground": ground})["REC-13"] is BLOCKED


@pytest.mark.parametrize(
    "words",
    [
        "No crime, victim won’t prosecute.",
        "There is no complaint: the victim does not want to support a prosecution.",
        "She will not support police action and declined to make a statement.",
        "The injured party refuses to engage with us any further.",
    ],
)
def test_that_the_victim_is_unwilling_is_refused_as_a_reason(words: str) -> None:
    assert verdicts({"rationale": words})["REC-05"] is BLOCKED


@pytest.mark.parametrize(
    "words",
    [
        "The fence stands on the line that both deeds agree on.",
        "The victim of the earlier burglary supports what the caller says about the noise.",
        "Nothing was taken: the owner found the keys in her bag while we spoke.",
    ],
)
def test_other_reasons_are_not_taken_for_it(words: str) -> None:
    assert "REC-05" not in verdicts({"rationale": words})


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("In my view it never happened, and I doubt what she says.", "REC-03"),
        ("Her account is inconsistent in every detail that matters.", "REC-03"),
        ("She is mentally ill and rings us every evening of the week.", "REC-03"),
        ("The caller was drunk and could not say what had happened.", "REC-15"),
        ("There is no evidence, and nobody saw anything at all.", "REC-02"),
        ("There is no suspect and no line of enquiry to follow.", "REC-02"),
    ],
)
def test_opinion_drink_and_what_a_court_would_need_warn(words: str, rule: str) -> None:
    assert verdicts({"rationale": words})[rule] is WARNED


@pytest.mark.parametrize("ground", ["no_confirm", "untraced"])
@pytest.mark.parametrize(
    ("report", "rule"),
    [
        ({"reporter_type": ReporterType.VICTIM}, "REC-13"),
        ({"reporter_type": ReporterType.PROFESSIONAL}, "REC-08"),
        ({"reporter_type": ReporterType.PARENT_OR_CARER}, "REC-08"),
    ],
)
def test_only_another_reporter_leaves_the_victims_word_open(
    ground: str, report: dict[str, Any], rule: str
) -> None:
    assert verdicts({"ground": ground, "necessary": "no"}, **report)[rule] is BLOCKED


def test_reasoned_doubt_about_a_professional_warns_instead() -> None:
    doubt = "The surgery named has no such doctor, and the number is not theirs."
    says = {"ground": "no_confirm", "necessary": "no", "reporter_doubt": doubt}

    found = verdicts(says, reporter_type=ReporterType.PROFESSIONAL)

    assert found["REC-08"] is WARNED


@pytest.mark.parametrize(
    ("ground", "report", "rule"),
    [
        ("no_confirm", {"victim_confirmed": Known.YES}, "REC-05"),
        ("untraced", {"victim_traced": Known.YES}, "REC-06"),
    ],
)
def test_the_report_itself_can_contradict_the_ground(
    ground: str, report: dict[str, Any], rule: str
) -> None:
    assert verdicts({"ground": ground, "necessary": "no"}, **report)[rule] is BLOCKED


def test_what_is_necessary_all_the_same_is_recorded() -> None:
    assert verdicts({"ground": "no_confirm", "necessary": "yes"})["REC-07"] is BLOCKED


def test_a_vulnerable_victim_warns() -> None:
    flags = frozenset({Vulnerability.CARE})
    says = {"ground": "no_confirm", "necessary": "no"}

    assert verdicts(says, vulnerabilities=flags)["REC-07"] is WARNED


AT_SCHOOL = {
    "ground": "school",
    "at_school": "yes",
    "school_class": "105A",
    "school_serious": "no",
    "school_asked": "no",
}


@pytest.mark.parametrize(
    ("says", "blocked"),
    [
        ({}, False),
        ({"at_school": "no"}, True),
        ({"school_class": "88a"}, True),
        ({"school_class": "36"}, True),
        ({"school_serious": "yes"}, True),
        ({"school_asked": "yes"}, True),
    ],
)
def test_the_schools_protocol_has_its_limits(says: dict[str, str], blocked: bool) -> None:
    assert (verdicts({**AT_SCHOOL, **says}).get("REC-19") is BLOCKED) is blocked


def test_a_sexual_offence_at_school_is_recorded() -> None:
    assert verdicts(AT_SCHOOL, opening_code=OpeningCode.SEXUAL)["REC-19"] is BLOCKED


@pytest.mark.parametrize(
    ("says", "rule"),
    [
        ({"ground": "disorder", "seen_by_police": "yes"}, "REC-18"),
        ({"ground": "on_duty", "authority_says": "cps"}, "REC-20"),
        ({"ground": "on_duty", "authority_says": "charged"}, "REC-20"),
        ({"ground": "on_duty", "authority_says": "case_to_answer"}, "REC-20"),
        ({"ground": "counter", "support_found": "yes"}, "REC-17"),
        ({"ground": "contrary", "contrary_now": "no"}, "REC-02"),
    ],
)
def test_each_ground_ends_where_its_rule_says(says: dict[str, str], rule: str) -> None:
    assert verdicts(says)[rule] is BLOCKED


@pytest.mark.parametrize(
    "says",
    [
        {"ground": "disorder", "seen_by_police": "no"},
        {"ground": "on_duty", "authority_says": "assessing"},
        {"ground": "counter", "support_found": "no"},
        {"ground": "contrary", "contrary_now": "yes"},
        {"ground": "elsewhere"},
    ],
)
def test_each_ground_holds_within_it(says: dict[str, str]) -> None:
    assert verdicts(says) == {}


def test_a_domestic_report_without_a_crime_that_tells_of_one_warns() -> None:
    found = verdicts(
        {},
        opening_code=OpeningCode.DOMESTIC_NON_CRIME,
        account="He pushed her against the wall and smashed the telephone.",
    )

    assert (found["REC-24"], found["REC-26"]) == (WARNED, WARNED)


def test_what_the_victim_believes_warns() -> None:
    assert verdicts({}, reporter_type=ReporterType.VICTIM)["REC-03"] is WARNED


def test_rape_is_never_settled_like_this() -> None:
    assert verdicts({}, opening_code=OpeningCode.RAPE)["N100-01"] is BLOCKED


@pytest.mark.parametrize(
    ("hours", "ground", "warned"),
    [(1, "no_crime", False), (30, "no_crime", True), (30, "on_duty", False)],
)
def test_a_late_decision_warns_but_not_about_police_on_duty(
    hours: int, ground: str, warned: bool
) -> None:
    found = verdicts({"ground": ground, "authority_says": "assessing"}, hours=hours)

    assert ("REC-10" in found) is warned


def test_every_ground_has_words_and_fits_its_column() -> None:
    assert all(len(ground.value) <= 10 and ground.label for ground in Ground)


AREA = {"ground": "elsewhere", "lies_elsewhere": "area", "placed_by": "victim"}
ONLINE = {"ground": "elsewhere", "lies_elsewhere": "remote", "placed_remotely": "suspect"}


def lies(reason: str, **said: str) -> dict[str, str]:
    return {"ground": "elsewhere", "lies_elsewhere": reason, **said}


@pytest.mark.parametrize(
    ("says", "rule", "verdict"),
    [
        ({**AREA, "placed_by": "home"}, "LOC-01", WARNED),
        ({**ONLINE, "placed_remotely": "home"}, "LOC-02", WARNED),
        (lies("nation", taken_there="no"), "LOC-03", BLOCKED),
        (lies("series", latest_of_series="ours"), "LOC-04", BLOCKED),
        (lies("straddles", aware_first="ours"), "LOC-04", BLOCKED),
        (lies("aircraft", departed_from="yes"), "LOC-05", BLOCKED),
    ],
)
def test_whose_crime_it_is_follows_the_order_of_the_rules(
    says: dict[str, str], rule: str, verdict: Verdict
) -> None:
    assert verdicts(says) == {rule: verdict}


@pytest.mark.parametrize(
    "says",
    [
        AREA,
        {**AREA, "placed_by": "business"},
        ONLINE,
        {**ONLINE, "placed_remotely": "last_home"},
        lies("nation", taken_there="yes"),
        lies("railway"),
        lies("aircraft", departed_from="no"),
        lies("inbound"),
        lies("series", latest_of_series="theirs"),
        lies("straddles", aware_first="theirs"),
    ],
)
def test_what_clearly_belongs_to_another_force_is_theirs(says: dict[str, str]) -> None:
    assert verdicts(says) == {}


def test_no_transfer_goes_back_on_the_rules_alone() -> None:
    passed: dict[str, Any] = {"route": Route.OTHER_FORCE, "other_force": "Demo Coast Police"}

    assert verdicts({**AREA, "interest_weighed": "no"}, **passed) == {"LOC-06": BLOCKED}
    assert verdicts({**AREA, "interest_weighed": "yes"}, **passed) == {}
    assert verdicts({**AREA, "interest_weighed": "no"}) == {}  # nobody passed it here


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        (AREA, {"placed_by", "recording_force", "recording_reference"}),
        (
            {**AREA, "placed_by": "agreed"},
            {"placed_by", "agreed_by", "recording_force", "recording_reference"},
        ),
        (
            {**ONLINE, "placed_remotely": "agreed"},
            {"placed_remotely", "agreed_by", "recording_force", "recording_reference"},
        ),
        # What was said before the reason was changed asks for nothing.
        ({**AREA, "lies_elsewhere": "inbound", "placed_by": "agreed"}, set()),
        (
            {**lies("nation"), "incident.route": "other_force"},
            {
                "taken_there", "recording_force", "recording_reference", "interest_weighed",
                "interest_how",
            },
        ),
        ({"ground": "no_crime", "lies_elsewhere": "area", "placed_by": "agreed"}, None),
    ],
)  # fmt: skip
def test_only_what_the_reason_needs_is_asked(says: dict[str, str], asked: set[str] | None) -> None:
    found = {question.name for question in LOCATION if question.when(says)}

    assert found == (set() if asked is None else {"lies_elsewhere", *asked})
