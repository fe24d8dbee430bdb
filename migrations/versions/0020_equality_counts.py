"""Counts of each month behind the equality figures, and an index for counting."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table('equality_months',
    sa.Column('month', sa.Date(), nullable=False, comment='Its first day.'),
    sa.Column('victims', sa.Integer(), nullable=False, comment='Who are people, by the day of the report.'),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_equality_months'))
    )
    everybody = 'Empty for everybody, whatever is known of them.'
    op.create_table('equality_known_counts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('dimension', sa.String(length=16), nullable=False, comment='all, children, route, offence_group, unit.'),
    sa.Column('key', sa.String(length=80), nullable=False, comment='Such as a route; empty where none.'),
    sa.Column('item', sa.String(length=20), nullable=False, comment=everybody),
    sa.Column('reason', sa.String(length=16), nullable=False, comment='Empty where there is a value.'),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['month'], ['equality_months.month'], name=op.f('fk_equality_known_counts_month')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_known_counts'))
    )
    op.create_index('ix_equality_known_counts_month', 'equality_known_counts', ['month', 'dimension', 'item'])
    op.create_table('equality_report_counts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False, comment=everybody),
    sa.Column('group', sa.String(length=20), nullable=False),
    sa.Column('opening_code', sa.String(length=20), nullable=False),
    sa.Column('route', sa.String(length=20), nullable=False, comment='Of reports of rape alone.'),
    sa.Column('in_time', sa.Integer(), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('n100', sa.Integer(), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['month'], ['equality_months.month'], name=op.f('fk_equality_report_counts_month')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_report_counts'))
    )
    op.create_index('ix_equality_report_counts_month', 'equality_report_counts', ['month', 'item'])
    op.create_table('equality_crime_counts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False, comment=everybody),
    sa.Column('group', sa.String(length=20), nullable=False),
    sa.Column('offence_group', sa.String(length=80), nullable=False, comment='Empty where not classified.'),
    sa.Column('cancelled', sa.Integer(), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['month'], ['equality_months.month'], name=op.f('fk_equality_crime_counts_month')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_crime_counts'))
    )
    op.create_index('ix_equality_crime_counts_month', 'equality_crime_counts', ['month', 'item'])
    # Figures are of the records of some months.
    op.create_index('ix_equality_records_counted_on', 'equality_records', ['counted_on'])


def downgrade() -> None:
    """Change them back."""
    op.drop_index('ix_equality_records_counted_on', table_name='equality_records')
    for table in ('equality_crime_counts', 'equality_report_counts', 'equality_known_counts'):
        op.drop_index(f'ix_{table}_month', table_name=table)
        op.drop_table(table)
    op.drop_table('equality_months')
