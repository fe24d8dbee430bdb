"""The forms of the pages about imports: the file, and the columns of a file of crimes.

Choosing columns is one list for each of our fields, made from the file at hand. It is written by
hand, in the template and here: forty component macros of forty choices each would cost half a
second a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.errors import InvalidValue
from fcr_app.services.crime_import.mapping import FIELDS, VICTIM_FIELDS, ColumnMapping
from fcr_app.services.imports.kinds import KINDS
from fcr_app.services.imports.mapping import DATE_FORMATS
from fcr_app.web.crime_forms import legend
from fcr_app.web.fields import choices

Word = TypeVar("Word", Flag, CrimeStatus)

DAY_FIRST, MONTH_FIRST, KEPT = "day", "month", "kept"
MONTH_FIRST_FORMATS = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y", "%m/%d/%Y %I:%M %p")
NEW = ""

#: What other systems call things, in small letters without spaces; a later name counts for more.
GUESSES: Mapping[str, Sequence[str]] = {
    "column-crime_number": ("number", "crimeid", "crimeref", "crimeno", "crimenumber"),
    "column-incident_reference": ("incident", "cad", "incidentno", "incidentreference"),
    "column-reported_at": ("reported", "datereported", "reporteddate", "reportedat"),
    "column-recorded_at": ("recorded", "daterecorded", "recordeddate", "recordedat"),
    "column-recorded_month": ("month", "monthrecorded"),
    "column-offence_class": ("class", "hoclass", "offenceclass"),
    "column-offence_code": ("code", "hocode", "homeofficecode", "offencecode"),
    "column-offence_text": ("offence", "offencetitle", "crimetype"),
    "column-unit": ("team", "bcu", "unit"),
    "column-location": ("place", "address", "location"),
    "column-summary": ("mo", "summary"),
    "column-status": ("crimestatus", "status"),
    "part-oic": ("officer", "officerinthecase", "officerincase", "oic"),
    "part-supervisor": ("supervisor",),
    "victim-name": ("victim", "victimname"),
    "flag-domestic_abuse": ("da", "domestic", "domesticabuse"),
    "flag-list": ("markers", "flags"),
}


class UploadForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A file, and how its columns map."""

    file = FileField(
        "CSV file",
        description="Up to 20 MB. In Excel, save it as “CSV UTF-8”.",
        widget=GovFileInput(),
        validators=[FileRequired("Select a CSV file.")],
    )
    kind = RadioField(
        "What is in it?",
        choices=choices((kind.key, kind.label) for kind in KINDS.values()),
        default="crimes",
        widget=GovRadioInput(),
        render_kw=legend("What is in it?"),
        validators=[InputRequired("Select what is in the file.")],
    )
    mapping = SelectField(
        "Columns",
        description="What was kept from an earlier import, or what you choose on the next page.",
        widget=GovSelect(),
    )

    def offer(self, names: Mapping[str, Sequence[str]]) -> None:
        """Fill the list of mappings, by kind. The name alone says of which kind one is."""
        offered = [
            (name, name if key == "crimes" else f"{name} ({KINDS[key].label.lower()})")
            for key, some in names.items()
            for name in some
        ]
        self.mapping.choices = choices([*offered, (NEW, "Choose the columns now")])


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """Return what the headings of a file seem to be, for a person to put right."""
    bare = {"".join(filter(str.isalnum, heading)).lower(): heading for heading in headings}
    found = {
        field: bare[name] for field, names in GUESSES.items() for name in names if name in bare
    }
    return {"date-style": DAY_FIRST, **found}


def fields_of(mapping: ColumnMapping | None) -> dict[str, str]:
    """Return a mapping as the fields of the page that chooses columns."""
    if mapping is None:
        return {}
    fields = {f"column-{name}": heading for name, heading in mapping.columns.items()}
    fields |= {f"part-{part.value}": heading for heading, part in reversed(mapping.people)}
    if mapping.victims:
        fields |= {f"victim-{name}": heading for name, heading in mapping.victims[0].items()}
    fields |= {f"flag-{flag.value}": heading for flag, heading in mapping.flags.items()}
    fields["flag-list"] = mapping.flag_list
    fields["flag-words"] = _lines({w: flag.value for w, flag in mapping.flag_words.items()})
    fields["status-words"] = _lines({w: s.value for w, s in mapping.status_words.items()})
    styles = {tuple(DATE_FORMATS): DAY_FIRST, MONTH_FIRST_FORMATS: MONTH_FIRST}
    fields["date-style"] = styles.get(tuple(mapping.date_formats), KEPT)
    return fields


def read_mapping(form: Mapping[str, str], base: ColumnMapping | None) -> ColumnMapping:
    """Return the mapping that was chosen.

    Args:
        base: The mapping it was made from; what the page can't show is kept from it.

    Raises:
        InvalidValue: If it could take no crime, or words in it are not understood.
    """
    style = form.get("date-style", DAY_FIRST)
    formats: Sequence[str] = MONTH_FIRST_FORMATS if style == MONTH_FIRST else DATE_FORMATS
    if style == KEPT and base:
        formats = base.date_formats
    victim = _chosen(form, "victim", VICTIM_FIELDS)
    mapping = replace(
        base or ColumnMapping(columns={}),
        columns=_chosen(form, "column", FIELDS),
        date_formats=formats,
        people=[(h, Part(p)) for p, h in _chosen(form, "part", [p.value for p in Part]).items()],
        victims=[*([victim] if victim else []), *(base.victims[1:] if base else [])],
        flags={Flag(f): h for f, h in _chosen(form, "flag", [flag.value for flag in Flag]).items()},
        flag_list=form.get("flag-list", ""),
        flag_words=_words(form, "flag-words", {flag.value: flag for flag in Flag}),
        status_words=_words(
            form,
            "status-words",
            {s.value: s for s in CrimeStatus if s is not CrimeStatus.MOVED_TO_N100},
        ),
    )
    mapping.check()
    return mapping


def _chosen(
    form: Mapping[str, str], prefix: str, names: Sequence[str] | Mapping[str, str]
) -> dict[str, str]:
    return {name: heading for name in names if (heading := form.get(f"{prefix}-{name}", ""))}


def _lines(words: Mapping[str, str]) -> str:
    return "\n".join(f"{word} = {ours}" for word, ours in words.items())


def _words(form: Mapping[str, str], field: str, known: Mapping[str, Word]) -> dict[str, Word]:
    """Read lines such as "Crimed = recorded"."""
    words: dict[str, Word] = {}
    for line in form.get(field, "").replace("\0", "").splitlines():
        if not line.strip():
            continue
        theirs, _, ours = line.rpartition("=")
        meant = known.get(ours.strip().lower())
        if meant is None or not theirs.strip():
            raise InvalidValue(
                f"Write each line like “their word = our word”. “{line.strip()}” is not one of "
                f"those; our words are: {', '.join(known)}.",
                field=field,
            )
        words[theirs.strip().lower()] = meant
    return words
