"""Reports of crime: incidents, what became of them, and cases about them."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


#: History, which triggers protect, and what else belongs to one case.
HISTORY = ("case_steps", "victim_notices", "notice_exceptions", "registrar_advice", "decisions")
BELONGS_TO_A_CASE = ("feedback_items", "notices", "cancellation_requests")


def protect(table: str) -> None:
    """Refuse changes again: SQLite drops the triggers with the table it copies."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    else:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def protect_copied() -> None:
    """Protect decisions again after their table was copied, which only SQLite does."""
    if op.get_bind().dialect.name == "sqlite":
        protect("decisions")


def unprotect(table: str) -> None:
    """Let rows go that the older tables have no place for."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
    else:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def delete_cases_of_later_policies() -> None:
    """Delete what the older tables have no place for: cases of any policy but the first."""
    theirs = "case_id IN (SELECT id FROM cases WHERE workflow <> 'cancellation')"
    for table in BELONGS_TO_A_CASE:
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
    for table in HISTORY:
        unprotect(table)
        if table == "decisions":
            # A later decision names the one it supersedes, so all of them go at once.
            op.execute(f"UPDATE decisions SET supersedes_id = NULL WHERE {theirs}")
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
        protect(table)
    op.execute("DELETE FROM cases WHERE workflow <> 'cancellation'")


def upgrade() -> None:
    """Change the tables."""
    op.create_table('incidents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('reference_key', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False, comment='Reference in capitals without spaces.'),
    sa.Column('first_reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('time_note', sa.String(length=200), nullable=False, comment='What is uncertain about the time of the report.'),
    sa.Column('record_by_at', sa.DateTime(timezone=True), nullable=False, comment='Last moment at which a record is in time; the end of time where no limit applied.'),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('officer_id', sa.Integer(), nullable=True, comment='Whoever has to record it, or deal with it.'),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('route', sa.String(length=20), nullable=False),
    sa.Column('sarc_case', sa.String(length=20), nullable=False),
    sa.Column('other_force', sa.String(length=120), nullable=False),
    sa.Column('other_force_reference', sa.String(length=60), nullable=False),
    sa.Column('found_in_crime_id', sa.Integer(), nullable=True, comment='The crime being investigated when a further offence was told.'),
    sa.Column('reporter_type', sa.String(length=20), nullable=False),
    sa.Column('reporter', sa.String(length=120), nullable=False, comment='Who made the report, to tell them what was decided.'),
    sa.Column('victim_name', sa.String(length=120), nullable=False),
    sa.Column('victim_key', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('victim_traced', sa.String(length=7), nullable=False),
    sa.Column('victim_confirmed', sa.String(length=7), nullable=False),
    sa.Column('victim_willing', sa.String(length=7), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('location', sa.String(length=300), nullable=False),
    sa.Column('opening_code', sa.String(length=20), nullable=False),
    sa.Column('closing_code', sa.String(length=20), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True, comment='When a crime was first recorded, or it was decided that none is to be.'),
    sa.Column('source', sa.String(length=40), nullable=False, comment="How it came in: hand, or an import's name."),
    sa.Column('row_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the imported row; tells a changed row from a repeat.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(sarc_case = '') OR (route = 'sarc')", name=op.f('ck_incidents_sarc_case_with_route')),
    sa.CheckConstraint("(settled_at IS NULL) = (closing_code = '')", name=op.f('ck_incidents_settled_with_closing_code')),
    sa.CheckConstraint("(victim_confirmed IN ('yes', 'no', 'unknown'))", name=op.f('ck_incidents_victim_confirmed_known')),
    sa.CheckConstraint("(victim_traced IN ('yes', 'no', 'unknown'))", name=op.f('ck_incidents_victim_traced_known')),
    sa.CheckConstraint("(victim_willing IN ('yes', 'no', 'unknown'))", name=op.f('ck_incidents_victim_willing_known')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_incidents_entered_by_id')),
    sa.ForeignKeyConstraint(['found_in_crime_id'], ['crimes.id'], name=op.f('fk_incidents_found_in_crime_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_incidents_officer_id')),
    sa.ForeignKeyConstraint(['received_by_id'], ['people.id'], name=op.f('fk_incidents_received_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_incidents_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incidents')),
    sa.UniqueConstraint('reference_key', name=op.f('uq_incidents_reference_key'))
    )
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidents_closing_code'), ['closing_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_incidents_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index('ix_incidents_first_reported_at', ['first_reported_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incidents_found_in_crime_id'), ['found_in_crime_id'], unique=False)
        batch_op.create_index('ix_incidents_officer_id', ['officer_id', 'first_reported_at', 'id'], unique=False)
        batch_op.create_index('ix_incidents_opening_code', ['opening_code', 'first_reported_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incidents_received_by_id'), ['received_by_id'], unique=False)
        batch_op.create_index('ix_incidents_record_by_at', ['record_by_at', 'id'], unique=False, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
        batch_op.create_index('ix_incidents_route', ['route', 'first_reported_at', 'id'], unique=False)
        batch_op.create_index('ix_incidents_unit_id', ['unit_id', 'first_reported_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incidents_victim_key'), ['victim_key'], unique=False)

    op.create_table('incident_crimes',
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_incident_crimes_crime_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_incident_crimes_incident_id')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['people.id'], name=op.f('fk_incident_crimes_linked_by_id')),
    sa.PrimaryKeyConstraint('incident_id', 'crime_id', name=op.f('pk_incident_crimes'))
    )
    with op.batch_alter_table('incident_crimes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_crimes_crime_id'), ['crime_id'], unique=False)

    op.create_table('incident_flags',
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('flag', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_incident_flags_incident_id')),
    sa.PrimaryKeyConstraint('incident_id', 'flag', name=op.f('pk_incident_flags'))
    )
    with op.batch_alter_table('incident_flags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_flags_flag'), ['flag'], unique=False)

    op.create_table('late_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('limit_at', sa.DateTime(timezone=True), nullable=False, comment='When it should have been recorded by.'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(reviewed_at IS NULL) = (verdict = '')", name=op.f('ck_late_records_review_with_verdict')),
    sa.CheckConstraint("verdict IN ('', 'accepted', 'not_accepted')", name=op.f('ck_late_records_verdict_known')),
    sa.CheckConstraint('(reviewed_at IS NULL) = (reviewed_by_id IS NULL)', name=op.f('ck_late_records_review_by')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_late_records_crime_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['people.id'], name=op.f('fk_late_records_given_by_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_late_records_incident_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['people.id'], name=op.f('fk_late_records_reviewed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_late_records')),
    sa.UniqueConstraint('incident_id', 'crime_id', name=op.f('uq_late_records_incident_id_crime_id'))
    )
    with op.batch_alter_table('late_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_late_records_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index('ix_late_records_recorded_at', ['recorded_at', 'id'], unique=False)
        batch_op.create_index('ix_late_records_waiting', ['recorded_at', 'id'], unique=False, sqlite_where=sa.text('reviewed_at IS NULL'), postgresql_where=sa.text('reviewed_at IS NULL'))

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('incident_id', sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_cases_due'), sqlite_where=sa.text('open = 1'))
        batch_op.create_index('ix_cases_due', ['due_at', 'id', 'state', 'needs', 'asked', 'unit_id', 'claimed_by_id', 'opened_by_id', 'crime_id', 'incident_id', 'open'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index(batch_op.f('ix_cases_incident_id'), ['incident_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_cases_incident_id'), 'incidents', ['incident_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_cases_about_something'), 'crime_id IS NOT NULL OR incident_id IS NOT NULL')

    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_decisions_outcome_known'), type_='check')
        batch_op.alter_column('outcome',
               existing_type=sa.VARCHAR(length=12),
               type_=sa.String(length=20),
               comment="One of those that the workflow's steps declare.",
               existing_nullable=False)
        batch_op.alter_column('code',
               existing_type=sa.VARCHAR(length=2),
               type_=sa.String(length=10),
               comment='What was asked for: C2, 100/01.',
               existing_nullable=False)
    protect_copied()



def downgrade() -> None:
    """Change them back. Cases of later policies have no place in the older tables and are lost."""
    delete_cases_of_later_policies()
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.alter_column('code',
               existing_type=sa.String(length=10),
               comment=None,
               existing_comment='What was asked for: C2, 100/01.',
               type_=sa.VARCHAR(length=2),
               existing_nullable=False)
        batch_op.alter_column('outcome',
               existing_type=sa.String(length=20),
               comment=None,
               existing_comment="One of those that the workflow's steps declare.",
               type_=sa.VARCHAR(length=12),
               existing_nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_decisions_outcome_known'), "outcome IN ('approved', 'refused', 'set_aside', 'reinstated')")
    protect_copied()

    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_cases_about_something'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_cases_incident_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_cases_incident_id'))
        batch_op.drop_index('ix_cases_due', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index(batch_op.f('ix_cases_due'), ['due_at', 'id', 'state', 'needs', 'asked', 'unit_id', 'claimed_by_id', 'opened_by_id', 'crime_id', 'open'], unique=False, sqlite_where=sa.text('open = 1'))
        batch_op.drop_column('incident_id')

    with op.batch_alter_table('late_records', schema=None) as batch_op:
        batch_op.drop_index('ix_late_records_waiting', sqlite_where=sa.text('reviewed_at IS NULL'), postgresql_where=sa.text('reviewed_at IS NULL'))
        batch_op.drop_index('ix_late_records_recorded_at')
        batch_op.drop_index(batch_op.f('ix_late_records_crime_id'))

    op.drop_table('late_records')
    with op.batch_alter_table('incident_flags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_flags_flag'))

    op.drop_table('incident_flags')
    with op.batch_alter_table('incident_crimes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_crimes_crime_id'))

    op.drop_table('incident_crimes')
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidents_victim_key'))
        batch_op.drop_index('ix_incidents_unit_id')
        batch_op.drop_index('ix_incidents_route')
        batch_op.drop_index('ix_incidents_record_by_at', sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_incidents_received_by_id'))
        batch_op.drop_index('ix_incidents_opening_code')
        batch_op.drop_index('ix_incidents_officer_id')
        batch_op.drop_index(batch_op.f('ix_incidents_found_in_crime_id'))
        batch_op.drop_index('ix_incidents_first_reported_at')
        batch_op.drop_index(batch_op.f('ix_incidents_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_incidents_closing_code'))

    op.drop_table('incidents')
