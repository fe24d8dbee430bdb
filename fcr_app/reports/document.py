"""The frame of a long document: marking, what it is, contents, numbered sections; paper and page.

On paper (``document_html``, ``document_pdf``) it has a cover block, contents with page numbers, and
its marking, reference and "Page X of Y" on every page. On a page of the service
(``document_body``) the same sections stand below the page's own heading. What stands in a section
is made with ``document_parts``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from fcr_app.reports.pdf import to_pdf

STYLES = Path(__file__).with_name("document.css")
#: The heading of a section on paper; what stands in it begins one lower.
_SECTION_LEVEL = 2
_LOWEST_LEVEL = 6


@dataclass(frozen=True)
class Marking:
    """A security marking with its handling instruction (policy of 5 August 2024).

    Attributes:
        name: What stands on every page.
        handling: What the reader must and must not do with it; on the cover.
    """

    name: str
    handling: str


OFFICIAL = Marking("OFFICIAL", "Names no person. It may be published.")
OFFICIAL_SENSITIVE = Marking(
    "OFFICIAL-SENSITIVE: PERSONAL DATA",
    "Only for those who need it for their work. Do not pass it on, and do not publish it.",
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One numbered part.

    Attributes:
        key: A word that tells it from the others, for links to it.
        title: Without its number.
        body: Its headings begin with ``h3``.
    """

    key: str
    title: str
    body: Markup


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document.

    Attributes:
        reference: What it is filed under; on every page.
        period: In words, such as "1 July to 30 September 2026".
        author: With approver, a name or a role as the document should print it; an empty approver
            is printed as not approved.
        details: More lines for the cover: what they are, and what they say.
        description: One sentence, which a list of files shows.
        opening: What stands before the contents, such as that it is a correction.
    """

    force: str
    title: str
    reference: str
    marking: Marking
    period: str
    version: str
    author: str
    approver: str
    sections: Sequence[Section]
    details: Sequence[tuple[str, str]] = ()
    description: str = ""
    opening: Markup | None = None

    def __post_init__(self) -> None:
        keys = [section.key for section in self.sections]
        if len(keys) != len(set(keys)):
            raise ValueError("Two sections of a document have the same key.")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the cover says of the document."""
        return (
            ("Period", self.period),
            ("Version", self.version),
            ("Author", self.author),
            ("Approved by", self.approver or "Not approved yet"),
            ("Reference", self.reference),
            *self.details,
        )


def document_pdf(document: Document) -> bytes:
    """Return a document as a tagged PDF. The same document gives the same bytes."""
    return to_pdf(document_html(document), styles=STYLES)


def document_html(document: Document) -> str:
    """Return a document as the HTML that its PDF is made from."""
    # Not ``render_template``: a document stands alone, without what every page is given.
    template = current_app.jinja_env.get_template("reports/document.html")
    return template.render(document=document, body=document_body(document))


def document_body(document: Document, *, level: int = _SECTION_LEVEL) -> Markup:
    """Return what a document says, its contents and its sections, for a page or for paper.

    Args:
        level: Of the sections' headings, where the page has others above them.
    """
    template = current_app.jinja_env.get_template("reports/document_body.html")
    html = template.render(
        document=document,
        level=level,
        sections=[
            (f"section-{section.key}", f"{number}. {section.title}", _lower(section.body, level))
            for number, section in enumerate(document.sections, start=1)
        ],
    )
    return Markup(html)  # noqa: S704 - our own template made it, which escapes every word


def _lower(body: Markup, level: int) -> Markup:
    """Return a body with its headings as far below the section's as they are on paper."""
    by = level - _SECTION_LEVEL
    if not by:
        return body

    def lowered(found: re.Match[str]) -> str:
        return f"{found[1]}{min(int(found[2]) + by, _LOWEST_LEVEL)}"

    # In words < is escaped, so this finds tags alone. The rest is as it was.
    return Markup(re.sub(r"(</?h)([1-6])\b", lowered, body))  # noqa: S704
