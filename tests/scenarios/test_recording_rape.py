"""The handbook's scenarios 1 to 5 and 18 (section 10), through the interface, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from fcr_app import clock
from fcr_app.models import Case, ReportedIncident
from tests.recording_builders import CHECKED, CONFIRMED, CONTRARY, ELSEWHERE, UNTRACED, WHY
from tests.scenarios.world import World

#: Nobody has asked the victim, or she does not speak of it.
SILENT = {
    **CONFIRMED,
    "victim_says": "unconfirmed",
    "doubt": "no",
    "necessary": "no",
    "tracing": "Her social worker asked her twice; she does not speak of it.",
}
N100 = "create_reported"


def on_camera(hours_ago: float) -> dict[str, str]:
    """Say that cameras show it can't have happened, and since when that was known."""
    return {**CONTRARY, "contrary_at": (clock.now() - timedelta(hours=hours_ago)).isoformat()}


def test_scenario_1_what_a_social_worker_reports_is_recorded_and_no_n100(world: World) -> None:
    report = world.report(reporter_type="professional", vulnerabilities=["in_care"])
    case = world.assessed(report, SILENT)

    refused = world.take("officer", case, N100, {"ground": "unconfirmed", "reason": WHY})
    assert "N100-05" in refused.rules
    assert world.take("officer", case, "record", {}).done

    seen = world.about(report)
    assert seen["closing_code"] == "crime_recorded"
    crime = world.program("fcr").get(f"/crimes/{seen['crimes'][0]['id']}").get_json()
    assert "19C" in str(crime["offence"])


def test_scenario_2_a_confused_account_in_a_crisis_needs_the_fcrs_override(world: World) -> None:
    report = world.report(vulnerabilities=["mental_health"])
    case = world.assessed(report, {**SILENT, "tracing": "Asked again; still confused."})

    refused = world.take("officer", case, N100, {"ground": "mental_health", "reason": WHY})
    assert "N100-06" in refused.rules
    assert not world.take("ddm", case, "allow_reported", {"code": "100/01", "rationale": WHY}).done

    why = {"why_ask": "She spoke of it as something she dreamt."}
    assert world.take("officer", case, "ask_fcr", why).done
    override = {"code": "100/01", "rationale": WHY}
    allowed = world.take("fcr", case, "allow_reported", override)
    assert allowed.done, allowed.text
    # Counted as an override, and flagged as the error that it would be otherwise.
    reference = world.case_of(report, "N100-")
    kept = world.session.execute(
        select(ReportedIncident.verdict, ReportedIncident.error_type)
        .join(Case, Case.id == ReportedIncident.case_id)
        .where(Case.reference == reference)
    ).one()
    assert tuple(kept) == ("overridden", "E08")


def test_scenario_3_a_passer_by_and_no_victim_is_an_n100_01_that_the_fcr_reviews(
    world: World,
) -> None:
    report = world.report(reporter_type="witness")
    case = world.assessed(report, UNTRACED)
    assert world.take("officer", case, N100, {"ground": "untraced", "reason": WHY}).done

    n100 = world.case_of(report, "N100-")
    assert world.take("sergeant", n100, "check", CHECKED).done
    waiting = world.program("fcr").get("/worklist", tab="decide").get_json()["items"]
    assert n100 in {row["reference"] for row in waiting}
    assert world.take("fcr", n100, "agree", {"rationale": WHY}).state == "reported_agreed"


def test_scenario_4_cameras_before_any_record_make_an_n100_02(world: World) -> None:
    report = world.report(reporter_type="witness")
    case = world.assessed(report, on_camera(1))

    assert world.take("officer", case, N100, {"ground": "contrary", "reason": WHY}).done
    assert world.about(report)["closing_code"] == "n100"


def test_scenario_4_the_same_cameras_after_the_record_make_none(world: World) -> None:
    report = world.report()
    recorded = world.assessed(report, CONFIRMED)
    assert world.take("officer", recorded, "record", {}).done

    again = world.assessed(report, on_camera(0))
    refused = world.take("officer", again, N100, {"ground": "contrary", "reason": WHY})

    assert refused.rules == ("N100-15",)
    assert "C2" in refused.text


def test_scenario_5_another_forces_rape_is_an_n100_03_then_transferred_with_its_reference(
    world: World,
) -> None:
    report = world.report()
    case = world.assessed(report, ELSEWHERE)
    assert world.take("officer", case, N100, {"ground": "elsewhere", "reason": WHY}).done
    n100 = world.case_of(report, "N100-")
    now = clock.now().isoformat()
    told = {"told_transfer_at": now, "told_transfer_what": "Rang her with the number."}

    assert world.take("officer", n100, "transfer", told).rules == ("TRF-02",)
    number = {"force_reference": "DCP/26/99", "force_reference_at": now}
    assert world.take("officer", n100, "record_reference", number).done
    assert "told_transfer_at" in world.take("officer", n100, "transfer", {}).rules
    told = {**told, "told_transfer_at": clock.now().isoformat()}
    assert world.take("officer", n100, "transfer", told).done
    assert world.about(report)["closing_code"] == "other_force"
