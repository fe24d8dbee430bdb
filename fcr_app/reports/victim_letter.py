"""The letter that tells a victim of a decision, on screen and on paper.

Its words are in ``templates/reports/letter_body.html``, written once for each code so that every
victim is told with the same care. The decider's own reasons are not quoted: they are written for
the record and may name people.
"""

from dataclasses import dataclass

from flask import current_app

from fcr_app.reports.pdf import to_pdf
from fcr_app.services.letters import Copy, LetterFacts, Reader

#: For a force that has not entered its own: what holds everywhere in England and Wales.
CONTACT = (
    "Call 101 and give the crime number at the top of this letter.",
    "If you are deaf or find it hard to hear or speak, call 18001 101 with Relay UK.",
    "In an emergency always call 999, or 18000 with Relay UK.",
)
SUPPORT = (
    "Victim Support helps free of charge and in confidence, day and night.",
    "Call 0808 16 89 111, or see www.victimsupport.org.uk.",
)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter, ready to be laid out.

    Attributes:
        to: Who it is for and where they are, line by line.
        victim: The victim as the reader knows them: "you", or a name.
    """

    facts: LetterFacts
    to: tuple[str, ...]
    title: str
    greeting: str
    victim: str
    written: str
    recorded: str
    contact: tuple[str, ...]
    support: tuple[str, ...]


def compose(facts: LetterFacts) -> Letter:
    """Address the letter, and fill in what its words need."""
    return Letter(
        facts=facts,
        to=(*_name(facts), *facts.address),
        title=f"Our decision about crime number {facts.crime_number}",
        greeting=_greeting(facts),
        victim="you" if facts.reader is Reader.VICTIM else facts.victim_name,
        written=f"{facts.written_on:%-d %B %Y}",
        recorded=_recorded(facts),
        contact=facts.contact or CONTACT,
        support=facts.support or SUPPORT,
    )


def letter_pdf(facts: LetterFacts, copy: Copy) -> bytes:
    """Return the letter as a PDF: as it is sent, or as it is kept on file with its marking."""
    return to_pdf(letter_html(facts, copy))


def letter_html(facts: LetterFacts, copy: Copy) -> str:
    """Return the letter as the document that the PDF is made from."""
    # Not ``render_template``: a document stands alone, without what every page is given.
    template = current_app.jinja_env.get_template("reports/victim_letter.html")
    return template.render(letter=compose(facts), is_file_copy=copy is Copy.FILE)


def letter_file_name(facts: LetterFacts, copy: Copy) -> str:
    """Return what the PDF is called: by references, and no name."""
    last = "-file-copy" if copy is Copy.FILE else ""
    return f"letter-{facts.case_reference}-{facts.victim_id}{last}.pdf"


def _name(facts: LetterFacts) -> tuple[str, ...]:
    if facts.reader is Reader.PARENT:
        return (facts.speaks_for or f"The parent or guardian of {facts.victim_name}",)
    if facts.speaks_for:
        return (facts.speaks_for, facts.victim_name)
    return (facts.victim_name,)


def _greeting(facts: LetterFacts) -> str:
    if facts.reader is Reader.VICTIM:
        return f"Dear {facts.victim_name}"
    if facts.speaks_for:
        return f"Dear {facts.speaks_for}"
    return "Dear parent or guardian" if facts.reader is Reader.PARENT else "Dear Sir or Madam"


def _recorded(facts: LetterFacts) -> str:
    """Return when the crime was recorded, as it goes on after "recorded"."""
    if facts.recorded_on:
        return f" on {facts.recorded_on:%-d %B %Y}"
    return f" in {facts.recorded_in:%B %Y}" if facts.recorded_in else ""
