"""A form field that takes words and finds what they mean: an offence, a colleague.

Where they may mean several things, the page comes back with those to choose from.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from fcr_app.services.crime_choices import Choice, Found


class PickWidget:
    """Shows the box for words, and below it what they may mean."""

    def __call__(self, field: "PickField", **_kwargs: Any) -> Markup:
        """Return the box and the choices."""
        template = current_app.jinja_env.get_template("components/pick_input.html")
        shown: Markup = template.module.pick_input(field)  # type: ignore[attr-defined] # Jinja makes it
        return shown


class PickField(Field):
    """Something found by words. ``data`` is its id, or None where nothing was typed."""

    widget = PickWidget()

    def __init__(self, label: str, *, thing: str, missing: str = "", **options: Any) -> None:
        """Make the field.

        Args:
            thing: What is looked for, in the singular: "offence".
            missing: What to say where it is left empty; empty if it may be.
        """
        super().__init__(label, **options)
        self.thing = thing
        self.missing = missing
        self.text = ""
        self.picked: int | None = None
        self.choices: Sequence[Choice] = ()
        self.problem = ""

    @property
    def first_id(self) -> str:
        """The box that an error leads to."""
        return f"{self.name}-pick" if self.choices else self.name

    def process(
        self,
        formdata: Any,
        data: object = unset_value,
        extra_filters: Sequence[Any] | None = None,
    ) -> None:
        """Read the words and the choice, or show the words that are given."""
        del extra_filters  # words need none
        self.process_errors = []
        given = self.default if data is unset_value else data
        self.text = str(given or "")
        self.data = None
        if formdata and self.name in formdata:
            self.text = formdata.get(self.name, "").replace("\0", "").strip()[:200]
            self.picked = formdata.get(f"{self.name}-pick", None, int)

    def look_up(self, find: Callable[[str], Found]) -> None:
        """Find what the words mean. Do it before the form is validated."""
        if not self.text:
            self.problem = self.missing
            return
        found = find(self.text)
        if found.only:
            self.data = found.only.id
        elif self.picked in {choice.id for choice in found.choices}:
            self.data = self.picked
            self.choices = found.choices
        elif found.more:
            self.problem = f"That may mean too many things. Say more, to find one {self.thing}."
        elif found.choices:
            self.choices = found.choices
            self.problem = f"Select which {self.thing} you mean."
        else:
            self.problem = f"No {self.thing} matches that. Check it, or try other words."

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse words that nothing was found by."""
        del form
        if self.problem:
            raise StopValidation(self.problem)
