"""Numbers and names are found however they were typed."""

import pytest

from fcr_app.domain.numbers import name_key, number_key


@pytest.mark.parametrize("typed", ["01/4711/26", " 01/4711/26 ", "01 / 4711 / 26", "01/4711/26\n"])
def test_spaces_in_a_number_do_not_matter(typed: str) -> None:
    assert number_key(typed) == "01/4711/26"


def test_capitals_in_a_number_do_not_matter() -> None:
    assert number_key("cad 12-nov26") == number_key("CAD12-NOV26") == "CAD12-NOV26"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Demo Officer One", "one demo officer"),
        ("José Núñez", "nunez jose"),
        ("Cher", "cher"),
        ("", ""),
        ("李 明", "明 李"),  # nothing of it is left without accents, so it stays as it is
    ],
)
def test_a_name_is_searched_by_surname_without_accents(name: str, key: str) -> None:
    assert name_key(name) == key
