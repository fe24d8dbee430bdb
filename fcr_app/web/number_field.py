"""A form field for a number that may have decimals: "5", "2.5", "1,200"."""

from math import isfinite
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

UNREAD = "Enter a number, such as 5 or 2.5."
NOT_WHOLE = "Enter a whole number, such as 20."
NUMBER: dict[str, Any] = {"params": {"classes": "govuk-input--width-4", "inputmode": "decimal"}}


class NumberField(Field):
    """A number. ``data`` is a float, or None where it was left empty."""

    widget = GovTextInput()

    def __init__(self, label: str, *, missing: str = "", **options: Any) -> None:
        """Make the field.

        Args:
            missing: What to say where it is left empty; empty if it may be.
        """
        options.setdefault("render_kw", NUMBER)
        super().__init__(label, **options)
        self.missing = missing
        self.typed = ""

    def _value(self) -> str:
        """Return what the box shows: what was typed, else the number."""
        return self.typed or ("" if self.data is None else f"{self.data:g}")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: If it is no number, as WTForms expects to be told.
        """
        if not valuelist:
            return
        self.typed = valuelist[0].replace("\0", "").strip()[:40]
        self.data = None
        if not self.typed:
            return
        try:
            number = float(self.typed.replace(",", ""))
        except ValueError:
            raise ValueError(UNREAD) from None
        if not isfinite(number):
            raise ValueError(UNREAD)
        self.data = self._as_kept(number)

    def _as_kept(self, number: float) -> float:
        return number

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an empty box where a number is needed."""
        del form
        if self.missing and self.data is None and not self.process_errors:
            raise StopValidation(self.missing)


class WholeNumberField(NumberField):
    """A whole number. ``data`` is an int, or None where it was left empty."""

    def _as_kept(self, number: float) -> int:
        if number != int(number):
            raise ValueError(NOT_WHOLE)
        return int(number)
