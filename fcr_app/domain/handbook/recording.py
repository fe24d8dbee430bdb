"""Whether, when and by whom a crime is recorded (CRR26 pages 6 to 18, 28, 44 to 55)."""

from fcr_app.domain.handbook.rule import HandbookRule

RECORDING = (
    HandbookRule(
        "REC-01", "A report that is not recorded as a crime at once is kept as an incident"
    ),
    HandbookRule("REC-02", "A victim’s crime is recorded on the balance of probability"),
    HandbookRule("REC-03", "What the victim believes is usually enough; disbelief is no ground"),
    HandbookRule(
        "REC-04",
        "A crime against the State needs each point to prove made out",
        "The questions asked are those of a victim’s crime; the points to prove are not.",
    ),
    HandbookRule("REC-05", "A victim who does not want police action does not stop the record"),
    HandbookRule("REC-06", "No victim found: a crime-related incident, reopened when one is"),
    HandbookRule("REC-07", "Clear evidence is enough without the victim where recording is needed"),
    HandbookRule("REC-08", "A professional or carer’s report is as good as the victim’s own"),
    HandbookRule("REC-09", "Any other third party’s report needs the victim to confirm it"),
    HandbookRule("REC-10", "Recorded the same day, at most 24 hours after the first report"),
    HandbookRule("REC-11", "A late record has an allowed reason, and the FCR sees it"),
    HandbookRule("REC-12", "A decision not to record is kept, told, and open to appeal"),
    HandbookRule("REC-13", "A crime-related incident rests on one of a closed list of grounds"),
    HandbookRule("REC-14", "A partner’s referral, or a new crime heard at MARAC, is recorded"),
    HandbookRule("REC-15", "Drink or drugs alone are no ground for not recording"),
    HandbookRule(
        "REC-16",
        "A suspect under 10, or without capacity, does not stop the record",
        "Nothing is asked about a suspect before a crime is recorded, so nothing can stop it.",
    ),
    HandbookRule("REC-17", "A counter-allegation is recorded only if it is more likely than not"),
    HandbookRule("REC-18", "Disorder that is over, with no victim found, stays an incident"),
    HandbookRule("REC-19", "At school, all but serious crime waits for a formal request"),
    HandbookRule("REC-20", "An allegation against police on duty follows a procedure of its own"),
    HandbookRule(
        "REC-21",
        "A record may wait where it would harm an operation of the NCA",
        "What is held back for the NCA stays outside this service until it may be recorded.",
    ),
    HandbookRule(
        "REC-22",
        "FGM disclosed under the mandatory duty is recorded at once",
        "Such a report is entered like any other; the mandatory duty itself is not checked.",
    ),
    HandbookRule(
        "REC-23",
        "Modern slavery is recorded without waiting for reasonable grounds",
        "A referral comes in as a report; when the duty to record begins is not worked out.",
    ),
    HandbookRule("REC-24", "Domestic abuse is flagged, and no “domestic, not a crime” hides one"),
    HandbookRule("REC-25", "Conduct towards a former partner is stalking unless the FCR rules"),
    HandbookRule("REC-26", "A threat of force at home, or assault without injury, is 105A"),
    HandbookRule("REC-27", "A non-recent crime is recorded within 24 hours of its report"),
)
