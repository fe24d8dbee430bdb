"""For each kind of error, what feedback on it usually says, so that giving it takes a minute.

Whoever gives it may write something else. The rules are the handbook's; the harm is this force's
first guess, and what has to be done follows from the rule.
"""

from dataclasses import dataclass

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.items import Correction, Harm
from fcr_app.domain.recording_errors import ErrorType


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What feedback on one kind of error usually says.

    Attributes:
        rule: By its handbook id; empty where the handbook has none for it.
    """

    rule: str
    right_decision: str
    to_do: str
    correction: Correction
    harm: Harm


def _missing(rule: str, right: str, harm: Harm = Harm.HIGH) -> Suggestion:
    """Return what is said of a crime that was not recorded."""
    return Suggestion(
        rule=rule,
        right_decision=right,
        to_do="Record the crime from its report within 24 hours.",
        correction=Correction.RECORD_CRIME,
        harm=harm,
    )


def _untouched(rule: str, right: str, to_do: str, harm: Harm) -> Suggestion:
    """Return what is said where nothing on the record can make it good."""
    return Suggestion(
        rule=rule, right_decision=right, to_do=to_do, correction=Correction.NONE, harm=harm
    )


SUGGESTIONS: dict[ErrorType, Suggestion] = {
    ErrorType.E01: _missing(
        "REC-24",
        "What was told was a crime, whatever the incident was opened as; so it is recorded as one.",
    ),
    ErrorType.E02: _missing(
        "REC-02",
        "On what the victim said at first contact, a crime was more likely than not; so it is "
        "recorded then.",
        Harm.MEDIUM,
    ),
    ErrorType.E03: _missing(
        "REC-10",
        "A crime told during an investigation is a report like any other: recorded within 24 hours "
        "of being told.",
    ),
    ErrorType.E04: _missing(
        "REC-26",
        "A threat of immediate force at home, or an assault without injury, is recorded as 105A.",
        Harm.MEDIUM,
    ),
    ErrorType.E05: _missing(
        "REC-02",
        "What was told was a public order crime against the person who told it; so it is recorded.",
        Harm.MEDIUM,
    ),
    ErrorType.E06: _missing(
        "REC-08",
        "A report by a professional, or a parent or carer, counts as the victim’s own.",
    ),
    ErrorType.E07: Suggestion(
        rule="N100-01",
        right_decision="A reported rape that is not recorded at once is an N100 from the start.",
        to_do="Create the N100 from its report within 24 hours.",
        correction=Correction.RECORD_N100,
        harm=Harm.HIGH,
    ),
    ErrorType.E08: _missing(
        "N100-05",
        "It was a rape to record: neither who reported it, nor the victim’s health or account, nor "
        "a dispute about consent is a ground for an N100.",
    ),
    ErrorType.E09: Suggestion(
        rule="CLS-02",
        right_decision="What was told was rape, so its class is rape.",
        to_do="Ask the FCR or a DDM for the right class.",
        correction=Correction.RECLASSIFY,
        harm=Harm.HIGH,
    ),
    ErrorType.E10: _missing(
        "N100-07",
        "A full account was given before; that the victim would not confirm it later is no ground.",
    ),
    ErrorType.E11: _missing(
        "REC-14",
        "What a partner refers is recorded as a crime, not only on the safeguarding system.",
    ),
    ErrorType.E12: _missing(
        "TRF-05",
        "What another force sends in is recorded on receipt.",
        Harm.MEDIUM,
    ),
    ErrorType.E13: _untouched(
        "REC-10",
        "Recorded the same day, and at most 24 hours after the first report of any kind.",
        "Record as soon as a crime is more likely than not; ask early where it is unclear.",
        Harm.LOW,
    ),
    ErrorType.E14: _missing(
        "DIA-01",
        "An appointment stops no clock: the crime is recorded before the visit, or from it.",
        Harm.MEDIUM,
    ),
    ErrorType.E15: Suggestion(
        rule="CANC-13",
        right_decision=(
            "Without additional verifiable information that no crime happened, it stays recorded."
        ),
        to_do="Have the crime put back, if it was removed.",
        correction=Correction.REINSTATE,
        harm=Harm.MEDIUM,
    ),
    ErrorType.E16: _untouched(
        "CANC-22",
        "Each ground has its own code, and a duplicate names the crime that stays.",
        "Use the code that the ground has; link the crime that survives.",
        Harm.LOW,
    ),
    ErrorType.E17: Suggestion(
        rule="CANC-05",
        right_decision="Somebody trained, and independent of the investigation, decides.",
        to_do="Have the crime put back, so that somebody independent can decide.",
        correction=Correction.REINSTATE,
        harm=Harm.MEDIUM,
    ),
    ErrorType.E18: Suggestion(
        rule="VIC-01",
        right_decision="The victim is told before the crime is removed, with the reason.",
        to_do="Tell the victim, and record how, when and what was said.",
        correction=Correction.TELL_VICTIM,
        harm=Harm.MEDIUM,
    ),
    ErrorType.E19: Suggestion(
        rule="REC-12",
        right_decision="The victim, or whoever reported it, is told that nothing is recorded.",
        to_do="Tell whoever reported it, and that they can appeal.",
        correction=Correction.TELL_REPORTER,
        harm=Harm.MEDIUM,
    ),
    ErrorType.E20: Suggestion(
        rule="CNT-03",
        right_decision=(
            "One crime for each victim; of a finished incident the principal crime is the one that "
            "counts. Recording too much is as wrong as recording too little."
        ),
        to_do="Ask for the right class, or for the crimes too many to be removed.",
        correction=Correction.RECLASSIFY,
        harm=Harm.LOW,
    ),
    ErrorType.E21: _missing(
        "REC-23",
        "Modern slavery is recorded as well as the most serious other crime against the victim.",
    ),
    ErrorType.E22: _missing(
        "REC-25",
        "Conduct towards a former partner is stalking unless the FCR rules otherwise.",
    ),
    ErrorType.E23: Suggestion(
        rule="",
        right_decision=(
            "Each victim is asked about the protected characteristics, and may prefer not to say."
        ),
        to_do="Ask the victim what is missing, and record what they say or why it is not known.",
        correction=Correction.COMPLETE_EQUALITY,
        harm=Harm.LOW,
    ),
    ErrorType.E24: Suggestion(
        rule="CLS-02",
        right_decision="The class is the one that the first account amounts to.",
        to_do="Ask the FCR or a DDM for the right class.",
        correction=Correction.RECLASSIFY,
        harm=Harm.LOW,
    ),
    ErrorType.E25: _untouched(
        "OUT-03",
        "An outcome rests on what the record shows, and the victim is told before it is applied.",
        "Ask for the right outcome on the crime system, and add what shows it.",
        Harm.LOW,
    ),
    ErrorType.E26: _untouched(
        "REC-12",
        "Whoever reads the record later can see why it was decided so, and what belongs together.",
        "Add the reason, the flag or the link that is missing.",
        Harm.LOW,
    ),
}


@supports(inspection("FB-01"), how="Each kind of error brings its rule and what to do along")
def suggestion(error: ErrorType | None) -> Suggestion | None:
    """Return what feedback on an error usually says; None where no error is named."""
    return SUGGESTIONS[error] if error else None
