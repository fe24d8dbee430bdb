"""The one way to save. Pages, jobs and commands open it; services never do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from fcr_app.errors import AlreadyDone, SomeoneElseChangedIt
from fcr_app.extensions import db
from fcr_app.services.log import write_looks

AUDITED_ONCE = (
    "This audit was opened for these days already. Each period is drawn once; nothing was done "
    "twice."
)
PLANNED_ELSEWHERE = (
    "Somebody else began or approved an edition of this plan while you were writing. Look at that "
    "one, then decide."
)
#: Constraints that a second click or a second person runs into, and what to tell them.
_TOLD = {
    "form_key": (AlreadyDone, "This was already sent. It counts once; nothing was done twice."),
    "position": (SomeoneElseChangedIt, "Somebody else changed this case while you were writing."),
    "corrects_id": (AlreadyDone, "This note was put right already. Put that one right."),
    "incidents_reference_key": (
        SomeoneElseChangedIt,
        "A report with this reference was entered while you were writing. Look at that one.",
    ),
    "incidents.reference_key": (
        SomeoneElseChangedIt,
        "A report with this reference was entered while you were writing. Look at that one.",
    ),
    "uq_cases_one_open_per_crime": (
        SomeoneElseChangedIt,
        "Another request about this crime is open. Use that one, or wait until it is settled.",
    ),
    "uq_audit_plans": (SomeoneElseChangedIt, PLANNED_ELSEWHERE),
    "audit_plans.starts_on": (SomeoneElseChangedIt, PLANNED_ELSEWHERE),
    "audit_runs_line_key": (AlreadyDone, AUDITED_ONCE),
    "audit_runs.line_key": (AlreadyDone, AUDITED_ONCE),
    "cases.workflow, cases.crime_id": (
        SomeoneElseChangedIt,
        "Another request about this crime is open. Use that one, or wait until it is settled.",
    ),
}


@contextmanager
def transaction() -> Iterator[Session]:
    """Save everything done inside, or nothing.

    Raises:
        SomeoneElseChangedIt: If another person saved the same record first.
        AlreadyDone: If the same form was sent before.
    """
    session: Session = db.session()
    session.info.pop("looks", None)  # what a refused request had looked at is not ours
    try:
        yield session
        write_looks(session)
        session.commit()
    except StaleDataError:
        session.rollback()
        raise SomeoneElseChangedIt(
            "Somebody else changed this while you were writing. Look at it again, then decide."
        ) from None
    except IntegrityError as error:
        session.rollback()
        for sign, (kind, message) in _TOLD.items():
            if sign in str(error.orig):
                raise kind(message) from None
        raise
    except BaseException:
        session.rollback()
        raise


@contextmanager
def snapshot() -> Iterator[Session]:
    """See everything as it is at one moment, for as long as the look takes; save nothing.

    It holds nobody up: SQLite's write lock stays free, and PostgreSQL keeps to one snapshot
    instead of showing each statement the newest rows.
    """
    session: Session = db.session()
    postgresql = session.get_bind().dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if postgresql else {"reading": True}
    try:
        session.connection(execution_options=options)
        yield session
    finally:
        session.rollback()
