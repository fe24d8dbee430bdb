"""What a frame of records can be narrowed to, and what it can be divided by."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from fcr_app.domain.audits.words import Frame, Group, Strata
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.removal import RemovalCode


class Narrowed(StrEnum):
    """By what a frame is narrowed. The keys of ``AuditLine.frame_filter``."""

    OPENING_CODES = "opening_codes"
    CLOSING_CODES = "closing_codes"
    ROUTES = "routes"
    GROUPS = "groups"
    REMOVAL_CODES = "removal_codes"

    @property
    def label(self) -> str:
        """It in words."""
        return {
            "opening_codes": "Opening codes",
            "closing_codes": "Closing codes",
            "routes": "Routes of the report",
            "groups": "Offence groups",
            "removal_codes": "Removal codes",
        }[self.value]

    @property
    def choices(self) -> type[StrEnum]:
        """The values it may have."""
        kinds: dict[str, type[StrEnum]] = {
            "opening_codes": OpeningCode,
            "closing_codes": ClosingCode,
            "routes": Route,
            "groups": Group,
            "removal_codes": RemovalCode,
        }
        return kinds[self.value]

    def in_words(self, value: str) -> str:
        """Return one of its values in words."""
        label: str = self.choices(value).label  # type: ignore[attr-defined] # each has its label
        return label


Filter = Mapping[str, Sequence[str]]

_REPORTS = (Narrowed.OPENING_CODES, Narrowed.CLOSING_CODES, Narrowed.ROUTES)
#: What is not named can't be narrowed.
NARROWED_BY: Mapping[Frame, tuple[Narrowed, ...]] = {
    Frame.INCIDENTS: _REPORTS,
    Frame.REFERRALS: (Narrowed.OPENING_CODES, Narrowed.ROUTES),
    Frame.DIARY: (Narrowed.OPENING_CODES,),
    Frame.DIRECT_CRIMES: (Narrowed.GROUPS,),
    Frame.CRIMES: (Narrowed.GROUPS,),
    Frame.RECLASSIFICATIONS: (Narrowed.GROUPS,),
    Frame.VICTIMS: (Narrowed.GROUPS,),
    Frame.CANCELLATIONS: (Narrowed.GROUPS, Narrowed.REMOVAL_CODES),
    Frame.TRANSFERS: (Narrowed.GROUPS,),
}

_OF_A_REPORT = (Strata.OPENING_CODE, Strata.CLOSING_CODE, Strata.ROUTE, Strata.UNIT)
_OF_A_CRIME = (Strata.OFFENCE_GROUP, Strata.UNIT)
DIVIDED_BY: Mapping[Frame, tuple[Strata, ...]] = {
    Frame.INCIDENTS: _OF_A_REPORT,
    Frame.REFERRALS: (Strata.OPENING_CODE, Strata.ROUTE, Strata.UNIT),
    Frame.DIARY: (Strata.OPENING_CODE, Strata.UNIT),
    Frame.RAPES: (Strata.UNIT,),
    Frame.N100S: (Strata.UNIT,),
    Frame.DIRECT_CRIMES: _OF_A_CRIME,
    Frame.CRIMES: _OF_A_CRIME,
    Frame.RECLASSIFICATIONS: _OF_A_CRIME,
    Frame.VICTIMS: _OF_A_CRIME,
    Frame.TRANSFERS: _OF_A_CRIME,
    Frame.CANCELLATIONS: (Strata.OFFENCE_GROUP, Strata.REMOVAL_CODE, Strata.UNIT),
    Frame.AUDITED: (),
    Frame.LISTED: (Strata.LISTED,),
}


def narrowed_in_words(narrowed: Filter) -> str:
    """Return what a frame is narrowed to: "Opening codes: Domestic abuse, Hate incident"."""
    parts = []
    for by in Narrowed:
        values = narrowed.get(by.value, ())
        if values:
            said = ", ".join(by.in_words(value) for value in values)
            parts.append(f"{by.label}: {said}")
    return "; ".join(parts)
