"""A fuzzer holds the live interface to its own specification, with the demonstration force in it.

Bounded and always alike: the same seed, the same number of examples for each operation. Each is
asked for what the specification allows and for what it does not, of things that are there and of
things that are not.
"""

import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.api.area import ROOT
from fcr_app.domain.audits.actions import ActionWords
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.equality_figures.period import last_twelve_months
from fcr_app.domain.equality_figures.report import Words
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.domain.scopes import Scope
from fcr_app.extensions import db
from fcr_app.models import (
    ApiToken,
    AuditFinding,
    AuditLine,
    AuditReportRequest,
    Bulletin,
    Case,
    Crime,
    EqualityRecord,
    FeedbackItem,
    Incident,
    LateRecord,
    Offence,
    Person,
    PersonAccreditation,
    RoleGrant,
    TeachingExample,
    Unit,
    Victim,
)
from fcr_app.reports.equality_report import make, report_of
from fcr_app.services import api_tokens
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.actions import NewAuditAction, add_action
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.report_keeping import keep_report
from fcr_app.services.audits.report_queue import claim_next
from fcr_app.services.demo import seed as fill
from fcr_app.services.equality_figures import report as equality_report
from fcr_app.services.transaction import transaction
from fcr_app.workflows import WORKFLOWS
from tests.audit_builders import a_run, an_item
from tests.audited_run import Examined, Found, an_audit
from tests.reports.audits.making_reports import made as a_report

SPECIFICATION = f"{ROOT}/openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
#: What is not allowed is refused with one of these; an If-Match that is no ETag, with 412.
REFUSED = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429]
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
)
#: Every body is a file that it may be sent, so there is none that is not allowed.
TAKES_ANY_FILE = {f"POST {ROOT}/imports/files", f"POST {ROOT}/audits/lists"}
#: For each operation, in each of three ways. Half as many on the second database: making them up
#: takes as long as answering, and what the two do differently shows in the first few.
EXAMPLES = {"sqlite": 6, "postgresql": 3}
SETTINGS = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


Force = tuple[Flask, str, Mapping[str, Any]]


def an_equality_report(session: Session, actor: Actor, now: datetime) -> int:
    """Publish an equality report, whose draft stays; return its id."""
    months = last_twelve_months(now.date())
    draft = equality_report.begin(session, actor, months, now=now)
    words = "Written so that there is something to publish."
    said = Words(about=words, actions=words, objectives=words)
    equality_report.write(session, actor, draft.id, said, now=now)
    drawn = report_of(equality_report.to_publish(session, draft.id, now=now), now=now)
    return equality_report.publish(
        session, actor, draft.id, make(drawn), why="", now=now, version=draft.version
    ).id


def an_audit_action(session: Session, actor: Actor, now: datetime) -> int:
    """Write an action down for the registrar; return its id."""
    words = ActionWords(
        recommended="Written so that there is something to do.",
        measure="",
        source="A test",
        due_on=now.date() + timedelta(days=30),
    )
    return add_action(session, actor, NewAuditAction(words=words, owner_id=actor.id), now=now).id


def an_audit_plan(session: Session, actor: Actor, now: datetime) -> int:
    """Begin this year's audit plan; return the id of one of its audits."""
    begun = PlanBegun(starts_on=year_of(now.date()).starts_on)
    plan = begin_plan(session, actor, begun, now=now)
    return session.scalars(select(AuditLine.id).where(AuditLine.plan_id == plan.id)).first() or 1


def an_audit_report(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """Keep a report that somebody asked for; return its id and the request's."""
    asked = AuditReportRequest(
        kind="plan_monthly", subject_key="2026-10", asked_at=now, asked_by_id=actor.id
    )
    session.add(asked)
    session.flush()
    claimed = claim_next(session, "a test", now=now)
    assert claimed
    made = keep_report(session, claimed, a_report(), now=now, plan_id=None)
    return made.id, asked.id


def an_audited_record(session: Session, person_id: int) -> dict[str, int]:
    """Add a record that the registrar has to examine, and another with a finding."""
    run = a_run(session)
    person = session.get_one(Person, person_id)
    item, other = (an_item(session, run, person, listed={"About": "A test"}) for _ in range(2))
    finding = AuditFinding(
        run_id=run.id, item_id=other.id, question="closing_code", error_type="E26",
        severity="low", correction="none", opened_at=run.opened_at, due_on=run.due_on,
    )  # fmt: skip
    session.add(finding)
    session.flush()
    return {"audited_id": item.id, "finding_id": finding.id}


@pytest.fixture
def force(app: Flask) -> Iterator[Force]:
    """Give a live application, a token that may do anything, and what a path may name.

    Its person is the registrar and an administrator, so that every operation lets it in.
    """
    # A page for the person and not a trace for the test, as it would be in a force.
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    now = clock.now()
    with app.app_context():
        with transaction() as session:
            fill(session, SYSTEM_ACTOR, now=now)
        with transaction() as session:
            person_id = session.scalars(
                select(RoleGrant.person_id).where(RoleGrant.role == Role.FCR)
            ).first()
            assert person_id
            today = now.date()
            session.add(RoleGrant(person_id=person_id, role=Role.ADMINISTRATOR, starts_on=today))
            session.flush()
            actor = load_actor(session, person_id, today=today, address="test")
            token = api_tokens.create(
                session, actor, name="Demo fuzzer", scope=Scope.ADMINISTER, days=1, now=now
            )
            somebody = session.scalars(
                select(RoleGrant).where(RoleGrant.person_id != person_id).order_by(RoleGrant.id)
            ).first()
            assert somebody
            course = session.scalars(
                select(PersonAccreditation).where(PersonAccreditation.person_id != person_id)
            ).first()
            assert course
            case = session.scalars(
                select(Case).where(Case.state == "submitted").order_by(Case.id)
            ).first()
            assert case
            report_id, request_id = an_audit_report(session, actor, now)
            there = {
                "reference": case.reference,
                "trigger": "refuse",
                "crime_id": case.crime_id,
                "incident_id": session.scalar(
                    select(func.min(Incident.id)).where(Incident.settled_at.is_(None))
                ),
                "person_id": somebody.person_id,
                "grant_id": somebody.id,
                "accreditation_id": course.id,
                "cover_id": 1,
                "victim_id": session.scalar(
                    select(func.min(Victim.id)).where(Victim.crime_id == case.crime_id)
                ),
                "record_id": session.scalar(select(func.min(EqualityRecord.id))) or 1,
                "bulletin_id": session.scalar(select(func.min(Bulletin.id))) or 1,
                "example_id": session.scalar(select(func.min(TeachingExample.id))) or 1,
                "slug": "rec-08",
                "file_id": 1,
                "run_id": 1,
                "feed_id": 1,
                "token_id": 1,
                "unit_id": session.scalar(select(func.min(Unit.id))),
                "offence_id": session.scalar(select(func.min(Offence.id))),
                "item_id": session.scalar(select(func.min(FeedbackItem.id))),
                "late_id": session.scalar(select(func.min(LateRecord.id))),
                "notice_id": 1,
                "plan_id": 1,
                "line_id": an_audit_plan(session, actor, now),
                "note_id": 1,
                "action_id": an_audit_action(session, actor, now),
                "audit_report_id": report_id,
                "request_id": request_id,
                **an_audited_record(session, person_id),
                "audit_id": an_audit(session, [Examined(crimes=[Found()])], state="reviewing").id,
                "draft_id": 1,
                "report_id": an_equality_report(session, actor, now),
                "year": now.year,
                "serial": 1,
                "key": "cancellation",
            }
    yield app, token, there
    for thread in threading.enumerate():  # no import outlives its test
        if thread.name.startswith("import-"):
            thread.join()


def operations(schema: Any) -> Iterator[Any]:
    for result in schema.get_all_operations():
        yield result.ok()


def put_right(app: Flask) -> None:
    """Undo what the fuzzer may have done to its own token: revoke it."""
    with app.app_context(), transaction() as session:
        session.execute(update(ApiToken).where(ApiToken.id == 1).values(revoked_at=None))


def examples(app: Flask) -> int:
    """Return how many examples of a kind are asked for, on this database."""
    with app.app_context():
        return EXAMPLES[db.engine.dialect.name]


def ask(operation: Any, mode: GenerationMode, token: str, count: int, **fixed: Any) -> list[int]:
    """Ask an operation for examples, and hold each answer to the specification."""
    statuses: list[int] = []

    @seed(1)
    @settings(SETTINGS, max_examples=count)
    @given(case=operation.as_strategy(mode, **fixed))
    def one(case: Any) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS, headers=headers)
        statuses.append(response.status_code)

    one()
    return statuses


@pytest.mark.timeout(400)  # seconds on a machine of its own; a busy one is slower
def test_every_answer_is_documented_and_none_is_a_failure(
    force: Force,
) -> None:
    app, token, there = force
    schema = schemathesis.openapi.from_wsgi(SPECIFICATION, app, config=CONFIG)
    seen: dict[str, set[int]] = {}
    count = examples(app)
    for operation in operations(schema):
        named = {p.name for p in operation.path_parameters}
        found = {name: there[name] for name in named}
        statuses = seen.setdefault(operation.label, set())
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for mode in modes[:1] if operation.label in TAKES_ANY_FILE else modes:
            statuses |= set(ask(operation, mode, token, count))
            if found and mode is GenerationMode.POSITIVE:
                statuses |= set(ask(operation, mode, token, count, path_parameters=found))
        put_right(app)

    # The fuzzer got past the door: many operations did what they are for at least once.
    worked = [label for label, statuses in seen.items() if statuses & {200, 201}]
    assert len(worked) >= len(seen) // 2, sorted(set(seen) - set(worked))


#: What can be read of a record, by what names it.
READ = {
    "reference": (
        Case.reference,
        ("/cases/{reference}", "/cases/{reference}/steps", "/cases/{reference}/timeline"),
    ),
    "crime_id": (Crime.id, ("/crimes/{crime_id}",)),
    "incident_id": (Incident.id, ("/incidents/{incident_id}",)),
}


def open_one_of_each(app: Flask, headers: dict[str, str]) -> None:
    """Open a case of each kind that a report lets one open, beside those of the demonstration."""
    client, opened = app.test_client(), set[str]()
    death = {
        "first_reported_at": clock.now().isoformat(),
        "route": "999",
        "reporter_type": "witness",
        "account": "Found dead at the foot of the stairs.",
        "opening_code": "death",
    }
    assert client.post(f"{ROOT}/incidents", json=death, headers=headers).status_code == 201
    with app.app_context(), transaction() as session:
        reports = session.scalars(select(Incident.id)).all()
    for report in reports:
        shown = client.get(f"{ROOT}/incidents/{report}", headers=headers).get_json()
        for key in {start["key"] for start in shown["may_start"]} - opened:
            body = {"workflow": key, "incident_id": report}
            assert client.post(f"{ROOT}/cases", json=body, headers=headers).status_code == 201
            opened.add(key)


def test_every_record_of_every_policy_in_every_state_reads_as_documented(
    force: Force,
) -> None:
    app, token, _ = force
    schema = schemathesis.openapi.from_wsgi(SPECIFICATION, app, config=CONFIG)
    headers = {"Authorization": f"Bearer {token}"}
    open_one_of_each(app, headers)
    with app.app_context(), transaction() as session:
        workflows = set(session.scalars(select(Case.workflow)))
        named = {name: session.scalars(select(column)).all() for name, (column, _) in READ.items()}

    assert workflows == {workflow.key for workflow in WORKFLOWS}
    for name, (_, paths) in READ.items():
        for path in paths:
            operation = schema[f"{ROOT}{path}"]["GET"]
            for value in named[name]:
                case = operation.Case(path_parameters={name: value})
                response = case.call(headers=headers)
                assert response.status_code == 200, (path, value)
                case.validate_response(response, checks=CHECKS[:5], headers=headers)
