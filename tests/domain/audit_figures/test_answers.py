"""What audits of something else than crimes are headed by, and shares of answers."""

import pytest

from fcr_app.domain.audit_figures.answers import AnswerCell, headline_of, yes_rate
from fcr_app.domain.audit_figures.rates import Basis, Method
from fcr_app.domain.audits.questions import EVERY_QUESTION, questions_of
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import CountedAs


@pytest.mark.parametrize("counted_as", CountedAs)
@pytest.mark.parametrize("code", TYPES)
def test_an_audit_is_headed_by_a_question_that_it_asks(code: str, counted_as: CountedAs) -> None:
    headline = headline_of(code, counted_as)

    if headline is not None:
        assert headline[0] in EVERY_QUESTION
        asked = {one.name for one in questions_of(code, counted_as)}
        assert headline[0] in asked


def test_only_crimes_reports_and_audited_records_have_a_recording_rate() -> None:
    without = {one for one in CountedAs if headline_of("A1", one) is None}

    assert without == {CountedAs.CRIME_THAT_SHOULD_EXIST, CountedAs.INCIDENT, CountedAs.ITEM}


def test_what_can_t_be_seen_and_is_not_needed_is_in_no_share() -> None:
    counts = {"yes": 3, "no": 1, "unknown": 5, "not_needed": 7}
    cells = [
        AnswerCell(stratum="", question="victim_told", answer=answer, count=count)
        for answer, count in counts.items()
    ]

    assert yes_rate(cells, Basis.SAMPLE, Method.WILSON).counts == "3 of 4"
