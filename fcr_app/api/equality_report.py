"""The yearly equality report: writing it, publishing it, and reading what was published."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, PDF, ROOT, Area, file_reply, reply
from fcr_app.api.schemas.equality_report import (
    EqualityDraftAnswer,
    EqualityDrawnAnswer,
    EqualityEditionsAnswer,
    EqualityPeriodGiven,
    EqualityPublishGiven,
    EqualityReportAnswer,
    EqualityReportsAsked,
    EqualityWordsGiven,
)
from fcr_app.api.versions import version_read
from fcr_app.domain.equality_figures.period import asked_period
from fcr_app.domain.equality_figures.report import Words
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.errors import InvalidValue
from fcr_app.reports.equality_report import body, make, report_of
from fcr_app.services.equality_figures import report as service
from fcr_app.services.transaction import transaction

area = Area("Equality reports", "What is published each year for the equality duty.")

SEE, WRITE = Permission.SEE_EQUALITY_FIGURES, Permission.WRITE_EQUALITY_REPORT
ONE = "/figures/equality/reports/<id:report_id>"
IN_WRITING = "/figures/equality/report-drafts/<id:draft_id>"


@area.reads(
    "/figures/equality/reports", needs=SEE, asks=EqualityReportsAsked, gives=EqualityEditionsAnswer
)
def index(asked: dict[str, Any]) -> Response:
    """Read what was published, the newest first."""
    drafts = may(current_actor(), WRITE)
    with transaction() as session:
        found = service.report_page(session, drafts=drafts, after=asked["after"])
        return reply(EqualityEditionsAnswer, found)


@area.reads(ONE, needs=SEE, gives=EqualityReportAnswer)
def show(report_id: int) -> Response:
    """Read a published edition with the rows of its tables."""
    with transaction() as session:
        return reply(EqualityReportAnswer, service.published(session, report_id))


@area.reads(f"{ONE}/pdf", needs=SEE, gives=PDF)
def as_pdf(report_id: int) -> Response:
    """Read a published edition as it was printed."""
    with transaction() as session:
        found = service.published(session, report_id, with_pdf=True)
    return file_reply(found.pdf, PDF, service.file_name(found, "pdf"))


@area.writes(
    "/figures/equality/report-drafts",
    needs=WRITE,
    takes=EqualityPeriodGiven,
    gives=EqualityDraftAnswer,
    status=CREATED,
    versioned=True,
)
def begin(given: dict[str, Any]) -> Response:
    """Begin a report about whole months, or take up the one that was begun."""
    now = clock.now()
    period = asked_period(given["first"], given["last"], to_london(now).date())
    with transaction() as session:
        made = service.begin(session, current_actor(), period, now=now)
        return reply(
            EqualityDraftAnswer,
            made,
            status=CREATED,
            version=made.version,
            place=f"{ROOT}/figures/equality/report-drafts/{made.id}",
        )


@area.reads(IN_WRITING, needs=WRITE, gives=EqualityDrawnAnswer, versioned=True)
def in_writing(draft_id: int) -> Response:
    """Read a report in writing, with its tables as they would be published now."""
    now = clock.now()
    with transaction() as session:
        draft = service.draft_of(session, draft_id)
        drawn = service.to_publish(session, draft_id, now=now)
        html = body(report_of(drawn, now=now))
        said = {**service.said_of(draft), "edition": drawn.edition, "html": html}
        return reply(EqualityDrawnAnswer, said, version=draft.version)


@area.writes(
    IN_WRITING,
    method="PUT",
    needs=WRITE,
    takes=EqualityWordsGiven,
    gives=EqualityDraftAnswer,
    versioned=True,
    overwrites=True,
)
def write(given: Words, draft_id: int) -> Response:
    """Keep what was written so far."""
    version, now = version_read(), clock.now()
    with transaction() as session:
        draft = service.write(session, current_actor(), draft_id, given, now=now, version=version)
        return reply(EqualityDraftAnswer, draft, version=draft.version)


@area.writes(
    f"{IN_WRITING}/editions",
    needs=WRITE,
    takes=EqualityPublishGiven,
    gives=EqualityReportAnswer,
    status=CREATED,
)
def publish(given: dict[str, Any], draft_id: int) -> Response:
    """Publish a report with its figures of this moment. It is never changed afterwards."""
    if not given["nobody_can_be_made_out"]:
        text = "Read it, and say that nobody can be made out."
        raise InvalidValue(text, field="nobody_can_be_made_out")
    now, why = clock.now(), given["why"]
    with transaction() as session:
        draft = service.draft_of(session, draft_id)
        service.check_to_publish(session, draft, why)
        version, drawn = draft.version, service.to_publish(session, draft_id, now=now)
    made = make(report_of(drawn, now=now, why=why))  # outside: it takes a moment
    with transaction() as session:
        report = service.publish(
            session, current_actor(), draft_id, made, why=why, now=now, version=version
        )
        found = service.published(session, report.id)
        place = f"{ROOT}/figures/equality/reports/{found.id}"
        return reply(EqualityReportAnswer, found, status=CREATED, place=place)
