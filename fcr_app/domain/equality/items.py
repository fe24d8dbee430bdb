"""The items: the nine protected characteristics, and what an officer saw, which is kept apart."""

from dataclasses import dataclass
from enum import StrEnum


class Item(StrEnum):
    """One thing that is known, or asked, about a victim."""

    AGE = "age"
    SEX = "sex"
    GENDER_IDENTITY = "gender_identity"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    DISABILITY = "disability"
    ORIENTATION = "orientation"
    MARRIAGE = "marriage"
    PREGNANCY = "pregnancy"
    ETHNICITY_OBSERVED = "ethnicity_observed"

    @property
    def label(self) -> str:
        """The item in words."""
        return INFO[self].label

    @property
    def info(self) -> "ItemInfo":
        """What is fixed about it."""
        return INFO[self]


@dataclass(frozen=True, kw_only=True)
class ItemInfo:
    """What is fixed about an item.

    Attributes:
        characteristic: The protected characteristic it tells of (Equality Act 2010 section 4).
        law: The section that defines it.
        from_age: The age in whole years from which a person is asked.
        only_if_relevant: Asked only where it bears on the offence, so never counted as missing.
        sensitive: Data of a special category: race, religion, health, orientation (DPA 2018 s.35).
        protected_history: May tell of a gender history (Gender Recognition Act 2004 section 22):
            shown more narrowly than the rest and masked in every copy.
    """

    label: str
    characteristic: str
    law: str
    from_age: int = 0
    only_if_relevant: bool = False
    sensitive: bool = True
    protected_history: bool = False


INFO = {
    Item.AGE: ItemInfo(
        label="Age", characteristic="Age", law="Equality Act 2010, section 5", sensitive=False
    ),
    Item.SEX: ItemInfo(
        label="Sex", characteristic="Sex", law="Equality Act 2010, section 11", sensitive=False
    ),
    Item.GENDER_IDENTITY: ItemInfo(
        label="Gender identity",
        characteristic="Gender reassignment",
        law="Equality Act 2010, section 7; Gender Recognition Act 2004, section 22",
        from_age=16,
        protected_history=True,
    ),
    Item.ETHNICITY: ItemInfo(
        label="Ethnicity, as they define it",
        characteristic="Race",
        law="Equality Act 2010, section 9",
    ),
    Item.RELIGION: ItemInfo(
        label="Religion or belief",
        characteristic="Religion or belief",
        law="Equality Act 2010, section 10",
    ),
    Item.DISABILITY: ItemInfo(
        label="Disability", characteristic="Disability", law="Equality Act 2010, section 6"
    ),
    Item.ORIENTATION: ItemInfo(
        label="Sexual orientation",
        characteristic="Sexual orientation",
        law="Equality Act 2010, section 12",
        from_age=16,
    ),
    Item.MARRIAGE: ItemInfo(
        label="Marriage or civil partnership",
        characteristic="Marriage and civil partnership",
        law="Equality Act 2010, section 8",
        from_age=16,
        sensitive=False,
    ),
    Item.PREGNANCY: ItemInfo(
        label="Pregnancy or maternity",
        characteristic="Pregnancy and maternity",
        law="Equality Act 2010, sections 17 and 18",
        only_if_relevant=True,
    ),
    Item.ETHNICITY_OBSERVED: ItemInfo(
        label="Ethnicity, as an officer saw it",
        characteristic="Race",
        law="Police code of officer-observed ethnicity (6+1)",
        only_if_relevant=True,
    ),
}

#: What the victim is asked, in the order of the form; they may answer in any other.
ASKED: tuple[Item, ...] = tuple(item for item in Item if item is not Item.ETHNICITY_OBSERVED)
#: What a record needs before nothing is left to ask.
NEEDED: tuple[Item, ...] = tuple(item for item in ASKED if not INFO[item].only_if_relevant)


def applies(item: Item, age: int | None) -> bool:
    """Say whether an item is asked of somebody of this age; of unknown age, everything is."""
    return age is None or age >= INFO[item].from_age
