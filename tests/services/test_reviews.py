"""The FCR's queue: all of them, the most urgent first, by pages, and from one to the next."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.incidents import Known, ReporterType, Vulnerability
from fcr_app.errors import NotFound
from fcr_app.models import Case, Incident, Notice
from fcr_app.services.incident_events import something_new
from fcr_app.services.paging import PAGE_SIZE
from fcr_app.services.reviews import Asked, Kind, Stage, neighbour, read_asked, review_queue
from tests.builders import NOW, an_incident
from tests.recording_builders import CHECKED, CONFIRMED, UNTRACED, WHY, Desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def an_n100(desk: Desk) -> Case:
    incident = desk.report(reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN)
    return desk.an_n100(incident, "untraced", UNTRACED)


def waiting(desk: Desk, count: int) -> list[Case]:
    """Return N100s that wait for review, the first to be seen first."""
    cases = []
    for number in range(count):
        case = an_n100(desk)
        desk.take(case, "check", CHECKED, who=desk.sergeant)
        case.due_at = NOW - timedelta(days=count - number)
        cases.append(case)
    desk.session.flush()
    return cases


def references(desk: Desk, asked: Asked | None = None) -> list[str]:
    queue = review_queue(desk.session, desk.actor(desk.fcr), asked or Asked())
    return [row.reference for row in queue.page.rows]


def test_what_waits_is_listed_with_its_ground_and_the_most_urgent_first(desk: Desk) -> None:
    first, second = waiting(desk, 2)
    unchecked = an_n100(desk)
    report = desk.assessed(desk.report(), CONFIRMED)
    desk.take(report, "record")
    desk.take(report, "check_record", CHECKED, who=desk.sergeant)

    queue = review_queue(desk.session, desk.actor(desk.fcr), Asked())

    rows = queue.page.rows
    assert [row.reference for row in rows] == [
        first.reference,
        second.reference,
        report.reference,
    ]
    assert (rows[0].what, rows[0].why) == ("N100/01", "The victim can’t be traced")
    assert rows[2].why == "Recorded, waiting for the FCR’s review"
    assert queue.by_kind == {None: "3", Kind.N100: "2", Kind.RAPE_REPORT: "1", Kind.N300: "0"}
    assert queue.by_stage == {Stage.WAITING: "3", Stage.EARLIER: "1", Stage.OVERRIDDEN: "0"}
    assert references(desk, Asked(stage=Stage.EARLIER)) == [unchecked.reference]
    assert references(desk, Asked(kind=Kind.RAPE_REPORT)) == [report.reference]


def test_what_the_fcr_allowed_against_a_rule_is_counted_and_listed(desk: Desk) -> None:
    ordinary = waiting(desk, 1)[0]
    desk.take(ordinary, "agree", {"rationale": WHY}, who=desk.fcr)
    incident = desk.report(vulnerabilities=[Vulnerability.MENTAL_HEALTH])
    unsaid = {
        "victim_says": "unconfirmed",
        "necessary": "no",
        "tracing": "Asked again this morning; still confused.",
    }
    case = desk.assessed(incident, {**CONFIRMED, **unsaid})
    desk.take(case, "ask_fcr", {"why_ask": "She spoke of it as something she dreamt."})
    desk.take(case, "allow_reported", {"code": "100/01", "rationale": WHY}, who=desk.fcr)

    queue = review_queue(desk.session, desk.actor(desk.fcr), Asked(stage=Stage.OVERRIDDEN))

    assert [row.reference for row in queue.page.rows] == [desk.n100_of(incident).reference]
    assert queue.by_stage[Stage.OVERRIDDEN] == "1"


def test_what_is_due_tonight_comes_before_what_waits_longer_and_is_due_later(desk: Desk) -> None:
    older, newer = waiting(desk, 2)
    older.opened_at = NOW - timedelta(days=9)
    newer.due_at, older.due_at = NOW + timedelta(hours=3), NOW + timedelta(days=2)
    desk.session.flush()

    assert references(desk) == [newer.reference, older.reference]


def test_what_the_fcr_has_seen_is_off_the_list(desk: Desk) -> None:
    (case,) = waiting(desk, 1)

    desk.take(case, "agree", {"rationale": WHY}, who=desk.fcr)

    assert references(desk) == []


def test_a_long_queue_goes_on_where_the_page_ended(desk: Desk) -> None:
    cases = [case.reference for case in waiting(desk, PAGE_SIZE + 2)]
    fcr = desk.actor(desk.fcr)

    first = review_queue(desk.session, fcr, Asked()).page
    second = review_queue(desk.session, fcr, Asked(after=first.after)).page

    assert [row.reference for row in (*first.rows, *second.rows)] == cases
    back = review_queue(desk.session, fcr, Asked(before=second.before)).page
    assert [row.reference for row in back.rows] == cases[:PAGE_SIZE]


def test_one_leads_to_the_next_and_to_the_one_before(desk: Desk) -> None:
    first, second = waiting(desk, 2)
    fcr = desk.actor(desk.fcr)

    def beside(case: Case, *, backwards: bool) -> str | None:
        return neighbour(desk.session, fcr, case.reference, backwards=backwards)

    assert beside(first, backwards=False) == second.reference
    assert beside(second, backwards=True) == first.reference
    assert beside(second, backwards=False) is None
    assert beside(first, backwards=True) is None
    with pytest.raises(NotFound):
        neighbour(desk.session, fcr, "N100-26-999999", backwards=False)


def test_an_address_that_makes_no_sense_shows_the_beginning() -> None:
    assert read_asked({"stage": "never", "kind": "n200", "after": "x"}) == Asked(after="x")
    assert read_asked({"stage": "earlier", "kind": "n300"}) == Asked(
        stage=Stage.EARLIER, kind=Kind.N300
    )


def test_what_is_new_on_the_report_asks_again_even_after_the_review(desk: Desk) -> None:
    (case,) = waiting(desk, 1)
    desk.take(case, "agree", {"rationale": WHY}, who=desk.fcr)
    incident = desk.session.get_one(Incident, case.incident_id)
    counted = select(func.count()).select_from(Notice)
    before = desk.session.scalar(counted)

    something_new(desk.session, desk.actor(desk.fcr), incident, "the victim was traced", now=NOW)

    assert desk.session.scalar(counted) == (before or 0) + 1


def test_a_report_of_violence_is_in_no_review(desk: Desk) -> None:
    an_incident(desk.session)

    assert references(desk) == []
