"""Writes and publishes the yearly equality report. A published edition is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer
from sqlalchemy.orm.attributes import flag_modified

from fcr_app.domain.disclosure import PUBLIC, protect
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality_figures.hiding_known import known_publication
from fcr_app.domain.equality_figures.measures import UseMeasure
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.report import REPORTED, ItemFigures, ReportFigures, Words
from fcr_app.domain.equality_figures.use import OTHERS, groups_of, use_table
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, SomeoneElseChangedIt
from fcr_app.models import EqualityReport, EqualityReportDraft
from fcr_app.services.equality_figures.completeness import items_complete
from fcr_app.services.equality_figures.counting import tallies_of
from fcr_app.services.equality_figures.stored import source_for
from fcr_app.services.equality_figures.use import shown_of
from fcr_app.services.force import force_name
from fcr_app.services.log import Record, record_change

PER_PAGE = 25
SHORTEST_REASON = 20
CHANGED = "Somebody else changed the report. Read it again, then go on."


@dataclass(frozen=True, kw_only=True)
class Made:
    """A report as it is to be published.

    Attributes:
        rows: The rows of its tables, as printed.
        html: Its text and tables.
    """

    rows: list[list[str]]
    html: str
    pdf: bytes


@dataclass(frozen=True, kw_only=True)
class ToPublish:
    """A report in writing, with its figures of this moment.

    Attributes:
        edition: The number it would get.
    """

    force: str
    words: Words
    figures: ReportFigures
    edition: int


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Some published editions, the newest first; and for registrars what is being written."""

    reports: Sequence[EqualityReport]
    drafts: Sequence[EqualityReportDraft]
    next_after: int | None


def report_page(session: Session, *, drafts: bool, after: int | None = None) -> ReportPage:
    """Return published editions.

    Args:
        drafts: Whether the person may write them, and so see what is being written.
        after: The id of the last edition of the page before.
    """
    found = (
        select(EqualityReport)
        .options(joinedload(EqualityReport.published_by))
        .order_by(EqualityReport.id.desc())
        .limit(PER_PAGE + 1)
    )
    if after is not None:
        found = found.where(EqualityReport.id < after)
    rows = session.scalars(found).all()
    written = select(EqualityReportDraft).order_by(EqualityReportDraft.last_month.desc())
    return ReportPage(
        reports=rows[:PER_PAGE],
        drafts=session.scalars(written.limit(PER_PAGE)).all() if drafts else (),
        next_after=rows[PER_PAGE - 1].id if len(rows) > PER_PAGE else None,
    )


def published(session: Session, report_id: int, *, with_pdf: bool = False) -> EqualityReport:
    """Return a published edition.

    Raises:
        NotFound: If there is none.
    """
    found = select(EqualityReport).options(joinedload(EqualityReport.published_by))
    if with_pdf:
        found = found.options(undefer(EqualityReport.pdf))
    report = session.scalar(found.where(EqualityReport.id == report_id))
    if report is None:
        raise NotFound("There is no such report.")
    return report


def begin(session: Session, actor: Actor, period: Period, *, now: datetime) -> EqualityReportDraft:
    """Begin a report about a period, or take up the one that was begun."""
    months = (
        EqualityReportDraft.first_month == period.first,
        EqualityReportDraft.last_month == period.last,
    )
    begun = session.scalar(select(EqualityReportDraft).where(*months))
    if begun is not None:
        return begun
    last = session.scalars(
        select(EqualityReport).order_by(EqualityReport.id.desc()).limit(1)
    ).first()
    draft = EqualityReportDraft(
        first_month=period.first,
        last_month=period.last,
        about="",
        actions="",
        # What the force wants to reach lasts up to four years, so the last words are a beginning.
        objectives=last.objectives if last else "",
        changed_at=now,
        changed_by_id=actor.id,
    )
    session.add(draft)
    session.flush()
    record_change(
        session, actor, "equality-report:begun", Record.EQUALITY, draft.id, now=now,
        verb="collection",
    )  # fmt: skip
    return draft


def draft_of(session: Session, draft_id: int, version: int | None = None) -> EqualityReportDraft:
    """Return what is being written.

    Args:
        version: As the person saw it.

    Raises:
        NotFound: If there is none.
        SomeoneElseChangedIt: If it is another version by now.
    """
    draft = session.get(EqualityReportDraft, draft_id)
    if draft is None:
        raise NotFound("There is no such report in writing.")
    if version is not None and version != draft.version:
        raise SomeoneElseChangedIt(CHANGED)
    return draft


def period_of(report: EqualityReport | EqualityReportDraft) -> Period:
    """Return the months it is about."""
    return Period(report.first_month, report.last_month)


def words_of(report: EqualityReport | EqualityReportDraft) -> Words:
    """Return what was written."""
    return Words(about=report.about, actions=report.actions, objectives=report.objectives)


def write(  # noqa: PLR0913 - who, which, what, when, and what they saw
    session: Session,
    actor: Actor,
    draft_id: int,
    words: Words,
    *,
    now: datetime,
    version: int | None = None,
) -> EqualityReportDraft:
    """Keep what was written so far.

    Raises:
        NotFound: If there is no such report in writing.
        SomeoneElseChangedIt: If somebody else changed it since.
        InvalidValues: If something is too long.
    """
    draft = draft_of(session, draft_id, version)
    if problems := list(words.problems(complete=False)):
        raise InvalidValues(problems)
    draft.about, draft.actions, draft.objectives = words.about, words.actions, words.objectives
    draft.changed_at, draft.changed_by_id = now, actor.id
    record_change(session, actor, "equality-report:written", Record.EQUALITY, draft.id, now=now)
    session.flush()
    return draft


def next_edition(session: Session, period: Period) -> int:
    """Return the number that the next edition about these months gets."""
    found = select(func.max(EqualityReport.edition)).where(
        EqualityReport.first_month == period.first, EqualityReport.last_month == period.last
    )
    return (session.scalar(found) or 0) + 1


def to_publish(
    session: Session, draft_id: int, *, now: datetime, version: int | None = None
) -> ToPublish:
    """Return what is being written with its figures of this moment.

    Raises:
        NotFound: If there is no such report in writing.
        SomeoneElseChangedIt: If it is another version by now.
    """
    draft = draft_of(session, draft_id, version)
    period = period_of(draft)
    return ToPublish(
        force=force_name(session, now).name,
        words=words_of(draft),
        figures=report_figures(session, period),
        edition=next_edition(session, period),
    )


def said_of(draft: EqualityReportDraft) -> dict[str, object]:
    """Return what is being written, with its months and when it changed."""
    named = ("id", "first_month", "last_month", "changed_at")
    return {**vars(words_of(draft)), **{name: getattr(draft, name) for name in named}}


def file_name(report: EqualityReport, ending: str) -> str:
    """Return what a published edition is called as a file."""
    return f"equality-report-{report.last_month:%Y-%m}-edition-{report.edition}.{ending}"


def check_to_publish(session: Session, draft: EqualityReportDraft, why: str) -> int:
    """Return the number of the edition that would be published.

    Raises:
        InvalidValues: If words are missing, or why it is corrected.
    """
    problems = list(words_of(draft).problems(complete=True))
    edition = next_edition(session, period_of(draft))
    if edition > 1 and len(why.strip()) < SHORTEST_REASON:
        text = f"Say why it is corrected, in at least {SHORTEST_REASON} characters."
        problems.append(InvalidValue(text, field="why"))
    if problems:
        raise InvalidValues(problems)
    return edition


def publish(  # noqa: PLR0913 - who, which, as what, why, when, and what they saw
    session: Session,
    actor: Actor,
    draft_id: int,
    made: Made,
    *,
    why: str,
    now: datetime,
    version: int,
) -> EqualityReport:
    """Publish what was written, with its figures as they are now.

    Args:
        made: Drawn from this very version, outside the transaction.

    Raises:
        NotFound: If there is no such report in writing.
        SomeoneElseChangedIt: If somebody else changed it since.
        InvalidValues: If words are missing, or why it is corrected.
    """
    draft = draft_of(session, draft_id, version)
    edition = check_to_publish(session, draft, why)
    report = EqualityReport(
        first_month=draft.first_month,
        last_month=draft.last_month,
        edition=edition,
        why=why.strip() if edition > 1 else "",
        about=draft.about,
        actions=draft.actions,
        objectives=draft.objectives,
        figures=made.rows,
        html=made.html,
        pdf=made.pdf,
        pdf_hash=sha256(made.pdf).hexdigest(),
        published_at=now,
        published_by_id=actor.id,
    )
    session.add(report)
    draft.changed_at, draft.changed_by_id = now, actor.id
    # A second press of the button finds another version, so it is published once.
    flag_modified(draft, "changed_at")
    session.flush()
    record_change(
        session, actor, "equality-report:published", Record.EQUALITY, report.id, now=now,
        detail=report.pdf_hash,
    )  # fmt: skip
    return report


def report_figures(session: Session, period: Period) -> ReportFigures:
    """Return the figures of a report, small counts left out of all of them together."""
    source, kept_at = source_for(session, period)
    tallies = tallies_of(session, REPORTED, period, source)
    groups = {item: groups_of(GROUP_LABELS[item], tallies[item]) for item in REPORTED}
    shown = shown_of(tallies, groups, PUBLIC)
    every = items_complete(session, period, source)
    known = tuple(one for one in every if one.key in REPORTED)
    return ReportFigures(
        period=period,
        victims=PUBLIC.printed(source.victims()),
        completeness=known,
        known_gaps=protect(known_publication(known), PUBLIC),
        uses=tuple(
            ItemFigures(
                item=item,
                tables=tuple(use_table(shown[item], measure, OTHERS) for measure in UseMeasure),
            )
            for item in REPORTED
        ),
        kept_at=kept_at,
    )
