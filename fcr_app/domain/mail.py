"""What is said by e-mail: which case, what has to be done, and where. Nothing else.

E-mail leaves the building. No victim's name and no word of anybody's account goes with it, so a
text here is made of a reference, a notice's fixed words and links, never of what a case holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: What a link begins with until it is sent; the service's public address takes its place.
SITE = "site:"
ACCOUNT = "/account/e-mail"

LONGEST_SUBJECT = 120
#: As many lines as a part of a digest has before it says how many more there are.
MOST_LISTED = 20


class MailChoice(StrEnum):
    """When a person wants e-mails. What is said by e-mail always stands in the service too."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"

    @property
    def label(self) -> str:
        """The choice as people make it."""
        return {
            "at_once": "At once, one for each thing",
            "daily": "One a day, at 07:00, with everything that is open",
            "never": "None: I look at my notices here",
        }[self.value]


class Delivery(StrEnum):
    """How far an e-mail has come. Stored."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    GIVEN_UP = "given_up"
    NOT_SENT = "not_sent"

    @property
    def label(self) -> str:
        """How far, as an operator reads it."""
        return {
            "waiting": "Waiting",
            "sending": "Being sent",
            "sent": "Sent",
            "in_doubt": "In doubt",
            "given_up": "Given up",
            "not_sent": "Not sent: no mail server",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a message is about, in words that may leave the building.

    Attributes:
        name: "Case CAN-26-000123".
        path: The address of its page, within the service.
        case_id: Where it is a case.
    """

    name: str
    path: str
    case_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An e-mail before it is addressed; its links begin with ``SITE``."""

    subject: str
    body: str


def case_topic(case_id: int, reference: str) -> Topic:
    """Return how a message says which case it is about."""
    return Topic(name=f"Case {reference}", path=f"/cases/{reference}", case_id=case_id)


def incident_topic(incident_id: int, reference: str) -> Topic:
    """Return how a message says which report of a crime it is about."""
    return Topic(name=f"Report {reference}", path=f"/incidents/{incident_id}")


def single_letter(message: str, about: Topic | None) -> Letter:
    """Return the e-mail that says one thing at once."""
    where = about or Topic(name="FCR Casework", path="/notices")
    return Letter(
        subject=_cut(f"{where.name}: {message}"),
        body=_paragraphs(
            where.name,
            message,
            f"Open it here (you need to sign in): {SITE}{where.path}",
            f"You get e-mails at once. You can have one a day instead, or none: {SITE}{ACCOUNT}",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a digest: its lines, and how many there are in all."""

    heading: str
    lines: Sequence[str]
    count: int


def digest(on: date, parts: Iterable[Part], unacknowledged: int) -> Letter:
    """Return a day's e-mail: what waits for a person, and what is new."""
    said = [_part(part) for part in parts if part.count]
    if unacknowledged:
        said.append(f"Feedback to acknowledge: {unacknowledged}. {SITE}/feedback")
    return Letter(
        subject=f"FCR Casework: your day, {on:%A %-d %B %Y}",
        body=_paragraphs(
            *said,
            "You get one e-mail a day. You can have them at once instead, or none: "
            f"{SITE}{ACCOUNT}",
        ),
    )


def _part(part: Part) -> str:
    more = part.count - len(part.lines)
    lines = [f"- {line}" for line in part.lines]
    if more:
        lines.append(f"- and {more:,} more")
    return "\n".join((f"{part.heading} ({part.count:,})", *lines))


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _cut(text: str) -> str:
    """Keep a subject to one line of a length that lists of e-mails show."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUBJECT:
        return text
    return text[: LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"
