"""Feedback names the kind of error, and the same one again opens a learning task."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table('learning_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('error_type', sa.String(length=3), nullable=False),
    sa.Column('item_count', sa.Integer(), nullable=False, comment='Items of that error within the days that count.'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.CheckConstraint("(closed_at IS NULL) = (outcome = '')", name=op.f('ck_learning_tasks_closed_with_outcome')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_learning_tasks_closed_by')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_learning_tasks_closed_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_learning_tasks_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_tasks'))
    )
    with op.batch_alter_table('learning_tasks', schema=None) as batch_op:
        batch_op.create_index('ix_learning_tasks_due', ['due_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_learning_tasks_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_learning_tasks_one_open', ['person_id', 'error_type'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('crime_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('incident_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('error_type', sa.String(length=3), nullable=False, server_default='', comment='The kind of error, E01 to E23; empty where none is named.'))
        batch_op.alter_column('case_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.alter_column('step_position',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_feedback_items_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feedback_items_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index('ix_feedback_items_to_id_error_type', ['to_id', 'error_type', 'created_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_feedback_items_crime_id'), 'crimes', ['crime_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_feedback_items_incident_id'), 'incidents', ['incident_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_about_something'), 'case_id IS NOT NULL OR crime_id IS NOT NULL OR incident_id IS NOT NULL')
    # The default was for the rows that were there already.
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.alter_column('error_type', existing_type=sa.String(length=3), existing_nullable=False, server_default=None)



def downgrade() -> None:
    """Change them back. Feedback that came from no case has no place in the older table."""
    op.execute("DELETE FROM feedback_items WHERE case_id IS NULL")
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_feedback_items_about_something'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_feedback_items_incident_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_feedback_items_crime_id'), type_='foreignkey')
        batch_op.drop_index('ix_feedback_items_to_id_error_type')
        batch_op.drop_index(batch_op.f('ix_feedback_items_incident_id'))
        batch_op.drop_index(batch_op.f('ix_feedback_items_crime_id'))
        batch_op.alter_column('step_position',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.alter_column('case_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('error_type')
        batch_op.drop_column('incident_id')
        batch_op.drop_column('crime_id')

    with op.batch_alter_table('learning_tasks', schema=None) as batch_op:
        batch_op.drop_index('uq_learning_tasks_one_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_learning_tasks_person_id'))
        batch_op.drop_index('ix_learning_tasks_due', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_table('learning_tasks')
