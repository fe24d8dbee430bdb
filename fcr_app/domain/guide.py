"""What the pages that lead through a request say round the questions of its policy."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The words of one workflow's guided flow.

    Attributes:
        heading: What the person is about to do; empty for the workflow's title.
        aside: What it is about, a sentence or two for each paragraph, beside the questions.
        inset: What to know before answering the first question; may be empty.
        before_sending: What happens when it is sent.
        details: The heading of the page that asks everything but the first question.
    """

    heading: str = ""
    aside: tuple[str, ...] = ()
    inset: str = ""
    before_sending: str = ""
    details: str = "Details of the request"


#: For a policy whose title says enough.
NO_GUIDE = Guide()
