"""The words of crime recording, each explained once."""

import re

import pytest

from fcr_app.domain.glossary import GLOSSARY, Term


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term.word)
def test_every_word_is_explained_in_sentences_and_says_where_from(term: Term) -> None:
    assert term.meaning[0].isupper()
    assert term.meaning.endswith(".")
    assert term.source == (str(term.cite) if term.cite else "This service")


def test_every_word_has_an_address_of_its_own() -> None:
    anchors = [term.anchor for term in GLOSSARY]

    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor) for anchor in anchors)


def test_words_stand_in_alphabetical_order() -> None:
    words = [term.word.casefold() for term in GLOSSARY]

    assert words == sorted(words)


def test_the_words_a_force_has_given_up_are_not_used() -> None:
    written = " ".join(f"{term.word} {term.meaning}" for term in GLOSSARY).casefold()

    for gone in ("no-crime", "no crime d", "false report", "victim failed"):
        assert gone not in written
