"""What the demonstration's FCR reminds staff of."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Said:
    """One bulletin.

    Attributes:
        shown_at: Place, step, what is asked and class of each decision it is shown at.
        roles: For whom; for everybody who works on cases where empty.
        read_by: Who has said that they read it.
    """

    key: str
    days_ago: float
    rule: str
    title: str
    text: str
    right: str = ""
    wrong: str = ""
    errors: str = ""
    shown_at: tuple[tuple[str, str, str, str], ...] = ()
    roles: str = ""
    units: str = ""
    read_by: tuple[str, ...] = ()
    by: str = "fcr"
    published: bool = True


BULLETINS = (
    Said(
        key="professional",
        days_ago=20,
        rule="REC-08",
        title="A teacher’s or a parent’s report is enough",
        text="A report by somebody whose work it is to look after the victim, or by a parent or "
        "carer, is as good as the victim’s own. Record the crime. Do not wait for the victim to "
        "confirm it.",
        right="A school’s safeguarding lead reports an assault on a pupil. The crime is recorded "
        "the same day, before anybody has spoken with the pupil.",
        wrong="The report is closed because the pupil “did not want to say anything”.",
        errors="E06 E10",
        shown_at=(
            ("report", "", "", ""),
            ("not_recorded", "", "", ""),
            ("rape_report", "", "", ""),
        ),
        roles="officer supervisor ddm",
        read_by=("officer1", "officer3", "supervisor1", "ddm1"),
    ),
    Said(
        key="verifiable-old",
        days_ago=30,
        rule="CANC-13",
        title="What cancels a crime",
        text="Information that cancels a crime is new, can be checked by somebody else, and "
        "settles that no crime happened.",
        roles="officer supervisor",
        read_by=("officer2",),
    ),
    Said(
        key="verifiable",
        days_ago=8,
        rule="CANC-13",
        title="Three tests before you ask for C2",
        text="Information under C2 is additional: nobody had it when the crime was recorded. It is "
        "verifiable: somebody else can check it, and you say how. It settles the matter: no crime "
        "happened. Doubt about the victim meets none of the three.",
        right="CCTV found a week later shows the car rolling into the wall by itself. The request "
        "names the camera, and who keeps the recording.",
        wrong="The victim “may have been mistaken” and does not answer the telephone.",
        errors="E15",
        shown_at=(("cancellation", "", "C2", ""),),
        read_by=("officer1", "officer2", "supervisor2", "deputy"),
    ),
    Said(
        key="clock",
        days_ago=5,
        rule="DIA-01",
        title="An appointment does not stop the clock",
        text="A visit in three days’ time changes nothing about the 24 hours. Where the report "
        "says enough, record the crime now, then go.",
        errors="E14",
        shown_at=(("diary", "", "", ""), ("report", "", "", "")),
        roles="officer supervisor",
        units="north contact",
        read_by=("officer1",),
    ),
    Said(
        key="stalking",
        days_ago=3,
        rule="REC-25",
        title="A former partner: think stalking first",
        text="Two or more incidents towards a former partner are stalking unless the FCR rules "
        "otherwise. Harassment is not the safe choice; ask for a ruling where you doubt it.",
        errors="E22",
        shown_at=(
            ("crime", "", "", "8L"),
            ("reclassification", "", "", "8L"),
            ("report", "", "", ""),
        ),
        read_by=("supervisor3", "officer5"),
        by="deputy",
    ),
    Said(
        key="victim-first",
        days_ago=0.2,
        rule="VIC-01",
        title="Tell the victim before the crime is removed",
        text="Under C1, C2 and C5 nothing is removed before its victim was told, and told why. "
        "A letter that came back has told nobody.",
        right="The officer visits, explains, writes down what the victim said, and only then asks "
        "for the crime to be removed.",
        errors="E18",
        shown_at=(("cancellation", "remove", "", ""), ("cancellation", "record_notice", "", "")),
        published=False,
    ),
)
#: The one that was made clearer a day later, to what, and why.
CORRECTED = "professional"
CORRECTION = (
    "A report by somebody whose work it is to look after the victim, or by a parent or carer, "
    "is as good as the victim’s own. That means teachers, nurses, doctors, social workers and "
    "staff of a SARC. Record the crime within 24 hours. Do not wait for the victim to confirm it."
)
CORRECTED_BECAUSE = "Some asked who counts as a professional, so the text says it."
REMINDED = "clock"
#: The one that was withdrawn when another took its place, and why.
REPLACING = "verifiable"
WITHDRAWN = "verifiable-old"
WITHDRAWN_BECAUSE = "It named two of the three tests only. The new one names all three."

EXAMPLES = {
    "REC-08": "A nurse rang about a patient’s injuries and what the patient had told her. The "
    "report was first kept as “awaiting the victim”. Right: the nurse’s report is enough, so the "
    "assault is recorded that day, and the patient is asked about an investigation later.",
    "E15": "A request said that the victim “was known to make things up”. Right: a view of the "
    "victim is no information. The crime stays; only something new that others can check could "
    "settle it.",
    "CANC-13": "A shop found the missing stock in its own store room, with the delivery note. "
    "Right: that is new, can be checked, and settles that nothing was stolen, so C2 applies.",
}
