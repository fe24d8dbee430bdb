"""What is said about crimes and victims has words for people."""

from enum import StrEnum

import pytest

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.removal import CODE_NAMES, RemovalCode


@pytest.mark.parametrize("word", [*Flag, *VictimKind, *EnhancedGround], ids=str)
def test_every_word_has_a_label(word: StrEnum) -> None:
    assert isinstance(word, Flag | VictimKind | EnhancedGround)
    assert word.label[0].isupper()
    assert "_" not in word.label


def test_there_are_exactly_five_reasons_for_removal() -> None:
    assert [code.label for code in RemovalCode] == [
        "C1 transferred to another force",
        "C2 additional verifiable information (AVI)",
        "C3 duplicate or part of another crime",
        "C4 recorded in error",
        "C5 self-defence",
    ]
    assert set(CODE_NAMES) == set(RemovalCode)
