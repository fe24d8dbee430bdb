"""A password is long, and not what a guesser tries first."""

import pytest

from fcr_app.domain.passwords import LONGEST, fault, tidy, words_of

DENIED = {"password", "police", "demonstration", "welcome"}


@pytest.mark.parametrize(
    "password",
    [
        "copper kettle orchard",
        "Copper-Kettle-Orchard",
        "mißtraut der Ampel",
        "8264019375286401",
        "x" * 6 + "kettle orchard",
    ],
)
def test_a_long_password_of_its_own_is_good(password: str) -> None:
    assert fault(password, DENIED) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("copper", "Use 12 characters or more."),
        ("copperkettl", "Use 12 characters or more."),
        ("copper kettle " * 15, f"Use {LONGEST} characters or fewer."),
        ("ababababababab", "Choose a password that is harder to guess: this one repeats"),
        ("Password-2026!", "Choose a password that is harder to guess: this one is made of"),
        ("P@55w0rd-Police", "Choose a password that is harder to guess: this one is made of"),
        ("WelcomePolice1", "Choose a password that is harder to guess: this one is made of"),
        ("123456789012", "Choose a password that is harder to guess: this one is made of"),
    ],
)
def test_a_password_that_is_guessed_is_refused_with_a_reason(password: str, words: str) -> None:
    assert (fault(password, DENIED) or "").startswith(words)


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert tidy("café orchard") == tidy("café orchard")


def test_the_words_of_a_name_and_an_address_are_denied() -> None:
    assert words_of("Demo Officer-One", "officer.one@demo.example", "Metropolis") == {
        "demo",
        "officer",
        "example",
        "metropolis",
    }
