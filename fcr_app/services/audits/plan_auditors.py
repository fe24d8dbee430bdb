"""Naming auditors for many audits of a plan at once, as when one joins or leaves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from fcr_app.domain.audits.lines import MOST_AUDITORS
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.models import AuditLine
from fcr_app.services.audits.line_changes import draft_of
from fcr_app.services.audits.plan_lines import change_auditors, lines_of
from fcr_app.services.audits.plan_people import not_examiners
from fcr_app.services.audits.steps import write_step

TITLE = "Auditors"


def name_auditors(  # noqa: PLR0913 - who names whom for which audits, when
    session: Session,
    actor: Actor,
    plan_id: int,
    auditor_ids: Collection[int],
    *,
    only_missing: bool,
    now: datetime,
) -> int:
    """Name the same auditors for every audit of an edition that is being written.

    Args:
        only_missing: Leave audits alone that have an auditor already.

    Returns:
        How many audits have other auditors now.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such plan.
        StepNotAvailable: If the edition is not being written.
        InvalidValue: If nobody is named, too many are, or one may not examine audits.
    """
    plan = draft_of(session, actor, plan_id)
    wanted = set(auditor_ids)
    if not 1 <= len(wanted) <= MOST_AUDITORS:
        raise InvalidValue(f"Select 1 to {MOST_AUDITORS} auditors.", field="auditors")
    if not_examiners(session, wanted, to_london(now).date()):
        said = "Choose people whose roles let them examine audits."
        raise InvalidValue(said, field="auditors")
    changed = [
        line
        for line in lines_of(session, plan.id)
        if line.status != LineStatus.DROPPED
        and not (only_missing and line.auditors)
        and {one.person_id for one in line.auditors} != wanted
    ]
    before = {line.id: _names(line) for line in changed}
    for line in changed:
        change_auditors(session, line, wanted)
        flag_modified(line, "title")  # another version, as any other change makes
    session.flush()
    if not changed:
        return 0
    ids = set(before)
    for line in lines_of(session, plan.id):
        if line.id in ids:
            write_step(
                session, actor, "line", line.id, trigger="change", said="Changed the audit",
                now=now, changed=[[TITLE, before[line.id], _names(line)]],
            )  # fmt: skip
    return len(changed)


def _names(line: AuditLine) -> str:
    names = sorted(auditor.person.name for auditor in line.auditors)
    return ", ".join(names) or "Nobody yet"
