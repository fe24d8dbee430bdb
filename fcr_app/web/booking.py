"""Booking a slot: the free ones of the coming days, each marked before it is picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_hex

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.diary import LENGTHS, questions as q
from fcr_app.domain.diary.days import day_of
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import NO, Question
from fcr_app.errors import AlreadyDone, Refusal, SomeoneElseChangedIt, StepRefused
from fcr_app.services.cases import take_step
from fcr_app.services.diary_booking import Booking, booking
from fcr_app.services.diary_slots import DAYS_OFFERED, Wanted
from fcr_app.services.offence_answers import offences_in_full
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.cases import CONFLICT, REFUSED, Error
from fcr_app.web.kept import kept_form

bp = Blueprint("booking", __name__, url_prefix="/diary/book/<string:reference>")

Page = str | Response | tuple[str, int]

#: Rules whose answer is the reason for a slot after the limit.
ABOUT_THE_LIMIT = frozenset({"DIA-02"})


@dataclass(frozen=True)
class Picked:
    """The slot that was picked, as the step's answers say it."""

    starts_at: datetime | None
    officer: str

    @classmethod
    def read(cls, value: str) -> "Picked":
        """Read what the form sent; nothing if it is no slot."""
        start, _, officer = value.partition(" ")
        try:
            moment = datetime.strptime(start, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
        except ValueError:
            return cls(None, "")
        return cls(moment, officer)


def _wanted(today: date) -> Wanted:
    """Read from the address whose slots are looked for, how long, and from which day on."""
    minutes = request.args.get("length", 60, type=int)
    try:
        since = max(date.fromisoformat(request.args.get("since", "")), today)
    except ValueError:
        since = today
    if since.year > today.year + 1:
        since = today
    return Wanted(
        whom=request.args["whom"][:40] if "whom" in request.args else None,
        minutes=minutes if minutes in LENGTHS else 60,
        since=since,
    )


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def show(reference: str) -> Page:
    """Show the slots that are free."""
    return _page(reference, kept_form() or {})


@bp.post("")
@requires(Permission.WORK_ON_CASES)
def book(reference: str) -> Page:
    """Book the slot that was picked, or say why not."""
    asked = _questions(reference)
    typed = question_form.read(asked, request.form)
    fields = {**typed.fields, "slot": request.form.get("slot", "")}
    picked = Picked.read(fields["slot"])
    if picked.starts_at is None:
        missing = Refusal(rule="", reason="Select a slot.", field="slot")
        return _page(reference, fields, [missing]), REFUSED
    answers = {
        **typed.answers,
        q.STARTS_AT.name: picked.starts_at.isoformat(),
        q.LENGTH.name: str(_wanted(day_of(clock.now())).minutes),
        q.OFFICER.name: picked.officer,
    }
    try:
        said = _take(reference, answers, picked.starts_at)
    except StepRefused as refused:
        return _page(reference, fields, refused.refusals), REFUSED
    except SomeoneElseChangedIt as error:
        changed = Refusal(rule="", reason=str(error), field="slot")
        return _page(reference, fields, [changed]), CONFLICT
    except AlreadyDone as done:
        said = str(done)
    flash(said, "success")
    return redirect(url_for("cases.show", reference=reference), 303)


def _take(reference: str, answers: dict[str, str], starts_at: datetime) -> str:
    """Take the step that fits the slot, in one transaction; return what came of it."""
    now, actor = clock.now(), current_actor()
    with transaction() as session:
        view = booking(session, actor, reference, None, now=now)
        trigger = view.trigger_for(starts_at, answers)
        if trigger == "rebook_late":
            answers[q.INSUFFICIENT.name] = answers.get(q.STILL_INSUFFICIENT.name, "")
        outcome = take_step(
            session,
            actor,
            reference,
            trigger,
            offences_in_full(session, view.questions, answers),
            now=now,
            form_key=request.form.get("form_key") or None,
            version=request.form.get("version", type=int),
        )
        return outcome.step.outcome


def _questions(reference: str) -> tuple[Question, ...]:
    with transaction() as session:
        return booking(session, current_actor(), reference, None, now=clock.now()).questions


def _page(reference: str, fields: dict[str, str], refusals: Sequence[Refusal] = ()) -> str:
    now = clock.now()
    wanted = _wanted(day_of(now))
    with transaction() as session:
        view = booking(session, current_actor(), reference, wanted, now=now)
    wanted = view.wanted or wanted
    return render_template(
        "diary/book.html",
        view=view,
        case=view.loaded.case,
        wanted=wanted,
        lengths=LENGTHS,
        fields=fields,
        errors=[_error(view, refusal) for refusal in refusals],
        earlier=_address(reference, wanted, -DAYS_OFFERED) if wanted.since > day_of(now) else "",
        later=_address(reference, wanted, DAYS_OFFERED),
        action=_address(reference, wanted, 0),
        form_key=token_hex(16),
        now=now,
        no=NO,
    )


def _address(reference: str, wanted: Wanted, days: int) -> str:
    since = date.fromordinal(wanted.since.toordinal() + days)
    return url_for(
        ".show", reference=reference, whom=wanted.whom, length=wanted.minutes, since=f"{since}"
    )


def _error(view: Booking, refusal: Refusal) -> Error:
    """Return an error with the field that mends it: the slot, unless a question does."""
    field = refusal.field or "slot"
    if refusal.rule in ABOUT_THE_LIMIT:
        field = view.reason.name
    text = f"{refusal.reason} ({refusal.rule})" if refusal.rule else refusal.reason
    return Error(text=text, href=f"#{field}", field=field)
