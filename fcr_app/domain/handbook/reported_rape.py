"""Reported incidents of rape, N100 (CRR26 pages 8 to 10 and 62 to 64)."""

from fcr_app.domain.handbook.rule import HandbookRule

REPORTED_RAPE = (
    HandbookRule("N100-01", "A reported rape that is not recorded as one at once is an N100"),
    HandbookRule("N100-02", "One for each relationship of a victim and an offender"),
    HandbookRule("N100-03", "Once confirmed it becomes a recorded rape without delay"),
    HandbookRule("N100-04", "The 24-hour clock runs on while no code is settled"),
    HandbookRule("N100-05", "A professional or carer’s report is a rape, not an N100"),
    HandbookRule("N100-06", "Mental ill-health, drink or a confused account are no ground"),
    HandbookRule("N100-07", "A later refusal to confirm is no ground"),
    HandbookRule("N100-08", "A dispute about consent is no ground"),
    HandbookRule("N100-09", "What a SARC passes on with details or samples is a rape"),
    HandbookRule("N100-10", "What a SARC passes on without anybody’s identity is an N100"),
    HandbookRule("N100-11", "A rape elsewhere is an N100/03 before it is transferred"),
    HandbookRule("N100-12", "The FCR sees every N100 that stays one, and confirms its code"),
    HandbookRule("N100-13", "An N100 is cancelled only for a genuine error of the report taker"),
    HandbookRule("N100-14", "A recorded rape becomes an N100 only early, by a registrar (CLS-03)"),
    HandbookRule("N100-15", "A recorded rape later disproved is cancelled under C2, no N100"),
    HandbookRule("N100-16", "Three measures: N100s missing, N100s wrong, rapes recorded"),
    HandbookRule("N100-17", "Safeguarding is recorded whatever becomes of the report"),
)
