"""What the demonstration's people write in feedback: on reports and on crimes, in every state."""

from dataclasses import dataclass

from fcr_app.services.demo_ruling_words import Act, act


@dataclass(frozen=True, kw_only=True)
class Story:
    """Feedback on something, so many hours ago, and what became of it.

    Attributes:
        about: The key of a report or a crime.
        error: E01 to E26; empty where it was done right.
        correction: What has to happen to the record; nothing where empty.
        recorded: So many hours ago the crime that was missing was recorded; never where 0.
    """

    about: str
    by: str
    to: str
    hours_ago: float
    reasons: str
    error: str = ""
    correction: str = ""
    acts: tuple[Act, ...] = ()
    recorded: float = 0


DISPUTED = "What the caller said then did not amount to it. It is in the log, word for word."
ON_REPORTS = (
    Story(
        about="row-at-home",
        by="supervisor2",
        to="officer3",
        hours_ago=5,
        error="E01",
        correction="record_crime",
        reasons="Opened as domestic, not a crime; the second call speaks of a raised fist.",
    ),
    Story(
        about="messages-again",
        by="fcr",
        to="officer3",
        hours_ago=12,
        error="E22",
        correction="record_crime",
        reasons="Thirty messages and waiting at work, by a former partner: that is stalking.",
        acts=(act(6, "officer3", "acknowledge", reply="I look at it this afternoon."),),
    ),
    Story(
        about="overdue-robbery",
        by="ddm1",
        to="officer2",
        hours_ago=30,
        error="E02",
        correction="record_crime",
        reasons="The account at the first call was enough to record a robbery there and then.",
        acts=(act(20, "officer2", "agree", reply="Agreed. I record it on my next turn."),),
    ),
    Story(
        about="noise",
        by="ddm1",
        to="officer4",
        hours_ago=36,
        error="E05",
        correction="record_crime",
        reasons="The shouting at the neighbour is a public order crime, not nuisance alone.",
        acts=(act(10, "officer4", "dispute", why_disputed=DISPUTED),),
    ),
    Story(
        about="overdue-damage",
        by="ddm1",
        to="officer4",
        hours_ago=28,
        error="E02",
        correction="record_crime",
        reasons="The owner saw the damage and who did it. Nothing more is needed to record it.",
        acts=(
            act(20, "officer4", "dispute", why_disputed=DISPUTED),
            act(
                5,
                "fcr",
                "uphold",
                rationale="The owner confirmed the damage at first contact. It is more likely than "
                "not that a crime happened.",
            ),
        ),
    ),
    Story(
        about="recorded-late",
        by="ddm1",
        to="officer3",
        hours_ago=60,
        error="E22",
        reasons="Recorded as harassment; conduct by a former partner is stalking.",
        acts=(
            act(50, "officer3", "dispute", why_disputed=DISPUTED),
            act(
                26,
                "fcr",
                "set_aside",
                rationale="They never were partners, so the rule on former partners is not met. "
                "The officer was right.",
            ),
        ),
    ),
    Story(
        about="scuffle",
        by="supervisor1",
        to="officer1",
        hours_ago=1,
        error="E02",
        correction="record_crime",
        reasons="This looks like an assault that should be recorded at once.",
        acts=(
            act(0.5, "supervisor1", "withdraw", why_withdrawn="The officer is recording it now."),
        ),
    ),
    Story(
        about="recorded-assault",
        by="fcr",
        to="officer1",
        hours_ago=60,
        error="E03",
        correction="record_crime",
        reasons="The statement tells of a threat the week before. That is a crime of its own.",
        acts=(act(55, "officer1", "agree", reply="Thank you. I had read it as one event."),),
        recorded=50,
    ),
)
ON_CRIMES = (
    Story(
        about="former-partner",
        by="fcr",
        to="officer3",
        hours_ago=20,
        reasons="Recorded as stalking at first contact, with the course of conduct set out. Well "
        "done.",
    ),
    Story(
        about="burglary-again",
        by="ddm1",
        to="officer2",
        hours_ago=50,
        error="E20",
        correction="reclassify",
        reasons="The same burglary stands twice. Recording too much is an error as well.",
        acts=(act(30, "officer2", "acknowledge"),),
    ),
    Story(
        about="phone-robbery",
        by="supervisor1",
        to="officer1",
        hours_ago=70,
        error="E23",
        correction="complete_equality",
        reasons="The victim was not asked about ethnicity, religion or disability.",
        acts=(act(44, "officer1", "agree"),),
    ),
    Story(
        about="damage-car-again",
        by="ddm1",
        to="officer2",
        hours_ago=80,
        error="E20",
        correction="reclassify",
        reasons="One event with two calls about it is one crime.",
        acts=(act(30, "officer2", "dispute", why_disputed=DISPUTED),),
    ),
    Story(
        about="neighbour",
        by="fcr",
        to="officer4",
        hours_ago=90,
        error="E22",
        correction="reclassify",
        reasons="The fourth letter makes this a course of conduct; look at the class again.",
        acts=(
            act(60, "officer4", "dispute", why_disputed=DISPUTED),
            act(
                20,
                "deputy",
                "uphold_in_part",
                error="E20",
                correction="reclassify",
                rationale="It is a course of conduct, as the feedback says, but harassment: they "
                "never were partners.",
            ),
        ),
    ),
    Story(
        about="road-rage",
        by="ddm1",
        to="officer2",
        hours_ago=100,
        error="E16",
        reasons="The request named C2, and what it describes is a mistake: C4.",
        acts=(
            act(80, "officer2", "dispute", why_disputed=DISPUTED),
            act(
                50,
                "deputy",
                "set_aside",
                rationale="The information came a day after the record was made, so C2 was right.",
            ),
        ),
    ),
    Story(
        about="shop-alarm",
        by="supervisor1",
        to="officer2",
        hours_ago=48,
        error="E13",
        reasons="This was recorded after its limit, and no reason is given.",
        acts=(
            act(40, "supervisor1", "withdraw", why_withdrawn="The clock began later than I read."),
        ),
    ),
    Story(
        about="kitchen-assault",
        by="supervisor2",
        to="officer3",
        hours_ago=90,
        reasons="Every earlier incident that the victim spoke of is recorded. Just right.",
        acts=(act(70, "officer3", "read", reply="Thank you."),),
    ),
)
