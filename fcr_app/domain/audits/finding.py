"""What of a review is a finding: an error, how bad it is, what puts it right (reference, 2.4)."""

from dataclasses import dataclass

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion
from fcr_app.domain.audits.words import Severity, Verdict
from fcr_app.domain.feedback.items import Correction, Harm
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.recording_errors import ErrorType

#: The place of a finding about how late a crime in the wrong class was recorded.
LATE = "late"
_SEVERITY = {Harm.LOW: Severity.LOW, Harm.MEDIUM: Severity.MEDIUM, Harm.HIGH: Severity.HIGH}
#: What puts a crime right, by what is wrong with it; a late one can't be put right.
_OF_CRIMES = {
    Verdict.MISSING: Correction.RECORD_CRIME,
    Verdict.WRONG_CLASS: Correction.RECLASSIFY,
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """An error that a review names.

    Attributes:
        crime: The place among the review's crimes, from 1; None for an answer.
        question: The question it comes from; empty where it is what a crime's verdict says.
    """

    crime: int | None
    question: str
    error: ErrorType
    severity: Severity
    correction: Correction
    unit_id: int | None = None
    person_id: int | None = None


def findings_of(given: ReviewGiven, questions: tuple[ItemQuestion, ...]) -> tuple[Found, ...]:
    """Return the errors that a review names: of its crimes, then of its answers.

    An answer is none where a crime of the review has the same kind of error already.
    """
    found: list[Found] = []
    for place, crime in enumerate(given.crimes, start=1):
        found += _of_crime(place, crime)
    named = {one.error for one in found}
    for question in questions:
        error = question.finding(given.answers)
        if error is not None and error not in named:
            usual = suggestion(error)
            assert usual is not None  # noqa: S101 - each kind of error has its own
            found.append(
                Found(
                    crime=None,
                    question=question.name,
                    error=error,
                    severity=_SEVERITY.get(usual.harm, Severity.LOW),
                    correction=(
                        usual.correction if question.correction is None else question.correction
                    ),
                )
            )
    return tuple(found)


def _of_crime(place: int, crime: CrimeGiven) -> list[Found]:
    crime = crime.completed()
    if not crime.is_wrong or crime.error_type is None or crime.verdict is None:
        return []
    if crime.error_type is ErrorType.E07:
        correction = Correction.RECORD_N100
    else:
        correction = _OF_CRIMES.get(crime.verdict, Correction.NONE)
    first = Found(
        crime=place,
        question="",
        error=crime.error_type,
        severity=crime.severity or Severity.LOW,
        correction=correction,
        unit_id=crime.unit_id,
        person_id=crime.person_id,
    )
    if crime.verdict is Verdict.RECORDED or not crime.is_late:
        return [first]
    late = Found(
        crime=place,
        question=LATE,
        error=ErrorType.E13,
        severity=Severity.LOW,
        correction=Correction.NONE,
        unit_id=crime.unit_id,
        person_id=crime.person_id,
    )
    return [first, late]
