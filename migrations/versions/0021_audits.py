"""Audits: plans, frames and samples, reviews, findings, reports and actions."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


#: What is frozen or happened is history: the database refuses changes too.
APPEND_ONLY = ("audit_frames", "audit_lists", "audit_steps", "audit_reports")


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
    op.create_table('audit_frames',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('query', sa.Text(), nullable=False, comment='The statement, with its values.'),
    sa.Column('in_words', sa.Text(), nullable=False, comment='What was taken and what was left out.'),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('strata_counts', sa.JSON(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False, comment='SHA-256 of every row, in order.'),
    sa.Column('content', sa.LargeBinary(), nullable=False, comment='Every row: zlib of lines of identifier, tab, stratum.'),
    sa.CheckConstraint("kind IN ('incidents', 'direct_crimes', 'rapes', 'n100s', 'cancellations', 'transfers', 'diary', 'crimes', 'reclassifications', 'referrals', 'victims', 'audited', 'listed')", name=op.f('ck_audit_frames_kind_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_frames'))
    )
    op.create_table('audit_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_key', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False, comment='What the file was called.'),
    sa.Column('period_starts_on', sa.Date(), nullable=False),
    sa.Column('period_ends_on', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False, comment='SHA-256 of the file.'),
    sa.Column('content', sa.LargeBinary(), nullable=False, comment='zlib of a JSON list of rows: reference, stratum, rest.'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['people.id'], name=op.f('fk_audit_lists_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_lists'))
    )
    with op.batch_alter_table('audit_lists', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_lists_line_key'), ['line_key'], unique=False)

    op.create_table('audit_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False, comment='1 for the first of its year.'),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('why', sa.Text(), nullable=False, comment='Why the plan was changed.'),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('fcr_approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fcr_approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True, comment='When the chief officer approved it, which puts it in force.'),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(edition = 1) OR (why <> '')", name=op.f('ck_audit_plans_changed_with_reason')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'approved', 'replaced', 'withdrawn')", name=op.f('ck_audit_plans_state_known')),
    sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_audit_plans_days_in_order')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['people.id'], name=op.f('fk_audit_plans_approved_by_id')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['people.id'], name=op.f('fk_audit_plans_begun_by_id')),
    sa.ForeignKeyConstraint(['fcr_approved_by_id'], ['people.id'], name=op.f('fk_audit_plans_fcr_approved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_plans')),
    sa.UniqueConstraint('starts_on', 'edition', name=op.f('uq_audit_plans_starts_on_edition'))
    )
    with op.batch_alter_table('audit_plans', schema=None) as batch_op:
        batch_op.create_index('uq_audit_plans_one_approved', ['starts_on'], unique=True, sqlite_where=sa.text("state = 'approved'"), postgresql_where=sa.text("state = 'approved'"))
        batch_op.create_index('uq_audit_plans_one_being_written', ['starts_on'], unique=True, sqlite_where=sa.text("state IN ('draft', 'submitted')"), postgresql_where=sa.text("state IN ('draft', 'submitted')"))

    op.create_table('audit_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=6), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('trigger', sa.String(length=40), nullable=False),
    sa.Column('said', sa.String(length=200), nullable=False, comment='What happened, in words.'),
    sa.Column('from_state', sa.String(length=20), nullable=False),
    sa.Column('to_state', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True, comment='Null for the system.'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False, comment='As title, before and after, in the words of the day.'),
    sa.CheckConstraint("kind IN ('plan', 'line', 'run', 'action')", name=op.f('ck_audit_steps_kind_known')),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_audit_steps_actor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_steps'))
    )
    with op.batch_alter_table('audit_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_steps_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_audit_steps_subject', ['kind', 'subject_id', 'id'], unique=False)

    op.create_table('audit_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('line_key', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False, comment='The audit type: A1 to A18.'),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('frame', sa.String(length=20), nullable=False),
    sa.Column('frame_filter', sa.JSON(), nullable=False, comment='Codes, groups or routes that the frame is narrowed to.'),
    sa.Column('counted_as', sa.String(length=14), nullable=False),
    sa.Column('strata', sa.String(length=14), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False, comment='The first day on which it is due.'),
    sa.Column('every_months', sa.Integer(), nullable=False, comment='Due again after so many; 0 for once.'),
    sa.Column('covers_months', sa.Integer(), nullable=False, comment='How many whole months before the month it is due in are audited.'),
    sa.Column('method', sa.String(length=10), nullable=False),
    sa.Column('allocation', sa.String(length=12), nullable=False),
    sa.Column('fixed_size', sa.Integer(), nullable=True, comment='Records, where the size is fixed.'),
    sa.Column('census_below', sa.Integer(), nullable=True, comment='All records are examined where there are fewer than this.'),
    sa.Column('precision', sa.Double(), nullable=True, comment='Half the interval wanted, 0 to 1.'),
    sa.Column('expected_rate', sa.Double(), nullable=False),
    sa.Column('yield_rate', sa.Double(), nullable=False, comment='Crimes that should exist for each record examined.'),
    sa.Column('design_effect', sa.Double(), nullable=False),
    sa.Column('hours', sa.Double(), nullable=False, comment='Hours of auditors for each time it runs.'),
    sa.Column('risk_rate', sa.Integer(), nullable=False, comment='Last rate below target, 0 to 3.'),
    sa.Column('risk_trend', sa.Integer(), nullable=False),
    sa.Column('risk_change', sa.Integer(), nullable=False, comment='A new process or system.'),
    sa.Column('risk_age', sa.Integer(), nullable=False, comment='Days since the last audit.'),
    sa.Column('impact_victims', sa.Integer(), nullable=False),
    sa.Column('impact_volume', sa.Integer(), nullable=False),
    sa.Column('impact_concern', sa.Integer(), nullable=False, comment='An inspectorate’s concern.'),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=False),
    sa.Column('drop_asked_by_id', sa.Integer(), nullable=True, comment='Who asked to drop it; it is suspended until approved.'),
    sa.Column('drop_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('drop_approved_by_id', sa.Integer(), nullable=True),
    sa.Column('drop_approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("allocation IN ('proportional', 'equal', 'neyman')", name=op.f('ck_audit_lines_allocation_known')),
    sa.CheckConstraint("counted_as IN ('crime', 'n100', 'cancellation', 'transfer', 'incident', 'outcome', 'disposal', 'victim', 'item')", name=op.f('ck_audit_lines_counted_as_known')),
    sa.CheckConstraint("frame IN ('incidents', 'direct_crimes', 'rapes', 'n100s', 'cancellations', 'transfers', 'diary', 'crimes', 'reclassifications', 'referrals', 'victims', 'audited', 'listed')", name=op.f('ck_audit_lines_frame_known')),
    sa.CheckConstraint("method IN ('simple', 'stratified', 'census', 'fixed', 'dip')", name=op.f('ck_audit_lines_method_known')),
    sa.CheckConstraint("status IN ('planned', 'running', 'done', 'suspended', 'dropped')", name=op.f('ck_audit_lines_status_known')),
    sa.CheckConstraint("status NOT IN ('suspended', 'dropped') OR status_reason <> ''", name=op.f('ck_audit_lines_stopped_with_reason')),
    sa.CheckConstraint("strata IN ('none', 'offence_group', 'opening_code', 'closing_code', 'route', 'unit', 'removal_code', 'listed')", name=op.f('ck_audit_lines_strata_known')),
    sa.CheckConstraint('covers_months BETWEEN 1 AND 12', name=op.f('ck_audit_lines_covers_months_sound')),
    sa.CheckConstraint('every_months IN (0, 1, 2, 3, 4, 6, 12)', name=op.f('ck_audit_lines_recurrence_known')),
    sa.CheckConstraint('precision IS NULL OR (precision > 0 AND precision < 1)', name=op.f('ck_audit_lines_precision')),
    sa.ForeignKeyConstraint(['drop_approved_by_id'], ['people.id'], name=op.f('fk_audit_lines_drop_approved_by_id')),
    sa.ForeignKeyConstraint(['drop_asked_by_id'], ['people.id'], name=op.f('fk_audit_lines_drop_asked_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_audit_lines_owner_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['audit_plans.id'], name=op.f('fk_audit_lines_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_lines')),
    sa.UniqueConstraint('plan_id', 'line_key', name=op.f('uq_audit_lines_plan_id_line_key'))
    )
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_lines_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_lines_plan_id'), ['plan_id'], unique=False)

    op.create_table('audit_plan_months',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False, comment='Its first day.'),
    sa.Column('hours', sa.Double(), nullable=False, comment='Hours of auditors in the month.'),
    sa.ForeignKeyConstraint(['plan_id'], ['audit_plans.id'], name=op.f('fk_audit_plan_months_plan_id')),
    sa.PrimaryKeyConstraint('plan_id', 'month', name=op.f('pk_audit_plan_months'))
    )
    op.create_table('audit_line_auditors',
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['audit_lines.id'], name=op.f('fk_audit_line_auditors_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_audit_line_auditors_person_id')),
    sa.PrimaryKeyConstraint('line_id', 'person_id', name=op.f('pk_audit_line_auditors'))
    )
    with op.batch_alter_table('audit_line_auditors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_line_auditors_person_id'), ['person_id'], unique=False)

    op.create_table('audit_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False, comment='AUD-2026-0007.'),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('line_key', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('counted_as', sa.String(length=14), nullable=False),
    sa.Column('period_starts_on', sa.Date(), nullable=False),
    sa.Column('period_ends_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False, comment='The day on which it was to be drawn.'),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True, comment='Null where the timetable did it.'),
    sa.Column('late_days', sa.Integer(), nullable=False, comment='Days after the day it was due.'),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('frame_id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=True),
    sa.Column('method', sa.String(length=10), nullable=False),
    sa.Column('statistical', sa.Boolean(), nullable=False, comment='Whether an interval may be given.'),
    sa.Column('allocation', sa.String(length=12), nullable=False),
    sa.Column('algorithm', sa.String(length=20), nullable=False),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('size_wanted', sa.Integer(), nullable=False),
    sa.Column('size_why', sa.String(length=300), nullable=False, comment='How the size came about.'),
    sa.Column('precision', sa.Double(), nullable=True),
    sa.Column('expected_rate', sa.Double(), nullable=False),
    sa.Column('hours', sa.Double(), nullable=False, comment='Hours planned for it.'),
    sa.Column('hours_spent', sa.Double(), nullable=True, comment='As entered when it was signed off.'),
    sa.Column('recorded_a_year', sa.Integer(), nullable=True, comment='Crimes recorded in the 12 months to the end of the period, without fraud.'),
    sa.Column('recorded_a_year_of', sa.JSON(), nullable=False, comment='Of them, by family of offences: violence, sexual.'),
    sa.Column('recorded_a_year_source', sa.String(length=200), nullable=False),
    sa.Column('rule_set', sa.String(length=20), nullable=False, comment='Edition of the rules judged by.'),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False, comment='What the FCR says of it.'),
    sa.Column('limits', sa.Text(), nullable=False, comment='What the figures can’t say.'),
    sa.Column('grade', sa.String(length=30), nullable=False, comment='Entered, never computed.'),
    sa.Column('signed_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_off_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(method = 'dip') = (NOT statistical)", name=op.f('ck_audit_runs_dip_is_not_statistical')),
    sa.CheckConstraint("method IN ('simple', 'stratified', 'census', 'fixed', 'dip')", name=op.f('ck_audit_runs_method_known')),
    sa.CheckConstraint("state IN ('drawn', 'reviewing', 'moderating', 'signed_off', 'abandoned')", name=op.f('ck_audit_runs_state_known')),
    sa.CheckConstraint('(signed_off_at IS NULL) = (signed_off_by_id IS NULL)', name=op.f('ck_audit_runs_signed_off')),
    sa.CheckConstraint('period_starts_on <= period_ends_on', name=op.f('ck_audit_runs_days_in_order')),
    sa.ForeignKeyConstraint(['frame_id'], ['audit_frames.id'], name=op.f('fk_audit_runs_frame_id')),
    sa.ForeignKeyConstraint(['line_id'], ['audit_lines.id'], name=op.f('fk_audit_runs_line_id')),
    sa.ForeignKeyConstraint(['list_id'], ['audit_lists.id'], name=op.f('fk_audit_runs_list_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_audit_runs_opened_by_id')),
    sa.ForeignKeyConstraint(['signed_off_by_id'], ['people.id'], name=op.f('fk_audit_runs_signed_off_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_runs')),
    sa.UniqueConstraint('line_key', 'period_starts_on', 'period_ends_on', name=op.f('uq_audit_runs_line_key_period_starts_on_period_ends_on')),
    sa.UniqueConstraint('reference', name=op.f('uq_audit_runs_reference'))
    )
    with op.batch_alter_table('audit_runs', schema=None) as batch_op:
        batch_op.create_index('ix_audit_runs_code', ['code', 'period_ends_on', 'id'], unique=False)
        batch_op.create_index('ix_audit_runs_due_on', ['due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_runs_frame_id'), ['frame_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_runs_line_id'), ['line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_runs_list_id'), ['list_id'], unique=False)
        batch_op.create_index('ix_audit_runs_state', ['state', 'due_on', 'id'], unique=False)

    op.create_table('audit_actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False, comment='ACT-2026-0003.'),
    sa.Column('run_id', sa.Integer(), nullable=True, comment='The audit that recommended it.'),
    sa.Column('source', sa.String(length=120), nullable=False, comment='Who recommended it, in words.'),
    sa.Column('recommended', sa.Text(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False, comment='How it shows that it worked.'),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=11), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(closed_at IS NULL) = (state <> 'closed')", name=op.f('ck_audit_actions_closed_at')),
    sa.CheckConstraint("state IN ('open', 'in_progress', 'done', 'closed')", name=op.f('ck_audit_actions_state_known')),
    sa.CheckConstraint("state NOT IN ('done', 'closed') OR evidence <> ''", name=op.f('ck_audit_actions_evidence')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_audit_actions_closed_by_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_audit_actions_opened_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_audit_actions_owner_id')),
    sa.ForeignKeyConstraint(['run_id'], ['audit_runs.id'], name=op.f('fk_audit_actions_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_actions')),
    sa.UniqueConstraint('reference', name=op.f('uq_audit_actions_reference'))
    )
    with op.batch_alter_table('audit_actions', schema=None) as batch_op:
        batch_op.create_index('ix_audit_actions_open', ['due_on', 'id'], unique=False, sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
        batch_op.create_index('ix_audit_actions_owner_id', ['owner_id', 'due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_actions_run_id'), ['run_id'], unique=False)
        batch_op.create_index('ix_audit_actions_state', ['state', 'due_on', 'id'], unique=False)

    op.create_table('audit_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False, comment='In the order drawn; reserves come after.'),
    sa.Column('identifier', sa.String(length=100), nullable=False, comment='As drawn: crime:17.'),
    sa.Column('stratum', sa.String(length=60), nullable=False),
    sa.Column('inclusion_probability', sa.Double(), nullable=True, comment='Null where somebody chose it.'),
    sa.Column('in_sample', sa.Boolean(), nullable=False, comment='False for a reserve, and for one replaced.'),
    sa.Column('is_reserve', sa.Boolean(), nullable=False, comment='Drawn as a reserve, used or not.'),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('replaced_why', sa.String(length=400), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=True),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('audited_id', sa.Integer(), nullable=True, comment='The audited record, in audits of audits.'),
    sa.Column('label', sa.String(length=80), nullable=False, comment='Its number, as people call it.'),
    sa.Column('listed', sa.JSON(), nullable=False, comment='What the list of another system says of it.'),
    sa.Column('auditor_id', sa.Integer(), nullable=True),
    sa.Column('second_auditor_id', sa.Integer(), nullable=True, comment='Who reviews it again without seeing the first review.'),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True, comment='When the first review was done.'),
    sa.Column('second_done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('differs', sa.Boolean(), nullable=False, comment='The two reviews differ, and the FCR has to moderate.'),
    sa.Column('moderated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(replaced_by_id IS NULL) = (replaced_why = '')", name=op.f('ck_audit_items_replaced_with_reason')),
    sa.CheckConstraint('second_auditor_id <> auditor_id', name=op.f('ck_audit_items_second_is_another')),
    sa.ForeignKeyConstraint(['audited_id'], ['audit_items.id'], name=op.f('fk_audit_items_audited_id')),
    sa.ForeignKeyConstraint(['auditor_id'], ['people.id'], name=op.f('fk_audit_items_auditor_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_audit_items_case_id')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_audit_items_crime_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_audit_items_incident_id')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['audit_items.id'], name=op.f('fk_audit_items_replaced_by_id')),
    sa.ForeignKeyConstraint(['run_id'], ['audit_runs.id'], name=op.f('fk_audit_items_run_id')),
    sa.ForeignKeyConstraint(['second_auditor_id'], ['people.id'], name=op.f('fk_audit_items_second_auditor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_items')),
    sa.UniqueConstraint('run_id', 'identifier', name=op.f('uq_audit_items_run_id_identifier')),
    sa.UniqueConstraint('run_id', 'position', name=op.f('uq_audit_items_run_id_position'))
    )
    with op.batch_alter_table('audit_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_items_audited_id'), ['audited_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_items_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_items_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_items_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_items_replaced_by_id'), ['replaced_by_id'], unique=False)
        batch_op.create_index('ix_audit_items_sample', ['run_id', 'stratum'], unique=False, sqlite_where=sa.text('in_sample'), postgresql_where=sa.text('in_sample'))
        batch_op.create_index('ix_audit_items_second', ['second_auditor_id', 'run_id', 'position'], unique=False, sqlite_where=sa.text('second_auditor_id IS NOT NULL'), postgresql_where=sa.text('second_auditor_id IS NOT NULL'))
        batch_op.create_index('ix_audit_items_to_do', ['auditor_id', 'run_id', 'position'], unique=False, sqlite_where=sa.text('done_at IS NULL AND in_sample'), postgresql_where=sa.text('done_at IS NULL AND in_sample'))

    op.create_table('audit_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('subject_key', sa.String(length=40), nullable=False, comment='The run’s reference, or the period such as 2026-Q3.'),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True, comment='Null where the timetable asked for it.'),
    sa.Column('why', sa.Text(), nullable=False, comment='Why there is a later edition.'),
    sa.Column('tables', sa.JSON(), nullable=False, comment='Its tables as they are printed: name, headings, rows.'),
    sa.Column('public_html', sa.Text(), nullable=False),
    sa.Column('public_pdf', sa.LargeBinary(), nullable=False),
    sa.Column('public_hash', sa.String(length=64), nullable=False),
    sa.Column('annex_html', sa.Text(), nullable=False),
    sa.Column('annex_pdf', sa.LargeBinary(), nullable=False),
    sa.Column('annex_hash', sa.String(length=64), nullable=False),
    sa.Column('spreadsheet', sa.LargeBinary(), nullable=False),
    sa.Column('spreadsheet_hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint("(kind = 'run') = (run_id IS NOT NULL)", name=op.f('ck_audit_reports_run_of_its_kind')),
    sa.CheckConstraint("kind IN ('run', 'plan_monthly', 'plan_quarterly')", name=op.f('ck_audit_reports_kind_known')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_audit_reports_made_by_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['audit_plans.id'], name=op.f('fk_audit_reports_plan_id')),
    sa.ForeignKeyConstraint(['run_id'], ['audit_runs.id'], name=op.f('fk_audit_reports_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_reports')),
    sa.UniqueConstraint('kind', 'subject_key', 'edition', name=op.f('uq_audit_reports_kind_subject_key_edition'))
    )
    with op.batch_alter_table('audit_reports', schema=None) as batch_op:
        batch_op.create_index('ix_audit_reports_made_at', ['made_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_reports_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_reports_run_id'), ['run_id'], unique=False)

    op.create_table('audit_report_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('subject_key', sa.String(length=40), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('holder', sa.String(length=40), nullable=False, comment='Which process makes it; nobody else may finish it.'),
    sa.Column('alive_at', sa.DateTime(timezone=True), nullable=True, comment='When its maker last said a word.'),
    sa.Column('attempts', sa.Integer(), nullable=False, comment='How often its making was begun.'),
    sa.Column('parts_done', sa.Integer(), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('doing', sa.String(length=100), nullable=False, comment='What is being done now.'),
    sa.Column('problem', sa.String(length=300), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'done') = (report_id IS NOT NULL)", name=op.f('ck_audit_report_requests_done_with_report')),
    sa.CheckConstraint("kind IN ('run', 'plan_monthly', 'plan_quarterly')", name=op.f('ck_audit_report_requests_kind_known')),
    sa.CheckConstraint("state IN ('waiting', 'making', 'done', 'failed')", name=op.f('ck_audit_report_requests_state_known')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_audit_report_requests_asked_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['audit_reports.id'], name=op.f('fk_audit_report_requests_report_id')),
    sa.ForeignKeyConstraint(['run_id'], ['audit_runs.id'], name=op.f('fk_audit_report_requests_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_report_requests'))
    )
    with op.batch_alter_table('audit_report_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_report_requests_report_id'), ['report_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_report_requests_run_id'), ['run_id'], unique=False)
        batch_op.create_index('uq_audit_report_requests_one_to_make', ['kind', 'subject_key'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'making')"), postgresql_where=sa.text("state IN ('waiting', 'making')"))

    op.create_table('audit_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=6), nullable=False),
    sa.Column('auditor_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True, comment='Null while it is being written.'),
    sa.Column('counts', sa.Boolean(), nullable=False, comment='The figures count this one: the first, or the FCR’s.'),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('draft', sa.JSON(), nullable=True, comment='As far as it is written; null once it is done.'),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('first', 'second', 'final')", name=op.f('ck_audit_reviews_kind_known')),
    sa.CheckConstraint('NOT counts OR done_at IS NOT NULL', name=op.f('ck_audit_reviews_counts_when_done')),
    sa.ForeignKeyConstraint(['auditor_id'], ['people.id'], name=op.f('fk_audit_reviews_auditor_id')),
    sa.ForeignKeyConstraint(['item_id'], ['audit_items.id'], name=op.f('fk_audit_reviews_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_reviews')),
    sa.UniqueConstraint('item_id', 'kind', name=op.f('uq_audit_reviews_item_id_kind'))
    )
    with op.batch_alter_table('audit_reviews', schema=None) as batch_op:
        batch_op.create_index('ix_audit_reviews_auditor_id', ['auditor_id', 'id'], unique=False)
        batch_op.create_index('uq_audit_reviews_one_counts', ['item_id'], unique=True, sqlite_where=sa.text('counts'), postgresql_where=sa.text('counts'))

    op.create_table('audit_answers',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=30), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['review_id'], ['audit_reviews.id'], name=op.f('fk_audit_answers_review_id')),
    sa.PrimaryKeyConstraint('review_id', 'question', name=op.f('pk_audit_answers'))
    )
    with op.batch_alter_table('audit_answers', schema=None) as batch_op:
        batch_op.create_index('ix_audit_answers_question', ['question', 'answer'], unique=False)

    op.create_table('audit_crimes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False, comment='1 for the first of a record.'),
    sa.Column('offence_group', sa.String(length=14), nullable=False),
    sa.Column('offence_class', sa.String(length=10), nullable=False, comment='As it should be: 19C.'),
    sa.Column('domestic', sa.Boolean(), nullable=False),
    sa.Column('verdict', sa.String(length=13), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=True, comment='As which it is recorded.'),
    sa.Column('band', sa.String(length=11), nullable=False),
    sa.Column('error_type', sa.String(length=3), nullable=False),
    sa.Column('severity', sa.String(length=6), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('safeguarding', sa.String(length=10), nullable=False),
    sa.Column('investigated', sa.String(length=10), nullable=False, comment='Whether it was looked into though not recorded rightly.'),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint("band IN ('', 'in_time', 'to_72_hours', 'to_7_days', 'later', 'late', 'unknown')", name=op.f('ck_audit_crimes_band_known')),
    sa.CheckConstraint("offence_group IN ('rape', 'sexual', 'violence', 'robbery', 'public_order', 'property', 'modern_slavery', 'other')", name=op.f('ck_audit_crimes_group_known')),
    sa.CheckConstraint("safeguarding IN ('', 'done', 'not_done', 'not_needed', 'unknown')", name=op.f('ck_audit_crimes_safeguarding_known')),
    sa.CheckConstraint("severity IN ('', 'low', 'medium', 'high')", name=op.f('ck_audit_crimes_severity_known')),
    sa.CheckConstraint("verdict <> 'missing' OR band = ''", name=op.f('ck_audit_crimes_missing_has_no_time')),
    sa.CheckConstraint("verdict = 'recorded' OR error_type <> ''", name=op.f('ck_audit_crimes_error_with_type')),
    sa.CheckConstraint("verdict IN ('recorded', 'missing', 'wrong_class', 'over_recorded')", name=op.f('ck_audit_crimes_verdict_known')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_audit_crimes_crime_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_audit_crimes_person_id')),
    sa.ForeignKeyConstraint(['review_id'], ['audit_reviews.id'], name=op.f('fk_audit_crimes_review_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_audit_crimes_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_crimes')),
    sa.UniqueConstraint('review_id', 'position', name=op.f('uq_audit_crimes_review_id_position'))
    )
    with op.batch_alter_table('audit_crimes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_crimes_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_crimes_error_type'), ['error_type'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_crimes_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_crimes_unit_id'), ['unit_id'], unique=False)

    op.create_table('audit_findings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('audit_crime_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(length=30), nullable=False, comment='The question it comes from; empty where from a crime.'),
    sa.Column('error_type', sa.String(length=3), nullable=False),
    sa.Column('severity', sa.String(length=6), nullable=False),
    sa.Column('correction', sa.String(length=20), nullable=False, comment='As feedback names it.'),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('correction_case_id', sa.Integer(), nullable=True, comment='The case that puts it right.'),
    sa.Column('feedback_item_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_how', sa.String(length=300), nullable=False, comment='What put it right, or why nothing can.'),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(closed_at IS NULL) = (closed_how = '')", name=op.f('ck_audit_findings_closed_with_words')),
    sa.ForeignKeyConstraint(['audit_crime_id'], ['audit_crimes.id'], name=op.f('fk_audit_findings_audit_crime_id')),
    sa.ForeignKeyConstraint(['correction_case_id'], ['cases.id'], name=op.f('fk_audit_findings_correction_case_id')),
    sa.ForeignKeyConstraint(['feedback_item_id'], ['feedback_items.id'], name=op.f('fk_audit_findings_feedback_item_id')),
    sa.ForeignKeyConstraint(['item_id'], ['audit_items.id'], name=op.f('fk_audit_findings_item_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_audit_findings_opened_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_audit_findings_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['audit_runs.id'], name=op.f('fk_audit_findings_run_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_audit_findings_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_findings')),
    sa.UniqueConstraint('item_id', 'audit_crime_id', 'question', name=op.f('uq_audit_findings_item_id_audit_crime_id_question'))
    )
    with op.batch_alter_table('audit_findings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_findings_audit_crime_id'), ['audit_crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_findings_correction_case_id'), ['correction_case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_findings_feedback_item_id'), ['feedback_item_id'], unique=False)
        batch_op.create_index('ix_audit_findings_open', ['due_on', 'id'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_audit_findings_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_audit_findings_run_id', ['run_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_findings_unit_id'), ['unit_id'], unique=False)
    for table in APPEND_ONLY:
        protect(table)


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table('audit_findings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_findings_unit_id'))
        batch_op.drop_index('ix_audit_findings_run_id')
        batch_op.drop_index(batch_op.f('ix_audit_findings_person_id'))
        batch_op.drop_index('ix_audit_findings_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_audit_findings_feedback_item_id'))
        batch_op.drop_index(batch_op.f('ix_audit_findings_correction_case_id'))
        batch_op.drop_index(batch_op.f('ix_audit_findings_audit_crime_id'))

    op.drop_table('audit_findings')
    with op.batch_alter_table('audit_crimes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_crimes_unit_id'))
        batch_op.drop_index(batch_op.f('ix_audit_crimes_person_id'))
        batch_op.drop_index(batch_op.f('ix_audit_crimes_error_type'))
        batch_op.drop_index(batch_op.f('ix_audit_crimes_crime_id'))

    op.drop_table('audit_crimes')
    with op.batch_alter_table('audit_answers', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_answers_question')

    op.drop_table('audit_answers')
    with op.batch_alter_table('audit_reviews', schema=None) as batch_op:
        batch_op.drop_index('uq_audit_reviews_one_counts', sqlite_where=sa.text('counts'), postgresql_where=sa.text('counts'))
        batch_op.drop_index('ix_audit_reviews_auditor_id')

    op.drop_table('audit_reviews')
    with op.batch_alter_table('audit_report_requests', schema=None) as batch_op:
        batch_op.drop_index('uq_audit_report_requests_one_to_make', sqlite_where=sa.text("state IN ('waiting', 'making')"), postgresql_where=sa.text("state IN ('waiting', 'making')"))
        batch_op.drop_index(batch_op.f('ix_audit_report_requests_run_id'))
        batch_op.drop_index(batch_op.f('ix_audit_report_requests_report_id'))

    op.drop_table('audit_report_requests')
    with op.batch_alter_table('audit_reports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_reports_run_id'))
        batch_op.drop_index(batch_op.f('ix_audit_reports_plan_id'))
        batch_op.drop_index('ix_audit_reports_made_at')

    op.drop_table('audit_reports')
    with op.batch_alter_table('audit_items', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_items_to_do', sqlite_where=sa.text('done_at IS NULL AND in_sample'), postgresql_where=sa.text('done_at IS NULL AND in_sample'))
        batch_op.drop_index('ix_audit_items_second', sqlite_where=sa.text('second_auditor_id IS NOT NULL'), postgresql_where=sa.text('second_auditor_id IS NOT NULL'))
        batch_op.drop_index('ix_audit_items_sample', sqlite_where=sa.text('in_sample'), postgresql_where=sa.text('in_sample'))
        batch_op.drop_index(batch_op.f('ix_audit_items_replaced_by_id'))
        batch_op.drop_index(batch_op.f('ix_audit_items_incident_id'))
        batch_op.drop_index(batch_op.f('ix_audit_items_crime_id'))
        batch_op.drop_index(batch_op.f('ix_audit_items_case_id'))
        batch_op.drop_index(batch_op.f('ix_audit_items_audited_id'))

    op.drop_table('audit_items')
    with op.batch_alter_table('audit_actions', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_actions_state')
        batch_op.drop_index(batch_op.f('ix_audit_actions_run_id'))
        batch_op.drop_index('ix_audit_actions_owner_id')
        batch_op.drop_index('ix_audit_actions_open', sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))

    op.drop_table('audit_actions')
    with op.batch_alter_table('audit_runs', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_runs_state')
        batch_op.drop_index(batch_op.f('ix_audit_runs_list_id'))
        batch_op.drop_index(batch_op.f('ix_audit_runs_line_id'))
        batch_op.drop_index(batch_op.f('ix_audit_runs_frame_id'))
        batch_op.drop_index('ix_audit_runs_due_on')
        batch_op.drop_index('ix_audit_runs_code')

    op.drop_table('audit_runs')
    with op.batch_alter_table('audit_line_auditors', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_line_auditors_person_id'))

    op.drop_table('audit_line_auditors')
    op.drop_table('audit_plan_months')
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_lines_plan_id'))
        batch_op.drop_index(batch_op.f('ix_audit_lines_owner_id'))

    op.drop_table('audit_lines')
    with op.batch_alter_table('audit_steps', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_steps_subject')
        batch_op.drop_index(batch_op.f('ix_audit_steps_actor_id'))

    op.drop_table('audit_steps')
    with op.batch_alter_table('audit_plans', schema=None) as batch_op:
        batch_op.drop_index('uq_audit_plans_one_being_written', sqlite_where=sa.text("state IN ('draft', 'submitted')"), postgresql_where=sa.text("state IN ('draft', 'submitted')"))
        batch_op.drop_index('uq_audit_plans_one_approved', sqlite_where=sa.text("state = 'approved'"), postgresql_where=sa.text("state = 'approved'"))

    op.drop_table('audit_plans')
    with op.batch_alter_table('audit_lists', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_lists_line_key'))

    op.drop_table('audit_lists')
    op.drop_table('audit_frames')
