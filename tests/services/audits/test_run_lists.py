"""Lists of audits and of their records: by page, in a few statements however long they are."""

from datetime import date

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AuditRun
from fcr_app.services.audits.item_list import PER_PAGE, ItemsListed, item_page
from fcr_app.services.audits.run_list import RunsListed, run_page
from fcr_app.services.paging import PAGE_SIZE
from tests.audit_builders import a_line, a_plan, a_run, an_item
from tests.builders import NOW, a_person, an_incident, as_actor
from tests.statements import statements


def runs(session: Session, count: int) -> list[AuditRun]:
    """Add audits of one line, all due on one day, so that only their ids tell them apart."""
    line = a_line(session, a_plan(session, a_person(session)))
    return [
        a_run(
            session, line, period_starts_on=date(2020 + number // 12, number % 12 + 1, 1),
            period_ends_on=date(2020 + number // 12, number % 12 + 1, 28),
        )
        for number in range(count)
    ]  # fmt: skip


def test_every_audit_is_on_one_page_and_going_back_leads_to_the_same(session: Session) -> None:
    made = runs(session, 2 * PAGE_SIZE + 3)
    seen: list[str] = []
    after, pages = "", []
    while True:
        page = run_page(session, RunsListed.ALL, after=after).page
        pages.append([row.reference for row in page.rows])
        seen += pages[-1]
        if not page.after:
            break
        after = page.after
    assert seen == [run.reference for run in sorted(made, key=lambda run: -run.id)]
    back = run_page(session, RunsListed.ALL, before=page.before).page
    assert [row.reference for row in back.rows] == pages[-2]


def test_lists_take_as_many_statements_for_many_as_for_one(session: Session) -> None:
    run = runs(session, 1)[0]
    auditor = a_person(session, name="Demo Auditor One", roles=[Role.AUDITOR])
    report = an_incident(session)
    an_item(session, run, auditor, incident=report)
    actor = as_actor(session, auditor)

    def look() -> tuple[int, int]:
        session.expire_all()
        with statements(session) as listed:
            run_page(session, RunsListed.ALL)
        session.expire_all()
        with statements(session) as items:
            item_page(session, actor, run.reference, ItemsListed.SAMPLE, now=NOW)
        return len(listed), len(items)

    few = look()
    for _ in range(PER_PAGE):
        an_item(session, run, auditor, incident=report)
    for month in range(1, 9):
        first, last = date(2021, month, 1), date(2021, month, 28)
        a_run(session, period_starts_on=first, period_ends_on=last)
    assert look() == few


def test_a_list_shows_only_its_states_and_its_type(session: Session) -> None:
    made = runs(session, 3)
    made[0].state, made[1].state = "moderating", "abandoned"
    session.flush()
    shown = {listed: run_page(session, listed) for listed in RunsListed}
    assert [len(page.page.rows) for page in shown.values()] == [1, 1, 0, 3]
    assert shown[RunsListed.ALL].counts == {
        RunsListed.UNDER_WAY: 1,
        RunsListed.TO_SIGN_OFF: 1,
        RunsListed.SIGNED_OFF: 0,
        RunsListed.ALL: 3,
    }
    assert run_page(session, RunsListed.ALL, "A3").page.rows == ()


def test_records_are_paged_in_the_order_drawn(session: Session) -> None:
    run = runs(session, 1)[0]
    auditor = a_person(session, name="Demo Auditor One", roles=[Role.AUDITOR])
    report = an_incident(session)
    made = [an_item(session, run, auditor, incident=report) for _ in range(PER_PAGE + 2)]
    actor = as_actor(session, auditor)

    first = item_page(session, actor, run.reference, ItemsListed.SAMPLE, now=NOW)
    assert first.after is not None
    rest = item_page(session, actor, run.reference, ItemsListed.SAMPLE, now=NOW, after=first.after)

    assert [row.id for row in first.rows + rest.rows] == [item.id for item in made]
    assert rest.after is None
