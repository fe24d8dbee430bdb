"""An outbox for e-mails, and clocks that speak once at each level."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

WAITING = sa.text("status = 'waiting'")
SENDING = sa.text("status = 'sending'")


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mail_choice', sa.String(length=10), server_default='at_once', nullable=False, comment='When they want e-mails.'))
        batch_op.create_check_constraint(batch_op.f('ck_people_mail_choice_known'), "mail_choice IN ('at_once', 'daily', 'never')")

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False, comment='What it tells and whom: the same is written once.'),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False, comment='Links begin with site: until the public address is put in.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('send_after', sa.DateTime(timezone=True), nullable=False, comment='Later than created after a refusal.'),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True, comment='When the last attempt to send it began.'),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(length=200), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('e-mail')", name=op.f('ck_messages_channel_known')),
    sa.CheckConstraint("status IN ('waiting', 'sending', 'sent', 'in_doubt', 'given_up', 'not_sent')", name=op.f('ck_messages_status_known')),
    sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_messages_sent_with_time')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_messages_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_messages_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_messages_key'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index('ix_messages_sending', ['claimed_at'], unique=False, sqlite_where=SENDING, postgresql_where=SENDING)
        batch_op.create_index('ix_messages_waiting', ['send_after', 'id'], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)

    op.create_table('clock_alerts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False, comment='What the clock belongs to: case.'),
    sa.Column('subject_id', sa.Integer(), nullable=False, comment='The id of that case or other record.'),
    sa.Column('clock', sa.String(length=60), nullable=False, comment='Which of its clocks.'),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='The limit; a new limit speaks anew.'),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('spoke', sa.Boolean(), nullable=False, comment='False where a later level spoke for it.'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_alerts')),
    sa.UniqueConstraint('subject_id', 'source', 'clock', 'level', 'due_at', name=op.f('uq_clock_alerts_subject_id_source_clock_level_due_at'))
    )
    keep_what_was_told()

    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.String(length=100), server_default='', nullable=False, comment='What it is about, where that is no case: its page’s name.'))
        batch_op.add_column(sa.Column('path', sa.String(length=120), server_default='', nullable=False, comment='The address of that page.'))
        batch_op.add_column(sa.Column('level', sa.String(length=10), server_default='', nullable=False, comment='How urgent a clock is; empty for the rest.'))
        batch_op.drop_constraint(batch_op.f('uq_notices_case_id_person_id_late_for'), type_='unique')
        batch_op.drop_column('late_for')


def keep_what_was_told() -> None:
    """Enter the reminders written so far, so that nobody is reminded again."""
    for level in ("red", "amber"):
        op.execute(
            "INSERT INTO clock_alerts (source, subject_id, clock, level, due_at, told_at, spoke) "
            f"SELECT 'case', c.id, c.workflow || ':' || c.state, '{level}', n.late_for, "
            f"min(n.created_at), {'true' if level == 'red' else 'false'} "
            "FROM notices n JOIN cases c ON c.id = n.case_id AND c.due_at = n.late_for "
            "GROUP BY c.id, c.workflow, c.state, n.late_for"
        )


def downgrade() -> None:
    """Undo the change, keeping which deadlines were reminded of."""
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late_for', sa.DateTime(timezone=True), nullable=True, comment='The deadline that a reminder is about, so that it is sent once; null for the rest.'))
    op.execute(
        "UPDATE notices SET late_for = (SELECT max(a.due_at) FROM clock_alerts a "
        "WHERE a.source = 'case' AND a.subject_id = notices.case_id AND a.level = 'red' "
        "AND a.told_at = notices.created_at) WHERE level = 'red'"
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_notices_case_id_person_id_late_for'), ['case_id', 'person_id', 'late_for'])
        batch_op.drop_column('level')
        batch_op.drop_column('path')
        batch_op.drop_column('about')

    op.drop_table('clock_alerts')
    op.drop_table('messages')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_people_mail_choice_known'), type_='check')
        batch_op.drop_column('mail_choice')
