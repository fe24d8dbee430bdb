"""A rule says how it stands in a case: met, not met, a warning, or for the decider to judge."""

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import Verdict, blocks, warns
from fcr_app.domain.questions import YES, YES_NO, Kind, Question
from tests.facts_builders import NOW, an_officer

SURE = Question(
    name="sure", label="Are you sure?", thing="yes if sure", kind=Kind.CHOICE, options=YES_NO
)


def facts(**answers: str) -> Facts:
    return Facts(actor=an_officer(), now=NOW, opened_by_id=1, answers=answers)


@blocks(crr26("CANC-05", "25"))
def it_is_said(facts: Facts) -> str | None:
    """Something has to be said.

    It is   better to say it.
    """
    return None if facts.answers else "Nothing was said. Say something."


@blocks(crr26("CANC-13", "28"), judged_by=SURE)
def the_decider_is_sure(facts: Facts) -> str | None:
    """The decider is sure."""
    return None if facts.answers["sure"] == YES else "You are not sure."


@warns(force_policy("VIC-03"), when=lambda facts: "loud" in facts.answers)
def it_is_not_loud(facts: Facts) -> str | None:
    """Loud is worth a second thought."""
    return "That is loud." if facts.answers["loud"] == "very" else None


def test_a_rule_that_is_met_gives_no_reason() -> None:
    check = it_is_said.check(facts(word="yes"))

    assert check is not None
    assert (check.verdict, check.reason) == (Verdict.MET, "")


def test_a_rule_that_is_not_met_gives_its_reason_and_its_id() -> None:
    check = it_is_said.check(facts())

    assert check is not None
    assert check.verdict is Verdict.NOT_MET
    assert check.refusal.rule == "CANC-05"
    assert check.refusal.reason == "Nothing was said. Say something."


def test_the_docstring_is_the_rule_in_one_piece() -> None:
    assert it_is_said.sentence == "Something has to be said. It is better to say it."
    assert it_is_said.name == "it_is_said"


def test_a_rule_for_the_decider_is_open_until_answered_with_this_step() -> None:
    unanswered = Facts(actor=an_officer(), now=NOW, opened_by_id=1, request={"sure": YES})

    check = the_decider_is_sure.check(unanswered)

    assert check is not None
    assert check.verdict is Verdict.JUDGEMENT
    assert check.field == "sure"


def test_the_deciders_answer_settles_it() -> None:
    verdicts = [the_decider_is_sure.check(facts(sure=said)) for said in ("yes", "no")]

    assert [check.verdict for check in verdicts if check] == [Verdict.MET, Verdict.NOT_MET]
    assert [check.refusal.field for check in verdicts if check] == ["sure", "sure"]


def test_a_warning_warns() -> None:
    check = it_is_not_loud.check(facts(loud="very"))

    assert check is not None
    assert (check.verdict, check.reason) == (Verdict.WARNING, "That is loud.")


def test_a_rule_that_does_not_apply_is_not_in_the_list() -> None:
    assert it_is_not_loud.check(facts()) is None


def test_every_verdict_has_words_because_colour_is_not_enough() -> None:
    assert [verdict.label for verdict in Verdict] == [
        "Met",
        "Not met",
        "Warning",
        "Needs your judgement",
    ]


def test_what_stops_a_step_comes_first_in_a_list() -> None:
    assert sorted(Verdict, key=lambda verdict: verdict.urgency) == [
        Verdict.NOT_MET,
        Verdict.WARNING,
        Verdict.JUDGEMENT,
        Verdict.MET,
    ]


def test_every_verdict_has_a_colour_of_its_own() -> None:
    assert len({verdict.colour for verdict in Verdict}) == len(Verdict)
