"""A case that nobody decides in time."""

from datetime import timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import Case
from tests.builders import NOW, a_crime, a_person, as_actor
from tests.services.requests import C2, submitted

#: Five working days for a decision end on a Tuesday at midnight.
TOO_LATE = NOW + timedelta(days=8)


def a_late_case(session: Session, *, supervisor: str = "Demo Supervisor") -> Case:
    """Add a request that nobody has decided in time."""
    above = a_person(session, name=supervisor, roles=[Role.SUPERVISOR])
    officer = a_person(session, supervisor=above)
    return submitted(session, as_actor(session, officer), a_crime(session, oic=officer), C2)
