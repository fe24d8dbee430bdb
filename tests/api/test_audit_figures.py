"""The figures of an audit through the interface: which interval, and what a year recorded."""

from flask import Flask
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from tests.api.programs import a_program
from tests.audited_run import Examined, Found, an_audit
from tests.builders import a_person


def test_figures_are_read_and_what_a_year_recorded_is_stated(app: Flask, session: Session) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    program = a_program(app, session, fcr)
    verdicts = ["recorded"] * 36 + ["missing"] * 4
    run = an_audit(
        session, [Examined(crimes=[Found(verdict=one)]) for one in verdicts], state="moderating"
    )
    address = f"/audits/runs/{run.id}/figures"

    usual = program.get(address)
    printed = program.get(address, interval="wald").get_json()["headline"]

    assert (usual.get_json()["headline"]["k"], usual.get_json()["headline"]["n"]) == (36, 40)
    assert usual.get_json()["headline"]["method"] == "wilson"
    assert printed["method"] == "wald"
    assert round(printed["interval"]["high"] - printed["rate"], 4) == 0.0930
    assert usual.get_json()["unrecorded"] == []
    assert program.get(address, interval="stratified").status_code == 422

    year = {"total": 9_000, "violence": 4_000, "source": "A published table"}
    stated = program.send(
        "PUT", f"{address}/year", json=year, headers={"If-Match": usual.headers["ETag"]}
    )

    assert stated.status_code == 200
    assert program.get(address).get_json()["unrecorded"] == [
        {"label": "All crimes", "recorded_a_year": 9_000, "over": 1_000},
        {"label": "Violence against the person", "recorded_a_year": 4_000, "over": 440},
    ]
    again = program.send(
        "PUT", f"{address}/year", json=year, headers={"If-Match": usual.headers["ETag"]}
    )
    assert again.status_code == 412


def test_a_dip_sample_has_no_interval_and_an_officer_sees_no_figures(
    app: Flask, session: Session
) -> None:
    auditor, officer = (a_person(session, roles=[role]) for role in (Role.AUDITOR, Role.OFFICER))
    run = an_audit(session, [Examined(crimes=[Found()])], method="dip")
    address = f"/audits/runs/{run.id}/figures"

    seen = a_program(app, session, auditor).get(address).get_json()["headline"]

    assert (seen["basis"], seen["interval"], seen["method"]) == ("chosen", None, None)
    assert a_program(app, session, officer).get(address).status_code == 403
