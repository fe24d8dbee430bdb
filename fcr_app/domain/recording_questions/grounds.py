"""Why a reported rape is not recorded as one: what is a ground, with its code, and what is not."""

from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.citations import Citation, crr26, inspection
from fcr_app.domain.questions import Kind, Option, Question

CONFIRMATION, EVIDENCE, ANOTHER_FORCE = "100/01", "100/02", "100/03"


class Ground(StrEnum):
    """What people give as the reason. Only the first five are grounds."""

    UNCONFIRMED = "unconfirmed"
    UNTRACED = "untraced"
    SARC_PRIVATE = "sarc_private"
    CONTRARY = "contrary"
    ELSEWHERE = "elsewhere"
    MENTAL_HEALTH = "mental_health"
    INTOXICATED = "intoxicated"
    INCONSISTENT = "inconsistent"
    REFUSED_LATER = "refused_later"
    CONSENT = "consent"
    UNWILLING = "unwilling"
    NOT_BELIEVED = "not_believed"


#: The code that each ground leads to.
CODE_OF = {
    Ground.UNCONFIRMED: CONFIRMATION,
    Ground.UNTRACED: CONFIRMATION,
    Ground.SARC_PRIVATE: CONFIRMATION,
    Ground.CONTRARY: EVIDENCE,
    Ground.ELSEWHERE: ANOTHER_FORCE,
}


@dataclass(frozen=True)
class NoGround:
    """Why something that people give as a reason is none."""

    cite: Citation
    why: str


_CONFUSED = inspection("N100-06")
NO_GROUNDS = {
    Ground.MENTAL_HEALTH: NoGround(
        _CONFUSED, "Mental ill-health is no reason to doubt what somebody says happened to them."
    ),
    Ground.INTOXICATED: NoGround(
        crr26("N100-06", "9"),
        "Drink or drugs are no reason to doubt it. Ask again when they wear off.",
    ),
    Ground.INCONSISTENT: NoGround(
        _CONFUSED, "A confused account, or one that changes, is for the investigation to clear up."
    ),
    Ground.REFUSED_LATER: NoGround(
        crr26("N100-07", "8"),
        "After a full account, or a report by somebody who acts for the victim, a later refusal to "
        "confirm changes nothing.",
    ),
    Ground.CONSENT: NoGround(
        crr26("N100-08", "63"),
        "A dispute about consent is for the investigation. Giving in under threat or control is "
        "not consent.",
    ),
    Ground.UNWILLING: NoGround(
        crr26("REC-05", "7"),
        "A victim who does not want the police to act is still a victim of a crime.",
    ),
    Ground.NOT_BELIEVED: NoGround(
        crr26("REC-03", "7"),
        "The victim’s belief is enough; an officer’s disbelief is no evidence.",
    ),
}

GROUND = Question(
    name="ground",
    label="Why is it not recorded as rape?",
    thing="why it is not recorded as rape",
    summary="Why it is not recorded as rape",
    kind=Kind.CHOICE,
    options=(
        Option(
            Ground.UNCONFIRMED,
            "The victim, or whoever acts for them, has not confirmed it",
            "N100/01.",
        ),
        Option(Ground.UNTRACED, "The victim can’t be traced", "N100/01."),
        Option(
            Ground.SARC_PRIVATE,
            "A SARC passed on only what identifies nobody, or holds frozen samples",
            "N100/01.",
        ),
        Option(
            Ground.CONTRARY,
            "Credible evidence shows that it did not happen",
            "N100/02. It was available before any crime was recorded.",
        ),
        Option(Ground.ELSEWHERE, "It happened in another force’s area or abroad", "N100/03."),
        Option(Ground.MENTAL_HEALTH, "The victim’s mental ill-health", "Not a ground: N100-06."),
        Option(Ground.INTOXICATED, "The victim had taken drink or drugs", "Not a ground: N100-06."),
        Option(Ground.INCONSISTENT, "The account is confused or changes", "Not a ground: N100-06."),
        Option(Ground.REFUSED_LATER, "The victim no longer confirms it", "Not a ground: N100-07."),
        Option(Ground.CONSENT, "It is about consent", "Not a ground: N100-08."),
        Option(Ground.UNWILLING, "The victim does not want police action", "Not a ground: REC-05."),
        Option(Ground.NOT_BELIEVED, "The account is not believed", "Not a ground: REC-03."),
    ),
)
REASON = Question(
    name="reason",
    label="Say why, in your own words",
    hint="What is known, what is missing, and what would settle it. The FCR reads this.",
    thing="why it is not recorded",
    summary="Reason",
    min_length=20,
)
