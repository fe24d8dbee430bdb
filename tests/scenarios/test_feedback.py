"""The handbook's scenario 20 (section 10), through the interface, on both databases."""

from tests.facts_builders import THEFT
from tests.scenarios.world import CREATED, OK, REFUSED, World

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
