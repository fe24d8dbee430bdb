"""A missing answer has a reason, and only declining leaves nothing to ask."""

from datetime import date

from fcr_app.domain.equality.answers import Answer, AnswerSource, Missing, is_complete, still_to_ask
from fcr_app.domain.equality.items import NEEDED, Item

DAY = date(2026, 11, 24)


def said(item: Item, value: str = "x", missing: Missing | None = None) -> Answer:
    return Answer(
        item=item,
        value="" if missing else value,
        missing=missing,
        source=AnswerSource.SELF,
        given_on=DAY,
    )


def test_a_blank_is_left_to_ask_and_so_is_what_was_not_asked() -> None:
    answers: dict[Item, Answer] = {item: said(item) for item in NEEDED}
    assert is_complete(answers, 30)

    del answers[Item.RELIGION]
    assert still_to_ask(answers, 30) == (Item.RELIGION,)

    for reason in Missing:
        answers[Item.RELIGION] = said(Item.RELIGION, missing=reason)
        assert is_complete(answers, 30) == (reason is Missing.DECLINED)


def test_a_child_is_not_asked_what_is_asked_from_sixteen() -> None:
    under = still_to_ask({}, 15)
    assert {Item.ORIENTATION, Item.GENDER_IDENTITY, Item.MARRIAGE}.isdisjoint(under)
    assert still_to_ask({}, 16) == NEEDED
    assert still_to_ask({}, None) == NEEDED


def test_what_an_officer_saw_and_pregnancy_are_never_missing() -> None:
    assert Item.ETHNICITY_OBSERVED not in NEEDED
    assert Item.PREGNANCY not in NEEDED


def test_what_an_officer_saw_does_not_answer_what_the_victim_says() -> None:
    answers: dict[Item, Answer] = {
        item: said(item) for item in NEEDED if item is not Item.ETHNICITY
    }
    answers[Item.ETHNICITY_OBSERVED] = said(Item.ETHNICITY_OBSERVED, "IC3")

    assert still_to_ask(answers, 30) == (Item.ETHNICITY,)
