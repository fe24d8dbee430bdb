"""Each case's history as a hash chain, and the walk that proves it.

A step's hash covers everything the row says and the hash before it; the case keeps the number of
steps and the last hash. So a row that was changed, removed, added or moved is found.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.models import Case, CaseStep

#: What the first step of a case is chained to.
START = "0" * 64


def step_hash(step: CaseStep | Any) -> str:
    """Return the hash of a step, from its values and the hash before it, as 64 hex digits.

    Args:
        step: A step, or a row with a step's columns.
    """
    said = json.dumps(
        [
            step.case_id,
            step.position,
            step.trigger,
            step.from_state,
            step.to_state,
            step.actor_id,
            step.actor_roles,
            step.authority,
            step.rule_set,
            step.at.astimezone(UTC).isoformat(timespec="microseconds"),
            step.answers,
            step.rules,
            step.form_key,
            step.previous_hash,
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(said.encode()).hexdigest()


def append(session: Session, case: Case, values: dict[str, Any], *, at: datetime) -> CaseStep:
    """Add a step to a case's history and chain it to the one before.

    Args:
        values: The columns of the step but its place in the chain.
    """
    step = CaseStep(
        case_id=case.id,
        position=case.history_length + 1,
        previous_hash=case.history_head or START,
        at=at,
        **values,
    )
    step.hash = step_hash(step)
    case.history_length = step.position
    case.history_head = step.hash
    session.add(step)
    return step


@dataclass(frozen=True, kw_only=True)
class Walked:
    """How far a walk has come, or where it stopped.

    Attributes:
        broken: What is wrong with the first broken row; empty while all is well.
    """

    rows: int
    cases: int
    broken: str = ""


_COLUMNS = (
    CaseStep.case_id,
    CaseStep.position,
    CaseStep.trigger,
    CaseStep.from_state,
    CaseStep.to_state,
    CaseStep.actor_id,
    CaseStep.actor_roles,
    CaseStep.authority,
    CaseStep.rule_set,
    CaseStep.at,
    CaseStep.answers,
    CaseStep.rules,
    CaseStep.form_key,
    CaseStep.previous_hash,
    CaseStep.hash,
)
#: Cases read at a time: enough to keep the database busy, little enough for the memory.
_CASES_AT_A_TIME = 500


def verify(session: Session) -> Iterator[Walked]:
    """Walk every history, oldest case first; stop at the first broken row.

    Yields:
        Progress after every few hundred cases; the last one says what is broken, if anything is.
    """
    after, rows, cases = 0, 0, 0
    while True:
        heads = session.execute(
            select(Case.id, Case.reference, Case.history_length, Case.history_head)
            .where(Case.id > after)
            .order_by(Case.id)
            .limit(_CASES_AT_A_TIME)
        ).all()
        if not heads:
            stray = session.scalar(select(CaseStep.id).where(CaseStep.case_id > after).limit(1))
            broken = f"Step row {stray} belongs to a case that does not exist." if stray else ""
            yield Walked(rows=rows, cases=cases, broken=broken)
            return
        steps = session.execute(
            select(*_COLUMNS)
            .where(CaseStep.case_id > after, CaseStep.case_id <= heads[-1].id)
            .order_by(CaseStep.case_id, CaseStep.position)
        ).all()
        by_case: dict[int, list[Any]] = {}
        for step in steps:
            by_case.setdefault(step.case_id, []).append(step)
        for head in heads:
            chain = by_case.pop(head.id, [])
            rows += len(chain)
            cases += 1
            if broken := _broken(head, chain):
                yield Walked(rows=rows, cases=cases, broken=broken)
                return
        if by_case:
            missing = min(by_case)
            yield Walked(
                rows=rows,
                cases=cases,
                broken=f"Case {missing} is missing, but its steps are there.",
            )
            return
        after = heads[-1].id
        yield Walked(rows=rows, cases=cases)


def _broken(head: Any, chain: list[Any]) -> str:
    """Return what is wrong with one case's chain, or nothing."""
    previous = START
    for place, step in enumerate(chain, start=1):
        where = f"Case {head.reference}, step {step.position}"
        if step.position != place:
            return f"Case {head.reference}, step {place}: the row is missing."
        if step.previous_hash != previous:
            return f"{where}: it is not chained to the step before it."
        if step.hash != step_hash(step):
            return f"{where}: the row was changed after it was written."
        previous = step.hash
    if len(chain) != head.history_length or (chain and previous != head.history_head):
        return (
            f"Case {head.reference}: {head.history_length} steps were written and {len(chain)} "
            "are there; rows were removed or added at the end."
        )
    return ""
