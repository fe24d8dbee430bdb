"""Opinion offered as information draws a warning; information does not (CANC-18)."""

import pytest

from fcr_app.domain.phrases import opinion_in

OPINION = [
    ("In my opinion this was a misunderstanding between friends.", "an officer’s opinion"),
    ("I believe that the phone was simply lost.", "an officer’s opinion"),
    ("The OIC believes the account to be untrue.", "an officer’s opinion"),
    ("It seems unlikely that he would have done this.", "an officer’s opinion"),
    ("There is insufficient evidence to support a charge.", "a lack of evidence"),
    ("There is no CCTV or forensic evidence.", "a lack of evidence"),
    ("We have no evidence that anything was taken.", "a lack of evidence"),
    ("The suspect denies the offence.", "a suspect’s denial"),
    ("He was interviewed and he denied being there.", "a suspect’s denial"),
    ("Suspect gave a prepared statement denying the assault.", "a suspect’s denial"),
    ("The victim won’t engage with police.", "a victim who does not engage"),
    ("The victim doesn't support a prosecution.", "a victim who does not engage"),
    ("Victim did not respond to three calls.", "a victim who does not engage"),
    ("The victim has disengaged.", "a victim who does not engage"),
    ("The victim is unwilling to give a statement.", "a victim who does not engage"),
    ("The victim refused to\nprovide a statement.", "a victim who does not engage"),
    ("The victim was uncooperative.", "a victim who does not engage"),
    ("Unable to contact the victim.", "a victim who does not engage"),
    ("The complainant no longer wishes to pursue this.", "a victim who does not engage"),
    ("Her account is inconsistent.", "an inconsistent account"),
    ("There are inconsistencies in what she said.", "an inconsistent account"),
    ("The victim contradicted himself on the time.", "an inconsistent account"),
    ("The victim suffers from mental health issues.", "a victim’s mental health"),
    ("She has been diagnosed as bipolar.", "a victim’s mental health"),
    ("The victim was heavily intoxicated.", "drink or drugs"),
    ("He had been drinking all day.", "drink or drugs"),
    ("CPS advised no further action.", "CPS advice not to charge"),
    ("The CPS lawyer has declined to charge.", "CPS advice not to charge"),
    ("NFA on the advice of CPS.", "CPS advice not to charge"),
    ("No suspect has been identified.", "having no suspect"),
    ("The suspect could not be traced.", "having no suspect"),
    ("Suspect unknown.", "having no suspect"),
]

INFORMATION = [
    "CCTV from the bus shows the bag left on the seat and handed in by another passenger.",
    "The bank confirms that the account holder made the payment from her own device.",
    "The owner found the bicycle in his brother’s garage; the brother confirms he borrowed it.",
    "Hotel records and passport stamps place the named man abroad on all three days.",
    "The CCTV contradicts the report: the window was broken by a falling branch.",
    "Dashcam footage, exhibit DEMO/4, shows that the two cars never touched.",
    "The victim confirms that he had sold the car and signed the log book over.",
    "The victim supports this request and has given a second statement.",
    "The victim gave a statement. CCTV does not support any other reading of it.",
    "The Competent Authority’s negative conclusive grounds decision is dated 3 November 2026.",
    "The keeper of the car park holds the recording and can be asked for it.",
    "The CPS holds the original disc.",
    "He was denied entry at the door at 23:10, as the door log shows.",
    "The suspect was identified from the recording and is the victim’s employer.",
]


@pytest.mark.parametrize(("sentence", "what"), OPINION, ids=lambda value: value[:40])
def test_a_sentence_of_opinion_is_named_for_what_it_is(sentence: str, what: str) -> None:
    assert what in [phrase.what for phrase in opinion_in(sentence)]


@pytest.mark.parametrize("sentence", INFORMATION, ids=lambda value: value[:40])
def test_information_draws_no_warning(sentence: str) -> None:
    assert opinion_in(sentence) == ()


def test_each_kind_is_named_once() -> None:
    found = opinion_in("No evidence. Insufficient evidence. Not enough evidence.")

    assert [phrase.what for phrase in found] == ["a lack of evidence"]


def test_every_kind_names_an_outcome_to_use_instead() -> None:
    found = opinion_in(" ".join(sentence for sentence, _ in OPINION))

    assert {phrase.what for phrase in found} == {what for _, what in OPINION}
    assert {number for phrase in found for number in phrase.instead.split(" or ")} <= {
        "14",
        "15",
        "16",
        "18",
    }


def test_long_text_is_read_in_no_time() -> None:
    assert opinion_in("victim not " * 2_000) == ()
