"""The handbook's scenario 20 (section 10), through the interface, on both databases."""

from tests.facts_builders import THEFT
from tests.scenarios.world import CREATED, OK, REFUSED, World

NOT_ALLOWED = 403

REASONS = "A social worker’s report counts as the victim’s own. Record it at once."


def test_scenario_20_three_of_the_same_error_in_90_days_open_a_learning_task(
    world: World,
) -> None:
    crime = world.crime(THEFT)
    given = {
        "to_id": world.people["officer"].id,
        "error": "E06",
        "reasons": REASONS,
        "crime_id": crime.id,
    }
    fcr, sergeant = world.program("fcr"), world.program("sergeant")

    for number in (1, 2, 3):
        assert sergeant.get("/learning").get_json()["items"] == [], number
        assert fcr.post("/feedback", given).status_code == CREATED

    # On the supervisor's list and on the FCR's, and each was told.
    (task,) = sergeant.get("/learning").get_json()["items"]
    assert (task["error"], task["item_count"], task["subject"]) == ("E06", 3, "Demo Officer")
    assert [one["id"] for one in fcr.get("/learning").get_json()["items"]] == [task["id"]]
    assert "Learning" in sergeant.get("/notices").text

    closing = f"/learning/{task['id']}/closing"
    assert sergeant.post(closing, {"outcome": "No"}).status_code == REFUSED
    assert sergeant.post(closing, {"outcome": "Went through it together."}).status_code == OK
    assert sergeant.get("/learning").get_json()["items"] == []


def test_feedback_is_about_one_record(world: World) -> None:
    nothing = {"to_id": world.people["officer"].id, "reasons": REASONS}

    assert world.program("fcr").post("/feedback", nothing).status_code == REFUSED


def test_a_program_gives_feedback_reads_it_and_takes_its_steps(world: World) -> None:
    crime = world.crime(THEFT)
    given = {
        "to_id": world.people["officer"].id,
        "error": "E22",
        "reasons": REASONS,
        "crime_id": crime.id,
        "correction": "reclassify",
        "harm": "high",
    }
    fcr, officer = world.program("fcr"), world.program("officer")
    made = fcr.post("/feedback", given)
    assert made.status_code == CREATED

    (item,) = officer.get("/feedback").get_json()["items"]
    assert (item["error"], item["correction"], item["harm"]) == ("E22", "reclassify", "high")
    assert item["rule_id"] == "REC-25"
    assert made.headers["Location"].endswith(item["reference"])
    assert officer.get("/feedback/all").status_code == NOT_ALLOWED
    everything = fcr.get("/feedback/all", error="E22").get_json()["items"]
    assert [one["id"] for one in everything] == [item["id"]]
    stranger = world.program("sergeant")
    assert stranger.get(f"/feedback/{item['id']}").status_code == OK

    assert world.take("officer", item["reference"], "agree", {}).done
    (mine,) = officer.get("/feedback", listed="to_correct").get_json()["items"]
    assert mine["state"] == "feedback_agreed"
