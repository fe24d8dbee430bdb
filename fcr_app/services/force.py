"""Which force this is, and its policy switches."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import Force
from fcr_app.services.log import Record, record_change

LONGEST_NAME = 120
LONGEST_LINES = 1000
#: Every page shows the name; another process sees a new one at the latest after this long.
KEPT_FOR = timedelta(minutes=1)

_kept: WeakKeyDictionary[Engine, tuple[datetime, "ForceName"]] = WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class ForceName:
    """What every page says about the force. The name is empty until it is set up."""

    name: str
    demonstration: bool


@dataclass(frozen=True, kw_only=True)
class ForceSettings:
    """What an administrator may change about the force.

    Attributes:
        line_manager_may_decide: CANC-08 switched off.
        registrar_decides_reserved_codes: CANC-10.
        victim_contact: How victims reach the force, for letters, line by line; may be empty.
        victim_support: Where victims find support, for letters, line by line; may be empty.
    """

    name: str
    line_manager_may_decide: bool
    registrar_decides_reserved_codes: bool
    victim_contact: str
    victim_support: str


def force_name(session: Session, now: datetime) -> ForceName:
    """Return the name that every page shows, read from the database once in a while."""
    engine = session.get_bind().engine
    kept = _kept.get(engine)
    if kept is None or not kept[0] <= now < kept[0] + KEPT_FOR:
        row = session.execute(select(Force.name, Force.demonstration)).one_or_none()
        found = ForceName(
            name=row.name if row else "", demonstration=bool(row and row.demonstration)
        )
        kept = _kept[engine] = (now, found)
    return kept[1]


def force_settings(session: Session, *, to_change: bool = False) -> ForceSettings:
    """Return the settings of the force.

    Args:
        to_change: Keep others from changing them meanwhile.

    Raises:
        NotFound: If the force has not been set up.
    """
    force = _force(session, to_change=to_change)
    return ForceSettings(
        name=force.name,
        line_manager_may_decide=force.line_manager_may_decide,
        registrar_decides_reserved_codes=force.registrar_decides_reserved_codes,
        victim_contact=force.victim_contact,
        victim_support=force.victim_support,
    )


def change_force(
    session: Session, actor: Actor, settings: ForceSettings, *, now: datetime
) -> tuple[str, ...]:
    """Save the settings and log each one that changed. Returns the names of those.

    Raises:
        InvalidValue: If the force would have no name, or one that is too long.
        NotFound: If the force has not been set up.
    """
    if not settings.name.strip():
        raise InvalidValue("Enter the name of the force.", field="name")
    if len(settings.name.strip()) > LONGEST_NAME:
        raise InvalidValue(f"Use {LONGEST_NAME} characters or fewer.", field="name")
    force = _force(session, to_change=True)
    changed = []
    for setting, value in (
        ("name", settings.name.strip()),
        ("line_manager_may_decide", settings.line_manager_may_decide),
        ("registrar_decides_reserved_codes", settings.registrar_decides_reserved_codes),
        ("victim_contact", "\n".join(settings.victim_contact.splitlines()).strip()),
        ("victim_support", "\n".join(settings.victim_support.splitlines()).strip()),
    ):
        if getattr(force, setting) == value:
            continue
        setattr(force, setting, value)
        changed.append(setting)
        record_change(
            session,
            actor,
            f"force:{setting.replace('_', '-')}",
            Record.FORCE,
            force.id,
            now=now,
            detail=f"now {value}"[:400],
        )
    _kept.pop(session.get_bind().engine, None)
    return tuple(changed)


def _force(session: Session, *, to_change: bool) -> Force:
    wanted = select(Force).with_for_update() if to_change else select(Force)
    force: Force | None = session.scalar(wanted.execution_options(populate_existing=to_change))
    if force is None:
        raise NotFound("The force has not been set up. Run: flask --app wsgi fcr setup")
    return force
