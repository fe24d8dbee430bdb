"""A form field for a moment: a day in three boxes and a London time in a fourth.

In the hour of October that comes twice it asks which of the two is meant.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms.utils import unset_value

from fcr_app.domain.london import from_london, is_repeated, to_london
from fcr_app.errors import NoLivingTime
from fcr_app.web.fields import PARTS, DayField

FIRST, SECOND = "first", "second"
_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})")


class MomentWidget:
    """Shows a moment as the component for dates does, and the question which hour is meant."""

    def __call__(self, field: "MomentField", **_kwargs: Any) -> Markup:
        """Return the boxes."""
        template = current_app.jinja_env.get_template("components/moment_input.html")
        shown: Markup = template.module.moment_input(field)  # type: ignore[attr-defined] # Jinja makes it
        return shown


class MomentField(DayField):
    """A moment. ``data`` is in UTC, or None where it was left empty or can't be."""

    widget: Any = MomentWidget()

    def __init__(self, label: str, *, missing: str = "", **options: Any) -> None:
        """Make the field.

        Args:
            missing: What to say where it is left empty; empty if it may be.
        """
        super().__init__(label, missing=missing, **options)
        self.asks_which = False
        self.which = ""

    @property
    def first_id(self) -> str:
        """The box that an error leads to."""
        if self.asks_which and not self.which:
            return f"{self.name}-which"
        return f"{self.name}-day"

    def process(
        self,
        formdata: Any,
        data: object = unset_value,
        extra_filters: Sequence[Any] | None = None,
    ) -> None:
        """Read what was typed, or show the moment that is given."""
        del extra_filters  # a moment needs none
        self.process_errors = []
        if formdata and f"{self.name}-day" in formdata:
            self.parts = {
                name: formdata.get(name, "").strip()
                for name in (f"{self.name}-{part}" for part in (*PARTS, "time"))
            }
            self.which = formdata.get(f"{self.name}-which", "")
            self.data = self._read_moment()
            return
        given = self.default if data is unset_value else data
        self.data = given if isinstance(given, datetime) else None
        if self.data:
            wall = to_london(self.data)
            self.parts = {f"{self.name}-{part}": str(getattr(wall, part)) for part in PARTS}
            self.parts[f"{self.name}-time"] = f"{wall:%H:%M}"

    def _read_moment(self) -> datetime | None:
        said = [self.parts[f"{self.name}-{part}"] for part in (*PARTS, "time")]
        if not any(said):
            return None
        day = self._read(said[:3])
        if day is None:
            self.process_errors = self.process_errors or ["Enter the day as well as the time."]
            return None
        clock = _read_clock(said[3])
        if clock is None:
            self.process_errors = ["Enter a real time of day, such as 14:05."]
            return None
        return self._in_london(day, clock)

    def _in_london(self, day: date, clock: time) -> datetime | None:
        wall = datetime.combine(day, clock)
        self.asks_which = is_repeated(wall)
        if self.asks_which and self.which not in (FIRST, SECOND):
            self.which = ""
            when = f"{clock:%H:%M} came twice on {day:%-d %B %Y}"
            why = "because the clocks went back. Select which one it was."
            self.process_errors = [f"{when}, {why}"]
            return None
        try:
            return from_london(wall, second=self.which == SECOND)
        except NoLivingTime as error:
            self.process_errors = [str(error)]
            return None


def _read_clock(said: str) -> time | None:
    found = _TIME.fullmatch(said.replace(" ", ""))
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        return None
