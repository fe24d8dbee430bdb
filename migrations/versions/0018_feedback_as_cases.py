"""Feedback becomes a case of its own, private to few; items kept so far are brought over."""

import hashlib
import json
import re
from datetime import UTC, date

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

FEEDBACK = "('feedback', 'report_feedback')"
#: Steps by which a request was sent back or refused, and policies that only the FCR reviews.
SENT_BACK = frozenset({"refuse", "return", "send_back"})
REVIEWED = frozenset({"rape_report", "n100", "n300"})
SOURCES = "('decision', 'returned_or_refused', 'audit_finding', 'fcr_review', 'late_record', 'by_hand')"
CORRECTIONS = (
    "('none', 'record_crime', 'record_n100', 'reclassify', 'reinstate', 'tell_victim', "
    "'tell_reporter', 'complete_equality')"
)
BROUGHT_OVER = "Brought over from the feedback that was kept before it had a history"
#: A rule's id, where the line that quotes a rule names its source: "... (CANC-05: Crime ..."
RULE_ID = re.compile(r"\(([A-Z][A-Z0-9]*-\d\d): [^()]*\)?$")
START = "0" * 64
#: History of cases, which triggers protect, and what else belongs to one case.
HISTORY = ("case_steps", "decisions", "ruling_links")
BELONGS_TO_A_CASE = ("notices", "messages")

cases = sa.table(
    "cases",
    *(sa.column(name, sa.Integer) for name in (
        "id", "crime_id", "incident_id", "unit_id", "opened_by_id", "addressee_id",
        "history_length", "version",
    )),
    *(sa.column(name, sa.String) for name in (
        "reference", "workflow", "state", "needs", "asked", "history_head",
    )),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("opened_at", "entered_at", "due_at")),
    sa.column("open", sa.Boolean),
    *(sa.column(name, sa.JSON) for name in ("answers", "draft")),
)
steps = sa.table(
    "case_steps",
    *(sa.column(name, sa.Integer) for name in ("case_id", "position", "actor_id")),
    *(sa.column(name, sa.String) for name in (
        "trigger", "from_state", "to_state", "actor_roles", "authority", "rule_set", "form_key",
        "previous_hash", "hash",
    )),
    sa.column("at", sa.DateTime(timezone=True)),
    *(sa.column(name, sa.JSON) for name in ("answers", "rules")),
)
items = sa.table(
    "feedback_items",
    *(sa.column(name, sa.Integer) for name in (
        "id", "feedback_case_id", "case_id", "step_position", "crime_id", "incident_id", "to_id",
        "from_id", "unit_id",
    )),
    *(sa.column(name, sa.String) for name in (
        "source", "error_type", "rule_id", "subject", "reasons", "rules", "reply",
    )),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in (
        "created_at", "due_at", "acknowledged_at", "closed_at",
    )),
    sa.column("positive", sa.Boolean),
)
END_OF_TIME = sa.literal_column("'9999-12-31 00:00:00.000000'")


def protect(table: str) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE, where there is one)."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def unprotect(table: str) -> None:
    """Let rows go that the older tables have no place for."""
    verbs = ("update", "delete") if op.get_bind().dialect.name == "sqlite" else ("change", "truncate")
    for verb in verbs:
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


def utc(moment):
    """Return a moment as aware UTC; SQLite keeps no zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def rule_set(moment) -> str:
    """Return the edition of the rules that was in force at a moment."""
    day = utc(moment).date()
    if day >= date(2026, 4, 1):
        return "crr-2026-27"
    return "hocr-2015" if day >= date(2015, 4, 1) else "ncrs-2002"


def step_hash(step: dict) -> str:
    """Return the hash of a step as the history computes it."""
    said = json.dumps(
        [
            step["case_id"],
            step["position"],
            step["trigger"],
            step["from_state"],
            step["to_state"],
            step["actor_id"],
            step["actor_roles"],
            step["authority"],
            step["rule_set"],
            utc(step["at"]).isoformat(timespec="microseconds"),
            step["answers"],
            step["rules"],
            step["form_key"],
            step["previous_hash"],
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(said.encode()).hexdigest()


def history(case_id: int, item) -> list[dict]:
    """Return what happened to an item, as a chain: it was given and, if it was, read."""
    given = said_with(item)
    happened = [
        ("open", "", "draft", item.from_id, item.created_at, {}),
        ("send", "draft", "feedback_sent", item.from_id, item.created_at, given),
    ]
    if item.acknowledged_at is not None:
        reply = {"reply": item.reply} if item.reply else {}
        happened.append(
            ("read", "feedback_sent", "feedback_closed", item.to_id, item.acknowledged_at, reply)
        )
    chain, previous = [], START
    for position, (trigger, before, after, actor_id, at, answers) in enumerate(happened, start=1):
        step = {
            "case_id": case_id,
            "position": position,
            "trigger": trigger,
            "from_state": before,
            "to_state": after,
            "actor_id": actor_id,
            "actor_roles": "",
            "authority": BROUGHT_OVER if position > 1 else "",
            "rule_set": rule_set(at),
            "at": at,
            "answers": answers,
            "rules": [],
            "form_key": None,
            "previous_hash": previous,
        }
        step["hash"] = previous = step_hash(step)
        chain.append(step)
    return chain


def said_with(item) -> dict[str, str]:
    """Return what an item said, as answers of the step that sends one."""
    about = item.error_type or ("right" if item.case_id is None else "none")
    said = {"error": about, "reasons": item.reasons, "correction": "none", "harm": "none"}
    return {**said, "rule": rule_id(item)} if rule_id(item) else said


def rule_id(item) -> str:
    """Return the handbook id of the first rule that an item quotes; empty if it quotes none."""
    first = item.rules.splitlines()[0].strip() if item.rules.strip() else ""
    found = RULE_ID.search(first)
    return found.group(1) if found else ""


def source(item) -> str:
    """Return what an item came out of."""
    if item.case_id is None:
        return "late_record" if item.is_late else "by_hand"
    if item.trigger in SENT_BACK:
        return "returned_or_refused"
    return "fcr_review" if item.workflow in REVIEWED else "decision"


def bring_over() -> None:
    """Give each item that was kept so far a case, with a history that can be verified."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT f.id, f.case_id, f.crime_id, f.incident_id, f.error_type, f.to_id, f.from_id, "
            "f.reasons, f.rules, f.created_at, f.due_at, f.acknowledged_at, f.reply, p.unit_id, "
            "c.crime_id AS case_crime, c.incident_id AS case_incident, c.workflow, s.trigger, "
            "(f.error_type = 'E13' AND EXISTS (SELECT 1 FROM late_records l "
            "WHERE l.incident_id = f.incident_id AND l.remark = f.reasons)) AS is_late "
            "FROM feedback_items f JOIN people p ON p.id = f.to_id "
            "LEFT JOIN cases c ON c.id = f.case_id "
            "LEFT JOIN case_steps s ON s.case_id = f.case_id AND s.position = f.step_position "
            "ORDER BY f.id"
        ).columns(
            created_at=sa.DateTime(timezone=True),
            due_at=sa.DateTime(timezone=True),
            acknowledged_at=sa.DateTime(timezone=True),
        )
    ).all()
    for item in found:
        bring_over_one(connection, item)


def bring_over_one(connection, item) -> None:
    """Give one item its case."""
    incident_id = item.incident_id or item.case_incident
    crime_id = None if incident_id else item.crime_id or item.case_crime
    read = item.acknowledged_at is not None
    case_id = connection.execute(
        sa.insert(cases).values(
            reference=f"brought-over-{item.id}"[:20],
            workflow="report_feedback" if incident_id else "feedback",
            state="feedback_closed" if read else "feedback_sent",
            open=not read,
            crime_id=crime_id,
            incident_id=incident_id,
            unit_id=item.unit_id,
            opened_by_id=item.from_id,
            addressee_id=item.to_id,
            opened_at=item.created_at,
            entered_at=item.acknowledged_at or item.created_at,
            due_at=END_OF_TIME if read else item.due_at,
            needs="",
            asked=said_with(item)["error"],
            answers=said_with(item),
            draft={},
            history_length=0,
            history_head="",
            version=1,
        ).returning(cases.c.id)
    ).scalar_one()
    chain = history(case_id, item)
    connection.execute(sa.insert(steps), chain)
    letters = "FBR" if incident_id else "FBC"
    connection.execute(
        sa.update(cases).where(cases.c.id == case_id).values(
            reference=f"{letters}-{utc(item.created_at):%y}-{case_id:06}",
            history_length=len(chain),
            history_head=chain[-1]["hash"],
        )
    )
    connection.execute(
        sa.update(items).where(items.c.id == item.id).values(
            feedback_case_id=case_id,
            crime_id=crime_id,
            incident_id=incident_id,
            unit_id=item.unit_id,
            source=source(item),
            positive=item.case_id is None and not item.error_type,
            rule_id=rule_id(item),
            closed_at=item.acknowledged_at,
        )
    )


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('addressee_id', sa.Integer(), nullable=True, comment='Whom it is for, which makes it private to few; null for every other case.'))
        batch_op.drop_index('ix_cases_due', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_unit_id', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('uq_cases_one_open_per_crime', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_foreign_key(batch_op.f('fk_cases_addressee_id'), 'people', ['addressee_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_cases_not_to_oneself'), 'addressee_id <> opened_by_id')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_due', ['due_at', 'id', 'state', 'needs', 'asked', 'unit_id', 'claimed_by_id', 'opened_by_id', 'crime_id', 'incident_id', 'addressee_id', 'open'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_unit_id', ['unit_id', 'addressee_id'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_addressee', ['addressee_id', 'due_at', 'id'], unique=False, sqlite_where=sa.text('addressee_id IS NOT NULL'), postgresql_where=sa.text('addressee_id IS NOT NULL'))
        batch_op.create_index('uq_cases_one_open_per_crime', ['workflow', 'crime_id'], unique=True, sqlite_where=sa.text('open = 1 AND addressee_id IS NULL'), postgresql_where=sa.text('open AND addressee_id IS NULL'))

    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('feedback_case_id', sa.Integer(), nullable=True, comment='The case that this is the detail of.'))
        batch_op.add_column(sa.Column('source', sa.String(length=20), nullable=False, server_default='by_hand', comment='What it came out of.'))
        batch_op.add_column(sa.Column('positive', sa.Boolean(), nullable=False, server_default=sa.false(), comment='It says: well done.'))
        batch_op.add_column(sa.Column('harm', sa.String(length=6), nullable=False, server_default='none'))
        batch_op.add_column(sa.Column('rule_id', sa.String(length=12), nullable=False, server_default='', comment='The rule it rests on, by its handbook id.'))
        batch_op.add_column(sa.Column('unit_id', sa.Integer(), nullable=True, comment='The unit of whom it is to, when it was sent.'))
        batch_op.add_column(sa.Column('right_decision', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('to_do', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('correction', sa.String(length=20), nullable=False, server_default='none', comment='What the record has to show before it closes.'))
        batch_op.add_column(sa.Column('correct_by_at', moment, nullable=True, comment='By when the record is to be put right; null where there is nothing to correct.'))
        batch_op.add_column(sa.Column('agreed_at', moment, nullable=True))
        batch_op.add_column(sa.Column('disputed_at', moment, nullable=True))
        batch_op.add_column(sa.Column('corrected_at', moment, nullable=True, comment='When the record was seen to show the correction.'))
        batch_op.add_column(sa.Column('corrected_by', sa.String(length=200), nullable=False, server_default='', comment='What shows it: a crime that was recorded.'))
        batch_op.add_column(sa.Column('set_aside_at', moment, nullable=True, comment='The FCR ruled that the feedback was wrong: it never counts as an error.'))
        batch_op.add_column(sa.Column('withdrawn_at', moment, nullable=True, comment='Taken back by whoever gave it: it never counts either.'))
        batch_op.add_column(sa.Column('closed_at', moment, nullable=True, comment='When it came to rest: closed, set aside or taken back.'))
        batch_op.alter_column('created_at', existing_type=moment, existing_nullable=False, comment='When it was sent.')
        batch_op.alter_column('due_at', existing_type=moment, existing_nullable=False, comment='By when it is to be acknowledged.')
        batch_op.alter_column('case_id', existing_type=sa.Integer(), existing_nullable=True, comment='The case that it is about, if it is.')
        batch_op.alter_column('subject', existing_type=sa.String(length=120), existing_nullable=False, comment='What was decided, in a few words.')

    bring_over()

    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        # The defaults were for the rows that were there already.
        batch_op.alter_column('feedback_case_id', existing_type=sa.Integer(), nullable=False)
        for name, kind in (
            ('source', sa.String(length=20)), ('harm', sa.String(length=6)),
            ('rule_id', sa.String(length=12)), ('right_decision', sa.Text()), ('to_do', sa.Text()),
            ('correction', sa.String(length=20)), ('corrected_by', sa.String(length=200)),
            ('positive', sa.Boolean()),
        ):
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_source_known'), f'source IN {SOURCES}')
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_harm_known'), "harm IN ('none', 'low', 'medium', 'high')")
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_correction_known'), f'correction IN {CORRECTIONS}')
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_right_or_wrong'), "NOT positive OR error_type = ''")
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_corrected_by'), "(corrected_at IS NULL) = (corrected_by = '')")
        batch_op.create_unique_constraint(batch_op.f('uq_feedback_items_feedback_case_id'), ['feedback_case_id'])
        batch_op.create_foreign_key(batch_op.f('fk_feedback_items_feedback_case_id'), 'cases', ['feedback_case_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_feedback_items_unit_id'), 'units', ['unit_id'], ['id'])
        batch_op.create_index('ix_feedback_items_created_at', ['created_at', 'id'], unique=False)
        for name in ('error_type', 'unit_id', 'source', 'rule_id', 'from_id'):
            batch_op.create_index(f'ix_feedback_items_{name}', [name, 'created_at', 'id'], unique=False)
        to_correct = sa.text('correct_by_at IS NOT NULL AND corrected_at IS NULL AND closed_at IS NULL')
        batch_op.create_index('ix_feedback_items_to_correct', ['correct_by_at', 'id'], unique=False, sqlite_where=to_correct, postgresql_where=to_correct)


def delete_cases_of_feedback() -> None:
    """Delete the cases that the older code can't open; their items stay, but for their history."""
    theirs = f"case_id IN (SELECT id FROM cases WHERE workflow IN {FEEDBACK})"
    for table in BELONGS_TO_A_CASE:
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
    for table in HISTORY:
        unprotect(table)
        if table == "decisions":
            # A later decision names the one it supersedes, so all of them go at once.
            op.execute(f"UPDATE decisions SET supersedes_id = NULL WHERE {theirs}")
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
        protect(table)
    op.execute(f"DELETE FROM cases WHERE workflow IN {FEEDBACK}")


def downgrade() -> None:
    """Change them back. What was set aside or taken back goes: the older tables would count it."""
    op.execute("DELETE FROM feedback_items WHERE set_aside_at IS NOT NULL OR withdrawn_at IS NOT NULL")
    op.execute("DELETE FROM clock_alerts WHERE source = 'correction' OR clock LIKE 'feedback:%' OR clock LIKE 'report_feedback:%'")
    to_correct = sa.text('correct_by_at IS NOT NULL AND corrected_at IS NULL AND closed_at IS NULL')
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_items_to_correct', sqlite_where=to_correct, postgresql_where=to_correct)
        for name in ('error_type', 'unit_id', 'source', 'rule_id', 'from_id'):
            batch_op.drop_index(f'ix_feedback_items_{name}')
        batch_op.drop_index('ix_feedback_items_created_at')
        for name in ('unit_id', 'feedback_case_id'):
            batch_op.drop_constraint(batch_op.f(f'fk_feedback_items_{name}'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_feedback_items_feedback_case_id'), type_='unique')
        for name in ('corrected_by', 'right_or_wrong', 'correction_known', 'harm_known', 'source_known'):
            batch_op.drop_constraint(batch_op.f(f'ck_feedback_items_{name}'), type_='check')
        for name in (
            'feedback_case_id', 'source', 'positive', 'harm', 'rule_id', 'unit_id',
            'right_decision', 'to_do', 'correction', 'correct_by_at', 'agreed_at', 'disputed_at',
            'corrected_at', 'corrected_by', 'set_aside_at', 'withdrawn_at', 'closed_at',
        ):
            batch_op.drop_column(name)
        moment = sa.DateTime(timezone=True)
        batch_op.alter_column('created_at', existing_type=moment, existing_nullable=False, comment=None)
        batch_op.alter_column('due_at', existing_type=moment, existing_nullable=False, comment=None)
        batch_op.alter_column('case_id', existing_type=sa.Integer(), existing_nullable=True, comment=None)
        batch_op.alter_column('subject', existing_type=sa.String(length=120), existing_nullable=False, comment=None)

    delete_cases_of_feedback()

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('uq_cases_one_open_per_crime', sqlite_where=sa.text('open = 1 AND addressee_id IS NULL'), postgresql_where=sa.text('open AND addressee_id IS NULL'))
        batch_op.drop_index('ix_cases_addressee', sqlite_where=sa.text('addressee_id IS NOT NULL'), postgresql_where=sa.text('addressee_id IS NOT NULL'))
        batch_op.drop_index('ix_cases_unit_id', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_due', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_constraint(batch_op.f('ck_cases_not_to_oneself'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_cases_addressee_id'), type_='foreignkey')
        batch_op.drop_column('addressee_id')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('uq_cases_one_open_per_crime', ['workflow', 'crime_id'], unique=True, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_unit_id', ['unit_id'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_due', ['due_at', 'id', 'state', 'needs', 'asked', 'unit_id', 'claimed_by_id', 'opened_by_id', 'crime_id', 'incident_id', 'open'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
