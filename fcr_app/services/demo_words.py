"""What the demonstration's officers write in their requests, crime by crime."""

from collections.abc import Mapping
from dataclasses import dataclass

from fcr_app.domain.workflow import WARNING_RATIONALE


@dataclass(frozen=True)
class Day:
    """A date, so many working days ago."""

    days_ago: int


@dataclass(frozen=True)
class Moment:
    """A moment, so many working days ago, at a time of the day in London."""

    days_ago: int
    clock: str


@dataclass(frozen=True)
class TheVictim:
    """One of the crime's victims, counted from 0."""

    place: int = 0


@dataclass(frozen=True)
class TheCrime:
    """The number of another crime."""

    key: str


Answer = str | Day | Moment | TheVictim | TheCrime
Answers = Mapping[str, Answer]


def elsewhere(force: str, basis: str, evidence: str) -> Answers:
    """C1: it happened in another force's area."""
    return {
        "code": "C1",
        "location_basis": basis,
        "location_evidence": evidence,
        "receiving_force": force,
    }


def new_information(  # noqa: PLR0913 - as many as the rule asks for
    what: str,
    *,
    source: str,
    check: str,
    effect: str,
    since: int,
    risk: str = "low",
    code: str = "C2",
    **more: Answer,
) -> Answers:
    """C2 and C5: information that nobody had when the crime was recorded.

    Args:
        since: Working days ago that it became available.
    """
    return {
        "code": code,
        "information": what,
        "available_on": Day(since),
        "information_source": source,
        "verified_how": check,
        "effect": effect,
        "risk": risk,
        "victim_withdrew": "no",
        **more,
    }


def duplicate(of: str, evidence: str) -> Answers:
    """C3: it is already recorded."""
    return {
        "code": "C3",
        "surviving_crime": TheCrime(of),
        "duplicate_kind": "same",
        "duplicate_evidence": evidence,
    }


def mistake(what: str, risk: str = "low") -> Answers:
    """C4: it was recorded by mistake."""
    return {"code": "C4", "mistake": what, "risk": risk, "victim_withdrew": "no"}


CCTV_FOUND = new_information(
    "The shop’s CCTV shows the owner putting the phone into a charging locker and walking away. "
    "The phone was collected from that locker by the manager.",
    source="CCTV of the shop, exhibit DEMO/11, and the manager’s statement.",
    check="Recording held in the property store; the manager can be rung at the shop.",
    effect="The phone was never taken by anybody, so there was no theft.",
    since=4,
)
TOWED = new_information(
    "The city’s parking service moved the car two streets away for road works an hour before it "
    "was missed. The car and its keys are with the owner again.",
    source="Removal record DEMO/27 of the parking service.",
    check="The record is on the parking service’s system; their desk confirms it by telephone.",
    effect="Nobody stole the car.",
    since=9,
)
KITCHEN = new_information(
    "The family’s doorbell camera recorded the whole argument. The injury happened when the "
    "victim slipped on the step outside, alone.",
    source="Doorbell recording, exhibit DEMO/34.",
    check="Recording downloaded and kept with the maker’s certificate.",
    effect="The injury was an accident, with nobody near.",
    since=3,
    risk="high",
)
RAPE_ADULT = new_information(
    "Hotel key records, lift CCTV and the airline’s boarding record place the person named in "
    "another country on the night reported, and the room was let to nobody.",
    source="Hotel key log DEMO/51, CCTV DEMO/52 and boarding record DEMO/53.",
    check="Each was given by its keeper with a statement; originals are kept.",
    effect="What was reported can’t have happened at that place on that night.",
    since=3,
    risk="high",
)
RAPE_HOSTEL = new_information(
    "The person who made the report has told a specialist officer, with an advocate present, that "
    "the report was about a film script, and the script and its dates were produced.",
    source="Recorded interview DEMO/61 and the script, exhibit DEMO/62.",
    check="The recording and the exhibit are in the property store.",
    effect="The events reported are those of the script.",
    since=7,
    risk="high",
)
LABOUR = new_information(
    "The Competent Authority has made a negative conclusive grounds decision and gives its "
    "reasons: the contract, pay slips and tenancy are genuine.",
    source="Decision letter of the Single Competent Authority, reference DEMO/71.",
    check="The decision is on the Authority’s system.",
    effect="There was work under an ordinary contract and no exploitation.",
    since=4,
    grounds_decision="negative_conclusive",
)
STATION_BAG = new_information(
    "I think the bag was left on the train. The lost property office has a bag of that make.",
    source="Call to the lost property office.",
    check="The office can be rung again.",
    effect="The bag may be the one in the office.",
    since=1,
    **{
        WARNING_RATIONALE.name: "The office’s find is a fact that can be checked; "
        "I am going there tomorrow.",
    },
)
PUB_FIGHT = new_information(
    "The bar’s CCTV shows the customer swinging a bottle first; the other man raised an arm once "
    "to ward it off and stepped back.",
    source="CCTV of the bar, exhibit DEMO/41.",
    check="Recording held in the property store.",
    effect="The one blow was struck in self-defence.",
    since=3,
    code="C5",
)
DOOR_STAFF = new_information(
    "Body-worn video of the door staff shows the customer attacking first with a broken glass; "
    "the hold lasted until police came.",
    source="Body-worn video of the door staff, exhibit DEMO/43.",
    check="Downloaded from the maker’s portal with an audit trail.",
    effect="The force used was in self-defence and no more than was needed.",
    since=8,
    code="C5",
)
EXPOSURE = new_information(
    "Park CCTV shows a runner changing a wet shirt behind the gate, with shorts on throughout.",
    source="Park CCTV, exhibit DEMO/45.",
    check="Recording held by the park office and in the property store.",
    effect="Nobody exposed himself.",
    since=10,
)
SHED = new_information(
    "The allotment society’s minutes show that its own committee had the shed opened and the "
    "mower taken for repair. The repairer has it and gave a receipt.",
    source="Minutes and repair receipt, exhibits DEMO/47 and DEMO/48.",
    check="The repairer and the committee’s chair confirm it.",
    effect="The shed was opened with permission; nothing was stolen.",
    since=12,
)
LAPTOPS = new_information(
    "The company’s own courier log shows that its technician collected the laptops for an "
    "upgrade; all of them were returned with their serial numbers.",
    source="Courier log and serial numbers, exhibit DEMO/49.",
    check="The company’s head of systems confirms each number.",
    effect="Nothing was stolen.",
    since=14,
)
FALSE_PRISON = new_information(
    "The flat’s electronic lock log shows the door opened from inside four times in the two hours.",
    source="Lock log given by the housing association, exhibit DEMO/55.",
    check="The association’s engineer made a statement about the lock.",
    effect="Nobody was locked in.",
    since=4,
)
FORMER_PARTNER = new_information(
    "The victim does not support a prosecution and has stopped answering calls.",
    source="My notes of three calls.",
    check="The notes are on the crime.",
    effect="There is insufficient evidence to go on.",
    since=6,
    victim_withdrew="yes",
    withdrawal_concern="no",
    **{
        WARNING_RATIONALE.name: "I have nothing else to offer and was asked to try this first.",
    },
)
