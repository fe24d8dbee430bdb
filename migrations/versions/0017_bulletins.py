"""Bulletins: editions, whom they are for, who was told and who has read them; examples for courses."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


#: What is published is history: the database refuses changes too.
APPEND_ONLY = (
    "bulletin_editions",
    "bulletin_errors",
    "bulletin_bearings",
    "bulletin_units",
    "bulletin_roles",
    "bulletin_tellings",
    "bulletin_receipts",
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
    op.create_table('bulletins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True, comment='Of London, when it was first published.'),
    sa.Column('serial', sa.Integer(), nullable=True, comment='Counts from 1 in each year.'),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('draft', sa.JSON(), nullable=True, comment='What is written and not published; null where there is nothing.'),
    sa.Column('edition', sa.Integer(), nullable=False, comment='The number of the newest edition.'),
    sa.Column('read_from', sa.Integer(), nullable=False, comment='Who has read this edition or a later one has read the bulletin.'),
    sa.Column('title', sa.String(length=120), nullable=False, comment='As it was last written.'),
    sa.Column('rule', sa.String(length=12), nullable=False, comment='Likewise.'),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, comment='Last published, withdrawn, or written as a first draft. Lists go by it.'),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_bulletins_withdrawn')),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f('ck_bulletins_withdrawn_with_reason')),
    sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name=op.f('ck_bulletins_state_known')),
    sa.CheckConstraint('(year IS NULL) = (edition = 0)', name=op.f('ck_bulletins_numbered_when_published')),
    sa.ForeignKeyConstraint(['created_by_id'], ['people.id'], name=op.f('fk_bulletins_created_by_id')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['bulletins.id'], name=op.f('fk_bulletins_replaced_by_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_bulletins_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletins')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_bulletins_year_serial'))
    )
    with op.batch_alter_table('bulletins', schema=None) as batch_op:
        batch_op.create_index('ix_bulletins_rule', ['rule', 'state'], unique=False)
        batch_op.create_index('ix_bulletins_state', ['state', 'changed_at', 'id'], unique=False)

    op.create_table('teaching_examples',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('theme', sa.String(length=12), nullable=False, comment="A rule's id, or a kind of error."),
    sa.Column('text', sa.Text(), nullable=False, comment='What came up, and what was right.'),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(removed_at IS NULL) = (removed_by_id IS NULL)', name=op.f('ck_teaching_examples_removed_by')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_teaching_examples_added_by_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['people.id'], name=op.f('fk_teaching_examples_removed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching_examples'))
    )
    with op.batch_alter_table('teaching_examples', schema=None) as batch_op:
        batch_op.create_index('ix_teaching_examples_theme', ['theme', 'id'], unique=False)

    op.create_table('bulletin_editions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('rule', sa.String(length=12), nullable=False),
    sa.Column('source', sa.Text(), nullable=False, comment='Where the rule stands, a line each.'),
    sa.Column('right_example', sa.Text(), nullable=False),
    sa.Column('wrong_example', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False, comment='Why it was corrected; empty for the first.'),
    sa.Column('read_again', sa.Boolean(), nullable=False, comment='Whoever read an earlier one reads again.'),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletins.id'], name=op.f('fk_bulletin_editions_bulletin_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_bulletin_editions_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_editions')),
    sa.UniqueConstraint('bulletin_id', 'number', name=op.f('uq_bulletin_editions_bulletin_id_number'))
    )
    op.create_table('bulletin_receipts',
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletins.id'], name=op.f('fk_bulletin_receipts_bulletin_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bulletin_receipts_person_id')),
    sa.PrimaryKeyConstraint('bulletin_id', 'person_id', 'number', name=op.f('pk_bulletin_receipts'))
    )
    op.create_table('bulletin_tellings',
    sa.Column('bulletin_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletins.id'], name=op.f('fk_bulletin_tellings_bulletin_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bulletin_tellings_person_id')),
    sa.PrimaryKeyConstraint('bulletin_id', 'person_id', 'number', name=op.f('pk_bulletin_tellings'))
    )
    op.create_table('bulletin_bearings',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False, comment="A policy's key, or report or crime."),
    sa.Column('trigger', sa.String(length=40), nullable=False, comment='Empty: every step.'),
    sa.Column('asked', sa.String(length=20), nullable=False, comment='Empty: whatever.'),
    sa.Column('offence_class', sa.String(length=10), nullable=False, comment='Empty: any class.'),
    sa.ForeignKeyConstraint(['edition_id'], ['bulletin_editions.id'], name=op.f('fk_bulletin_bearings_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'place', 'trigger', 'asked', 'offence_class', name=op.f('pk_bulletin_bearings'))
    )
    with op.batch_alter_table('bulletin_bearings', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_bearings_place', ['place', 'offence_class', 'edition_id'], unique=False)

    op.create_table('bulletin_errors',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('error_type', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['bulletin_editions.id'], name=op.f('fk_bulletin_errors_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'error_type', name=op.f('pk_bulletin_errors'))
    )
    with op.batch_alter_table('bulletin_errors', schema=None) as batch_op:
        batch_op.create_index('ix_bulletin_errors_error_type', ['error_type', 'edition_id'], unique=False)

    op.create_table('bulletin_roles',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['bulletin_editions.id'], name=op.f('fk_bulletin_roles_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'role', name=op.f('pk_bulletin_roles'))
    )
    op.create_table('bulletin_units',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['bulletin_editions.id'], name=op.f('fk_bulletin_units_edition_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_bulletin_units_unit_id')),
    sa.PrimaryKeyConstraint('edition_id', 'unit_id', name=op.f('pk_bulletin_units'))
    )
    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    """Change them back."""
    op.drop_table('bulletin_units')
    op.drop_table('bulletin_roles')
    with op.batch_alter_table('bulletin_errors', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_errors_error_type')

    op.drop_table('bulletin_errors')
    with op.batch_alter_table('bulletin_bearings', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletin_bearings_place')

    op.drop_table('bulletin_bearings')
    op.drop_table('bulletin_tellings')
    op.drop_table('bulletin_receipts')
    op.drop_table('bulletin_editions')
    with op.batch_alter_table('teaching_examples', schema=None) as batch_op:
        batch_op.drop_index('ix_teaching_examples_theme')

    op.drop_table('teaching_examples')
    with op.batch_alter_table('bulletins', schema=None) as batch_op:
        batch_op.drop_index('ix_bulletins_state')
        batch_op.drop_index('ix_bulletins_rule')

    op.drop_table('bulletins')
