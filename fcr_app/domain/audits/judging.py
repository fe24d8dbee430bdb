"""What a review says of a record, and what it must say before it is done (reference, 2.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fcr_app.domain.audits.questions import ItemQuestion, still_asked
from fcr_app.domain.audits.words import Band, Group, Safeguarding, Severity, Verdict
from fcr_app.domain.feedback.items import Harm
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.recording_clock import recording_limit
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import InvalidValue

LONGEST_NOTE = 4000
#: More crimes than this in one record are entered as a list of another system is.
MOST_CRIMES = 60
_THREE_DAYS, _SEVEN_DAYS = timedelta(hours=72), timedelta(days=7)
_SEVERITY = {Harm.LOW: Severity.LOW, Harm.MEDIUM: Severity.MEDIUM, Harm.HIGH: Severity.HIGH}
#: What is wrong with a crime whose verdict leaves one kind of error open.
_ONE_ERROR = {Verdict.OVER_RECORDED: ErrorType.E20}


@dataclass(frozen=True, kw_only=True)
class CrimeGiven:
    """One crime that should exist, or that exists and should not, as an auditor says it.

    Attributes:
        verdict: None while it is not said yet.
        offence_class: As it should be: 19C.
        crime_id: As which it is recorded, if it is.
        band: How soon it was recorded; None for one that is missing.
        investigated: Whether it was looked into though it was not recorded rightly.
    """

    verdict: Verdict | None = None
    offence_group: Group | None = None
    offence_class: str = ""
    domestic: bool = False
    crime_id: int | None = None
    band: Band | None = None
    error_type: ErrorType | None = None
    severity: Severity | None = None
    unit_id: int | None = None
    person_id: int | None = None
    safeguarding: Safeguarding | None = None
    investigated: Safeguarding | None = None
    note: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it is an error, late ones included."""
        return self.verdict is not Verdict.RECORDED or self.is_late

    @property
    def is_late(self) -> bool:
        """Whether it was recorded after its limit."""
        return self.band is not None and self.band.is_late

    def completed(self) -> "CrimeGiven":
        """Return it with what follows from the rest: error, severity, no time if missing."""
        error = self.error_type or _ONE_ERROR.get(self.verdict or Verdict.RECORDED)
        if self.verdict is Verdict.RECORDED:
            error = (error or ErrorType.E13) if self.is_late else None
        usual = suggestion(error)
        return replace(
            self,
            error_type=error,
            severity=self.severity or (_SEVERITY.get(usual.harm) if usual else None),
            band=None if self.verdict is Verdict.MISSING else self.band,
            crime_id=None if self.verdict is Verdict.MISSING else self.crime_id,
        )


@dataclass(frozen=True, kw_only=True)
class ReviewGiven:
    """A review of one record: its answers by the name of their question, its crimes, a note."""

    answers: Mapping[str, str]
    crimes: Sequence[CrimeGiven] = ()
    note: str = ""


def band_of(reported_at: datetime | None, recorded_at: datetime | None) -> Band:
    """Return how long after its report a crime was recorded (REC-10); exactly the limit is in time.

    A record that came before its report, and a report from before there was a limit of 24 hours,
    say nothing about it.
    """
    if reported_at is None or recorded_at is None or recorded_at < reported_at:
        return Band.UNKNOWN
    limit = recording_limit(reported_at)
    if limit is None:
        return Band.UNKNOWN
    taken = recorded_at - reported_at
    if taken <= limit:
        return Band.IN_TIME
    if taken <= _THREE_DAYS:
        return Band.TO_72_HOURS
    return Band.TO_7_DAYS if taken <= _SEVEN_DAYS else Band.LATER


def completed(given: ReviewGiven, questions: tuple[ItemQuestion, ...]) -> ReviewGiven:
    """Return a review without answers to what is not asked, its crimes with what follows."""
    asked = {one.name for one in still_asked(questions, given.answers)}
    answers = {name: said for name, said in given.answers.items() if name in asked and said}
    return ReviewGiven(
        answers=answers,
        crimes=tuple(crime.completed() for crime in given.crimes),
        note=given.note.strip(),
    )


def problems(
    given: ReviewGiven, questions: tuple[ItemQuestion, ...], *, with_crimes: bool
) -> list[InvalidValue]:
    """Return what is missing or can't be in a review that is to be done, in the page's order."""
    found = [*_of_answers(given.answers, questions)]
    found += _of_cancelling(given.answers)
    if given.crimes and not with_crimes:
        found.append(InvalidValue("This audit counts no crimes.", field="crime-1"))
    if len(given.crimes) > MOST_CRIMES:
        found.append(InvalidValue(f"Enter at most {MOST_CRIMES} crimes.", field="crime-1"))
    for number, crime in enumerate(given.crimes, start=1):
        found += _of_crime(number, crime.completed())
    if len(given.note) > LONGEST_NOTE:
        found.append(InvalidValue(f"Write at most {LONGEST_NOTE:,} characters.", field="note"))
    recorded = [crime.crime_id for crime in given.crimes if crime.crime_id]
    if len(recorded) != len(set(recorded)):
        found.append(InvalidValue("Each recorded crime is judged once.", field="crime-1"))
    return found


def _of_answers(
    answers: Mapping[str, str], questions: tuple[ItemQuestion, ...]
) -> list[InvalidValue]:
    return [
        InvalidValue(f"Answer: {one.label}", field=f"answer-{one.name}")
        for one in still_asked(questions, answers)
        if answers.get(one.name) not in {option.value for option in one.options}
    ]


def _of_cancelling(answers: Mapping[str, str]) -> list[InvalidValue]:
    """Return where what is said of a cancellation as a whole does not go with its parts."""
    rightly = answers.get("cancelled_rightly")
    if rightly == YES and answers.get("avi") in {"not_enough", "missing"}:
        message = "You say that it was cancelled rightly, and that the information is not enough."
        return [InvalidValue(message, field="answer-avi")]
    parts = ("avi", "removal_code", "authority")
    fine = all(answers.get(part) in {YES, "not_needed"} for part in parts)
    if rightly == NO and fine:
        message = "Say what was wrong: the information, the code, or who decided."
        return [InvalidValue(message, field="answer-avi")]
    return []


def _of_crime(number: int, crime: CrimeGiven) -> list[InvalidValue]:
    def missing(message: str, name: str) -> InvalidValue:
        return InvalidValue(f"Crime {number}: {message}", field=f"crime-{number}-{name}")

    if crime.verdict is None:
        return [missing("say whether it is recorded rightly.", "verdict")]
    found = []
    if crime.offence_group is None:
        found.append(missing("select its offence group.", "offence_group"))
    if crime.verdict is not Verdict.RECORDED and crime.error_type is None:
        found.append(missing("select what went wrong.", "error_type"))
    if crime.verdict in (Verdict.RECORDED, Verdict.WRONG_CLASS) and crime.band is None:
        found.append(missing("select how soon it was recorded.", "band"))
    if crime.verdict is Verdict.MISSING and crime.safeguarding is None:
        found.append(missing("say whether the victim was kept safe.", "safeguarding"))
    if len(crime.note) > LONGEST_NOTE:
        found.append(missing(f"write at most {LONGEST_NOTE:,} characters.", "note"))
    return found
