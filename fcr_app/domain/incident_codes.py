"""How an incident is opened and closed. The codes are this system's: forces map their own."""

from enum import StrEnum


class OpeningCode(StrEnum):
    """What a report is about, as first understood."""

    RAPE = "rape"
    SEXUAL = "sexual"
    VIOLENCE = "violence"
    DOMESTIC = "domestic"
    STALKING = "stalking"
    ROBBERY = "robbery"
    BURGLARY = "burglary"
    VEHICLE = "vehicle"
    THEFT = "theft"
    DAMAGE = "damage"
    PUBLIC_ORDER = "public_order"
    HATE = "hate"
    MODERN_SLAVERY = "modern_slavery"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    FRAUD = "fraud"
    DEATH = "death"
    DOMESTIC_NON_CRIME = "domestic_non_crime"
    ANTI_SOCIAL = "anti_social"
    WELFARE = "welfare"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The code in words."""
        return OPENING_LABELS[self]

    @property
    def crime_type(self) -> bool:
        """Whether a report opened like this is taken to be about a crime (DIA-05)."""
        return self not in NOT_ABOUT_A_CRIME


OPENING_LABELS = {
    OpeningCode.RAPE: "Rape or attempted rape",
    OpeningCode.SEXUAL: "Other sexual offence",
    OpeningCode.VIOLENCE: "Violence",
    OpeningCode.DOMESTIC: "Domestic abuse",
    OpeningCode.STALKING: "Stalking or harassment",
    OpeningCode.ROBBERY: "Robbery",
    OpeningCode.BURGLARY: "Burglary",
    OpeningCode.VEHICLE: "Vehicle crime",
    OpeningCode.THEFT: "Theft",
    OpeningCode.DAMAGE: "Arson or criminal damage",
    OpeningCode.PUBLIC_ORDER: "Public order",
    OpeningCode.HATE: "Hate incident",
    OpeningCode.MODERN_SLAVERY: "Modern slavery",
    OpeningCode.WEAPONS: "Weapons",
    OpeningCode.DRUGS: "Drugs",
    OpeningCode.FRAUD: "Fraud",
    OpeningCode.DEATH: "Sudden or unexpected death",
    OpeningCode.DOMESTIC_NON_CRIME: "Domestic, not a crime",
    OpeningCode.ANTI_SOCIAL: "Anti-social behaviour",
    OpeningCode.WELFARE: "Concern for somebody’s safety",
    OpeningCode.OTHER: "Other",
}
NOT_ABOUT_A_CRIME = frozenset(
    {
        OpeningCode.DEATH,
        OpeningCode.DOMESTIC_NON_CRIME,
        OpeningCode.ANTI_SOCIAL,
        OpeningCode.WELFARE,
        OpeningCode.OTHER,
    }
)


class ClosingCode(StrEnum):
    """How the question whether a crime is to be recorded was settled."""

    CRIME_RECORDED = "crime_recorded"
    N100 = "n100"
    N300 = "n300"
    NOT_RECORDED = "not_recorded"
    OTHER_FORCE = "other_force"
    NOT_A_CRIME_REPORT = "not_a_crime_report"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        """The code in words."""
        return CLOSING_LABELS[self]


CLOSING_LABELS = {
    ClosingCode.CRIME_RECORDED: "Crime recorded",
    ClosingCode.N100: "Reported incident of rape (N100)",
    ClosingCode.N300: "Reported incident of sudden or unexpected death (N300)",
    ClosingCode.NOT_RECORDED: "Decided not to record",
    ClosingCode.OTHER_FORCE: "Passed to another force",
    ClosingCode.NOT_A_CRIME_REPORT: "Not about a crime",
    ClosingCode.DUPLICATE: "The same report again",
}
