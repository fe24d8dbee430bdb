"""Groups of victims in a report: nobody is made out, and what is shown adds up to nothing more."""

from fcr_app.domain.audit_figures.equality import LEFT_OUT, EqualityCell, equality_rows
from fcr_app.domain.equality.items import Item


def cells(*counts: tuple[str, int, int], item: Item = Item.SEX) -> list[EqualityCell]:
    return [
        EqualityCell(item=item, group=group, recorded=recorded, missing=missing)
        for group, recorded, missing in counts
    ]


def test_large_groups_are_shown_in_round_numbers() -> None:
    rows = equality_rows(cells(("female", 182, 31), ("male", 144, 22), ("", 93, 17)))

    assert [(row.group, row.crimes, row.recorded) for row in rows] == [
        ("Female", "215", "85%"),
        ("Male", "165", "87%"),
        ("Not known", "110", "85%"),
    ]


def test_a_small_count_is_left_out_and_so_is_what_would_give_it_back() -> None:
    rows = equality_rows(cells(("female", 182, 31), ("male", 144, 3), ("", 93, 17)))

    assert next(row for row in rows if row.group == "Male").recorded == LEFT_OUT
    assert sum(row.recorded == LEFT_OUT for row in rows) > 1


def test_nothing_is_said_of_groups_where_few_crimes_are_missing() -> None:
    assert equality_rows(cells(("female", 182, 9), ("male", 144, 8))) == ()
    assert equality_rows([]) == ()
