"""Theme pages: what is kept about one rule, or one kind of error, for whoever teaches it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import BulletinState
from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.domain.themes import Theme, every_theme, theme_at
from fcr_app.models import Bulletin, BulletinEdition, BulletinError, Ruling, RulingRule
from fcr_app.services.bulletin_audience import newest_edition
from fcr_app.services.bulletin_list import BulletinRow, bulletins_about
from fcr_app.services.ruling_list import RulingRow, row_of, rows_statement
from fcr_app.services.teaching_examples import Example, examples_of
from fcr_app.services.theme_errors import ThemeErrors, shown_totals, theme_errors

MOST_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class ThemeRow:
    """A theme in the index.

    Attributes:
        errors: In the last 12 months; None where the count is left out.
    """

    theme: Theme
    errors: int | None
    rulings: int
    bulletins: int


@dataclass(frozen=True, kw_only=True)
class ThemeView:
    """All that is kept about a theme.

    Attributes:
        rulings: For those who work on cases; none for others.
        chooses: Whether the person chooses examples.
    """

    theme: Theme
    errors: ThemeErrors
    rulings: tuple[RulingRow, ...]
    bulletins: tuple[BulletinRow, ...]
    examples: tuple[Example, ...]
    chooses: bool


def theme_index(session: Session, words: str = "", *, now: datetime) -> tuple[ThemeRow, ...]:
    """Return every theme that some words match, with counts. Takes four statements.

    Args:
        words: Beginnings of words; empty for every theme.
    """
    totals = shown_totals(session, now=now)
    rulings = dict(
        session.execute(select(RulingRule.rule, func.count()).group_by(RulingRule.rule)).all()
    )
    published = _bulletins(session)
    return tuple(
        ThemeRow(
            theme=theme,
            errors=totals[theme.key],
            rulings=rulings.get(theme.rule, 0),
            bulletins=published.get(theme.key, 0),
        )
        for theme in every_theme()
        if theme.matches(words)
    )


@supports(
    inspection("FB-01"),
    inspection("FB-02"),
    how="A page for each rule gathers its errors, rulings, bulletins and examples for a course",
)
def theme_view(session: Session, actor: Actor, slug: str, *, now: datetime) -> ThemeView:
    """Return all that is kept about a theme, as far as a person may see it.

    Raises:
        NotFound: If there is no such theme.
    """
    theme = theme_at(slug)
    works = may(actor, Permission.WORK_ON_CASES)
    return ThemeView(
        theme=theme,
        errors=theme_errors(session, theme, now=now),
        rulings=_rulings(session, theme.rule) if works and theme.rule else (),
        bulletins=bulletins_about(session, actor, _own_rule(theme), theme.errors, now=now),
        examples=examples_of(session, theme.key),
        chooses=may(actor, Permission.PUBLISH_BULLETINS),
    )


def _bulletins(session: Session) -> dict[str, int]:
    """Count the published bulletins that remind of a rule, and those that answer an error."""
    stands = Bulletin.state == BulletinState.PUBLISHED.value
    by_rule = select(Bulletin.rule, func.count()).where(stands).group_by(Bulletin.rule)
    by_error = (
        select(BulletinError.error_type, func.count())
        .join(BulletinEdition, BulletinEdition.id == BulletinError.edition_id)
        .join(Bulletin, newest_edition())
        .where(stands)
        .group_by(BulletinError.error_type)
    )
    return dict(session.execute(by_rule).all()) | dict(session.execute(by_error).all())


def _own_rule(theme: Theme) -> str:
    """Return the rule whose bulletins belong to a theme: an error shows those that answer it."""
    return "" if theme.is_error else theme.rule


def _rulings(session: Session, rule: str) -> tuple[RulingRow, ...]:
    rows = session.execute(
        rows_statement()
        .where(Ruling.id.in_(select(RulingRule.ruling_id).where(RulingRule.rule == rule)))
        .order_by(Ruling.made_at.desc(), Ruling.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(row_of(row) for row in rows)
