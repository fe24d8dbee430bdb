"""When no crime has to be recorded: a closed list of grounds, and what each of them needs."""

import re

from fcr_app.domain.citations import crr26
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import Guard, blocks, warns
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.incident_rules import DISBELIEF, DRUNK, UNWILLING
from fcr_app.domain.incidents import Known, ReporterType
from fcr_app.domain.not_recording import questions as q
from fcr_app.domain.not_recording.grounds import GROUND, WITHOUT_THE_VICTIM, Ground, rests_on
from fcr_app.domain.not_recording.location_rules import LOCATION_RULES
from fcr_app.domain.phrases import opinion_in, signs_of_crime
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.rules import SERIOUS_AT_SCHOOL

MENTAL_HEALTH = "a victim’s mental health"
FOR_A_COURT = frozenset({"a lack of evidence", "having no suspect", "CPS advice not to charge"})
QUALIFYING = frozenset({ReporterType.PROFESSIONAL, ReporterType.PARENT_OR_CARER})
#: Unwilling, though nobody says who: "will not support a prosecution".
_WILL_NOT = re.compile(
    r"\b(?:won't|will not|(?:do|does|did)(?: not|n't) (?:want|wish) to|not willing to|"
    r"unwilling to|refus\w+ to|declin\w+ to)\b[^.;:!?]{0,40}?"
    r"\b(?:prosecut\w+|support\w*|press charges|complain\w*|statement|engag\w+|proceed|pursue)\b",
    re.IGNORECASE,
)


def _written(facts: Facts) -> str:
    return ". ".join(facts.said(question) for question in q.IN_OWN_WORDS)


def _phrases(facts: Facts) -> frozenset[str]:
    return frozenset(phrase.what for phrase in opinion_in(_written(facts)))


def _not_on_duty(facts: RecordingFacts) -> bool:
    """Say whether the limit of 24 hours applies: not to an allegation against police on duty."""
    return facts.said(GROUND) not in ("", Ground.ON_DUTY)


def _the_victims_word_is_there(facts: RecordingFacts) -> bool:
    """Say whether the ground is another one than that the victim’s word is missing."""
    return facts.said(GROUND) not in WITHOUT_THE_VICTIM


def _domestic_non_crime(facts: RecordingFacts) -> bool:
    """Say whether the report was opened as domestic and not a crime."""
    return facts.incident.opening_code is OpeningCode.DOMESTIC_NON_CRIME


@blocks(crr26("REC-12", "10"))
def the_report_is_still_to_be_settled(facts: RecordingFacts) -> str | None:
    """A decision not to record is about a report that nothing has settled yet."""
    code = facts.incident.closing_code
    if code is None:
        return None
    return f"This report is settled: {code.label.lower()}. There is nothing left to decide."


@blocks(crr26("N100-01", "63"))
def a_report_of_rape_has_its_own_way(facts: RecordingFacts) -> str | None:
    """A report of rape is settled by recording the crime or by an N100, never by neither."""
    if not facts.incident.told_of_rape:
        return None
    return "It tells of rape. Decide it as a rape report: record the crime, or an N100."


@blocks(crr26("REC-13", "9-10"))
def the_ground_is_on_the_closed_list(facts: RecordingFacts) -> str | None:
    """No crime is recorded only on one of a closed list of grounds."""
    if facts.said(GROUND) in set(Ground):
        return None
    return "Choose the ground. If none of them fits, the crime has to be recorded."


@blocks(crr26("REC-13", "9-10"), when=rests_on(*WITHOUT_THE_VICTIM))
def the_victims_own_report_is_their_word(facts: RecordingFacts) -> str | None:
    """Where the victim made the report, nobody has to confirm it."""
    if facts.incident.reporter_type is not ReporterType.VICTIM:
        return None
    return "The victim reported it. Their report is their word; this ground is for other reporters."


@blocks(crr26("REC-08", "8"), when=rests_on(*WITHOUT_THE_VICTIM))
def a_qualifying_report_is_the_victims_own(facts: RecordingFacts) -> str | None:
    """A report by a professional, parent or carer for the victim counts as the victim’s own.

    It is recorded whatever the victim says later, unless there is reasoned doubt about who the
    reporter is or whether they tell the truth.
    """
    if facts.incident.reporter_type not in QUALIFYING or facts.said(q.DOUBT):
        return None
    return (
        f"{facts.incident.reporter_type.label} reported it, which counts as the victim’s own "
        "report. Record the crime, whether or not the victim agrees."
    )


@warns(crr26("REC-08", "8"), when=rests_on(*WITHOUT_THE_VICTIM))
def doubt_about_a_qualifying_reporter_is_rare(facts: RecordingFacts) -> str | None:
    """Doubt about a professional, parent or carer has to rest on something."""
    if facts.incident.reporter_type not in QUALIFYING or not facts.said(q.DOUBT):
        return None
    return "You doubt the reporter. Say what you checked, and what would have removed the doubt."


@blocks(crr26("REC-05", "7"), when=rests_on(Ground.NOT_CONFIRMED))
def a_victim_who_confirms_it_is_recorded(facts: RecordingFacts) -> str | None:
    """A crime that its victim confirms is recorded, though they support no police action."""
    if facts.incident.victim_confirmed is not Known.YES:
        return None
    return (
        "The report says that the victim confirms it. Record the crime; that they do not support "
        "action is a matter for its outcome."
    )


@blocks(crr26("REC-06", "7"), when=rests_on(Ground.UNTRACED))
def a_victim_who_was_found_is_asked(facts: RecordingFacts) -> str | None:
    """Only while no victim is found can a report rest on that; when traced, they are asked."""
    if facts.incident.victim_traced is not Known.YES:
        return None
    return "The report says that the victim is traced. Ask them, and decide by what they say."


@blocks(crr26("REC-07", "7-8"), when=rests_on(*WITHOUT_THE_VICTIM))
def it_is_not_necessary_all_the_same(facts: RecordingFacts) -> str | None:
    """Without the victim’s word it is recorded if that is necessary or appropriate.

    That may be to find the offender, in the public interest, or for the victim’s vulnerability.
    """
    if facts.said(q.NECESSARY) != YES:
        return None
    return "You say that it is necessary or appropriate to record it. Record the crime."


@warns(crr26("REC-07", "7-8"), when=rests_on(*WITHOUT_THE_VICTIM))
def a_vulnerable_victim_speaks_for_recording(facts: RecordingFacts) -> str | None:
    """A victim’s vulnerability speaks for recording without their word."""
    if not facts.incident.vulnerabilities or facts.said(q.NECESSARY) != NO:
        return None
    named = ", ".join(sorted(flag.label.lower() for flag in facts.incident.vulnerabilities))
    return f"The victim is vulnerable ({named}). Say why it is still right not to record it."


@blocks(crr26("REC-05", "7"), when=_the_victims_word_is_there)
def that_the_victim_is_unwilling_is_no_reason(facts: RecordingFacts) -> str | None:
    """That the victim will not prosecute or support police action is never a reason."""
    plain = _written(facts).replace("’", "'")
    if UNWILLING not in _phrases(facts) and not _WILL_NOT.search(plain):
        return None
    return (
        "Your reasons say that the victim does not support police action. The crime is recorded "
        "all the same, and finished with an outcome (14 or 16). If the ground holds without that, "
        "leave it out of the reasons."
    )


@warns(crr26("REC-03", "7"))
def disbelief_does_not_outweigh_the_victim(facts: RecordingFacts) -> str | None:
    """The victim’s belief is usually enough; an investigator’s doubt does not outweigh it.

    Nor do an inconsistent account, a denial or mental ill health, by themselves.
    """
    found = sorted(_phrases(facts) & (DISBELIEF | {MENTAL_HEALTH}))
    if not found:
        return None
    return (
        f"Your reasons rest on {' and '.join(found)}. Say what credible evidence shows besides "
        "that no crime happened, or record it."
    )


@warns(crr26("REC-03", "7"), when=rests_on(Ground.NO_CRIME))
def the_victims_belief_is_usually_enough(facts: RecordingFacts) -> str | None:
    """What the victim, or somebody who speaks for them, believes to be a crime usually is one."""
    if not facts.incident.reporter_type.counts_as_the_victim:
        return None
    return (
        f"{facts.incident.reporter_type.label} reported it as a crime. Say which part of the "
        "offence is missing in what they reported."
    )


@warns(crr26("REC-15", "9"))
def being_drunk_is_no_reason_by_itself(facts: RecordingFacts) -> str | None:
    """A victim affected by drink or drugs is asked again when fit; it is no reason by itself."""
    if DRUNK not in _phrases(facts):
        return None
    return (
        "Your reasons mention drink or drugs. Say that the victim was spoken to when fit, and what "
        "else shows that there is nothing to record."
    )


@warns(crr26("REC-02", "7"))
def what_a_court_would_need_is_no_test(facts: RecordingFacts) -> str | None:
    """What was reported decides; neither a suspect nor evidence to prosecute is needed."""
    found = sorted(_phrases(facts) & FOR_A_COURT)
    if not found:
        return None
    return (
        f"Your reasons rest on {' and '.join(found)}. That decides about an outcome, not about "
        "recording. Say which ground holds without it."
    )


@warns(crr26("REC-24", "28"), when=_domestic_non_crime)
def a_domestic_report_that_tells_of_a_crime_is_one(facts: RecordingFacts) -> str | None:
    """A report opened as domestic and not a crime may tell of an assault, a threat or damage."""
    found = signs_of_crime(facts.incident.account)
    if not found:
        return None
    told = " and ".join(phrase.what for phrase in found)
    return f"What was reported mentions {told}. Record the crime, or say why there is none."


@warns(crr26("REC-26", "45"), when=rests_on(Ground.NO_CRIME))
def an_assault_without_injury_is_a_crime(facts: RecordingFacts) -> str | None:
    """An assault without injury, or a threat of force inside a home, is a crime: 105A."""
    found = {phrase.what for phrase in signs_of_crime(facts.incident.account)}
    if not found & {"an assault", "a threat"}:
        return None
    return (
        "What was reported mentions an assault or a threat. Without injury, or in a home, that is "
        "105A and not public order. Say why it is neither."
    )


@blocks(crr26("REC-02", "7"), when=rests_on(Ground.CONTRARY))
def the_evidence_was_there_from_the_outset(facts: RecordingFacts) -> str | None:
    """Evidence to the contrary counts before recording only if it is there immediately.

    What an investigation finds later may cancel the crime, and does not keep it off the record.
    """
    if facts.said(q.CONTRARY_NOW) != NO:
        return None
    return "Record the crime. What was found later may be a reason to ask for its cancellation."


@blocks(crr26("REC-19", "12"), when=rests_on(Ground.SCHOOL))
def it_happened_at_school_in_school_hours(facts: RecordingFacts) -> str | None:
    """The schools protocol is for what happens on the premises in school hours."""
    if facts.said(q.AT_SCHOOL) != NO:
        return None
    return "It did not happen at school in school hours, so the protocol is no ground."


@blocks(crr26("REC-19", "12"), when=rests_on(Ground.SCHOOL))
def a_serious_crime_at_school_is_recorded(facts: RecordingFacts) -> str | None:
    """What is on the serious list is recorded wherever it happens.

    That is what is indictable only, every sexual assault, and the classes that the rules name.
    """
    named = facts.said(q.SCHOOL_CLASS).upper().replace(" ", "")
    if named in SERIOUS_AT_SCHOOL.on(facts.today):
        return f"Class {named} is on the serious list. Record the crime."
    if facts.said(q.SCHOOL_SERIOUS) == YES or facts.incident.opening_code is OpeningCode.SEXUAL:
        return "It is indictable only or sexual, so it is on the serious list. Record the crime."
    return None


@blocks(crr26("REC-19", "12"), when=rests_on(Ground.SCHOOL))
def nobody_formally_asked_for_a_record(facts: RecordingFacts) -> str | None:
    """When the school, the child or a parent formally asks, the crime is recorded."""
    if facts.said(q.SCHOOL_ASKED) != YES:
        return None
    return "Somebody entitled to has formally asked for it to be recorded. Record the crime."


@blocks(crr26("REC-18", "9, 86"), when=rests_on(Ground.DISORDER))
def disorder_seen_by_police_is_recorded(facts: RecordingFacts) -> str | None:
    """Disorder that police see is recorded as far as it is notifiable."""
    if facts.said(q.SEEN_BY_POLICE) != YES:
        return None
    return "Police saw the disorder. Record what of it is notifiable."


@blocks(crr26("REC-20", "17"), when=rests_on(Ground.ON_DUTY))
def the_appropriate_authority_is_not_done(facts: RecordingFacts) -> str | None:
    """An allegation against police on duty is recorded once it goes far enough.

    That is a referral for CPS advice, a charge or an outcome out of court, or a case to answer.
    """
    if facts.said(q.AUTHORITY_SAYS) in ("", "assessing"):
        return None
    return "The allegation has gone far enough to be a recorded crime. Record it now."


@blocks(crr26("REC-17", "8-9"), when=rests_on(Ground.COUNTER))
def a_counter_allegation_with_support_is_recorded(facts: RecordingFacts) -> str | None:
    """A suspect’s counter-allegation is recorded if the balance of probability is met."""
    if facts.said(q.SUPPORT_FOUND) != YES:
        return None
    return "You found support for the allegation, so it is recorded like any other."


@warns(crr26("REC-10", "10"), when=_not_on_duty)
def the_decision_comes_within_the_limit(facts: RecordingFacts) -> str | None:
    """Whether to record is decided on the day, and within 24 hours of the first report."""
    if facts.incident.late_by(facts.now) is None:
        return None
    return "The limit for recording it has passed. Say why it is only decided now."


Guards = tuple[Guard[RecordingFacts], ...]

DECISION_RULES: Guards = (
    the_report_is_still_to_be_settled,
    a_report_of_rape_has_its_own_way,
    the_ground_is_on_the_closed_list,
    the_victims_own_report_is_their_word,
    a_qualifying_report_is_the_victims_own,
    doubt_about_a_qualifying_reporter_is_rare,
    a_victim_who_confirms_it_is_recorded,
    a_victim_who_was_found_is_asked,
    it_is_not_necessary_all_the_same,
    a_vulnerable_victim_speaks_for_recording,
    that_the_victim_is_unwilling_is_no_reason,
    the_evidence_was_there_from_the_outset,
    it_happened_at_school_in_school_hours,
    a_serious_crime_at_school_is_recorded,
    nobody_formally_asked_for_a_record,
    disorder_seen_by_police_is_recorded,
    the_appropriate_authority_is_not_done,
    a_counter_allegation_with_support_is_recorded,
    *LOCATION_RULES,
    the_victims_belief_is_usually_enough,
    disbelief_does_not_outweigh_the_victim,
    being_drunk_is_no_reason_by_itself,
    what_a_court_would_need_is_no_test,
    a_domestic_report_that_tells_of_a_crime_is_one,
    an_assault_without_injury_is_a_crime,
    the_decision_comes_within_the_limit,
)
