"""How often the same error has to be seen before somebody helps: the force's own numbers (FB-02).

Where the FCR has set none, those of ``domain/rules.py`` hold.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.domain.rules import LEARNING_COUNT, LEARNING_WINDOW, TRAINING_COUNT, TRAINING_WINDOW
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import Force
from fcr_app.services.log import Record, record_change

FEWEST, MOST = 2, 100
SHORTEST, LONGEST = 7, 730


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How many errors of one kind, within how many days.

    Attributes:
        learning_count: Of one person, which opens a learning plan.
        training_count: Of everybody in a unit, which opens its training task.
    """

    learning_count: int
    learning_days: int
    training_count: int
    training_days: int

    @property
    def learning_window(self) -> timedelta:
        """How long a person's errors count."""
        return timedelta(days=self.learning_days)

    @property
    def training_window(self) -> timedelta:
        """How long a unit's errors count."""
        return timedelta(days=self.training_days)


def shipped(today: date) -> Thresholds:
    """Return where a force begins."""
    return Thresholds(
        learning_count=LEARNING_COUNT.on(today),
        learning_days=LEARNING_WINDOW.on(today).days,
        training_count=TRAINING_COUNT.on(today),
        training_days=TRAINING_WINDOW.on(today).days,
    )


def thresholds(session: Session, now: datetime) -> Thresholds:
    """Return what holds in this force. Takes one statement."""
    as_shipped = asdict(shipped(to_london(now).date()))
    row = session.execute(select(*(getattr(Force, name) for name in as_shipped))).first()
    own = row._asdict() if row else {}
    return Thresholds(**{name: own.get(name) or value for name, value in as_shipped.items()})


@supports(force_policy("FB-02"), how="The FCR sets how many errors open a plan; a change is logged")
def change_thresholds(session: Session, actor: Actor, to: Thresholds, *, now: datetime) -> None:
    """Set them. What is open stays open; the next error is looked at with the new numbers.

    Raises:
        PermissionRefused: If the person is no registrar.
        NotFound: If the force has not been set up.
        InvalidValues: If a number is out of all reason.
    """
    if not actor.has(*REGISTRARS):
        raise PermissionRefused("The FCR sets how many errors open a learning plan.")
    force = session.scalar(select(Force))
    if force is None:
        raise NotFound("The force has not been set up.")
    if problems := [problem for name, value in asdict(to).items() for problem in _of(name, value)]:
        raise InvalidValues(problems)
    before = thresholds(session, now)
    for name, value in asdict(to).items():
        if getattr(before, name) == value:
            continue
        setattr(force, name, value)
        what = f"force:{name.replace('_', '-')}"
        record_change(session, actor, what, Record.FORCE, force.id, now=now, detail=f"now {value}")


def _of(name: str, value: int) -> list[InvalidValue]:
    low, high = (FEWEST, MOST) if name.endswith("count") else (SHORTEST, LONGEST)
    if low <= value <= high:
        return []
    return [InvalidValue(f"Enter a number from {low} to {high}.", field=name)]
