"""The form that records a crime from a report: what the report does not say already."""

from functools import partial
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from sqlalchemy.orm import Session
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from fcr_app.domain.crimes import Flag
from fcr_app.services.crime_choices import find_offences
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.web.crime_forms import LINES, LONGEST_SUMMARY, NO_VICTIM, SHORT, NewCrimeForm, text


class RecordForm(NewCrimeForm):
    """A crime as it is recorded from a report, which says the rest."""

    crime_number = StringField(
        "Crime number",
        description="Leave empty to have one made from the report’s reference.",
        widget=GovTextInput(),
        render_kw=SHORT,
        filters=[text],
    )
    late_reason = TextAreaField(
        "Why is it recorded late?",
        description="In at least 20 characters. The FCR looks at every late record.",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[Length(max=LONGEST_SUMMARY, message="Write 20,000 characters or fewer.")],
        filters=[text],
    )
    #: The report knows these, and WTForms leaves out what is None.
    incident_reference: Any = None
    reported_at: Any = None
    recorded_at: Any = None
    location: Any = None
    oic: Any = None
    supervisor: Any = None
    unit: Any = None

    def look_up(self, session: Session) -> None:
        """Find what the words typed mean."""
        self.offence.look_up(partial(find_offences, session))

    def record(self) -> NewRecord:
        """Return what was typed; the form has been validated."""
        return NewRecord(
            offence_id=self.offence.data,
            crime_number=self.crime_number.data or "",
            victims=() if self.victim_kind.data == NO_VICTIM else (self._victim(),),
            flags=frozenset(Flag(value) for value in self.flags.data or ()),
            summary=self.summary.data or "",
            late_reason=self.late_reason.data or "",
        )
