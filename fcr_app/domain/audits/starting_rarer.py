"""The lines of the starting plan that come every quarter or half year, or when they are needed."""

from dataclasses import replace

from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.starting_line import (
    HALF_YEARLY,
    ONCE,
    QUARTERLY,
    StartingLine,
    fixed,
    risk_of,
)
from fcr_app.domain.audits.words import CountedAs, Frame, Group, Strata
from fcr_app.domain.incident_codes import OpeningCode

_WAITS_FOR_A_FAILURE = (
    "Waits until an audit shows that an area has failed. Say then which, from which records, and "
    "on which day: three to six months after something was done about it."
)

EVERY_QUARTER = (
    StartingLine(
        key="A1b-1",
        day=8,
        line=replace(
            QUARTERLY,
            code="A1b",
            title="Crimes recorded directly, online or at a front counter",
            frame=Frame.DIRECT_CRIMES,
            method=Method.STRATIFIED,
            strata=Strata.OFFENCE_GROUP,
            hours=30,
            risk=risk_of(1, 2, 1),
        ),
    ),
    StartingLine(
        key="A4-1",
        month=1,
        day=8,
        line=fixed(
            replace(
                QUARTERLY,
                code="A4",
                title="Transfers to other forces, and whether the victim was told",
                frame=Frame.TRANSFERS,
                counted_as=CountedAs.TRANSFER,
                hours=8,
                risk=risk_of(2, 0, 2),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A5-1",
        month=2,
        day=8,
        line=fixed(
            replace(
                QUARTERLY,
                code="A5",
                title="Referrals by public protection, MASH and other professionals",
                frame=Frame.REFERRALS,
                # An inspection found 39 crimes in 50 such records (reference, section 2.3).
                yield_rate=0.78,
                hours=30,
                risk=risk_of(3, 1, 3),
            ),
            50,
        ),
    ),
    StartingLine(
        key="A6-1",
        month=1,
        day=15,
        line=fixed(
            replace(
                QUARTERLY,
                code="A6",
                title="Modern slavery crimes",
                frame=Frame.CRIMES,
                frame_filter={"groups": [Group.MODERN_SLAVERY.value]},
                hours=8,
                risk=risk_of(3, 0, 2),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A6-2",
        month=1,
        day=15,
        line=fixed(
            replace(
                QUARTERLY,
                code="A6",
                title="Modern slavery: NRM and duty-to-notify referrals",
                frame=Frame.LISTED,
                hours=8,
                risk=risk_of(3, 0, 2),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A8-1",
        day=22,
        line=fixed(
            replace(
                QUARTERLY,
                code="A8",
                title="Diary appointments more than 24 hours after the report",
                frame=Frame.DIARY,
                counted_as=CountedAs.INCIDENT,
                hours=12,
                risk=risk_of(1, 1, 2),
            ),
            40,
        ),
    ),
    StartingLine(
        key="A11-1",
        month=2,
        day=15,
        line=fixed(
            replace(
                QUARTERLY,
                code="A11",
                title="Outcomes, 20 of each outcome code",
                frame=Frame.LISTED,
                counted_as=CountedAs.OUTCOME,
                strata=Strata.LISTED,
                hours=24,
                risk=risk_of(2, 2, 1),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A15-1",
        month=1,
        day=22,
        line=fixed(
            replace(
                QUARTERLY,
                code="A15",
                title="Victims of cancelled crimes: whether they were told",
                frame=Frame.CANCELLATIONS,
                counted_as=CountedAs.VICTIM,
                hours=8,
                risk=risk_of(2, 1, 2),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A18-1",
        month=2,
        day=22,
        line=fixed(
            replace(
                QUARTERLY,
                code="A18",
                title="Records that were audited, audited again",
                frame=Frame.AUDITED,
                counted_as=CountedAs.ITEM,
                hours=8,
                risk=risk_of(1, 1, 1),
            ),
            10,
        ),
    ),
)
EVERY_HALF_YEAR = (
    StartingLine(
        key="A9-1",
        month=2,
        day=12,
        line=replace(
            HALF_YEARLY,
            code="A9",
            title="Reports closed as anti-social behaviour that hide a crime",
            frame_filter={"opening_codes": [OpeningCode.ANTI_SOCIAL.value]},
            counted_as=CountedAs.INCIDENT,
            hours=30,
            risk=risk_of(2, 2, 1),
        ),
    ),
    StartingLine(
        key="A12-1",
        month=3,
        day=12,
        line=fixed(
            replace(
                HALF_YEARLY,
                code="A12",
                title="Out-of-court disposals and community resolutions",
                frame=Frame.LISTED,
                counted_as=CountedAs.DISPOSAL,
                hours=14,
                risk=risk_of(1, 1, 1),
            ),
            30,
        ),
    ),
    StartingLine(
        key="A13-1",
        month=4,
        day=12,
        line=replace(
            HALF_YEARLY,
            code="A13",
            title="Classification of recorded crimes, by offence group",
            frame=Frame.CRIMES,
            method=Method.STRATIFIED,
            strata=Strata.OFFENCE_GROUP,
            hours=40,
            risk=risk_of(1, 3, 1),
        ),
    ),
    StartingLine(
        key="A13-2",
        month=5,
        day=12,
        line=fixed(
            replace(
                HALF_YEARLY,
                code="A13",
                title="Reclassified crimes",
                frame=Frame.RECLASSIFICATIONS,
                hours=10,
                risk=risk_of(1, 0, 1),
            ),
            30,
        ),
    ),
)
WHEN_NEEDED = (
    StartingLine(
        key="A17-1",
        month=6,
        day=15,
        suspended_why=_WAITS_FOR_A_FAILURE,
        line=fixed(
            replace(
                ONCE,
                code="A17",
                title="An area that failed, audited again",
                frame=Frame.LISTED,
                hours=20,
                risk=risk_of(2, 1, 1, rate=3),
            ),
            50,
        ),
    ),
)
