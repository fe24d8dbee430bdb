"""A report as it was made: its two parts as page and paper, and its tables."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class MadeReport:
    """The bytes of a report. The same facts give the same bytes.

    Attributes:
        title: As on its cover.
        tables: Its tables as they are printed: name, headings, rows. Text and numbers only.
        public_html: The part that may be published, as ``document_body`` gives it for a page of the
            service whose own headings end at h1: nobody can be recognised in it.
        annex_html: The restricted annex, likewise; it names records and people.
        spreadsheet: The tables as a workbook (XLSX), the publishable part only.
    """

    title: str
    tables: list[Any]
    public_html: str
    public_pdf: bytes
    annex_html: str
    annex_pdf: bytes
    spreadsheet: bytes
