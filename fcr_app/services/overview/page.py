"""The overview as one page shows it: everything of one moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Band
from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.permissions import Permission, may
from fcr_app.services.equality_figures.completeness import items_complete
from fcr_app.services.equality_figures.stored import LIVE_UP_TO, source_for
from fcr_app.services.overview.audited import (
    RATES,
    AuditedN100s,
    AuditedRate,
    audited_n100s,
    audited_rates,
)
from fcr_app.services.overview.figures import Figure
from fcr_app.services.overview.lens import Lens, View
from fcr_app.services.overview.quality import (
    CauseCount,
    Counted,
    RecordedMonth,
    causes,
    decisions,
    feedback,
    n100s,
    recorded_by_month,
)
from fcr_app.services.overview.waiting import List, Waiting, all_late_cases, waiting


@dataclass(frozen=True, kw_only=True)
class Known:
    """How much is known about the victims of the months.

    Attributes:
        items: Empty until tonight, where they are too many to count while somebody waits.
        kept_at: When the counts were kept; None where they are as of now.
    """

    items: tuple[Completeness, ...]
    kept_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything on the page.

    Attributes:
        known: None for those who may not see figures about victims, and for one team.
    """

    lens: Lens
    waiting: tuple[Waiting, ...]
    rates: tuple[AuditedRate, ...]
    audited_n100s: AuditedN100s | None
    causes: tuple[CauseCount, ...]
    n100s: tuple[Counted, ...]
    decisions: tuple[Counted, ...]
    recorded: tuple[RecordedMonth, ...]
    feedback: tuple[Counted, ...]
    known: Known | None

    @property
    def late_cases(self) -> Waiting:
        """All cases that are late."""
        return all_late_cases(self.waiting, self.lens)

    @property
    def recording_rate(self) -> AuditedRate | None:
        """The rate of crimes recorded, of those that should have been; None without an audit."""
        return next((one for one in self.rates if one.code == RATES[0][0]), None)

    @property
    def late_reports(self) -> Waiting | None:
        """The reports that are late; None where the view counts none."""
        return next((one for one in self.waiting if one.listed_in is List.REPORTS), None)

    @property
    def in_time_rate(self) -> float | None:
        """The share recorded within 24 hours over all months (0..1); None without one."""
        known = sum(one.total - one.counts[Band.UNKNOWN] for one in self.recorded)
        return sum(one.counts[Band.IN_TIME] for one in self.recorded) / known if known else None

    @property
    def overdue_feedback(self) -> Counted:
        """The feedback given in the months that is open and overdue."""
        return next(one for one in self.feedback if one.figure is Figure.FEEDBACK_OVERDUE)


def overview(session: Session, lens: Lens) -> Overview:
    """Return the overview. As many statements however much there is; nothing names anybody."""
    return Overview(
        lens=lens,
        waiting=waiting(session, lens),
        rates=audited_rates(session),
        audited_n100s=audited_n100s(session),
        causes=causes(session, lens),
        n100s=n100s(session, lens),
        decisions=decisions(session, lens),
        recorded=recorded_by_month(session, lens),
        feedback=feedback(session, lens),
        known=_known(session, lens),
    )


def _known(session: Session, lens: Lens) -> Known | None:
    if lens.view is not View.FORCE or not may(lens.actor, Permission.SEE_EQUALITY_FIGURES):
        return None
    source, kept_at = source_for(session, lens.period)
    if kept_at is None and source.victims() > LIVE_UP_TO:
        return Known(items=(), kept_at=None)
    return Known(items=items_complete(session, lens.period, source), kept_at=kept_at)
