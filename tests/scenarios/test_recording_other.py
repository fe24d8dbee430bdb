"""The handbook's scenarios 15 to 19 (section 10), through the interface, on both databases."""

from datetime import timedelta

from fcr_app import clock
from tests.builders import an_offence
from tests.diary_builders import WHY as INSUFFICIENT, slot
from tests.recording_builders import CONFIRMED
from tests.scenarios.world import World
from tests.services import recording_words as say


def test_scenario_15_a_slot_after_the_limit_is_stopped_or_reasoned_and_goes_to_the_fcr(
    world: World,
) -> None:
    report = world.report("violence")
    case = world.opened("officer", {"workflow": "diary", "incident_id": report})
    in_two_days = slot(clock.now() + timedelta(days=2, hours=2))

    assert world.take("officer", case, "book", in_two_days).rules == ("DIA-02",)
    reasoned = {**in_two_days, "insufficient": INSUFFICIENT}
    assert world.take("officer", case, "book_late", reasoned).done

    waiting = world.program("fcr").get("/worklist", tab="decide").get_json()["items"]
    assert case in {row["reference"] for row in waiting}
    assert world.about(report)["closing_code"] == ""  # the clock runs on


def test_scenario_16_no_crime_victim_will_not_prosecute_is_no_reason(world: World) -> None:
    report = world.report("violence")
    case = world.opened("officer", {"workflow": "not_recorded", "incident_id": report})

    said = {
        "ground": "no_crime",
        "rationale": "No crime, victim won't prosecute",
        "warning_rationale": "She has told us so twice and means it.",
    }

    assert "REC-05" in world.take("officer", case, "decide", said).rules
    assert world.about(report)["settled_at"] is None


def test_scenario_17_the_task_stays_open_until_the_reporter_is_told_and_an_appeal_is_kept(
    world: World,
) -> None:
    report = world.report("other", reporter_type="witness")
    case = world.opened("officer", {"workflow": "not_recorded", "incident_id": report})

    def stands() -> tuple[str, bool]:
        found = world.program("fcr").get(f"/cases/{case}").get_json()
        return found["state"], found["open"]

    assert world.take("officer", case, "decide", say.NOT_A_CRIME).done
    assert stands() == ("not_recorded_to_tell", True)
    assert world.take("officer", case, "record_telling", say.told(clock.now())).done
    assert stands() == ("not_recorded", False)

    assert world.take("officer", case, "appeal", say.appeal(clock.now(), by="reporter")).done
    assert stands() == ("appealed", True)
    assert world.take("fcr", case, "uphold", say.upheld()).done
    assert world.about(report)["closing_code"] == "crime_recorded"


def test_scenario_18_a_rape_recorded_two_hours_ago_in_error_may_become_an_n100(
    world: World,
) -> None:
    report = world.report()
    recorded = world.assessed(report, CONFIRMED)
    assert world.take("officer", recorded, "record", {}).done
    crime_id = world.about(report)["crimes"][0]["id"]
    says = {
        "code": "100/01",
        "not_investigated": "yes",
        "n100_from_the_start": "The caller was a passer-by and no victim had been found.",
        "rationale": say.REASONS,
    }
    body = {"workflow": "n100_move", "crime_id": crime_id}

    # A DDM can't even begin it.
    assert world.program("ddm").post("/cases", body).status_code == 403
    unregistered = world.opened("deputy", body)
    assert "CLS-03" in world.take("deputy", unregistered, "move", says).rules
    assert world.take("deputy", unregistered, "withdraw", {}).done

    assert world.take("fcr", world.opened("fcr", body), "move", says).done
    assert world.about(report)["crimes"][0]["status"] != "recorded"
    assert world.about(report)["closing_code"] == "n100"


def test_scenario_19_messages_of_a_former_partner_are_stalking_unless_the_fcr_rules(
    world: World,
) -> None:
    an_offence(world.session, offence_class="8L", offence_code="195/94", title="Harassment")
    crime = world.crime(("8R", "008/72"))
    case = world.opened("officer", {"workflow": "reclassification", "crime_id": crime.id})
    harassment = say.new_class("8L 195/94", ex_partner="yes")

    refused = world.take("officer", case, "submit", harassment)
    assert refused.rules == ("REC-25",)
    assert "8Q" in refused.text

    question = world.opened("officer", {"workflow": "ruling_request", "crime_id": crime.id})
    assert world.take("officer", question, "ask", say.ASK).done
    assert world.take("fcr", question, "rule", say.RULE).done
    assert world.take("officer", case, "submit", harassment).done
    assert world.take("ddm", case, "reclassify", say.RECLASSIFY).done
