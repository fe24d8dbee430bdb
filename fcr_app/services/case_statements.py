"""The statements behind a case's facts, built once.

SQLAlchemy takes longer to build a statement of this size than either database takes to answer it,
so they are made at first use and given their values when they run.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Exists,
    Integer,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import Subquery

from fcr_app.domain.london import to_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import REGISTRARS, AccreditationKind
from fcr_app.models import (
    CancellationRequest,
    Case,
    CaseStep,
    Crime,
    CrimePerson,
    Decision,
    Force,
    Incident,
    NoticeException,
    Offence,
    Person,
    PersonAccreditation,
    RegistrarAdvice,
    RoleGrant,
    Victim,
    VictimNotice,
)
from fcr_app.services.actors import in_force

#: Between the people on a crime, and between what is said of one, where they come as one text.
BETWEEN, WITHIN = " ", ":"


@cache
def case_statement() -> Select[*tuple[Any, ...]]:
    """Read a case, what surrounds it, and yes-or-no facts about it.

    Values: ``reference``, ``today`` (London date), ``form_key`` (or None).
    """
    latest, other = aliased(Decision), aliased(Case)
    holder, requester = aliased(Person), aliased(Person)
    return (
        select(
            Case,
            Crime,
            Offence,
            CancellationRequest,
            latest,
            Force.line_manager_may_decide,
            Force.registrar_decides_reserved_codes,
            holder.name.label("holder_name"),
            requester.supervisor_id.label("managed_by_id"),
            _involved().label("involved"),
            registered_fcr_on(bindparam("today", type_=Date)).label("has_registered_fcr"),
            # Advice is on the request as it stands, so one that was sent again needs new advice.
            exists()
            .where(
                RegistrarAdvice.case_id == Case.id,
                RegistrarAdvice.at >= CancellationRequest.sent_at,
            )
            .label("advice_attached"),
            exists()
            .where(
                other.workflow == Case.workflow,
                other.crime_id == Case.crime_id,
                other.open,
                other.id != Case.id,
            )
            .label("other_open_request"),
            _folded_into(Crime.id).label("rests_on_it"),
            _settled_by_registrar().label("settled_by_registrar"),
            exists()
            .where(
                CaseStep.case_id == Case.id,
                CaseStep.form_key == bindparam("form_key", type_=String),
            )
            .label("form_key_used"),
        )
        .join(Crime, Crime.id == Case.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(CancellationRequest, CancellationRequest.case_id == Case.id)
        .outerjoin(
            latest,
            latest.id
            == select(func.max(Decision.id))
            .where(Decision.case_id == Case.id)
            .correlate(Case)
            .scalar_subquery(),
        )
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .join(requester, requester.id == Case.opened_by_id)
        .outerjoin(Force, Force.id == 1)
        .where(Case.reference == bindparam("reference", type_=String))
        .execution_options(populate_existing=True)
    )


def _involved() -> ScalarSelect[str]:
    """Return the staff on a crime as one text, which saves a statement: "7:oic:3 9:supervisor:".

    Each is a person, their part, and who manages them.
    """
    managed_by = func.coalesce(cast(Person.supervisor_id, String), "")
    each = cast(CrimePerson.person_id, String) + WITHIN + CrimePerson.part + WITHIN + managed_by
    return (
        select(func.aggregate_strings(each, BETWEEN))
        .join(Person, Person.id == CrimePerson.person_id)
        .where(CrimePerson.crime_id == Crime.id)
        .correlate(Crime)
        .scalar_subquery()
    )


def registered_fcr_exists(now: datetime) -> ColumnElement[bool]:
    """Return whether a registrar is on the professional register at a moment (CANC-02)."""
    return registered_fcr_on(to_london(now).date())


def registered_fcr_on(today: date | BindParameter[date]) -> Exists:
    """Return whether a registrar is on the professional register on a London day."""
    return exists().where(
        Person.id == PersonAccreditation.person_id,
        Person.active,
        PersonAccreditation.kind == AccreditationKind.REGISTER.value,
        in_force(PersonAccreditation, today),
        RoleGrant.person_id == Person.id,
        RoleGrant.role.in_([role.value for role in REGISTRARS]),
        in_force(RoleGrant, today),
    )


def _settled_by_registrar() -> Exists:
    """Return whether a registrar refused another request about the crime, or put it back."""
    earlier, made, later = aliased(Case), aliased(Decision), aliased(Decision)
    return (
        exists()
        .where(
            earlier.workflow == Case.workflow,
            earlier.crime_id == Case.crime_id,
            earlier.id != Case.id,
            made.case_id == earlier.id,
            made.by_registrar,
            made.outcome.in_(["refused", "reinstated"]),
            ~exists().where(later.supersedes_id == made.id),
        )
        .correlate(Case)
    )


def _folded_into(crime_id: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    """Return the number of a crime removed, or asked to be removed, into another as a duplicate."""
    other, folded = aliased(Case), aliased(Crime)
    return (
        select(folded.crime_number)
        .join(other, other.crime_id == folded.id)
        .join(CancellationRequest, CancellationRequest.case_id == other.id)
        .where(
            CancellationRequest.survivor_id == crime_id,
            CancellationRequest.code == RemovalCode.C3.value,
            or_(other.open, folded.removal_code == RemovalCode.C3.value),
        )
        .limit(1)
        .correlate(Crime)
        .scalar_subquery()
    )


@cache
def lock_statement() -> Select[*tuple[Any, ...]]:
    """Hold a case and its crime until the transaction ends. Value: ``reference``."""
    return (
        select(Case.id, Crime.id)
        .join(Crime, Crime.id == Case.crime_id)
        .where(Case.reference == bindparam("reference", type_=String))
        .with_for_update()
    )


@cache
def lock_incident_statement() -> Select[*tuple[Any, ...]]:
    """Hold a case and its report until the transaction ends. Value: ``reference``."""
    return (
        select(Case.id, Incident.id)
        .join(Incident, Incident.id == Case.incident_id)
        .where(Case.reference == bindparam("reference", type_=String))
        .with_for_update()
    )


@cache
def survivor_statement(*, lock: bool) -> Select[*tuple[Any, ...]]:
    """Read the crime that a duplicate leaves standing, and whether it is about to leave itself.

    Values: ``number_key``, ``case_id`` (of the request about the duplicate).
    """
    other = aliased(Case)
    statement = select(
        Crime.id,
        Crime.crime_number,
        Crime.status,
        exists()
        .where(
            other.workflow == "cancellation",
            other.crime_id == Crime.id,
            other.open,
            other.id != bindparam("case_id", type_=Integer),
            other.state != "draft",
        )
        .label("leaves"),
    ).where(Crime.number_key == bindparam("number_key", type_=String))
    return statement.with_for_update(of=Crime) if lock else statement


@cache
def _contact() -> Subquery:
    """Return what is on record of telling each victim of the decision that stands."""
    case_id, decision_id = (
        bindparam("case_id", type_=Integer),
        bindparam("decision_id", type_=Integer),
    )
    told = (
        select(
            VictimNotice.victim_id.label("victim_id"),
            func.max(VictimNotice.told_at).label("told_at"),
            func.max(VictimNotice.given_reference.cast(Integer)).label("given"),
            null().cast(Integer).label("exception"),
        )
        .where(VictimNotice.case_id == case_id, VictimNotice.decision_id == decision_id)
        .group_by(VictimNotice.victim_id)
    )
    excepted = (
        select(
            NoticeException.victim_id,
            null().cast(VictimNotice.told_at.type),
            null().cast(Integer),
            func.max(NoticeException.approved.cast(Integer)),
        )
        .where(NoticeException.case_id == case_id, NoticeException.decision_id == decision_id)
        .group_by(NoticeException.victim_id)
    )
    return told.union_all(excepted).subquery()


@cache
def victims_statement() -> Select[*tuple[Any, ...]]:
    """Read the victims of a crime, and how far each has been told.

    Values: ``crime_id``, ``case_id``, ``decision_id`` (0 for none).
    """
    contact = _contact()
    return (
        select(
            Victim.id, Victim.name, Victim.enhanced_ground,
            contact.c.told_at, contact.c.given, contact.c.exception,
        )
        .select_from(Victim)
        .outerjoin(contact, contact.c.victim_id == Victim.id)
        .where(Victim.crime_id == bindparam("crime_id", type_=Integer))
        .order_by(Victim.id)
    )  # fmt: skip


@cache
def nameless_statement() -> Select[*tuple[Any, ...]]:
    """Read what is on record of telling a victim that the crime does not name.

    Values: ``case_id``, ``decision_id`` (0 for none).
    """
    contact = _contact()
    return select(contact).where(contact.c.victim_id.is_(None))
