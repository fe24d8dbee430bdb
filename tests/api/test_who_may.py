"""Every operation there is, asked for by every role: as a person with that role finds the pages."""

import re
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from fcr_app import errors
from fcr_app.api import problems
from fcr_app.api.access import ApiAccess, access_of, check_request
from fcr_app.api.area import ROOT
from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import Role
from fcr_app.domain.scopes import Scope
from fcr_app.errors import FcrError
from fcr_app.extensions import FOR_PROGRAMS
from fcr_app.models import Person
from tests.api.programs import Program, a_program, a_token
from tests.builders import a_person
from tests.databases import application

APP = application("sqlite://")
WORK, ENTER, REASSIGN = (
    Permission.WORK_ON_CASES,
    Permission.ENTER_CRIMES,
    Permission.REASSIGN,
)
REPORT, REVIEW = Permission.ENTER_INCIDENTS, Permission.REVIEW_RECORDING
RULE, GIVE = Permission.MAKE_RULINGS, Permission.GIVE_FEEDBACK
READ, WRITE, ADMINISTER = Scope.READ, Scope.WRITE, Scope.ADMINISTER
PEOPLE, SETTINGS = Permission.MANAGE_PEOPLE, Permission.MANAGE_REFERENCE
PUBLISH = Permission.PUBLISH_BULLETINS
ASK, GAPS = Permission.ASK_EQUALITY, Permission.SEE_EQUALITY_GAPS
FIGURES, PUBLIC_REPORT = Permission.SEE_EQUALITY_FIGURES, Permission.WRITE_EQUALITY_REPORT
ACT, AUDIT = Permission.ACT_ON_AUDITS, Permission.RUN_AUDITS
AUDITS, EXAMINE = Permission.SEE_AUDITS, Permission.REVIEW_AUDITS
IMPORT, LOGS = Permission.IMPORT_CRIMES, Permission.SEE_LOGS
SEE_AUDITS, RUN_AUDITS = Permission.SEE_AUDITS, Permission.RUN_AUDITS

#: Who may use what: the scope of the token, and what the pages of the same task ask of a person.
WHO: dict[str, tuple[Scope | None, Permission | None]] = {
    "GET /api/v1": (None, None),
    "GET /api/v1/openapi.json": (None, None),
    "GET /api/v1/me": (READ, None),
    "GET /api/v1/incidents": (READ, WORK),
    "POST /api/v1/incidents": (WRITE, REPORT),
    "GET /api/v1/incidents/1": (READ, WORK),
    "POST /api/v1/incidents/1/closing": (WRITE, REPORT),
    "POST /api/v1/incidents/1/crimes": (WRITE, REPORT),
    "POST /api/v1/incidents/1/crimes/link": (WRITE, REPORT),
    "PUT /api/v1/incidents/1/officer": (WRITE, REPORT),
    "PUT /api/v1/incidents/1/victim": (WRITE, REPORT),
    "POST /api/v1/incidents/1/rape-disclosure": (WRITE, REPORT),
    "GET /api/v1/late-records": (READ, REVIEW),
    "GET /api/v1/late-records/1": (READ, REVIEW),
    "POST /api/v1/late-records/1/review": (WRITE, REVIEW),
    "GET /api/v1/appointments": (READ, WORK),
    "GET /api/v1/appointments/daily": (READ, WORK),
    "GET /api/v1/appointments/CAN-26-000001/slots": (READ, WORK),
    "GET /api/v1/reviews": (READ, REVIEW),
    "GET /api/v1/rulings": (READ, WORK),
    "POST /api/v1/rulings": (WRITE, RULE),
    "GET /api/v1/rulings/1/1": (READ, WORK),
    "POST /api/v1/rulings/1/1/links": (WRITE, RULE),
    "GET /api/v1/cases/CAN-26-000001/letters/1": (READ, WORK),
    "POST /api/v1/cases/CAN-26-000001/letters/1/pdf": (READ, WORK),
    "GET /api/v1/cases/CAN-26-000001/log": (READ, LOGS),
    "POST /api/v1/cases/CAN-26-000001/log/copy": (READ, LOGS),
    "GET /api/v1/glossary": (READ, None),
    "GET /api/v1/handbook": (READ, None),
    "GET /api/v1/imports": (READ, IMPORT),
    "POST /api/v1/imports": (WRITE, IMPORT),
    "POST /api/v1/imports/files": (WRITE, IMPORT),
    "GET /api/v1/imports/files/1": (READ, IMPORT),
    "GET /api/v1/imports/mapping": (READ, IMPORT),
    "GET /api/v1/imports/mappings": (READ, IMPORT),
    "POST /api/v1/imports/mappings": (WRITE, IMPORT),
    "GET /api/v1/imports/1": (READ, IMPORT),
    "POST /api/v1/imports/1/going-on": (WRITE, IMPORT),
    "GET /api/v1/imports/1/problems": (READ, IMPORT),
    "GET /api/v1/imports/1/problems.csv": (READ, IMPORT),
    "GET /api/v1/crimes": (READ, WORK),
    "POST /api/v1/crimes": (WRITE, ENTER),
    "GET /api/v1/crimes/1": (READ, WORK),
    "PUT /api/v1/crimes/1/class": (WRITE, ENTER),
    "POST /api/v1/crimes/1/people": (WRITE, ENTER),
    "GET /api/v1/crimes/1/victims": (READ, WORK),
    "POST /api/v1/crimes/1/victims": (WRITE, ENTER),
    "POST /api/v1/cases": (WRITE, ENTER),
    "GET /api/v1/cases/CAN-26-000001": (READ, WORK),
    "GET /api/v1/cases/CAN-26-000001/candidates": (READ, REASSIGN),
    "POST /api/v1/cases/CAN-26-000001/claim": (WRITE, WORK),
    "PATCH /api/v1/cases/CAN-26-000001/draft": (WRITE, ENTER),
    "POST /api/v1/cases/CAN-26-000001/reassign": (WRITE, REASSIGN),
    "POST /api/v1/cases/CAN-26-000001/release": (WRITE, WORK),
    "GET /api/v1/cases/CAN-26-000001/steps": (READ, WORK),
    "POST /api/v1/cases/CAN-26-000001/steps/refuse": (WRITE, WORK),
    "POST /api/v1/cases/CAN-26-000001/steps/refuse/rehearsal": (READ, WORK),
    "GET /api/v1/cases/CAN-26-000001/timeline": (READ, WORK),
    "POST /api/v1/claims/next": (WRITE, WORK),
    "GET /api/v1/overview": (READ, Permission.SEE_DASHBOARD),
    "GET /api/v1/overview/records": (READ, Permission.SEE_DASHBOARD),
    "GET /api/v1/worklist": (READ, WORK),
    "GET /api/v1/search": (READ, WORK),
    "POST /api/v1/search": (READ, WORK),
    "GET /api/v1/notices": (READ, WORK),
    "POST /api/v1/notices/1/read": (WRITE, WORK),
    "POST /api/v1/notices/read": (WRITE, WORK),
    "GET /api/v1/bulletins": (READ, WORK),
    "POST /api/v1/bulletins": (WRITE, PUBLISH),
    "GET /api/v1/bulletins/1": (READ, WORK),
    "PUT /api/v1/bulletins/1/draft": (WRITE, PUBLISH),
    "POST /api/v1/bulletins/1/editions": (WRITE, PUBLISH),
    "POST /api/v1/bulletins/1/receipt": (WRITE, WORK),
    "GET /api/v1/bulletins/1/receipts": (READ, PUBLISH),
    "POST /api/v1/bulletins/1/reminders": (WRITE, PUBLISH),
    "POST /api/v1/bulletins/1/withdrawal": (WRITE, PUBLISH),
    "GET /api/v1/themes": (READ, None),
    "GET /api/v1/themes/rec-08": (READ, None),
    "GET /api/v1/themes/rec-08/handout": (READ, None),
    "GET /api/v1/themes/rec-08/said-in-feedback": (READ, PUBLISH),
    "POST /api/v1/themes/rec-08/examples": (WRITE, PUBLISH),
    "POST /api/v1/themes/rec-08/examples/1/removal": (WRITE, PUBLISH),
    "GET /api/v1/figures/equality/completeness": (READ, FIGURES),
    "GET /api/v1/figures/equality/use": (READ, FIGURES),
    "GET /api/v1/figures/equality/reports": (READ, FIGURES),
    "GET /api/v1/figures/equality/reports/1": (READ, FIGURES),
    "GET /api/v1/figures/equality/reports/1/pdf": (READ, FIGURES),
    "POST /api/v1/figures/equality/report-drafts": (WRITE, PUBLIC_REPORT),
    "GET /api/v1/figures/equality/report-drafts/1": (READ, PUBLIC_REPORT),
    "PUT /api/v1/figures/equality/report-drafts/1": (WRITE, PUBLIC_REPORT),
    "POST /api/v1/figures/equality/report-drafts/1/editions": (WRITE, PUBLIC_REPORT),
    "GET /api/v1/audits/plans": (READ, SEE_AUDITS),
    "POST /api/v1/audits/plans": (WRITE, RUN_AUDITS),
    "GET /api/v1/audits/plans/current": (READ, SEE_AUDITS),
    "GET /api/v1/audits/plans/1": (READ, SEE_AUDITS),
    "GET /api/v1/audits/plans/1/calendar": (READ, SEE_AUDITS),
    "PUT /api/v1/audits/plans/1/auditors": (WRITE, RUN_AUDITS),
    "PUT /api/v1/audits/plans/1/hours": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plans/1/lines": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plans/1/steps/refuse": (WRITE, SEE_AUDITS),
    "GET /api/v1/audits/plan-lines/1": (READ, SEE_AUDITS),
    "PUT /api/v1/audits/plan-lines/1": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plan-lines/1/drop": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plan-lines/1/drop-approval": (WRITE, SEE_AUDITS),
    "POST /api/v1/audits/plan-lines/1/drop-refusal": (WRITE, SEE_AUDITS),
    "POST /api/v1/audits/plan-lines/1/removal": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plan-lines/1/resumption": (WRITE, RUN_AUDITS),
    "POST /api/v1/audits/plan-lines/1/suspension": (WRITE, RUN_AUDITS),
    "GET /api/v1/equality": (READ, GAPS),
    "GET /api/v1/equality/1": (READ, GAPS),
    "GET /api/v1/equality/1/gender-identity": (READ, ASK),
    "POST /api/v1/equality/1/answers": (WRITE, ASK),
    "POST /api/v1/incidents/1/equality": (WRITE, ASK),
    "GET /api/v1/equality/codes": (READ, GAPS),
    "GET /api/v1/equality/questions": (READ, ASK),
    "GET /api/v1/feedback": (READ, WORK),
    "POST /api/v1/feedback": (WRITE, GIVE),
    "GET /api/v1/feedback/1": (READ, WORK),
    "GET /api/v1/feedback/all": (READ, REVIEW),
    "POST /api/v1/feedback/1/acknowledge": (WRITE, WORK),
    "GET /api/v1/learning": (READ, WORK),
    "GET /api/v1/learning/1": (READ, WORK),
    "POST /api/v1/learning/1/actions": (WRITE, GIVE),
    "POST /api/v1/learning/1/actions/1/done": (WRITE, WORK),
    "POST /api/v1/learning/1/closing": (WRITE, GIVE),
    "POST /api/v1/learning/1/owner": (WRITE, GIVE),
    "POST /api/v1/learning/1/reviews": (WRITE, GIVE),
    "GET /api/v1/learning/thresholds": (READ, Permission.SET_THRESHOLDS),
    "PUT /api/v1/learning/thresholds": (ADMINISTER, Permission.SET_THRESHOLDS),
    "GET /api/v1/team": (READ, Permission.SEE_TEAM),
    "GET /api/v1/my-learning": (READ, WORK),
    "GET /api/v1/team/people/1": (READ, WORK),
    "POST /api/v1/team/people/1/notes": (WRITE, Permission.SEE_TEAM),
    "POST /api/v1/team/notes/1/correction": (WRITE, Permission.SEE_TEAM),
    "GET /api/v1/feedback-effect": (READ, Permission.SEE_EFFECT),
    "GET /api/v1/audits/lists": (READ, SEE_AUDITS),
    "POST /api/v1/audits/lists": (WRITE, AUDIT),
    "GET /api/v1/audits/openable": (READ, AUDIT),
    "GET /api/v1/audits/runs": (READ, SEE_AUDITS),
    "POST /api/v1/audits/runs": (WRITE, AUDIT),
    "GET /api/v1/audits/runs/1": (READ, SEE_AUDITS),
    "GET /api/v1/audits/runs/1/check": (READ, SEE_AUDITS),
    "POST /api/v1/audits/runs/1/hand-over": (WRITE, AUDIT),
    "GET /api/v1/audits/runs/1/records": (READ, SEE_AUDITS),
    "POST /api/v1/audits/records/1/replacement": (WRITE, AUDIT),
    "POST /api/v1/audits/runs/1/steps": (WRITE, Permission.REVIEW_AUDITS),
    "GET /api/v1/audits/size": (READ, SEE_AUDITS),
    "GET /api/v1/audits/actions": (READ, ACT),
    "POST /api/v1/audits/actions": (WRITE, AUDIT),
    "GET /api/v1/audits/actions/1": (READ, ACT),
    "PUT /api/v1/audits/actions/1": (WRITE, AUDIT),
    "POST /api/v1/audits/actions/1/moves": (WRITE, ACT),
    "GET /api/v1/audits/reports": (READ, AUDITS),
    "POST /api/v1/audits/reports/requests": (WRITE, AUDIT),
    "GET /api/v1/audits/reports/requests/1": (READ, AUDITS),
    "GET /api/v1/audits/reports/1": (READ, AUDITS),
    "GET /api/v1/audits/reports/1/pdf": (READ, AUDITS),
    "GET /api/v1/audits/reports/1/html": (READ, AUDITS),
    "GET /api/v1/audits/reports/1/tables": (READ, AUDITS),
    "POST /api/v1/audits/reports/1/annex/copy": (READ, Permission.REVIEW_AUDITS),
    "GET /api/v1/audits/to-examine": (READ, EXAMINE),
    "GET /api/v1/audits/runs/1/next-record": (READ, EXAMINE),
    "GET /api/v1/audits/records/1": (READ, EXAMINE),
    "PUT /api/v1/audits/records/1/review": (WRITE, EXAMINE),
    "GET /api/v1/audits/runs/1/differences": (READ, AUDIT),
    "GET /api/v1/audits/records/1/moderation": (READ, AUDIT),
    "PUT /api/v1/audits/records/1/moderation": (WRITE, AUDIT),
    "GET /api/v1/audits/runs/1/agreement": (READ, AUDITS),
    "GET /api/v1/audits/runs/1/findings": (READ, EXAMINE),
    "GET /api/v1/audits/findings/1": (READ, EXAMINE),
    "POST /api/v1/audits/findings/1/correction": (WRITE, AUDIT),
    "POST /api/v1/audits/findings/1/feedback": (WRITE, AUDIT),
    "POST /api/v1/audits/findings/1/closing": (WRITE, AUDIT),
    "GET /api/v1/audits/runs/1/figures": (READ, Permission.SEE_AUDITS),
    "PUT /api/v1/audits/runs/1/figures/year": (WRITE, AUDIT),
    "GET /api/v1/offences": (READ, None),
    "GET /api/v1/offences/1": (READ, None),
    "GET /api/v1/units": (READ, None),
    "POST /api/v1/people/search": (READ, ENTER),
    "GET /api/v1/account": (READ, None),
    "PUT /api/v1/account/e-mails": (WRITE, None),
    "PUT /api/v1/account/password": (ADMINISTER, None),
    "POST /api/v1/account/deputies": (ADMINISTER, None),
    "POST /api/v1/account/deputies/1/end": (WRITE, None),
    "GET /api/v1/account/tokens": (READ, None),
    "POST /api/v1/account/tokens": (ADMINISTER, None),
    "POST /api/v1/account/tokens/1/revoke": (WRITE, None),
    "GET /api/v1/account/calendars": (READ, WORK),
    "POST /api/v1/account/calendars": (ADMINISTER, WORK),
    "POST /api/v1/account/calendars/1/end": (WRITE, WORK),
    "GET /api/v1/accounts": (READ, PEOPLE),
    "POST /api/v1/accounts": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/search": (READ, PEOPLE),
    "GET /api/v1/accounts/1": (READ, PEOPLE),
    "PUT /api/v1/accounts/1": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/password": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/ending": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/reopening": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/roles": (ADMINISTER, PEOPLE),
    "PUT /api/v1/accounts/1/roles/1": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/accreditations": (ADMINISTER, PEOPLE),
    "PUT /api/v1/accounts/1/accreditations/1": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/1/deputies": (ADMINISTER, PEOPLE),
    "POST /api/v1/accounts/deputies/1/end": (ADMINISTER, PEOPLE),
    "GET /api/v1/accounts/1/tokens": (READ, PEOPLE),
    "POST /api/v1/accounts/1/tokens/1/revoke": (ADMINISTER, PEOPLE),
    "GET /api/v1/units/tree": (READ, SETTINGS),
    "POST /api/v1/units": (ADMINISTER, SETTINGS),
    "PUT /api/v1/units/1": (ADMINISTER, SETTINGS),
    "GET /api/v1/force": (READ, SETTINGS),
    "PUT /api/v1/force": (ADMINISTER, SETTINGS),
    "GET /api/v1/bank-holidays": (READ, SETTINGS),
    "POST /api/v1/bank-holidays": (ADMINISTER, SETTINGS),
    "POST /api/v1/bank-holidays/removal": (ADMINISTER, SETTINGS),
    "GET /api/v1/workflows": (READ, None),
    "GET /api/v1/workflows/refuse": (READ, None),
}
#: What is asked with POST and changes nothing: what it names or holds has no place in an address.
LOOKS = ("search", "rehearsal", "pdf", "copy")
VALUES = {"id": 1, "reference": "CAN-26-000001", "trigger": "refuse", "theme": "rec-08"}


def rules() -> list[Rule]:
    return [rule for rule in APP.url_map.iter_rules() if rule.rule.startswith(FOR_PROGRAMS)]


def requests() -> Iterator[tuple[str, Rule]]:
    """Return each way to ask for something, with its rule."""
    for rule in rules():
        address = re.sub(r"<(\w+):\w+>", lambda kind: str(VALUES[kind[1]]), rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {address}", rule


def test_the_table_names_every_operation_and_no_other() -> None:
    assert {request for request, _ in requests()} == set(WHO)


@pytest.mark.parametrize(("request_", "rule"), list(requests()), ids=str)
def test_an_operation_says_who_may_use_it(request_: str, rule: Rule) -> None:
    access = access_of(APP, rule.endpoint)
    assert isinstance(access, ApiAccess)
    assert (access.scope, access.needs) == WHO[request_]
    # Whatever changes something needs a token that may.
    looks = request_.startswith("GET") or request_.endswith(LOOKS)
    assert looks is (access.scope in (None, Scope.READ))
    # An administrator's work is done with a token that was made for it.
    if not looks and access.needs in (PEOPLE, SETTINGS):
        assert access.scope is Scope.ADMINISTER


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.rule}")
def test_an_address_is_kebab_case_with_typed_parameters(rule: Rule) -> None:
    for part in rule.rule.strip("/").split("/"):
        assert re.fullmatch(
            r"[a-z0-9.-]*", re.sub(r"<(id|reference|trigger|theme):[a-z_]+>", "", part)
        )


def test_an_operation_that_says_nothing_is_refused_to_everybody() -> None:
    app = application("sqlite://")
    app.add_url_rule(f"{ROOT}/forgotten", "forgotten", lambda: "secret")
    with app.test_request_context(f"{ROOT}/forgotten"), pytest.raises(errors.PermissionRefused):
        check_request()


def a_stranger_first(session: Session, roles: Iterable[Role]) -> Person:
    """Return a person with these roles, and leave the first records to somebody else."""
    a_token(session, a_person(session, name="Demo Stranger", roles=[]))
    return a_person(session, roles=roles)


def answers(program: Program) -> dict[str, int]:
    """Ask for everything with an empty body; say how each answered."""
    found = {}
    for request_ in WHO:
        method, _, address = request_.partition(" ")
        body: dict[str, str] | None = None if method == "GET" else {}
        answer = program.send(method, address.removeprefix(ROOT), json=body)
        found[request_] = answer.status_code
        if answer.status_code == 403:
            assert answer.mimetype == "application/problem+json"
    return found


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_a_role_is_let_in_where_its_permissions_say_and_nowhere_else(
    app: Flask, session: Session, role: Role
) -> None:
    program = a_program(app, session, a_stranger_first(session, [role]), scope=ADMINISTER)

    for request_, status in answers(program).items():
        _, needs = WHO[request_]
        allowed = needs is None or role in needs.roles
        assert (status != 403) is allowed, (request_, status)
        assert status < 500


def test_nobody_gets_anything_without_a_token(app: Flask, session: Session) -> None:
    for request_, status in answers(Program(app, session, "")).items():
        expected = 200 if WHO[request_][0] is None else 401
        assert status == expected, request_


def test_a_token_for_looking_is_refused_whatever_changes_something(
    app: Flask, session: Session
) -> None:
    everything = [role for role in Role if role is not Role.SYSTEM]
    program = a_program(app, session, a_stranger_first(session, everything), scope=READ)

    for request_, status in answers(program).items():
        changes = WHO[request_][0] in (WRITE, ADMINISTER)
        assert (status == 403) is changes, (request_, status)


def test_a_token_for_work_is_refused_whatever_lends_a_way_in(app: Flask, session: Session) -> None:
    everything = [role for role in Role if role is not Role.SYSTEM]
    program = a_program(app, session, a_stranger_first(session, everything), scope=WRITE)

    for request_, status in answers(program).items():
        assert (status == 403) is (WHO[request_][0] is ADMINISTER), (request_, status)


def children(kind: type[FcrError]) -> Iterator[type[FcrError]]:
    for child in kind.__subclasses__():
        yield child
        yield from children(child)


@pytest.mark.parametrize("kind", sorted({*children(FcrError)}, key=str))
def test_an_error_has_a_type_of_problem_that_is_documented(kind: type[FcrError]) -> None:
    with APP.app_context():
        found = problems.kind_of(kind.__new__(kind))
        page = APP.test_client().get("/api/v1/openapi.json").get_json()["x-problems"]

    assert found.slug in {problem["slug"] for problem in page}
