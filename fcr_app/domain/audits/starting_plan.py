"""The plan that a force starts from: every audit type with how it is usually done.

After the reference, section 2.2. Frequencies and hours there are practice, not rule, so each line
is there to be changed. Where the reference asks for a full computation (timeliness, equality data)
this system works the figure out from all records; the line samples what can't be worked out.
"""

from fcr_app.domain.audits.starting_frequent import EVERY_MONTH
from fcr_app.domain.audits.starting_line import StartingLine
from fcr_app.domain.audits.starting_rarer import EVERY_HALF_YEAR, EVERY_QUARTER, WHEN_NEEDED
from fcr_app.domain.audits.starting_themes import THEMES

#: Hours of auditors in a month, where nobody has said: two people, most of their time.
STARTING_HOURS = 240.0

STARTING_PLAN: tuple[StartingLine, ...] = (
    *EVERY_MONTH,
    *EVERY_QUARTER,
    *EVERY_HALF_YEAR,
    *WHEN_NEEDED,
    *THEMES,
)
