"""How many crimes, of which class, and whose (CRR26 pages 12 to 20, 34, 56 to 63)."""

from fcr_app.domain.handbook.rule import OUTCOMES, HandbookRule

COUNTING = (
    HandbookRule(
        "CNT-01",
        "One crime for each victim; with none known, for each offender",
        "The recorder enters each crime; the service does not count them from the report.",
    ),
    HandbookRule(
        "CNT-02",
        "One sequence reported together is one crime; later offending another",
        "The recorder decides what belongs together; the service compares no reports.",
    ),
    HandbookRule(
        "CNT-03",
        "The most serious crime counts; modern slavery is recorded as well",
        "The recorder chooses the class; the service does not rank offences.",
    ),
    HandbookRule(
        "CNT-04",
        "Conduct that goes on within 3 months belongs to the crime recorded",
        "The recorder decides whether conduct goes on; no time of 3 months is counted.",
    ),
)
CLASSIFYING = (
    HandbookRule("CLS-01", "The class is that of the time of recording, and is kept for ever"),
    HandbookRule("CLS-02", "Only the FCR or a DDM reclassifies, with a reason that is kept"),
    HandbookRule("CLS-03", "Only a registered registrar turns a recorded rape into an N100, early"),
    HandbookRule("CLS-04", "Where the class is unclear the FCR rules, with reasons"),
    HandbookRule("CLS-05", "Conduct that escalates has its class reviewed"),
    HandbookRule("CLS-06", "Homicide is recorded after asking a senior detective or the FCR"),
    HandbookRule(
        "CLS-07", "Murder may have an alternate outcome only on three conditions", OUTCOMES
    ),
    HandbookRule("CLS-08", "Rape may have another sexual alternate only by the FCR", OUTCOMES),
)
LOCATION = (
    HandbookRule("LOC-01", "Where the suspect was decides, then where the victim was, then home"),
    HandbookRule("LOC-02", "Crime by phone or internet has an order of its own"),
    HandbookRule("LOC-03", "A crime in Scotland or Northern Ireland is referred there first"),
    HandbookRule("LOC-04", "A series across forces is one record, by the most recent’s force"),
    HandbookRule("LOC-05", "On the railway and in the air others may have to record"),
    HandbookRule("LOC-06", "No transfer is refused on rules alone; the victim’s interest counts"),
)
