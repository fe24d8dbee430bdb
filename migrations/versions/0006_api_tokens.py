"""Tokens of programs, the answers kept for them, and wrong tokens."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False, comment='What its owner calls it.'),
    sa.Column('scope', sa.String(length=10), nullable=False),
    sa.Column('prefix', sa.String(length=12), nullable=False, comment='How it begins, to recognise it by.'),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='SHA-256, hex.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_address', sa.String(length=45), nullable=False),
    sa.CheckConstraint("scope IN ('read', 'write')", name=op.f('ck_api_tokens_scope_known')),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_api_tokens_expires_later')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_api_tokens_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_tokens_token_hash'))
    )
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_tokens_person_id'), ['person_id'], unique=False)

    op.create_table('api_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('request_hash', sa.String(length=64), nullable=False, comment='SHA-256, hex.'),
    sa.Column('status', sa.Integer(), nullable=True, comment='Null while the first one is at work.'),
    sa.Column('headers', sa.Text(), nullable=False, comment='JSON.'),
    sa.Column('body', sa.Text(), nullable=False, comment='JSON, as it was sent.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['token_id'], ['api_tokens.id'], name=op.f('fk_api_answers_token_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_answers')),
    sa.UniqueConstraint('token_id', 'key', name=op.f('uq_api_answers_token_id_key'))
    )
    with op.batch_alter_table('api_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_answers_created_at'), ['created_at'], unique=False)

    op.create_table('api_failures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_failures'))
    )
    with op.batch_alter_table('api_failures', schema=None) as batch_op:
        batch_op.create_index('ix_api_failures_address_at', ['address', 'at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('api_failures', schema=None) as batch_op:
        batch_op.drop_index('ix_api_failures_address_at')

    op.drop_table('api_failures')
    with op.batch_alter_table('api_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_answers_created_at'))

    op.drop_table('api_answers')
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_tokens_person_id'))

    op.drop_table('api_tokens')
