"""Roles, appointments, feedback, the Victims’ Code, outcomes, and rules as such."""

from fcr_app.domain.handbook.rule import NATIONAL, OUTCOMES, HandbookRule

ROLES = (
    HandbookRule("ROLE-01", "Authority is worked out at the moment of decision, and kept with it"),
    HandbookRule("ROLE-02", "Only a new decision of the FCR replaces one of the FCR"),
    HandbookRule("ROLE-03", "Who asks does not decide, nor who investigates, nor who audits"),
)
DIARY = (
    HandbookRule("DIA-01", "An appointment does not stop the clock"),
    HandbookRule("DIA-02", "Beyond 24 hours, the crime is recorded before the visit"),
    HandbookRule("DIA-03", "Within 24 hours, the clock speaks when the appointment ends"),
    HandbookRule("DIA-04", "Missed, cancelled or moved, it closes nothing and asks again"),
    HandbookRule("DIA-05", "Each day, appointments with a crime and no record are listed by age"),
    HandbookRule("DIA-06", "Other forces record at contact instead"),
    HandbookRule("DIA-07", "Figures of 2018 to compare with"),
)
FEEDBACK = (
    HandbookRule("FB-01", "Each wrong decision is fed back to whoever made it"),
    HandbookRule("FB-02", "Errors that repeat lead to training"),
    HandbookRule("FB-03", "The chief officer and the FCR meet on results"),
    HandbookRule("FB-04", "Feedback is about accuracy both ways, never about numbers"),
)
VICTIMS_CODE = (
    HandbookRule("VC-01", "The Code of 12 rights is in force since April 2021", NATIONAL),
    HandbookRule("VC-02", "Rights to a record, a confirmation, support, and news"),
    HandbookRule("VC-03", "Key events: told within 5 working days, or 1 with enhanced rights"),
    HandbookRule(
        "VC-04",
        "Referred to support within 2 working days",
        "Victim support is referred to from the force’s crime system.",
    ),
    HandbookRule("VC-05", "Enhanced rights: most serious, targeted, vulnerable, intimidated"),
    HandbookRule("VC-06", "No limit of its own for a cancelled crime; VIC-01 governs"),
    HandbookRule("VC-07", "Forces comply with the Code unless they have good reason", NATIONAL),
    HandbookRule("VC-08", "Data on compliance is not demanded yet", NATIONAL),
    HandbookRule("VC-09", "A new Code is expected, so its limits may change"),
)
OUTCOME_GATES = (
    HandbookRule("OUT-01", "Outcomes 15 and 16 on rape need an inspector", OUTCOMES),
    HandbookRule("OUT-02", "Outcome 16 needs the victim’s own words", OUTCOMES),
    HandbookRule("OUT-03", "The FCR or a DDM checks certain outcomes", OUTCOMES),
    HandbookRule("OUT-04", "Ten flags are mandatory"),
    HandbookRule("OUT-05", "A cancelled record carries a C code, never an outcome"),
)
VERSIONS = (HandbookRule("VER-01", "Each decision is judged by the rules of its day"),)
