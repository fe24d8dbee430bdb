"""Form fields that no library has: a day as three boxes whose error leads to the first."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field, SelectChoice  # type: ignore[attr-defined] # newer than the types
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from fcr_app.domain.questions import read_date

PARTS = ("day", "month", "year")
YEAR_DIGITS = 4
UNREAL = "Enter a real date, with day, month and year, such as 24 11 2026."


def choices(pairs: Iterable[tuple[object, str]]) -> list[Any]:
    """Return values and labels as WTForms wants the choices of a list."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class DayWidget:
    """Shows a day as the component for dates does."""

    def __call__(self, field: "DayField", **_kwargs: Any) -> Markup:
        """Return the three boxes."""
        template = current_app.jinja_env.get_template("components/date_input.html")
        shown: Markup = template.module.date_input(  # type: ignore[attr-defined] # Jinja makes it
            field.name,
            field.label.text,
            field.parts,
            hint=field.description,
            error=field.errors[0] if field.errors else "",
            legend_classes="",  # the size of the labels of the fields beside it
        )
        return shown


class DayField(Field):
    """A day. ``data`` is a date, or None where it was left empty."""

    widget = DayWidget()

    def __init__(self, label: str, *, missing: str = "", **options: Any) -> None:
        """Make the field.

        Args:
            missing: What to say where it is left empty; empty if it may be.
        """
        super().__init__(label, **options)
        self.missing = missing
        self.parts: dict[str, str] = {}

    @property
    def first_id(self) -> str:
        """The box that an error leads to."""
        return f"{self.name}-day"

    def process(
        self,
        formdata: Any,
        data: object = unset_value,
        extra_filters: Sequence[Any] | None = None,
    ) -> None:
        """Read what was typed, or show the day that is given."""
        del extra_filters  # a day needs none
        self.process_errors = []
        names = {part: f"{self.name}-{part}" for part in PARTS}
        if formdata and names["day"] in formdata:
            self.parts = {name: formdata.get(name, "").strip() for name in names.values()}
            self.data = self._read([self.parts[names[part]] for part in PARTS])
            return
        given = self.default if data is unset_value else data
        self.data = given if isinstance(given, date) else None
        if self.data:
            self.parts = {name: str(getattr(self.data, part)) for part, name in names.items()}

    def _read(self, parts: list[str]) -> date | None:
        if not any(parts):
            return None
        day, month, year = parts
        found = read_date(f"{year}-{month.zfill(2)}-{day.zfill(2)}")
        if found is None or len(year) != YEAR_DIGITS:
            self.process_errors = [UNREAL]
            return None
        return found

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an empty day where one is needed."""
        del form
        if self.missing and self.data is None and not self.process_errors:
            raise StopValidation(self.missing)
