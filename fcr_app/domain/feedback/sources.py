"""Where each rule that feedback may rest on stands: the documents and pages of the handbook."""

from fcr_app.domain.citations import Citation, crr26, force_policy, inspection, ofg26
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.questions import Option

_CITES = (
    crr26("REC-01", "6"),
    crr26("REC-02", "7"),
    crr26("REC-03", "7"),
    crr26("REC-04", "7-8"),
    crr26("REC-05", "7"),
    crr26("REC-06", "7"),
    crr26("REC-07", "7-8"),
    crr26("REC-08", "8"),
    crr26("REC-09", "8"),
    crr26("REC-10", "10"),
    crr26("REC-11", "10"),
    crr26("REC-12", "10"),
    crr26("REC-13", "9-10"),
    crr26("REC-14", "10"),
    crr26("REC-15", "9"),
    crr26("REC-16", "9"),
    crr26("REC-17", "8-9"),
    crr26("REC-18", "9, 86"),
    crr26("REC-19", "12"),
    crr26("REC-20", "17"),
    crr26("REC-21", "18"),
    crr26("REC-22", "44-45"),
    crr26("REC-23", "13, 48"),
    crr26("REC-24", "28"),
    crr26("REC-25", "55"),
    crr26("REC-26", "45"),
    crr26("REC-27", "18"),
    crr26("CNT-01", "12"),
    crr26("CNT-02", "12"),
    crr26("CNT-03", "12-14"),
    crr26("CNT-04", "57-58"),
    crr26("CLS-01", "13"),
    crr26("CLS-02", "13"),
    crr26("CLS-03", "63"),
    crr26("CLS-04", "57"),
    crr26("CLS-05", "58"),
    crr26("CLS-06", "34"),
    crr26("LOC-01", "15"),
    crr26("LOC-02", "15"),
    crr26("LOC-03", "15"),
    crr26("LOC-04", "16"),
    crr26("LOC-05", "16"),
    crr26("LOC-06", "16"),
    crr26("N100-01", "63"),
    crr26("N100-02", "63"),
    crr26("N100-03", "63"),
    force_policy("N100-04"),
    crr26("N100-05", "8, 62"),
    crr26("N100-06", "9"),
    crr26("N100-07", "8"),
    crr26("N100-08", "63"),
    crr26("N100-09", "62"),
    crr26("N100-10", "62"),
    crr26("N100-11", "64"),
    crr26("N100-12", "63"),
    crr26("N100-13", "63"),
    crr26("N100-14", "63"),
    force_policy("N100-15"),
    inspection("N100-17"),
    crr26("CANC-01", "25"),
    crr26("CANC-02", "25"),
    crr26("CANC-03", "25"),
    crr26("CANC-04", "25"),
    crr26("CANC-05", "25"),
    ofg26("CANC-06", "29"),
    ofg26("CANC-07", "27, 29"),
    force_policy("CANC-08"),
    force_policy("CANC-10"),
    force_policy("CANC-11"),
    force_policy("CANC-12"),
    ofg26("CANC-13", "28"),
    ofg26("CANC-14", "28"),
    ofg26("CANC-15", "29"),
    crr26("CANC-16", "45"),
    crr26("CANC-17", "26, 48"),
    ofg26("CANC-18", "28"),
    crr26("CANC-19", "25"),
    ofg26("CANC-20", "27"),
    ofg26("CANC-21", "18, 27"),
    force_policy("CANC-22"),
    ofg26("TRF-01", "26"),
    crr26("TRF-02", "25"),
    crr26("TRF-03", "15"),
    inspection("TRF-05"),
    crr26("VIC-01", "26"),
    crr26("VIC-02", "26"),
    force_policy("VIC-03"),
    force_policy("VIC-04"),
    force_policy("VIC-05"),
    ofg26("OUT-03", ""),
    crr26("DIA-01", "10"),
    inspection("DIA-02"),
    force_policy("DIA-03"),
    force_policy("DIA-04"),
    force_policy("ROLE-02"),
    force_policy("ROLE-03"),
)

#: Every rule that a decision on a record can have broken, by its handbook id.
SOURCES: dict[str, Citation] = {cite.rule: cite for cite in _CITES}


def rule_text(rule_id: str) -> str:
    """Return a rule in a few words with its source, as feedback quotes it; empty for none."""
    if rule_id not in HANDBOOK:
        return ""
    cite = SOURCES.get(rule_id)
    source = f" ({cite.source.value}{cite.where})" if cite else ""
    return f"{rule_id} {HANDBOOK[rule_id].name}{source}"


RULE_OPTIONS = tuple(Option(rule, f"{rule} {HANDBOOK[rule].name}") for rule in SOURCES)
