"""A write with an Idempotency-Key is done once, however often and however close it is sent."""

import threading
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.models import ApiAnswer, ApiToken, CaseStep, Victim
from fcr_app.services import crime_additions, kept_answers
from fcr_app.services.housekeeping import purge_old
from tests.api.programs import Program, a_program, a_token
from tests.builders import a_crime, a_person
from tests.services import requests as say

VICTIM = {"name": "Demo Victim"}


def victims(session: Session) -> int:
    session.expire_all()
    count = session.scalar(select(func.count(Victim.id))) or 0
    session.commit()
    return count


def test_the_same_key_and_request_get_the_same_answer_and_do_nothing_twice(
    app: Flask, session: Session
) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"
    program = a_program(app, session, officer)

    first = program.post(path, VICTIM, Idempotency_Key="demo-1")
    again = program.post(path, VICTIM, Idempotency_Key="demo-1")

    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert victims(session) == 1
    program.post(path, VICTIM, Idempotency_Key="demo-2")
    program.post(path, VICTIM)
    assert victims(session) == 3


def test_a_key_does_not_serve_for_another_request(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime_id = a_crime(session, oic=officer, victims=0).id
    program = a_program(app, session, officer)
    program.post(f"/crimes/{crime_id}/victims", VICTIM, Idempotency_Key="demo-1")

    other = program.post(
        f"/crimes/{crime_id}/victims", {"name": "Demo Other"}, Idempotency_Key="demo-1"
    )
    elsewhere = program.post(f"/crimes/{crime_id + 1}/victims", VICTIM, Idempotency_Key="demo-1")

    for answer in (other, elsewhere):
        assert (answer.status_code, answer.get_json()["type"]) == (422, "/help/api#key-used")
    assert victims(session) == 1


def test_one_programs_key_is_not_anothers(app: Flask, session: Session) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"

    for program in (a_program(app, session, officer), a_program(app, session, officer)):
        assert program.post(path, VICTIM, Idempotency_Key="demo-1").status_code == 201

    assert victims(session) == 2


def test_a_refusal_leaves_the_key_free(app: Flask, session: Session) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"
    program = a_program(app, session, officer)
    child = {"name": "Demo Child", "is_child": True}

    assert program.post(path, child, Idempotency_Key="demo-1").status_code == 422
    assert session.scalar(select(func.count(ApiAnswer.id))) == 0
    mended = program.post(path, {**child, "speaks_for": "Demo Parent"}, Idempotency_Key="demo-1")
    assert mended.status_code == 201


def test_a_key_has_a_shape(app: Flask, session: Session) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer).id}/victims"
    program = a_program(app, session, officer)

    for key in ("", "two words", "x" * 101, "caf\xe9"):
        answer = program.post(path, VICTIM, Idempotency_Key=key)
        assert answer.status_code == 422, key
        assert answer.get_json()["refusals"][0]["field"] == "Idempotency-Key"


def test_a_step_with_a_key_counts_once_even_if_its_answer_was_lost(
    app: Flask, session: Session
) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    opened = program.post("/cases", {"workflow": "cancellation", "crime_id": crime.id})
    reference = opened.get_json()["reference"]
    path = f"/cases/{reference}/steps/submit"
    headers = {"If_Match": opened.headers["ETag"], "Idempotency_Key": "demo-1"}
    first = program.post(path, {"answers": say.C4}, **headers)
    assert first.status_code == 200
    assert program.post(path, {"answers": say.C4}, **headers).data == first.data

    session.delete(session.scalars(select(ApiAnswer)).one())
    lost = program.post(path, {"answers": say.C4}, **headers)

    assert (lost.status_code, lost.get_json()["type"]) == (409, "/help/api#already-done")
    assert session.scalars(select(CaseStep.trigger).order_by(CaseStep.id)).all() == [
        "open",
        "submit",
    ]


def test_the_same_request_at_work_is_a_conflict(app: Flask, session: Session) -> None:
    """The second comes while the first is being done; both are threads of one server."""
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"
    program = a_program(app, session, officer)
    begun, go_on = threading.Event(), threading.Event()
    add = crime_additions.add_victim
    statuses: list[int] = []

    def slowly(*arguments: object, **named: object) -> None:
        begun.set()
        assert go_on.wait(10)
        add(*arguments, **named)  # type: ignore[arg-type] # passed on as they came

    def ask() -> None:
        statuses.append(
            app.test_client()
            .post(
                f"/api/v1{path}",
                json=VICTIM,
                headers={
                    "Authorization": f"Bearer {program.token}",
                    "Idempotency-Key": "demo-1",
                },
            )
            .status_code
        )

    session.commit()
    thread = threading.Thread(target=ask)
    crime_additions.add_victim = slowly
    try:
        thread.start()
        assert begun.wait(10)
        # It has begun and holds nothing: SQLite's writer is let go before the service is called.
        second_is_refused(program, path, go_on)
    finally:
        go_on.set()
        thread.join()
        crime_additions.add_victim = add
    assert statuses == [201]
    assert victims(session) == 1
    assert program.post(path, VICTIM, Idempotency_Key="demo-1").status_code == 201
    assert victims(session) == 1


def second_is_refused(program: Program, path: str, go_on: threading.Event) -> None:
    answer = program.post(path, VICTIM, Idempotency_Key="demo-1")
    go_on.set()
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/help/api#same-at-work")


def test_many_at_once_are_done_once(app: Flask, session: Session) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"
    token = a_token(session, officer)
    together, statuses = threading.Barrier(6), list[int]()

    def ask() -> None:
        together.wait()
        answer = app.test_client().post(
            f"/api/v1{path}",
            json=VICTIM,
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "demo-1"},
        )
        statuses.append(answer.status_code)

    session.commit()
    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert victims(session) == 1


def test_an_answer_is_kept_for_a_day(app: Flask, session: Session) -> None:
    officer = a_person(session)
    path = f"/crimes/{a_crime(session, oic=officer, victims=0).id}/victims"
    a_program(app, session, officer).post(path, VICTIM, Idempotency_Key="demo-1")
    kept_at = session.scalars(select(ApiAnswer.created_at)).one()

    assert purge_old(session, now=kept_at + timedelta(hours=24)).answer_count == 0
    assert purge_old(session, now=kept_at + timedelta(hours=24, seconds=1)).answer_count == 1


def test_a_key_that_was_let_go_can_be_claimed_again(session: Session) -> None:
    a_token(session, a_person(session))
    token_id = session.scalars(select(ApiToken.id)).one()
    assert kept_answers.claim(session, token_id, "a", "hash", now=clock.now()) is None
    kept_answers.let_go(session, token_id, "a")
    assert kept_answers.claim(session, token_id, "a", "hash", now=clock.now()) is None
