"""Which offence group of an audit an offence belongs to."""

from fcr_app.domain.audits.words import Group
from fcr_app.domain.rules import MODERN_SLAVERY_CLASS, RAPE_CLASSES

#: Classes that are looked at before the group that the published offence list names.
GROUP_OF_CLASS = {
    **dict.fromkeys(sorted(RAPE_CLASSES), Group.RAPE),
    MODERN_SLAVERY_CLASS: Group.MODERN_SLAVERY,
}
#: The groups of the published list, in lower case: editions spell them differently.
GROUP_OF_LISTED = {
    "sexual offences": Group.SEXUAL,
    "violence against the person": Group.VIOLENCE,
    "robbery": Group.ROBBERY,
    "public order offences": Group.PUBLIC_ORDER,
    "burglary": Group.PROPERTY,
    "theft": Group.PROPERTY,
    "theft offences": Group.PROPERTY,
    "vehicle offences": Group.PROPERTY,
    "arson and criminal damage": Group.PROPERTY,
    "criminal damage and arson": Group.PROPERTY,
}
#: The beginning of what the list calls fraud, which no yearly figure counts (reference, 1.3).
FRAUD = "fraud"


def group_of(offence_class: str, listed_group: str) -> Group:
    """Return the offence group of an offence, by its class and its group in the list."""
    if offence_class in GROUP_OF_CLASS:
        return GROUP_OF_CLASS[offence_class]
    return GROUP_OF_LISTED.get(listed_group.strip().lower(), Group.OTHER)
