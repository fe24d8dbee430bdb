"""Reads spelled-out labels as national systems write them. What is not known is never guessed.

The labels of self-defined ethnicity are those of the public stop and search data, and the same
words as the censuses of 2001, 2011 and 2021 spell them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality.codes import CodeList
from fcr_app.domain.equality.ethnicity import EIGHTEEN, OBSERVED_UNKNOWN, SIXTEEN, current_code
from fcr_app.domain.equality.items import Item


@dataclass(frozen=True)
class LabelRead:
    """What a label means: a code, or why there is none."""

    code: str = ""
    missing: Missing | None = None


#: What each group is called before its codes, by census.
_GROUP_WORDS: Mapping[str, Sequence[str]] = {
    "W": ("white",),
    "M": ("mixed", "mixed/multiple ethnic groups", "mixed or multiple ethnic groups"),
    "A": (
        "asian",
        "asian/asian british",
        "asian or asian british",
        "asian, asian british or asian welsh",
    ),
    "B": (
        "black",
        "black/african/caribbean/black british",
        "black or black british",
        "black, black british, black welsh, caribbean or african",
    ),
}
_CODE_WORDS: Mapping[str, Sequence[str]] = {
    "W1": (
        "british",
        "english/welsh/scottish/northern irish/british",
        "english, welsh, scottish, northern irish or british",
    ),
    "W2": ("irish",),
    "W3": ("gypsy or irish traveller",),
    "W9": ("any other white background", "other white"),
    "M1": ("white and black caribbean",),
    "M2": ("white and black african",),
    "M3": ("white and asian",),
    "M9": (
        "any other mixed background",
        "any other mixed/multiple ethnic background",
        "any other mixed or multiple ethnic background",
    ),
    "A1": ("indian",),
    "A2": ("pakistani",),
    "A3": ("bangladeshi",),
    "A4": ("chinese",),
    "A9": ("any other asian background",),
    "B1": ("caribbean",),
    "B2": ("african",),
    "B9": (
        "any other black background",
        "any other black/african/caribbean background",
        "any other black, black british or caribbean background",
    ),
}
#: Chinese stood under "other" until 2011.
_OTHER_WORDS: Mapping[str, Sequence[str]] = {
    "O1": ("chinese",),
    "O2": ("arab",),
    "O9": ("any other", "any other ethnic group"),
}
_OTHER_GROUPS = ("other ethnic group", "chinese or other ethnic group")
#: "Not stated", and why, as the codes N1 to N4 of stop and search say it.
_NOT_STATED = {
    "ns": Missing.NOT_STATED,
    "not stated": Missing.NOT_STATED,
    "other ethnic group - not stated": Missing.NOT_STATED,
    "not stated - not stated": Missing.NOT_STATED,
    "n1": Missing.URGENT,
    "n2": Missing.URGENT,
    "n3": Missing.NOT_UNDERSTOOD,
    "n4": Missing.DECLINED,
}
#: Reasons that any item may be missing for.
_REASONS = {
    "declined": Missing.DECLINED,
    "refused": Missing.DECLINED,
    "prefer not to say": Missing.DECLINED,
    "not asked": Missing.NOT_ASKED,
    "not known": Missing.UNKNOWN,
    "unknown": Missing.UNKNOWN,
    "not recorded": Missing.NOT_STATED,
    "not stated": Missing.NOT_STATED,
    **{reason.value: reason for reason in Missing},
    **{reason.label.casefold(): reason for reason in Missing},
}
_SYNONYMS: Mapping[Item, Mapping[str, str]] = {
    Item.SEX: {"f": "female", "m": "male"},
    Item.RELIGION: {"christian": "christian", "no religion": "none"},
    Item.ETHNICITY_OBSERVED: {
        "white - north european": "IC1",
        "white - northern european": "IC1",
        "white - south european": "IC2",
        "white - southern european": "IC2",
        "chinese, japanese or south east asian": "IC5",
        "chinese, japanese, or south east asian": "IC5",
        "middle eastern": "IC6",
        "arab or north african": "IC6",
    },
}


def _spelled_out() -> Iterator[tuple[str, str]]:
    for code, words in _CODE_WORDS.items():
        for group in _GROUP_WORDS[code[0]]:
            for word in words:
                yield f"{group} - {word}", code
    for code, words in _OTHER_WORDS.items():
        for group in _OTHER_GROUPS:
            for word in words:
                yield f"{group} - {word}", code
    for listed in (SIXTEEN, EIGHTEEN):
        for one in listed.codes:
            yield one.code.casefold(), one.code


_ETHNICITY = dict(_spelled_out())


def normal(text: str) -> str:
    """Return a label as labels are compared: one kind of dash and space, in small letters."""
    dashes = re.sub(r"\s*[\u2013\u2014:]\s*|\s+-\s+", " - ", text.strip())
    return re.sub(r"\s+", " ", dashes).casefold()


def read_label(item: Item, text: str, listed: CodeList) -> LabelRead | None:
    """Return what a label means, None if it is not known.

    Args:
        text: Not blank: a blank is no answer at all.
        listed: The values of the item, with those that were added as data.
    """
    label = normal(text)
    for code in listed.codes:
        if label in (code.code.casefold(), normal(code.label)):
            return LabelRead(code=code.code)
    if item is Item.ETHNICITY:
        if label in _NOT_STATED:
            return LabelRead(missing=_NOT_STATED[label])
        if label in _ETHNICITY:
            return LabelRead(code=current_code(_ETHNICITY[label]))
    if item is Item.ETHNICITY_OBSERVED and label.upper() in OBSERVED_UNKNOWN:
        return LabelRead(missing=Missing.UNKNOWN)
    if label in _SYNONYMS.get(item, {}):
        return LabelRead(code=_SYNONYMS[item][label])
    return LabelRead(missing=_REASONS[label]) if label in _REASONS else None
