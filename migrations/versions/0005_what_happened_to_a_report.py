"""What happened to a report of a crime, and which report another one repeats."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def protect() -> None:
    """Let the database refuse to change what happened, whatever asks for it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER incident_changes_no_{verb} BEFORE {verb.upper()} "
                "ON incident_changes "
                "BEGIN SELECT RAISE(ABORT, 'incident_changes is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER incident_changes_no_change BEFORE UPDATE OR DELETE ON incident_changes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER incident_changes_no_truncate BEFORE TRUNCATE ON incident_changes "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    """Change the tables."""
    op.create_table('incident_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True, comment='Null where the system did it.'),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False, comment='As title, before and after, in the words of the day.'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_incident_changes_incident_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_incident_changes_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_changes'))
    )
    with op.batch_alter_table('incident_changes', schema=None) as batch_op:
        batch_op.create_index('ix_incident_changes_incident_id', ['incident_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_changes_person_id'), ['person_id'], unique=False)
    protect()

    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('duplicate_of_id', sa.Integer(), nullable=True, comment='The report that this one repeats.'))
        batch_op.create_index(batch_op.f('ix_incidents_duplicate_of_id'), ['duplicate_of_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_incidents_duplicate_of_id'), 'incidents', ['duplicate_of_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_incidents_duplicate_of_another'), "(duplicate_of_id IS NULL) = (closing_code <> 'duplicate')")
        batch_op.create_check_constraint(batch_op.f('ck_incidents_not_its_own_duplicate'), 'duplicate_of_id <> id')


def downgrade() -> None:
    """Change them back. What happened to reports has no place in the older tables and is lost."""
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_incidents_not_its_own_duplicate'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_incidents_duplicate_of_another'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_incidents_duplicate_of_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_incidents_duplicate_of_id'))
        batch_op.drop_column('duplicate_of_id')

    with op.batch_alter_table('incident_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incident_changes_person_id'))
        batch_op.drop_index('ix_incident_changes_incident_id')

    op.drop_table('incident_changes')
