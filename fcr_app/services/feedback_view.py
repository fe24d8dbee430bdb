"""One item of feedback, as its reader sees it: what was found, the rule, and what is to be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import Case, CaseStep, Crime, FeedbackItem, Incident, Person, Unit
from fcr_app.services.log import Record, record_view
from fcr_app.services.visibility import visible_cases, visible_crimes, visible_incidents
from fcr_app.workflows import workflow_by_key
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME, State

NOT_THERE = "There is no such feedback, or you may not see it."


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """One item, as its reader sees it.

    Attributes:
        reference: Of the case of this feedback.
        done: What was done in the step it is about: "Refused the request".
        case_reference: Of the case it is about; empty where there is none, or the reader may not
            see it now.
        rules: The rules with their source, one each.
        crime_id: The crime it is about, where the reader may see it now.
        due_at: By when something is to be done about it now; None where no clock runs.
        corrected_by: What on the record shows the correction; empty before.
    """

    id: int
    reference: str
    state: State
    subject: str
    done: str
    error: ErrorType | None
    positive: bool
    harm: Harm
    source: Source
    reasons: str
    rule_id: str
    rules: tuple[str, ...]
    right_decision: str
    to_do: str
    correction: Correction
    correct_by_at: datetime | None
    corrected_at: datetime | None
    corrected_by: str
    sender: str
    to: str
    unit: str
    created_at: datetime
    due_at: datetime | None
    acknowledged_at: datetime | None
    closed_at: datetime | None
    reply: str
    case_reference: str
    crime_id: int | None
    crime_number: str
    incident_id: int | None
    incident_reference: str

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return FEEDBACK_ON_A_CRIME.labels[self.state]

    @property
    def state_short(self) -> str:
        """The same in as few words as a tag has room for."""
        return FEEDBACK_ON_A_CRIME.short_labels.get(self.state, self.state_label)

    @property
    def state_colour(self) -> str:
        """The colour of its tag."""
        return FEEDBACK_ON_A_CRIME.colours.get(self.state, "grey")

    @property
    def about(self) -> str:
        """What it is about: the error with its code, that it was right, or neither."""
        if self.error:
            return self.error.full_label
        return "Done right" if self.positive else "Reasons to read"

    @property
    def outstanding(self) -> bool:
        """Whether the record has to be put right still."""
        nothing = self.correction is Correction.NONE
        return not nothing and self.corrected_at is None and self.closed_at is None


def feedback_item(session: Session, actor: Actor, item_id: int, *, now: datetime) -> FeedbackView:
    """Return one item that a person may see, and log the look at it.

    Raises:
        NotFound: If there is no such item, or it is not theirs to see.
    """
    return _one(session, actor, FeedbackItem.id == item_id, now)


def feedback_of_case(session: Session, actor: Actor, case_id: int) -> FeedbackView | None:
    """Return what a feedback case says; None for any other case. The case's page logs the look."""
    found = items_seen(actor).where(FeedbackItem.feedback_case_id == case_id)
    row = session.execute(found).one_or_none()
    return view_of(row) if row else None


def _one(session: Session, actor: Actor, which: ColumnElement[bool], now: datetime) -> FeedbackView:
    seen = select(Case.id).where(visible_cases(actor)).correlate(None)
    found = items_seen(actor).where(which, FeedbackItem.feedback_case_id.in_(seen))
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    log_look(session, actor, row, now)
    return view_of(row)


def items_seen(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return every item with what a view of it needs, as far as the person may see it."""
    sender, to, private = aliased(Person), aliased(Person), aliased(Case)
    return (
        select(
            FeedbackItem,
            private.reference.label("own_reference"),
            private.state,
            private.due_at.label("runs_out_at"),
            sender.name.label("sender"),
            to.name.label("to"),
            Unit.name.label("unit"),
            Case.workflow,
            CaseStep.trigger,
            case((visible_cases(actor), Case.reference), else_="").label("reference"),
            case((visible_crimes(actor), Crime.crime_number), else_="").label("crime_number"),
            case((visible_incidents(actor), Incident.reference), else_="").label("report"),
        )
        .join(private, private.id == FeedbackItem.feedback_case_id)
        .outerjoin(Case, Case.id == FeedbackItem.case_id)
        .outerjoin(Crime, Crime.id == FeedbackItem.crime_id)
        .outerjoin(Incident, Incident.id == FeedbackItem.incident_id)
        .outerjoin(Unit, Unit.id == FeedbackItem.unit_id)
        .join(sender, sender.id == FeedbackItem.from_id)
        .join(to, to.id == FeedbackItem.to_id)
        .outerjoin(
            CaseStep,
            (CaseStep.case_id == FeedbackItem.case_id)
            & (CaseStep.position == FeedbackItem.step_position),
        )
    )


def view_of(row: Any) -> FeedbackView:
    """Return a row of ``items_seen`` as a view."""
    item = row.FeedbackItem
    return FeedbackView(
        id=item.id,
        reference=row.own_reference,
        state=State(row.state),
        subject=item.subject,
        done=_done(row.workflow, row.trigger),
        error=ErrorType(item.error_type) if item.error_type else None,
        positive=item.positive,
        harm=Harm(item.harm),
        source=Source(item.source),
        reasons=item.reasons,
        rule_id=item.rule_id,
        rules=tuple(line for line in item.rules.splitlines() if line),
        right_decision=item.right_decision,
        to_do=item.to_do,
        correction=Correction(item.correction),
        correct_by_at=item.correct_by_at,
        corrected_at=item.corrected_at,
        corrected_by=item.corrected_by,
        sender=row.sender,
        to=row.to,
        unit=row.unit or "",
        created_at=item.created_at,
        due_at=row.runs_out_at,
        acknowledged_at=item.acknowledged_at,
        closed_at=item.closed_at,
        reply=item.reply,
        case_reference=row.reference or "",
        crime_id=item.crime_id if row.crime_number else None,
        crime_number=row.crime_number or "",
        incident_id=item.incident_id if row.report else None,
        incident_reference=row.report or "",
    )


def log_look(session: Session, actor: Actor, row: Any, now: datetime) -> None:
    """Log a look at what an item says."""
    case_id = row.FeedbackItem.feedback_case_id
    record_view(session, actor, "feedback:read", Record.CASE, case_id, now=now)


def _done(workflow: str | None, trigger: str | None) -> str:
    if workflow is None:
        return ""
    steps = workflow_by_key(workflow).steps
    return next((step.done for step in steps if step.trigger == trigger), "")
