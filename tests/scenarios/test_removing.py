"""The handbook's scenarios 4 to 14 (section 10), through the interface, on both databases."""

from collections.abc import Callable
from datetime import timedelta

from fcr_app import clock
from fcr_app.domain.facts import CrimeStatus, Part
from tests.builders import a_crime
from tests.facts_builders import (
    ABH,
    GOOD_ANSWERS,
    MODERN_SLAVERY,
    RAPE_OF_A_GIRL,
    REQUESTS,
    ROBBERY,
    SATISFIED,
    THEFT,
    WOUNDING,
)
from tests.scenarios.world import World

YES = {"satisfied_told": "yes"}


def number() -> dict[str, str]:
    """Return the other force's number, which came in just now."""
    return {"receiving_reference": "DCP/26/4711", "reference_at": clock.now().isoformat()}


def test_scenario_4_cctv_found_after_recording_a_rape_is_c2_by_a_registered_fcr(
    world: World,
) -> None:
    rape = world.crime(RAPE_OF_A_GIRL)
    case = world.asked(rape, "C2", information="CCTV proves the place and time impossible.")

    assert world.take("ddm", case, "approve", SATISFIED).rules == ("CANC-01",)
    assert world.take("fcr", case, "approve", SATISFIED).done
    assert world.told(case).done
    assert world.take("fcr", case, "remove", YES).state == "removed"
    assert world.status_of(rape) == "cancelled"


def test_scenario_5_a_transfer_takes_the_number_then_the_victim_then_the_removal(
    world: World,
) -> None:
    crime = world.crime(THEFT)
    case = world.asked(crime, "C1")

    assert world.take("ddm", case, "approve_transfer", SATISFIED).done
    assert world.take("officer", case, "record_reference", number()).done
    assert world.told(case, given_reference="yes").done
    assert world.take("ddm", case, "remove", YES).done
    assert world.status_of(crime) == "transferred"


def test_scenario_6_c2_on_the_rape_of_a_child_is_the_registered_fcrs_alone(world: World) -> None:
    case = world.asked(world.crime(RAPE_OF_A_GIRL), "C2")

    assert world.take("ddm", case, "approve", SATISFIED).rules == ("CANC-01",)
    assert world.take("deputy", case, "approve", SATISFIED).rules == ("CANC-01",)
    # Allowed, and nobody has to approve it a second time.
    assert world.take("fcr", case, "approve", SATISFIED).state == "approved_pending_victim"


def test_scenario_7_without_a_registered_fcr_the_chief_officer_decides_on_advice(
    make_world: Callable[..., World],
) -> None:
    world = make_world("fcr")
    case = world.asked(world.crime(RAPE_OF_A_GIRL), "C2")

    assert world.take("deputy", case, "approve", SATISFIED).rules == ("CANC-01",)
    assert world.take("chief", case, "approve", SATISFIED).rules == ("CANC-02",)
    assert world.take("deputy", case, "advise", GOOD_ANSWERS["advise"]).done
    assert world.take("chief", case, "approve", SATISFIED).done


def test_scenario_8_a_sergeant_who_reviewed_the_crime_is_not_independent(world: World) -> None:
    crime = world.crime(THEFT, others=[(Part.SUPERVISOR, "sergeant")])
    case = world.asked(crime, "C4")

    answer = world.take("sergeant", case, "approve_and_remove", GOOD_ANSWERS["approve_and_remove"])

    assert answer.rules == ("CANC-05",)
    assert world.status_of(crime) == "recorded"


def test_scenario_9_a_retraction_under_threat_is_refused_and_outcome_16_suggested(
    world: World,
) -> None:
    crime = world.crime(ROBBERY)
    case = world.opened("officer", {"workflow": "cancellation", "crime_id": crime.id})
    threatened = {"victim_withdrew": "yes", "withdrawal_concern": "yes"}

    answer = world.take("officer", case, "submit", {**REQUESTS["C2"], **threatened})

    assert answer.rules == ("CANC-15",)
    assert "outcome 14 or 16" in answer.text


def test_scenario_10_self_defence_does_not_fit_wounding_and_fits_actual_bodily_harm(
    world: World,
) -> None:
    wounding = world.crime(WOUNDING)
    case = world.opened("officer", {"workflow": "cancellation", "crime_id": wounding.id})
    assert world.take("officer", case, "submit", REQUESTS["C5"]).rules == ("CANC-07",)

    fits = world.asked(world.crime(ABH), "C5")
    assert world.take("ddm", fits, "approve", SATISFIED).done


def test_scenario_11_a_transfer_is_not_removed_until_the_victim_has_the_number(
    world: World,
) -> None:
    crime = world.crime(THEFT)
    case = world.asked(crime, "C1")
    world.take("ddm", case, "approve_transfer", SATISFIED)
    world.take("officer", case, "record_reference", number())

    assert world.take("ddm", case, "remove", YES).rules == ("VIC-01",)
    assert world.told(case, given_reference="no").rules == ("TRF-02",)
    assert world.status_of(crime) == "recorded"


def test_scenario_12_a_duplicate_of_a_cancelled_record_is_refused(world: World) -> None:
    gone = a_crime(world.session, number="DEMO/2/26", status=CrimeStatus.CANCELLED)
    crime = world.crime(THEFT)
    case = world.opened("officer", {"workflow": "cancellation", "crime_id": crime.id})

    says = {**REQUESTS["C3"], "surviving_crime": gone.crime_number}

    assert world.take("officer", case, "submit", says).rules == ("CANC-20",)


def test_scenario_13_information_from_before_the_record_warns_and_suggests_c4(
    world: World,
) -> None:
    crime = world.crime(THEFT)
    case = world.opened("officer", {"workflow": "cancellation", "crime_id": crime.id})
    before = (crime.recorded_at or clock.now()) - timedelta(days=3)
    early = {**REQUESTS["C2"], "available_on": f"{before:%Y-%m-%d}"}

    warned = world.take("officer", case, "submit", early)
    why = {"warning_rationale": "It reached the officer in the case only later."}

    assert warned.rules == ("CANC-22",)
    assert world.take("officer", case, "submit", {**early, **why}).state == "submitted"
    rules = world.program("ddm").get(f"/cases/{case}/timeline").get_json()["items"][-1]["rules"]
    reasons = [rule["reason"] for rule in rules if rule["rule"] == "CANC-22"]
    assert any("C4 (recorded in error)" in reason for reason in reasons)


def test_scenario_14_only_negative_conclusive_grounds_cancel_modern_slavery(world: World) -> None:
    crime = world.crime(MODERN_SLAVERY)
    case = world.opened("officer", {"workflow": "cancellation", "crime_id": crime.id})
    reasonable = {**REQUESTS["C2"], "grounds_decision": "negative_reasonable"}

    assert world.take("officer", case, "submit", reasonable).rules == ("CANC-17",)
    conclusive = {**reasonable, "grounds_decision": "negative_conclusive"}
    assert world.take("officer", case, "submit", conclusive).done
    assert world.take("ddm", case, "approve", SATISFIED).done
