"""When it was said that what was disclosed on a report may be rape."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column('incidents', sa.Column('rape_disclosed_at', sa.DateTime(timezone=True), nullable=True, comment='When somebody said that what was disclosed may be rape, whatever it was opened as.'))


def downgrade() -> None:
    """Change them back. The history of the report still says it."""
    op.drop_column('incidents', 'rape_disclosed_at')
