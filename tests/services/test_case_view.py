"""What the page of a case offers: a button for what can be done, and why the rest can't."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from fcr_app.services.case_view import CaseView, case_view
from tests.builders import NOW
from tests.recording_builders import CONFIRMED, Desk


@pytest.fixture
def view(session: Session) -> CaseView:
    """Return the page of an assessed rape report, as its officer sees it."""
    desk = Desk(session)
    case = desk.assessed(desk.report(), CONFIRMED)
    return case_view(session, desk.actor(desk.officer), case.reference, now=NOW)


def test_what_can_not_be_done_now_is_apart_with_every_reason(view: CaseView) -> None:
    possible = {step.label for step in view.possible_steps}
    impossible = {label for steps in view.impossible_steps for label in steps.labels}

    assert possible == {"Ask the FCR to allow an N100", "Change the answers", "Discard it"}
    assert impossible == {"Create an N100", "Put it down as not about rape"}
    (n100,) = [steps for steps in view.impossible_steps if "Create an N100" in steps.labels]
    refused = next(step for step in view.steps if step.label == "Create an N100").refusals
    assert [rule for _, rule in n100.why] == [check.cite.rule for check in refused]
    assert all(reason for reason, _ in n100.why)


def test_steps_that_are_refused_for_the_same_reasons_stand_together(view: CaseView) -> None:
    (n100,) = [step for step in view.steps if step.label == "Create an N100"]
    like_it = replace(n100, trigger="another", label="Another step")

    together = replace(view, steps=(*view.steps, like_it)).impossible_steps

    assert ("Create an N100", "Another step") in [steps.labels for steps in together]


def test_what_one_page_leads_to_has_one_button(session: Session) -> None:
    desk = Desk(session)
    case = desk.open(desk.report(), "diary")

    labels = [
        step.label
        for step in case_view(
            session, desk.actor(desk.officer), case.reference, now=NOW + timedelta(minutes=1)
        ).possible_steps
    ]

    assert "Book a slot" in labels
    assert "Book a slot after the limit" not in labels
