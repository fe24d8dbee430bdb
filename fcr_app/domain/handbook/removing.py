"""Removing recorded crimes: who decides, on what, and who is told (CRR26 pages 25, 26; OFG26)."""

from fcr_app.domain.handbook.rule import OUTCOMES, HandbookRule

CANCELLING = (
    HandbookRule("CANC-01", "Rape and homicide under C2 belong to an FCR on the register"),
    HandbookRule("CANC-02", "With no FCR on the register, a chief officer decides, with advice"),
    HandbookRule("CANC-03", "The FCR decides alone; nobody approves that decision"),
    HandbookRule("CANC-04", "Everything else under C2 belongs to a DDM or the FCR"),
    HandbookRule("CANC-05", "Whoever decides is independent of the investigation"),
    HandbookRule("CANC-06", "Whoever decides is trained, under the FCR’s oversight"),
    HandbookRule("CANC-07", "C5 belongs to a trained DDM or FCR, for a few classes only"),
    HandbookRule("CANC-08", "No line manager of the officer in the case decides"),
    HandbookRule("CANC-09", "The independence rule leaves C1 open; it is decided all the same"),
    HandbookRule("CANC-10", "Rape and homicide under C1, C3 and C4 may be kept for the FCR"),
    HandbookRule("CANC-11", "A deputy has a registrar’s powers only if on the register in person"),
    HandbookRule("CANC-12", "The investigator and the supervisor may only ask"),
    HandbookRule("CANC-13", "Information is additional, verifiable, and settles that no crime was"),
    HandbookRule("CANC-14", "Kept: when it became available, its source, how to verify it, effect"),
    HandbookRule("CANC-15", "No cancellation where a withdrawal may rest on fear or pressure"),
    HandbookRule("CANC-16", "FGM is cancelled only on the FCR’s authority"),
    HandbookRule("CANC-17", "Modern slavery: reasonable grounds alone never cancel"),
    HandbookRule("CANC-18", "Opinion, no evidence or an unwilling victim are no information"),
    HandbookRule("CANC-19", "The harm of a wrong decision is weighed"),
    HandbookRule("CANC-20", "A duplicate’s survivor exists, is live, and matches"),
    HandbookRule("CANC-21", "An error is a genuine mistake, with its trail"),
    HandbookRule("CANC-22", "Each ground has its own code; what was known before is no news"),
    HandbookRule("CANC-23", "Another agency’s crime gets outcome 20 and stays", OUTCOMES),
)
TRANSFERRING = (
    HandbookRule("TRF-01", "Verifiable information shows that it happened elsewhere"),
    HandbookRule("TRF-02", "Removed once the other force’s number is held and the victim has it"),
    HandbookRule("TRF-03", "Until it is accepted it stays this force’s, with its clock"),
    HandbookRule(
        "TRF-04",
        "Disputes are between registrars or DDMs, with what was written kept",
        "Forces settle it between their registrars; only what they agreed is entered here.",
    ),
    HandbookRule("TRF-05", "What another force sends in is recorded on receipt"),
    HandbookRule(
        "TRF-06",
        "The sending force takes the report, and secures the evidence",
        "How officers secure evidence for another force is not tracked here.",
    ),
)
TELLING = (
    HandbookRule("VIC-01", "Under C1, C2 and C5 the victim is told before the crime is removed"),
    HandbookRule("VIC-02", "The victim is told what was decided and why, and a transfer’s number"),
    HandbookRule("VIC-03", "Under C3 and C4 the victim may be told"),
    HandbookRule("VIC-04", "Within 5 working days, or 1 with enhanced rights"),
    HandbookRule("VIC-05", "Only the FCR excuses from telling a victim"),
    HandbookRule("VIC-06", "The victim is told before an outcome is applied", OUTCOMES),
    HandbookRule("VIC-07", "Measured: victims told before removal"),
)
