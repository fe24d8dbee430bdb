"""The form of what was recorded in a year."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.errors import InvalidValue

MOST_DIGITS = 9
NUMBER: dict[str, Any] = {
    "params": {"classes": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": False}
}


def _number(label: str, hint: str = "") -> StringField:
    return StringField(label, description=hint, widget=GovTextInput(), render_kw=NUMBER)


def _count(field: StringField) -> int | None:
    """Return a number as people write it, such as 803,000; None where it was left empty.

    Raises:
        InvalidValue: If it is none.
    """
    typed = "".join((field.data or "").replace(",", "").split())
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS):
        raise InvalidValue("Enter a whole number, such as 803,000.", field=field.name)
    return int(typed)


class YearForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What was recorded in a year. Left empty, nothing is estimated."""

    total = _number("All crimes", "Leave it empty where it is not known.")
    violence = _number("Of them violence against the person (optional)")
    sexual = _number("Of them sexual offences, with rape (optional)")
    source = StringField(
        "Where do the numbers come from?",
        description="For example: police recorded crime tables, Home Office, July 2026.",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-two-thirds"}},
    )

    @staticmethod
    def values(stated: RecordedAYear) -> dict[str, object]:
        """Return what was stated before, by the names of the fields."""
        return {
            "total": stated.total,
            "violence": stated.families.get(Family.VIOLENCE),
            "sexual": stated.families.get(Family.SEXUAL),
            "source": stated.source,
        }

    def year(self) -> RecordedAYear:
        """Return what was entered.

        Raises:
            InvalidValue: If one of the numbers is none.
        """
        given = {Family.VIOLENCE: _count(self.violence), Family.SEXUAL: _count(self.sexual)}
        return RecordedAYear(
            total=_count(self.total),
            families={family: count for family, count in given.items() if count is not None},
            source=self.source.data or "",
        )
