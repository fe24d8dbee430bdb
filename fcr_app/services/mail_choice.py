"""When a person wants e-mails: at once, one a day, or none."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.mail import MailChoice
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.services.log import Record, record_change
from fcr_app.services.people import get_person


def choose_mail(session: Session, actor: Actor, choice: str, *, now: datetime) -> None:
    """Save when the person wants e-mails from now on.

    Raises:
        InvalidValue: If that is no choice.
    """
    if choice not in list(MailChoice):
        raise InvalidValue("Select when you want e-mails.", field="choice")
    get_person(session, actor.id).mail_choice = choice
    record_change(session, actor, "person:mail-chosen", Record.PERSON, actor.id, now=now)
