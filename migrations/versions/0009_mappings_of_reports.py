"""Which kind of file a kept mapping is for: crimes, as all were so far, or reports of crime."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table('import_mappings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=20), server_default='crimes', nullable=False, comment='crimes, incidents.'))

    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=20),
               comment='crimes, incidents, offences.',
               existing_comment='crimes, offences.',
               existing_nullable=False)


def downgrade() -> None:
    """Change them back. What belongs to imports of reports has no place in the older tables."""
    op.execute("DELETE FROM import_mappings WHERE kind <> 'crimes'")
    op.execute(
        "DELETE FROM import_problems WHERE run_id IN "
        "(SELECT id FROM import_runs WHERE kind = 'incidents')"
    )
    op.execute("DELETE FROM import_runs WHERE kind = 'incidents'")
    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=20),
               comment='crimes, offences.',
               existing_comment='crimes, incidents, offences.',
               existing_nullable=False)

    with op.batch_alter_table('import_mappings', schema=None) as batch_op:
        batch_op.drop_column('kind')
