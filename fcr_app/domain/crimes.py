"""What is said about a crime and its victims: flags, kinds of victim, enhanced rights."""

from enum import StrEnum

from fcr_app.domain.citations import crr26, victims_code
from fcr_app.domain.citing import supports


@supports(crr26("OUT-04", "24"), how="The flags that a crime can carry")
class Flag(StrEnum):
    """A flag on a crime; the national ones are those of the outcome rules (OUT-04)."""

    DOMESTIC_ABUSE = "domestic_abuse"
    CHILD = "child"
    HATE = "hate"
    MODERN_SLAVERY = "modern_slavery"
    HONOUR_BASED = "honour_based"
    KNIFE = "knife"
    ONLINE = "online"
    CHILD_SEXUAL_ABUSE = "csa"
    CHILD_SEXUAL_EXPLOITATION = "cse"
    SPIKING = "spiking"
    ALCOHOL = "alcohol"
    CORROSIVE = "corrosive"
    METAL_THEFT = "metal_theft"

    @property
    def label(self) -> str:
        """The flag in words."""
        return FLAG_LABELS[self]


FLAG_LABELS = {
    Flag.DOMESTIC_ABUSE: "Domestic abuse",
    Flag.CHILD: "Child involved",
    Flag.HATE: "Hate crime",
    Flag.MODERN_SLAVERY: "Modern slavery",
    Flag.HONOUR_BASED: "Honour-based abuse, forced marriage or FGM",
    Flag.KNIFE: "Knife or sharp instrument",
    Flag.ONLINE: "Online",
    Flag.CHILD_SEXUAL_ABUSE: "Child sexual abuse",
    Flag.CHILD_SEXUAL_EXPLOITATION: "Child sexual exploitation",
    Flag.SPIKING: "Spiking",
    Flag.ALCOHOL: "Alcohol",
    Flag.CORROSIVE: "Corrosive substance",
    Flag.METAL_THEFT: "Metal theft",
}


class VictimKind(StrEnum):
    """Who a victim is: somebody, or an organisation."""

    PERSON = "person"
    BUSINESS = "business"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"person": "A person", "business": "A business or other organisation"}[self.value]


@supports(victims_code("VC-05"), how="The grounds for enhanced rights, kept with the victim")
class EnhancedGround(StrEnum):
    """Why a victim has enhanced rights under the Victims’ Code (VC-05)."""

    SERIOUS_CRIME = "serious_crime"
    PERSISTENTLY_TARGETED = "persistent_target"
    VULNERABLE = "vulnerable"
    INTIMIDATED = "intimidated"
    UNDER_18 = "under_18"

    @property
    def label(self) -> str:
        """The ground in words."""
        return {
            "serious_crime": "Victim of the most serious crime",
            "persistent_target": "Persistently targeted",
            "vulnerable": "Vulnerable",
            "intimidated": "Intimidated",
            "under_18": "Under 18",
        }[self.value]
