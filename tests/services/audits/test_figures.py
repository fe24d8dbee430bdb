"""What is counted of an audit, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.rates import Basis, Method
from fcr_app.domain.equality.ethnicity import ASIAN, WHITE
from fcr_app.domain.equality.items import Item
from fcr_app.errors import NotFound
from fcr_app.models import AuditItem
from fcr_app.services.audits.equality import equality_cells
from fcr_app.services.audits.figures import run_figures
from fcr_app.services.audits.rates import rate_points
from tests.audited_run import Examined, Found, an_audit
from tests.equality_people import reports
from tests.statements import statements

#: The audit with its frame, its records, crimes, answers, N100s, and errors of two kinds.
STATEMENTS = 7


def violence(k: int, n: int) -> list[Examined]:
    return [
        Examined(crimes=[Found(verdict="recorded" if at < k else "missing")]) for at in range(n)
    ]


def test_only_reviews_that_count_of_records_in_the_sample_are_counted(session: Session) -> None:
    run = an_audit(
        session,
        [
            Examined(crimes=[Found(), Found(verdict="missing", error="E04")]),
            Examined(crimes=[]),  # a record that no crime comes from
            Examined(crimes=[Found()], in_sample=False),  # a reserve
            Examined(crimes=[Found()], done=False),  # being examined
        ],
        state="reviewing",
    )

    found = run_figures(session, run.id)

    assert found.headline.counts == "1 of 2"
    assert (found.sampled.drawn, found.sampled.examined) == (3, 2)
    assert not found.is_complete
    assert [row.label for row in found.causes] == [
        "E04 An assault without injury, or a threat, missed"
    ]


def test_a_rate_has_wilson_s_interval_and_wald_s_as_the_inspectorate_prints_it(
    session: Session,
) -> None:
    run = an_audit(session, violence(459, 524))

    usual = run_figures(session, run.id)
    as_printed = run_figures(session, run.id, method=Method.WALD)

    assert (usual.headline.counts, usual.headline.printed) == ("459 of 524", "87.6%")
    assert usual.headline.range_printed == "84.5% to 90.1%"
    assert as_printed.headline.range_printed == "± 2.82"


def test_a_census_and_a_dip_sample_have_no_interval(session: Session) -> None:
    all_of_them = an_audit(session, violence(2, 3), method="census", population={"": 3})
    by_hand = an_audit(session, violence(2, 3), method="dip", line_key="A1-2")

    census, dip = (run_figures(session, run.id) for run in (all_of_them, by_hand))

    assert (census.basis, census.headline.range_printed) == (Basis.CENSUS, "All records examined")
    assert (dip.basis, dip.headline.range_printed) == (Basis.CHOSEN, "Chosen by hand: no interval")
    assert census.headline.interval is dip.headline.interval is None


def test_rape_in_a_wrong_class_was_not_recorded_as_rape(session: Session) -> None:
    groups = [
        Found(group="rape"),
        Found(group="rape", verdict="wrong_class", error="E09"),
        Found(group="violence", verdict="wrong_class", error="E05"),
        Found(group="violence", verdict="over_recorded", error="E20"),
    ]
    run = an_audit(session, [Examined(crimes=groups)])

    found = run_figures(session, run.id)

    assert [(row.label, row.rate.counts, row.over) for row in found.families] == [
        ("Violence against the person", "1 of 1", 1),
        ("Sexual offences, with rape", "1 of 2", 0),
        ("of them rape, recorded as rape", "1 of 2", 0),
    ]
    assert found.headline.counts == "2 of 3"


def test_what_could_not_be_timed_is_not_in_the_share_in_time(session: Session) -> None:
    bands = ["in_time", "in_time", "late", "to_7_days", "unknown"]
    crimes = [Found(group="sexual", band=band) for band in bands] + [Found(verdict="missing")]
    run = an_audit(session, [Examined(crimes=crimes)])

    (row,) = run_figures(session, run.id).timeliness

    assert (row.in_time.counts, row.untimed, row.recorded) == ("2 of 4", 1, 5)


def test_answers_are_shared_out_by_stratum_without_those_that_say_nothing(
    session: Session,
) -> None:
    said = [("Rape", "yes", "yes"), ("Rape", "no", "not_needed"), ("Robbery", "yes", "no")]
    records = [
        Examined(stratum=stratum, answers={"cancelled_rightly": right, "victim_told": told})
        for stratum, right, told in said
    ]
    run = an_audit(
        session,
        records,
        code="A3",
        counted_as="cancellation",
        method="fixed",
        population={"Rape": 200, "Robbery": 200},
    )

    found = run_figures(session, run.id)

    assert [(row.stratum, row.question, row.rate.counts) for row in found.answers] == [
        ("", "cancelled_rightly", "2 of 3"),
        ("Rape", "cancelled_rightly", "1 of 2"),
        ("Robbery", "cancelled_rightly", "1 of 1"),
        ("", "victim_told", "1 of 2"),
        ("Rape", "victim_told", "1 of 1"),
        ("Robbery", "victim_told", "0 of 1"),
    ]
    assert found.run.rate_label == "Cancelled rightly"
    assert found.total is None


def test_the_n100_measures_take_both_answers_together(session: Session) -> None:
    pairs = [("yes", "yes"), ("yes", "yes"), ("yes", "no"), ("rape", "yes"), ("no", "no")]
    records = [Examined(answers={"n100_due": due, "n100_exists": exists}) for due, exists in pairs]
    run = an_audit(session, records, code="A2")

    measures = run_figures(session, run.id).n100

    assert measures is not None
    assert measures.applied.counts == "2 of 3"
    assert measures.correct.counts == "2 of 3"
    assert measures.should_be_rape.counts == "1 of 3"


def test_victims_of_missing_crimes_are_counted_by_whether_they_were_kept_safe(
    session: Session,
) -> None:
    crimes = [
        Found(verdict="missing", safeguarding="done", investigated="done"),
        Found(verdict="missing", safeguarding="done", investigated="not_done"),
        Found(verdict="missing", safeguarding="not_done"),
    ]
    run = an_audit(session, [Examined(crimes=crimes)])

    rows = run_figures(session, run.id).safeguarding

    assert [(row.label, row.count, row.investigated) for row in rows] == [
        ("Done", 2, 1),
        ("Not done", 1, 0),
    ]


def test_unrecorded_crimes_a_year_need_what_was_recorded_to_be_stated(session: Session) -> None:
    stated = an_audit(
        session,
        violence(459, 524),
        recorded_a_year=803_000,
        recorded_a_year_of={"violence": 198_500},
    )
    unstated = an_audit(session, violence(459, 524), line_key="A1-2")

    rows = run_figures(session, stated.id).unrecorded

    assert [(row.label, row.over) for row in rows] == [
        ("All crimes", 113_700),
        ("Violence against the person", 28_100),
    ]
    assert run_figures(session, unstated.id).unrecorded == ()


def test_figures_take_as_many_statements_however_large_the_audit_is(session: Session) -> None:
    small, large = (an_audit(session, violence(3, size), line_key=f"A1-{size}") for size in (4, 40))
    session.commit()

    for run_id in (small.id, large.id):
        with statements(session) as seen:
            run_figures(session, run_id)
        assert len(seen) == STATEMENTS


def test_there_are_no_figures_of_no_audit(session: Session) -> None:
    with pytest.raises(NotFound):
        run_figures(session, 999)


def test_points_of_a_chart_are_signed_off_audits_that_chance_drew(session: Session) -> None:
    quarters = [(date(2026, month, 1), date(2026, month + 2, 28)) for month in (1, 4, 7)]
    for period, method in zip(quarters, ("simple", "simple", "dip"), strict=True):
        an_audit(session, violence(3, 4), period=period, method=method)
    an_audit(session, violence(3, 4), state="moderating", period=quarters[2], line_key="A1-2")

    points = rate_points(session, "A1")

    assert [(point.label, point.k, point.n) for point in points] == [
        ("Jan–Mar 26", 3, 4),
        ("Apr–Jun 26", 3, 4),
    ]
    assert len(rate_points(session, "A1", last=1)) == 1


def test_points_of_cancellations_count_those_that_were_right(session: Session) -> None:
    records = [Examined(answers={"cancelled_rightly": said}) for said in ("yes", "no", "yes")]
    an_audit(session, records, code="A3", counted_as="cancellation")

    (point,) = rate_points(session, "A3")

    assert (point.k, point.n) == (2, 3)


def test_crimes_are_counted_by_the_victim_of_their_report(session: Session) -> None:
    groups = (WHITE, WHITE, ASIAN, "")
    found = [one for group in groups for one in reports(session, 1, group)]
    verdicts = ("recorded", "missing", "missing", "recorded")
    run = an_audit(session, [Examined(crimes=[Found(verdict=one)]) for one in verdicts])
    items = session.scalars(
        select(AuditItem).where(AuditItem.run_id == run.id).order_by(AuditItem.position)
    ).all()
    for item, incident in zip(items, found, strict=True):
        item.incident_id = incident.id
    session.flush()

    cells = [cell for cell in equality_cells(session, run.id) if cell.item is Item.ETHNICITY]

    assert {cell.group: (cell.recorded, cell.missing) for cell in cells} == {
        WHITE: (1, 1),
        ASIAN: (0, 1),
        "": (1, 0),
    }
