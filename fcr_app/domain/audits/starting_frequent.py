"""The lines of the starting plan that come every month."""

from dataclasses import replace

from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.starting_line import MONTHLY, StartingLine, fixed, risk_of
from fcr_app.domain.audits.words import CountedAs, Frame, Group, Strata
from fcr_app.domain.incident_codes import OpeningCode

_NOT_RAPE = [group.value for group in Group if group is not Group.RAPE]
_DOMESTIC = (OpeningCode.DOMESTIC, OpeningCode.DOMESTIC_NON_CRIME, OpeningCode.STALKING)

EVERY_MONTH = (
    StartingLine(
        key="A1-1",
        day=6,
        line=replace(
            MONTHLY,
            title="Reports and the crimes they should have led to, by opening code",
            method=Method.STRATIFIED,
            strata=Strata.OPENING_CODE,
            design_effect=1.1,
            yield_rate=0.8,
            hours=40,
            risk=risk_of(2, 3, 2),
        ),
    ),
    StartingLine(
        key="A2-1",
        day=2,
        line=replace(
            MONTHLY,
            code="A2",
            title="Reports of rape, every N100 and rape crimes",
            frame=Frame.RAPES,
            # All of them where there are fewer than a hundred.
            census_below=100,
            hours=35,
            risk=risk_of(3, 1, 3),
        ),
    ),
    StartingLine(
        key="A3-1",
        day=2,
        line=replace(
            MONTHLY,
            code="A3",
            title="Cancelled rapes, all of them",
            frame=Frame.CANCELLATIONS,
            frame_filter={"groups": [Group.RAPE.value]},
            counted_as=CountedAs.CANCELLATION,
            method=Method.CENSUS,
            precision=None,
            hours=5,
            risk=risk_of(3, 0, 3),
        ),
    ),
    StartingLine(
        key="A3-2",
        day=9,
        line=fixed(
            replace(
                MONTHLY,
                code="A3",
                title="Other cancelled crimes, 20 of each offence group",
                frame=Frame.CANCELLATIONS,
                frame_filter={"groups": _NOT_RAPE},
                counted_as=CountedAs.CANCELLATION,
                strata=Strata.OFFENCE_GROUP,
                hours=24,
                risk=risk_of(2, 1, 2),
            ),
            20,
        ),
    ),
    StartingLine(
        key="A7-1",
        day=13,
        line=fixed(
            replace(
                MONTHLY,
                code="A7",
                title="Timeliness: where the 24 hours began",
                frame=Frame.CRIMES,
                hours=6,
                risk=risk_of(1, 3, 2),
            ),
            30,
        ),
    ),
    StartingLine(
        key="A10-1",
        day=16,
        line=replace(
            MONTHLY,
            code="A10",
            title="Domestic abuse, stalking and harassment, and what is closed as no crime",
            frame_filter={"opening_codes": [code.value for code in _DOMESTIC]},
            method=Method.STRATIFIED,
            strata=Strata.OPENING_CODE,
            yield_rate=0.8,
            hours=30,
            risk=risk_of(3, 2, 2),
        ),
    ),
    StartingLine(
        key="A16-1",
        day=20,
        line=fixed(
            replace(
                MONTHLY,
                code="A16",
                title="Equality data: why it is missing",
                frame=Frame.VICTIMS,
                counted_as=CountedAs.VICTIM,
                hours=4,
                risk=risk_of(1, 3, 1),
            ),
            30,
        ),
    ),
)
