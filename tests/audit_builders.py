"""Makes audits as they stand once drawn: a line, a frozen frame, a run and its records."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.words import Band, CountedAs, Frame, Group, Verdict
from fcr_app.models import (
    AuditFrame,
    AuditItem,
    AuditLine,
    AuditPlan,
    AuditRun,
    Case,
    Crime,
    Incident,
    Person,
)
from tests.builders import NOW, a_person, an_incident

_numbers = count(1)
YEAR_STARTS = date(2026, 4, 1)
YEAR_ENDS = date(2027, 3, 31)


def a_plan(session: Session, begun_by: Person, **columns: Any) -> AuditPlan:
    """Add an approved plan of this financial year."""
    plan = AuditPlan(
        **{
            "starts_on": YEAR_STARTS,
            "ends_on": YEAR_ENDS,
            "edition": 1,
            "state": "approved",
            "begun_at": NOW - timedelta(days=200),
            "begun_by_id": begun_by.id,
            **columns,
        }
    )
    session.add(plan)
    session.flush()
    return plan


def a_line(session: Session, plan: AuditPlan, **columns: Any) -> AuditLine:
    """Add a line: by default incidents that should be crimes, drawn each month."""
    number = next(_numbers)
    line = AuditLine(
        **{
            "plan_id": plan.id,
            "line_key": f"L{number}",
            "code": "A1",
            "title": "Incident-to-crime conversion",
            "frame": Frame.INCIDENTS.value,
            "frame_filter": {},
            "counted_as": CountedAs.CRIME_THAT_SHOULD_EXIST.value,
            "first_due_on": YEAR_STARTS,
            "every_months": 1,
            "covers_months": 1,
            "method": "fixed",
            "fixed_size": 20,
            "hours": 10.0,
            **columns,
        }
    )
    session.add(line)
    session.flush()
    return line


def a_run(session: Session, line: AuditLine | None = None, **columns: Any) -> AuditRun:
    """Add an audit that was drawn, without records; on a plan of its own unless given a line."""
    if line is None:
        plan = session.scalar(select(AuditPlan).limit(1)) or a_plan(session, a_person(session))
        line = a_line(
            session,
            plan,
            **{name: columns[name] for name in ("code", "title", "counted_as") if name in columns},
        )
    number = next(_numbers)
    frame = AuditFrame(
        kind=line.frame,
        query="SELECT",
        in_words="Every report of the month.",
        taken_at=NOW,
        row_count=100,
        strata_counts={"": 100},
        hash="0" * 64,
        content=b"",
    )
    session.add(frame)
    session.flush()
    run = AuditRun(
        **{
            "reference": f"AUD-2026-{number:04}",
            "line_id": line.id,
            "line_key": line.line_key,
            "code": line.code,
            "title": line.title,
            "counted_as": line.counted_as,
            "period_starts_on": date(2026, 10, 1),
            "period_ends_on": date(2026, 10, 31),
            "due_on": date(2026, 11, 1),
            "opened_at": NOW,
            "frame_id": frame.id,
            "method": "fixed",
            "statistical": True,
            "algorithm": "test",
            "seed": "1",
            "size_wanted": 20,
            "size_why": "A fixed size of 20.",
            "expected_rate": 0.9,
            "hours": 10.0,
            "rule_set": "2026/27",
            **columns,
        }
    )
    session.add(run)
    session.flush()
    return run


def an_item(
    session: Session,
    run: AuditRun,
    auditor: Person | None = None,
    second: Person | None = None,
    *,
    incident: Incident | None = None,
    crime: Crime | None = None,
    case: Case | None = None,
    **columns: Any,
) -> AuditItem:
    """Add a drawn record: by default a report that nobody of the force had a part in."""
    if incident is None and crime is None and case is None and "listed" not in columns:
        incident = an_incident(session)
    number = next(_numbers)
    item = AuditItem(
        **{
            "run_id": run.id,
            "position": number,
            "identifier": f"item:{number}",
            "inclusion_probability": 0.2,
            "in_sample": True,
            "is_reserve": False,
            "crime_id": crime.id if crime else None,
            "incident_id": incident.id if incident else None,
            "case_id": case.id if case else None,
            "label": incident.reference if incident else crime.crime_number if crime else "Listed",
            "auditor_id": auditor.id if auditor else None,
            "second_auditor_id": second.id if second else None,
            **columns,
        }
    )
    session.add(item)
    session.flush()
    return item


def a_crime_given(verdict: Verdict = Verdict.RECORDED, **said: Any) -> CrimeGiven:
    """Say something of a crime: by default violence that is recorded in time."""
    usual: dict[str, Any] = {"offence_group": Group.VIOLENCE, "verdict": verdict}
    if verdict is not Verdict.MISSING:
        usual["band"] = Band.IN_TIME
    return CrimeGiven(**{**usual, **said})


def a_review(
    *crimes: CrimeGiven, answers: dict[str, str] | None = None, note: str = ""
) -> ReviewGiven:
    """Say a whole review of a report of A1."""
    said: Sequence[CrimeGiven] = crimes
    return ReviewGiven(
        answers={"closing_code": "yes"} if answers is None else answers, crimes=said, note=note
    )
