"""Learning tasks become plans with actions and reviews; units have training tasks."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

#: Days from the opening to the review, for plans that were opened before there was one.
REVIEW_DAYS = 60


def copy_tasks() -> None:
    """Keep every learning task as a plan; the supervisor of today sees to it."""
    if op.get_bind().dialect.name == "postgresql":
        day = "(COALESCE(t.closed_at, t.opened_at) AT TIME ZONE 'Europe/London')::date"
        review = f"{day} + CASE WHEN t.closed_at IS NULL THEN {REVIEW_DAYS} ELSE 0 END"
    else:
        review = (
            "date(COALESCE(t.closed_at, t.opened_at), "
            f"CASE WHEN t.closed_at IS NULL THEN '+{REVIEW_DAYS} days' ELSE '+0 days' END)"
        )
    op.execute(
        "INSERT INTO learning_plans (id, person_id, error_type, item_count, owner_id, opened_at, "
        "due_at, review_on, closed_at, closed_by_id, outcome, version) "
        "SELECT t.id, t.person_id, t.error_type, t.item_count, p.supervisor_id, t.opened_at, "
        f"t.due_at, {review}, t.closed_at, t.closed_by_id, t.outcome, 1 "
        "FROM learning_tasks t JOIN people p ON p.id = t.person_id"
    )
    count_on("learning_plans")


def count_on(table: str) -> None:
    """Let the next row have the number after the last one's."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
            f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)"
        )


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
    op.create_table('learning_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('error_type', sa.String(length=3), nullable=False),
    sa.Column('item_count', sa.Integer(), nullable=False, comment='Errors of that kind within the days that counted when it was opened.'),
    sa.Column('owner_id', sa.Integer(), nullable=True, comment='Who sees to it; null where nobody could.'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='Until when something is to be agreed, and after that to be reviewed.'),
    sa.Column('review_on', sa.Date(), nullable=False, comment='The next review.'),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (unit_id IS NULL)', name=op.f('ck_learning_plans_person_or_unit')),
    sa.CheckConstraint("(closed_at IS NULL) = (outcome = '')", name=op.f('ck_learning_plans_closed_with_outcome')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_learning_plans_closed_by')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_learning_plans_closed_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_learning_plans_owner_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_learning_plans_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_learning_plans_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_plans'))
    )
    with op.batch_alter_table('learning_plans', schema=None) as batch_op:
        batch_op.create_index('ix_learning_plans_closed', ['closed_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NOT NULL'), postgresql_where=sa.text('closed_at IS NOT NULL'))
        batch_op.create_index('ix_learning_plans_due', ['due_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_learning_plans_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_learning_plans_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_learning_plans_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_learning_plans_one_open', ['person_id', 'error_type'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index('uq_learning_plans_one_open_of_unit', ['unit_id', 'error_type'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('learning_actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False, comment='What was said when it was done.'),
    sa.CheckConstraint('(done_on IS NULL) = (done_by_id IS NULL)', name=op.f('ck_learning_actions_done_by')),
    sa.CheckConstraint("done_on IS NOT NULL OR remark = ''", name=op.f('ck_learning_actions_remark_when_done')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_learning_actions_added_by_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['people.id'], name=op.f('fk_learning_actions_done_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_learning_actions_owner_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['learning_plans.id'], name=op.f('fk_learning_actions_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_actions'))
    )
    with op.batch_alter_table('learning_actions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_actions_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_learning_actions_plan_id'), ['plan_id'], unique=False)

    op.create_table('learning_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True, comment='The next review that was set.'),
    sa.Column('owner_id', sa.Integer(), nullable=True, comment='Who sees to it from then on.'),
    sa.CheckConstraint("(kind = 'handed_over') = (owner_id IS NOT NULL)", name=op.f('ck_learning_entries_new_owner')),
    sa.CheckConstraint("(kind = 'reviewed') = (review_on IS NOT NULL)", name=op.f('ck_learning_entries_next_review')),
    sa.CheckConstraint("kind IN ('reviewed', 'handed_over')", name=op.f('ck_learning_entries_kind_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_learning_entries_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_learning_entries_owner_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['learning_plans.id'], name=op.f('fk_learning_entries_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_entries'))
    )
    with op.batch_alter_table('learning_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_entries_plan_id'), ['plan_id'], unique=False)

    with op.batch_alter_table('force', schema=None) as batch_op:
        batch_op.add_column(sa.Column('learning_count', sa.Integer(), nullable=True, comment='FB-02: errors before a learning plan opens; null where it is as shipped.'))
        batch_op.add_column(sa.Column('learning_days', sa.Integer(), nullable=True, comment='Within so many days.'))
        batch_op.add_column(sa.Column('training_count', sa.Integer(), nullable=True, comment='FB-02: errors in a unit before a training task opens; null as shipped.'))
        batch_op.add_column(sa.Column('training_days', sa.Integer(), nullable=True, comment='Within so many days.'))
        batch_op.create_check_constraint(batch_op.f('ck_force_counts_above_one'), 'learning_count >= 2 AND training_count >= 2')
        batch_op.create_check_constraint(batch_op.f('ck_force_days_above_none'), 'learning_days >= 1 AND training_days >= 1')

    copy_tasks()
    protect("learning_entries")
    op.drop_table('learning_tasks')


def downgrade() -> None:
    """Change them back. Actions, reviews and units' tasks have no place in the older table."""
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
    op.execute(
        "INSERT INTO learning_tasks (id, person_id, error_type, item_count, opened_at, due_at, "
        "closed_at, closed_by_id, outcome) SELECT id, person_id, error_type, item_count, "
        "opened_at, due_at, closed_at, closed_by_id, outcome FROM learning_plans "
        "WHERE person_id IS NOT NULL"
    )
    count_on("learning_tasks")
    with op.batch_alter_table('learning_tasks', schema=None) as batch_op:
        batch_op.create_index('ix_learning_tasks_due', ['due_at', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_learning_tasks_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_learning_tasks_one_open', ['person_id', 'error_type'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    with op.batch_alter_table('force', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_force_days_above_none'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_force_counts_above_one'), type_='check')
        batch_op.drop_column('training_days')
        batch_op.drop_column('training_count')
        batch_op.drop_column('learning_days')
        batch_op.drop_column('learning_count')

    op.drop_table('learning_entries')
    op.drop_table('learning_actions')
    op.drop_table('learning_plans')
