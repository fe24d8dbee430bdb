"""The demonstration's year of feedback: it makes what is worked out over a year worth seeing."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import FeedbackItem, LearningPlan, Notice, OneToOneNote, Person
from fcr_app.services import history
from fcr_app.services.demo import seed
from fcr_app.services.demo_year import add_year
from fcr_app.services.repeat_errors import effect_of_feedback
from tests.builders import NOW


def test_a_year_shows_plans_tasks_notes_and_whether_feedback_works(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)
    before = session.scalar(select(func.count()).select_from(FeedbackItem)) or 0

    items = add_year(session, now=NOW)

    assert session.scalar(select(func.count()).select_from(FeedbackItem)) == before + items
    plans = session.scalars(select(LearningPlan)).all()
    kinds = {(plan.unit_id is not None, plan.closed_at is not None) for plan in plans}
    assert kinds == {(False, False), (False, True), (True, False), (True, True)}
    assert session.scalar(select(func.count()).select_from(OneToOneNote))
    effect = effect_of_feedback(session, days=90, now=NOW)
    assert effect.total
    assert effect.total.ratio
    assert len(effect.by_error) > 1
    assert len(effect.by_unit) > 1
    assert all(name.startswith("Demo ") for name in session.scalars(select(Person.name)))
    assert [walked.broken for walked in history.verify(session)][-1] == ""
    old = select(Notice.id).where(
        Notice.created_at < NOW - timedelta(days=10), Notice.read_at.is_(None)
    )
    assert session.scalars(old).all() == []
