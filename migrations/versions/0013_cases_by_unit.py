"""Cases by unit; and by report, of those that are about one only."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the indexes."""
    about_a_report = sa.text('incident_id IS NOT NULL')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cases_incident_id'))
        batch_op.create_index('ix_cases_incident_id', ['incident_id'], unique=False, sqlite_where=about_a_report, postgresql_where=about_a_report)
        batch_op.create_index('ix_cases_unit_id', ['unit_id'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('ix_cases_unit_id', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_incident_id', sqlite_where=sa.text('incident_id IS NOT NULL'), postgresql_where=sa.text('incident_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_cases_incident_id'), ['incident_id'], unique=False)
