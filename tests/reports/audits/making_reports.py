"""A maker of reports for tests: as small as a report can be, and told how to go wrong."""

from dataclasses import dataclass, field

from fcr_app.domain.audits.words import ReportKind
from fcr_app.reports.audits.making import Maker, Ready, Tell
from fcr_app.services.audits.made_report import MadeReport
from fcr_app.services.audits.report_queue import Claimed


def made(words: str = "87.6 per cent") -> MadeReport:
    """Return a report that says these words."""
    return MadeReport(
        title="Violence, October 2026",
        tables=[["Results", ["Group", "Rate"], [["Violence", words]]]],
        public_html=f"<h2>Headline</h2><p>{words}</p>",
        public_pdf=f"%PDF {words}".encode(),
        annex_html=f"<h2>Records</h2><p>CR/1 {words}</p>",
        annex_pdf=f"%PDF annex {words}".encode(),
        spreadsheet=f"PK {words}".encode(),
    )


@dataclass
class Press:
    """Makes what is asked for, and remembers what it was asked."""

    words: str = "87.6 per cent"
    problem: Exception | None = None
    asked: list[Claimed] = field(default_factory=list)

    def __call__(self, claimed: Claimed, tell: Tell) -> Ready:
        """Make a report, saying how far it is."""
        self.asked.append(claimed)
        tell("Counting", 1, 3)
        if self.problem:
            raise self.problem
        tell("Drawing the PDF", 2, 3)
        return Ready(made=made(self.words), plan_id=None)

    @property
    def makers(self) -> dict[ReportKind, Maker]:
        """It as the maker of every kind of report."""
        return dict.fromkeys(ReportKind, self)
