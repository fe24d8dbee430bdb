"""Examining the records of audits: one's own, blind; and what counts where two differ."""

from dataclasses import asdict
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.audit_reviews import (
    AuditAgreementAnswer,
    AuditDifferencesAnswer,
    AuditModerationAnswer,
    AuditRecordAnswer,
    AuditReviewGiven,
    AuditReviewSavedAnswer,
    AuditsToExamineAnswer,
    NextRecordAnswer,
    NextRecordAsked,
)
from fcr_app.api.versions import require_same, version_read
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.agreement import RunAgreement, run_agreement
from fcr_app.services.audits.moderation import moderate, to_moderate
from fcr_app.services.audits.moderation_page import ModerationPage, moderation_page
from fcr_app.services.audits.review_page import (
    ReviewPage,
    kind_for,
    my_audits,
    resume_at,
    review_page,
    run_by_id,
)
from fcr_app.services.audits.reviewing import review_of, save_review, the_item
from fcr_app.services.transaction import transaction

area = Area("Audit reviews", "The records of audits, each auditor’s own, and the FCR’s moderation.")

EXAMINE, RUN = Permission.REVIEW_AUDITS, Permission.RUN_AUDITS
RECORD, AUDIT = "/audits/records/<id:audited_id>", "/audits/runs/<id:audit_id>"


@area.reads("/audits/to-examine", needs=EXAMINE, gives=AuditsToExamineAnswer)
def to_examine() -> Response:
    """Read the audits in which the person has records to examine."""
    with transaction() as session:
        audits = my_audits(session, current_actor())
        items = [
            {
                "id": run.id,
                "reference": run.reference,
                "title": run.title,
                "period_starts_on": run.period_starts_on,
                "period_ends_on": run.period_ends_on,
                "done": progress.done,
                "total": progress.total,
            }
            for run, progress in audits
        ]
    return reply(AuditsToExamineAnswer, {"items": items})


@area.reads(f"{AUDIT}/next-record", needs=EXAMINE, asks=NextRecordAsked, gives=NextRecordAnswer)
def next_record(asked: dict[str, int], audit_id: int) -> Response:
    """Read which record to go on with: one that was begun, or the next in the order drawn."""
    with transaction() as session:
        run = run_by_id(session, audit_id)
        found = resume_at(session, current_actor(), run.id, after=asked["after"])
        said = {"id": found.id if found else None, "position": found.position if found else None}
    return reply(NextRecordAnswer, said)


@area.reads(RECORD, needs=EXAMINE, gives=AuditRecordAnswer, versioned=True, conflicts=True)
def record(audited_id: int) -> Response:
    """Read a record of one’s own with its source and questions. The look is logged."""
    with transaction() as session:
        page = review_page(session, current_actor(), audited_id, now=clock.now())
        said = _record(page)
    return reply(AuditRecordAnswer, said, version=page.version or 0)


@area.writes(
    f"{RECORD}/review",
    method="PUT",
    needs=EXAMINE,
    takes=AuditReviewGiven,
    gives=AuditReviewSavedAnswer,
    versioned=True,
    overwrites=True,
)
def review(given: tuple[ReviewGiven, bool], audited_id: int) -> Response:
    """Keep one’s review of a record. An ETag of "0" is of one that is not begun."""
    actor, now, seen = current_actor(), clock.now(), version_read()
    said, done = given
    with transaction() as session:
        item, _ = the_item(session, audited_id)
        kind = kind_for(actor, item)
        there = review_of(session, item.id, kind)
        require_same(seen, there.version if there else 0)
        saved = save_review(session, actor, item.id, kind, said, now=now, done=done)
        session.flush()
        version, done_at = saved.version, saved.done_at
    answer = {"version": version, "done_at": done_at}
    return reply(AuditReviewSavedAnswer, answer, version=version)


@area.reads(f"{AUDIT}/differences", needs=RUN, gives=AuditDifferencesAnswer)
def differences(audit_id: int) -> Response:
    """Read on which records two reviews differ and nobody said yet what counts."""
    with transaction() as session:
        items = to_moderate(session, run_by_id(session, audit_id).id)
        rows = [
            {"id": one.id, "position": one.position, "label": one.label, "stratum": one.stratum}
            for one in items
        ]
    return reply(AuditDifferencesAnswer, {"items": rows})


@area.reads(
    f"{RECORD}/moderation", needs=RUN, gives=AuditModerationAnswer, versioned=True, conflicts=True
)
def moderation(audited_id: int) -> Response:
    """Read a record with what each auditor says of it, once both are done."""
    with transaction() as session:
        page = moderation_page(session, current_actor(), audited_id, now=clock.now())
        said = _moderation(page)
    return reply(AuditModerationAnswer, said, version=page.version)


@area.writes(
    f"{RECORD}/moderation",
    method="PUT",
    needs=RUN,
    takes=AuditReviewGiven,
    gives=AuditModerationAnswer,
    versioned=True,
    overwrites=True,
)
def say_what_counts(given: tuple[ReviewGiven, bool], audited_id: int) -> Response:
    """Say what counts; its note says why. The reviews it stands above stay as they are."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        moderate(session, actor, audited_id, given[0], now=now, version=version_read())
        session.flush()
        page = moderation_page(session, actor, audited_id, now=now)
        said = _moderation(page)
    return reply(AuditModerationAnswer, said, version=page.version)


@area.reads(f"{AUDIT}/agreement", needs=Permission.SEE_AUDITS, gives=AuditAgreementAnswer)
def agreement(audit_id: int) -> Response:
    """Read how far the second auditors agree with the first, by question, with Cohen’s kappa."""
    with transaction() as session:
        found = run_agreement(session, audit_id)
    return reply(AuditAgreementAnswer, _agreement(found))


def _record(page: ReviewPage) -> dict[str, Any]:
    return {
        "id": page.item.id,
        "audit": page.run.reference,
        "position": page.item.position,
        "label": page.item.label,
        "kind": page.kind,
        "begun": page.begun,
        "done_at": page.done_at,
        "locked": page.locked,
        "review": page.given,
        "questions": page.questions,
        "with_crimes": page.with_crimes,
        "source": [
            {
                "title": section.title,
                "rows": _rows(section.rows),
                "events": [{**asdict(one), "lines": _rows(one.lines)} for one in section.events],
            }
            for section in page.source.sections
        ],
        "done": page.progress.done,
        "total": page.progress.total,
    }


def _rows(rows: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"key": key, "text": text} for key, text in rows]


def _moderation(page: ModerationPage) -> dict[str, Any]:
    return {
        "id": page.item.id,
        "audit": page.run.reference,
        "label": page.item.label,
        "reviews": [
            {"kind": kind, "auditor": page.auditors[kind], "review": said}
            for kind, said in page.said.items()
        ],
        "differences": page.differences,
    }


def _agreement(found: RunAgreement) -> dict[str, Any]:
    rows = []
    for one in found.questions:
        it, kappa = one.found, one.found.kappa_interval
        rows.append(
            {
                "title": one.title,
                "agreed": it.agreed,
                "n": it.n,
                "rate": it.rate,
                "rate_low": it.interval.low,
                "rate_high": it.interval.high,
                "kappa": it.kappa,
                "kappa_low": kappa.low if kappa else None,
                "kappa_high": kappa.high if kappa else None,
            }
        )
    counted = ("drawn", "done", "differ", "moderated")
    return {**{name: getattr(found, name) for name in counted}, "questions": rows}
