"""Numbers and lists the rules fix, with their source and the dates they applied.

Ask for a rule as it stood on a day: ``RESERVED_CLASSES.on(day)``. When a rule changes, add a
line; never edit an old one, because old decisions are still judged by it (VER-01).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from fcr_app.domain.citations import (
    Citation,
    crr26,
    force_policy,
    inspection,
    ofg26,
    victims_code,
)
from fcr_app.domain.citing import supports
from fcr_app.errors import RuleNotInForce

Value = TypeVar("Value")


@dataclass(frozen=True)
class InForce(Generic[Value]):
    """One value of a rule, from a day until the next one."""

    since: date
    value: Value
    cite: Citation


@supports(
    force_policy("VER-01"),
    victims_code("VC-09"),
    how="Each number has the dates and the source of each of its values",
)
@dataclass(frozen=True)
class Rule(Generic[Value]):
    """A named rule and its history, oldest first."""

    name: str
    history: tuple[InForce[Value], ...]

    def on(self, day: date) -> Value:
        """Return the value in force on a day.

        Raises:
            RuleNotInForce: If the rule did not exist yet.
        """
        return self.entry(day).value

    @property
    def latest(self) -> Value:
        """The newest value: for figures, which are drawn by the policy of today about any day."""
        return self.history[-1].value

    def entry(self, day: date) -> InForce[Value]:
        """Return the value in force on a day, with its dates and source.

        Raises:
            RuleNotInForce: If the rule did not exist yet.
        """
        for entry in reversed(self.history):
            if entry.since <= day:
                return entry
        raise RuleNotInForce(f"There was no rule on {self.name} on {day:%-d %B %Y}.")


#: The rule set a decision is stamped with: an edition that this system knows (VER-01).
RULE_SET = Rule(
    "the recording rules as a whole",
    (
        InForce(date(2002, 4, 1), "ncrs-2002", inspection("VER-01")),
        InForce(date(2015, 4, 1), "hocr-2015", inspection("VER-01")),
        InForce(date(2026, 4, 1), "crr-2026-27", crr26("VER-01", "1")),
    ),
)

#: Elapsed time from the first report to the record; exactly the limit is within it.
RECORDING_LIMIT = Rule(
    "recording a crime",
    (
        InForce(date(2002, 4, 1), timedelta(hours=72), inspection("REC-10")),
        InForce(date(2015, 4, 1), timedelta(hours=24), crr26("REC-10", "10")),
    ),
)

#: The share of the limit after which the clock turns amber: 12 of 24 hours (DIA-03, DIA-05).
AMBER_SHARE = Rule(
    "warning before the recording limit",
    (InForce(date(2002, 4, 1), 0.5, force_policy("DIA-03")),),
)

RAPE_CLASSES = frozenset({"19C", "19D", "19E", "19F", "19G", "19H", "19J", "19K"})
HOMICIDE_CLASSES = frozenset({"1", "4/1", "4/2", "4/10"})

#: Classes whose C2 only a registered FCR decides. Homicide is known to be on the list in 2026
#: and known not to be in 2018; the day it joined could not be read (handbook section 11, doubt 3).
RESERVED_CLASSES = Rule(
    "offences that only the registrar may cancel",
    (
        InForce(date(2015, 4, 1), RAPE_CLASSES, inspection("CANC-01")),
        InForce(date(2026, 4, 1), RAPE_CLASSES | HOMICIDE_CLASSES, crr26("CANC-01", "25")),
    ),
)

#: Female genital mutilation, and failing to protect from it: C2 only on the FCR's authority.
FGM_OFFENCES = Rule(
    "female genital mutilation",
    (
        InForce(
            date(2015, 4, 1),
            frozenset({("8N", "008/52"), ("8N", "008/68")}),
            crr26("CANC-16", "45"),
        ),
    ),
)

MODERN_SLAVERY_CLASS = "106"

#: For crimes recorded after this day a negative conclusive grounds decision may be AVI.
CONCLUSIVE_GROUNDS_AFTER = Rule(
    "conclusive grounds decisions as additional verifiable information",
    (InForce(date(2020, 4, 1), date(2020, 4, 1), crr26("CANC-17", "26, 48")),),
)

#: What C5 is possible for: whole classes, and single (class, code) pairs.
SELF_DEFENCE_CLASSES = Rule(
    "classes that self-defence may cancel",
    (InForce(date(2015, 4, 1), frozenset({"104", "105A"}), ofg26("CANC-07", "27")),),
)
SELF_DEFENCE_OFFENCES = Rule(
    "single offences that self-defence may cancel",
    (InForce(date(2015, 4, 1), frozenset({("8N", "008/06")}), ofg26("CANC-07", "27")),),
)

#: Working days to tell a victim of a decision. The rules say only "before removal"; the days are
#: the Victims' Code's for key events, taken as force policy (VIC-04).
VICTIM_NOTICE_DAYS = Rule(
    "telling a victim of a decision",
    (InForce(date(2015, 4, 1), 5, victims_code("VIC-04")),),
)
ENHANCED_VICTIM_NOTICE_DAYS = Rule(
    "telling a victim with enhanced rights of a decision",
    (InForce(date(2015, 4, 1), 1, victims_code("VIC-04")),),
)

#: Working days for a decision, and for answering a return. No published limit: ours (doubt 5).
DECISION_DAYS = Rule("deciding a request", (InForce(date(2015, 4, 1), 5, force_policy("CANC-06")),))
ANSWER_DAYS = Rule("answering a return", (InForce(date(2015, 4, 1), 10, force_policy("CANC-14")),))
FEEDBACK_DAYS = Rule(
    "acknowledging feedback", (InForce(date(2015, 4, 1), 5, force_policy("FB-01")),)
)
#: Working days to agree with feedback or to dispute it, and for the FCR to rule on a dispute: ours.
FEEDBACK_ANSWER_DAYS = Rule(
    "agreeing with feedback or disputing it",
    (InForce(date(2015, 4, 1), 5, force_policy("FB-01")),),
)
FEEDBACK_RULING_DAYS = Rule(
    "ruling on disputed feedback", (InForce(date(2015, 4, 1), 5, force_policy("FB-01")),)
)
#: Elapsed time to record what feedback says is missing (handbook section 6), and working days to
#: correct anything else, for which no limit is published.
MISSING_CRIME_LIMIT = Rule(
    "recording a crime that feedback says is missing",
    (InForce(date(2015, 4, 1), timedelta(hours=24), force_policy("FB-01")),),
)
CORRECTION_DAYS = Rule(
    "correcting a record after feedback",
    (InForce(date(2015, 4, 1), 5, force_policy("FB-01")),),
)
#: The same error of one person this often within this many days opens a learning plan. Both are
#: where a force begins: its FCR sets its own (handbook section 6, services/thresholds.py).
LEARNING_COUNT = Rule(
    "the same error again, before somebody helps",
    (InForce(date(2015, 4, 1), 3, force_policy("FB-02")),),
)
LEARNING_WINDOW = Rule(
    "how long errors count towards a learning plan",
    (InForce(date(2015, 4, 1), timedelta(days=90), force_policy("FB-02")),),
)
#: Likewise for a unit: twice what opens a plan for one person, from whomever in it. No source gives
#: a number.
TRAINING_COUNT = Rule(
    "the same error again in a unit, before it is trained",
    (InForce(date(2015, 4, 1), 6, force_policy("FB-02")),),
)
TRAINING_WINDOW = Rule(
    "how long errors count towards a unit's training task",
    (InForce(date(2015, 4, 1), timedelta(days=90), force_policy("FB-02")),),
)
#: Working days to agree what helps; then days until it is looked at whether it did.
LEARNING_DAYS = Rule(
    "helping somebody who made the same error again",
    (InForce(date(2015, 4, 1), 10, force_policy("FB-02")),),
)
LEARNING_REVIEW = Rule(
    "reviewing what was agreed about an error",
    (InForce(date(2015, 4, 1), timedelta(days=60), force_policy("FB-02")),),
)
#: How often the FCR may remind those who have not read a bulletin, and how long after the last
#: time: more would be noise. The force's own.
BULLETIN_REMINDERS = Rule(
    "reminders of one bulletin", (InForce(date(2015, 4, 1), 3, force_policy("FB-02")),)
)
BULLETIN_REMINDER_GAP = Rule(
    "the time between two reminders of a bulletin",
    (InForce(date(2015, 4, 1), timedelta(days=3), force_policy("FB-02")),),
)
#: Does feedback work (services/repeat_errors.py)? How long before and after it is looked at, the
#: first unless another is asked for; during how long somebody has to be given feedback to be looked
#: at; how soon an error has to be found to count; and of how many people, and of how many repeats,
#: a figure is shown at all. No source gives numbers; they are this system's own.
REPEAT_WINDOWS = Rule(
    "how long before and after feedback is compared",
    (InForce(date(2026, 4, 1), (90, 180), force_policy("FB-02")),),
)
REPEAT_TOLD_DURING = Rule(
    "during how long feedback is given to be looked at",
    (InForce(date(2026, 4, 1), timedelta(days=180), force_policy("FB-02")),),
)
REPEAT_FOUND_WITHIN = Rule(
    "how soon an error is found to be compared",
    (InForce(date(2026, 4, 1), timedelta(days=30), force_policy("FB-02")),),
)
REPEAT_FEWEST_PEOPLE = Rule(
    "people before a figure on feedback is shown",
    (InForce(date(2026, 4, 1), 10, force_policy("FB-04")),),
)
REPEAT_FEWEST_ERRORS = Rule(
    "repeats before a ratio on feedback is shown",
    (InForce(date(2026, 4, 1), 10, force_policy("FB-04")),),
)
#: Records that somebody has to deal with in each window before their number is compared by.
REPEAT_FEWEST_RECORDS = Rule(
    "records dealt with before errors are set against them",
    (InForce(date(2026, 4, 1), 5, force_policy("FB-02")),),
)
#: Figures about groups of people: a count below this is left out, unless it is nought; percentages
#: are of so many or more inside the force, and in public, where counts are rounded too; people in a
#: group, and of how many it may be unknown (0..1), for it to be compared. The reference on
#: statistics, section 4.3, proposes them; no law gives numbers, so they are the force's.
COUNTS_SHOWN_FROM = Rule(
    "counts that are shown of a group of people",
    (InForce(date(2026, 4, 1), 5, force_policy("FB-04")),),
)
PER_CENT_FROM = Rule(
    "people for a percentage, inside the force",
    (InForce(date(2026, 4, 1), 10, force_policy("FB-04")),),
)
PUBLIC_PER_CENT_FROM = Rule(
    "people for a percentage, in public",
    (InForce(date(2026, 4, 1), 50, force_policy("FB-04")),),
)
PUBLIC_ROUNDED_TO = Rule(
    "what counts are rounded to in public",
    (InForce(date(2026, 4, 1), 5, force_policy("FB-04")),),
)
GROUPS_COMPARED_FROM = Rule(
    "people in a group before it is compared",
    (InForce(date(2026, 4, 1), 30, force_policy("FB-04")),),
)
MOST_NOT_KNOWN_RATE = Rule(
    "of how many a characteristic may be unknown when groups are compared",
    (InForce(date(2026, 4, 1), 0.2, force_policy("FB-04")),),
)
#: Working days to find out the other force's number before the case shows as late.
TRANSFER_REFERENCE_DAYS = Rule(
    "getting the receiving force's number", (InForce(date(2015, 4, 1), 10, force_policy("TRF-02")),)
)
#: How old a rape record may be before turning it into an N100 draws a warning. The rule says only
#: "very early"; a day is ours.
EARLY_FOR_N100 = Rule(
    "finding early that a rape was an N100",
    (InForce(date(2015, 4, 1), timedelta(hours=24), force_policy("CLS-03")),),
)
#: Working days for a supervisor's check and for the FCR's review of what was decided about a
#: report. No published limit: ours (doubt 5).
REPORTED_CHECK_DAYS = Rule(
    "checking a recording decision",
    (InForce(date(2015, 4, 1), 1, force_policy("N100-12")),),
)
REPORTED_REVIEW_DAYS = Rule(
    "the FCR's review of a recording decision",
    (InForce(date(2015, 4, 1), 3, force_policy("N100-12")),),
)
#: Working days to review a slot after the limit, and to record what the FCR wants recorded.
LATE_SLOT_DAYS = Rule(
    "reviewing an appointment after the limit",
    (InForce(date(2015, 4, 1), 1, force_policy("DIA-02")),),
)
#: Conduct crimes: each goes on for as long as the conduct does, and is reviewed as it grows.
CONDUCT_CLASSES = Rule(
    "crimes of conduct",
    (InForce(date(2015, 4, 1), frozenset({"8L", "8M", "8Q", "8U"}), crr26("CLS-05", "58")),),
)
STALKING_CLASS = "8Q"
#: What conduct towards a former partner is only if the FCR rules so; otherwise it is stalking.
HARASSMENT_BY_RULING = Rule(
    "harassment that needs a ruling",
    (
        InForce(
            date(2015, 4, 1),
            frozenset({("8L", "195/94"), ("8L", "008/30")}),
            crr26("REC-25", "55"),
        ),
    ),
)
#: Murder, attempted murder, manslaughter and corporate manslaughter.
ADVISED_CLASSES = Rule(
    "classes recorded after advice",
    (InForce(date(2015, 4, 1), frozenset({"1", "2", "4/1", "4/10"}), crr26("CLS-06", "34")),),
)
#: What a school leaves to the police whoever asks, besides what is indictable only or sexual.
SERIOUS_AT_SCHOOL = Rule(
    "classes that schools always report",
    (
        InForce(
            date(2015, 4, 1),
            frozenset(
                {
                    *("5D", "10B", "10C", "10D", "11A", "13", "23", "36", "70", "71", "86"),
                    *("88A", "92A", "92D", "92E", "106"),
                }
            ),
            crr26("REC-19", "12"),
        ),
    ),
)
#: Working days for what follows a decision not to record. The rules say "promptly"; ours.
TELL_REPORTER_DAYS = Rule(
    "telling the reporter that no crime is recorded",
    (InForce(date(2015, 4, 1), 5, force_policy("REC-12")),),
)
APPEAL_DAYS = Rule(
    "deciding an appeal against not recording",
    (InForce(date(2015, 4, 1), 10, force_policy("REC-12")),),
)
RECONSIDER_DAYS = Rule(
    "deciding again on new information",
    (InForce(date(2015, 4, 1), 1, force_policy("REC-12")),),
)
#: Working days for a decision on the class, and for a ruling that was asked for: ours.
RECLASSIFY_DAYS = Rule(
    "deciding on a class", (InForce(date(2015, 4, 1), 5, force_policy("CLS-02")),)
)
RULING_DAYS = Rule("ruling on a question", (InForce(date(2015, 4, 1), 5, force_policy("CLS-04")),))
#: Days until a victim whose equality record is incomplete counts as overdue: ours. Error E23 is a
#: record without it (FB-01); no published rule says by when victims are to be asked.
EQUALITY_OVERDUE_DAYS = Rule(
    "asking victims about equality", (InForce(date(2015, 4, 1), 28, force_policy("FB-01")),)
)
#: Records of an audit that are reviewed a second time by somebody who does not see the first
#: review: this share of those drawn (0..1), and at least so many. The reference on statistics,
#: section 2.2 (A18), proposes them; no published rule gives numbers, so they are the force's.
SECOND_REVIEW_SHARE = Rule(
    "the share of an audit that is reviewed twice",
    (InForce(date(2015, 4, 1), 0.1, force_policy("ROLE-03")),),
)
SECOND_REVIEW_LEAST = Rule(
    "the least records of an audit that are reviewed twice",
    (InForce(date(2015, 4, 1), 10, force_policy("ROLE-03")),),
)
