"""Reports of crime: what came in, what became of it, and its clock."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, an_id, text_of
from fcr_app.api.schemas.crimes import (
    LONGEST_PLACE,
    LONGEST_SUMMARY,
    MOST_VICTIMS,
    StartAnswer,
    VictimGiven,
)
from fcr_app.api.schemas.lists import HOLDER, ID, place
from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_rules import BY_HAND
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.recording_clock import Light
from fcr_app.services.crimes import LONGEST_NUMBER
from fcr_app.services.incident_closing import Closing
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.services.incident_filters import Tab
from fcr_app.services.incident_updates import AboutVictim
from fcr_app.services.incidents import (
    LONGEST_ACCOUNT,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    NewIncident,
)

LONGEST_NOTE = 200
LONGEST_REASON = 4000
LONGEST_FORCE_REFERENCE = 60


def _known() -> fields.Enum[Known]:
    return fields.Enum(Known, by_value=True, load_default=Known.UNKNOWN)


class IncidentsAsked(Given):
    """Which list of reports, narrowed how, from where."""

    tab = fields.Enum(Tab, by_value=True, load_default=Tab.WAITING)
    route = Text(load_default="", validate=validate.OneOf(["", *(one.value for one in Route)]))
    opened = Text(
        load_default="", validate=validate.OneOf(["", *(one.value for one in OpeningCode)])
    )
    unit = Text(load_default="", validate=validate.Regexp(ID))
    officer = Text(
        load_default="",
        validate=validate.Regexp(HOLDER),
        metadata={"description": "“nobody”, “me” or the id of a person."},
    )
    after = place("after")
    before = place("before")


class IncidentGiven(Given):
    """A report to be entered. A reference is made where none is given."""

    reference = text_of(LONGEST_REFERENCE, load_default="")
    first_reported_at = Moment(required=True)
    time_note = text_of(LONGEST_NOTE, load_default="")
    received_by_id = an_id(allow_none=True, load_default=None)
    officer_id = an_id(allow_none=True, load_default=None)
    unit_id = an_id(allow_none=True, load_default=None)
    route = fields.Enum(Route, by_value=True, required=True)
    sarc_case = fields.Enum(SarcCase, by_value=True, allow_none=True, load_default=None)
    other_force = text_of(LONGEST_NAME, load_default="")
    other_force_reference = text_of(LONGEST_FORCE_REFERENCE, load_default="")
    found_in_crime_id = an_id(allow_none=True, load_default=None)
    reporter_type = fields.Enum(ReporterType, by_value=True, required=True)
    reporter = text_of(LONGEST_NAME, load_default="")
    victim_name = text_of(LONGEST_NAME, load_default="")
    victim_traced = _known()
    victim_confirmed = _known()
    victim_willing = _known()
    account = text_of(LONGEST_ACCOUNT, 1, required=True)
    location = text_of(LONGEST_PLACE, load_default="")
    opening_code = fields.Enum(OpeningCode, by_value=True, required=True)
    vulnerabilities = fields.List(
        fields.Enum(Vulnerability, by_value=True),
        load_default=[],
        validate=validate.Length(max=len(Vulnerability)),
    )
    warning_reason = text_of(
        LONGEST_REASON,
        load_default="",
        metadata={"description": "Why it is opened like this despite what the rules warn of."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewIncident:
        """Return the report as services take it."""
        data["vulnerabilities"] = frozenset(data["vulnerabilities"])
        return NewIncident(**data)


class RecordGiven(Given):
    """A crime to be recorded from a report, now."""

    offence_id = an_id(required=True)
    crime_number = text_of(
        LONGEST_NUMBER, load_default="", metadata={"description": "Made where it is empty."}
    )
    victims = fields.List(
        fields.Nested(VictimGiven), load_default=[], validate=validate.Length(max=MOST_VICTIMS)
    )
    flags = fields.List(
        fields.Enum(Flag, by_value=True), load_default=[], validate=validate.Length(max=len(Flag))
    )
    summary = text_of(LONGEST_SUMMARY, load_default="")
    late_reason = text_of(
        LONGEST_REASON,
        load_default="",
        metadata={"description": "Needed only after the limit (REC-11)."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewRecord:
        """Return the crime as services take it."""
        data["flags"] = frozenset(data["flags"])
        return NewRecord(**data)


class LinkGiven(Given):
    """A crime that is recorded already."""

    number = text_of(LONGEST_NUMBER, 1, required=True)
    late_reason = text_of(LONGEST_REASON, load_default="")


class AboutVictimGiven(Given):
    """What is known of a report's victim now."""

    traced = fields.Enum(Known, by_value=True, required=True)
    confirmed = fields.Enum(Known, by_value=True, required=True)
    willing = fields.Enum(Known, by_value=True, required=True)
    name = text_of(LONGEST_NAME, load_default="")
    learned = text_of(LONGEST_REASON, load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> AboutVictim:
        """Return it as services take it."""
        return AboutVictim(**data)


class RapeDisclosedGiven(Given):
    """What was disclosed that may be rape: what was said, by whom and to whom."""

    disclosed = text_of(LONGEST_REASON, 1, required=True)


class HandOverGiven(Given):
    """Who deals with a report from now on."""

    officer_id = an_id(allow_none=True, required=True)
    unit_id = an_id(allow_none=True, required=True)


class ClosingGiven(Given):
    """How a report is closed without a crime."""

    code = Text(required=True, validate=validate.OneOf([code.value for code in BY_HAND]))
    why = text_of(LONGEST_REASON, 1, required=True)
    original = text_of(
        LONGEST_REFERENCE,
        load_default="",
        metadata={"description": "Reference of the report that this one repeats."},
    )
    warning_reason = text_of(LONGEST_REASON, load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> Closing:
        """Return it as services take it."""
        return Closing(**{**data, "code": ClosingCode(data["code"])})


class IncidentRowAnswer(Answer):
    """One report in a list."""

    id = fields.Integer()
    reference = Text()
    opened = Text()
    route = Text()
    first_reported_at = Moment()
    record_by_at = Moment(allow_none=True)
    settled_at = Moment(allow_none=True)
    outcome = Text()
    light = fields.Enum(Light, by_value=True)
    unit = Text()
    officer = Text()
    other_force = Text()


class IncidentTabAnswer(Answer):
    """A list of reports."""

    tab = fields.Enum(Tab, by_value=True)
    label = Text()
    count = fields.Integer(metadata={"description": "Counted no further than 1,000."})
    more = fields.Boolean(metadata={"description": "There are more than were counted."})


class IncidentsAnswer(Answer):
    """One page of a list of reports."""

    tab = fields.Enum(Tab, by_value=True, attribute="asked.tab")
    tabs = fields.List(fields.Nested(IncidentTabAnswer), attribute="lists")
    items = fields.List(fields.Nested(IncidentRowAnswer), attribute="page.rows")
    before = Text(attribute="page.before")
    after = Text(attribute="page.after")


class LinkedCrimeAnswer(Answer):
    """A crime recorded from the report, or linked to it."""

    id = fields.Integer()
    number = Text()
    status = fields.Enum(CrimeStatus, by_value=True)


class CaseOfIncidentAnswer(Answer):
    """A case about the report."""

    reference = Text()
    title = Text()
    state = Text()
    open = fields.Boolean()
    opened_at = Moment()
    opened_by = Text()


class ChangedAnswer(Answer):
    """What an event changed."""

    title = Text()
    before = Text()
    after = Text()


class HappenedAnswer(Answer):
    """Something that happened to the report."""

    at = Moment()
    who = Text()
    what = Text()
    changed = fields.List(fields.Nested(ChangedAnswer))
    reason = Text()


class LateAnswer(Answer):
    """A crime of the report that was recorded late (REC-11)."""

    crime_number = Text()
    by = fields.TimeDelta(metadata={"description": "Seconds past its limit."})
    reason = Text()
    verdict = Text()
    remark = Text()


class IncidentAnswer(Answer):
    """A report: its clock, what was said, what became of it."""

    id = fields.Integer(attribute="row.id")
    version = fields.Integer(attribute="row.version")
    reference = Text(attribute="row.reference")
    first_reported_at = Moment(attribute="row.first_reported_at")
    time_note = Text(attribute="row.time_note")
    record_by_at = Moment(attribute="row.record_by_at", allow_none=True)
    settled_at = Moment(attribute="row.settled_at", allow_none=True)
    light = fields.Enum(Light, by_value=True)
    late_by = fields.TimeDelta(allow_none=True)
    limit = fields.TimeDelta(attribute="rule.limit", allow_none=True)
    limit_source = Text(attribute="rule.source")
    rule_set = Text(attribute="rule.rule_set")
    route = Text(attribute="row.route")
    sarc_case = Text(attribute="row.sarc_case")
    other_force = Text(attribute="row.other_force")
    other_force_reference = Text(attribute="row.other_force_reference")
    found_in = Text()
    received_by = Text()
    entered_by = Text()
    officer = Text()
    unit = Text()
    reporter_type = Text(attribute="row.reporter_type")
    reporter = Text(attribute="row.reporter")
    victim_name = Text(attribute="row.victim_name")
    victim_traced = Text(attribute="row.victim_traced")
    victim_confirmed = Text(attribute="row.victim_confirmed")
    victim_willing = Text(attribute="row.victim_willing")
    account = Text(attribute="row.account")
    location = Text(attribute="row.location")
    opening_code = Text(attribute="row.opening_code")
    rape_disclosed_at = Moment(
        attribute="row.rape_disclosed_at",
        allow_none=True,
        metadata={"description": "When somebody said that what was disclosed may be rape."},
    )
    closing_code = Text(attribute="row.closing_code")
    repeats = Text(attribute="original")
    vulnerabilities = fields.List(Text())
    crimes = fields.List(fields.Nested(LinkedCrimeAnswer))
    cases = fields.List(fields.Nested(CaseOfIncidentAnswer))
    may_start = fields.List(fields.Nested(StartAnswer), attribute="openers")
    late = fields.List(fields.Nested(LateAnswer))
    history = fields.List(fields.Nested(HappenedAnswer))
    may_change = fields.Boolean()
