"""What people say in the cases of a loaded force. Everybody says much the same."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from fcr_app.domain.removal import RemovalCode

_INFORMATION = {
    "information": "CCTV from the shop shows the owner handing the item over and walking away. "
    "The manager remembers it and keeps the receipt that both of them signed.",
    "information_source": "CCTV, exhibit DEMO/1, and the manager’s statement.",
    "verified_how": "The recording is in the property store; the manager can be rung.",
    "effect": "It shows that what was reported did not happen.",
    "victim_withdrew": "no",
}
_REQUESTS: Mapping[RemovalCode, Mapping[str, str]] = {
    RemovalCode.C1: {
        "location_basis": "victim",
        "location_evidence": "Card payments and a hotel bill place the victim in the other area.",
        "receiving_force": "Demonstration Neighbour Police",
    },
    RemovalCode.C2: _INFORMATION,
    RemovalCode.C3: {
        "duplicate_kind": "same",
        "duplicate_evidence": "Same victim, same time and same place on both records.",
    },
    RemovalCode.C4: {
        "mistake": "A report of lost property was entered on the form for thefts by mistake.",
        "victim_withdrew": "no",
    },
    RemovalCode.C5: _INFORMATION,
}
WITH_RISK = frozenset({RemovalCode.C2, RemovalCode.C4, RemovalCode.C5})

_SATISFIED = dict.fromkeys(
    (
        "is_additional", "is_verifiable", "is_information", "is_elsewhere", "is_same",
        "is_mistake", "is_self_defence",
    ),
    "yes",
)  # fmt: skip
APPROVAL = {
    **_SATISFIED,
    "rationale": "I looked at the exhibit and rang its keeper. It is settled.",
}

#: What is said with each step but the request.
SAID: Mapping[str, Mapping[str, str]] = {
    "approve": APPROVAL,
    "approve_transfer": APPROVAL,
    "approve_and_remove": APPROVAL,
    "refuse": {"rationale": "What was sent does not show that no crime happened; it stays."},
    "return": {"to_mend": "Say where the recording is kept and who can confirm what it shows."},
    "withdraw": {},
    "record_reference": {},
    "record_notice": {
        "told_how": "phone",
        "told_whom": "The victim",
        "told_by": "The officer in the case",
        "told_what": "That the crime is to be removed from the record, and why.",
        "given_reference": "yes",
    },
    "remove": {"satisfied_told": "yes"},
}


def request_for(code: RemovalCode, risk: str) -> dict[str, str]:
    """Return what a request says."""
    said = {"code": code.value, **_REQUESTS[code]}
    return {**said, "risk": risk} if code in WITH_RISK else said


def sample_values(now: datetime) -> dict[str, str]:
    """Return values for what differs from case to case."""
    moment = (now - timedelta(minutes=1)).isoformat()
    return {
        "available_on": now.date().isoformat(),
        "surviving_crime": "LD/2",
        "receiving_reference": "DEMO-1",
        "reference_at": moment,
        "victim": "1",
        "told_at": moment,
    }
