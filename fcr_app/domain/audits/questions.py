"""What an auditor answers about a record as a whole, by kind of audit (reference, 2.2 and 2.4).

Whether crimes are missing, wrong or late is said of each crime that should exist, not here. The
names and the answers are stored and counted: to change one takes a migration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fcr_app.domain.audits.words import CountedAs
from fcr_app.domain.citations import Citation, crr26, force_policy, inspection, ofg26
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.questions import NO, YES, Option
from fcr_app.domain.recording_errors import ErrorType

Answers = Mapping[str, str]

#: An answer for what the record does not show, and one for what the rules do not ask for.
UNKNOWN, NOT_NEEDED = "unknown", "not_needed"
_YES, _NO = Option(YES, "Yes"), Option(NO, "No")
_UNSEEN = Option(UNKNOWN, "Can’t be seen")
#: What the answer to :data:`N100_DUE` is where it was rape to record at once.
RAPE = "rape"


def _always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class ItemQuestion:
    """A question about a record.

    Attributes:
        name: What the answer is kept under; at most 30 characters.
        options: Each with its stored value of at most 20 characters.
        wrong: The answers that are a finding, each with the kind of error.
        wrong_where: They are one only if this holds of the other answers.
        correction: What puts it right, where that is not what usually does for its error.
        when: Asked only if this holds of the other answers.
        cite: The rule that the question is about; None where the handbook has none.
    """

    name: str
    label: str
    cite: Citation | None
    options: tuple[Option, ...] = (_YES, _NO, _UNSEEN)
    hint: str = ""
    wrong: Mapping[str, ErrorType] = field(default_factory=dict)
    wrong_where: Callable[[Answers], bool] = _always
    correction: Correction | None = None
    when: Callable[[Answers], bool] = _always

    def finding(self, answers: Answers) -> ErrorType | None:
        """Return the kind of error that an answer is, if it is one."""
        return self.wrong.get(answers.get(self.name, "")) if self.wrong_where(answers) else None

    def says(self, answer: str) -> str:
        """Return an answer in words; the answer itself where it is none of the options."""
        return next((one.label for one in self.options if one.value == answer), answer)


CANCELLED_RIGHTLY = ItemQuestion(
    name="cancelled_rightly",
    label="Was the crime cancelled rightly?",
    hint="By what the record shows, whoever decided it.",
    options=(_YES, _NO),
    cite=ofg26("CANC-13", "28"),
)
AVI = ItemQuestion(
    name="avi",
    label="Does additional verifiable information show that no crime was committed?",
    cite=ofg26("CANC-13", "28"),
    options=(
        _YES,
        Option("not_enough", "It is not enough"),
        Option("missing", "There is none"),
        Option(NOT_NEEDED, "Not needed for this code"),
        _UNSEEN,
    ),
    wrong={"not_enough": ErrorType.E15, "missing": ErrorType.E15},
)
CODE = ItemQuestion(
    name="removal_code",
    label="Is the removal code right?",
    cite=force_policy("CANC-22"),
    options=(
        _YES,
        Option("transfer", "No: it should be a transfer"),
        Option(NO, "No: another"),
        _UNSEEN,
    ),
    wrong={"transfer": ErrorType.E16, NO: ErrorType.E16},
)
AUTHORITY = ItemQuestion(
    name="authority",
    label="Did somebody decide who may, and who is independent?",
    cite=crr26("CANC-05", "25"),
    wrong={NO: ErrorType.E17},
)
RATIONALE = ItemQuestion(
    name="rationale",
    label="Is the reason written down?",
    cite=ofg26("CANC-14", "28"),
    wrong={NO: ErrorType.E26},
)
VICTIM_TOLD = ItemQuestion(
    name="victim_told",
    label="Was the victim told?",
    cite=crr26("VIC-01", "26"),
    options=(_YES, _NO, Option(NOT_NEEDED, "Not needed"), _UNSEEN),
    hint="“Not needed” where there is no victim to tell, or the FCR excused it.",
    wrong={NO: ErrorType.E18},
)
TOLD_IN_TIME = ItemQuestion(
    name="told_in_time",
    label="Was the victim told in time?",
    hint="Within 5 working days, or 1 with enhanced rights.",
    cite=force_policy("VIC-04"),
    wrong={NO: ErrorType.E18},
    when=lambda answers: answers.get("victim_told") == YES,
)
TRANSFER_RIGHT = ItemQuestion(
    name="transfer_right",
    label="Does information that can be verified show that it happened elsewhere?",
    cite=ofg26("TRF-01", "26"),
    wrong={NO: ErrorType.E16},
    correction=Correction.REINSTATE,
)
TRANSFER_CONFIRMED = ItemQuestion(
    name="transfer_confirmed",
    label="Did the other force confirm that it recorded the crime?",
    cite=crr26("TRF-02", "25"),
    wrong={NO: ErrorType.E12},
    correction=Correction.REINSTATE,
)
N100_DUE = ItemQuestion(
    name="n100_due",
    label="Should there be an N100?",
    cite=crr26("N100-01", "63"),
    options=(_YES, Option(RAPE, "No: rape, to be recorded at once"), Option(NO, "No: neither")),
    wrong={RAPE: ErrorType.E08},
    wrong_where=lambda answers: answers.get("n100_exists") == YES,
)
N100_EXISTS = ItemQuestion(
    name="n100_exists",
    label="Is there an N100?",
    cite=inspection("N100-16"),
    options=(_YES, _NO),
    wrong={NO: ErrorType.E07},
    wrong_where=lambda answers: answers.get("n100_due") == YES,
)
N100_REASON = ItemQuestion(
    name="n100_reason",
    label="Does it say why it was not recorded as rape?",
    cite=crr26("N100-02", "63"),
    wrong={NO: ErrorType.E26},
    when=lambda answers: answers.get("n100_exists") == YES,
)
CLOCK_START = ItemQuestion(
    name="clock_start",
    label="Does its clock start with the first report?",
    cite=crr26("REC-10", "10"),
    wrong={NO: ErrorType.E13},
)
BEFORE_APPOINTMENT = ItemQuestion(
    name="diary_in_time",
    label="Was it recorded in time, whatever the appointment?",
    cite=crr26("DIA-01", "10"),
    options=(_YES, _NO, Option(NOT_NEEDED, "There is no crime to record")),
    wrong={NO: ErrorType.E13},
)
CLOSING_CODE = ItemQuestion(
    name="closing_code",
    label="Is the closing code right?",
    cite=crr26("REC-12", "10"),
    wrong={NO: ErrorType.E26},
)
REFERRAL_MADE = ItemQuestion(
    name="referral_made",
    label="Was the referral made (NRM, or duty to notify)?",
    cite=crr26("REC-23", "13, 48"),
    options=(_YES, _NO, Option(NOT_NEEDED, "Not needed"), _UNSEEN),
    wrong={NO: ErrorType.E21},
    correction=Correction.NONE,
)
OUTCOME_RIGHT = ItemQuestion(
    name="outcome_right",
    label="Is it the right outcome?",
    cite=ofg26("OUT-03", ""),
    wrong={NO: ErrorType.E25},
)
EVIDENCE = ItemQuestion(
    name="evidence",
    label="Does the record show what the outcome rests on?",
    cite=ofg26("OUT-02", ""),
    wrong={NO: ErrorType.E25},
)
VICTIM_VIEW = ItemQuestion(
    name="victim_view",
    label="Is the victim’s view on the record?",
    cite=ofg26("OUT-02", ""),
    options=(_YES, _NO, Option(NOT_NEEDED, "Not needed"), _UNSEEN),
    wrong={NO: ErrorType.E25},
)
SUPERVISED = ItemQuestion(
    name="supervised",
    label="Did whoever has to approve it do so?",
    cite=ofg26("OUT-01", ""),
    options=(_YES, _NO, Option(NOT_NEEDED, "Not needed"), _UNSEEN),
    wrong={NO: ErrorType.E25},
)
ELIGIBLE = ItemQuestion(
    name="eligible",
    label="Could it be disposed of in this way?",
    cite=ofg26("OUT-03", ""),
    wrong={NO: ErrorType.E25},
)
EQUALITY = ItemQuestion(
    name="equality",
    label="Was the victim asked, and is each answer or its reason kept?",
    cite=None,
    wrong={NO: ErrorType.E23},
)
FLAGS = ItemQuestion(
    name="flags",
    label="Are the flags right (domestic abuse, hate, and the others)?",
    cite=crr26("OUT-04", "24"),
    wrong={NO: ErrorType.E26},
)

#: Of records that are no crime or report of one.
_BY_UNIT: dict[CountedAs, tuple[ItemQuestion, ...]] = {
    CountedAs.CANCELLATION: (CANCELLED_RIGHTLY, AVI, CODE, AUTHORITY, RATIONALE, VICTIM_TOLD),
    CountedAs.TRANSFER: (TRANSFER_RIGHT, TRANSFER_CONFIRMED, VICTIM_TOLD),
    CountedAs.N100: (N100_DUE, N100_EXISTS, N100_REASON),
    CountedAs.OUTCOME: (OUTCOME_RIGHT, EVIDENCE, VICTIM_VIEW, SUPERVISED),
    CountedAs.DISPOSAL: (ELIGIBLE, VICTIM_VIEW, SUPERVISED),
    CountedAs.VICTIM: (VICTIM_TOLD, TOLD_IN_TIME),
}
#: What a kind of audit asks beside what its unit asks.
_BY_CODE: dict[str, tuple[ItemQuestion, ...]] = {
    "A1": (CLOSING_CODE,),
    "A2": (N100_DUE, N100_EXISTS, N100_REASON),
    "A6": (REFERRAL_MADE,),
    "A7": (CLOCK_START,),
    "A8": (BEFORE_APPOINTMENT,),
    "A9": (CLOSING_CODE,),
    "A14": (FLAGS,),
}
#: Audits of victims that ask about what is known of them, not about what they were told.
_EQUALITY_AUDIT = "A16"
_WITH_CRIMES = frozenset({CountedAs.CRIME_THAT_SHOULD_EXIST, CountedAs.INCIDENT, CountedAs.ITEM})


def questions_of(code: str, counted_as: CountedAs) -> tuple[ItemQuestion, ...]:
    """Return what an audit asks of each record; none where only its crimes are said.

    Args:
        code: The audit type, such as A3. A re-audit asks what its unit asks.
    """
    if code == _EQUALITY_AUDIT:
        return (EQUALITY,)
    asked = _BY_UNIT.get(counted_as, ())
    return (*asked, *(one for one in _BY_CODE.get(code, ()) if one not in asked))


def asks_for_crimes(counted_as: CountedAs) -> bool:
    """Say whether a review names the crimes that should exist, from none to many."""
    return counted_as in _WITH_CRIMES


def still_asked(questions: tuple[ItemQuestion, ...], answers: Answers) -> tuple[ItemQuestion, ...]:
    """Return those of the questions that the other answers leave open."""
    return tuple(one for one in questions if one.when(answers))


#: Every question there is, by its name.
EVERY_QUESTION: dict[str, ItemQuestion] = {
    one.name: one
    for asked in (*_BY_UNIT.values(), *_BY_CODE.values(), (EQUALITY,))
    for one in asked
}
