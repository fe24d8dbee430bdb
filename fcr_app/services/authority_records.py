"""The roles people hold and the accreditations that give them authority, with their dates.

Rows are never deleted: past decisions rest on them. A mistake is changed, and the log keeps what
was there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import InvalidValue, InvalidValues, NotFound
from fcr_app.models import PersonAccreditation, RoleGrant
from fcr_app.services.administrators import refuse_own, require_another_administrator
from fcr_app.services.log import Record, record_change
from fcr_app.services.people import get_person

LONGEST_EVIDENCE = 200
EARLIEST = date(1950, 1, 1)
LATEST = date(2100, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when and until when something counts; both days inclusive, no end for None."""

    starts_on: date
    ends_on: date | None = None

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on or 'no end'}"


def grant_role(  # noqa: PLR0913 - who gives what to whom, for how long
    session: Session, actor: Actor, person_id: int, role: Role, term: Term, *, now: datetime
) -> None:
    """Give a person a role for a time.

    Raises:
        PermissionRefused: If it is one's own record.
        InvalidValues: If the dates can't be used, or they hold the role then already.
        NotFound: If there is no such person.
    """
    refuse_own(actor, person_id)
    get_person(session, person_id)
    if role is Role.SYSTEM:
        raise InvalidValue("Select a role from the list.", field="role")
    _require(_term_problems(term))
    _refuse_overlap(session, person_id, role, term, but=None)
    grant = RoleGrant(person_id=person_id, role=role.value, granted_by_id=actor.id or None)
    _set(grant, term)
    session.add(grant)
    _log(session, actor, "person:role-granted", person_id, now=now, detail=f"{role.value}, {term}")


def change_role(session: Session, actor: Actor, grant_id: int, term: Term, *, now: datetime) -> int:
    """Change the dates of a role, or end it. Returns whose it is.

    Raises:
        PermissionRefused: If it is one's own record, or the last administrator's role.
        InvalidValues: If the dates can't be used.
        NotFound: If there is no such role.
    """
    grant = get_grant(session, grant_id)
    refuse_own(actor, grant.person_id)
    _require(_term_problems(term))
    role = Role(grant.role)
    _refuse_overlap(session, grant.person_id, role, term, but=grant_id)
    today = to_london(now).date()
    if role is Role.ADMINISTRATOR and (term.ends_on or term.starts_on > today):
        require_another_administrator(session, grant.person_id, today=today)
    before = _term(grant)
    _set(grant, term)
    detail = f"{role.value}, {before}; now {term}"
    _log(session, actor, "person:role-changed", grant.person_id, now=now, detail=detail)
    return grant.person_id


def add_accreditation(  # noqa: PLR0913 - who gives what to whom, for how long, on what grounds
    session: Session,
    actor: Actor,
    person_id: int,
    kind: AccreditationKind,
    term: Term,
    *,
    evidence: str,
    now: datetime,
) -> None:
    """Enter a person's training or admission, with what shows it (ROLE-01).

    Raises:
        PermissionRefused: If it is one's own record.
        InvalidValues: If the dates or the evidence can't be used.
        NotFound: If there is no such person.
    """
    refuse_own(actor, person_id)
    get_person(session, person_id)
    _require(_term_problems(term), _evidence_problems(evidence))
    held = PersonAccreditation(person_id=person_id, kind=kind.value, added_by_id=actor.id or None)
    held.evidence = evidence.strip()
    _set(held, term)
    session.add(held)
    _log(
        session,
        actor,
        "person:accreditation-added",
        person_id,
        now=now,
        detail=f"{kind.value}, {term}",
    )


def change_accreditation(  # noqa: PLR0913 - who changes what, to what, when
    session: Session,
    actor: Actor,
    accreditation_id: int,
    term: Term,
    *,
    evidence: str,
    now: datetime,
) -> int:
    """Change the dates or the evidence of an accreditation. Returns whose it is.

    Raises:
        PermissionRefused: If it is one's own record.
        InvalidValues: If the dates or the evidence can't be used.
        NotFound: If there is no such accreditation.
    """
    held = get_accreditation(session, accreditation_id)
    refuse_own(actor, held.person_id)
    _require(_term_problems(term), _evidence_problems(evidence))
    detail = f"{held.kind}, {_term(held)}; now {term}"
    if held.evidence != evidence.strip():
        detail += "; other evidence"
    held.evidence = evidence.strip()
    _set(held, term)
    _log(session, actor, "person:accreditation-changed", held.person_id, now=now, detail=detail)
    return held.person_id


def get_grant(session: Session, grant_id: int) -> RoleGrant:
    """Return a role that somebody holds or held, kept from being changed by others meanwhile.

    Raises:
        NotFound: If there is none.
    """
    grant = session.get(RoleGrant, grant_id, with_for_update=True)
    if grant is None:
        raise NotFound("There is no such role.")
    return grant


def get_accreditation(session: Session, accreditation_id: int) -> PersonAccreditation:
    """Return an accreditation that somebody has, kept from being changed by others meanwhile.

    Raises:
        NotFound: If there is none.
    """
    held = session.get(PersonAccreditation, accreditation_id, with_for_update=True)
    if held is None:
        raise NotFound("There is no such accreditation.")
    return held


def _set(row: RoleGrant | PersonAccreditation, term: Term) -> None:
    row.starts_on, row.ends_on = term.starts_on, term.ends_on


def _term(row: RoleGrant | PersonAccreditation) -> Term:
    return Term(starts_on=row.starts_on, ends_on=row.ends_on)


def _require(*problems: Iterator[InvalidValue]) -> None:
    found = [problem for some in problems for problem in some]
    if found:
        raise InvalidValues(found)


def _term_problems(term: Term) -> Iterator[InvalidValue]:
    if not EARLIEST <= term.starts_on < LATEST:
        yield InvalidValue("Check the year of the first day.", field="starts_on")
    if term.ends_on is None:
        return
    if term.ends_on < term.starts_on:
        yield InvalidValue("The last day must not be before the first.", field="ends_on")
    elif term.ends_on >= LATEST:
        yield InvalidValue("Check the year of the last day.", field="ends_on")


def _evidence_problems(evidence: str) -> Iterator[InvalidValue]:
    if not evidence.strip():
        yield InvalidValue(
            "Enter what shows it, such as the register entry or certificate number.",
            field="evidence",
        )
    elif len(evidence.strip()) > LONGEST_EVIDENCE:
        yield InvalidValue(f"Use {LONGEST_EVIDENCE} characters or fewer.", field="evidence")


def _refuse_overlap(
    session: Session, person_id: int, role: Role, term: Term, *, but: int | None
) -> None:
    overlapping = session.scalar(
        select(RoleGrant.id)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role.value,
            RoleGrant.id != (but or 0),
            RoleGrant.starts_on <= (term.ends_on or LATEST),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= term.starts_on),
        )
        .limit(1)
    )
    if overlapping:
        message = "They hold this role on some of these days already. Change that entry instead."
        raise InvalidValues([InvalidValue(message, field="starts_on")])


def _log(  # noqa: PLR0913 - a log entry has this many parts
    session: Session, actor: Actor, what: str, person_id: int, *, now: datetime, detail: str
) -> None:
    record_change(session, actor, what, Record.PERSON, person_id, now=now, detail=detail)
