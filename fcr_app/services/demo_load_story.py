"""One loaded case: its rows, and its history chained as ``take_step`` would chain it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from types import SimpleNamespace
from typing import Any

from fcr_app.domain.authority import Needed
from fcr_app.domain.london import to_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import Role
from fcr_app.domain.rules import RULE_SET
from fcr_app.domain.workflow import Holding
from fcr_app.models import CancellationRequest, Case, CaseStep, Decision, VictimNotice
from fcr_app.services.bulk import Batch, Row
from fcr_app.services.cases import OPENED
from fcr_app.services.demo_load_crimes import LoadedCrime
from fcr_app.services.demo_load_people import Staff
from fcr_app.services.demo_load_scribe import Entry, Kind, Scribe
from fcr_app.services.history import START, step_hash
from fcr_app.workflows.cancellation import CANCELLATION, State

DECISIONS = {"approve": "approved", "approve_transfer": "approved", "refuse": "refused"}
OFFICERS_STEPS = frozenset({"submit", "withdraw", "record_reference", "record_notice"})
#: Out of a hundred cases that wait for a decision, how many somebody has claimed.
CLAIMED = 0.1


@dataclass(kw_only=True)
class Ids:
    """The last ids in use, counted up as rows are made."""

    case: int
    decision: int


@dataclass(frozen=True, kw_only=True)
class Teller:
    """What every story is told with."""

    staff: Staff
    scribe: Scribe
    ids: Ids
    rng: Random
    due_on: Callable[[date, int], datetime]


@dataclass
class Story:
    """One case on its way. Its row is in the batch already and changes as steps are taken."""

    teller: Teller
    batch: Batch
    crime: LoadedCrime
    kind: Kind
    survivor: tuple[int, str] | None
    case: Row = field(init=False)
    request: Row = field(init=False)
    decider_id: int = field(init=False)
    told: int = 0
    decision_id: int | None = None

    def open(self, at: datetime) -> None:
        """Open the case as a draft of the officer."""
        ids, officer = self.teller.ids, self.crime.officer
        ids.case += 1
        self.case = self.batch.add(
            Case,
            id=ids.case,
            reference=f"{CANCELLATION.prefix}-{at:%y}-{ids.case:06}",
            workflow=CANCELLATION.key,
            state=State.DRAFT.value,
            open=True,
            crime_id=self.crime.row["id"],
            unit_id=officer.unit_id,
            opened_by_id=officer.id,
            opened_at=at,
            entered_at=at,
            due_at=None,
            claimed_by_id=None,
            claimed_at=None,
            needs="",
            asked="",
            answers={},
            draft={},
            history_length=0,
            history_head="",
        )
        columns: dict[str, Any] = {
            "trigger": OPENED,
            "from_state": "",
            "to_state": State.DRAFT.value,
            "actor_roles": Role.OFFICER.value,
            "authority": "",
            "answers": {},
            "rules": [],
            "form_key": None,
        }
        self._write(columns, officer.id, at)

    def take(self, trigger: str, at: datetime) -> None:
        """Take one step: write it down, move the case, add what follows from it."""
        entry = self.teller.scribe.entry(trigger, State(self.case["state"]), self.kind)
        said = self._said(entry, at)
        actor_id = self.crime.officer.id if trigger in OFFICERS_STEPS else self.decider_id
        self._write({**entry.columns, "answers": said}, actor_id, at)
        if trigger == "submit":
            self._submit(entry, said, at)
        elif trigger in DECISIONS:
            self._decide(DECISIONS[trigger], entry, said, at)
        elif trigger == "record_reference":
            self.request["receiving_reference"] = said["receiving_reference"]
            self.request["reference_at"] = at
        elif trigger == "record_notice":
            self._tell(said, at)
        elif trigger == "remove":
            transferred = self.kind.code is RemovalCode.C1
            self.crime.row["status"] = "transferred" if transferred else "cancelled"
            self.crime.row["removal_code"] = self.kind.code.value
            self.crime.row["removed_at"] = at
        self._move(entry, at)

    def _write(self, columns: dict[str, Any], actor_id: int, at: datetime) -> None:
        """Chain one row of history to the one before."""
        case = self.case
        row = {
            **columns,
            "case_id": case["id"],
            "position": case["history_length"] + 1,
            "actor_id": actor_id,
            "rule_set": RULE_SET.on(at.date()),
            "at": at,
            "previous_hash": case["history_head"] or START,
        }
        row["hash"] = step_hash(SimpleNamespace(**row))
        self.batch.add(CaseStep, **row)
        case["history_length"], case["history_head"] = row["position"], row["hash"]

    def _said(self, entry: Entry, at: datetime) -> dict[str, str]:
        """Return the answers of a step with what is particular to this case."""
        moment = at.replace(second=0, microsecond=0).isoformat()
        own = {
            "available_on": to_london(at).date().isoformat(),
            "surviving_crime": self.survivor[1] if self.survivor else "",
            "receiving_reference": f"NP/{self.case['id']:07}",
            "reference_at": moment,
            "told_at": moment,
        }
        if self.told < len(self.crime.victim_ids):
            own["victim"] = str(self.crime.victim_ids[self.told])
        answers: dict[str, str] = entry.columns["answers"]
        return {name: own.get(name, text) for name, text in answers.items()}

    def _submit(self, entry: Entry, said: dict[str, str], at: datetime) -> None:
        rng, staff = self.teller.rng, self.teller.staff
        self.case["answers"], self.case["asked"] = said, self.kind.code.value
        by_ddm = entry.needs == Needed.DDM
        self.decider_id = rng.choice(staff.decider_ids) if by_ddm else staff.registrar_id
        is_duplicate = self.kind.code is RemovalCode.C3 and self.survivor
        dated = "available_on" in said
        self.request = self.batch.add(
            CancellationRequest,
            case_id=self.case["id"],
            code=self.kind.code.value,
            risk=self.kind.risk,
            available_on=to_london(at).date() if dated else None,
            survivor_id=self.survivor[0] if is_duplicate and self.survivor else None,
            receiving_force=said.get("receiving_force", ""),
            receiving_reference="",
            reference_at=None,
            grounds_decision="",
            sent_at=at,
        )

    def _decide(self, outcome: str, entry: Entry, said: dict[str, str], at: datetime) -> None:
        ids, registrar_id = self.teller.ids, self.teller.staff.registrar_id
        ids.decision += 1
        self.decision_id = ids.decision
        self.batch.add(
            Decision,
            id=ids.decision,
            case_id=self.case["id"],
            outcome=outcome,
            code=self.kind.code.value,
            rationale=said["rationale"],
            decided_by_id=self.decider_id,
            decided_at=at,
            authority=entry.columns["authority"],
            by_registrar=self.decider_id == registrar_id,
            rule_set=RULE_SET.on(at.date()),
            supersedes_id=None,
        )

    def _tell(self, said: dict[str, str], at: datetime) -> None:
        self.batch.add(
            VictimNotice,
            case_id=self.case["id"],
            victim_id=self.crime.victim_ids[self.told],
            decision_id=self.decision_id,
            told_at=at.replace(second=0, microsecond=0),
            how=said["told_how"],
            told_whom=said["told_whom"],
            told_by=said["told_by"],
            said=said["told_what"],
            given_reference="given_reference" in said,
            recorded_by_id=self.crime.officer.id,
            recorded_at=at,
        )
        self.told += 1

    def _move(self, entry: Entry, at: datetime) -> None:
        """Put the case into its new state, with its clock, its holder and what worklists need."""
        case = self.case
        if entry.state.value != case["state"]:
            case["state"] = entry.state.value
            case["open"] = entry.state not in CANCELLATION.settled
            case["entered_at"] = at
            case["due_at"] = (
                self.teller.due_on(to_london(at).date(), entry.days) if entry.days else None
            )
            case["needs"] = entry.needs
        claims = entry.state is State.SUBMITTED and self.teller.rng.random() < CLAIMED
        if entry.holding is Holding.TAKE or claims:
            case["claimed_by_id"], case["claimed_at"] = self.decider_id, at
        elif entry.holding is Holding.RELEASE:
            case["claimed_by_id"] = case["claimed_at"] = None
