"""Says what each label of a column means, with counts, before anything is imported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from fcr_app.domain.equality.codes import CodeList
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality.labels import read_label
from fcr_app.errors import BadFile
from fcr_app.services.imports.file import CsvFile

#: Lines that a report names of an unknown label; the first are enough to find it.
MOST_LINES = 10


@dataclass(frozen=True, kw_only=True)
class LabelLine:
    """One distinct label.

    Attributes:
        means: The code with its words, or why there is none; empty where it is not known.
        lines: Where it stands first, for a label that is not known.
    """

    label: str
    count: int
    means: str
    lines: tuple[int, ...] = ()


@dataclass
class LabelReport:
    """Every distinct label of a column; none is left out and none is guessed."""

    rows: int = 0
    blank: int = 0
    unreadable: int = 0
    known: list[LabelLine] = field(default_factory=list)
    unknown: list[LabelLine] = field(default_factory=list)

    @property
    def accounted_for(self) -> int:
        """How many rows the report speaks of: always all of them."""
        named = sum(line.count for line in (*self.known, *self.unknown))
        return named + self.blank + self.unreadable


def report_labels(file: CsvFile, column: str, item: Item, listed: CodeList) -> LabelReport:
    """Read one column of a file and say what each of its labels means.

    Raises:
        BadFile: If the file has no such column.
    """
    if column not in file.headings:
        raise BadFile(f"The file has no column “{column}”. It has: {', '.join(file.headings)}.")
    place, report = file.headings.index(column), LabelReport()
    counts: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    for record in file.records():
        report.rows += 1
        if record.problem:
            report.unreadable += 1
            continue
        label = record.cells[place].strip() if place < len(record.cells) else ""
        if not label:
            report.blank += 1
            continue
        counts[label] += 1
        lines.setdefault(label, [])
        if len(lines[label]) < MOST_LINES:
            lines[label].append(record.line)
    for label, count in _most_first(counts.items()):
        means = _meaning(item, label, listed)
        line = LabelLine(
            label=label, count=count, means=means, lines=() if means else tuple(lines[label])
        )
        (report.known if means else report.unknown).append(line)
    return report


def _most_first(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda one: (-one[1], one[0]))


def _meaning(item: Item, label: str, listed: CodeList) -> str:
    read = read_label(item, label, listed)
    if read is None:
        return ""
    if read.missing:
        return f"no value: {read.missing.label}"
    code = listed.find(read.code)
    return f"{read.code} {code.label}" if code else read.code
