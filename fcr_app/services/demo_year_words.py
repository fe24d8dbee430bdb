"""What the demonstration's people write in a year of feedback, in plans and in notes of talks."""

from collections.abc import Mapping

from fcr_app.domain.recording_errors import ErrorType

REASONS: Mapping[ErrorType, str] = {
    ErrorType.E04: "The account tells of a push as well. A push is an assault; record it too.",
    ErrorType.E06: "A teacher’s report for a pupil counts as the victim’s own. Record it at once.",
    ErrorType.E13: "The crime could have been recorded at the first call; it took until the visit.",
    ErrorType.E22: "Five messages in a week by a former partner, and waiting outside: stalking.",
}
WELL_DONE = "Recorded at the first call, every offence told of, and the caller was told: well done."
ACTIONS = (
    "A morning beside the crime management unit, on reports by professionals.",
    "Go through the recording rules’ pages on a further offence, with two old reports.",
    "Ask the crime management unit before closing a report as no crime, for four weeks.",
)
REVIEW = "Went through the last five reports together: all of them right. We look once more."
OUTCOME = "Sat with crime management for a morning and explained the rule to the team afterwards."
TALKS = (
    "Went through reports by schools and care homes. You explained the rule back to me.",
    "Your last four reports were right, and one was recorded at the first call. Well done.",
)
CORRECTION = "Your last five reports were right, not four, and one was recorded at the first call."
