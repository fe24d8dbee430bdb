"""What the page shows on which a slot is booked, for the first time or again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.diary import questions as q
from fcr_app.domain.diary.facts import DiaryFacts
from fcr_app.domain.questions import YES, Question
from fcr_app.domain.recording_clock import recording_limit
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, StepNotAvailable
from fcr_app.services.case_view import title_of
from fcr_app.services.diary_slots import Colleague, DayOffers, Wanted, colleagues, offers
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_view
from fcr_app.workflows.diary import DIARY

BOOK, REBOOK = "book", "rebook"
#: The same question where the page shows it for every slot, and most need no answer.
REASON = replace(
    q.INSUFFICIENT,
    label="For a slot after the limit: which information is insufficient to record a crime now?",
    optional=True,
)


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A case whose slot is to be booked, and what there is to choose from."""

    loaded: Loaded
    first: bool
    title: str
    wanted: Wanted | None = None
    colleagues: tuple[Colleague, ...] = ()
    days: tuple[DayOffers, ...] = ()

    @property
    def facts(self) -> DiaryFacts:
        """What the rules look at."""
        facts: DiaryFacts = self.loaded.facts
        return facts

    @property
    def limit_hours(self) -> int:
        """How many hours there are to record, by the rules of the day of the report (VER-01)."""
        limit = recording_limit(self.facts.incident.first_reported_at)
        return int(limit.total_seconds() // 3600) if limit else 0

    @property
    def reason(self) -> Question:
        """The question whose answer a slot after the limit needs."""
        return REASON if self.first else q.STILL_INSUFFICIENT

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked beside the slot."""
        asked: tuple[Question, ...] = (q.PLACE, REASON) if self.first else (q.PLACE, *q.RECORDING)
        if self.first and not self.facts.report_is_open:
            asked = (q.PLACE,)
        return tuple(question for question in asked if question.when(self.facts.known))

    def trigger_for(self, starts_at: datetime, answers: Mapping[str, str]) -> str:
        """Return the step that fits a slot: to the FCR if it is late, and a reason is given."""
        limit = self.facts.incident.record_by_at
        late = self.facts.report_is_open and limit is not None and starts_at > limit
        recording = answers.get(q.ENOUGH.name) == YES
        reasoned = bool(answers.get(self.reason.name, "").strip())
        step = BOOK if self.first else REBOOK
        return f"{step}_late" if late and reasoned and not recording else step


def booking(
    session: Session, actor: Actor, reference: str, wanted: Wanted | None, *, now: datetime
) -> Booking:
    """Return what there is to book, and log the look.

    Args:
        wanted: Whose slots to look for; None where only the case matters.

    Raises:
        NotFound: If there is no such appointment, or the person may not see it.
        StepNotAvailable: If nothing can be booked in it now.
    """
    if not reference.startswith(f"{DIARY.prefix}-"):
        raise NotFound("There is no such appointment, or you may not see it.")
    loaded = load(session, actor, reference, now=now)
    state = DIARY.state(loaded.case.state)
    steps = {step.trigger for step in DIARY.steps_from(state) if step.may_be_taken_by(actor)}
    if steps.isdisjoint({BOOK, REBOOK}):
        raise StepNotAvailable(
            f"No slot can be booked now: the case is “{DIARY.labels[state].lower()}”."
        )
    found = Booking(loaded=loaded, first=BOOK in steps, title=title_of(loaded))
    if wanted is None:
        return found
    record_view(session, actor, "case:read", Record.CASE, loaded.case.id, now=now)
    people = colleagues(session, loaded)
    if wanted.whom is None:  # the first is whoever deals with the report
        wanted = replace(wanted, whom=people[0].staff_number if people else "")
    return replace(
        found,
        wanted=wanted,
        colleagues=tuple(people),
        days=tuple(offers(session, loaded, people, wanted)),
    )
