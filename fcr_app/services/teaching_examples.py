"""Examples for courses: words of the FCR's own, checked to name nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.suggestions import SUGGESTIONS
from fcr_app.domain.roles import Actor
from fcr_app.domain.themes import theme_at
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound
from fcr_app.models import FeedbackItem, TeachingExample
from fcr_app.services.bulletins import must_publish
from fcr_app.services.counted_errors import is_counted
from fcr_app.services.log import Record, record_change, record_view

SHORTEST, LONGEST = 20, 1000
MOST_SHOWN = 50
#: Of what feedback said: the newest, to read through.
MOST_OFFERED = 10


@dataclass(frozen=True, kw_only=True)
class Example:
    """One example."""

    id: int
    text: str


def examples_of(session: Session, theme: str) -> tuple[Example, ...]:
    """Return the examples of a theme, the newest first."""
    rows = session.execute(
        select(TeachingExample.id, TeachingExample.text)
        .where(TeachingExample.theme == theme, TeachingExample.removed_at.is_(None))
        .order_by(TeachingExample.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(Example(id=row.id, text=row.text) for row in rows)


def said_in_feedback(
    session: Session, actor: Actor, slug: str, *, now: datetime
) -> tuple[Example, ...]:
    """Return what feedback said was right, to choose an example from, and log each look.

    It was written for one person about one record, so it is for those who choose to rewrite.

    Raises:
        PermissionRefused: If the person does not choose examples.
        NotFound: If there is no such theme.
    """
    must_publish(actor)
    theme = theme_at(slug)
    same = FeedbackItem.error_type if theme.is_error else FeedbackItem.rule_id
    usual = [suggestion.right_decision for suggestion in SUGGESTIONS.values()]
    rows = session.execute(
        select(FeedbackItem.id, FeedbackItem.feedback_case_id, FeedbackItem.right_decision)
        .where(
            is_counted(),
            same == theme.key,
            FeedbackItem.right_decision.not_in(["", *usual]),
        )
        .order_by(FeedbackItem.created_at.desc(), FeedbackItem.id.desc())
        .limit(MOST_OFFERED)
    ).all()
    for row in rows:
        record_view(session, actor, "feedback:read", Record.CASE, row.feedback_case_id, now=now)
    return tuple(Example(id=row.id, text=row.right_decision) for row in rows)


def add_example(  # noqa: PLR0913 - who adds what to which theme, and that it was checked
    session: Session,
    actor: Actor,
    slug: str,
    text: str,
    *,
    names_nobody: bool,
    now: datetime,
) -> int:
    """Add an example to a theme. Everybody can read it. Returns its id.

    Args:
        names_nobody: The person says that nobody can be made out from it.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is no such theme.
        InvalidValue: If it is too short or too long, or was not checked.
    """
    must_publish(actor)
    theme, said = theme_at(slug), text.strip()
    if len(said) < SHORTEST:
        raise InvalidValue(
            f"Say what came up and what was right, in at least {SHORTEST} characters.", field="text"
        )
    if len(said) > LONGEST:
        raise InvalidValue(f"Use {LONGEST:,} characters or fewer.", field="text")
    if not names_nobody:
        raise InvalidValue(
            "Read it once more, and say that nobody can be made out from it.", field="names_nobody"
        )
    example = TeachingExample(theme=theme.key, text=said, added_by_id=actor.id, added_at=now)
    session.add(example)
    session.flush()
    record_change(
        session,
        actor,
        "example:added",
        Record.BULLETIN,
        None,
        now=now,
        verb="collection",
        detail=theme.key,
    )
    return example.id


def remove_example(
    session: Session, actor: Actor, slug: str, example_id: int, *, now: datetime
) -> None:
    """Take an example off its theme's page.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If the theme has no such example.
        AlreadyDone: If it was removed before.
    """
    must_publish(actor)
    theme = theme_at(slug)
    example = session.get(TeachingExample, example_id, with_for_update=True)
    if example is None or example.theme != theme.key:
        raise NotFound("There is no such example.")
    if example.removed_at is not None:
        raise AlreadyDone("This example was removed already.")
    example.removed_at, example.removed_by_id = now, actor.id
    record_change(
        session, actor, "example:removed", Record.BULLETIN, None, now=now, detail=theme.key
    )
