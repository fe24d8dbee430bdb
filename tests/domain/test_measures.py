"""How many victims were told before their crime left the statistics (VIC-07)."""

from datetime import timedelta

import pytest

from fcr_app.domain.facts import ExceptionState, VictimFacts
from fcr_app.domain.measures import (
    VICTIMS_TOLD_FIRST,
    Removal,
    Share,
    told_too_late,
    victims_told_first,
)
from fcr_app.domain.removal import RemovalCode
from tests.facts_builders import NOW, a_victim

C1, C2, C3, C4, C5 = RemovalCode


def a_removal(*victims: VictimFacts, code: RemovalCode = C2, number: str = "DEMO/1/26") -> Removal:
    return Removal(crime_number=number, code=code, removed_at=NOW, victims=victims)


def told(number: int = 1, **ago: float) -> VictimFacts:
    return a_victim(number, told_at=NOW - timedelta(**ago))


EXCUSED = a_victim(9, exception=ExceptionState.APPROVED)


@pytest.mark.parametrize(
    ("removal", "met", "counted"),
    [
        (a_removal(told(minutes=1)), 1, 1),
        (a_removal(told(minutes=-1)), 0, 1),  # told after the removal
        (a_removal(told(minutes=0)), 0, 1),  # at the same moment is not before
        (a_removal(a_victim()), 0, 1),
        (a_removal(told(minutes=1), a_victim(2)), 0, 1),
        (a_removal(told(minutes=1), EXCUSED), 1, 1),
        (a_removal(a_victim(2), EXCUSED), 0, 1),
        (a_removal(a_victim(2, exception=ExceptionState.PROPOSED)), 0, 1),
        (a_removal(EXCUSED), 0, 0),
        (a_removal(), 0, 0),
        (a_removal(told(minutes=1), code=C1), 1, 1),
        (a_removal(told(minutes=1), code=C5), 1, 1),
        (a_removal(a_victim(), code=C3), 0, 0),
        (a_removal(a_victim(), code=C4), 0, 0),
    ],
)
def test_a_removal_counts_when_every_victim_was_told_before_it(
    removal: Removal, met: int, counted: int
) -> None:
    assert victims_told_first([removal]) == Share(met_count=met, counted_count=counted)


def test_26_of_29_is_90_per_cent() -> None:
    removals = [a_removal(told(days=1))] * 26 + [a_removal(a_victim())] * 3

    share = victims_told_first(removals)

    assert (share.met_count, share.counted_count) == (26, 29)
    assert share.rate == pytest.approx(0.897, abs=0.001)


def test_of_nothing_there_is_no_share() -> None:
    assert victims_told_first([]).rate is None


def test_an_audit_names_each_removal_whose_victim_was_told_too_late_or_never() -> None:
    late, never = a_removal(told(hours=-2), number="late"), a_removal(a_victim(), number="never")
    good, duplicate = a_removal(told(hours=2)), a_removal(a_victim(), code=C3)

    assert told_too_late([good, late, duplicate, never]) == (late, never)


def test_the_measure_says_what_it_counts_and_where_it_comes_from() -> None:
    assert VICTIMS_TOLD_FIRST.cite.rule == "VIC-07"
    assert "C1, C2 and C5" in VICTIMS_TOLD_FIRST.of
