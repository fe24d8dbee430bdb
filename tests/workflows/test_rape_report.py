"""Who may do what to a report of rape, and where its answers lead, as tables to sign off."""

from collections.abc import Mapping
from typing import Any

import pytest

from fcr_app.domain import recording_rules as r
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.guards import Verdict
from fcr_app.domain.incidents import ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.recording_questions import Ground
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError, StepRefused
from fcr_app.workflows.rape_report import RAPE_REPORT, State
from tests.facts_builders import (
    SERGEANT,
    SOMEBODY,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_actor,
    an_administrator,
    an_auditor,
    an_officer,
)
from tests.recording_builders import (
    CHECKED,
    CONFIRMED,
    CONTRARY,
    ELSEWHERE,
    NOT_RAPE,
    OF_A_WOMAN,
    UNTRACED,
    WHY,
    a_report,
    recording_facts,
)

OPENER, OTHER, SUPERVISOR = "who opened it", "another officer", "supervisor"
DDM, FCR, DEPUTY = "DDM", "registered FCR", "deputy with a course"

PEOPLE: dict[str, Actor] = {
    OPENER: an_officer(),
    OTHER: an_officer(SOMEBODY),
    SUPERVISOR: a_supervisor(SERGEANT),
    DDM: a_ddm(),
    FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    "FCR without any accreditation": an_actor(77, *a_registered_fcr().roles),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
OFFICERS = (OPENER, OTHER, SUPERVISOR, DDM, FCR, DEPUTY, "FCR without any accreditation")
REGISTRARS = (FCR, DEPUTY)
CHECKERS = (SUPERVISOR, FCR, DEPUTY, "FCR without any accreditation")
ANYBODY = {"discard", "reassess"}

#: What each step is told where everything is in order.
GOOD: dict[str, dict[str, str]] = {
    "assess": CONFIRMED,
    "take_in": {},
    "record": {},
    "create_reported": {"ground": "untraced", "reason": WHY},
    "not_rape": {"not_rape_why": WHY},
    "ask_fcr": {"why_ask": WHY},
    "reassess": {},
    "discard": {},
    "allow_reported": {"code": "100/01", "rationale": WHY},
    "have_recorded": {**OF_A_WOMAN, "rationale": WHY},
    "check_record": CHECKED,
    "check_not_rape": CHECKED,
    "agree_record": {"rationale": WHY},
    "recode_crime": {**OF_A_WOMAN, "rationale": WHY},
    "agree_not_rape": {"rationale": WHY},
    "send_back": {"to_mend": "Ask her again with somebody she trusts (REC-02)."},
}


def everybody(people: tuple[str, ...], *triggers: str) -> dict[str, set[str]]:
    return {who: set(triggers) for who in people}


def with_opener(table: dict[str, set[str]], *triggers: str) -> dict[str, set[str]]:
    return {**table, OPENER: {*table.get(OPENER, set()), *triggers}}


Table = dict[State, dict[str, set[str]]]

#: The victim says that it happened: it is recorded, and only the FCR allows anything else.
TOLD_BY_THE_VICTIM: Table = {
    # The crime is recorded elsewhere and was linked, or else nobody can have it taken in.
    State.DRAFT: with_opener(everybody(OFFICERS, "take_in"), "assess", "discard"),
    State.ASSESSED: with_opener(everybody(OFFICERS, "record", "ask_fcr"), "discard", "reassess"),
    State.ASKED: with_opener(
        everybody(REGISTRARS, "allow_reported", "have_recorded", "send_back"), "reassess"
    ),
    State.RECORDED_TO_CHECK: everybody(CHECKERS, "check_record"),
    State.RECORDED_TO_REVIEW: everybody(REGISTRARS, "agree_record", "recode_crime"),
    State.RECORDED: {},
    State.N100_CREATED: {},
    State.DISCARDED: {},
}
#: Seen by a passer-by, and nobody found.
SEEN_BY_A_PASSER_BY: Table = {
    State.ASSESSED: with_opener(
        everybody(OFFICERS, "create_reported", "ask_fcr"), "discard", "reassess"
    ),
}
#: Not about rape at all.
ABOUT_SOMETHING_ELSE: Table = {
    State.ASSESSED: with_opener(everybody(OFFICERS, "not_rape"), "discard", "reassess"),
    State.NOT_RAPE_TO_CHECK: with_opener(everybody(CHECKERS, "check_not_rape"), "reassess"),
    State.NOT_RAPE_TO_REVIEW: everybody(REGISTRARS, "agree_not_rape", "have_recorded", "send_back"),
    State.NOT_RAPE: {},
}


def allowed(
    state: State, actor: Actor, asked: Mapping[str, str], reporter: ReporterType
) -> set[str]:
    found = set()
    for step in RAPE_REPORT.steps_from(state):
        facts = recording_facts(
            actor,
            report=a_report(reporter),
            asked={} if state is State.DRAFT else asked,
            says=GOOD[step.trigger],
            state=state.value,
            crime=a_crime_facts(("19F", "019/10")),
        )
        try:
            RAPE_REPORT.decide(step.trigger, state, facts)
        except FcrError:
            continue
        found.add(step.trigger)
    return found


TABLES: tuple[tuple[Table, Mapping[str, str], ReporterType], ...] = (
    (TOLD_BY_THE_VICTIM, CONFIRMED, ReporterType.VICTIM),
    (SEEN_BY_A_PASSER_BY, UNTRACED, ReporterType.WITNESS),
    (ABOUT_SOMETHING_ELSE, NOT_RAPE, ReporterType.VICTIM),
)
CASES = [
    pytest.param(
        state, who, row.get(who, set()), asked, reporter, id=f"{asked['victim_says']}-{state}-{who}"
    )
    for table, asked, reporter in TABLES
    for state, row in table.items()
    for who in PEOPLE
]


@pytest.mark.parametrize(("state", "who", "may", "asked", "reporter"), CASES)
def test_who_may_do_what(
    state: State, who: str, may: set[str], asked: Mapping[str, str], reporter: ReporterType
) -> None:
    assert allowed(state, PEOPLE[who], asked, reporter) == may


def test_every_state_has_its_row() -> None:
    assert {state for table, *_ in TABLES for state in table} == set(State)


PRIVATE = {"route": Route.SARC, "sarc_case": SarcCase.ANONYMOUS}
SUBMITTED = {"route": Route.SARC, "sarc_case": SarcCase.SAMPLES_SUBMITTED}
SILENT = {**CONFIRMED, "victim_says": "unconfirmed", "doubt": "no", "necessary": "no"}

#: What is answered, who reported it, anything else about the report, and where that leads.
LEADS: dict[str, tuple[Mapping[str, str], ReporterType, dict[str, Any], str, str]] = {
    "the victim says so": (CONFIRMED, ReporterType.VICTIM, {}, "record", "REC-02"),
    "the victim takes it back": (
        {**CONFIRMED, "victim_says": "denies"}, ReporterType.VICTIM, {}, "record", "N100-07",
    ),
    "a social worker, and silence": (
        SILENT, ReporterType.PROFESSIONAL, {}, "record", "N100-05",
    ),
    "a parent, and the child denies it": (
        {**SILENT, "victim_says": "denies"}, ReporterType.PARENT_OR_CARER, {}, "record", "N100-05",
    ),
    "a professional who is doubted": (
        {**SILENT, "doubt": "yes"}, ReporterType.PROFESSIONAL, {}, "100/01", "REC-09",
    ),
    "a passer-by, victim not found": (UNTRACED, ReporterType.WITNESS, {}, "100/01", "REC-09"),
    "a passer-by, but it must be recorded": (
        {**UNTRACED, "necessary": "yes"}, ReporterType.WITNESS, {}, "record", "REC-07",
    ),
    "credible evidence to the contrary": (
        CONTRARY, ReporterType.VICTIM, {}, "100/02", "REC-02",
    ),
    "elsewhere": (ELSEWHERE, ReporterType.VICTIM, {}, "100/03", "N100-11"),
    "elsewhere, by a professional": (
        ELSEWHERE, ReporterType.PROFESSIONAL, {}, "100/03", "N100-11",
    ),
    "a SARC, in private": (SILENT, ReporterType.PROFESSIONAL, PRIVATE, "100/01", "N100-10"),
    "a SARC, with samples": (SILENT, ReporterType.PROFESSIONAL, SUBMITTED, "record", "N100-09"),
    "not rape in law": (
        {**CONFIRMED, "crime_in_law": "no"}, ReporterType.VICTIM, {}, "not_rape", "REC-02",
    ),
    "not about rape": (NOT_RAPE, ReporterType.VICTIM, {}, "not_rape", "REC-02"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "reporter", "report", "leads", "rule"), LEADS.values(), ids=LEADS
)
def test_where_the_answers_lead(
    asked: Mapping[str, str],
    reporter: ReporterType,
    report: dict[str, Any],
    leads: str,
    rule: str,
) -> None:
    proposed = r.proposal(recording_facts(report=a_report(reporter, **report), asked=asked))

    assert proposed is not None
    assert (proposed.code or proposed.leads.value, proposed.cite.rule) == (leads, rule)


def test_before_the_first_answer_nothing_is_proposed() -> None:
    assert r.proposal(recording_facts()) is None


def refused(facts: Any, trigger: str = "create_reported") -> set[str]:
    with pytest.raises(StepRefused) as error:
        RAPE_REPORT.decide(trigger, State.ASSESSED, facts)
    return {refusal.rule for refusal in error.value.refusals}


@pytest.mark.parametrize(
    ("ground", "rule"),
    [
        (Ground.MENTAL_HEALTH, "N100-06"),
        (Ground.INTOXICATED, "N100-06"),
        (Ground.INCONSISTENT, "N100-06"),
        (Ground.REFUSED_LATER, "N100-07"),
        (Ground.CONSENT, "N100-08"),
        (Ground.UNWILLING, "REC-05"),
        (Ground.NOT_BELIEVED, "REC-03"),
        (Ground.SARC_PRIVATE, "N100-10"),
        (Ground.CONTRARY, "REC-02"),
        (Ground.ELSEWHERE, "LOC-01"),
    ],
)
def test_a_ground_that_is_none_is_refused_with_its_rule(ground: Ground, rule: str) -> None:
    facts = recording_facts(
        report=a_report(ReporterType.WITNESS),
        asked=UNTRACED,
        says={"ground": ground, "reason": WHY},
    )

    assert refused(facts) == {rule}


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("She has schizophrenia and cannot be sure of the day.", frozenset()),
        ("She was drunk when she said so, and rambling a lot.", frozenset()),
        (WHY, frozenset({Vulnerability.MENTAL_HEALTH})),
    ],
)
def test_words_and_flags_that_tell_of_doubt_need_a_reason(
    words: str, flags: frozenset[Vulnerability]
) -> None:
    says = {"ground": "untraced", "reason": words}
    report = a_report(ReporterType.WITNESS, vulnerabilities=flags)

    facts = recording_facts(report=report, asked=UNTRACED, says=says)
    assert refused(facts) == {"N100-06"}

    despite = {**says, "warning_rationale": "Nobody was found, and that alone is the reason."}
    facts = recording_facts(report=report, asked=UNTRACED, says=despite)
    outcome = RAPE_REPORT.decide("create_reported", State.ASSESSED, facts)
    assert [check.verdict for check in outcome.warnings] == [Verdict.WARNING]


def test_what_happened_elsewhere_is_an_n100_03_and_nothing_else() -> None:
    report = a_report(ReporterType.PROFESSIONAL)
    right = {"ground": "elsewhere", "reason": WHY}

    assert "N100-11" in refused(
        recording_facts(report=report, asked=ELSEWHERE, says={**right, "ground": "unconfirmed"})
    )
    facts = recording_facts(report=report, asked=ELSEWHERE, says=right)
    assert RAPE_REPORT.decide("create_reported", State.ASSESSED, facts).state is State.N100_CREATED


def test_a_crime_that_does_not_stand_gets_no_new_class() -> None:
    gone = a_crime_facts(("19F", "019/10"), status=CrimeStatus.CANCELLED)
    facts = recording_facts(
        a_registered_fcr(), says=GOOD["recode_crime"], state="rape_recorded_to_review", crime=gone
    )

    with pytest.raises(StepRefused, match="does not stand"):
        RAPE_REPORT.decide("recode_crime", State.RECORDED_TO_REVIEW, facts)


def test_a_class_is_changed_to_another_one() -> None:
    same = a_crime_facts(("19C", "019/08"))
    facts = recording_facts(
        a_registered_fcr(), says=GOOD["recode_crime"], state="rape_recorded_to_review", crime=same
    )

    with pytest.raises(StepRefused, match="already"):
        RAPE_REPORT.decide("recode_crime", State.RECORDED_TO_REVIEW, facts)
