"""The words of crime recording, once: what each means here, and its name in the code.

Pages and code use these words and no others for these things. Printed to ``docs/glossary.md``.
"""

from fcr_app.domain.audits.terms import AUDIT_TERMS
from fcr_app.domain.citations import Citation, Source, crr26, force_policy, ofg26, victims_code
from fcr_app.domain.term import Term

__all__ = ["GLOSSARY", "Term"]

_MODELS = "fcr_app.models"
_DOMAIN = "fcr_app.domain"

_RECORDING = (
    Term(
        "Accreditation",
        "What a person has been trained or admitted for, with its dates: the DDM course, or a "
        "place on the professional register. It gives authority only while it is in force.",
        f"{_DOMAIN}.roles.Accreditation",
        force_policy("ROLE-01"),
    ),
    Term(
        "Additional verifiable information (AVI)",
        "Information that was not available when the crime was recorded, can be checked, and "
        "shows that no notifiable crime happened. The reason for a C2 cancellation.",
        f"{_DOMAIN}.removal_rules.the_information_is_additional",
        ofg26("CANC-13", "28"),
    ),
    Term(
        "Approve in principle",
        "Decide that a crime will be removed. It stays recorded until the victim has been told.",
        f"{_DOMAIN}.effects.RecordDecision",
        crr26("VIC-01", "26"),
    ),
    Term(
        "Authority",
        "What entitles a person to decide a request, worked out from their accreditation at the "
        "moment they decide, and kept with the decision.",
        f"{_DOMAIN}.authority.Authority",
        crr26("CANC-01", "25"),
    ),
    Term(
        "Bulletin",
        "A reminder of a rule that the FCR publishes for some roles and units. Whoever it is for "
        "says that they have read it.",
        f"{_MODELS}.Bulletin",
        force_policy("FB-02"),
    ),
    Term(
        "C1 to C5",
        "The five reasons for which a recorded crime may leave the record: transferred to another "
        "force, additional verifiable information, duplicate or part of another crime, recorded "
        "in error, self-defence.",
        f"{_DOMAIN}.removal.RemovalCode",
        crr26("CANC-22", "25-26"),
    ),
    Term(
        "Cancellation",
        "Taking a recorded crime out of the statistics for reason C2, C3, C4 or C5.",
        "fcr_app.workflows.cancellation.CANCELLATION",
        crr26("CANC-05", "25"),
    ),
    Term(
        "Case",
        "One piece of work that goes through a workflow, such as one request to cancel a crime.",
        f"{_MODELS}.Case",
    ),
    Term(
        "Chief officer (crime recording lead)",
        "The chief officer responsible for crime recording. Decides a reserved request only where "
        "the force has no FCR on the register, and only with the registrar’s advice.",
        f"{_DOMAIN}.roles.Role.CHIEF_OFFICER",
        crr26("CANC-02", "25"),
    ),
    Term(
        "Claim",
        "Take a case to decide it. Nobody else decides it until it is released or given on.",
        "fcr_app.models.Case.claimed_by_id",
    ),
    Term(
        "Crime",
        "A recorded crime: one that the rules say is to be recorded, with its number and class.",
        f"{_MODELS}.Crime",
        crr26("REC-02", "7"),
    ),
    Term(
        "Deadline",
        "The time allowed in one state, in working days of England and Wales.",
        f"{_DOMAIN}.deadlines.Deadline",
    ),
    Term(
        "Decider",
        "Whoever decides a request: a DDM, the FCR or a deputy, or in one case the chief officer.",
        f"{_DOMAIN}.roles.DECIDERS",
        crr26("CANC-04", "25"),
    ),
    Term(
        "Deputy",
        "Somebody who covers for somebody else between two days. It lends no authority.",
        f"{_MODELS}.Deputy",
        force_policy("CANC-11"),
    ),
    Term(
        "Designated decision maker (DDM)",
        "Somebody trained in the recording rules and independent of the investigation, who "
        "decides cancellations other than C2 on rape and homicide.",
        f"{_DOMAIN}.roles.Role.DDM",
        crr26("CANC-04", "25"),
    ),
    Term(
        "Enhanced rights",
        "What the Victims’ Code gives victims of the most serious crime and those who are "
        "persistently targeted, vulnerable or intimidated. They are told within 1 working day.",
        f"{_MODELS}.Victim.enhanced_ground",
        victims_code("VC-05"),
    ),
    Term(
        "Equality record",
        "What one victim was asked about the protected characteristics, and answered. A crime "
        "recorded from a report shares the report’s.",
        f"{_MODELS}.equality.EqualityRecord",
    ),
    Term(
        "Escalation",
        "When a clock tells people, and whom: whoever has to act, then their supervisor, then the "
        "FCR. Each level of it is told once.",
        f"{_DOMAIN}.escalation.Escalation",
    ),
    Term(
        "Exception",
        "The FCR’s approval that a victim is not told, because they can’t be traced, contact is "
        "unsafe, or they have died.",
        f"{_MODELS}.NoticeException",
        force_policy("VIC-05"),
    ),
    Term(
        "Feedback",
        "The reasons, with the rule, sent to whoever asked or decided before. It is acknowledged.",
        f"{_MODELS}.FeedbackItem",
        Citation("FB-01", Source.INSPECTION),
    ),
    Term(
        "Force Crime Registrar (FCR)",
        "The person who oversees crime recording in the force and has the last word on it. Only an "
        "FCR on the register decides C2 on rape and homicide.",
        f"{_DOMAIN}.roles.Role.FCR",
        crr26("CANC-01", "25"),
    ),
    Term(
        "Incident",
        "A report to the police that is not, or not yet, a recorded crime.",
        f"{_MODELS}.Crime.incident_reference",
        crr26("REC-01", "6"),
    ),
    Term(
        "Independent",
        "Taking no part in the investigation: not the requester, nor the officer in the case now "
        "or before, nor somebody who supervises it or contributed to it.",
        f"{_DOMAIN}.authority.closeness",
        crr26("CANC-05", "25"),
    ),
    Term(
        "Learning plan",
        "What is agreed with a person whose same error was seen several times: actions, who sees "
        "to it, a review, and what came of it. It is help, and measures nobody.",
        f"{_MODELS}.LearningPlan",
        force_policy("FB-02"),
    ),
    Term(
        "N100",
        "A reported incident of rape: a report that is not recorded as a crime of rape, for one of "
        "three published reasons.",
        f"{_MODELS}.Offence.reported_incident",
        crr26("N100-12", "63"),
    ),
    Term(
        "Notice",
        "A message in a person’s list: something happened to a case of theirs, or it is late.",
        f"{_MODELS}.Notice",
    ),
    Term(
        "Offence class and code",
        "How the Home Office list names an offence, such as 19C and 019/08. One code stands in "
        "several classes, so the two always go together.",
        f"{_MODELS}.Offence",
        crr26("CLS-01", "13"),
    ),
    Term(
        "Officer in the case (OIC)",
        "The officer who investigates the crime. Asks for a cancellation and never decides it.",
        f"{_DOMAIN}.facts.Part.OFFICER_IN_CASE",
        crr26("CANC-12", "25"),
    ),
    Term(
        "Officer-observed ethnicity",
        "How an officer describes somebody, by the IC codes (6+1). Kept apart from what the person "
        "says, and never in its place.",
        f"{_DOMAIN}.equality.ethnicity.OBSERVED",
    ),
    Term(
        "Outbox",
        "E-mails that wait to be sent. They are written with the change they tell of.",
        f"{_MODELS}.Message",
    ),
    Term(
        "Protected characteristic",
        "One of the nine that the Equality Act 2010 names in section 4: age, disability, gender "
        "reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or "
        "belief, sex, sexual orientation.",
        f"{_DOMAIN}.equality.items.Item",
    ),
    Term(
        "Receiving force",
        "The force in whose area the crime happened and which takes it over (C1).",
        f"{_MODELS}.CancellationRequest.receiving_force",
        crr26("TRF-02", "25"),
    ),
    Term(
        "Register",
        "The College of Policing’s professional register of Force Crime Registrars.",
        f"{_DOMAIN}.roles.AccreditationKind.REGISTER",
        crr26("CANC-01", "25"),
    ),
    Term(
        "Reinstatement",
        "Putting a removed crime back on record, with a reason.",
        f"{_DOMAIN}.effects.ReinstateCrime",
        force_policy("ROLE-02"),
    ),
    Term(
        "Removal",
        "The moment a crime leaves the statistics, cancelled or transferred.",
        f"{_DOMAIN}.effects.RemoveCrime",
        crr26("VIC-01", "26"),
    ),
    Term(
        "Requester",
        "Whoever asks for a crime to be removed.",
        f"{_DOMAIN}.effects.Audience.REQUESTER",
        crr26("CANC-12", "25"),
    ),
    Term(
        "Reserved offence",
        "Rape and homicide: C2 on them belongs to an FCR on the register.",
        f"{_DOMAIN}.rules.RESERVED_CLASSES",
        crr26("CANC-01", "25"),
    ),
    Term(
        "Rule set",
        "The edition of the recording rules that a decision was made by, kept with it.",
        f"{_DOMAIN}.rules.RULE_SET",
        crr26("VER-01", "1"),
    ),
    Term(
        "Self-defined ethnicity",
        "What somebody says their ethnic group is, by the police codes 18+1; older records have "
        "16+1.",
        f"{_DOMAIN}.equality.ethnicity.EIGHTEEN",
    ),
    Term(
        "Set aside",
        "Undo a decision that nothing has followed yet, so that the request is decided again. The "
        "first decision stays on record.",
        f"{_MODELS}.Decision.supersedes_id",
        force_policy("ROLE-02"),
    ),
    Term(
        "State",
        "Where a case stands in its workflow.",
        "fcr_app.workflows.cancellation.State",
    ),
    Term(
        "Step",
        "One thing that can be done to a case, by whom, under which rules, with what result.",
        f"{_DOMAIN}.workflow.Step",
    ),
    Term(
        "Surviving crime",
        "The crime that stays recorded when its duplicate is cancelled (C3).",
        f"{_DOMAIN}.facts.SurvivorFacts",
        ofg26("CANC-20", "27"),
    ),
    Term(
        "Theme",
        "A rule of the handbook or a kind of error, with all that a course about it needs.",
        f"{_DOMAIN}.themes.Theme",
    ),
    Term(
        "Training task",
        "A learning plan of a unit: the same error was seen several times in it, whoever made it.",
        f"{_MODELS}.LearningPlan.unit_id",
        force_policy("FB-02"),
    ),
    Term(
        "Transfer",
        "Handing a crime to the force in whose area it happened (C1).",
        f"{_DOMAIN}.removal.RemovalCode.C1",
        crr26("TRF-02", "25"),
    ),
    Term(
        "Victim notice",
        "The record of telling a victim: when, how, by whom, to whom, what was said, the reply.",
        f"{_MODELS}.VictimNotice",
        crr26("VIC-02", "26"),
    ),
    Term(
        "Working day",
        "Monday to Friday, without the bank holidays of England and Wales.",
        f"{_DOMAIN}.working_days.is_working_day",
    ),
)

#: Every word, in the order of the alphabet.
GLOSSARY = tuple(sorted((*_RECORDING, *AUDIT_TERMS), key=lambda term: term.word.casefold()))
