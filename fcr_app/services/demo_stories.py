"""The demonstration's requests: who asked for what, when, and what became of it.

A story starts with whoever opens the request; each act is one step of the workflow, taken through
the same service as everybody's. Days are working days ago.
"""

from dataclasses import dataclass

from fcr_app.services import demo_words as w
from fcr_app.services.demo_words import Answers, Moment, TheVictim

#: No steps: the first keeps what was typed, unsent; the second takes a case for oneself.
DRAFT, CLAIM = "draft", "claim"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step of a case."""

    at: Moment
    who: str
    trigger: str
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class Story:
    """One request, from its opening to where it stands."""

    crime: str
    who: str
    acts: tuple[Act, ...]


def act(days_ago: int, clock: str, who: str, trigger: str, answers: Answers | None = None) -> Act:
    """Return one act."""
    return Act(at=Moment(days_ago, clock), who=who, trigger=trigger, answers=answers or {})


def asked(crime: str, who: str, days_ago: int, answers: Answers, *more: Act) -> Story:
    """Return a story that begins with a request being sent, at a quarter past ten."""
    return Story(crime=crime, who=who, acts=(act(days_ago, "10:15", who, "submit", answers), *more))


def decided(rationale: str, **more: str) -> Answers:
    """Say yes to what the rules leave to the decider's judgement, with reasons."""
    judged = (
        "is_additional", "is_verifiable", "is_information", "is_elsewhere", "is_same",
        "is_mistake", "is_self_defence",
    )  # fmt: skip
    return {**dict.fromkeys(judged, "yes"), "rationale": rationale, **more}


def told(days_ago: int, clock: str, place: int = 0, **more: str) -> Answers:
    """Record that a victim was told, by telephone unless it says otherwise."""
    return {
        "victim": TheVictim(place),
        "told_at": Moment(days_ago, clock),
        "told_how": "phone",
        "told_whom": "The victim",
        "told_by": "The officer in the case",
        "told_what": "That the crime is to be removed from the record, why, and how to object.",
        **more,
    }


SEEN = "I watched the recording and rang its keeper. It settles that no crime happened."
SATISFIED: Answers = {"satisfied_told": "yes"}

WAITING = (
    Story(
        crime="messages",
        who="officer1",
        acts=(act(1, "16:40", "officer1", DRAFT, {"code": "C4", "mistake": "Sent by the"}),),
    ),
    asked("shop-alarm", "officer2", 1, w.mistake(
        "The till roll shows that the trolley was paid for. Security confused two customers and "
        "the report was recorded before the till roll was looked at.")),
    asked("burglary-again", "officer2", 2, w.duplicate(
        "burglary-first", "Same house, door and night; the neighbour’s report came second.")),
    asked("pub-fight", "officer4", 2, w.PUB_FIGHT),
    asked("bag-theft", "officer1", 1, w.STATION_BAG),
    asked("rape-adult", "officer5", 2, w.RAPE_ADULT),
    asked("kitchen-assault", "officer3", 2, w.KITCHEN),
    asked("labour", "officer6", 3, w.LABOUR),
    asked("towed-car", "officer4", 8, w.TOWED, act(2, "15:05", "ddm1", CLAIM)),
    asked("rape-child", "officer5", 6, w.mistake(
        "The disclosure was recorded twice over: what the child said is about the crime that the "
        "neighbouring force already investigates, and no rape was disclosed to us.", risk="high")),
    asked("false-prison", "officer6", 4, w.FALSE_PRISON,
        act(3, "11:05", "ddm1", "refuse", {"rationale": "A lock log shows the door, not who stood "
            "before it. Ask about threats before this can be looked at again."}),
        act(1, "09:50", "fcr", "set_aside", {"rationale": "The engineer’s statement was missed; "
            "the request deserves a fresh decision on all of the information."})),
)  # fmt: skip

RETURNED = (
    asked("damage-car-again", "officer2", 4, w.duplicate(
        "damage-car", "The owner reported the same mirror online after ringing us."),
        act(3, "14:20", "ddm1", "return", {"to_mend": "Say how you know that both are about the "
            "same night: the two reports give different dates. Handbook rule CANC-20."})),
    asked("former-partner", "officer3", 5, w.FORMER_PARTNER,
        act(3, "15:30", "ddm1", "refuse", {"rationale": "A victim who no longer answers is not "
            "additional verifiable information. Consider outcome 16, and ask for a risk "
            "assessment: silence after three weeks of visits may mean fear."})),
    asked("neighbour", "officer4", 7, w.mistake("I was told that it is a civil matter between "
        "neighbours and should have been closed."),
        act(6, "10:10", "officer4", "withdraw")),
)  # fmt: skip

APPROVED = (
    asked("holiday-theft", "officer3", 6, w.elsewhere("Demo Coast Police", "victim",
        "Hotel bill and card payments place the victim on the coast on the day of the theft."),
        act(4, "11:30", "ddm1", "approve_transfer", decided("The bill settles the place."))),
    asked("train-theft", "officer2", 9, w.elsewhere("Demo Railway Police", "suspect",
        "Carriage CCTV shows the suspect taking the case at the second stop, outside our area."),
        act(7, "09:40", "ddm1", "approve_transfer", decided("The recording shows train and stop.")),
        act(3, "15:15", "officer2", "record_reference",
            {"receiving_reference": "DRP-2026-4471", "reference_at": Moment(3, "14:50")})),
    asked("lost-phone", "officer1", 3, w.CCTV_FOUND,
        act(1, "12:10", "ddm1", "approve", decided(SEEN, remark="Clear, complete and checkable."))),
    asked("coach-assault", "officer4", 7, w.elsewhere("Demo Valley Police", "victim",
        "The coach’s tracker places it in the other force’s area at the time of the quarrel."),
        act(6, "11:45", "ddm1", "approve_transfer", decided("The tracker’s log is conclusive.")),
        act(5, "10:05", "officer4", "record_reference",
            {"receiving_reference": "DVP/26/90211", "reference_at": Moment(5, "09:55")}),
        act(4, "16:00", "officer4", "record_notice",
            told(4, "15:20", given_reference="yes", reply="Wrote the number down."))),
    asked("rape-hostel", "officer5", 5, w.RAPE_HOSTEL,
        act(3, "14:00", "fcr", "approve", decided("I read the interview and the script with the "
            "advocate’s note. The account is of the script and of nothing else."))),
    asked("exposure", "officer5", 8, w.EXPOSURE,
        act(6, "13:15", "ddm1", "approve", decided(SEEN)),
        act(2, "10:30", "officer5", "propose_exception",
            {"victim": TheVictim(), "exception_ground": "untraced",
             "exception_reason": "Number and address given are not in use; letters came back and "
             "two visits found that nobody of that name has lived there."})),
)  # fmt: skip

SETTLED = (
    asked("sold-car", "officer3", 10, w.mistake("The owner’s son had sold the car with the owner’s "
        "written permission a week before; the form was filled in before the son was asked."),
        act(9, "10:45", "ddm1", "approve_and_remove", decided("The bill of sale is dated and "
            "signed; there was no theft.", warning_rationale="The owner asked for this himself "
            "and was with the officer when it was sent."))),
    asked("door-staff", "officer3", 7, w.DOOR_STAFF,
        act(5, "09:30", "ddm1", "approve", decided("The video shows who began it.")),
        act(4, "12:20", "officer3", "record_notice", told(4, "11:45", reply="Does not agree.")),
        act(3, "10:00", "ddm1", "remove", SATISFIED)),
    asked("shed", "officer3", 11, w.SHED,
        act(10, "10:20", "ddm1", "approve", decided("Minutes and receipt agree.")),
        act(9, "15:40", "officer3", "record_notice",
            told(9, "15:10", told_how="email", told_whom="The society’s secretary")),
        act(8, "09:20", "ddm1", "remove", SATISFIED)),
    asked("office-laptop", "officer1", 13, w.LAPTOPS,
        act(12, "10:20", "ddm1", "approve", decided("The serial numbers match the courier’s log.")),
        act(11, "15:40", "officer1", "record_notice",
            told(11, "15:10", told_whom="The company’s head of systems")),
        act(10, "09:20", "ddm1", "remove", SATISFIED),
        act(2, "11:00", "fcr", "reinstate", {"rationale": "Two of the serial numbers belong to "
            "other machines: those two laptops are still missing, so a theft did happen."})),
)  # fmt: skip

STORIES = (*WAITING, *RETURNED, *APPROVED, *SETTLED)
