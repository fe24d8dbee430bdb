"""Whatever a person can do in the pages, a program can do: each page beside its operation.

How to: a new page fails here until it says what a program does instead. Where the operation has
the page's own name (``notices.index`` and ``notices-index``) nothing needs to be said. Otherwise
add a line to :data:`DONE_BY` with the ``operationId`` of each operation it takes to do the same;
build the operation first (``fcr_app/api``), say who may use it in ``WHO`` (test_who_may.py), and
give the fuzzer a record for what its path names (``there`` in test_against_the_specification.py).
Only what is mechanics of pages, such as a sign-in
form or a page that is read in a browser, may stand in :data:`ONLY_A_PAGE` with the reason why.
"""

from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from fcr_app.api.access import access_of as operation_access
from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import Role
from fcr_app.extensions import FOR_PROGRAMS
from fcr_app.web.access import access_of as page_access
from tests.databases import application

APP = application("sqlite://")

ENTER_CRIME = "crimes-enter"
STEP = ("cases-steps", "cases-rehearse", "cases-take")
POLICIES = ("reference-workflows", "reference-workflow")

#: What does the same as a page whose name is not the operation's.
DONE_BY: dict[str, str | tuple[str, ...]] = {
    "account.password": "account-change_password",
    "account.mail": ("account-show", "account-mail"),
    "audit_actions.index": "audit-actions-find",
    "audit_actions.show": "audit-actions-show",
    "audit_actions.new": "audit-actions-add",
    "audit_actions.move_on": ("audit-actions-show", "audit-actions-move"),
    "audit_actions.change": ("audit-actions-show", "audit-actions-change"),
    "audit_stops.approve": "audit-plan-approve_drop",
    "audit_lines.auditors": "audit-plan-auditors",
    "audit_lines.change": ("audit-plan-line", "audit-plan-change_line"),
    "audit_stops.drop": "audit-plan-ask_to_drop",
    "audit_stops.keep": "audit-plan-refuse_drop",
    "audit_lines.new": "audit-plan-add_line",
    "audit_lines.remove": "audit-plan-remove_line",
    "audit_stops.resumption": "audit-plan-resume",
    "audit_lines.show": "audit-plan-line",
    "audit_stops.suspension": "audit-plan-suspend",
    "audit_plan.calendar": "audit-plan-calendar",
    "audit_plan.change": "audit-plan-begin",
    "audit_plan.history": "audit-plan-find",
    "audit_plan.hours": ("audit-plan-calendar", "audit-plan-hours"),
    "audit_plan.index": "audit-plan-current",
    "audit_plan.new": "audit-plan-begin",
    "audit_plan.show": "audit-plan-show",
    "audit_plan.step": ("audit-plan-show", "audit-plan-step"),
    "audit_reports.index": "audit-reports-find",
    "audit_reports.new": "audit-reports-ask",
    "audit_reports.making": "audit-reports-making",
    "audit_reports.show": "audit-reports-show",
    "audit_reports.copy": (
        "audit-reports-as_html",
        "audit-reports-as_tables",
        "audit-reports-as_pdf",
    ),
    "audit_reports.annex": "audit-reports-annex",
    "audit_reports.annex_copy": "audit-reports-annex",
    "audit_figures.show": "audit-figures-show",
    "audit_findings.close": "audit-findings-close",
    "audit_findings.correct": "audit-findings-correct",
    "audit_findings.feedback": ("audit-findings-show", "audit-findings-give_feedback"),
    "audit_findings.index": "audit-findings-find",
    "audit_findings.show": "audit-findings-show",
    "audit_moderation.agreement": "audit-reviews-agreement",
    "audit_moderation.index": "audit-reviews-differences",
    "audit_moderation.save": "audit-reviews-say_what_counts",
    "audit_moderation.show": "audit-reviews-moderation",
    "audit_review.following": ("audit-reviews-next_record", "audit-reviews-record"),
    "audit_review.mine": "audit-reviews-to_examine",
    "audit_review.previous": ("audit-reviews-next_record", "audit-reviews-record"),
    "audit_review.resume": ("audit-reviews-next_record", "audit-reviews-record"),
    "audit_review.save": "audit-reviews-review",
    "audit_review.show": "audit-reviews-record",
    "audit_figures.year": ("audit-figures-show", "audit-figures-state"),
    "audit_signing.sign": ("audit-figures-show", "audit-runs-step"),
    "audit_signing.reopen": ("audit-figures-show", "audit-runs-step"),
    "audits.index": "audit-runs-find",
    "audits.check": "audit-runs-check",
    "audits.show": "audit-runs-show",
    "audits.records": "audit-runs-records",
    "audit_lists.index": "audit-runs-lists",
    "audit_lists.new": ("audit-runs-can_open", "audit-runs-send"),
    "audit_opening.by_hand": "audit-runs-can_open",
    "audit_opening.open_it": "audit-runs-open_one",
    "audit_records.give": "audit-runs-hand_over",
    "audit_records.replace": "audit-runs-replace",
    "audit_records.step": "audit-runs-step",
    "audit_size.show": "audit-runs-size",
    "bank_holidays.index": "settings-bank_holidays",
    "bank_holidays.new": "settings-add_bank_holiday",
    "bank_holidays.remove": "settings-remove_bank_holiday",
    "booking.show": "appointments-slots",
    "booking.book": ("appointments-slots", *STEP),
    "bulletins.index": "bulletins-find",
    "bulletins.new": "bulletins-write",
    "bulletins.edit": ("bulletins-show", "bulletins-edit"),
    "cases.decide": STEP,
    "cases.step": STEP,
    "crime_additions.offence": ("reference-offences", "crimes-classify"),
    "crime_additions.person": ("reference-people", "crimes-add_person"),
    "crime_additions.victim": "crimes-add_victim",
    "crimes.new": ENTER_CRIME,
    "dashboard.show": "overview-show",
    "dashboard.records": "overview-records",
    "deputies.new": "authority-cover",
    "deputies.end": "authority-end_of_cover",
    "deputies.new_own": "account-cover",
    "deputies.end_own": "account-end_of_cover",
    "diary.show": "appointments-find",
    "diary_daily.show": "appointments-daily_list",
    "diary_daily.export": "appointments-daily_list",
    "diary_feed.index": "account-calendars",
    "diary_feed.make": "account-make_calendar",
    "diary_feed.end": "account-end_calendar",
    "equality_figures.completeness": "equality-figures-completeness",
    "equality_figures.completeness_file": "equality-figures-completeness",
    "equality_figures.use": "equality-figures-use",
    "equality_figures.use_file": "equality-figures-use",
    "equality_report.as_file": "equality-reports-show",
    "equality_report.as_pdf": "equality-reports-as_pdf",
    "equality_report.edit": "equality-reports-write",
    "equality_report.index": "equality-reports-index",
    "equality_report.new": "equality-reports-begin",
    "equality_report.preview": "equality-reports-in_writing",
    "equality_report.publish": "equality-reports-publish",
    "equality_report.show": "equality-reports-show",
    "equality.as_pdf": "equality-questions",
    "equality.ask": ("equality-show", "equality-questions"),
    "equality.from_report": "equality-begin",
    "equality.index": "equality-incomplete",
    "equality.on_paper": "equality-questions",
    "equality.question": ("equality-show", "equality-questions"),
    "equality.save": "equality-answer",
    "effect.export": "effect-show",
    "feedback.index": "messages-feedback",
    "feedback.show": "messages-feedback_item",
    "feedback.register": "messages-all_feedback",
    "feedback_giving.on_case": "learning-give",
    "feedback_giving.on_crime": "learning-give",
    "feedback_giving.on_incident": "learning-give",
    "force.show": "settings-force",
    "force.edit": ("settings-force", "settings-change_settings"),
    "help.glossary": "reference-glossary",
    "import_columns.choose": ("imports-check", "imports-mapping"),
    "import_columns.keep": "imports-keep",
    "imports.index": "imports-find",
    "imports.new": ("imports-mappings", "imports-upload"),
    "incident_changes.close": "reports-close",
    "incident_changes.link": "reports-link",
    "incident_changes.officer": "reports-hand_over",
    "incident_changes.record": "reports-record",
    "incident_changes.rape": "reports-say_rape_was_disclosed",
    "incident_changes.victim": "reports-victim",
    "incidents.index": "reports-find",
    "incidents.show": "reports-show",
    "incidents.new": "reports-enter",
    "incidents.enter": "reports-enter",
    "incidents.start": "cases-start",
    "late_records.index": "late-records-find",
    "late_records.show": "late-records-show",
    "late_records.answer": "late-records-review",
    "learning.index": "learning-plans",
    "learning.show": "learning-plan",
    "learning.new_action": "learning-add_action",
    "learning.finish": "learning-finish_action",
    "learning.review_plan": "learning-review",
    "learning.owner": "learning-hand_over",
    "learning.limits": ("learning-limits", "learning-set_limits"),
    "letters.show": "papers-letter",
    "letters.pdf": "papers-letter_as_pdf",
    "logs.case": "papers-log",
    "logs.export": "papers-log_copy",
    "notices.index": "messages-notices",
    "notices.read": "messages-read_notice",
    "notices.read_all": "messages-read_notices",
    "people.index": ("accounts-find", "accounts-find_by_words"),
    "people.new": "accounts-add",
    "people.show": ("accounts-show", "authority-tokens"),
    "people.edit": ("accounts-show", "accounts-change"),
    "people.save": "accounts-change",
    "people.password": "accounts-password",
    "people.deactivate": "accounts-end",
    "people.reactivate": "accounts-reopen",
    "policy.index": POLICIES,
    "policy.rules": "reference-handbook",
    "policy.show": POLICIES,
    "requests.reason": ("cases-show", "cases-draft"),
    "requests.save_reason": "cases-draft",
    "requests.details": ("cases-show", "cases-draft"),
    "requests.save_details": "cases-draft",
    "requests.check": "cases-rehearse",
    "requests.send": "cases-take",
    "reviews.index": "reviews-find",
    "reviews.following": "reviews-find",
    "reviews.previous": "reviews-find",
    "rulings.index": "rulings-find",
    "rulings.new": "rulings-make",
    "rulings.make_instead": "rulings-make",
    "rulings.supersede": "rulings-make",
    "rulings.link": "rulings-apply",
    "search.show": "lists-by_number",
    "search.find": "lists-by_words",
    "my_learning.show": "team-mine",
    "team.index": "team-show",
    "tokens.new": "account-make_token",
    "tokens.revoke_own": "account-revoke",
    "tokens.revoke": "authority-revoke",
    "themes.add": ("themes-said", "themes-add"),
    "units.index": "settings-unit_tree",
    "units.new": "settings-add_unit",
    "units.edit": ("settings-unit_tree", "settings-change_unit"),
    "worklist.show": "lists-work",
}

SIGNS_IN = "A program signs in with its token."
READ = "Words for people to read in a browser; the interface has its own."
MACHINERY = "For machines that watch the service, with no person behind them."
#: Pages that a program has no use for, and why.
ONLY_A_PAGE = {
    "account.forget": "Forms that were not sent before a time-out; a program keeps its own words.",
    "api_docs.show": READ,
    "diary_feed.read": "A calendar reads it; its address is the key, and is made by an operation.",
    "health.alive": MACHINERY,
    "health.ready": MACHINERY,
    "help.accessibility": READ,
    "help.privacy": READ,
    "help.show": READ,
    "sign_in.form": SIGNS_IN,
    "sign_in.out": SIGNS_IN,
    "sign_in.signed_out": SIGNS_IN,
    "sign_in.stay": SIGNS_IN,
    "sign_in.submit": SIGNS_IN,
    "start.show": "It leads on to the first page of whoever opens it.",
    "static": "Styles, scripts and icons of the pages.",
}
#: Where an operation asks for more or less than its page, and why that is right.
OTHERWISE_ALLOWED = {
    ("requests.check", "cases-rehearse"): "One operation for the steps of every policy; the "
    "policy itself says who may take which.",
    ("requests.send", "cases-take"): "Likewise.",
    ("audit_signing.sign", "audit-runs-step"): "One operation for the steps of audits; their "
    "policy says that only registrars sign off and open again.",
    ("audit_signing.reopen", "audit-runs-step"): "Likewise.",
}


def pages() -> Iterator[Rule]:
    """Yield every address that is not of the interface."""
    for rule in APP.url_map.iter_rules():
        if not rule.rule.startswith(FOR_PROGRAMS):
            yield rule


def operations() -> dict[str, str]:
    """Return the endpoint of each operation by its operationId."""
    return {
        rule.endpoint.removeprefix("api-").replace(".", "-"): rule.endpoint
        for rule in APP.url_map.iter_rules()
        if rule.endpoint.startswith("api-")
    }


def roles(needed: Permission | None) -> frozenset[Role]:
    """Return the roles that are let in."""
    return needed.roles if needed else frozenset(Role)


PAGES = sorted({rule.endpoint for rule in pages()})
OPERATIONS = operations()


def done_by(endpoint: str) -> tuple[str, ...]:
    """Return the operations that do what a page does; none where nothing says so."""
    said = DONE_BY.get(endpoint, endpoint.replace(".", "-"))
    named = (said,) if isinstance(said, str) else said
    return tuple(name for name in named if name in OPERATIONS or endpoint in DONE_BY)


def test_an_operation_is_named_in_the_specification_as_it_is_here() -> None:
    said = APP.test_client().get("/api/v1/openapi.json").get_json()["paths"].values()
    named = {one["operationId"] for item in said for one in item.values() if "operationId" in one}

    assert named == set(OPERATIONS)


@pytest.mark.parametrize("endpoint", PAGES)
def test_what_a_page_does_is_done_by_an_operation_or_is_only_a_page(endpoint: str) -> None:
    if endpoint in ONLY_A_PAGE:
        assert not done_by(endpoint)
        return
    assert done_by(endpoint), "No operation does what this page does. See the top of this file."
    assert set(done_by(endpoint)) <= set(OPERATIONS)


@pytest.mark.parametrize("endpoint", PAGES)
def test_an_operation_lets_in_whom_its_page_lets_in(endpoint: str) -> None:
    page = page_access(APP, endpoint)
    assert page
    for name in done_by(endpoint)[-1:]:  # the last one does it; those before it look things up
        operation = operation_access(APP, OPERATIONS[name])
        assert operation
        if (endpoint, name) not in OTHERWISE_ALLOWED:
            assert roles(operation.needs) == roles(page.needs), (endpoint, name)


def test_no_line_is_about_a_page_that_is_gone_or_says_what_need_not_be_said() -> None:
    assert set(DONE_BY) | set(ONLY_A_PAGE) <= set(PAGES)
    assert not set(DONE_BY) & set(ONLY_A_PAGE)
    assert not [name for name, said in DONE_BY.items() if said == name.replace(".", "-")]
    assert {endpoint for endpoint, _ in OTHERWISE_ALLOWED} <= set(PAGES)
