"""What the demonstration's people write about classes, rulings and what is not recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: No step: what was typed is kept, and nothing is sent.
DRAFT = "draft"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step of a case, so many hours ago."""

    hours_ago: float
    who: str
    trigger: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report, and what was decided about it."""

    hours_ago: float
    opening: str
    account: str
    location: str
    acts: tuple[Act, ...]
    reporter: str = "victim"
    traced: str = "yes"
    confirmed: str = "yes"
    workflow: str = "not_recorded"


def act(hours_ago: float, who: str, trigger: str, **answers: str) -> Act:
    """Return one act."""
    return Act(hours_ago=hours_ago, who=who, trigger=trigger, answers=answers)


SATISFIED = {
    "is_shown": "yes",
    "rationale": "I read the material with the class’s counting rules; the new class fits it.",
}
NOT_SHOWN = {
    "rationale": "What was sent is a suspicion about motive. The class follows what was reported, "
    "and that has not changed.",
}


def another(offence: str, why: str, shows: str, **more: str) -> dict[str, str]:
    """Ask for another class."""
    return {"new_offence": offence, "why_reclassify": why, "what_shows_it": shows, **more}


CLASS_STORIES: tuple[tuple[str, tuple[Act, ...]], ...] = (
    ("van-break-in", (
        act(5, "officer1", DRAFT, new_offence="30C 030/02", why_reclassify="wrong_from_the_start"),
    )),
    ("borrowed-car", (
        act(20, "officer3", "submit", **another("49 049/03", "new_information",
            "The owner’s lodger says that he borrowed it to move house, and brought it back; what "
            "is missing is the tool box that was in it.")),
    )),
    ("threat-letter", (
        act(60, "officer1", "submit", **another("8R 005/28", "wrong_from_the_start",
            "The letter threatens serious harm and not death, when it is read as a whole.")),
        act(40, "ddm1", "return", to_mend="Quote the two sentences that you mean, and say whether "
            "the victim read them as a threat to kill."),
    )),
    ("control", (
        act(90, "officer3", "submit", **another("8N 008/06", "escalation",
            "A second incident was added: an injured wrist, photographed by her doctor.",
            escalated="yes")),
        act(70, "ddm1", "refuse", rationale="The injury is a crime of its own and is recorded as "
            "one. The conduct around it stays controlling behaviour."),
    )),
    ("phone-robbery", (
        act(120, "officer1", "submit", **another("39 039/00", "new_information",
            "Camera pictures show the telephone being lifted from an open bag; nobody touched the "
            "victim, who confirms it after seeing them.")),
        act(100, "ddm1", "reclassify", **SATISFIED),
    )),
    ("messages", (
        act(50, "fcr", "submit", **another("8Q 195/12", "wrong_from_the_start",
            "Thirty messages in a week and two visits to the victim’s work are a course of conduct "
            "towards a former partner.", ex_partner="yes")),
        act(49, "fcr", "reclassify", **SATISFIED),
    )),
    ("cannabis", (
        act(30, "officer2", "submit", **another("10D 008/26", "new_information",
            "A lock knife was found in the same bag when it was booked in.")),
        act(28, "officer2", "withdraw"),
    )),
)  # fmt: skip

QUESTION_STORIES: tuple[tuple[str, tuple[Act, ...]], ...] = (
    ("servitude", (act(3, "officer6", DRAFT, asked_question="One crime for each worker, or one"),)),
    ("touching", (
        act(26, "officer5", "ask",
            asked_question="Is a hand on a thigh over clothes on a crowded bus a sexual assault?",
            asked_why="The victim is sure, the man says that the bus braked; both may be right."),
    )),
    ("push-on-stairs", (
        act(80, "officer4", "ask",
            asked_question="Is being pushed aside in a hurry an assault without injury?",
            asked_why="No injury, no words, and the camera shows a crowd on the stairs."),
        act(60, "fcr", "rule", ruling_question="A push in passing, without injury",
            ruling_topic="classify", ruling_class="105A", ruling_rules="REC-26, CLS-04",
            ruling_facts="A stranger in a hurry pushes past somebody on stairs; no injury.",
            ruling_text="It is assault without injury if the push was meant, or reckless. A crowd "
            "that moves is neither.",
            rationale="The rules ask for unlawful force, however slight. Haste is no excuse, and "
            "being carried along by others is no act of one’s own."),
    )),
    ("affray", (
        act(75, "officer4", "ask",
            asked_question="One affray or an assault on each person who was struck?",
            asked_why="Four were fighting, and two strangers were struck while they watched."),
        act(65, "fcr", "decline", rationale="The principal crime table answers it: count the most "
            "serious for each victim. No ruling is needed (CNT-03)."),
    )),
    ("arson-bin", (
        act(18, "officer4", "ask",
            asked_question="Is a bin on a school’s yard the property of the school or the council?",
            asked_why="It decides who the victim is. The council has answered meanwhile."),
        act(16, "officer4", "withdraw"),
    )),
)  # fmt: skip

RULINGS: tuple[Mapping[str, str], ...] = (
    {
        "by": "fcr", "days_ago": "400", "topic": "classify", "class": "8L",
        "question": "Messages between former partners about shared property",
        "facts": "Two people who parted years ago; repeated messages about a car that both own.",
        "ruling": "Harassment, if the messages are only about the property and stop when that is "
        "settled.",
        "reasons": "Nothing in such messages is fixated or obsessive, and nobody is watched.",
        "rules": "REC-25 CLS-04",
    },
    {
        "by": "fcr", "days_ago": "120", "topic": "classify", "class": "8L",
        "supersedes": "Messages between former partners about shared property",
        "question": "Messages between former partners, with a shared thing as the subject",
        "facts": "Two people who parted; repeated messages that begin with a shared thing and go "
        "on to where the other one was seen, and with whom.",
        "ruling": "Stalking as soon as the messages speak of where the other one goes or whom they "
        "meet. Harassment only while they keep to the thing.",
        "reasons": "A thing that both own is often a pretext. Watching somebody is the mark of "
        "stalking, whatever else is written.",
        "rules": "REC-25 CLS-04",
    },
    {
        "by": "deputy", "days_ago": "60", "topic": "count", "class": "34B",
        "question": "A group that robs one person twice in an evening",
        "facts": "The same group takes money from one person, and an hour later the telephone.",
        "ruling": "Two crimes, if the police knew of the first before the second began; else one.",
        "reasons": "A finished incident reported as one sequence is one crime. What is done after "
        "the police know is a new one.",
        "rules": "CNT-02",
    },
    {
        "by": "fcr", "days_ago": "33", "topic": "cancel", "class": "", "crime": "touching",
        "question": "A recording that was always there and nobody had looked at",
        "facts": "Pictures that the shop kept from the day itself are looked at weeks later.",
        "ruling": "They are additional if nobody could be expected to fetch them before recording.",
        "reasons": "What counts is what was within the recorder’s reach, not the date on the tape.",
        "rules": "CANC-13 CANC-14",
    },
)  # fmt: skip

TOLD = {
    "told_at": "just before",
    "told_how": "phone",
    "told_whom": "Whoever reported it",
    "told_by": "The officer who deals with it",
    "told_what": "That no crime is recorded, the ground for it, and how to appeal.",
}
BOUNDARY = {
    "ground": "no_crime",
    "rationale": "The fence is on the line that the two deeds agree on, and it was put up with "
    "notice. Nothing was broken and nobody was threatened.",
    "warning_rationale": "Both deeds and the letter of notice were read; no part of criminal "
    "damage is in what was reported.",
}
PASSER_BY = {
    "ground": "no_confirm",
    "enquiries": "Both people were found and asked apart, at home, on the same evening.",
    "necessary": "no",
    "rationale": "The caller saw two people argue beside a car. Both say that it was about the "
    "way home and that nobody touched anybody.",
}
SCHOOL = {
    "ground": "school",
    "at_school": "yes",
    "school_class": "105A",
    "school_serious": "no",
    "school_asked": "no",
    "rationale": "Two pupils shoved each other in the queue for lunch. The head deals with it, "
    "and the parents of both want it left there.",
}
APPEAL = {
    "appeal_by": "victim",
    "appeal_at": "just before",
    "appeal_grounds": "He did not only shout. He took hold of my sleeve and would not let go.",
}
ARGUED = "A passer-by rang: a couple argued beside a parked car, and he seemed to hold her."
FENCE = "The caller says that her neighbour’s new fence takes a foot of her garden away."


def beside_a_car(hours_ago: float, *acts: Act) -> Report:
    """Return a report of an argument, made by somebody who passed."""
    return Report(
        hours_ago=hours_ago, opening="violence", account=ARGUED, location="Demo Parade",
        reporter="third_party", confirmed="no", acts=acts,
    )  # fmt: skip


def fence(hours_ago: float, *acts: Act) -> Report:
    """Return a report of a quarrel about a boundary."""
    return Report(
        hours_ago=hours_ago, opening="other", account=FENCE, location="Demo Crescent", acts=acts
    )


def asked(hours_ago: float, opening: str, account: str, *acts: Act) -> Report:
    """Return a report on which somebody asks the FCR for a ruling."""
    return Report(
        hours_ago=hours_ago, opening=opening, account=account, location="Demo Street",
        workflow="report_ruling", acts=acts,
    )  # fmt: skip


REPORTS = (
    fence(6, act(2, "officer4", DRAFT, ground="no_crime", rationale="The fence is on the")),
    fence(20, act(15, "officer4", "decide", **BOUNDARY)),
    Report(
        hours_ago=200, opening="violence", location="Demo Academy", reporter="professional",
        account="The school’s office reports that two pupils shoved each other in the lunch queue.",
        acts=(
            act(190, "officer2", "decide", **SCHOOL),
            act(180, "officer2", "record_telling", **TOLD),
        ),
    ),
    beside_a_car(
        70, act(60, "officer1", "decide", **PASSER_BY),
        act(50, "officer1", "record_telling", **TOLD), act(22, "officer1", "appeal", **APPEAL),
    ),
    fence(
        150, act(140, "officer4", "decide", **BOUNDARY), act(130, "officer4", "appeal", **APPEAL),
        act(30, "ddm1", "dismiss", rationale="The deeds settle where the line is. What was "
            "reported is a matter for the two of them, and no crime."),
    ),
    fence(
        260, act(250, "officer4", "decide", **BOUNDARY), act(240, "officer4", "appeal", **APPEAL),
        act(200, "ddm1", "dismiss", rationale="Both deeds say the same; no part of an offence is "
            "in what was reported."),
        act(190, "officer4", "record_second_telling", **TOLD),
    ),
    beside_a_car(
        19, act(12, "officer1", "decide", **PASSER_BY),
        act(1, "officer1", "add_information", new_information="She rang this morning: he had held "
            "her by the wrist, and she could not say so while he stood beside her."),
    ),
    beside_a_car(
        110, act(100, "officer1", "decide", **PASSER_BY),
        act(90, "officer1", "record_telling", **TOLD), act(80, "officer1", "appeal", **APPEAL),
        act(76, "ddm1", "uphold", offence="105A 105/01",
            late_reason="It was first decided not to record it; the appeal came in after the "
            "limit had passed.",
            rationale="Taking hold of somebody who wants to go is an assault without injury. The "
            "victim confirms it, and nothing speaks against her."),
    ),
    fence(28, act(26, "officer4", "withdraw")),
    Report(
        hours_ago=10, opening="stalking", location="Demo Mews", workflow="report_ruling",
        account="The caller’s former lodger writes every evening to ask for his deposit back.",
        acts=(
            act(8, "officer3", "ask",
                asked_question="Is a daily letter about a deposit a course of conduct?",
                asked_why="Civil in substance, and more than twenty letters in three weeks."),
        ),
    ),
    Report(
        hours_ago=27, opening="theft", location="Between Demo Central and the coast",
        account="Her bag was taken from the rack of the 18:10 while she looked for a seat.",
        acts=(
            act(20, "officer2", "decide", ground="elsewhere", lies_elsewhere="railway",
                recording_force="British Transport Police", recording_reference="BTP/26/5512",
                rationale="The bag was on the rack at the junction and gone at the next stop; "
                "the train had not left the railway, and they have recorded it."),
            act(18, "officer2", "record_telling", **TOLD),
        ),
    ),
    asked(
        3, "violence", "Two brothers fought in a kitchen; both called, and each blames the other.",
        act(2, "officer4", DRAFT, asked_question="One crime for each of the brothers, or"),
    ),
    asked(
        60, "damage", "A row of eleven garages was painted in one night; ten owners rang.",
        act(58, "officer4", "ask",
            asked_question="One damage for each of the eleven owners, or one for the night?",
            asked_why="One can of paint and one night, but eleven people who each lost something."),
        act(50, "fcr", "rule", ruling_question="Damage to many owners’ things in one night",
            ruling_topic="count", ruling_class="58D", ruling_rules="CNT-01, CLS-04",
            ruling_facts="Things of several owners, damaged by the same hand in one night.",
            ruling_text="One crime for each owner who is known. The one who is not gets one as "
            "soon as they are.",
            rationale="The rules count victims, not nights. Who did it is the same for all, and "
            "that is what linked crimes are for."),
    ),
    asked(
        44, "theft", "A parcel was taken from a doorstep; the courier had left it with nobody.",
        act(43, "officer2", "ask",
            asked_question="Is the victim of a parcel taken from a doorstep the buyer or the shop?",
            asked_why="The shop sends another one, so the buyer has lost nothing."),
        act(30, "deputy", "decline", rationale="It is one theft whoever bears the loss. Record it "
            "for whoever says that it is theirs; no ruling is needed."),
    ),
    asked(
        16, "anti_social", "Boys on mopeds circled a woman with a pram until she turned back.",
        act(15, "officer1", "ask",
            asked_question="Is circling somebody on a moped a public order offence?",
            asked_why="No word was said and nobody was touched."),
        act(14, "officer1", "withdraw"),
    ),
)  # fmt: skip
