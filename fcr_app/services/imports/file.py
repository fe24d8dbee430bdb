"""Reads a CSV file from another system as it comes: any usual encoding, separator and damage."""

import codecs
import csv
import hashlib
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from fcr_app.errors import BadFile

SEPARATORS = (",", ";", "\t", "|")
#: What other things begin with that people send as CSV by mistake.
_NOT_CSV = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 4096
_CHUNK = 1 << 20
#: A value longer than this is a quotation mark that was opened and never closed.
_LONGEST_VALUE = 100_000
LONGEST_SAMPLE = 40
UNMATCHED = "A quotation mark on this line has no partner. Mend the line."


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of the file.

    Attributes:
        line: The line it begins on; the heading is line 1.
        problem: Why it can't be read; empty where it can.
    """

    line: int
    cells: Sequence[str]
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class CsvFile:
    """A CSV file whose encoding and separator are known."""

    open_bytes: Callable[[], BinaryIO]
    name: str
    digest: str
    encoding: str
    separator: str
    headings: tuple[str, ...]

    @classmethod
    def from_path(cls, path: Path) -> Self:
        """Look at a file on disk.

        Raises:
            BadFile: If it can't be opened, or is not a CSV file.
        """
        try:
            return cls._look(lambda: path.open("rb"), path.name)
        except OSError as error:
            raise BadFile(f"The file {path} can’t be opened. Check its name.") from error

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> Self:
        """Look at a file that was uploaded.

        Raises:
            BadFile: If it is not a CSV file.
        """
        return cls._look(lambda: io.BytesIO(content), name)

    @classmethod
    def _look(cls, open_bytes: Callable[[], BinaryIO], name: str) -> Self:
        with open_bytes() as file:
            digest, encoding = _encoding(file)
        with io.TextIOWrapper(open_bytes(), encoding=encoding, newline="") as text:
            first = text.readline()
        separator = max(
            SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), []))
        )
        headings = tuple(
            cell.strip() for cell in next(csv.reader([first], delimiter=separator), [])
        )
        if not any(headings):
            raise BadFile("The file is empty. Its first line must name the columns.")
        return cls(
            open_bytes=open_bytes,
            name=name[-200:],
            digest=digest,
            encoding=encoding,
            separator=separator,
            headings=headings,
        )

    def samples(self) -> list[tuple[str, str]]:
        """Return each heading with the first value under it, to recognise the column by."""
        first = next(self.records(), None)
        cells = [*(first.cells if first else ()), *[""] * len(self.headings)]
        return [
            (heading, cell.strip()[:LONGEST_SAMPLE])
            for heading, cell in zip(self.headings, cells, strict=False)
        ]

    def records(self) -> Iterator[Record]:
        """Give every row below the heading that is not blank."""
        with io.TextIOWrapper(self.open_bytes(), encoding=self.encoding, newline="") as text:
            next(text)
            for record in _records(text, self.separator, len(self.headings)):
                if record.problem or any(map(str.strip, record.cells)):
                    yield record


def _encoding(file: BinaryIO) -> tuple[str, str]:
    """Return the file's SHA-256 and its encoding.

    Raises:
        BadFile: If it is not text.
    """
    sample = file.read(_SAMPLE)
    file.seek(0)
    for start, what in _NOT_CSV.items():
        if sample.startswith(start):
            raise BadFile(f"The file is {what}, not CSV. Save it as CSV and try again.")
    for encoding in _candidates(sample):
        digest = hashlib.sha256()
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            file.seek(0)
            continue
        return digest.hexdigest(), encoding
    raise BadFile("The file is not text that can be read. Save it as CSV (UTF-8) and try again.")


def _candidates(sample: bytes) -> Sequence[str]:
    for bom, encoding in _BOMS.items():
        if sample.startswith(bom):
            return (encoding,)
    # Text in UTF-16 without its mark: every second byte of English is nought.
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 1 and sample[offset::2].count(0) > len(sample) // 4:
            return (encoding,)
    return ("utf-8", "cp1252")


class _Lines:
    """Lines of text that can be given back, and that remember which were taken since."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.waiting: deque[str] = deque()
        self.rest = lines
        self.taken: list[str] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.rest)
        self.taken.append(line)
        return line

    def give_back_all_but_one(self) -> str:
        first, *others = self.taken
        self.waiting.extendleft(reversed(others))
        self.taken = []
        return first


def _records(text: Iterator[str], separator: str, width: int) -> Iterator[Record]:
    """Split lines into rows. A quotation mark without a partner costs its own line only."""
    lines = _Lines(text)
    line = 2
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:  # a value longer than the csv module allows
            cells, broken = [""], True
        else:
            if cells is None:
                return
            broken = _unmatched(lines.taken, cells, separator, width)
        if broken:
            first = lines.give_back_all_but_one()
            yield Record(line=line, cells=[first.strip()], problem=UNMATCHED)
            reader = csv.reader(lines, delimiter=separator)
            line += 1
        else:
            yield Record(line=line, cells=cells)
            line += len(lines.taken)
            lines.taken = []


def _unmatched(taken: Sequence[str], cells: Sequence[str], separator: str, width: int) -> bool:
    """Say whether a value ran on to the end of the file or over the lines that follow."""
    if len(taken) == 1:
        if taken[0].count('"') % 2 == 0:
            return False
    elif len(cells) < width or any(cells[width:]) or max(map(len, cells)) > _LONGEST_VALUE:
        return True
    try:
        list(csv.reader(taken, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False
