"""Appointments about reports, the feeds that show them, and the days of the daily list."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table('appointments',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('officer_id', sa.Integer(), nullable=False, comment='Who goes.'),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=12), nullable=False, comment='A kind of place, never an address.'),
    sa.Column('outcome', sa.String(length=10), nullable=False, comment='What became of it; empty while it is to come.'),
    sa.Column('past_limit', sa.Boolean(), nullable=False, comment='Booked after the limit to record, with nothing recorded (DIA-02).'),
    sa.Column('insufficient', sa.Text(), nullable=False, comment='Which information the officer said is insufficient.'),
    sa.Column('rebooked_from', sa.DateTime(timezone=True), nullable=True, comment='When the slot began that this one took the place of.'),
    sa.Column('sequence', sa.Integer(), nullable=False, comment='Counts its changes, for calendars that subscribe.'),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_appointments_times_in_order')),
    sa.CheckConstraint("outcome IN ('', 'attended', 'missed', 'cancelled')", name=op.f('ck_appointments_outcome_known')),
    sa.CheckConstraint("NOT past_limit OR insufficient <> ''", name=op.f('ck_appointments_late_with_reason')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_appointments_case_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_appointments_incident_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_appointments_officer_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_appointments_unit_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index('ix_appointments_officer_id_starts_at', ['officer_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_appointments_starts_at', ['starts_at'], unique=False)
        batch_op.create_index('ix_appointments_to_come', ['ends_at', 'case_id'], unique=False, sqlite_where=sa.text("outcome = ''"), postgresql_where=sa.text("outcome = ''"))
        batch_op.create_index('ix_appointments_unit_id_starts_at', ['unit_id', 'starts_at'], unique=False)

    op.create_table('calendar_feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='SHA-256, hex.'),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='When its owner ended it early.'),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True, comment='When a calendar last read it.'),
    sa.CheckConstraint('expires_at > made_at', name=op.f('ck_calendar_feeds_times_in_order')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_calendar_feeds_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feeds_token_hash'))
    )
    with op.batch_alter_table('calendar_feeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_feeds_person_id'), ['person_id'], unique=False)

    op.create_table('calendar_feed_misses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed_misses'))
    )
    with op.batch_alter_table('calendar_feed_misses', schema=None) as batch_op:
        batch_op.create_index('ix_calendar_feed_misses_address_at', ['address', 'at'], unique=False)

    op.create_table('diary_days',
    sa.Column('day', sa.Date(), nullable=False, comment='The day in London.'),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('under_12_count', sa.Integer(), nullable=False),
    sa.Column('to_24_count', sa.Integer(), nullable=False),
    sa.Column('over_24_count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_diary_days'))
    )


def downgrade() -> None:
    """Drop the tables. Cases of the diary stay, without their slots."""
    op.drop_table('diary_days')
    with op.batch_alter_table('calendar_feed_misses', schema=None) as batch_op:
        batch_op.drop_index('ix_calendar_feed_misses_address_at')

    op.drop_table('calendar_feed_misses')
    with op.batch_alter_table('calendar_feeds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_feeds_person_id'))

    op.drop_table('calendar_feeds')
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_index('ix_appointments_unit_id_starts_at')
        batch_op.drop_index('ix_appointments_to_come', sqlite_where=sa.text("outcome = ''"), postgresql_where=sa.text("outcome = ''"))
        batch_op.drop_index('ix_appointments_starts_at')
        batch_op.drop_index('ix_appointments_officer_id_starts_at')
        batch_op.drop_index(batch_op.f('ix_appointments_incident_id'))

    op.drop_table('appointments')
