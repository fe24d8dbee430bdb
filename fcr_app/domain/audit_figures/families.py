"""The families of offences that rates are given for, as inspections do."""

from enum import StrEnum

from fcr_app.domain.audits.words import Group


class Family(StrEnum):
    """Offence groups that are reported as one. The values are stored with what a year recorded."""

    VIOLENCE = "violence"
    SEXUAL = "sexual"
    ROBBERY = "robbery"
    PUBLIC_ORDER = "public_order"
    PROPERTY = "property"
    MODERN_SLAVERY = "modern_slavery"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The family in words."""
        return "Sexual offences, with rape" if self is Family.SEXUAL else Group(self.value).label

    @property
    def groups(self) -> frozenset[Group]:
        """The offence groups in it."""
        if self is Family.SEXUAL:
            return frozenset({Group.RAPE, Group.SEXUAL})
        return frozenset({Group(self.value)})


def family_of(group: Group) -> Family:
    """Return the family of an offence group."""
    return Family.SEXUAL if group is Group.RAPE else Family(group.value)
