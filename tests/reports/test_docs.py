"""The generated pages of docs/ say what the code says."""

from importlib import import_module
from pathlib import Path

import pytest

from fcr_app.domain.glossary import GLOSSARY, Term
from fcr_app.reports.docs import generated_docs
from fcr_app.reports.policy_page import PolicyPage, policy_page
from fcr_app.workflows import POLICIES

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = [policy_page(workflow) for workflow in POLICIES]


@pytest.mark.parametrize("name", sorted(generated_docs()))
def test_the_docs_are_what_the_code_says(name: str) -> None:
    kept = (DOCS / name).read_text(encoding="utf-8")
    assert kept == generated_docs()[name], "Run: flask --app wsgi fcr docs"


def test_no_page_is_kept_of_a_policy_that_is_gone() -> None:
    kept = {f"workflows/{path.name}" for path in (DOCS / "workflows").iterdir()}
    assert kept == {name for name in generated_docs() if name.startswith("workflows/")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_rule_has_a_sentence_an_id_and_a_source(page: PolicyPage) -> None:
    for rule in page.rules:
        assert rule.sentence.endswith(".")
        assert rule.rule
        assert rule.source
        assert rule.steps, f"“{rule.name}” is written down and checked nowhere."


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_place_on_a_page_has_an_address_of_its_own(page: PolicyPage) -> None:
    steps, rules = ([entry.anchor for entry in entries] for entries in (page.steps, page.rules))

    assert len(set(steps)) == len(steps)
    assert len(set(rules)) == len(rules)
    assert {step.anchor for state in page.states for step in state.steps} == set(steps)


def test_a_step_that_leaves_a_case_where_it_is_stands_once_for_all_its_states() -> None:
    page = next(page for page in PAGES if page.key == "n100")
    (reference,) = [step for step in page.steps if step.anchor == "record-reference"]

    assert len(reference.sources) > 1
    assert reference.dest == "Where it stands"


def test_a_transfer_asks_and_checks_nothing_that_belongs_to_other_codes() -> None:
    page = next(page for page in PAGES if page.key == "cancellation")
    transfer = next(step for step in page.steps if step.anchor == "approve-transfer")
    assert transfer.when == "Only for C1"
    asked = {question.label for question in transfer.asks}
    assert "Location shown" in asked
    assert asked.isdisjoint({"Additional", "Genuine mistake", "Self-defence shown"})
    assert "The information is additional" not in {rule.name for rule in transfer.rules}


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term.word)
def test_each_word_names_something_that_is_in_the_code(term: Term) -> None:
    parts = term.name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return
    pytest.fail(f"Nothing in the code is called {term.name}.")


def test_the_words_are_in_order_and_each_stands_once() -> None:
    words = [term.word.casefold() for term in GLOSSARY]
    assert words == sorted(set(words))
