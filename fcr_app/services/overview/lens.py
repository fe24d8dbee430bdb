"""What an overview is about: the whole force, a team or one's own decisions; and which months."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from fcr_app.domain.equality_figures.period import Period, last_months
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import DECIDERS, REGISTRARS, Actor, Role
from fcr_app.errors import InvalidValue
from fcr_app.models import Crime, Decision, FeedbackItem
from fcr_app.services.visibility import (
    people_supervised_by,
    team_cases,
    units_below,
    visible_cases,
    visible_crimes,
)

#: Over how many months somebody may look, this one so far among them.
MONTHS = (3, 6, 12)
USUAL_MONTHS = 6


class View(StrEnum):
    """Whose work an overview is about."""

    FORCE = "force"
    TEAM = "team"
    OWN = "own"

    @property
    def label(self) -> str:
        """The view's name."""
        return {"force": "The whole force", "team": "My team", "own": "My decisions"}[self.value]


def views_of(actor: Actor) -> tuple[View, ...]:
    """Return the views that a person has; the first is where they start."""
    views = []
    if actor.has(*REGISTRARS, Role.CHIEF_OFFICER):
        views.append(View.FORCE)
    if actor.has(Role.SUPERVISOR):
        views.append(View.TEAM)
    if actor.has(*DECIDERS):
        views.append(View.OWN)
    return tuple(views)


@dataclass(frozen=True, kw_only=True)
class Lens:
    """Who looks, at whose work, over which months.

    Attributes:
        period: The last is this month, so far.
    """

    actor: Actor
    view: View
    period: Period
    now: datetime

    def on_cases(self) -> ColumnElement[bool]:
        """Return the condition on ``Case`` that it is of the force or of the team."""
        if self.view is View.TEAM:
            return or_(*team_cases(self.actor))
        return visible_cases(self.actor)

    def on_crimes(self) -> ColumnElement[bool]:
        """Return the condition on ``Crime`` that it is of the force or of the team."""
        if self.view is View.TEAM:
            return or_(
                Crime.unit_id.in_(units_below(self.actor)),
                Crime.oic_id.in_(people_supervised_by(self.actor)),
            )
        return visible_crimes(self.actor)

    def on_feedback(self) -> ColumnElement[bool]:
        """Return the condition on ``FeedbackItem``: to anybody, to one’s people, from oneself."""
        if self.view is View.TEAM:
            return FeedbackItem.to_id.in_(people_supervised_by(self.actor))
        if self.view is View.OWN:
            return FeedbackItem.from_id == self.actor.id
        return FeedbackItem.id > 0

    def on_decisions(self, *, overturned: bool) -> ColumnElement[bool]:
        """Return the condition on ``Decision`` that it is one's own, where that is the view.

        Args:
            overturned: It is about an earlier decision, and that is the one of the view.
        """
        if self.view is not View.OWN:
            return true()
        if not overturned:
            return Decision.decided_by_id == self.actor.id
        earlier = aliased(Decision)
        own = select(earlier.id).where(earlier.decided_by_id == self.actor.id).correlate(None)
        return Decision.supersedes_id.in_(own)

    @property
    def lists_feedback(self) -> bool:
        """Whether this person may see each item of feedback that the view counts."""
        return self.view is not View.FORCE or self.actor.has(*REGISTRARS)

    def within(self, moment: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
        """Return the condition that a moment is in the months looked at."""
        return and_(moment >= self.period.starts_at, moment < self.period.ends_at)


def lens_of(actor: Actor, view: str, months: int | None, *, now: datetime) -> Lens:
    """Return what somebody asks to look at; nothing said is where they start, and six months.

    Raises:
        InvalidValue: If it is none of the person's views, or no choice of months.
    """
    views = views_of(actor)
    chosen = next((one for one in views if one.value == view), None) if view else views[0]
    if chosen is None:
        raise InvalidValue("You have no such overview.", field="view")
    if months is not None and months not in MONTHS:
        raise InvalidValue("Choose the last 3, 6 or 12 months.", field="months")
    period = last_months(months or USUAL_MONTHS, to_london(now).date())
    return Lens(actor=actor, view=chosen, period=period, now=now)
