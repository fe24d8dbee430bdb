"""What statistics count the answers of each item as, with the words for it, in a fixed order."""

from collections.abc import Mapping

from fcr_app.domain.equality.age import BANDS
from fcr_app.domain.equality.ethnicity import ASIAN, BLACK, MIXED, OBSERVED, OTHER, WHITE
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.lists import RELIGION

#: Every group of every item. The first of ethnicity is the one that others are compared with.
GROUP_LABELS: Mapping[Item, Mapping[str, str]] = {
    Item.AGE: {band.key: band.label for band in BANDS},
    Item.SEX: {"female": "Female", "male": "Male"},
    Item.GENDER_IDENTITY: {
        "same": "Same as the sex registered at birth",
        "different": "Different from the sex registered at birth",
    },
    Item.ETHNICITY: {
        WHITE: "White",
        MIXED: "Mixed or Multiple",
        ASIAN: "Asian",
        BLACK: "Black",
        OTHER: "Other",
    },
    Item.RELIGION: {code.group: code.label for code in RELIGION.codes},
    Item.DISABILITY: {"disabled": "Disabled", "not_disabled": "Not disabled"},
    Item.ORIENTATION: {
        "heterosexual": "Straight or heterosexual",
        "lgb": "Lesbian, gay, bisexual or other",
    },
    Item.MARRIAGE: {
        "married_or_partner": "Married or in a civil partnership",
        "neither": "Neither married nor in a civil partnership",
    },
    Item.PREGNANCY: {"yes": "Pregnant or had a baby in the last 26 weeks", "no": "Neither"},
    Item.ETHNICITY_OBSERVED: {code.group: code.label for code in OBSERVED.codes},
}


def group_label(item: Item, group: str) -> str:
    """Return a group in words; as it is, if it came with a code added as data."""
    return GROUP_LABELS[item].get(group, group)
