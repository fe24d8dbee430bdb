"""What victims are asked under the Equality Act 2010, and what they answer."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


#: Whose victim a report names: the first crime's, where several were recorded from it.
REPORTED_VICTIMS = (
    "SELECT i.id AS incident_id, MIN(v.id) AS head FROM incidents i "
    "JOIN incident_crimes l ON l.incident_id = i.id "
    "JOIN victims v ON v.crime_id = l.crime_id AND v.name_key = i.victim_key "
    "WHERE i.victim_key <> '' AND v.kind = 'person' GROUP BY i.id"
)


def begin_a_record_for_each_victim() -> None:
    """Give each victim who is a person a record with nothing in it, and each report its own.

    The table is empty, so a record may have its victim's number. Victims of crimes that were
    recorded from one report, and have its victim's name, share the first one's.
    """
    postgresql = op.get_bind().dialect.name == "postgresql"
    moment = "COALESCE(c.reported_at, c.recorded_at, c.created_at)"
    day = f"({moment} AT TIME ZONE 'Europe/London')::date" if postgresql else f"date({moment})"
    op.execute(
        "INSERT INTO equality_records (id, opened_at, counted_on, version) "
        f"SELECT v.id, COALESCE(c.recorded_at, c.created_at), {day}, 1 "
        "FROM victims v JOIN crimes c ON c.id = v.crime_id WHERE v.kind = 'person'"
    )
    op.execute("UPDATE victims SET equality_record_id = id WHERE kind = 'person'")
    # Joined rather than asked for each record, which takes SQLite hours on 100,000 of them.
    op.execute(
        "UPDATE equality_records SET incident_id = found.incident_id FROM "
        f"(SELECT h.head, MIN(h.incident_id) AS incident_id FROM ({REPORTED_VICTIMS}) h "
        "GROUP BY h.head) found WHERE found.head = equality_records.id"
    )
    op.execute(
        "UPDATE victims SET equality_record_id = (SELECT MIN(r.id) FROM equality_records r "
        "JOIN incidents i ON i.id = r.incident_id JOIN incident_crimes l ON l.incident_id = i.id "
        "WHERE l.crime_id = victims.crime_id AND i.victim_key = victims.name_key) "
        "WHERE EXISTS (SELECT 1 FROM equality_records r JOIN incidents i ON i.id = r.incident_id "
        "JOIN incident_crimes l ON l.incident_id = i.id "
        "WHERE l.crime_id = victims.crime_id AND i.victim_key = victims.name_key) "
        "AND kind = 'person'"
    )
    op.execute(
        "DELETE FROM equality_records WHERE NOT EXISTS "
        "(SELECT 1 FROM victims v WHERE v.equality_record_id = equality_records.id)"
    )
    if postgresql:
        op.execute(
            "SELECT setval(pg_get_serial_sequence('equality_records', 'id'), "
            "(SELECT COALESCE(MAX(id), 0) + 1 FROM equality_records), false)"
        )


def protect_codes() -> None:
    """Refuse UPDATE and DELETE of a code that was added (and TRUNCATE, where there is one)."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER equality_codes_no_{verb} BEFORE {verb.upper()} ON equality_codes "
                "BEGIN SELECT RAISE(ABORT, 'equality_codes is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER equality_codes_no_change BEFORE UPDATE OR DELETE ON equality_codes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER equality_codes_no_truncate BEFORE TRUNCATE ON equality_codes "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


#: All of an answer but whether it is in force.
FIXED = (
    "id", "record_id", "item", "value", '"group"', "detail", "source", "missing_reason",
    "given_on", "code_list", "entered_by_id", "entered_at",
)


def protect_answers() -> None:
    """Let an answer be superseded once, and refuse every other change and DELETE."""
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
        op.execute(
            "CREATE TRIGGER equality_answers_no_update BEFORE UPDATE ON equality_answers "
            f"WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR {changed} "
            "BEGIN SELECT RAISE(ABORT, 'equality_answers is append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER equality_answers_no_delete BEFORE DELETE ON equality_answers "
            "BEGIN SELECT RAISE(ABORT, 'equality_answers is append-only'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_all_but_superseding() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR "
        "to_jsonb(NEW) - 'superseded_at' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_at' "
        "THEN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER equality_answers_no_update BEFORE UPDATE ON equality_answers "
        "FOR EACH ROW EXECUTE FUNCTION refuse_all_but_superseding()"
    )
    op.execute(
        "CREATE TRIGGER equality_answers_no_delete BEFORE DELETE ON equality_answers "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER equality_answers_no_truncate BEFORE TRUNCATE ON equality_answers "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    """Change the tables."""
    op.create_table('equality_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('label_cy', sa.String(length=120), nullable=False),
    sa.Column('group', sa.String(length=20), nullable=False),
    sa.Column('write_in', sa.Boolean(), nullable=False),
    sa.Column('since_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False, comment='Who decided it, and where.'),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('until_on IS NULL OR until_on >= since_on', name=op.f('ck_equality_codes_until_after_since')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_equality_codes_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_codes')),
    sa.UniqueConstraint('item', 'code', 'since_on', name=op.f('uq_equality_codes_item_code_since_on'))
    )
    op.create_table('equality_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=True, comment='The report, where there is one.'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=False, comment='The day an age is counted at: of the report, as near the offence as is known.'),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True, comment='When nothing was left to ask; null while something is.'),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_equality_records_incident_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_records')),
    sa.UniqueConstraint('incident_id', name=op.f('uq_equality_records_incident_id'))
    )
    with op.batch_alter_table('equality_records', schema=None) as batch_op:
        batch_op.create_index('ix_equality_records_incomplete', ['opened_at', 'id'], unique=False, sqlite_where=sa.text('completed_at IS NULL'), postgresql_where=sa.text('completed_at IS NULL'))

    op.create_table('equality_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=20), nullable=False, comment="A code of the item's list, a date of birth or an age."),
    sa.Column('group', sa.String(length=20), nullable=False, comment='What statistics count.'),
    sa.Column('detail', sa.String(length=120), nullable=False, comment="In the person's own words, where the code allows it."),
    sa.Column('source', sa.String(length=12), nullable=False),
    sa.Column('missing_reason', sa.String(length=16), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('code_list', sa.String(length=40), nullable=False, comment='The version of the list.'),
    sa.Column('entered_by_id', sa.Integer(), nullable=True, comment='Null where an import brought it.'),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True, comment='Null while it is in force.'),
    sa.CheckConstraint("(value = '') <> (missing_reason = '')", name=op.f('ck_equality_answers_value_or_reason')),
    sa.CheckConstraint("item <> 'ethnicity' OR source <> 'observed' OR value = ''", name=op.f('ck_equality_answers_ethnicity_never_observed')),
    sa.CheckConstraint("item <> 'ethnicity_observed' OR source IN ('observed', 'system')", name=op.f('ck_equality_answers_observed_by_somebody')),
    sa.CheckConstraint("item IN ('age', 'sex', 'gender_identity', 'ethnicity', 'religion', 'disability', 'orientation', 'marriage', 'pregnancy', 'ethnicity_observed')", name=op.f('ck_equality_answers_item_known')),
    sa.CheckConstraint("missing_reason IN ('', 'declined', 'not_asked', 'not_understood', 'urgent', 'not_seen', 'not_stated', 'migration', 'unknown')", name=op.f('ck_equality_answers_reason_known')),
    sa.CheckConstraint("source IN ('self', 'observed', 'third_party', 'system')", name=op.f('ck_equality_answers_source_known')),
    sa.CheckConstraint('(value = \'\') = ("group" = \'\')', name=op.f('ck_equality_answers_group_with_value')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_equality_answers_entered_by_id')),
    sa.ForeignKeyConstraint(['record_id'], ['equality_records.id'], name=op.f('fk_equality_answers_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_answers'))
    )
    with op.batch_alter_table('equality_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equality_answers_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index('ix_equality_answers_group', ['item', 'group', 'record_id'], unique=False, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.create_index('uq_equality_answers_current', ['record_id', 'item'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    with op.batch_alter_table('victims', schema=None) as batch_op:
        batch_op.add_column(sa.Column('equality_record_id', sa.Integer(), nullable=True, comment='What they were asked under the Equality Act; null for a business.'))
        batch_op.create_index(batch_op.f('ix_victims_equality_record_id'), ['equality_record_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_victims_equality_record_id'), 'equality_records', ['equality_record_id'], ['id'])

    begin_a_record_for_each_victim()
    protect_codes()
    protect_answers()


def downgrade() -> None:
    """Change them back. What victims answered is lost: the older tables have no place for it."""
    with op.batch_alter_table('victims', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_victims_equality_record_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_victims_equality_record_id'))
        batch_op.drop_column('equality_record_id')

    with op.batch_alter_table('equality_answers', schema=None) as batch_op:
        batch_op.drop_index('uq_equality_answers_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index('ix_equality_answers_group', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_equality_answers_entered_by_id'))

    op.drop_table('equality_answers')
    with op.batch_alter_table('equality_records', schema=None) as batch_op:
        batch_op.drop_index('ix_equality_records_incomplete', sqlite_where=sa.text('completed_at IS NULL'), postgresql_where=sa.text('completed_at IS NULL'))

    op.drop_table('equality_records')
    op.drop_table('equality_codes')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_all_but_superseding()")
