"""The reports of a loaded force: one behind each crime with a victim, and some that led to none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route
from fcr_app.domain.recording_clock import record_by
from fcr_app.models import EqualityRecord, Incident, IncidentCrime, LateRecord
from fcr_app.services.bulk import Batch, Row
from fcr_app.services.demo_load_crimes import SOURCE, LoadedCrime
from fcr_app.services.demo_load_equality import EqualityMaker
from fcr_app.services.demo_load_people import Officer, Staff

#: What a report is opened as, by the class of the crime it led to.
_ABOUT: Mapping[str, OpeningCode] = {
    "46": OpeningCode.THEFT, "49": OpeningCode.THEFT, "39": OpeningCode.THEFT,
    "48": OpeningCode.VEHICLE, "28I": OpeningCode.BURGLARY, "58C": OpeningCode.DAMAGE,
    "34B": OpeningCode.ROBBERY, "8L": OpeningCode.STALKING, "8Q": OpeningCode.STALKING,
    "19C": OpeningCode.RAPE, "20A": OpeningCode.SEXUAL, "10D": OpeningCode.WEAPONS,
}  # fmt: skip
_ROUTES: Mapping[Route, int] = {
    Route.NON_EMERGENCY: 45, Route.ONLINE: 25, Route.EMERGENCY: 15, Route.OFFICER: 8,
    Route.FRONT_COUNTER: 5, Route.PARTNER: 2,
}  # fmt: skip
#: Of crimes with a report, how many were recorded late; beside how many a report led to none.
_LATE, _UNRECORDED = 0.05, 0.12
_WHY_LATE = "The online report waited for its first look until the next day."


class ReportMaker:
    """Makes the reports one crime after the other."""

    def __init__(self, staff: Staff, equality: EqualityMaker, *, last_id: int, seed: int) -> None:
        self.staff = staff
        self.equality = equality
        self.incident_id = last_id
        # Its own chance, so that the crimes are those that the seed made before.
        self.rng = Random(seed)  # noqa: S311 - the same seed has to make the same force

    def make(self, batch: Batch, crime: LoadedCrime) -> None:
        """Add the report that a crime was recorded from, and now and then one that led to none."""
        if not crime.victim_ids:
            return
        about = _ABOUT.get(crime.offence.offence_class, OpeningCode.VIOLENCE)
        late = self.rng.random() < _LATE
        early = timedelta(hours=self.rng.randrange(26, 80))
        reported_at = crime.recorded_at - early if late else crime.row["reported_at"]
        incident = self._report(batch, about, crime.officer, reported_at)
        incident["reference"] = incident["reference_key"] = crime.row["incident_reference"]
        incident["closing_code"] = ClosingCode.CRIME_RECORDED.value
        incident["settled_at"] = crime.recorded_at
        # The first victim of the crime is the report's; who they are was asked once.
        record = batch.rows[EqualityRecord][-len(crime.victim_ids)]
        record["incident_id"] = incident["id"]
        self._link(batch, incident, crime, late=late)
        if self.rng.random() < _UNRECORDED:
            self._unrecorded(batch, about, crime)

    def _unrecorded(self, batch: Batch, about: OpeningCode, crime: LoadedCrime) -> None:
        at = crime.recorded_at - timedelta(minutes=self.rng.randrange(10, 1400))
        incident = self._report(batch, about, crime.officer, at)
        incident["closing_code"] = ClosingCode.NOT_A_CRIME_REPORT.value
        incident["settled_at"] = crime.recorded_at
        self.equality.add(batch, at, crime.officer.id, incident_id=incident["id"])

    def _report(self, batch: Batch, about: OpeningCode, officer: Officer, at: datetime) -> Row:
        self.incident_id += 1
        reference = f"LDU-{self.incident_id:08}"
        return batch.add(
            Incident,
            id=self.incident_id,
            reference=reference,
            reference_key=reference,
            first_reported_at=at,
            record_by_at=record_by(at),
            received_by_id=None,
            entered_by_id=None,
            officer_id=officer.id,
            unit_id=officer.unit_id,
            route=self.rng.choices(tuple(_ROUTES), tuple(_ROUTES.values()))[0].value,
            reporter_type=ReporterType.VICTIM.value,
            victim_traced=Known.YES.value,
            victim_confirmed=Known.YES.value,
            victim_willing=Known.YES.value,
            account="A loaded demonstration report.",
            location="",
            opening_code=about.value,
            closing_code="",
            settled_at=None,
            source=SOURCE,
            created_at=at,
        )

    def _link(self, batch: Batch, incident: Row, crime: LoadedCrime, *, late: bool) -> None:
        by, at = crime.officer.id, crime.recorded_at
        batch.add(
            IncidentCrime,
            incident_id=incident["id"],
            crime_id=crime.row["id"],
            linked_at=at,
            linked_by_id=by,
        )
        if late:
            batch.add(
                LateRecord,
                incident_id=incident["id"],
                crime_id=crime.row["id"],
                limit_at=incident["record_by_at"],
                recorded_at=at,
                reason=_WHY_LATE,
                given_by_id=by,
                verdict="accepted",
                remark="",
                reviewed_by_id=self.staff.registrar_id,
                reviewed_at=at + timedelta(days=1),
            )
