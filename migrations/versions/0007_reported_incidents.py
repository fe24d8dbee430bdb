"""Reported incidents (N100, N300), and rapes that turned out to have been one."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

OVERRIDDEN = sa.text("verdict = 'overridden'")
STATUS = 'ck_crimes_status_known'
REMOVED = 'ck_crimes_removed_with_code_and_time'


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table('crimes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(STATUS), type_='check')
        batch_op.drop_constraint(batch_op.f(REMOVED), type_='check')
        batch_op.create_check_constraint(batch_op.f(STATUS), "status IN ('recorded', 'transferred', 'cancelled', 'moved_n100')")
        batch_op.create_check_constraint(batch_op.f(REMOVED), "(status IN ('recorded', 'moved_n100')) = (removal_code IS NULL) AND (status = 'recorded') = (removed_at IS NULL)")

    op.create_table('reported_incidents',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False, comment='As it is now, such as 100/01.'),
    sa.Column('first_code', sa.String(length=6), nullable=False, comment='As first given; never changes.'),
    sa.Column('ground', sa.String(length=20), nullable=False, comment='Why it is not recorded, as last given; empty for N300.'),
    sa.Column('coded_at', sa.DateTime(timezone=True), nullable=False, comment='When it was created with its first code.'),
    sa.Column('error_type', sa.String(length=3), nullable=False, comment='E08 where an N100 was used, or allowed, for what was rape.'),
    sa.Column('moved_from_crime_id', sa.Integer(), nullable=True, comment='The recorded rape it was made from (CLS-03).'),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.String(length=10), nullable=False, comment="The FCR's last word; empty while they have to see it."),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('to_force', sa.String(length=120), nullable=False),
    sa.Column('force_reference', sa.String(length=60), nullable=False),
    sa.Column('force_reference_at', sa.DateTime(timezone=True), nullable=True, comment='When it came in.'),
    sa.Column('victim_told_at', sa.DateTime(timezone=True), nullable=True, comment='Of the transfer.'),
    sa.Column('transferred_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True, comment='When it was confirmed; null where the FCR had it recorded without.'),
    sa.Column('converted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('converted_crime_id', sa.Integer(), nullable=True),
    sa.Column('conversion_seconds', sa.Integer(), nullable=True, comment='Seconds from the confirmation to the record (N100-03).'),
    sa.CheckConstraint("(force_reference = '') = (force_reference_at IS NULL)", name=op.f('ck_reported_incidents_reference_with_time')),
    sa.CheckConstraint("(verdict = '') = (reviewed_at IS NULL) AND (reviewed_by_id IS NULL) = (reviewed_at IS NULL)", name=op.f('ck_reported_incidents_verdict_by_somebody')),
    sa.CheckConstraint("kind IN ('n100', 'n300')", name=op.f('ck_reported_incidents_kind_known')),
    sa.CheckConstraint("transferred_at IS NULL OR (force_reference <> '' AND victim_told_at IS NOT NULL)", name=op.f('ck_reported_incidents_transferred_with_reference_and_victim_told')),
    sa.CheckConstraint("verdict IN ('', 'agreed', 'recoded', 'recorded', 'cancelled', 'overridden', 'moved')", name=op.f('ck_reported_incidents_verdict_known')),
    sa.CheckConstraint('(checked_at IS NULL) = (checked_by_id IS NULL)', name=op.f('ck_reported_incidents_checked_by')),
    sa.CheckConstraint('(conversion_seconds IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_reported_incidents_delay_from_confirmation')),
    sa.CheckConstraint('(converted_at IS NULL) = (converted_crime_id IS NULL)', name=op.f('ck_reported_incidents_converted_to_a_crime')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reported_incidents_case_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_reported_incidents_checked_by_id')),
    sa.ForeignKeyConstraint(['converted_crime_id'], ['crimes.id'], name=op.f('fk_reported_incidents_converted_crime_id')),
    sa.ForeignKeyConstraint(['moved_from_crime_id'], ['crimes.id'], name=op.f('fk_reported_incidents_moved_from_crime_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['people.id'], name=op.f('fk_reported_incidents_reviewed_by_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_reported_incidents'))
    )
    with op.batch_alter_table('reported_incidents', schema=None) as batch_op:
        batch_op.create_index('ix_reported_incidents_converted_at', ['kind', 'converted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reported_incidents_converted_crime_id'), ['converted_crime_id'], unique=False)
        batch_op.create_index('ix_reported_incidents_kind_code', ['kind', 'code', 'coded_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reported_incidents_moved_from_crime_id'), ['moved_from_crime_id'], unique=False)
        batch_op.create_index('ix_reported_incidents_overrides', ['kind', 'coded_at'], unique=False, sqlite_where=OVERRIDDEN, postgresql_where=OVERRIDDEN)


def downgrade() -> None:
    """Change them back. A rape that was moved to N100 counts again: the older tables know no other."""
    op.drop_table('reported_incidents')
    op.execute("UPDATE crimes SET status = 'recorded', removed_at = NULL WHERE status = 'moved_n100'")
    with op.batch_alter_table('crimes', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(STATUS), type_='check')
        batch_op.drop_constraint(batch_op.f(REMOVED), type_='check')
        batch_op.create_check_constraint(batch_op.f(STATUS), "status IN ('recorded', 'transferred', 'cancelled')")
        batch_op.create_check_constraint(batch_op.f(REMOVED), "(status = 'recorded') = (removal_code IS NULL) AND (status = 'recorded') = (removed_at IS NULL)")
