"""The lines of the starting plan that look at one kind of crime a year, in rotation (A14)."""

from dataclasses import replace

from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.audits.starting_line import YEARLY, StartingLine, fixed, risk_of
from fcr_app.domain.audits.words import Frame, Group
from fcr_app.domain.incident_codes import OpeningCode

_THEME = replace(YEARLY, code="A14", hours=15, risk=risk_of(1, 1, 1))
#: Between the 30 and the 100 that are usual.
_RECORDS = 50


def _reports(title: str, code: OpeningCode) -> LineGiven:
    return replace(_THEME, title=title, frame_filter={"opening_codes": [code.value]})


def _crimes(title: str, group: Group) -> LineGiven:
    return replace(_THEME, title=title, frame=Frame.CRIMES, frame_filter={"groups": [group.value]})


def _listed(title: str) -> LineGiven:
    return replace(_THEME, title=title, frame=Frame.LISTED)


_IN_TURN = (
    _crimes("Theme: robbery", Group.ROBBERY),
    _reports("Theme: hate crime", OpeningCode.HATE),
    _reports("Theme: knives and other weapons", OpeningCode.WEAPONS),
    _reports("Theme: burglary of homes", OpeningCode.BURGLARY),
    _crimes("Theme: public order", Group.PUBLIC_ORDER),
    _listed("Theme: malicious communications"),
    _listed("Theme: images that young people made"),
)
#: Every other month from the second, and in the last months where there are more themes than that.
_MONTHS = (1, 3, 5, 7, 9, 10, 11)

THEMES = tuple(
    StartingLine(key=f"A14-{number}", month=month, day=26, line=fixed(line, _RECORDS))
    for number, (month, line) in enumerate(zip(_MONTHS, _IN_TURN, strict=True), 1)
)
