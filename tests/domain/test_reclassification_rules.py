"""When a recorded rape may become an N100 (CLS-03)."""

from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain.guards import Verdict
from fcr_app.domain.reclassification_rules import (
    RECLASSIFICATION_TO_N100,
    ReclassificationFacts,
    the_record_is_young,
)
from fcr_app.domain.roles import Actor
from tests.facts_builders import (
    NOW,
    OFFICER,
    RAPE_OF_A_GIRL,
    THEFT,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    an_officer,
    an_unregistered_fcr,
)


def facts(
    actor: Actor | None = None,
    *,
    hours_old: float = 2,
    offence: tuple[str, str] = RAPE_OF_A_GIRL,
    says: str = "yes",
) -> ReclassificationFacts:
    return ReclassificationFacts(
        actor=actor or a_registered_fcr(),
        now=NOW,
        opened_by_id=OFFICER,
        answers={"not_investigated": says} if says else {},
        crime=a_crime_facts(offence, recorded_at=NOW - timedelta(hours=hours_old)),
    )


def verdicts(told: ReclassificationFacts) -> dict[str, Verdict]:
    checks = [guard.check(told) for guard in RECLASSIFICATION_TO_N100]
    return {check.name: check.verdict for check in checks if check}


def test_a_registered_registrar_may_reclassify_a_rape_of_two_hours_ago() -> None:
    assert set(verdicts(facts()).values()) == {Verdict.MET}


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (a_deputy_fcr(registered=True), True),
        (a_deputy_fcr(), False),
        (an_unregistered_fcr(), False),
        (a_ddm(), False),
        (an_officer(), False),
    ],
)
def test_the_person_has_to_be_on_the_register(actor: Actor, may: bool) -> None:
    verdict = verdicts(facts(actor))["only_a_registered_registrar_reclassifies_rape"]

    assert (verdict is Verdict.MET) is may


@pytest.mark.parametrize(
    ("says", "verdict"),
    [("yes", Verdict.MET), ("no", Verdict.NOT_MET), ("", Verdict.JUDGEMENT)],
)
def test_the_registrar_attests_that_nothing_was_investigated(says: str, verdict: Verdict) -> None:
    assert verdicts(facts(says=says))["no_substantive_investigation_took_place"] is verdict


def test_nothing_but_rape_becomes_an_n100() -> None:
    assert verdicts(facts(offence=THEFT))["only_a_rape_becomes_an_n100"] is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("hours", "verdict"), [(24, Verdict.MET), (24.1, Verdict.WARNING), (500, Verdict.WARNING)]
)
def test_an_old_record_warns(hours: float, verdict: Verdict) -> None:
    assert verdicts(facts(hours_old=hours))["the_record_is_young"] is verdict


def test_a_record_without_a_time_warns() -> None:
    undated: dict[str, Any] = {"crime": a_crime_facts(RAPE_OF_A_GIRL, recorded_at=None)}
    told = ReclassificationFacts(actor=a_registered_fcr(), now=NOW, opened_by_id=OFFICER, **undated)

    check = the_record_is_young.check(told)

    assert check is not None
    assert check.verdict is Verdict.WARNING
