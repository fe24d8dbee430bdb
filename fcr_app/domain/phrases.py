"""Phrases that look like opinion offered as information (CANC-18).

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


def _phrase(pattern: str, what: str, instead: str) -> Phrase:
    return Phrase(re.compile(pattern, re.IGNORECASE), what, instead)


_NOT = r"(?:not|n[o’']t|never|no longer|un)"
PHRASES = (
    _phrase(
        r"\b(?:in my (?:opinion|view)|I (?:believe|think|feel)|seems? (?:un)?likely)\b",
        "an officer’s opinion",
        "15",
    ),
    _phrase(
        r"\b(?:no|insufficient|lack of|not enough) (?:supporting |corroborating )?evidence\b",
        "a lack of evidence",
        "15 or 18",
    ),
    _phrase(
        r"\b(?:suspect|accused|he|she|they) (?:has |have )?den(?:y|ies|ied)\b",
        "a suspect’s denial",
        "15",
    ),
    _phrase(
        r"\bvictim\b.{0,40}\b(?:" + _NOT + r"|refus\w+|declin\w+|unwilling|disengag\w+)\b.{0,40}"
        r"\b(?:engag\w+|support\w*|respond\w*|cooperat\w+|co-operat\w+|prosecut\w+|assist\w*|statement)\b",
        "a victim who does not engage",
        "14 or 16",
    ),
    _phrase(
        r"\bvictim\b.{0,30}\b(?:unwilling|disengaged|refuses|won[’']t)\b",
        "a victim who does not engage",
        "14 or 16",
    ),
    _phrase(
        r"\b(?:inconsistent|inconsistenc\w+|contradict\w+) ", "an inconsistent account", "15 or 16"
    ),
    _phrase(
        r"\b(?:mental (?:health|ill)|mentally ill|schizophren\w+|psychos\w+|bipolar)",
        "a victim’s mental health",
        "16",
    ),
    _phrase(
        r"\b(?:drunk|intoxicated|under the influence|had been drinking)\b",
        "drink or drugs",
        "15 or 16",
    ),
    _phrase(
        r"\bCPS\b.{0,60}\b(?:no charge|no further action|NFA|insufficient|declin\w+|advis\w+)",
        "CPS advice not to charge",
        "15",
    ),
    _phrase(
        r"\b(?:no suspects?\b|suspect (?:not|un)\s?(?:known|identified|traced))",
        "having no suspect",
        "18",
    ),
)


def opinion_in(text: str) -> tuple[Phrase, ...]:
    """Return the phrases a text contains, each kind once."""
    found: dict[str, Phrase] = {}
    for phrase in PHRASES:
        if phrase.pattern.search(text):
            found.setdefault(phrase.what, phrase)
    return tuple(found.values())
