"""What is asked of whoever wants a ruling, and of the registrar who makes one."""

import re

from fcr_app.domain.authority import acts_as_registrar
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import blocks
from fcr_app.domain.questions import Kind, Option, Question
from fcr_app.domain.rulings import Topic, read_rules, read_ruling_number

TOPICS = tuple(Option(topic.value, topic.label) for topic in Topic)

ASKED = Question(
    name="asked_question",
    label="What do you want the FCR to rule on?",
    thing="what you want the FCR to rule on",
    summary="Question",
    hint="One question, such as: is this stalking or harassment?",
    min_length=20,
    max_length=1000,
)
ASKED_WHY = Question(
    name="asked_why",
    label="What makes it unclear?",
    thing="what makes it unclear",
    summary="What makes it unclear",
    hint="What is known, and the rules that point in different directions.",
    min_length=20,
)
REQUEST = (ASKED, ASKED_WHY)

QUESTION = Question(
    name="ruling_question",
    label="The question, as it stands in the register",
    thing="the question as it stands in the register",
    summary="Question",
    hint="So that it fits the next case too. Name nobody.",
    kind=Kind.TEXT,
    max_length=200,
)
TOPIC = Question(
    name="ruling_topic",
    label="What is it about?",
    thing="what it is about",
    summary="About",
    kind=Kind.CHOICE,
    options=TOPICS,
)
CLASS = Question(
    name="ruling_class",
    label="The class it is about (optional)",
    thing="the class it is about",
    summary="Class",
    hint="Such as 8L. Leave it empty if it is about any class.",
    kind=Kind.TEXT,
    max_length=10,
    optional=True,
)
FACTS = Question(
    name="ruling_facts",
    label="The facts in brief",
    thing="the facts in brief",
    summary="Facts",
    hint="Everybody who works on cases reads this. Name nobody, and give no address or number.",
    min_length=20,
)
RULING = Question(
    name="ruling_text",
    label="The ruling",
    thing="the ruling",
    summary="Ruling",
    min_length=20,
)
RULES = Question(
    name="ruling_rules",
    label="The rules it rests on (optional)",
    thing="the rules it rests on",
    summary="Rules",
    hint="Their ids with a comma between, such as CLS-04, REC-25.",
    kind=Kind.TEXT,
    max_length=200,
    optional=True,
)
EARLIER = Question(
    name="earlier_ruling",
    label="Which ruling answers it already?",
    thing="the ruling that answers it already",
    summary="Ruling applied",
    hint="Its number, such as R 2026/014.",
    kind=Kind.TEXT,
    max_length=20,
)
_CLASS = re.compile(r"\d{1,3}[A-Z]?(?:/\d{1,2})?|N100|N300")


def normal_class(typed: str) -> str:
    """Return a class as the published list writes it."""
    return "".join(typed.split()).upper()


def is_a_class(written: str) -> bool:
    """Say whether the published list could write a class like this."""
    return _CLASS.fullmatch(written) is not None


@blocks(crr26("CLS-04", "57"), who=True)
def the_fcr_or_a_deputy_rules(facts: Facts) -> str | None:
    """Where it is unclear what to record, the FCR rules, or a deputy with authority in force."""
    if acts_as_registrar(facts.actor):
        return None
    return (
        "Only the FCR or a deputy rules, with a register entry or a DDM course in force. Ask an "
        "administrator to check your record."
    )


@blocks(force_policy("CLS-04"))
def the_class_of_a_ruling_can_be_one(facts: Facts) -> str | None:
    """The class that a ruling is about is written as the published list writes it."""
    typed = normal_class(facts.answers.get(CLASS.name, ""))
    if not typed or is_a_class(typed):
        return None
    return f"“{typed}” is no class of the list. Enter one like 8L or 19C, or leave it empty."


@blocks(force_policy("CLS-04"))
def the_rules_of_a_ruling_are_in_the_handbook(facts: Facts) -> str | None:
    """The rules that a ruling rests on are named by their handbook ids."""
    _, unknown = read_rules(facts.answers.get(RULES.name, ""))
    if not unknown:
        return None
    return f"The handbook has no rule “{unknown[0]}”. Write ids such as CLS-04, REC-25."


@blocks(force_policy("CLS-04"))
def the_earlier_ruling_has_a_number(facts: Facts) -> str | None:
    """A ruling that is applied again is named by its number in the register."""
    typed = facts.answers.get(EARLIER.name, "")
    if not typed or read_ruling_number(typed):
        return None
    return "Enter the number of the ruling as it stands in the register, such as R 2026/014."
