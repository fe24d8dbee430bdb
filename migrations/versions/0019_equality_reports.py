"""The yearly equality report: what is being written, and published editions as they were."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
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
    op.create_table('equality_report_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_month', sa.Date(), nullable=False, comment='The first day of the first month.'),
    sa.Column('last_month', sa.Date(), nullable=False, comment='The first day of the last month.'),
    sa.Column('about', sa.Text(), nullable=False, comment='What the figures mean.'),
    sa.Column('actions', sa.Text(), nullable=False, comment='What the force does about it.'),
    sa.Column('objectives', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_month <= last_month', name=op.f('ck_equality_report_drafts_months_in_order')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_equality_report_drafts_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_report_drafts')),
    sa.UniqueConstraint('first_month', 'last_month', name=op.f('uq_equality_report_drafts_first_month_last_month'))
    )
    op.create_table('equality_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_month', sa.Date(), nullable=False),
    sa.Column('last_month', sa.Date(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False, comment='1 for the first about these months.'),
    sa.Column('why', sa.Text(), nullable=False, comment='Why it was corrected; empty for the first.'),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('actions', sa.Text(), nullable=False),
    sa.Column('objectives', sa.Text(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False, comment='The rows of its tables, as printed.'),
    sa.Column('html', sa.Text(), nullable=False, comment='Its text and tables, made by our templates.'),
    sa.Column('pdf', sa.LargeBinary(), nullable=False),
    sa.Column('pdf_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the PDF.'),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(edition = 1) = (why = '')", name=op.f('ck_equality_reports_corrected_with_reason')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_equality_reports_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_reports')),
    sa.UniqueConstraint('first_month', 'last_month', 'edition', name=op.f('uq_equality_reports_first_month_last_month_edition'))
    )
    protect('equality_reports')


def downgrade() -> None:
    """Change them back. What was published goes with its table."""
    op.drop_table('equality_reports')
    op.drop_table('equality_report_drafts')
