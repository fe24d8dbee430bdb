"""Makes PDFs from HTML. The only module that knows WeasyPrint."""

from pathlib import Path
from typing import Any

STYLES = Path(__file__).with_name("print.css")


def to_pdf(html: str, *, styles: Path = STYLES) -> bytes:
    """Return a page of HTML as a tagged PDF (PDF/UA-1). The same HTML gives the same bytes.

    The page's language, title and description become the document's. Nothing is ever fetched: a
    document with an address in it that would have to be is not made.

    Args:
        styles: The file that says how it looks.
    """
    # Importing it takes two seconds, which a process that prints nothing need not spend.
    from weasyprint import CSS, HTML  # noqa: PLC0415

    fetcher = _no_fetcher()
    document = HTML(string=html, url_fetcher=fetcher)
    looks = CSS(string=styles.read_text(encoding="utf-8"), url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[looks], pdf_variant="pdf/ua-1")
    return pdf


def _no_fetcher() -> Any:
    """Return what refuses to fetch anything from anywhere."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class NoFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
            raise ValueError(f"A document may not fetch anything, and asked for {url}")

    return NoFetcher(fail_on_errors=True)
