"""An index to the steps by which requests were returned for more: the overview counts them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_index(
        "ix_case_steps_returned",
        "case_steps",
        ["case_id", "at"],
        sqlite_where=sa.text("\"trigger\" = 'return'"),
        postgresql_where=sa.text("\"trigger\" = 'return'"),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_index("ix_case_steps_returned", table_name="case_steps")
