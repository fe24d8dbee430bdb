"""The register of rulings, every class a crime had, and appeals against not recording."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


#: Tables whose rows are history: the database refuses changes too.
APPEND_ONLY = (
    "rulings",
    "ruling_rules",
    "ruling_words",
    "ruling_links",
    "crime_classes",
    "appeals",
)
#: Workflows that the older code does not know, about things that it does.
NEW_WORKFLOWS = "('reclassification', 'ruling_request', 'not_recorded', 'report_ruling')"
#: History of cases, which triggers protect, and what else belongs to one case.
HISTORY = ("case_steps", "victim_notices", "notice_exceptions", "registrar_advice", "decisions")
BELONGS_TO_A_CASE = ("feedback_items", "notices", "messages")


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


def unprotect(table: str) -> None:
    """Let rows go that the older tables have no place for."""
    verbs = ("update", "delete") if op.get_bind().dialect.name == "sqlite" else ("change", "truncate")
    for verb in verbs:
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


def delete_cases_of_new_workflows() -> None:
    """Delete the cases that the older code can't open."""
    theirs = f"case_id IN (SELECT id FROM cases WHERE workflow IN {NEW_WORKFLOWS})"
    for table in BELONGS_TO_A_CASE:
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
    for table in HISTORY:
        unprotect(table)
        if table == "decisions":
            # A later decision names the one it supersedes, so all of them go at once.
            op.execute(f"UPDATE decisions SET supersedes_id = NULL WHERE {theirs}")
        op.execute(f"DELETE FROM {table} WHERE {theirs}")
        protect(table)
    op.execute(f"DELETE FROM cases WHERE workflow IN {NEW_WORKFLOWS}")


def upgrade() -> None:
    """Change the tables."""
    op.create_table('rulings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False, comment='Of London, when it was made.'),
    sa.Column('serial', sa.Integer(), nullable=False, comment='Counts from 1 in each year.'),
    sa.Column('question', sa.String(length=200), nullable=False),
    sa.Column('topic', sa.String(length=12), nullable=False),
    sa.Column('offence_class', sa.String(length=10), nullable=False, comment='The class it is about; empty where it is about any.'),
    sa.Column('facts', sa.Text(), nullable=False, comment='In brief, and naming nobody.'),
    sa.Column('ruling', sa.Text(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authority', sa.String(length=400), nullable=False),
    sa.Column('rule_set', sa.String(length=20), nullable=False),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_rulings_made_by_id')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['rulings.id'], name=op.f('fk_rulings_supersedes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rulings')),
    sa.UniqueConstraint('supersedes_id', name=op.f('uq_rulings_supersedes_id')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_rulings_year_serial'))
    )
    with op.batch_alter_table('rulings', schema=None) as batch_op:
        batch_op.create_index('ix_rulings_made_at', ['made_at', 'id'], unique=False)
        batch_op.create_index('ix_rulings_offence_class', ['offence_class', 'made_at', 'id'], unique=False)
        batch_op.create_index('ix_rulings_year', ['year', 'made_at', 'id'], unique=False)

    op.create_table('ruling_rules',
    sa.Column('ruling_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=12), nullable=False),
    sa.ForeignKeyConstraint(['ruling_id'], ['rulings.id'], name=op.f('fk_ruling_rules_ruling_id')),
    sa.PrimaryKeyConstraint('ruling_id', 'rule', name=op.f('pk_ruling_rules'))
    )
    with op.batch_alter_table('ruling_rules', schema=None) as batch_op:
        batch_op.create_index('ix_ruling_rules_rule', ['rule', 'ruling_id'], unique=False)

    op.create_table('ruling_words',
    sa.Column('word', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('ruling_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ruling_id'], ['rulings.id'], name=op.f('fk_ruling_words_ruling_id')),
    sa.PrimaryKeyConstraint('word', 'ruling_id', name=op.f('pk_ruling_words'))
    )
    op.create_table('crime_classes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('from_offence_id', sa.Integer(), nullable=False),
    sa.Column('to_offence_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False, comment='The import that brought it; empty where a case did.'),
    sa.CheckConstraint("(case_id IS NULL) = (source <> '')", name=op.f('ck_crime_classes_by_case_or_import')),
    sa.CheckConstraint('from_offence_id <> to_offence_id', name=op.f('ck_crime_classes_changes_something')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_crime_classes_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_crime_classes_case_id')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_crime_classes_crime_id')),
    sa.ForeignKeyConstraint(['from_offence_id'], ['offences.id'], name=op.f('fk_crime_classes_from_offence_id')),
    sa.ForeignKeyConstraint(['to_offence_id'], ['offences.id'], name=op.f('fk_crime_classes_to_offence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crime_classes'))
    )
    with op.batch_alter_table('crime_classes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_crime_classes_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_crime_classes_crime_id', ['crime_id', 'id'], unique=False)

    op.create_table('ruling_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ruling_id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=True),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(CASE WHEN crime_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN incident_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN case_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_ruling_links_to_one_thing')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_ruling_links_case_id')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_ruling_links_crime_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_ruling_links_incident_id')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['people.id'], name=op.f('fk_ruling_links_linked_by_id')),
    sa.ForeignKeyConstraint(['ruling_id'], ['rulings.id'], name=op.f('fk_ruling_links_ruling_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ruling_links')),
    sa.UniqueConstraint('ruling_id', 'case_id', name=op.f('uq_ruling_links_ruling_id_case_id')),
    sa.UniqueConstraint('ruling_id', 'crime_id', name=op.f('uq_ruling_links_ruling_id_crime_id')),
    sa.UniqueConstraint('ruling_id', 'incident_id', name=op.f('uq_ruling_links_ruling_id_incident_id'))
    )
    with op.batch_alter_table('ruling_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_links_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ruling_links_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ruling_links_incident_id'), ['incident_id'], unique=False)

    op.create_table('appeals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(length=8), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('grounds', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("made_by IN ('reporter', 'victim')", name=op.f('ck_appeals_made_by_known')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_appeals_case_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_appeals_decision_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_appeals_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeals')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_appeals_decision_id'))
    )
    with op.batch_alter_table('appeals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeals_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appeals_received_at'), ['received_at'], unique=False)

    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    """Change them back. A crime keeps the class it has; what it had before is lost."""
    with op.batch_alter_table('appeals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appeals_received_at'))
        batch_op.drop_index(batch_op.f('ix_appeals_case_id'))

    op.drop_table('appeals')
    with op.batch_alter_table('ruling_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_links_incident_id'))
        batch_op.drop_index(batch_op.f('ix_ruling_links_crime_id'))
        batch_op.drop_index(batch_op.f('ix_ruling_links_case_id'))

    op.drop_table('ruling_links')
    with op.batch_alter_table('crime_classes', schema=None) as batch_op:
        batch_op.drop_index('ix_crime_classes_crime_id')
        batch_op.drop_index(batch_op.f('ix_crime_classes_case_id'))

    op.drop_table('crime_classes')
    op.drop_table('ruling_words')
    with op.batch_alter_table('ruling_rules', schema=None) as batch_op:
        batch_op.drop_index('ix_ruling_rules_rule')

    op.drop_table('ruling_rules')
    with op.batch_alter_table('rulings', schema=None) as batch_op:
        batch_op.drop_index('ix_rulings_year')
        batch_op.drop_index('ix_rulings_offence_class')
        batch_op.drop_index('ix_rulings_made_at')

    op.drop_table('rulings')
    delete_cases_of_new_workflows()
