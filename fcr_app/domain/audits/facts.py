"""What the rules on plans and audits may look at."""

from dataclasses import dataclass
from datetime import date

from fcr_app.domain.facts import Facts


@dataclass(frozen=True, kw_only=True)
class PlanFacts(Facts):
    """A plan, as its rules see it.

    Attributes:
        edition: 1 for the first of its year.
        line_count: Lines that are not dropped.
        lines_without_auditors: Titles of lines that nobody is named for.
        fcr_approved_by_id: Who approved it for the FCR, if anybody.
        why: Why the plan was changed; empty for a first edition.
    """

    edition: int
    line_count: int
    lines_without_auditors: tuple[str, ...] = ()
    fcr_approved_by_id: int | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class RunFacts(Facts):
    """An audit that is carried out, as its rules see it.

    Attributes:
        sample_size: Records in the sample, without reserves.
        first_to_do: Of them, those whose first review is not done.
        second_to_do: Those whose second review was drawn and is not done.
        differences_to_settle: Those whose two reviews differ and that nobody moderated.
        is_census: Whether every record of the frame was taken.
    """

    sample_size: int
    first_to_do: int
    second_to_do: int
    differences_to_settle: int
    period_ends_on: date
    is_census: bool = False

    @property
    def to_do(self) -> int:
        """Reviews that are not done."""
        return self.first_to_do + self.second_to_do
