"""What may happen to an action: the owner carries out, a registrar who does not own it checks."""

from datetime import date, timedelta

import pytest

from fcr_app.domain.audits.actions import ActionMove, ActionWords, is_late, moves_for
from fcr_app.domain.audits.words import ActionState

M, S = ActionMove, ActionState
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("state", "is_owner", "is_registrar", "expected"),
    [
        (S.OPEN, True, False, [M.BEGIN, M.REPORT, M.FINISH]),
        (S.OPEN, False, True, [M.BEGIN, M.REPORT, M.FINISH]),
        (S.IN_PROGRESS, True, False, [M.REPORT, M.FINISH]),
        (S.DONE, True, False, []),
        (S.DONE, True, True, []),
        (S.DONE, False, True, [M.CLOSE, M.SEND_BACK]),
        (S.CLOSED, False, True, [M.REOPEN]),
        (S.CLOSED, True, True, []),
        (S.OPEN, False, False, []),
    ],
)
def test_who_may_do_what_in_which_state(
    state: ActionState, is_owner: bool, is_registrar: bool, expected: list[ActionMove]
) -> None:
    found = moves_for(state, is_owner=is_owner, is_registrar=is_registrar)

    assert [rule.move for rule in found] == expected


def test_an_action_is_late_until_its_owner_says_that_it_is_done() -> None:
    yesterday = TODAY - timedelta(days=1)

    assert is_late(yesterday, S.OPEN, TODAY)
    assert is_late(yesterday, S.IN_PROGRESS, TODAY)
    assert not is_late(TODAY, S.OPEN, TODAY)
    assert not is_late(yesterday, S.DONE, TODAY)
    assert not is_late(yesterday, S.CLOSED, TODAY)


def test_every_problem_is_said_at_once() -> None:
    words = ActionWords(recommended="", measure="x" * 5000, source="", due_on=None)

    found = [one.field for one in words.problems(today=TODAY, of_audit=False)]

    assert found == ["recommended", "measure", "source", "due_on"]
    assert "source" not in [one.field for one in words.problems(today=TODAY, of_audit=True)]
