"""Who may do what to a reported incident of rape, and what it has to meet at each step."""

from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain.effects import RecordDecision
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.recording_effects import ConvertReported, CreateReported
from fcr_app.domain.reported_incidents import State
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError, StepRefused
from fcr_app.workflows.n100 import N100
from tests.builders import NOW
from tests.facts_builders import (
    RAPE_OF_A_GIRL,
    SERGEANT,
    SOMEBODY,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_officer,
)
from tests.recording_builders import (
    CHECKED,
    CONFIRMED,
    CONTRARY,
    ELSEWHERE,
    MOMENT_AGO,
    OF_A_WOMAN,
    UNTRACED,
    WHY,
    a_report,
    reported_facts,
)

OPENER, OTHER, SUPERVISOR = "who created it", "another officer", "supervisor"
DDM, FCR, DEPUTY = "DDM", "registered FCR", "deputy with a course"
PEOPLE: dict[str, Actor] = {
    OPENER: an_officer(),
    OTHER: an_officer(SOMEBODY),
    SUPERVISOR: a_supervisor(SERGEANT),
    DDM: a_ddm(),
    FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
OFFICERS = (OPENER, OTHER, SUPERVISOR, DDM, FCR, DEPUTY)
REGISTRARS = (FCR, DEPUTY)
UNTRACED_GROUND = {"ground": "untraced", "reason": WHY}

GOOD: dict[str, dict[str, str]] = {
    "create": {**UNTRACED, **UNTRACED_GROUND},
    "override": {"code": "100/01", "rationale": WHY},
    "move_in": {"code": "100/01", "rationale": WHY},
    "discard": {},
    "check": CHECKED,
    "add_event": {
        "event": "declined",
        "event_what": "She was found, asked with an advocate, and said nothing.",
        **{k: v for k, v in UNTRACED.items() if k in ("victim_says", "contrary", "where")},
        "ground": "unconfirmed",
    },
    "confirm": {"confirmed_at": MOMENT_AGO, "confirmed_by": "She herself", **OF_A_WOMAN},
    "record_reference": {"force_reference": "DCP/26/1", "force_reference_at": MOMENT_AGO},
    "transfer": {
        "told_transfer_at": NOW.isoformat(),
        "told_transfer_what": "Rang her with all of it.",
    },
    "agree": {"rationale": WHY},
    "recode": {"code": "100/02", "rationale": WHY},
    "record_crime": {**OF_A_WOMAN, "rationale": WHY},
    "cancel": {"cancel_ground": "genuine_error", "rationale": WHY},
    "send_back": {"to_mend": "Say which hospitals were asked (N100-12)."},
}  # fmt: skip


def everybody(people: tuple[str, ...], *triggers: str) -> dict[str, set[str]]:
    return {who: set(triggers) for who in people}


LIVES = ("add_event", "confirm")
WHO_MAY_DO_WHAT: dict[State, dict[str, set[str]]] = {
    State.DRAFT: {
        **everybody((OTHER, SUPERVISOR, DDM), "create"),
        OPENER: {"create", "discard"},
        **everybody(REGISTRARS, "create", "override"),
    },
    State.OPEN: {
        **everybody((OPENER, OTHER, DDM), *LIVES),
        **everybody((SUPERVISOR, FCR, DEPUTY), *LIVES, "check"),
    },
    State.TO_REVIEW: {
        **everybody(OFFICERS, *LIVES),
        **everybody(REGISTRARS, *LIVES, "agree", "recode", "record_crime", "cancel", "send_back"),
    },
    State.AGREED: everybody(OFFICERS, *LIVES),
    State.CONVERTED: {},
    State.CANCELLED: {},
    State.DISCARDED: {},
}
#: It belongs to another force, whose reference is held.
TRANSFERS: dict[State, dict[str, set[str]]] = {
    state: everybody(OFFICERS, "record_reference", "transfer")
    for state in (State.OPEN, State.TO_REVIEW, State.AGREED)
}


def allowed(state: State, actor: Actor, **facts: Any) -> set[str]:
    found = set()
    for step in N100.steps_from(state):
        usual: dict[str, Any] = {
            "asked": {} if state is State.DRAFT else {**UNTRACED, **UNTRACED_GROUND},
            "code": "" if state is State.DRAFT else "100/01",
            **facts,
        }
        try:
            N100.decide(
                step.trigger, state, reported_facts(actor, says=GOOD[step.trigger], **usual)
            )
        except FcrError:
            continue
        found.add(step.trigger)
    return found


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_who_may_do_what(state: State, who: str) -> None:
    assert allowed(state, PEOPLE[who]) == WHO_MAY_DO_WHAT[state].get(who, set())


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", TRANSFERS)
def test_who_may_transfer_it(state: State, who: str) -> None:
    found = allowed(
        state,
        PEOPLE[who],
        asked=ELSEWHERE,
        code="100/03",
        reference_held="DCP/26/1",
        reference_at=NOW - timedelta(minutes=5),
    )

    assert found & {"record_reference", "transfer"} == TRANSFERS[state].get(who, set())


@pytest.mark.parametrize("who", PEOPLE)
def test_only_a_registrar_makes_one_of_a_recorded_crime(who: str) -> None:
    found = allowed(State.DRAFT, PEOPLE[who], crime=a_crime_facts(RAPE_OF_A_GIRL))

    assert ("move_in" in found) == (who in REGISTRARS)


def refused(trigger: str, state: State, actor: Actor | None = None, **facts: Any) -> set[str]:
    with pytest.raises(StepRefused) as error:
        N100.decide(trigger, state, reported_facts(actor, **facts))
    return {refusal.rule for refusal in error.value.refusals}


@pytest.mark.parametrize("reporter", [ReporterType.PROFESSIONAL, ReporterType.PARENT_OR_CARER])
@pytest.mark.parametrize("ground", ["unconfirmed", "untraced", "contrary"])
def test_what_is_reported_for_the_victim_is_no_n100(reporter: ReporterType, ground: str) -> None:
    answers = {**CONTRARY, "doubt": "yes", "doubt_why": WHY, "ground": ground, "reason": WHY}

    rules = refused("create", State.DRAFT, report=a_report(reporter), says=answers, code="")

    assert "N100-05" in rules


def test_a_code_is_held_to_what_the_answers_say() -> None:
    says = {**ELSEWHERE, "ground": "untraced", "reason": WHY}

    assert refused("create", State.DRAFT, says=says, code="") == {"N100-11"}


def test_evidence_to_the_contrary_comes_before_any_record() -> None:
    recorded_at = NOW - timedelta(minutes=90)
    crime = a_crime_facts(RAPE_OF_A_GIRL, recorded_at=recorded_at)
    report = a_report(ReporterType.WITNESS, crimes=(crime,))
    says = {**CONTRARY, "ground": "contrary", "reason": WHY}

    assert refused("create", State.DRAFT, report=report, says=says, code="") == {"N100-15"}
    earlier = {**says, "contrary_at": (recorded_at - timedelta(minutes=1)).isoformat()}
    facts = reported_facts(report=report, says=earlier, code="")
    assert N100.decide("create", State.DRAFT, facts).state is State.OPEN
    later = {**says, "contrary_at": (NOW + timedelta(minutes=1)).isoformat()}
    assert refused("create", State.DRAFT, says=later, code="") == {"N100-15"}


def test_what_is_confirmed_is_not_put_down_as_an_event() -> None:
    says = {**GOOD["add_event"], "event": "confirmed"}

    assert refused("add_event", State.OPEN, asked=UNTRACED, says=says) == {"N100-03"}
    says = {**GOOD["add_event"], "victim_says": "confirms"}
    assert "REC-02" in refused("add_event", State.AGREED, asked=UNTRACED, says=says)


@pytest.mark.parametrize("minutes", [1, -121])
def test_a_confirmation_lies_between_the_report_and_now(minutes: int) -> None:
    says = {**GOOD["confirm"], "confirmed_at": (NOW + timedelta(minutes=minutes)).isoformat()}

    assert refused("confirm", State.OPEN, says=says) == {"N100-03"}


def test_a_late_record_gives_its_reason() -> None:
    late = {"incident.late": "yes", "record.code": "100/01"}

    with pytest.raises(StepRefused, match="after its limit"):
        N100.decide("confirm", State.OPEN, reported_facts(says=GOOD["confirm"], also=late))


@pytest.mark.parametrize("ground", ["nothing_happened", "victim_asked", "duplicate"])
def test_only_a_genuine_error_cancels_it(ground: str) -> None:
    says = {"cancel_ground": ground, "rationale": WHY}

    assert refused("cancel", State.TO_REVIEW, a_registered_fcr(), says=says) == {"N100-13"}


def test_another_code_is_another_one() -> None:
    says = {"code": "100/01", "rationale": WHY}

    assert refused("recode", State.TO_REVIEW, a_registered_fcr(), says=says) == {"N100-12"}


def test_the_victim_is_told_after_the_reference_came_in() -> None:
    held: dict[str, Any] = {"asked": ELSEWHERE, "code": "100/03", "reference_held": "DCP/26/1"}
    for told, came in ((5, 10), (-5, -1)):
        says = {
            **GOOD["transfer"],
            "told_transfer_at": (NOW + timedelta(minutes=told)).isoformat(),
        }
        reference_at = NOW + timedelta(minutes=came)
        rules = refused("transfer", State.OPEN, says=says, reference_at=reference_at, **held)
        assert rules == {"TRF-02"}


def test_a_reference_is_not_from_the_future() -> None:
    says = {
        **GOOD["record_reference"],
        "force_reference_at": (NOW + timedelta(minutes=1)).isoformat(),
    }

    assert refused("record_reference", State.OPEN, asked=ELSEWHERE, code="100/03", says=says) == {
        "TRF-02"
    }


def test_nobody_reviews_what_they_created_or_dealt_with() -> None:
    fcr = a_registered_fcr()
    dealt_with = a_report(ReporterType.WITNESS, involved=frozenset({fcr.id}))

    for facts in ({"opened_by_id": fcr.id}, {"report": dealt_with}):
        assert refused("agree", State.TO_REVIEW, fcr, says=GOOD["agree"], **facts) == {"ROLE-03"}


def test_an_override_is_the_fcrs_decision_and_settles_it() -> None:
    professional = a_report(ReporterType.PROFESSIONAL)
    facts = reported_facts(a_registered_fcr(), report=professional, says=GOOD["override"], code="")

    outcome = N100.decide("override", State.DRAFT, facts)

    assert outcome.state is State.AGREED
    assert RecordDecision("overridden") in outcome.effects
    assert CreateReported("overridden") in outcome.effects


def test_a_conversion_records_the_crime() -> None:
    facts = reported_facts(says=GOOD["confirm"])

    assert ConvertReported() in N100.decide("confirm", State.AGREED, facts).effects
    assert CONFIRMED["victim_says"] == "confirms"
    assert CrimeStatus.MOVED_TO_N100.label == "Moved to N100"
