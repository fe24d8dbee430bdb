"""Phrases that look like opinion offered as information (CANC-18), or tell of a crime (REC-24).

None of these is additional verifiable information on its own; an outcome usually fits instead.
The check warns and never blocks: a phrase can stand beside real information.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """What to look for, what it is, and the outcome that may fit instead."""

    pattern: re.Pattern[str]
    what: str
    instead: str


#: Some words of the same sentence: a full stop between two words keeps them apart.
_SOME = r"[^.;:!?]{0,40}?"
_VICTIM = r"\b(?:victim|complainant|injured party)\b"
_NOT = r"\b(?:not|never|no longer|cannot|\w+n't|refus\w+|declin\w+|unwilling|unable)\b"
_ENGAGE = (
    r"\b(?:engag\w+|support\w*|respon\w+|repl\w+|co-?operat\w+|prosecut\w+|assist\w*|statement|"
    r"pursu\w+|proceed\w*|contact\w*)\b"
)
_CPS_ADVICE = (
    r"\b(?:no charge|no further action|NFA|insufficient|declin\w+|refus\w+|advi[cs]e\w*)\b"
)


def _phrase(what: str, instead: str, *patterns: str) -> Phrase:
    return Phrase(re.compile("|".join(patterns), re.IGNORECASE), what, instead)


PHRASES = (
    _phrase(
        "an officer’s opinion",
        "15",
        r"\bin (?:my|our) (?:opinion|view)\b",
        r"\b(?:I|we) (?:believe|think|feel|doubt)\b",
        rf"\b(?:officer|OIC|investigator|sergeant|police)\b{_SOME}\b(?:believes?|thinks?|feels?)\b",
        r"\b(?:of the|officer's) (?:opinion|view)\b",
        r"\bseems? (?:\w+ )?(?:un)?likely\b",
    ),
    _phrase(
        "a lack of evidence",
        "15 or 18",
        r"\b(?:no|insufficient|lack of|not enough|little) (?:[\w-]+ ){0,3}evidence\b",
        r"\bevidence (?:is|was) (?:insufficient|lacking|weak)\b",
    ),
    _phrase(
        "a suspect’s denial",
        "15",
        rf"\b(?:suspect|accused|he|she|they)\b{_SOME}"
        r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )\bden(?:y|ies|ied|ying)\b",
    ),
    _phrase(
        "a victim who does not engage",
        "14 or 16",
        rf"{_VICTIM}{_SOME}{_NOT}{_SOME}{_ENGAGE}",
        rf"{_VICTIM}{_SOME}\b(?:disengag\w+|unwilling|un-?co-?operative|refuses|won't)\b",
        rf"\b(?:unable to|not|cannot|\w+n't) (?:contact|reach|trace)\b{_SOME}{_VICTIM}",
    ),
    _phrase(
        "an inconsistent account",
        "15 or 16",
        r"\binconsisten(?:t|cy|cies)\b",
        r"\bcontradict\w* (?:himself|herself|themsel(?:f|ves))\b",
    ),
    _phrase(
        "a victim’s mental health",
        "16",
        r"\bmental (?:health|ill\w*|disorder)\b",
        r"\bmentally ill\b",
        r"\b(?:schizophren\w+|psychosis|psychotic|bipolar|paranoi\w+)\b",
    ),
    _phrase(
        "drink or drugs",
        "15 or 16",
        r"\b(?:drunk|intoxicat\w+|under the influence|(?:had|was|were|been) drinking)\b",
    ),
    _phrase(
        "CPS advice not to charge",
        "15",
        rf"\bCPS\b{_SOME}{_CPS_ADVICE}",
        rf"{_CPS_ADVICE}{_SOME}\bCPS\b",
    ),
    _phrase(
        "having no suspect",
        "18",
        r"\bno (?:\w+ )?(?:suspects?|lines? of (?:enquiry|inquiry))\b",
        rf"\bsuspects?\b{_SOME}\b(?:unknown|unidentified|untraced|"
        r"not (?:\w+ )?(?:known|identified|traced|found))\b",
    ),
)


#: "No threats" tells of none.
_NONE = r"(?<!no )(?<!not )(?<!nor )(?<!without )(?<!never )"
_SOMEBODY = r"(?:him|her|them|me|us|someone|somebody)"

#: What tells of a crime in a report that was opened as none (REC-24).
SIGNS_OF_CRIME = (
    _phrase(
        "an assault",
        "violence",
        rf"{_NONE}\b(?:assault\w*|hit|hits|hitting|punch\w*|kick\w*|slapp\w*|slaps?|push\w*|"
        r"shov\w*|strangl\w*|chok(?:e|ed|ing)|grabb\w*|grabs?|bitten|bit|spat|head-?butt\w*|"
        r"beat|beaten|beating|stabb\w*|scratch\w*|injur\w*|bruis\w*|pinned)\b",
    ),
    _phrase(
        "a threat",
        "violence",
        rf"{_NONE}\bthreat\w*\b",
        rf"\b(?:would|will|going to) (?:kill|hurt|stab|harm|burn|hit) {_SOMEBODY}\b",
    ),
    _phrase(
        "damage",
        "damage",
        rf"{_NONE}\bdamag\w*\b",
        rf"{_NONE}\b(?:smash\w*|broke|broken|kicked in|ripped)\b",
    ),
)


def signs_of_crime(text: str) -> tuple[Phrase, ...]:
    """Return what tells of a crime in a report: an assault, a threat, damage."""
    return _in(text, SIGNS_OF_CRIME)


def opinion_in(text: str) -> tuple[Phrase, ...]:
    """Return the kinds of opinion that a text contains."""
    return _in(text, PHRASES)


def _in(text: str, phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    plain = " ".join(text.replace("’", "'").split())
    return tuple(phrase for phrase in phrases if phrase.pattern.search(plain))
