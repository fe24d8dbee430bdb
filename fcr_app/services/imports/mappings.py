"""Mappings under their names: those people keep, and the examples that are shipped."""

import json
from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import BadFile, InvalidValue, NotFound
from fcr_app.models import ImportMapping
from fcr_app.services.imports.kinds import CRIMES, KINDS
from fcr_app.services.imports.mapping import LONGEST_NAME, FileMapping
from fcr_app.services.log import Record, record_change

_SHIPPED = resources.files("fcr_app") / "data" / "mappings"


def shipped_names() -> list[str]:
    """Return the names of the examples that come with the product."""
    return sorted(
        entry.name.removesuffix(".json")
        for entry in _SHIPPED.iterdir()
        if entry.name.endswith(".json")
    )


def mapping_names(session: Session, kind: str = CRIMES.key) -> Sequence[str]:
    """Return the names of one kind that a person can choose from, the examples last."""
    kept = session.scalars(
        select(ImportMapping.name).where(ImportMapping.kind == kind).order_by(ImportMapping.name)
    ).all()
    examples = shipped_names() if kind == CRIMES.key else []
    return [*kept, *(name for name in examples if name not in kept)]


def find_mapping(session: Session, name: str) -> FileMapping:
    """Return a mapping of any kind by its name; one that was kept comes before an example.

    Raises:
        NotFound: If there is none of that name.
    """
    kept = session.scalar(select(ImportMapping).where(ImportMapping.name == name))
    if kept:
        return KINDS[kept.kind].mapping.from_json(kept.columns)
    if name not in shipped_names():
        raise NotFound(
            f"There is no mapping called {name}. These exist: {', '.join(_every_name(session))}."
        )
    return CRIMES.mapping.from_json(
        json.loads((_SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    )


def _every_name(session: Session) -> list[str]:
    return [name for kind in KINDS for name in mapping_names(session, kind)]


def read_mapping_file(path: Path, kind: str = CRIMES.key) -> FileMapping:
    """Read a mapping of one kind from a JSON file.

    Raises:
        BadFile: If there is no such file, or it is not JSON.
        InvalidValue: If it is not a mapping.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile(f"The file {path} can’t be opened. Check its name.") from error
    except ValueError as error:
        raise BadFile(f"The file {path} is not JSON: {error}.") from error
    if not isinstance(stored, dict):
        raise BadFile(f"The file {path} does not hold a mapping.")
    return KINDS[kind].mapping.from_json(stored)


def keep_mapping(
    session: Session, actor: Actor, name: str, mapping: FileMapping, *, now: datetime
) -> None:
    """Keep a mapping under a name for the next import; one of that name is replaced.

    Raises:
        InvalidValue: If the name is empty or too long, or the mapping could take nothing.
    """
    name = name.strip()
    if not name:
        raise InvalidValue("Enter a name for the mapping.", field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidValue(f"The name must be {LONGEST_NAME} characters or fewer.", field="name")
    mapping.check()
    kept = session.scalar(select(ImportMapping).where(ImportMapping.name == name))
    if kept is None:
        kept = ImportMapping(name=name, kind=mapping.kind)
        session.add(kept)
    elif kept.kind != mapping.kind:
        what = KINDS[kept.kind].label.lower()
        raise InvalidValue(f"This name is of a mapping for {what}. Enter another.", field="name")
    kept.columns = mapping.to_json()
    kept.changed_at = now
    kept.changed_by_id = actor.id or None
    session.flush()
    record_change(session, actor, "mapping:keep", Record.IMPORT, kept.id, now=now)
