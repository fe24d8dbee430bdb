"""What somebody who reads a PDF gets, with their eyes or with a screen reader."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Tag:
    """One element of a PDF's structure.

    Attributes:
        alt: Its alternative text.
        headers: How many heads a cell of a table is tied to.
    """

    name: str
    alt: str
    headers: int


def text_of(document: bytes) -> str:
    """Return the text of a PDF as a reader gets it, on one line."""
    done = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607 - poppler is on the path where tests run
        input=document,
        stdout=subprocess.PIPE,
        check=True,
    )
    return " ".join(done.stdout.decode().split())


def tags_of(document: bytes) -> list[Tag]:
    """Return the tags of a PDF in reading order."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        return list(_walk(opened.Root.StructTreeRoot.K))


def _walk(node: pikepdf.Object) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            headers = node.A.Headers if "/A" in node and "/Headers" in node.A else ()
            yield Tag(str(node.S), str(node.get("/Alt", "")), len(headers))
        if "/K" in node:
            yield from _walk(node.K)
