"""Notes of talks between a supervisor and one of their people, and open feedback by its clock."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def protect(table: str) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE, where there is one)."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    """Change the tables."""
    op.create_table('one_to_one_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False, comment='The day of the talk.'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True, comment='The note that this one puts right.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('person_id <> author_id', name=op.f('ck_one_to_one_notes_not_about_oneself')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_one_to_one_notes_author_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['one_to_one_notes.id'], name=op.f('fk_one_to_one_notes_corrects_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_one_to_one_notes_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_to_one_notes')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_one_to_one_notes_corrects_id'))
    )
    with op.batch_alter_table('one_to_one_notes', schema=None) as batch_op:
        batch_op.create_index('ix_one_to_one_notes_author_id', ['author_id', 'person_id', 'id'], unique=False)
        batch_op.create_index('ix_one_to_one_notes_person_id', ['person_id', 'id'], unique=False)

    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_items_open', ['due_at', 'id'], unique=False, sqlite_where=sa.text('acknowledged_at IS NULL'), postgresql_where=sa.text('acknowledged_at IS NULL'))

    protect("one_to_one_notes")


def downgrade() -> None:
    """Change them back. Notes have no place in the older tables."""
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_items_open', sqlite_where=sa.text('acknowledged_at IS NULL'), postgresql_where=sa.text('acknowledged_at IS NULL'))

    op.drop_table('one_to_one_notes')
