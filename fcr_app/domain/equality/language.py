"""The languages that victims are asked in, and words in both."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """English or Welsh, which the law of Wales treats alike."""

    ENGLISH = "en"
    WELSH = "cy"

    @property
    def label(self) -> str:
        """The language in its own words."""
        return {"en": "English", "cy": "Cymraeg"}[self.value]

    @property
    def page(self) -> str:
        """The language as a page says it."""
        return {"en": "en-GB", "cy": "cy"}[self.value]


@dataclass(frozen=True)
class Said:
    """The same words in both languages."""

    en: str
    cy: str

    def __getitem__(self, language: Language) -> str:
        return self.cy if language is Language.WELSH else self.en
