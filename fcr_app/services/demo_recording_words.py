"""What the demonstration's reports of rape and sudden death say, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Not a step: opens a case of a workflow about the crime, and leaves it as a draft.
OPEN = "open"
#: A number is a moment: so many hours after the report.
Answers = Mapping[str, str | float]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report as it came in.

    Attributes:
        victim: A name; empty where the victim is not known.
        confirmed: Whether the victim confirmed it: yes, no or unknown.
        disclosed: What was told since that may be rape, where it was opened as something else.
    """

    hours_ago: float
    account: str
    reporter_type: str = "victim"
    route: str = "101"
    sarc_case: str = ""
    opening: str = "rape"
    victim: str = ""
    confirmed: str = "yes"
    location: str = ""
    flags: tuple[str, ...] = ()
    officer: str = "officer5"
    disclosed: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step of a case, so many hours after the report.

    Attributes:
        on: The workflow whose case it is, where that is another than the first.
    """

    hours_after: float
    who: str
    trigger: str
    answers: Answers
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One report and what was done about it."""

    report: Report
    acts: tuple[Act, ...] = ()
    workflow: str = "rape_report"


def act(hours: float, who: str, trigger: str, answers: Answers | None = None, on: str = "") -> Act:
    """Return one act."""
    return Act(hours_after=hours, who=who, trigger=trigger, answers=answers or {}, on=on)


WOMAN = {
    "victim_sex": "female", "victim_age": "16_and_over", "offenders": "one",
    "completed": "completed",
}  # fmt: skip


def confirmed(relationship: str, **more: str | float) -> Answers:
    """The victim, or somebody acting for them, says that it happened."""
    return {
        "victim_says": "confirms", "relationship": relationship, "crime_in_law": "yes",
        "contrary": "no", "where": "here",
        "safeguarding": "A specially trained officer is with the victim; a safe place was found.",
        **WOMAN, **more,
    }  # fmt: skip


def unconfirmed(relationship: str, says: str = "untraced", **more: str | float) -> Answers:
    """Somebody else saw it, and the victim is not known or does not say."""
    return {
        "victim_says": says, "relationship": relationship, "crime_in_law": "yes",
        "contrary": "no", "where": "here", "necessary": "no",
        "tracing": "House to house, the cameras of the street, and a call to the hospitals.",
        "safeguarding": "Patrols in the street were doubled; the hostel was told whom to ring.",
        **more,
    }  # fmt: skip


PARK = Report(
    hours_ago=3, reporter_type="witness", route="999", confirmed="unknown",
    account="A runner saw a man on top of a woman who was crying out; both were gone on arrival.",
    location="Demo Park, by the boathouse",
)  # fmt: skip
TOLD = "The victim herself, to the officer, at home"


def park(hours_ago: float, where: str) -> Report:
    """Return a report like the runner's, from elsewhere."""
    return Report(
        hours_ago=hours_ago, reporter_type="witness", route="999", confirmed="unknown",
        account=f"A passer-by saw a woman being forced down {where} and shouted; both ran off.",
        location=where,
    )  # fmt: skip


def made(relationship: str, *more: Act, reason: str = "", hours: float = 1.2) -> tuple[Act, ...]:
    """Assess a passer-by's report, make it an N100/01, and go on with that."""
    return (
        act(hours - 0.4, "officer5", "assess", unconfirmed(relationship)),
        act(hours, "officer5", "create_reported", {
            "ground": "untraced", "reason": reason or "Nobody on the cameras can be made out, and "
            "no woman came forward. An appeal runs; her word would settle it."}),
        *more,
    )  # fmt: skip


def n100(hours: float, who: str, trigger: str, answers: Answers | None = None) -> Act:
    """Return an act on the N100 that came of a report."""
    return act(hours, who, trigger, answers, on="n100")


CHECK = {"safe_checked": "yes"}
CARE_HOME = Report(
    hours_ago=2, reporter_type="professional", route="partner", victim="Demo Resident",
    confirmed="unknown", flags=("in_care",),
    account="Her social worker reports that a resident of the home was raped by another at night.",
    location="Demo House, a care home",
)  # fmt: skip

RAPES = (
    Story(report=Report(hours_ago=1, victim="Demo Caller", route="999",
        account="She says that her former partner came in through the kitchen and raped her.")),
    Story(report=CARE_HOME, acts=(
        act(0.8, "officer5", "assess", {**confirmed("The resident and another resident"),
            "victim_says": "unconfirmed", "doubt": "no", "necessary": "no",
            "tracing": "She was asked gently by somebody she trusts; she is silent."}),)),
    Story(report=Report(hours_ago=5, victim="Demo Patient", flags=("mental_health",),
        account="From a ward she says that a porter raped her; later she calls it a dream."), acts=(
        act(1, "officer5", "assess", confirmed("The patient and a porter")),
        act(2, "officer5", "ask_fcr", {"why_ask": "The ward says that nobody was on duty by that "
            "description, and she herself is no longer sure that it was not a dream."}))),
    Story(report=Report(hours_ago=9, victim="Demo Student", account="She was raped in her room by "
        "a man she had met that evening; she remembers it well."), acts=(
        act(1, "officer5", "assess", confirmed("The student and the man from the bar")),
        act(1.4, "officer5", "record"))),
    Story(report=Report(hours_ago=30, victim="Demo Traveller", account="She was raped by two men "
        "she could not tell apart in the dark, on the towpath."), acts=(
        act(1, "officer5", "assess", confirmed("The traveller and two men", offenders="several")),
        act(1.5, "officer5", "record"),
        act(5, "supervisor3", "check_record", {**CHECK, "check_remark": "Class 19J fits."}))),
    Story(report=Report(hours_ago=120, victim="Demo Cousin", reporter_type="parent_or_carer",
        account="A mother reports that her daughter of fourteen was raped by a cousin."), acts=(
        act(1, "officer5", "assess", confirmed("The girl and her cousin", doubt="no",
            victim_age="under_16")),
        act(2, "officer5", "record"),
        act(20, "supervisor3", "check_record", CHECK),
        act(44, "fcr", "agree_record", {"rationale": "Recorded at once, class and all."}))),
    Story(report=Report(hours_ago=4, account="Cards and a phone were stolen "
        "from his coat in a bar.", opening="rape", reporter_type="victim"), acts=(
        act(0.5, "officer5", "assess", {"victim_says": "not_rape",
            "safeguarding": "Nobody is at risk: the cards were stopped."}),
        act(0.7, "officer5", "not_rape", {"not_rape_why": "The wrong code was picked from the "
            "list; he speaks of nothing but a theft."}))),
    Story(report=Report(hours_ago=28, account="A tenant was locked out "
        "of her flat; opened with the wrong code."), acts=(
        act(1, "officer5", "assess", {"victim_says": "not_rape", "safeguarding": "No one hurt."}),
        act(1.3, "officer5", "not_rape", {"not_rape_why": "It is about a lock. She was rung "
            "back and asked."}),
        act(3, "supervisor3", "check_not_rape", CHECK))),
    Story(report=Report(hours_ago=100, account="A test call from a new handset, opened as "
        "rape."), acts=(
        act(1, "officer5", "assess", {"victim_says": "not_rape", "safeguarding": "A test call."}),
        act(1.3, "officer5", "not_rape", {"not_rape_why": "The handset’s installer made it; he "
            "was rung back and confirmed that."}),
        act(3, "supervisor3", "check_not_rape", CHECK),
        act(25, "fcr", "agree_not_rape", {"rationale": "The call was listened to: a test."}))),
    Story(report=Report(hours_ago=6, victim="Demo Neighbour", account="Entered twice: the same "
        "report is being dealt with under the first one."), acts=(
        act(0.6, "officer5", "discard"),)),
)  # fmt: skip

#: Opened as something else; then rape was disclosed.
DISCLOSED = (
    Story(report=Report(hours_ago=4.2, opening="domestic", victim="Demo Partner", route="999",
        flags=("domestic_abuse",), account="A neighbour heard shouting and breaking glass; she "
        "opened the door and said that he had gone.", disclosed="To the officer at the door, once "
        "they were alone: that he had forced himself on her the night before.")),
    Story(report=Report(hours_ago=34, opening="welfare", victim="Demo Flatmate",
        account="Her flatmate has not left her room for two days, and the caller worries.",
        disclosed="To the officer who sat down with her: that a man from work raped her on "
        "Friday."), acts=(
        act(2, "officer5", "assess", confirmed("The flatmate and the man from work")),
        act(2.3, "officer5", "record"),
        act(6, "supervisor3", "check_record", {**CHECK, "check_remark": "Opened as a concern for "
            "safety; recorded as soon as she spoke."}))),
)  # fmt: skip

N100S = (
    Story(report=PARK, acts=made("The woman by the boathouse and a man in a red coat", hours=0.9)),
    Story(report=park(52, "behind the station"), acts=made(
        "The woman behind the station and a man with a bag",
        n100(20, "supervisor3", "check", {**CHECK, "check_remark": "Cameras looked at twice."}))),
    Story(report=Report(hours_ago=74, victim="Demo Guest", route="online", account="She says that "
        "a man raped her on the hotel’s roof on Saturday at nine.", reporter_type="witness"),
        acts=(
        act(2, "officer5", "assess", confirmed("The guest and a man on the roof", contrary="yes",
            contrary_what="The roof was locked and alarmed all weekend; the log shows no opening.",
            contrary_at=1.5, contrary_verified="The log was read out of the panel by its maker.")),
        act(3, "officer5", "create_reported", {"ground": "contrary", "reason": "The alarm log, "
            "read by its maker before anything was recorded, shows that nobody was on the roof."}),
        n100(22, "supervisor3", "check", CHECK))),
    Story(report=Report(hours_ago=150, victim="Demo Visitor", account="She was raped while on "
        "holiday at the coast, she tells her doctor here."), acts=(
        act(1, "officer5", "assess", confirmed("The visitor and a man at the coast",
            where="other_force", location_basis="victim", to_force="Demo Coast Police")),
        act(1.5, "officer5", "create_reported", {"ground": "elsewhere", "reason": "Her hotel and "
            "the beach bar are both in the coast force’s area; nothing happened here."}),
        n100(26, "officer5", "record_reference", {"force_reference": "DCP/26/7741",
            "force_reference_at": 25.5}),
        n100(28, "officer5", "transfer", {"told_transfer_at": 27.5, "told_transfer_what": "Rang "
            "her with the number, the name of the unit, and whom to ask for."}),
        n100(40, "supervisor3", "check", CHECK),
        n100(60, "fcr", "agree", {"rationale": "Coded before it went, with all held."}))),
    Story(report=Report(hours_ago=200, route="sarc", sarc_case="anonymous", confirmed="unknown",
        reporter_type="professional", account="The centre saw somebody who wants to stay unnamed "
        "and wants nothing passed on."), acts=(
        act(2, "officer5", "assess", unconfirmed("An unnamed client and an unnamed man",
            says="unconfirmed", doubt="no")),
        act(3, "officer5", "create_reported", {"ground": "sarc_private", "reason": "The centre "
            "passes on nothing that identifies anybody, as the client asked."}),
        n100(30, "supervisor3", "check", CHECK),
        n100(70, "deputy", "agree", {"rationale": "The centre documents what the client wants."}))),
    Story(report=park(130, "in the underpass"), acts=made(
        "The woman in the underpass and two men",
        n100(20, "supervisor3", "check", CHECK),
        n100(60, "officer5", "confirm", {"confirmed_at": 59.5, "confirmed_by": TOLD, **WOMAN}))),
    Story(report=park(170, "in a lay-by"), acts=made(
        "The woman in the lay-by and a driver",
        n100(20, "supervisor3", "check", CHECK),
        n100(50, "fcr", "record_crime", {**WOMAN, "rationale": "The lorry’s camera shows it: "
            "clear grounds without her word, and the driver is still out there (REC-07)."}))),
    Story(report=park(110, "at a bus stop"), acts=made(
        "Entered for the wrong call",
        n100(20, "supervisor3", "check", CHECK),
        n100(50, "fcr", "cancel", {"cancel_ground": "genuine_error", "rationale": "The call taker "
            "typed another caller’s words into this report; the recording shows it."}))),
    Story(report=Report(hours_ago=7, reporter_type="witness", confirmed="unknown",
        account="A neighbour heard a woman cry out at night and thinks of rape."), workflow="n100"),
    Story(report=Report(hours_ago=26, reporter_type="witness", confirmed="unknown",
        account="A neighbour’s report that was entered twice."), workflow="n100",
        acts=(act(0.5, "officer5", "discard"),)),
)  # fmt: skip


def death(hours_ago: float, account: str) -> Report:
    """Return a report of a sudden death."""
    return Report(
        hours_ago=hours_ago, opening="death", reporter_type="third_party", route="999",
        confirmed="unknown", account=account, officer="officer6",
    )  # fmt: skip


def coded(code: str, who: str, reason: str, *more: Act) -> tuple[Act, ...]:
    """Create an N300 with its code."""
    return (
        act(2, "officer6", "create", {"code": code, "relationship": who, "reason": reason,
            "safeguarding": "The family was told in person and has a name to ring."}),
        *more,
    )  # fmt: skip


DEATHS = (
    Story(workflow="n300", report=death(2, "A man was found dead in his flat by the caretaker.")),
    Story(workflow="n300", report=death(8, "A woman was found at the foot of the stairs."),
        acts=coded("300/01", "The tenant of flat 4", "The stairs are steep; no more is clear.")),
    Story(workflow="n300", report=death(40, "A rider died on the bypass; no other vehicle."),
        acts=coded("300/04", "The rider", "The collision unit sees no other vehicle.",
        act(20, "supervisor3", "check", CHECK))),
    Story(workflow="n300", report=death(160, "A man of ninety died in his chair."),
        acts=coded("300/07", "The man in the chair", "His doctor had expected it for months.",
        act(20, "supervisor3", "check", CHECK),
        act(60, "fcr", "agree", {"rationale": "The doctor’s certificate settles the cause."}))),
    Story(workflow="n300", report=death(180, "A man was found in the canal."),
        acts=coded("300/01", "The man in the canal", "The cause is not known yet.",
        act(20, "supervisor3", "check", CHECK),
        act(70, "officer6", "confirm", {"confirmed_at": 69.0, "confirmed_by": "The pathologist, to "
            "the officer", "offence": "1 001/01", "warning_rationale": "The on-call senior "
            "detective was asked at half past six and agrees: murder."}))),
    Story(workflow="n300", report=death(90, "Something in a river was taken for a body."),
        acts=coded("300/01", "Nobody, as it turned out", "A shape under the bridge, seen from far.",
        act(20, "supervisor3", "check", CHECK),
        act(50, "fcr", "cancel", {"cancel_ground": "genuine_error", "rationale": "It "
            "was no person; the divers’ photograph is attached to the report."}))),
    Story(workflow="n300", report=death(14, "The same death, rung in by another neighbour."),
        acts=(act(0.5, "officer6", "discard"),)),
)  # fmt: skip

#: Rapes just recorded, and what a registrar does who finds early that they were N100s.
MOVES = (
    Story(report=Report(hours_ago=2.5, reporter_type="parent_or_carer", victim="Demo Daughter",
        account="A mother reports a rape; within the hour she rings back: her daughter spoke of a "
        "film."), acts=(
        act(0.5, "officer5", "assess", confirmed("The daughter and nobody", doubt="no")),
        act(0.8, "officer5", "record"),
        act(1.6, "fcr", "move", {"code": "100/02", "not_investigated": "yes",
            "n100_from_the_start": "The film and the mother’s second call, both before anybody was "
            "sent out.", "rationale": "Found within the hour, before any investigation."},
            on="n100_move"))),
    Story(report=Report(hours_ago=3.5, victim="Demo Lodger", account="She was raped by a lodger."),
        acts=(
        act(0.5, "officer5", "assess", confirmed("The landlady and her lodger")),
        act(0.8, "officer5", "record"),
        act(1.5, "fcr", OPEN, on="n100_move"))),
    Story(report=Report(hours_ago=4.5, victim="Demo Nurse", account="She was raped after work."),
        acts=(
        act(0.5, "officer5", "assess", confirmed("The nurse and a colleague")),
        act(0.8, "officer5", "record"),
        act(1.5, "fcr", "withdraw", on="n100_move"))),
)  # fmt: skip

STORIES = (*RAPES, *DISCLOSED, *N100S, *DEATHS, *MOVES)
