"""The offences a crime may be recorded as: the short list shipped, and the published one.

The key is class and code together: one code stands in several classes (005/01 in 5D, 8S and 8T).
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.models import Offence, OffenceWording
from fcr_app.services.log import Record, record_change
from fcr_app.services.offence_list import ListedOffence, read_offence_list

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class OffencesLoaded:
    """What loading a list of offences did.

    Attributes:
        row_count: Rows of the list. One offence may have several, each worded for another act.
        current_row_count: Those in force.
        remarks: What is odd about the list, a sentence each.
    """

    row_count: int
    current_row_count: int
    added_count: int
    changed_count: int
    unchanged_count: int
    remarks: tuple[str, ...] = ()


def load_shipped(session: Session, actor: Actor = SYSTEM_ACTOR, *, now: datetime) -> OffencesLoaded:
    """Add the offences of handbook section 9 that are missing; never change one that is there."""
    shipped = read_shipped()
    held = {(c, code) for _, c, code in session.execute(_ids)}
    missing = [row for row in shipped if (row["offence_class"], row["offence_code"]) not in held]
    if missing:
        session.execute(insert(Offence), missing)
    loaded = OffencesLoaded(
        row_count=len(shipped),
        current_row_count=len(shipped),
        added_count=len(missing),
        changed_count=0,
        unchanged_count=len(shipped) - len(missing),
    )
    _log(session, actor, "offences:load-shipped", loaded, now)
    return loaded


def read_shipped() -> list[dict[str, Any]]:
    """Return the table that the product ships, as rows of ``Offence``."""
    text = (resources.files("fcr_app") / "data" / "offences.csv").read_text(encoding="utf-8")
    return [
        {**row, "current": True, "reported_incident": row["reported_incident"] == "yes"}
        for row in csv.DictReader(text.splitlines())
    ]


def import_ods(session: Session, actor: Actor, path: Path, *, now: datetime) -> OffencesLoaded:
    """Take the Home Office list from the file it is published in. Twice changes nothing.

    Offences that the file does not hold are left as they are: the published list keeps those
    that are no longer in force, marked so.

    Raises:
        BadFile: If the file is not that list; nothing is changed.
    """
    published = read_offence_list(path)
    by_key: dict[Key, list[ListedOffence]] = {}
    for row in published.offences:
        by_key.setdefault((row.offence_class, row.offence_code), []).append(row)
    spellings = _Spellings()
    wanted = {key: _merged(rows, spellings) for key, rows in by_key.items()}
    added, changed = _store_offences(session, wanted)
    changed |= _store_wordings(session, by_key) - added
    crimes = [row for row in published.offences if not row.reported_incident]
    loaded = OffencesLoaded(
        row_count=len(crimes),
        current_row_count=sum(row.current for row in crimes),
        added_count=len(added),
        changed_count=len(changed),
        unchanged_count=len(wanted) - len(added) - len(changed),
        remarks=published.remarks,
    )
    _log(session, actor, "offences:import", loaded, now)
    return loaded


class _Spellings:
    """Gives one spelling to names that the list writes with different capitals."""

    def __init__(self) -> None:
        self.first: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self.first.setdefault(name.casefold(), name)


def _merged(rows: Sequence[ListedOffence], spell: _Spellings) -> dict[str, Any]:
    """Return one offence from all its wordings; those in force speak for it if there are any."""
    counted = [row for row in rows if row.current] or rows
    first = counted[0]
    return {
        "offence_class": first.offence_class,
        "offence_code": first.offence_code,
        "class_title": spell(first.class_title),
        "title": first.title,
        "offence_group": spell(first.group),
        "offence_subgroup": spell(first.subgroup),
        "victim_or_state": _victim_or_state(row.victim_or_state for row in counted),
        "max_sentence": " or ".join(dict.fromkeys(spell(row.max_sentence) for row in counted)),
        "mode": "/".join(dict.fromkeys(row.mode for row in counted)),
        "current": any(row.current for row in rows),
        "reported_incident": first.reported_incident,
    }


def _victim_or_state(given: Iterable[str]) -> str:
    """Return S, V or S/V; wordings of one offence may differ, and then it is either."""
    letters = {letter for value in given for letter in value.split("/")}
    return "/".join(sorted(letters))


def _store_offences(
    session: Session, wanted: Mapping[Key, dict[str, Any]]
) -> tuple[set[Key], set[Key]]:
    """Add and update offences. Return the keys of those added and of those changed."""
    held = {(o.offence_class, o.offence_code): o for o in session.scalars(select(Offence))}
    added = [row for key, row in wanted.items() if key not in held]
    changed = {
        key: row
        for key, row in wanted.items()
        if key in held and any(getattr(held[key], name) != value for name, value in row.items())
    }
    if added:
        session.execute(insert(Offence), added)
    if changed:
        session.execute(
            update(Offence), [{"id": held[key].id, **row} for key, row in changed.items()]
        )
    return {(row["offence_class"], row["offence_code"]) for row in added}, set(changed)


def _store_wordings(session: Session, by_key: Mapping[Key, Sequence[ListedOffence]]) -> set[Key]:
    """Replace the wordings of the offences whose wordings differ; return their keys."""
    ids = {(c, code): i for i, c, code in session.execute(_ids)}
    held: dict[int, list[tuple[int, str, str, str, bool]]] = {}
    for offence_id, line, title, act, section, current in session.execute(_wordings):
        held.setdefault(offence_id, []).append((line, title, act, section, current))
    differ = {
        ids[key]: (key, rows)
        for key, rows in by_key.items()
        if held.get(ids[key], []) != [(r.line, r.title, r.act, r.section, r.current) for r in rows]
    }
    if differ:
        session.execute(delete(OffenceWording).where(OffenceWording.offence_id.in_(differ)))
        session.execute(
            insert(OffenceWording),
            [
                {
                    "offence_id": offence_id,
                    "line": r.line,
                    "title": r.title,
                    "act": r.act,
                    "section": r.section,
                    "current": r.current,
                }
                for offence_id, (_, rows) in differ.items()
                for r in rows
            ],
        )
    return {key for key, _ in differ.values()}


_ids = select(Offence.id, Offence.offence_class, Offence.offence_code)
_wordings = select(
    OffenceWording.offence_id,
    OffenceWording.line,
    OffenceWording.title,
    OffenceWording.act,
    OffenceWording.section,
    OffenceWording.current,
).order_by(OffenceWording.offence_id, OffenceWording.line)


def _log(session: Session, actor: Actor, what: str, loaded: OffencesLoaded, now: datetime) -> None:
    if loaded.added_count or loaded.changed_count:
        record_change(
            session,
            actor,
            what,
            Record.REFERENCE,
            None,
            now=now,
            verb="collection",
            detail=f"{loaded.added_count} offences added, {loaded.changed_count} changed",
        )
