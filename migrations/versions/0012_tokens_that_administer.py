"""A third scope of tokens: for accounts, ways in and settings."""

from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

SCOPE = 'ck_api_tokens_scope_known'


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(SCOPE), type_='check')
        batch_op.create_check_constraint(batch_op.f(SCOPE), "scope IN ('read', 'write', 'administer')")


def downgrade() -> None:
    """Change them back. The older code has no such tokens, so they go, with their answers."""
    op.execute(
        "DELETE FROM api_answers WHERE token_id IN "
        "(SELECT id FROM api_tokens WHERE scope = 'administer')"
    )
    op.execute("DELETE FROM api_tokens WHERE scope = 'administer'")
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(SCOPE), type_='check')
        batch_op.create_check_constraint(batch_op.f(SCOPE), "scope IN ('read', 'write')")
